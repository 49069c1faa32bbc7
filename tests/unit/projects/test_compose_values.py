"""What buildx's recorded answers do not show of Compose files: places, variables, other projects' directories."""

from __future__ import annotations

from pathlib import Path

import pytest

from stagegraph.projects import Field

TEXT = """\
x-base: &base
  context: ${DIR:-.}
services:
  web:
    build:
      <<: *base
      target: ${STAGE:-web}
      args:
        A: ${TAG}-${STAGE}
        B: fixed
        C:
  other:
    build: plain
"""


def test_places(compose, tmp_path):
    web, other = compose(TEXT, environment={"C": "1"}).targets
    assert (web.origin.path, web.origin.line, other.origin.line) == (tmp_path / "compose.yaml", 4, 12)
    assert {field: place.line for field, place in web.places.items()} == {
        Field.CONTEXT: 2,
        Field.TARGET: 7,
        Field.ARGS: 9,
    }


def test_variables_that_can_change_a_value(compose):
    web, other = compose(TEXT, environment={"C": "1"}).targets
    assert web.variables == {
        Field.CONTEXT: {"DIR"},
        Field.TARGET: {"STAGE"},
        Field.ARGS: {"TAG", "STAGE", "C"},
    }
    assert other.variables == {}


def test_the_environment_wins_over_the_file(compose):
    found = compose(TEXT, {".env": "STAGE=file\nTAG=file\n"}, environment={"STAGE": "given"})
    assert (found.targets[0].stage, found.targets[0].build_args["A"]) == ("given", "file-given")


def test_paths_are_seen_from_the_first_file(project, tmp_path):
    """Compose has it so; bake would see them from where it is started."""
    files = {"deploy/compose.yaml": "services: {a: {build: ../src}}\n", "x/over.yaml": "services: {b: {build: b}}\n"}
    found = project(files, files=list(files))
    assert [target.context for target in found.targets] == [str(tmp_path / "src"), str(tmp_path / "deploy" / "b")]


def test_a_context_outside_the_root_is_told_and_not_read(compose, tmp_path):
    found = compose("services:\n  a:\n    build: ../elsewhere\n  b:\n    build: /abs\n")
    assert found.unknowns == ()
    assert [target.dockerfile for target in found.targets] == [
        tmp_path.parent / "elsewhere" / "Dockerfile",
        Path("/abs/Dockerfile"),
    ]


def test_a_link_that_leads_outside_is_not_followed(tmp_path, project):
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text("services: {a: {build: .}}\n")
    (tmp_path / "compose.yaml").symlink_to(outside)
    found = project({}, files=["compose.yaml"])
    assert found.targets == ()
    assert found.unknowns[0].reason.endswith("and is not read")


@pytest.mark.parametrize(
    ("names", "expected"), [(["dockerfile"], "dockerfile"), (["Dockerfile", "dockerfile"], "Dockerfile")]
)
def test_dockerfile_in_lower_case(compose, names, expected):
    found = compose("services: {a: {build: .}}\n", dict.fromkeys(names, "FROM scratch\n"))
    assert found.targets[0].dockerfile.name == expected


def test_default_group(compose):
    found = compose("services:\n  b.x: {build: .}\n  a: {build: .}\n  c: {image: x}\n")
    assert found.groups == {"default": ("b_x", "a")}


def test_nothing_is_built_where_there_is_nothing(project):
    found = project({})
    assert (found.targets, found.unknowns, found.files) == ((), (), ())


@pytest.mark.parametrize(
    "text", ["", "services:\n", "services: {a: null}\n", "services: {a: {build: null}}\n", "name: x\n"]
)
def test_files_without_builds(compose, text):
    found = compose(text)
    assert (found.targets, found.unknowns) == ((), ())
