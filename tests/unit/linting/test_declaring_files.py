"""Compose and bake files that are named themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import stagegraph
from stagegraph.linting.declarations import Declarations
from stagegraph.linting.declaring_files import DeclaringFile, DeclaringFiles, is_declaring_file, merged
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets

APP = "services:\n  web: {build: {context: app, target: app}}\n"
BAKE = 'target "t" {\n  context = "app"\n  target = "test"\n}\n'
INLINE = "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM alpine\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A directory with a Dockerfile below, in which we are; without what a test writes it declares nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "Dockerfile").write_text("FROM alpine AS test\nFROM alpine AS app\n")
    return tmp_path


def read(folder: Path, text: str, name: str = "compose.yaml") -> DeclaringFile:
    (folder / name).write_text(text)
    return DeclaringFile.read(name, {})


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("compose.yaml", True),
        ("stack.YML", True),
        ("bake.hcl", True),
        ("b.json", True),
        ("Dockerfile", False),
        ("yaml", False),
    ],
)
def test_which_files_declare(place, name, is_one):
    assert not is_declaring_file(str(place / name))
    (place / name).touch()
    assert is_declaring_file(str(place / name)) is is_one


def test_no_path_and_no_file(place):
    (place / "d.yaml").mkdir()
    assert not is_declaring_file("d.yaml")
    assert not is_declaring_file("a\0.yaml")


def test_its_dockerfiles_are_shown_as_it_is(place):
    read(place, APP)
    assert DeclaringFile.read("compose.yaml", {}).dockerfiles == ["app/Dockerfile"]
    assert DeclaringFile.read("./app/../compose.yaml", {}).dockerfiles == ["app/Dockerfile"]
    whole = DeclaringFile.read(str(place / "compose.yaml"), {})
    assert whole.dockerfiles == [str(place / "app" / "Dockerfile")]
    assert (whole.inline, whole.fault) == ([], None)


def test_a_dockerfile_of_which_not_all_is_known_is_one_of_its_own(place):
    text = 'target "t" {\n  context = "app"\n  target = timestamp()\n}\n'
    found = read(place, text, "bake.hcl")
    assert (found.dockerfiles, found.fault) == (["app/Dockerfile"], None)


def test_a_dockerfile_that_stands_in_it(place):
    (one,) = read(place, INLINE).inline
    assert (one.path, one.dockerfile.text) == ("compose.yaml", "FROM alpine\n")


def test_the_environment_counts(place):
    read(place, "services:\n  web: {build: {context: '${WHERE}'}}\n")
    assert DeclaringFile.read("compose.yaml", {"WHERE": "app"}).dockerfiles == ["app/Dockerfile"]


def test_what_nobody_else_says(place):
    assert read(place, "services: [").fault == "it is no YAML: did not find expected node content (compose.yaml:1)"


def test_links_lead_to_the_same_dockerfile(place):
    (place / "link").symlink_to("app")
    file = read(place, APP)
    assert file.declares(Path("link/Dockerfile"))
    assert not file.declares(Path("Dockerfile"))


def test_what_is_not_there(place):
    assert not os.path.lexists(place / "gone.yaml")
    with pytest.raises(stagegraph.InputError, match="gone"):
        DeclaringFiles(["gone.yaml"], {}).at("gone.yaml")


def test_several_files_declare_one_dockerfile(place):
    read(place, APP)
    read(place, BAKE, "bake.hcl")
    read(place, "services: {}", "none.yaml")
    files = DeclaringFiles(["compose.yaml", "none.yaml", "bake.hcl"], {})
    found = files.declarations_of(Path("app/Dockerfile"))
    assert found is not None
    assert [target.stage for target in found.known_targets] == ["app", "test"]
    assert found.contexts == {place / "app"}
    assert files.declarations_of(Path("Dockerfile")) is None
    assert files.at("bake.hcl") is files.at("bake.hcl")


def test_what_one_does_not_know_is_not_known():
    here, there = Path("/a"), Path("/b")
    known = Declarations((DeclaredTarget("a"),), frozenset({here}), is_all_local=True)
    unknown = Declarations(UnknownTargets("why", (DeclaredTarget("b"),)), frozenset({there}), is_all_local=False)
    both = Declarations(
        UnknownTargets("why", (DeclaredTarget("a"), DeclaredTarget("b"))), frozenset({here, there}), is_all_local=False
    )
    assert merged([known, unknown]) == both
    assert merged([Declarations(None, frozenset(), is_all_local=True)]).targets is None
