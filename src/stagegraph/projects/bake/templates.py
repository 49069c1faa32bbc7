"""Texts with `${…}` and `%{…}` in them: in quotes, in heredocs, and as JSON has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcl2.api import parses_to_tree
from lark import Token
from lark.exceptions import UnexpectedInput

from stagegraph.projects.bake.expressions import Template, TemplateFor, TemplateIf, TemplatePart
from stagegraph.projects.bake.hcl_expressions import Node, Origin, children_of, expression_of, place_of, token_of
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"<<(-?)([A-Za-z][\w.-]*)\r?\n", re.ASCII)
_OPENING = re.compile(r"[$%]\{|\\|\"")
_LAST_CHARACTER = 0x10FFFF
_NEWLINE, _NO_NEWLINE = "\n", "\\n"


def quoted_template(tree: Node, origin: Origin) -> Template:
    """The template that stands in double quotes.

    Raises:
        NotEvaluated: a directive that is not closed, or a malformed escape.
    """
    return _Reader(tree, origin).until(())


def heredoc_template(written: str, place: Place) -> Template:
    """The template that a heredoc is; a backslash in it means itself."""
    opening = _HEREDOC.match(written)
    assert opening is not None
    lines = written[opening.end() :].split("\n")
    while lines and lines[-1].strip() != opening[2]:
        lines.pop()
    body = lines[:-1]
    if opening[1]:
        indent = min((len(line) - len(line.lstrip()) for line in body if line.strip()), default=0)
        body = [line[indent:] if line.strip() else line for line in body]
    return bare_template("".join(f"{line}\n" for line in body), Place(place.file, place.line + 1))


def bare_template(content: str, place: Place, *, on_one_line: bool = False) -> Template:
    """The template that a text without quotes is, as in heredocs and (`on_one_line` of the file) in JSON.

    Raises:
        NotEvaluated: what stands in `${…}` or `%{…}` is malformed.
    """
    if "${" not in content and "%{" not in content:
        return Template((content,) if content else (), place)
    try:
        written = _with_escapes(content)
        tree = parses_to_tree(f'x = "{written.replace(_NEWLINE, _NO_NEWLINE) if on_one_line else written}"')
    except UnexpectedInput:
        raise NotEvaluated(Fault("a text holds a malformed ${…} or %{…}", place)) from None
    (attribute,) = children_of(children_of(tree)[0])
    _, term = children_of(attribute)
    return _Reader(children_of(term)[0], Origin(place.file, place.line)).until(())


def _with_escapes(content: str) -> str:
    """The text as it stands in quotes; what stands in `${…}` and `%{…}` is left as it is."""
    parts: list[str] = []
    position = 0
    while (opening := _OPENING.search(content, position)) is not None:
        parts.append(content[position : opening.start()])
        position = opening.end()
        escaped = content[max(opening.start() - 1, 0) : opening.start()] == opening[0][0]
        if len(opening[0]) == 1:
            parts.append(f"\\{opening[0]}")
        elif escaped:
            parts.append(opening[0])
        else:
            end = _end_of_sequence(content, position)
            parts.append(content[opening.start() : end])
            position = end
    return "".join((*parts, content[position:]))


def _end_of_sequence(content: str, start: int) -> int:
    """Where the `}` is that closes a sequence; quoted texts within are passed over."""
    depth, quoted, position = 1, False, start
    while position < len(content) and depth:
        character = content[position]
        if quoted:
            quoted = character != '"'
            position += character == "\\"
        elif character == '"':
            quoted = True
        else:
            depth += (character == "{") - (character == "}")
        position += 1
    return position


class _Reader:
    """The parts of a string; a directive goes on up to the part that closes it."""

    def __init__(self, tree: Node, origin: Origin) -> None:
        self._parts = [child for child in children_of(tree) if child.data == "string_part"]
        self._origin = origin
        self._position = 0
        self._place = place_of(tree, origin)

    def until(self, ends: tuple[str, ...]) -> Template:
        """The template up to a directive of one of these kinds, or up to the end."""
        place = self._place
        parts: list[TemplatePart] = []
        while self._position < len(self._parts):
            content = self._parts[self._position].children[0]
            if isinstance(content, Token):
                parts.append(self._text(content))
                self._position += 1
                continue
            if content.data in ends:
                return Template(_joined(parts), place)
            self._position += 1
            parts.append(self._sequence(content))
        if ends:
            raise NotEvaluated(Fault("a directive %{…} is not closed", place))
        return Template(_joined(parts), place)

    def _text(self, token: Token) -> str:
        doubled = token.type in ("ESCAPED_INTERPOLATION", "ESCAPED_DIRECTIVE")
        return _unescaped(str(token)[1:] if doubled else str(token), self._place)

    def _sequence(self, tree: Node) -> TemplatePart:
        if any(isinstance(child, Token) and child == "~" for child in tree.children):
            raise NotEvaluated(
                Fault("~ in a directive is nothing that stagegraph works out", place_of(tree, self._origin))
            )
        if tree.data == "interpolation":
            return expression_of(children_of(tree)[0], self._origin)
        if tree.data == "template_if_start":
            return self._condition(tree)
        if tree.data == "template_for_start":
            *names, of = children_of(tree)
            body = self.until(("template_endfor",))
            self._position += 1
            return TemplateFor(tuple(map(token_of, names)), expression_of(of, self._origin), body)
        raise NotEvaluated(Fault("a directive %{…} closes nothing", place_of(tree, self._origin)))

    def _condition(self, tree: Node) -> TemplateIf:
        yes = self.until(("template_else", "template_endif"))
        no = Template((), yes.place)
        closing = self._parts[self._position].children[0]
        self._position += 1
        if not isinstance(closing, Token) and closing.data == "template_else":
            no = self.until(("template_endif",))
            self._position += 1
        return TemplateIf(expression_of(children_of(tree)[0], self._origin), yes, no)


def _joined(parts: list[TemplatePart]) -> tuple[TemplatePart, ...]:
    return tuple(_with_texts_joined(parts))


def _with_texts_joined(parts: list[TemplatePart]) -> Iterator[TemplatePart]:
    """The parts, texts that follow each other as one."""
    waiting = ""
    for part in parts:
        if isinstance(part, str):
            waiting += part
            continue
        if waiting:
            yield waiting
        waiting = ""
        yield part
    if waiting:
        yield waiting


def _unescaped(written: str, place: Place) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None and match[3] in _ESCAPED:
            return _ESCAPED[match[3]]
        if code is not None and int(code, 16) <= _LAST_CHARACTER:
            return chr(int(code, 16))
        raise NotEvaluated(Fault(f"{match[0]} is no escape", place))

    return _ESCAPE.sub(character, written) if "\\" in written else written
