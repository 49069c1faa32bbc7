"""`unused-build-arg`: an argument whose value changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.liveness import possible_bases
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule, UnknowableError
from stagegraph.linting.subject import Subject
from stagegraph.quoting import go_quote
from stagegraph.source import Span
from stagegraph.stages.cutting import Stage
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.syntax.instructions import Arg, Instruction, OnBuild, Run

# What builders look at themselves, without an instruction that uses it.
_LOOKED_AT = re.compile(r"BUILDKIT_|SOURCE_DATE_EPOCH|(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)")


def _find(subject: Subject) -> Iterator[Finding]:
    if not subject.is_whole:
        raise UnknowableError("a build of the file fails")
    for arg in subject.verdict.cut.global_args:
        for name in _names(arg):
            if not _is_used_globally(name, arg, subject):
                message = f"no FROM uses the argument {go_quote(name)}, and no stage takes its value"
                yield RULE.at(_place(arg, name, subject), message, line=arg.first_line)
    for stage in subject.stages:
        for place, one in enumerate(stage.instructions):
            if isinstance(one, Arg):
                yield from _unused_in(stage, place, one, subject)


def _names(arg: Arg) -> list[str]:
    names = [argument.name for argument in arg.declared]
    return [name for name in names if name not in PROXY_NAMES and not _LOOKED_AT.match(name)]


def _is_used_globally(name: str, arg: Arg, subject: Subject) -> bool:
    """Whether a `FROM`, another global argument or a trigger names it, or a stage takes its value."""
    mentions = _mentions(name)
    if len(mentions.findall(arg.text)) > 1:
        return True
    others = [one for one in subject.verdict.cut.global_args if one is not arg]
    if any(mentions.search(one.text) for one in (*others, *(stage.from_ for stage in subject.stages))):
        return True
    return any(_takes(one, name) for stage in subject.stages for one in stage.instructions)


def _takes(instruction: Instruction, name: str) -> bool:
    """Whether an instruction of a stage takes the value of a global argument."""
    if isinstance(instruction, OnBuild):
        return _mentions(name).search(instruction.text) is not None
    if not isinstance(instruction, Arg):
        return False
    return any(one.name == name and one.default is None for one in instruction.declared)


def _unused_in(stage: Stage, place: int, arg: Arg, subject: Subject) -> Iterator[Finding]:
    """The arguments that nothing behind them uses, in the stage or in what is built upon it."""
    later = [*stage.instructions[place + 1 :], *_built_upon(stage, subject)]
    if any(_runs_something(one) for one in later):
        return  # what runs may read any variable
    for name in _names(arg):
        mentions = _mentions(name)
        if len(mentions.findall(arg.text)) == 1 and not any(mentions.search(one.text) for one in later):
            message = f"nothing in {quoted(stage)} uses the argument {go_quote(name)} after this"
            yield RULE.at(_place(arg, name, subject), message, line=arg.first_line, stage=label_of(stage))


def _built_upon(stage: Stage, subject: Subject) -> Iterator[Instruction]:
    """The instructions of the stages that inherit the variables of a stage, however far."""
    heirs = {stage.index}
    for other in subject.stages[stage.index + 1 :]:
        if not heirs.isdisjoint(possible_bases(other, subject)):
            heirs.add(other.index)
            yield from other.instructions


def _runs_something(instruction: Instruction) -> bool:
    return isinstance(instruction, Run | OnBuild)


def _mentions(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _place(arg: Arg, name: str, subject: Subject) -> Span | None:
    words: Iterable[Span] = arg.places.words if arg.places is not None else ()
    for word in words:
        if subject.source.text[word.start : word.end].partition("=")[0] == name:
            return word
    return subject.place(arg)


RULE = Rule(
    "unused-build-arg",
    "A build argument that nothing uses",
    Severity.INFO,
    find=_find,
    page=page_of("unused-build-arg"),
)
