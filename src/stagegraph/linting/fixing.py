"""Fixes: put into the text, and only where every live target is built as before."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Sequence

import attrs

from stagegraph.checks import NO_OPTIONS
from stagegraph.errors import LimitError, StageGraphError
from stagegraph.linting.findings import Edit, Finding, Findings
from stagegraph.linting.sameness import Work, work_of
from stagegraph.linting.targets import DeclaredTarget
from stagegraph.model.graph import StageGraph
from stagegraph.planning.plan import plan_graph
from stagegraph.source import SourceFile
from stagegraph.stages.cutting import cut
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.resolution import resolve
from stagegraph.syntax.parsing import parse_source

MAX_ATTEMPTS = 100
"""How many fixes of a file are tried one by one, where they cannot be made all at once."""
_MOST_ROUNDS = 10

Lint = Callable[[SourceFile], Findings]


@attrs.frozen
class Fixed:
    """A file before and after its fixes, what was fixed, and what could have been but for a difference."""

    source: SourceFile
    text: str
    applied: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


def fix_source(source: SourceFile, lint: Lint, targets: Sequence[DeclaredTarget], options: BuildOptions) -> Fixed:
    """The file with every fix that leaves the plan of each target what it was.

    What a fix changes may show something else that can be fixed, so `lint` is asked again.
    """
    return _Fixing(source, lint, targets, options).run()


class _Fixing:
    """The fixing of one file."""

    def __init__(
        self, source: SourceFile, lint: Lint, targets: Sequence[DeclaredTarget], options: BuildOptions
    ) -> None:
        self._source = source
        self._lint = lint
        self._targets = targets
        self._options = options
        self._before = self._work(source.text)
        self._applied: list[Finding] = []
        self._refused: dict[tuple[str, str], Finding] = {}
        self._attempts = 0

    def run(self) -> Fixed:
        text = self._source.text
        for _ in range(_MOST_ROUNDS):
            found = self._lint(SourceFile(text, self._source.name))
            fixable = [one for one in found if one.fix is not None and (one.rule, one.message) not in self._refused]
            refused = len(self._refused)
            chosen = self._choose(text, _apart(fixable))
            if not chosen and len(self._refused) == refused:
                break
            if chosen:
                text = _edited(text, chosen)
                self._applied += chosen
                self._refused.clear()  # what could not be done before may be possible now
        return Fixed(self._source, text, tuple(self._applied), tuple(self._refused.values()))

    def _choose(self, text: str, fixable: Sequence[Finding]) -> list[Finding]:
        """Those that can be fixed together; each that cannot is refused."""
        if not fixable or self._keeps(_edited(text, fixable)):
            return list(fixable)
        chosen: list[Finding] = []
        for finding in fixable:
            self._attempts += 1
            if self._attempts <= MAX_ATTEMPTS and self._keeps(_edited(text, [*chosen, finding])):
                chosen.append(finding)
            else:
                self._refused[finding.rule, finding.message] = finding
        return chosen

    def _keeps(self, text: str) -> bool:
        """Whether a changed text parses, and every target is built from it as before."""
        return self._before is not None and self._work(text) == self._before

    def _work(self, text: str) -> list[Work] | None:
        """What the build of each target does; None where one fails."""
        try:
            stages = cut(parse_source(SourceFile(text)))
            return [
                work_of(plan_graph(StageGraph(resolve(stages, Builder.BUILDKIT, self._options_for(target)))))
                for target in self._targets
            ]
        except LimitError:
            raise
        except StageGraphError:
            return None

    def _options_for(self, target: DeclaredTarget) -> BuildOptions:
        return attrs.evolve(
            self._options,
            target=target.stage,
            checks=NO_OPTIONS,
            build_args={**self._options.build_args, **target.build_args},
            contexts={**self._options.contexts, **target.contexts},
        )


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose edits do not touch those of one before them."""
    chosen: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix is not None else ()
        if not any(_touches(edit, taken) for edit in edits):
            chosen.append(finding)
            for edit in edits:
                insort(taken, (edit.start, edit.end))
    return chosen


def _touches(edit: Edit, taken: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(taken, (edit.start, edit.end))
    after = taken[place][0] if place < len(taken) else edit.end
    before = taken[place - 1][1] if place else edit.start
    return after < edit.end or before > edit.start


def _edited(text: str, findings: Iterable[Finding]) -> str:
    edits = [edit for finding in findings if finding.fix is not None for edit in finding.fix.edits]
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*pieces, text[position:]))
