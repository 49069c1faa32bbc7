import pytest

import stagegraph
from stagegraph.projects.deciding import PLATFORM_ARGUMENTS, deciding_arguments
from stagegraph.stages.cutting import cut


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ARG V\nFROM a AS build-x\nFROM build-$V\n", {"V"}),
        ("ARG V\nFROM a AS build-x\nFROM build-${V:-x}\n", {"V"}),
        ("ARG V\nFROM a AS build-x\nFROM BUILD-${V}\n", {"V"}),
        ("ARG V\nFROM a AS other\nFROM build-$V\n", set()),
        ("ARG V\nFROM python:$V AS build\nFROM build\n", set()),
        ("ARG BASE\nFROM a AS build\nFROM $BASE\n", {"BASE"}),
        ("ARG W=x\nARG V=${W}-y\nARG U=u\nFROM a AS build\nFROM $V\n", {"V", "W"}),
        ("FROM a AS build-linux\nFROM build-$TARGETOS\n", {"TARGETOS"}),
        ("FROM --platform=$BUILDPLATFORM a AS build\nFROM build\n", set()),
        ("FROM a\nFROM b\n", set()),
    ],
)
def test_arguments_by_which_a_base_is_a_stage(text, names):
    assert deciding_arguments(cut(stagegraph.parse(text))) == names


def test_the_platform_is_eight_arguments():
    assert len(PLATFORM_ARGUMENTS) == 8
    assert "TARGETARCH" in PLATFORM_ARGUMENTS
