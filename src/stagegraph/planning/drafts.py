"""A stage while BuildKit puts it together: what its next instruction starts from."""

from __future__ import annotations

from functools import partial

from stagegraph.errors import Complaint
from stagegraph.planning.checks import PlanningChecks
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.environments import Environment, replay
from stagegraph.planning.vertices import StepKind, Vertex
from stagegraph.platforms import Platform
from stagegraph.source import Span
from stagegraph.stages.resolved import ResolvedInstruction, ResolvedStage
from stagegraph.values.letters import upper
from stagegraph.words import expand_text


class StageDraft:
    """The state of a stage between two instructions (BuildKit's `dispatchState`).

    `top` is the vertex of its files so far, None while there are none.
    """

    def __init__(  # noqa: PLR0913 - what a stage inherits
        self,
        stage: ResolvedStage,
        *,
        top: Vertex | None,
        environment: Environment,
        config: ConfigDraft,
        platform: Platform,
        directory: str = "/",
        args: tuple[str, ...] = (),
        has_workdir: bool = False,
    ) -> None:
        self.stage = stage
        self.top = top
        self.environment = environment
        self.config = config
        self.platform = platform
        self.directory = directory
        self.args = args
        self.has_workdir = has_workdir
        self.has_cmd = False
        self.escape = "\\"
        self.checks: PlanningChecks | None = None
        self.said: dict[str, Span | None] = {}
        self._steps_taken = stage.steps_taken

    def child(self, stage: ResolvedStage) -> StageDraft:
        """What a stage built upon this one begins with."""
        return StageDraft(
            stage,
            top=self.top,
            environment=Environment(self.environment),
            config=self.config.child(),
            platform=self.platform,
            directory=self.directory,
            args=self.args,
            has_workdir=self.has_workdir,
        )

    # -- words -------------------------------------------------------------------------------

    def expand(self, word: str) -> str:
        """A word with the variables of the stage."""
        return expand_text(word, self.environment, self.escape)

    def expander(self, resolved: ResolvedInstruction):
        """`expand`, which also reports the variables of an instruction that are not set."""
        if self.checks is None:
            return self.expand
        return partial(self._expand_and_report, resolved)

    def _expand_and_report(self, resolved: ResolvedInstruction, word: str, *, quotes: bool = True) -> str:
        unmatched: set[str] = set()
        escape = self.escape if quotes else "\\"
        text = expand_text(word, self.environment, escape, quotes=quotes, unmatched=unmatched)
        if unmatched and self.checks is not None:
            self.checks.undefined_variables(resolved, unmatched - set(self.args), self.environment)
        return text

    def expand_body(self, resolved: ResolvedInstruction, text: str) -> str:
        """The body of a heredoc, in which quotes mean nothing."""
        if self.checks is None:
            return expand_text(text, self.environment, "\\", quotes=False)
        return self._expand_and_report(resolved, text, quotes=False)

    # -- names -------------------------------------------------------------------------------

    def shown(self, text: str) -> str:
        """How a `COPY`, `ADD` or `WORKDIR` is shown: expanded; as written if that fails."""
        try:
            return capitalise(self.expand(text))
        except Complaint:
            return capitalise(text)

    def numbered(self, text: str, *, trigger: bool = False) -> str:
        """A progress line of this stage with the next number: `[base 2/3] RUN x`."""
        self._steps_taken += 1
        return self.relabelled(text, trigger=trigger)

    def relabelled(self, text: str, *, trigger: bool = False) -> str:
        """Another progress line with the number of the last one."""
        text = f"ONBUILD {text}" if trigger else text
        return step_name(self.stage, self._steps_taken, self.stage.step_total, text)

    # -- vertices ----------------------------------------------------------------------------

    def vertex(
        self,
        kind: StepKind,
        name: str,
        key: tuple[object, ...],
        inputs: tuple[Vertex, ...],
        resolved: ResolvedInstruction,
    ) -> Vertex:
        """A vertex of this stage that comes from an instruction."""
        return Vertex(kind, name, key, inputs, self.stage.index, resolved.span, resolved.instruction)

    def remembered_environment(self):
        """The variables as they are now, for when somebody asks."""
        return partial(replay, self.environment.history)


def step_name(stage: ResolvedStage, number: int, total: int, text: str) -> str:
    """A progress line: `[base 2/3] RUN x`; the bare text in a stage that counts no steps."""
    if not total:
        return text
    name = f"{stage.shown_name} " if stage.shown_name else ""
    return f"[{name}{number:>{len(str(total))}}/{total}] {text}"


def capitalise(text: str) -> str:
    """The text with everything before its first blank in capitals."""
    head, blank, rest = text.partition(" ")
    return upper(head) + blank + rest
