"""Findings in a Dockerfile that stands in a compose or bake file, as findings in that file."""

from __future__ import annotations

import attrs

from stagegraph.linting.findings import Finding, Findings, RelatedPlace
from stagegraph.projects.declared import InlineDockerfile
from stagegraph.projects.inline_places import InlinePlaces, field_of
from stagegraph.source import SourceFile, Span


def in_its_file(
    findings: Findings, dockerfile: InlineDockerfile, file: SourceFile, places: InlinePlaces | None
) -> Findings:
    """The findings at their places in the file that declares the Dockerfile.

    Without `places`, each stands where the value does, and its message says which line of it is
    meant. None has a fix, for what stands in a declaration is indented and quoted as that has it.
    """
    transfer = _Exact(file, places) if places is not None else _ByLine(file, dockerfile)
    return attrs.evolve(findings, source=file, found=tuple(map(transfer.finding, findings.found)))


@attrs.frozen
class _Exact:
    """Each place is that of the same characters in the file; what is about no line stands above the text."""

    file: SourceFile
    places: InlinePlaces

    def finding(self, finding: Finding) -> Finding:
        return attrs.evolve(
            finding,
            line=self.places.line(finding.line or 0),
            span=self._span(finding.span) if finding.span is not None else None,
            related=tuple(attrs.evolve(one, span=self._span(one.span)) for one in finding.related),
            fix=None,
        )

    def _span(self, span: Span) -> Span:
        start = self.places.offset(span.start)
        return self.file.span(start, self.places.end(span.end) if span.end > span.start else start)


@attrs.frozen
class _ByLine:
    """Each place is the line on which the value stands, and the message says which line of it is meant."""

    file: SourceFile
    dockerfile: InlineDockerfile

    def finding(self, finding: Finding) -> Finding:
        return attrs.evolve(
            finding,
            message=self._told(finding.message, finding.line),
            line=self.dockerfile.place.line,
            span=None,
            related=tuple(map(self._related, finding.related)),
            fix=None,
        )

    def _related(self, related: RelatedPlace) -> RelatedPlace:
        start = self.file.line_starts[min(self.dockerfile.place.line, len(self.file.line_starts)) - 1]
        return RelatedPlace(self._told(related.message, related.span.first_line), self.file.span(start, start))

    def _told(self, message: str, line: int | None) -> str:
        return f"{message} (line {line} of {field_of(self.dockerfile)})" if line is not None else message
