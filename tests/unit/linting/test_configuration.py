"""Choosing among rules, and what files say about it."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph import InputError, LintConfiguration, Severity
from stagegraph.linting.configuration import read_configuration
from stagegraph.linting.configuration_files import find_configuration, load_configuration

TEXT = "FROM a AS B\nFROM c\nCOPY --from=0 x y\n"


def rules(configuration: LintConfiguration) -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in stagegraph.lint(TEXT, configuration=configuration)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({}, [("StageNameCasing", "warning"), ("index-reference", "warning")]),
        ({"select": ["all"]}, [("StageNameCasing", "warning"), ("index-reference", "warning")]),
        ({"select": ["index-reference"]}, [("index-reference", "warning")]),
        ({"select": []}, []),
        ({"ignore": ["index-reference"]}, [("StageNameCasing", "warning")]),
        ({"select": ["all"], "ignore": ["StageNameCasing"]}, [("index-reference", "warning")]),
        (
            {"severity": {"index-reference": "error", "StageNameCasing": "info"}},
            [("StageNameCasing", "info"), ("index-reference", "error")],
        ),
    ],
)
def test_which_rules_and_how_much_they_weigh(table, expected):
    assert rules(read_configuration(table, "x")) == expected


def test_build_errors_can_be_ignored_too():
    none = LintConfiguration(ignore=["build-error"])
    assert list(stagegraph.lint("", configuration=none)) == []
    assert list(stagegraph.lint("# check=x=y\nFROM a\n", configuration=none)) == []
    light = LintConfiguration(severity={"build-error": Severity.INFO})
    assert [one.severity for one in stagegraph.lint("", configuration=light)] == [Severity.INFO]


@pytest.mark.parametrize(
    ("targets", "path", "expected"),
    [
        ({}, "Dockerfile", None),
        (["app"], "any/Dockerfile", ("app",)),
        ({"services/*/Dockerfile": ["app"]}, "services/a/Dockerfile", ("app",)),
        ({"services/*/Dockerfile": ["app"]}, "Dockerfile", None),
        ({"*.Dockerfile": ["a", "b"], "x.*": ["b", "c"]}, "x.Dockerfile", ("a", "b", "c")),
    ],
)
def test_targets(targets, path, expected):
    assert read_configuration({"targets": targets}, "x").targets_of(path) == expected


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"selct": []}, 'x: there is no setting "selct" (did you mean select?)'),
        ({"select": "all"}, "x: select must be a list of texts"),
        ({"ignore": [1]}, "x: ignore must be a list of texts"),
        ({"select": ["ded-stage"]}, 'x: select: no rule is called "ded-stage" (did you mean dead-stage?)'),
        ({"ignore": ["nothing-like-it"]}, 'x: ignore: no rule is called "nothing-like-it"'),
        ({"severity": []}, "x: severity must be a table"),
        ({"severity": {"dead-stage": "fatal"}}, "x: severity: dead-stage must be one of error, warning, info"),
        ({"severity": {"dead-stage": 1}}, "x: severity: dead-stage must be one of error, warning, info"),
        ({"severity": {"dead": "info"}}, 'x: severity: no rule is called "dead"'),
        ({"targets": "app"}, "x: targets must be a table"),
        ({"targets": {"*": "app"}}, "x: targets must be a list of texts"),
    ],
)
def test_what_is_refused(table, message):
    with pytest.raises(InputError) as caught:
        read_configuration(table, "x")
    assert caught.value.message == message


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_nearest_file_upwards_counts(tmp_path):
    write(tmp_path / "pyproject.toml", '[tool.stagegraph]\nignore = ["dead-stage"]\n')
    write(tmp_path / "a/pyproject.toml", "[tool.other]\n")
    write(tmp_path / "a/b/stagegraph.toml", 'ignore = ["cycle"]\n')
    (tmp_path / "a/b/c").mkdir()
    for folder, ignored, place in (
        (tmp_path, "dead-stage", tmp_path),
        (tmp_path / "a", "dead-stage", tmp_path),
        (tmp_path / "a/b", "cycle", tmp_path / "a/b"),
        (tmp_path / "a/b/c", "cycle", tmp_path / "a/b"),
    ):
        found = find_configuration(folder)
        assert found is not None
        assert (found[0].ignore, found[1]) == ({ignored}, place)


def test_of_both_files_in_a_folder_its_own_counts(tmp_path):
    write(tmp_path / "pyproject.toml", '[tool.stagegraph]\nignore = ["dead-stage"]\n')
    write(tmp_path / "stagegraph.toml", 'ignore = ["cycle"]\n')
    found = find_configuration(tmp_path)
    assert found is not None
    assert found[0].ignore == {"cycle"}


def test_a_whole_file(tmp_path):
    path = write(
        tmp_path / "stagegraph.toml",
        'select = ["all"]\nignore = ["copies-whole-stage"]\n[severity]\nindex-reference = "error"\n'
        '[targets]\n"services/*/Dockerfile" = ["app", "migrate"]\n',
    )
    assert load_configuration(path) == LintConfiguration(
        select=["all"],
        ignore=["copies-whole-stage"],
        severity={"index-reference": Severity.ERROR},
        targets={"services/*/Dockerfile": ("app", "migrate")},
    )


def test_a_file_without_a_table_of_ours(tmp_path):
    assert load_configuration(write(tmp_path / "pyproject.toml", "tool = 1\n")) is None
    assert load_configuration(write(tmp_path / "pyproject.toml", "[project]\n")) is None


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("stagegraph.toml", "select = [\n", "Invalid value"),
        ("stagegraph.toml", "x = 1\n", 'stagegraph.toml: there is no setting "x"'),
        ("pyproject.toml", "[tool]\nstagegraph = 1\n", "pyproject.toml: tool.stagegraph must be a table"),
        ("pyproject.toml", "[tool.stagegraph]\nx = 1\n", 'pyproject.toml: tool.stagegraph: there is no setting "x"'),
    ],
)
def test_files_that_cannot_be_read(tmp_path, name, text, message):
    with pytest.raises(InputError, match=message):
        load_configuration(write(tmp_path / name, text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_configuration(tmp_path / "stagegraph.toml")


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "stagegraph.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"stagegraph\.toml: "):
        load_configuration(path)
