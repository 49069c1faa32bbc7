"""`Report`: what was found in many files, as every form of report is given it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from stagegraph.linting.build_rules import BUILD_ERROR
from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Finding, Findings
from stagegraph.linting.regions import Region, region_of
from stagegraph.linting.registry import all_rules
from stagegraph.source import SourceFile


@attrs.frozen
class Report:
    """The files in the order in which they were looked at, and the version of stagegraph that did."""

    files: Sequence[LintedFile]
    version: str = ""

    def __iter__(self) -> Iterator[tuple[str, Findings, Finding]]:
        """Every finding with its file."""
        for file in self.files:
            if file.findings is not None:
                for finding in file.findings:
                    yield file.path, file.findings, finding

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(file.findings) for file in self.files if file.findings is not None)

    @property
    def fixable(self) -> int:
        """How many of them can be mended; none in a file that cannot be built."""
        return sum(
            finding.fix is not None
            for file in self.files
            if file.findings is not None and not any(one.rule == BUILD_ERROR for one in file.findings)
            for finding in file.findings
        )


def place_of(source: SourceFile, finding: Finding) -> Region:
    """Where a finding is shown: its exact place, its line, or the beginning of the file."""
    if finding.span is not None:
        return region_of(source, finding.span)
    line = finding.line or 1
    return Region(line, 1, line, 1)


def link_of(rule: str) -> str:
    """Where the page of a rule can be read on the web; empty for one that is only shown by `explain`."""
    known = all_rules().get(rule)
    return known.url if known is not None else ""


def advice_on(rule: str) -> str:
    """What to read about a rule: an address, or the command that prints its page."""
    return link_of(rule) or f"stagegraph explain {rule}"
