"""The tree: a `Dockerfile` is a row of nodes that tile its text."""

from __future__ import annotations

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.lazily import lazy
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.directives import FoundDirective, find_directive
from stagegraph.syntax.instructions.base import Instruction


@attrs.frozen(weakref_slot=False)
class Comment:
    """A comment line between instructions, line ending included."""

    text: str
    span: Span | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def value(self) -> str:
        """What it says, without the `#`; the builders cut one character, and then blanks."""
        return self.text[1:].strip(WHITE_SPACE)


@attrs.frozen(weakref_slot=False)
class BlankLine:
    """A line of white space between instructions, line ending included."""

    text: str = "\n"
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen(slots=False)
class Directive:
    """A parser directive that the line parser honours: `# escape=`, or another one among them."""

    text: str
    name: str
    value: str
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


Node = Comment | BlankLine | Directive | Instruction


@attrs.frozen
class EmptyContinuation:
    """A continued instruction with an empty line inside: the joined line, and where it ends."""

    line: str
    span: Span


@attrs.frozen(slots=False)
class Dockerfile:
    r"""What is written in a Dockerfile; nothing is resolved.

    `nodes` tile the text: printing them one after the other gives it back. `escape` is the
    escape character in force. `source` is None for a tree that was made without a text.
    `problems` is empty but for a tolerant parse.

    Example:
        >>> import stagegraph
        >>> tree = stagegraph.parse("FROM alpine AS base\nRUN echo hi\n")
        >>> [instruction.name for instruction in tree.instructions]
        ['FROM', 'RUN']
        >>> tree.text
        'FROM alpine AS base\nRUN echo hi\n'
    """

    nodes: tuple[Node, ...]
    escape: str = "\\"
    source: SourceFile | None = attrs.field(default=None, eq=False, repr=False)
    problems: tuple[StageGraphError, ...] = attrs.field(default=(), eq=False, repr=False)
    empty_continuations: tuple[EmptyContinuation, ...] = attrs.field(default=(), eq=False, repr=False)

    def know(self, instructions: tuple[Instruction, ...]) -> Dockerfile:
        """Tells a fresh tree its instructions, which the parser knows."""
        self.__dict__["instructions"] = instructions
        return self

    @lazy
    def instructions(self) -> tuple[Instruction, ...]:
        """The instructions, in order."""
        return tuple(node for node in self.nodes if isinstance(node, Instruction))

    @property
    def text(self) -> str:
        """The text, byte for byte as it was read where nothing was changed."""
        return "".join(node.text for node in self.nodes)

    def to_bytes(self) -> bytes:
        """The text as a file has it; bytes that were no UTF-8 come back as they were."""
        return self.text.encode("utf-8", "surrogateescape")

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The parser directives at the head of the file."""
        return tuple(node for node in self.nodes if isinstance(node, Directive))

    @lazy
    def syntax(self) -> FoundDirective | None:
        """The frontend that `# syntax=` names, as BuildKit finds it."""
        return find_directive(self.text, "syntax")

    @lazy
    def check(self) -> FoundDirective | None:
        """The options of `# check=`, as BuildKit finds them."""
        return find_directive(self.text, "check")

    def comments_of(self, instruction: Instruction) -> tuple[str, ...]:
        """The comments that document `instruction`: all since the one before it, or since an empty one."""
        return self._comments.get(id(instruction), ())

    @lazy
    def _comments(self) -> dict[int, tuple[str, ...]]:
        comments: dict[int, tuple[str, ...]] = {}
        pending: list[str] = []
        for node in self.nodes:
            if isinstance(node, Comment):
                pending = [*pending, node.value] if node.value else []
            elif isinstance(node, Instruction):
                if pending:
                    comments[id(node)] = tuple(pending)
                pending = []
        return comments

    def description_of(self, instruction: Instruction, name: str | None) -> str:
        """What a comment of `instruction` says of `name`: the rest of a line `# name …`."""
        prefix = f"{name} "
        comments = self.comments_of(instruction) if name else ()
        return next((comment.removeprefix(prefix) for comment in comments if comment.startswith(prefix)), "")
