"""Files: the configuration of their place, their targets, the ignore file of their context."""

import pytest

import stagegraph
from stagegraph.cli.dockerfiles import read_file
from stagegraph.linting.files import Asked, FileLinter, LintedFile

TEXT = "FROM alpine:3 AS Test\nFROM alpine:3 AS app\nCOPY node_modules /\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "Dockerfile").write_text(TEXT)
    return tmp_path


def rules(path="app/Dockerfile", **asked):
    found = FileLinter(Asked(**asked)).lint(path, read_file(path) if path != "-" else stagegraph.SourceFile(TEXT, "-"))
    assert found.error is None, found.error
    return [one.rule for one in found.findings]


@pytest.mark.usefixtures("folder")
def test_without_anything():
    assert rules() == ["dead-stage", "StageNameCasing"]


@pytest.mark.parametrize("path", ["app/Dockerfile", "{absolute}", "app/../app/Dockerfile", "-"])
def test_a_configuration(folder, path):
    (folder / "stagegraph.toml").write_text('ignore = ["StageNameCasing"]\n')
    assert rules(path.format(absolute=folder / "app" / "Dockerfile")) == ["dead-stage"]


def test_a_selection_takes_the_place_of_the_configured_one(folder):
    (folder / "stagegraph.toml").write_text('select = ["dead-stage"]\n')
    assert rules(select=("StageNameCasing",)) == ["StageNameCasing"]
    assert rules(select=("all",)) == ["dead-stage", "StageNameCasing"]


def test_what_is_ignored_is_ignored_beside_the_configured(folder):
    (folder / "stagegraph.toml").write_text('ignore = ["dead-stage"]\n')
    assert rules(ignore=("StageNameCasing",)) == []


def test_configured_targets_and_those_asked_for(folder):
    (folder / "stagegraph.toml").write_text('[targets]\n"app/*" = ["app"]\n')
    assert "dead-stage" in rules()
    assert "dead-stage" not in rules(targets=("test",))
    (folder / "stagegraph.toml").write_text('[targets]\n"other/*" = ["test"]\n')
    assert "dead-stage" in rules()


@pytest.mark.parametrize("name", [".dockerignore", "Dockerfile.dockerignore"])
def test_the_ignore_file_beside_it(folder, name):
    (folder / "app" / name).write_text("node_modules\n")
    assert "CopyIgnoredFile" in rules()


def test_the_ignore_file_of_the_dockerfile_comes_first(folder):
    (folder / "app" / ".dockerignore").write_text("node_modules\n")
    (folder / "app" / "Dockerfile.dockerignore").write_text("other\n")
    assert "CopyIgnoredFile" not in rules()


def test_an_ignore_file_that_is_asked_for(folder):
    (folder / "x").write_text("node_modules\n")
    assert "CopyIgnoredFile" in rules(dockerignore=folder / "x")
    assert "CopyIgnoredFile" in rules("-", dockerignore=folder / "x")


def test_a_wrong_configuration_is_an_error_of_the_file(folder):
    (folder / "stagegraph.toml").write_text("bogus = 1\n")
    found = FileLinter(Asked()).lint("app/Dockerfile", read_file("app/Dockerfile"))
    assert isinstance(found, LintedFile)
    assert found.findings is None
    assert "bogus" in found.error.message


def test_fixes(folder):
    (folder / "stagegraph.toml").write_text('ignore = ["dead-stage"]\n')
    fixed = FileLinter(Asked()).fix("app/Dockerfile", read_file("app/Dockerfile"))
    assert fixed.text == TEXT.replace("Test", "test")
