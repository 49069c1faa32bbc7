"""The verb `lint`: what it takes, and what it never raises."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph

TEXT = "FROM a AS Build\nRUN b\n"


def rules(found) -> list[str]:
    return [one.rule for one in found]


def test_text_bytes_path_source_and_tree(tmp_path):
    path = tmp_path / "x.Dockerfile"
    path.write_text(TEXT)
    for content in (TEXT, TEXT.encode(), path, stagegraph.SourceFile(TEXT), stagegraph.parse(TEXT)):
        assert rules(stagegraph.lint(content)) == ["StageNameCasing"]
    assert stagegraph.lint(path).source.name == "x.Dockerfile"
    assert stagegraph.lint(stagegraph.parse(path)).source.name == "x.Dockerfile"
    assert stagegraph.lint(stagegraph.Dockerfile(stagegraph.parse(TEXT).nodes)).source.name == "Dockerfile"


def test_the_empty_file():
    found = stagegraph.lint("")
    assert [(one.rule, one.message, one.line) for one in found] == [
        ("build-error", "the Dockerfile cannot be empty", None)
    ]


def test_options_of_the_checks_that_there_are_none_of():
    found = stagegraph.lint("# check=bogus=1\nFROM a AS B\n")
    assert [(one.rule, one.message) for one in found] == [
        ("build-error", 'failed to parse check options: invalid check option "bogus"'),
        ("StageNameCasing", "Stage name 'B' should be lowercase"),
    ]


def test_build_arguments_and_platforms_count():
    text = "ARG A\nFROM a$A\nARG B\nWORKDIR $B\n"
    assert rules(stagegraph.lint(text)) == ["WorkdirRelativePath"]
    assert rules(stagegraph.lint(text, build_args={"B": "/b"})) == []


def test_what_is_raised(tmp_path):
    with pytest.raises(stagegraph.InputError, match="no such file"):
        stagegraph.lint(tmp_path / "nothing")
    with pytest.raises(stagegraph.InputError, match="unknown operating system or architecture"):
        stagegraph.lint(TEXT, platform="nope")
    with pytest.raises(stagegraph.ResolutionError, match="invalid context name X"):
        stagegraph.lint(TEXT, contexts={"X": "."})
    with pytest.raises(stagegraph.LimitError):
        stagegraph.lint("FROM a\nENV A=0123456789\n" + "ENV A=$A$A\n" * 30)


def test_findings_are_a_sequence_in_the_order_of_the_file():
    found = stagegraph.lint("FROM a AS B\nCMD c\nMAINTAINER d\n")
    assert len(found) == 3
    assert [one.line for one in found] == [1, 2, 3]
    assert found[0] is next(iter(found))
    assert rules(found[1:]) == ["JSONArgsRecommended", "MaintainerDeprecated"]
    assert [one.stage for one in found] == ["b", "b", "b"]


def test_a_stage_without_a_name_goes_by_its_index():
    assert [one.stage for one in stagegraph.lint("ARG A_KEY\nFROM a\nFROM b\nCMD c\n") if one.rule[0] == "J"] == [1]


def test_a_rule_of_somebody_else_that_fails_is_named():
    def find(_):
        raise KeyError("x")

    rule = stagegraph.Rule("broken-rule", "It fails", find=find)
    with pytest.raises(stagegraph.InputError, match="the rule broken-rule fails on Dockerfile: KeyError: 'x'"):
        stagegraph.lint(TEXT, rules=[rule])


TYPICAL = sorted((Path(__file__).parents[3] / "benchmarks" / "texts").glob("*.Dockerfile"))


@pytest.mark.parametrize("path", TYPICAL, ids=[path.stem for path in TYPICAL])
def test_a_typical_file_takes_no_more_than_four_plans(path, calls_of):
    text = path.read_text()
    stagegraph.lint(text)  # what is only done once
    stagegraph.plan(text)
    assert calls_of(stagegraph.lint, text) < 4 * calls_of(stagegraph.plan, text)
