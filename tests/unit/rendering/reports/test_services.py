"""The forms for GitHub, GitLab and JUnit, and our own JSON."""

import json
import re
from importlib.resources import files
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.reports.github import github_report
from stagegraph.rendering.reports.gitlab import gitlab_report
from stagegraph.rendering.reports.json_report import json_report
from stagegraph.rendering.reports.junit import junit_report
from stagegraph.rendering.reports.report import Report

SCHEMA = Draft202012Validator(json.loads(files("stagegraph").joinpath("lint.schema.json").read_text(encoding="utf-8")))


def test_json_is_as_its_schema_says(report):
    dump = json.loads(json_report(report))
    SCHEMA.validate(dump)
    assert [file["path"] for file in dump["files"]] == [file.path for file in report.files]
    assert sum(len(file["findings"]) for file in dump["files"]) == report.count
    assert dump["files"][-1]["error"] == {
        "kind": "InputError",
        "message": "missing.Dockerfile: no such file",
        "line": None,
    }
    assert dump["files"][2]["silences"]["dead-stage"] == "docker-bake.hcl calls a function"


def test_json_tells_all_about_a_finding(report):
    text = report.files[0].findings.source.text
    found = next(
        one for one in json.loads(json_report(report))["files"][0]["findings"] if one["rule"] == "index-reference"
    )
    place = found["place"]
    assert text[place["start"] : place["end"]] == "0"
    assert (found["line"], place["line"], place["column"], place["end_line"], place["end_column"]) == (4, 5, 9, 5, 10)
    assert found["stage"] == "build"
    assert found["fix"]["edits"] == [{"start": place["start"], "end": place["end"], "text": "build"}]


def test_every_command_of_github_is_one_line(report):
    lines = github_report(report).splitlines()
    silences = [line for line in lines if "title=stagegraph::not known to" in line]
    assert len(lines) == report.count + 1 + len(silences)
    command = re.compile(r"::(error|warning|notice) [a-zA-Z]+=[^:,]*(,[a-zA-Z]+=[^:,]*)*::.+")
    assert [line for line in lines if not command.fullmatch(line)] == []
    assert not re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff]", github_report(report))


def test_a_command_of_github(report):
    line = next(one for one in github_report(report).splitlines() if "title=index-reference" in one)
    assert line.startswith(
        "::warning file=a%2C b/Dockerfile,line=5,endLine=5,col=9,endColumn=10,title=index-reference::--from=0 counts"
    )
    assert github_report(report).splitlines()[-1] == (
        "::error file=missing.Dockerfile,line=1,title=stagegraph::missing.Dockerfile: no such file"
    )


def test_github_says_what_could_not_be_known(report):
    lines = github_report(report).splitlines()
    notice = "::notice file=quiet.Dockerfile,line=1,title=stagegraph::not known to "
    assert [line.removeprefix(notice) for line in lines if line.startswith(notice)] == [
        "dead-stage, target-not-found: docker-bake.hcl calls a function"
    ]


def test_junit_says_what_could_not_be_known(report):
    suites = fromstring(junit_report(report)).findall("testsuite")  # noqa: S314 - it is our own
    quiet = next(suite for suite in suites if suite.get("name") == "quiet.Dockerfile")
    assert [child.tag for child in quiet][-1] == "system-out"
    assert quiet.findtext("system-out") == "not known to dead-stage, target-not-found: docker-bake.hcl calls a function"
    good = next(suite for suite in suites if suite.get("name") == "good.Dockerfile")
    assert good.find("system-out") is None


def test_what_stands_in_a_declaration_is_told_at_its_line():
    unknown = stagegraph.UnknownTargets("T is unknown")
    found = stagegraph.lint("FROM alpine:3 AS x\nFROM alpine:3\n", targets=unknown)
    report = Report([LintedFile("compose.yaml", found, 7), LintedFile("compose.yaml", stagegraph.InputError("no"), 9)])
    assert github_report(report).splitlines() == [
        "::notice file=compose.yaml,line=7,title=stagegraph::not known to dead-stage, target-not-found: T is unknown",
        "::error file=compose.yaml,line=9,title=stagegraph::no",
    ]


def test_gitlab(report):
    issues = json.loads(gitlab_report(report))
    assert len(issues) == report.count
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    issue = next(one for one in issues if one["check_name"] == "index-reference")
    assert issue["location"] == {"path": "a, b/Dockerfile", "lines": {"begin": 5, "end": 5}}
    assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}


def test_junit_counts_what_it_holds(report):
    root = fromstring(junit_report(report))  # noqa: S314 - it is our own
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [file.path for file in report.files]
    for element in (root, *suites):
        assert int(element.get("tests")) == len(element.findall(".//testcase"))
        assert int(element.get("failures")) == len(element.findall(".//failure"))
        assert int(element.get("errors")) == len(element.findall(".//error"))
    assert int(root.get("failures")) == report.count
    assert int(root.get("errors")) == 1


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\udcff", "\x01", "<&>"])
def test_junit_is_xml_whatever_a_file_holds(odd):
    found = stagegraph.lint(f"FROM alpine:3\nEXPOSE x{odd}\n")
    document = junit_report(Report([LintedFile("x", found)]))
    (failure,) = fromstring(document).iter("failure")  # noqa: S314 - it is our own
    assert "invalid" in failure.get("message")


def test_what_is_mended_is_counted_where_the_file_can_be_built(report):
    assert report.fixable == sum(one.fix is not None for one in report.files[0].findings) > 0
    broken = LintedFile("x", stagegraph.lint("FROM alpine:3 AS X\nCOPY --form=y a b\n"))
    assert (Report([broken]).count, Report([broken]).fixable) == (2, 0)
