"""`FROM`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import From


def read(arguments: str) -> From:
    (from_,) = stagegraph.parse(f"FROM {arguments}\n").instructions
    assert isinstance(from_, From)
    return from_


@pytest.mark.parametrize(
    ("arguments", "image", "written", "name", "platform"),
    [
        ("alpine", "alpine", None, None, ""),
        ("alpine:3.19@sha256:00", "alpine:3.19@sha256:00", None, None, ""),
        ("alpine AS base", "alpine", "base", "base", ""),
        ("alpine\tas\tBase-1_x.Y", "alpine", "Base-1_x.Y", "base-1_x.y", ""),
        ("alpine aS b", "alpine", "b", "b", ""),
        ("--platform=$BUILDPLATFORM alpine AS b", "alpine", "b", "b", "$BUILDPLATFORM"),
        ("--platform= alpine", "alpine", None, None, ""),
        ('"al pine"', None, None, None, ""),
        ("${A:-b} AS c", "${A:-b}", "c", "c", ""),
    ],
)
def test_parts(arguments: str, image: str | None, written: str | None, name: str | None, platform: str) -> None:
    from_ = read(arguments)
    if image is None:
        with pytest.raises(Complaint):
            from_.check()
        return
    from_.check()
    assert (from_.image, from_.name_as_written, from_.stage_name, from_.platform) == (image, written, name, platform)


@pytest.mark.parametrize("arguments", ["", "a AS", "a b", "a b c", "a AS b c", "a # b", "a IS b", "--platform=x"])
def test_wrong_number_of_words(arguments: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(arguments).check()
    assert caught.value.message == "FROM requires either one or three arguments"


@pytest.mark.parametrize("name", ["1a", "0", "-a", "a/b", "a:b", "é", "$x", "_a"])
def test_no_stage_name(name: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(f"alpine AS {name}").check()
    assert caught.value.message == (
        f'invalid name for build stage: "{name}", name can\'t start with a number or contain symbols'
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--platfrom=x a", "unknown flag: --platfrom (did you mean platform?)"),
        ("--platform=x --platform=y a", "duplicate flag specified: --platform"),
        ("--platform a", "missing a value on flag: --platform"),
        (
            "--platfrom=x a AS 1",
            'invalid name for build stage: "1", name can\'t start with a number or contain symbols',
        ),
    ],
)
def test_flags_are_looked_at_last(arguments: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(arguments).check()
    assert caught.value.message == message
