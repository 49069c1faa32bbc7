"""`unused-build-arg`: an argument whose value changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.heirs import Heirs, words_of
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule, UnknowableError
from stagegraph.linting.subject import Subject
from stagegraph.linting.written import WrittenInstruction
from stagegraph.quoting import go_quote
from stagegraph.source import Span
from stagegraph.stages.cutting import Stage
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.syntax.instructions import Arg, Instruction, OnBuild, Run

_RUNNING = (Run, OnBuild)
_WORD = re.compile(r"\w+")
# What builders look at themselves, without an instruction that uses it.
_LOOKED_AT = re.compile(r"BUILDKIT_|SOURCE_DATE_EPOCH|(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)")


def _find(subject: Subject) -> Iterator[Finding]:
    if not subject.is_whole:
        raise UnknowableError("a build of the file fails")
    yield from _unused_globally(subject)
    yield from _unused_in_stages(subject)


def _names(arg: Arg) -> list[str]:
    """The names that can be used, and that no builder looks at itself."""
    names = [argument.name for argument in arg.declared]
    return [name for name in names if _WORD.fullmatch(name) and name not in PROXY_NAMES and not _LOOKED_AT.match(name)]


def _unused_globally(subject: Subject) -> Iterator[Finding]:
    """The arguments that no `FROM`, no other global argument and no trigger names, and no stage takes."""
    declared = subject.verdict.cut.global_args
    if not declared:
        return
    mentioning = (*declared, *(stage.from_ for stage in subject.stages))
    mentions = _counted((word for one in mentioning for word in words_of(one)), {})
    taken = {name for stage in subject.stages for one in stage.instructions for name in _taken_by(one)}
    for arg in declared:
        for name in _names(arg):
            if mentions.get(name, 0) <= 1 and name not in taken:
                message = f"no FROM uses the argument {go_quote(name)}, and no stage takes its value"
                yield RULE.at(_place(arg, name, subject), message, line=arg.first_line)


def _taken_by(instruction: Instruction) -> Iterable[str]:
    """The global arguments whose value an instruction of a stage takes."""
    if isinstance(instruction, OnBuild):
        return words_of(instruction)
    if not isinstance(instruction, Arg):
        return ()
    return (one.name for one in instruction.declared if one.default is None)


def _unused_in_stages(subject: Subject) -> Iterator[Finding]:
    """The arguments that nothing behind them uses, in their stage or in what is built upon it."""
    declaring = [stage for stage in subject.stages if any(isinstance(one, Arg) for one in stage.instructions)]
    if not declaring:
        return
    heirs = Heirs(subject)
    for stage in declaring:
        if heirs.run_something(stage):
            continue
        mentions: dict[str, int] = {}
        found: list[Finding] = []
        for one in reversed(stage.instructions):
            if isinstance(one, _RUNNING):
                break  # what runs may read any variable
            _counted(words_of(one), mentions)
            if isinstance(one, Arg):
                found += _unused_names(one, stage, mentions, heirs, subject)
        yield from reversed(found)


def _unused_names(
    arg: Arg, stage: Stage, mentions: Mapping[str, int], heirs: Heirs, subject: Subject
) -> Iterator[Finding]:
    for name in reversed(_names(arg)):
        if mentions.get(name, 0) <= 1 and not heirs.mention(stage, name):
            message = f"nothing in {quoted(stage)} uses the argument {go_quote(name)} after this"
            yield RULE.at(_place(arg, name, subject), message, line=arg.first_line, stage=label_of(stage))


def _counted(words: Iterable[str], mentions: dict[str, int]) -> dict[str, int]:
    """How often each word is mentioned, beside what was before; `Counter` takes longer for a few."""
    for word in words:
        mentions[word] = mentions.get(word, 0) + 1
    return mentions


def _place(arg: Arg, name: str, subject: Subject) -> Span | None:
    for word in WrittenInstruction(arg, subject.source).words:
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
