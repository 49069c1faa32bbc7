"""The report as JUnit XML: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Finding
from stagegraph.rendering.reports.report import Report, advice_on, place_of
from stagegraph.rendering.reports.summary import silences_of
from stagegraph.rendering.spelling import visible
from stagegraph.source import SourceFile


def junit_report(report: Report) -> str:
    """The whole document; a file in which nothing is found is a case that passes.

    What could not be known stands in the `system-out` of the suite, behind its cases.
    """
    errors = sum(file.error is not None for file in report.files)
    clean = sum(file.findings is not None and not file.findings for file in report.files)
    root = Element("testsuites", _counted("stagegraph lint", report.count + errors + clean, report.count, errors))
    for file in report.files:
        _add_suite(root, file)
    indent(root)
    document: bytes = tostring(root, encoding="us-ascii")
    return document.decode("ascii") + "\n"


def _text(text: str) -> str:
    """What XML can hold: two characters are none to it."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _add_suite(root: Element, file: LintedFile) -> None:
    path, found = _text(file.path), file.findings
    failures = len(found) if found is not None else 0
    suite = SubElement(root, "testsuite", _counted(path, max(failures, 1), failures, int(file.error is not None)))
    for finding in found or ():
        assert found is not None
        _add_failure(suite, path, found.source, finding)
    if not failures:
        case = SubElement(suite, "testcase", {"name": path, "classname": path, "time": "0"})
        if file.error is not None:
            message = _text(file.error.message)
            SubElement(case, "error", {"message": message, "type": type(file.error).__name__}).text = message
    silences = silences_of(file)
    if silences:
        SubElement(suite, "system-out").text = "\n".join(map(_text, silences))


def _add_failure(suite: Element, path: str, source: SourceFile, finding: Finding) -> None:
    place = place_of(source, finding)
    name = f"{finding.rule} ({path}:{place.line}:{place.column})"
    case = SubElement(suite, "testcase", {"name": name, "classname": path, "time": "0"})
    message = _text(finding.message)
    failure = SubElement(case, "failure", {"message": message, "type": finding.severity.value})
    failure.text = f"{path}:{place.line}:{place.column}: {message}\n{advice_on(finding.rule)}"


def _counted(name: str, tests: int, failures: int, errors: int) -> dict[str, str]:
    return {"name": name, "tests": str(tests), "failures": str(failures), "errors": str(errors), "time": "0"}
