"""Dockerfiles as three parsers read them: ours, e2b's port of BuildKit's parser, and BuildKit's through asottile's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import dockerfile as asottile
import e2b_dockerfile_utils as e2b

import stagegraph
from stagegraph.syntax.instructions import Env, Instruction, Label, OnBuild

Heredoc = tuple[object, ...]


@attrs.frozen
class Reading:
    """An instruction as a parser reads it, of which each peer knows a part.

    `line` is the logical line, `trigger` the keyword behind `ONBUILD`, `values` are the
    arguments cut up (of an `ONBUILD`, those of its trigger).
    """

    keyword: str
    exec_form: bool
    flags: tuple[str, ...]
    values: tuple[str, ...]
    first_line: int
    last_line: int
    line: str
    heredocs: tuple[Heredoc, ...]
    trigger: str | None = None


Answer = list[Reading] | str
"""What a parser makes of a text: what it reads, or its error."""


@attrs.frozen
class Difference:
    """Something that a peer reads otherwise: an `aspect` of a `Reading`, how many there are, or the error.

    `instruction` is ours, where the difference lies in one.
    """

    text: str
    aspect: str
    ours: object
    theirs: object
    instruction: Instruction | None = None


# -- ours ------------------------------------------------------------------------------------------


def values_of(instruction: Instruction) -> tuple[str, ...]:
    """The arguments as both peers list them."""
    if isinstance(instruction, OnBuild):
        return () if instruction.trigger is None else values_of(instruction.trigger)
    if isinstance(instruction, Env | Label):
        return tuple(part for pair in instruction.pairs for part in (pair.name, pair.value))
    return instruction.words


def read_for_asottile(instruction: Instruction) -> Reading:
    """Our instruction, in the words of asottile's `Command`."""
    heredocs = instruction.heredocs
    trigger = instruction.trigger if isinstance(instruction, OnBuild) else None
    bodies = "".join(f"\n{one.content}{one.name}" for one in heredocs) + "\n" if heredocs else ""
    return Reading(
        keyword=instruction.keyword,
        exec_form=(trigger or instruction).exec_form,
        flags=instruction.flags,
        values=values_of(instruction),
        first_line=instruction.first_line,
        last_line=instruction.last_line,
        line=instruction.line + bodies,
        heredocs=tuple((one.name, one.file_descriptor, one.content) for one in heredocs),
        trigger=trigger.keyword if trigger else None,
    )


def read_for_e2b(instruction: Instruction) -> Reading:
    """Our instruction, in the words of e2b's `DockerfileInstruction`."""
    has_trigger = isinstance(instruction, OnBuild)  # of which it reads nothing
    values = () if has_trigger else values_of(instruction)
    if isinstance(instruction, Env | Label):
        values = tuple(part for pair in instruction.pairs for part in (pair.name, pair.value, pair.separator))
    return Reading(
        keyword=instruction.name,
        exec_form=not has_trigger and instruction.exec_form,
        flags=instruction.flags,
        values=values,
        first_line=instruction.first_line,
        last_line=instruction.last_line,
        line=instruction.line,
        heredocs=tuple(
            (one.name, one.file_descriptor, one.content, one.chomp, one.expand) for one in instruction.heredocs
        ),
    )


# -- theirs ----------------------------------------------------------------------------------------


def read_with_asottile(text: str) -> Answer:
    """What asottile's `dockerfile` reads."""
    try:
        commands = asottile.parse_string(text)
    except asottile.GoParseError as error:
        return str(error)
    return [
        Reading(
            keyword=one.cmd,
            exec_form=one.json,
            flags=one.flags,
            values=one.value,
            first_line=one.start_line,
            last_line=one.end_line,
            line=one.original,
            heredocs=tuple((each.name, each.file_descriptor, each.content) for each in one.heredocs),
            trigger=one.sub_cmd,
        )
        for one in commands
    ]


def read_with_e2b(text: str) -> Answer:
    """What `e2b-dockerfile-utils` reads."""
    try:
        instructions = e2b.parse_dockerfile_ast(text).instructions
    except e2b.DockerfileSyntaxError as error:
        return str(error)
    return [
        Reading(
            keyword=one.name,
            exec_form=one.json,
            flags=tuple(one.flags),
            values=tuple(one.args),
            first_line=one.start_line,
            last_line=one.end_line,
            line=one.original,
            heredocs=tuple(
                (each.name, each.file_descriptor, each.content, each.chomp, each.expand) for each in one.heredocs
            ),
        )
        for one in instructions
    ]


@attrs.frozen
class Peer:
    """Another parser: what it reads, and our instructions in its words."""

    name: str
    read: Callable[[str], Answer]
    ours: Callable[[Instruction], Reading]

    def differences(self, text: str) -> Iterator[Difference]:
        """Everything that it reads otherwise than we do."""
        theirs = self.read(text)
        try:
            instructions = stagegraph.parse(text).instructions
        except stagegraph.DockerfileSyntaxError as error:
            if not isinstance(theirs, str) or error.message not in theirs:
                yield Difference(text, "error", error.message, theirs)
            return
        if isinstance(theirs, str):
            yield Difference(text, "error", None, theirs)
        elif len(theirs) != len(instructions):
            yield Difference(text, "count", len(instructions), len(theirs))
        else:
            for instruction, their in zip(instructions, theirs, strict=True):
                our = self.ours(instruction)
                for aspect in attrs.fields_dict(Reading):
                    if getattr(our, aspect) != getattr(their, aspect):
                        yield Difference(text, aspect, getattr(our, aspect), getattr(their, aspect), instruction)


ASOTTILE = Peer("dockerfile", read_with_asottile, read_for_asottile)
E2B = Peer("e2b-dockerfile-utils", read_with_e2b, read_for_e2b)
