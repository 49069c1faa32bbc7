"""The conformance kit: what every backend has to do, as cases that anyone can run on their own.

`CASES` need no base image and no process, `RUN_CASES` need an image with `/bin/sh`. In pytest::

    @pytest.mark.parametrize("case", conformance.CASES, ids=str)
    def test_mine(case, tmp_path):
        conformance.check(MyBackend(), case, tmp_path)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from stagegraph.api import plan as make_plan
from stagegraph.backends.events import Event, OutputLine, PlanFinished, StepFailed
from stagegraph.backends.laws import ENDS, violations
from stagegraph.backends.protocol import Backend, HasBuilders
from stagegraph.backends.running import run
from stagegraph.errors import UnsupportedError

__all__ = ["CASES", "RUN_CASES", "Case", "check", "violations"]

BASE_IMAGE = "alpine:latest"
"""The image that `RUN_CASES` are built upon."""

_STAGES = """\
FROM scratch AS base
COPY a /a
FROM base AS one
COPY b /b
FROM base AS two
COPY c /c
"""
_DIAMOND = """\
FROM scratch AS left
COPY a /a
FROM scratch AS right
COPY b /b
FROM scratch
COPY --from=left /a /a
COPY --from=right /b /b
"""
_MISSING = """\
FROM scratch AS broken
COPY nothing /x
COPY a /a
FROM scratch AS whole
COPY b /b
FROM scratch
COPY --from=whole /b /b
COPY --from=broken /a /a
"""
_FILES = {"a": "1\n", "b": "2\n", "c": "3\n"}


@attrs.frozen
class Case:
    """A Dockerfile, a context, and what has to come of it.

    `files` are the files of the context; a value that begins with `->` is a symbolic link. A case
    that `fails` is one in which a step fails. `ends` are the kinds of event with which steps end,
    by a part of the step's name. `cancelled_at` closes the iterator after that many events.
    """

    name: str
    dockerfile: str
    builder: str = "buildkit"
    target: str | None = None
    files: Mapping[str, str] = attrs.field(factory=lambda: _FILES)
    fails: bool = False
    ends: Mapping[str, str] = attrs.field(factory=dict)
    printed: str | None = None
    exit_code: int | None = None
    jobs: int = 4
    cancelled_at: int | None = None

    def __str__(self) -> str:
        """Its name, and the builder where it is not BuildKit."""
        return self.name if self.builder == "buildkit" else f"{self.name}-{self.builder}"


def _with_both_builders(case: Case) -> Iterator[Case]:
    yield case
    yield attrs.evolve(case, builder="legacy")


CASES: tuple[Case, ...] = (
    *_with_both_builders(Case("copy", "FROM scratch\nCOPY a b /\n")),
    Case("stages", _STAGES, target="two", ends={"/b": "none", "/c": "step-finished"}),
    Case("stages", _STAGES, builder="legacy", target="two", ends={"/b": "step-finished"}),
    *_with_both_builders(Case("together", _DIAMOND)),
    *_with_both_builders(Case("one-after-the-other", _DIAMOND, jobs=1)),
    *_with_both_builders(
        Case(
            "missing-file",
            _MISSING,
            fails=True,
            jobs=1,
            ends={"COPY nothing": "step-failed", "COPY a": "step-skipped", "COPY --from=broken": "step-skipped"},
        )
    ),
    Case("inline-file", "FROM scratch\nCOPY <<E /hello\nhello\nE\n"),
    Case("working-directory", "FROM scratch\nWORKDIR /w\nCOPY a .\n"),
    Case("nothing", "FROM scratch\nLABEL a=b\n"),
    *_with_both_builders(Case("link-out", "FROM scratch\nCOPY link /x\n", files={"link": "->/etc/hosts"}, fails=True)),
    *_with_both_builders(Case("way-out", "FROM scratch\nCOPY ../../etc/hosts /x\n", files={"a": ""}, fails=True)),
    *_with_both_builders(
        Case("ignored", "FROM scratch\nCOPY a /\n", files={"a": "", ".dockerignore": "a"}, fails=True)
    ),
    *_with_both_builders(Case("cancelled", _DIAMOND, cancelled_at=2)),
)
"""What needs nothing but the engine."""

RUN_CASES: tuple[Case, ...] = (
    *_with_both_builders(
        Case("run", f"FROM {BASE_IMAGE}\nRUN echo hello > /greeting\nRUN cat /greeting\n", printed="hello")
    ),
    *_with_both_builders(
        Case(
            "failing-run",
            f"FROM {BASE_IMAGE} AS a\nRUN echo before && exit 3\nRUN echo after\nFROM scratch\nCOPY --from=a / /\n",
            fails=True,
            printed="before",
            exit_code=3,
            ends={"exit 3": "step-failed", "echo after": "step-skipped", "COPY": "step-skipped"},
        )
    ),
    *_with_both_builders(
        Case("run-and-copy", f"FROM {BASE_IMAGE} AS a\nRUN echo x > /x\nFROM scratch\nCOPY --from=a /x /y\n")
    ),
    *_with_both_builders(Case("cancelled-run", f"FROM {BASE_IMAGE}\nRUN sleep 600\n", cancelled_at=4)),
)
"""What needs an image, and runs processes in it."""


def check(backend: Backend, case: Case, folder: Path) -> None:
    """Runs a case in `folder`, which is empty; its context is put there.

    Raises:
        AssertionError: the backend does not do what it has to.
    """
    _write(case.files, folder)
    plan = make_plan(case.dockerfile, builder=case.builder, target=case.target)
    events = run(plan, backend=backend, context=folder, jobs=case.jobs, network="none", no_cache=True)
    if isinstance(backend, HasBuilders) and plan.builder not in backend.builders:
        _refuse(events, case)
        return
    if case.cancelled_at is not None:
        _cancel(events, case.cancelled_at)
        return
    told = list(events)
    found = [*violations(told), *_differences(case, told)]
    assert not found, f"{case}: " + "; ".join(found)


def _refuse(events: Iterator[Event], case: Case) -> None:
    """Sees a plan of a builder that the backend does not have refused, before anything happens."""
    try:
        first = next(events, None)
    except UnsupportedError:
        return
    raise AssertionError(f"{case}: it was not refused, but told {first}")


def _cancel(events: Iterator[Event], count: int) -> None:
    """Reads some events, and closes the iterator."""
    for _, _event in zip(range(count), events, strict=False):
        pass
    close: Callable[[], None] = events.close  # type: ignore[attr-defined]  # `run` gives a generator
    close()


def _write(files: Mapping[str, str], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content.startswith("->"):
            path.symlink_to(content[2:])
        else:
            path.write_text(content, encoding="utf-8")


def _differences(case: Case, told: list[Event]) -> Iterator[str]:
    """What a run has to be and is not."""
    last = told[-1] if told else None
    if isinstance(last, PlanFinished) and last.succeeded is case.fails:
        yield "it succeeded" if case.fails else f"it failed: {_failures(told)}"
    ends = {event.name: event.KIND for event in told if isinstance(event, ENDS)}
    for part, kind in case.ends.items():
        got = next((ends[name] for name in ends if part in name), "none")
        if got not in (kind, "step-cached" if kind == "step-finished" else kind):
            yield f"{part!r} ended as {got}, not as {kind}"
    printed = [event.text for event in told if isinstance(event, OutputLine)]
    if case.printed is not None and not any(case.printed in text for text in printed):
        yield f"{case.printed!r} was not printed"
    codes = [event.exit_code for event in told if isinstance(event, StepFailed)]
    if case.exit_code is not None and codes != [case.exit_code]:
        yield f"exit codes {codes}, not {case.exit_code}"


def _failures(told: Iterable[Event]) -> str:
    return ", ".join(f"{event.name}: {event.message}" for event in told if isinstance(event, StepFailed))
