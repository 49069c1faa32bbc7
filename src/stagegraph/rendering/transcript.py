"""What a builder would print, as far as that can be known before anything runs.

Of BuildKit the terminal form, without times: the heading with the number of lines, and one line
for all that is loaded, run and exported; then its warnings. The sub-lines (`=> => transferring
dockerfile`) and `CACHED` depend on the machine and are left out, and so are the lines for the
frontend that `# syntax=` names. A `.dockerignore` beside the Dockerfile is not looked for.

Of the legacy builder every line that the Dockerfile decides: warnings, steps, the number of
triggers that a `FROM` carries out. Ids, sizes and the output of what runs are not known, so the
lines that hold nothing else (` ---> …`) are left out, and the first and the last line stand
without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from stagegraph.checks import CheckWarning
from stagegraph.errors import AnnouncedStep
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.rendering.spelling import counted, visible
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan

_SENDING = "Sending build context to Docker daemon"


def transcript(plan: Plan) -> str:
    """The lines that the builder of `plan` would print, without times and ids."""
    lines = _buildkit_lines(plan) if plan.builder is Builder.BUILDKIT else _legacy_lines(plan)
    return _text(lines)


def broken_transcript(steps: Sequence[AnnouncedStep]) -> str:
    """What the legacy builder prints before it fails; empty where it fails before the first step."""
    return _text([_SENDING, *(step.name for step in steps)]) if steps else ""


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{visible(line)}\n" for line in lines)


def _buildkit_lines(plan: Plan) -> Iterator[str]:
    source = plan.graph.resolved.source
    names = [
        f"[internal] load build definition from {source.name if source is not None else 'Dockerfile'}",
        *plan.loads,
        "[internal] load .dockerignore",
        *(step.name for step in plan.steps),
        "exporting to image",
    ]
    yield f"[+] Building ({len(names)}/{len(names)})"
    yield from (f" => {name}" for name in names)
    yield from _buildkit_warnings(plan.warnings)


def _buildkit_warnings(warnings: Sequence[CheckWarning]) -> Iterator[str]:
    if not warnings:
        return
    yield ""
    yield f" {counted(len(warnings), 'warning')} found (use docker --debug to expand):"
    for warning in warnings:
        place = f" (line {warning.line})" if warning.line else ""
        yield f" - {warning.rule}: {warning.message}{place}"


def _legacy_lines(plan: Plan) -> Iterator[str]:
    yield _SENDING
    continuations = [one for one in plan.warnings if one.rule == "NoEmptyContinuation"]
    yield from (f"[WARNING]: {warning.message}" for warning in continuations)
    if continuations:
        yield "[WARNING]: Empty continuation lines will become errors in a future release."
    for step in plan.steps:
        yield step.name
        yield from _triggers(plan, step)
    yield from (f"[Warning] {one.message}" for one in plan.warnings if one.rule == "UnusedBuildArgs")
    yield "Successfully built"


def _triggers(plan: Plan, step: Step) -> Iterator[str]:
    if step.kind is not StepKind.FROM or step.stage is None:
        return
    count = len(plan.graph.resolved.stages[step.stage].triggers)
    if count:
        yield f"# Executing {counted(count, 'build trigger')}"
