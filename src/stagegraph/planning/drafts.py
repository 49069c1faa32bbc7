"""A stage while BuildKit puts it together: what its next instruction starts from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import attrs

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.planning.checks import PlanningChecks
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.environments import Environment, RememberedEnvironment
from stagegraph.planning.later import Later
from stagegraph.planning.vertices import Described, StepKind, Vertex, make_vertex
from stagegraph.platforms import Platform, parse_platform
from stagegraph.source import Span
from stagegraph.stages.resolved import ResolvedInstruction, ResolvedStage
from stagegraph.syntax.mounts import Expander
from stagegraph.values.letters import upper
from stagegraph.words import expand_text

_TWO_DIGITS = 10


class StageDraft:
    """The state of a stage between two instructions (BuildKit's `dispatchState`).

    `top` is the vertex of its files so far, None while there are none. `has_platform` is False
    upon the empty image, whose `RUN`s name no platform (`llb.Scratch` has none).
    """

    # What is unusual, and what few ask for, stands here; it is in the draft itself only where it differs.
    args: tuple[str, ...] = ()
    has_workdir = False
    has_cmd = False

    def __init__(
        self,
        stage: ResolvedStage,
        top: Vertex | None,
        environment: Environment,
        config: ConfigDraft,
        platform: Platform,
        budget: Budget,
    ) -> None:
        self.stage = stage
        self.top = top
        self.environment = environment
        self.config = config
        self.platform = platform
        self.platform_text = platform.full_text
        self.budget = budget
        self.directory = "/"
        self.escape = "\\"
        self.has_platform = True
        self.shows_platform = False
        self.checks: PlanningChecks | None = None
        self.said: dict[str, Span | None] = {}
        self._index = stage.stage.index
        self._steps_taken = stage.steps_taken
        self._label = f"[{stage.shown_name} " if stage.shown_name else "["
        total = stage.step_total
        self._of_total = f"/{total}] " if 0 < total < _TWO_DIGITS else ""

    def child(self, stage: ResolvedStage) -> StageDraft:
        """What a stage built upon this one begins with."""
        child = StageDraft(stage, self.top, self.environment.shared(), self.config.child(), self.platform, self.budget)
        child.directory = self.directory
        child.args = self.args
        child.has_workdir = self.has_workdir
        child.has_platform = self.has_platform
        return child

    @property
    def user(self) -> str:
        """Who the next step runs as, empty for root."""
        return self.config.text("User")

    # -- words -------------------------------------------------------------------------------

    def expand(self, word: str) -> str:
        """A word with the variables of the stage."""
        text = expand_text(word, self.environment, self.escape)
        return self.budget.spend(text) if text is not word else text

    def expander(self, resolved: ResolvedInstruction) -> Expander:
        """`expand`, which also reports the variables of an instruction that are not set."""
        if self.checks is None:
            return self.expand
        return partial(self._expand_and_report, resolved)

    def _expand_and_report(self, resolved: ResolvedInstruction, word: str, *, quotes: bool = True) -> str:
        unmatched: set[str] = set()
        escape = self.escape if quotes else "\\"
        text = self.budget.spend(expand_text(word, self.environment, escape, quotes=quotes, unmatched=unmatched))
        if unmatched and self.checks is not None:
            self.checks.undefined_variables(resolved, unmatched - set(self.args), self.environment)
        return text

    def expand_body(self, resolved: ResolvedInstruction, text: str) -> str:
        """The body of a heredoc, in which quotes mean nothing."""
        if self.checks is None:
            return self.budget.spend(expand_text(text, self.environment, "\\", quotes=False))
        return self._expand_and_report(resolved, text, quotes=False)

    # -- names -------------------------------------------------------------------------------

    def shown(self, text: str) -> str:
        """How a `COPY`, `ADD` or `WORKDIR` is shown: expanded; as written if that fails."""
        try:
            return capitalise(self.expand(text))
        except LimitComplaint:
            raise
        except Complaint:
            return capitalise(text)

    def numbered(self, text: str, trigger: bool, shows_platform: bool = True) -> str:
        """A progress line of this stage with the next number: `[base 2/3] RUN x`."""
        self._steps_taken += 1
        if trigger or self.shows_platform or not self._of_total:
            return self.relabelled(text, trigger=trigger, shows_platform=shows_platform)
        return f"{self._label}{self._steps_taken}{self._of_total}{text}"

    def relabelled(self, text: str, *, trigger: bool = False, shows_platform: bool = True) -> str:
        """Another progress line with the number of the last one."""
        text = f"ONBUILD {text}" if trigger else text
        prefix = platform_prefix(self.platform, self.environment) if self.shows_platform and shows_platform else ""
        return step_name(self.stage, self._steps_taken, self.stage.step_total, text, prefix)

    # -- vertices ----------------------------------------------------------------------------

    def vertex(
        self,
        kind: StepKind,
        name: str,
        key: tuple[object, ...],
        inputs: tuple[Vertex, ...],
        resolved: ResolvedInstruction,
        describe: Later[Described],
        environment: RememberedEnvironment | None = None,
    ) -> Vertex:
        """A vertex of this stage that comes from an instruction."""
        span, instruction = resolved.span, resolved.instruction
        return make_vertex(kind, name, key, inputs, self._index, span, instruction, environment, describe)

    def remembered_environment(self) -> RememberedEnvironment:
        """The variables as they are now, for when somebody asks."""
        return self.environment.history


def step_name(stage: ResolvedStage, number: int, total: int, text: str, prefix: str = "") -> str:
    """A progress line: `[base 2/3] RUN x`; the bare text in a stage that counts no steps.

    `prefix` says the platform, where several are asked for.
    """
    if not total:
        return text
    name = f"{stage.shown_name} " if stage.shown_name else ""
    if total < _TWO_DIGITS:
        return f"[{prefix}{name}{number}/{total}] {text}"
    return f"[{prefix}{name}{number:>{len(str(total))}}/{total}] {text}"


def capitalise(text: str) -> str:
    """The text with everything before its first blank in capitals."""
    head, blank, rest = text.partition(" ")
    return text if head.isupper() and head.isascii() else upper(head) + blank + rest


def platform_prefix(platform: Platform, environment: Mapping[str, str]) -> str:
    """`linux/amd64 ` before a stage's name, or `linux/amd64->arm64 ` where its variables name another target."""
    wanted = _wanted_platform(environment)
    arrow = ""
    if wanted is not None:
        wanted = attrs.evolve(
            wanted, os=wanted.os or platform.os, architecture=wanted.architecture or platform.architecture
        ).normalised()
        if wanted.os != platform.os:
            arrow = f"->{wanted.full_text}"
        elif wanted.architecture != platform.architecture:
            arrow = "->" + "/".join(part for part in (wanted.architecture, wanted.variant) if part)
    return f"{platform.full_text}{arrow} "


def _wanted_platform(environment: Mapping[str, str]) -> Platform | None:
    """The platform that `TARGETPLATFORM` or its parts name, whichever was set first (`platformFromEnv`)."""
    parts: dict[str, str] = {}
    for name, value in environment.items():
        if name == "TARGETPLATFORM":
            try:
                return parse_platform(value)
            except Complaint:
                continue
        if name in ("TARGETOS", "TARGETARCH", "TARGETVARIANT"):
            parts[name] = value
    if not parts:
        return None
    return Platform(parts.get("TARGETOS", ""), parts.get("TARGETARCH", ""), parts.get("TARGETVARIANT", ""))
