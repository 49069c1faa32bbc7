"""What BuildKit says of a whole file, of every stage in it, when it is asked to check it.

This is `docker build --check`: all stages are put together, needed or not. Where a build fails,
BuildKit stops; here it is asked again about the rest, as far as that can be known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from stagegraph.checks import CheckOptions, Checks, CheckWarning
from stagegraph.errors import CheckError, InputError, InstructionError, LimitError, StageGraphError
from stagegraph.linting.mending import as_scratch, mend, start_of
from stagegraph.planning.buildkit import plan_for_buildkit
from stagegraph.reference import normalise
from stagegraph.stages.cutting import CutDockerfile, Stage, stray, with_stages
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.resolution import resolve
from stagegraph.stages.resolved import ResolvedDockerfile
from stagegraph.stages.text_checks import check_instructions, check_stages
from stagegraph.syntax.instructions import Arg, From, Instruction
from stagegraph.syntax.nodes import Comment, Dockerfile

MAX_BUILD_ERRORS = 20
"""How many errors of one file BuildKit is asked past, beyond those of single instructions."""


@attrs.frozen
class Verdict:
    """The warnings of the build checks, and the errors that would end the build, each alone.

    `cut` has every stage, without the instructions that are none; a `FROM` that is none begins with
    the empty image. `is_whole` says that nothing was left out. `resolved` is what the names mean,
    None where a build fails over them.
    """

    cut: CutDockerfile
    warnings: tuple[CheckWarning, ...]
    errors: tuple[StageGraphError, ...]
    is_whole: bool
    resolved: ResolvedDockerfile | None = None


def judge(dockerfile: Dockerfile, options: BuildOptions) -> Verdict:
    """What BuildKit says of every stage of a file that was parsed tolerantly.

    Raises:
        LimitError: the file goes beyond a limit of stagegraph.
        InputError: an image config is malformed.
    """
    refused = {problem.span.start: problem for problem in dockerfile.problems if problem.span is not None}
    readable = _readable(dockerfile, refused)
    written, strays = _cut(dockerfile, refused)
    checks = Checks(_without_errors(options.checks), dockerfile.source)
    check_instructions(readable, checks)
    errors = (*dockerfile.problems, *strays)
    sound = _sound(written, refused)
    hiding = _first_that_hides_the_rest(dockerfile)
    if hiding is not None:
        return Verdict(sound, tuple(checks.warnings), dockerfile.problems[: hiding + 1], is_whole=False)
    check_stages(written, checks)
    cut = mend(written, dockerfile.problems)
    asked = _Asked(attrs.evolve(options, every_stage=True, target=None), tuple(checks.warnings), errors)
    if cut is not None:
        asked.ask(cut)
    return Verdict(sound, tuple(asked.warnings), asked.verdict_of_checks(), not errors, asked.resolved)


class _Asked:
    """BuildKit, asked about a file until it has no more to say."""

    def __init__(
        self, options: BuildOptions, warnings: tuple[CheckWarning, ...], errors: tuple[StageGraphError, ...]
    ) -> None:
        self._options = options
        self.warnings = list(warnings)
        self.errors = list(errors)
        self.resolved: ResolvedDockerfile | None = None

    def ask(self, cut: CutDockerfile) -> None:
        """Asks, and again without what it fails over."""
        rest: CutDockerfile | None = cut
        for _ in range(MAX_BUILD_ERRORS):
            if rest is None:
                return
            error = self._ask_once(rest, first=rest is cut)
            if error is None:
                return
            self.errors.append(error)
            mended = mend(rest, [error])
            rest = mended if mended != rest else None

    def _ask_once(self, cut: CutDockerfile, *, first: bool) -> StageGraphError | None:
        """The error that the build ends with; the warnings until then."""
        checks = Checks(_without_errors(self._options.checks), cut.source)
        try:
            resolved = resolve(cut, Builder.BUILDKIT, self._options, checks)
            if first and not self.errors:
                self.resolved = resolved
            plan_for_buildkit(resolved, checks)
        except (InputError, LimitError):
            raise
        except StageGraphError as error:
            return error
        finally:
            self._add([warning for warning in checks.warnings if self._is_known(warning)], first=first)
        return None

    def _add(self, warnings: Sequence[CheckWarning], *, first: bool) -> None:
        """Keeps what is said for the first time; all that is said when the file is first looked at."""
        said = Counter() if first else Counter(map(_content, self.warnings))
        for warning in warnings:
            if said[_content(warning)]:
                said[_content(warning)] -= 1
            else:
                self.warnings.append(warning)

    def _is_known(self, warning: CheckWarning) -> bool:
        """Whether it rests on what is known: the platform of an image is, where its config was given."""
        image = _IMAGE.match(warning.message) if warning.rule == "InvalidBaseImagePlatform" else None
        return image is None or self._options.images(normalise(image[1])) is not None

    def verdict_of_checks(self) -> tuple[StageGraphError, ...]:
        """All errors; where warnings are errors, and nothing else is wrong, they are one."""
        if self._options.checks.error and self.warnings and not self.errors:
            rules = ", ".join(sorted({warning.rule for warning in self.warnings}))
            return (CheckError(f"lint violation found for rules: {rules}"),)
        return tuple(self.errors)


def _without_errors(options: CheckOptions) -> CheckOptions:
    """The options with warnings that are no errors yet: what is found is collected first."""
    return attrs.evolve(options, error=False) if options.error else options


_IMAGE = re.compile(r"Base image (\S+) was pulled")


def _content(warning: CheckWarning) -> tuple[object, ...]:
    return warning.rule, warning.message, warning.span


def _first_that_hides_the_rest(dockerfile: Dockerfile) -> int | None:
    """The first problem that leaves the rest of the file unread, or read in a wrong way."""
    if not dockerfile.problems:
        return None
    starts = {start_of(one.span) for one in dockerfile.instructions}
    for place, problem in enumerate(dockerfile.problems):
        if start_of(problem.span) not in starts or problem.message == "unterminated heredoc":
            return place
    return None


def _readable(dockerfile: Dockerfile, refused: Mapping[int, StageGraphError]) -> Dockerfile:
    """The file with an empty comment for every instruction that is none."""
    if not refused:
        return dockerfile
    return attrs.evolve(
        dockerfile,
        nodes=tuple(
            Comment("#\n", node.span) if isinstance(node, Instruction) and start_of(node.span) in refused else node
            for node in dockerfile.nodes
        ),
    )


def _sound(cut: CutDockerfile, refused: Mapping[int, StageGraphError]) -> CutDockerfile:
    """The stages without what is refused in them."""
    if not refused:
        return cut
    stages = (
        attrs.evolve(
            stage,
            from_=as_scratch(stage.from_) if start_of(stage.from_.span) in refused else stage.from_,
            instructions=tuple(one for one in stage.instructions if start_of(one.span) not in refused),
        )
        for stage in cut.stages
    )
    global_args = tuple(one for one in cut.global_args if start_of(one.span) not in refused)
    return with_stages(CutDockerfile(cut.dockerfile, global_args, ()), stages)


def _cut(
    dockerfile: Dockerfile, refused: Mapping[int, StageGraphError]
) -> tuple[CutDockerfile, tuple[InstructionError, ...]]:
    """The stages as they are written, and the first instruction that stands before them all."""
    global_args: list[Arg] = []
    begun: list[tuple[From, list[Instruction]]] = []
    before: list[Instruction] = []
    for instruction in dockerfile.instructions:
        if isinstance(instruction, From):
            begun.append((instruction, []))
        elif begun:
            begun[-1][1].append(instruction)
        elif isinstance(instruction, Arg):
            global_args.append(instruction)
        else:
            before.append(instruction)
    stages = [Stage(index, from_, tuple(body)) for index, (from_, body) in enumerate(begun)]
    stray_first = before and start_of(before[0].span) not in refused  # else it may be the FROM that is missing
    errors = (stray(before[0], dockerfile),) if stray_first else ()
    return with_stages(CutDockerfile(dockerfile, tuple(global_args), ()), stages), errors
