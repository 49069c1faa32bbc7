"""The recorded answers of the real builders: every case, every aspect.

`README.md` says where the answers come from. A plan dump is compared with what the builder
announced; it must also be well formed, survive JSON, and be what `plan.schema.json` describes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import stagegraph

Case = Mapping[str, Any]
Dump = Mapping[str, Any]

HERE = Path(__file__).parent
COUNTS = {"buildkit": 1398, "images": 443, "contexts": 13, "legacy": 415, "checks": 769}
KEYWORDS = ("build_args", "contexts", "images", "platform")
SHOWN_TO_EVERYONE = {"[internal] load .dockerignore", "[internal] load build definition from Dockerfile"}
BUILDERS_PREFIX = re.compile(
    r"(?:ERROR: )?(?:failed to build: )?(?:failed to solve: )?(?:failed to parse Dockerfile: )?"
    r"(?:dockerfile parse error on line (?P<line>\d+): )?(?P<message>.*)",
    re.DOTALL,
)
STAGE_SHOWN = re.compile(r"\[(?P<name>[^\s/]+) +\d+/\d+\] ")
LEGACY_FROM = re.compile(r"Step \d+/\d+ : FROM\b", re.IGNORECASE)

SCHEMA = json.loads(files("stagegraph").joinpath("plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def cases_of(kind: str) -> list[Case]:
    return [json.loads(line) for line in (HERE / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


CASES = {kind: cases_of(kind) for kind in COUNTS}


def every_case(*kinds: str) -> pytest.MarkDecorator:
    """Runs a test on each case of some kinds, under its id."""
    cases = [case for kind in kinds for case in CASES[kind]]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def is_failure(case: Case) -> bool:
    return bool(case["expect"].get("errors"))


def ask(case: Case, builder: str) -> stagegraph.Plan:
    options = {keyword: case[keyword] for keyword in KEYWORDS if case.get(keyword)}
    return stagegraph.plan(case["dockerfile"], target=case["target"] or None, builder=builder, **options)


def dump_of(case: Case, builder: str) -> Dump:
    """The plan dump, after it went through JSON, valid and well formed."""
    plan = ask(case, builder)
    dump = plan.to_dict()
    survived = json.loads(json.dumps(dump))
    assert survived == dump
    assert [fault.message for fault in VALIDATOR.iter_errors(survived)] == []
    assert list(faults_of(survived)) == []
    assert [stage["index"] for stage in survived["stages"] if stage["executed"]] == [
        stage.index for stage in plan.execution_set
    ]
    return survived


def faults_of(dump: Dump) -> Iterator[str]:
    """What is wrong with a dump itself, whatever the builder did."""
    ids = [step["id"] for step in dump["steps"]]
    if len(set(ids)) != len(ids):
        yield "two steps share an id"
    done: set[int] = set()
    for step in dump["steps"]:
        if not done.issuperset(step["inputs"]):
            yield f"step {step['name']!r} comes before what it reads"
        done.add(step["id"])
    if dump["result"] is not None and dump["result"] not in done:
        yield "the result is no step"
    yield from faults_of_stages(dump)
    yield from faults_of_reasons(dump)


def faults_of_stages(dump: Dump) -> Iterator[str]:
    """Stages are numbered, steps belong to stages that run, and names show the stages they belong to."""
    stages = dump["stages"]
    if [stage["index"] for stage in stages] != list(range(len(stages))):
        yield "stages are not numbered in order"
    executed = {stage["index"] for stage in stages if stage["executed"]}
    owners = {step["stage"] for step in dump["steps"]} - {None}
    if not owners <= executed:
        yield f"steps belong to stages that are not executed: {sorted(owners - executed)}"
    if dump["builder"] == "legacy":
        count = sum(bool(LEGACY_FROM.match(step["name"])) for step in dump["steps"])
        if executed != set(range(count)):
            yield f"executed stages {sorted(executed)}, FROM steps {count}"
        return
    for step in dump["steps"]:
        shown = STAGE_SHOWN.match(step["name"])
        if shown and shown["name"] != label_of(stages, step["stage"]):
            yield f"step {step['name']!r} is said to be of stage {step['stage']}"


def label_of(stages: Sequence[Dump], index: int | None) -> str | None:
    return None if index is None else stages[index]["name"] or f"stage-{index}"


def faults_of_reasons(dump: Dump) -> Iterator[str]:
    """Every edge leads on to a stage that runs, and in the end to the target."""
    stages = dump["stages"]
    for stage in stages:
        current, passed = stage, {stage["index"]}
        while (edge := current["needed_by"]) is not None:
            current = stages[edge["stage"]]
            if not current["executed"] or current["index"] in passed:
                yield f"the reason of stage {stage['index']} leads astray"
                break
            passed.add(current["index"])
        else:
            if stage["needed_by"] is not None and current["reason"] != "it is the target":
                yield f"the reason of stage {stage['index']} does not lead to the target"
        if dump["builder"] == "buildkit" and stage["executed"] != (
            stage["needed_by"] is not None or stage["reason"] == "it is the target"
        ):
            yield f"stage {stage['index']} runs without a reason, or has one and does not run"


def named_edges(dump: Dump) -> list[list[str]]:
    """Every step with the names of the steps it reads."""
    names = {step["id"]: step["name"] for step in dump["steps"]}
    return sorted([step["name"], *sorted(names[one] for one in step["inputs"])] for step in dump["steps"])


def expected_errors(case: Case) -> list[tuple[str, int | None]]:
    """The builder's messages without what it puts before them, each with the line it names."""
    found = [BUILDERS_PREFIX.match(text) for text in case["expect"]["errors"]]
    return [(one["message"], int(one["line"]) if one["line"] else None) for one in found if one]


def assert_error_is_expected(error: stagegraph.StageGraphError, case: Case) -> None:
    """The message is one of the builder's, and so is the line where the builder names one."""
    expected = expected_errors(case)
    lines = dict(expected)
    assert error.message in lines
    if lines[error.message] is not None:
        assert (error.message, error.line) in expected


def assert_fails(case: Case, builder: str) -> stagegraph.StageGraphError:
    with pytest.raises(stagegraph.StageGraphError) as caught:
        ask(case, builder)
    assert_error_is_expected(caught.value, case)
    return caught.value


@every_case("buildkit", "images")
def test_buildkit(case: Case) -> None:
    expect = case["expect"]
    if is_failure(case):
        assert assert_fails(case, "buildkit").steps == ()
        return
    dump = dump_of(case, "buildkit")
    assert sorted(step["name"] for step in dump["steps"]) == sorted(expect["vertices"])
    assert named_edges(dump) == sorted(expect["edges"])
    assert sorted(set(dump["loads"]) - SHOWN_TO_EVERYONE) == sorted(expect["loads"])
    assert next((step["name"] for step in dump["steps"] if step["id"] == dump["result"]), "") == expect["result"]
    assert dump["config"] == expect["config"]
    assert [{"name": stage["name"] or "", "base": stage["base"]} for stage in dump["stages"]] == expect["stages"]


@every_case("contexts")
def test_named_contexts(case: Case) -> None:
    if is_failure(case):
        assert_fails(case, "buildkit")
        return
    dump = dump_of(case, "buildkit")
    seen = {*(step["name"] for step in dump["steps"]), *dump["loads"]} - SHOWN_TO_EVERYONE
    assert sorted(seen) == sorted(set(case["expect"]["vertices"]))


@every_case("legacy")
def test_legacy_builder(case: Case) -> None:
    if is_failure(case):
        error = assert_fails(case, "legacy")
        assert [step.name for step in error.steps] == case["expect"]["steps"]
        return
    assert [step["name"] for step in dump_of(case, "legacy")["steps"]] == case["expect"]["steps"]


@every_case("checks")
def test_build_checks(case: Case) -> None:
    """Rule, line and message of each; where the build fails, the failure as a finding."""
    found = stagegraph.lint(case["dockerfile"])
    errors = {(one.message, one.line) for one in found if one.rule == "build-error"}
    if is_failure(case):
        expected = expected_errors(case)
        assert any(
            message in dict(errors) and (line is None or (message, line) in errors) for message, line in expected
        )
        return
    assert errors == set()
    checks = sorted((one.rule, one.line, one.message) for one in found if one.rule[0].isupper())
    assert checks == sorted(map(tuple, case["expect"]["checks"]))


def test_no_case_is_missing() -> None:
    assert {kind: len(cases) for kind, cases in CASES.items()} == COUNTS
    ids = Counter((kind, case["id"]) for kind, cases in CASES.items() for case in cases)
    assert [one for one, count in ids.items() if count > 1] == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_closed_and_describes_everything() -> None:
    """Every object says which members it has, and what each of them means."""
    for where, schema in schemas_in(SCHEMA, "#"):
        if "properties" in schema:
            assert schema.get("additionalProperties") is False, where
        assert "description" in schema or "$ref" in schema, where


def schemas_in(schema: Dump, where: str) -> Iterator[tuple[str, Dump]]:
    """A schema and the ones it gives names to."""
    yield where, schema
    for keyword in ("properties", "$defs"):
        for name, inner in schema.get(keyword, {}).items():
            yield from schemas_in(inner, f"{where}/{keyword}/{name}")
