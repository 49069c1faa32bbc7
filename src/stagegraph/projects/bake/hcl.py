"""HCL text → blocks and expressions. python-hcl2 reads the syntax; only this module knows it, and Lark."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.templates import read_template
from stagegraph.projects.declared import Place
from stagegraph.projects.limits import MAX_BLANKS, MAX_DEPTH, MAX_TEMPLATES
from stagegraph.projects.unknowable import Unknowable

_BLANK = "new_line_or_comment"
_SIGNS = {
    "DOUBLE_EQ": "==", "NEQ": "!=", "LT": "<", "GT": ">", "LEQ": "<=", "GEQ": ">=", "MINUS": "-", "NOT": "!",
    "ASTERISK": "*", "SLASH": "/", "PERCENT": "%", "DOUBLE_AMP": "&&", "DOUBLE_PIPE": "||", "PLUS": "+",
}  # fmt: skip
_WORDS = frozenset({"true", "false", "null", "if", "in", "for", "for_each", "else", "endif", "endfor"})
_CONSTANTS = {"true": True, "false": False, "null": None}
_escape = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_name = re.compile(r"\s*([a-zA-Z_][a-zA-Z0-9_-]*)\s*")
_blanks = re.compile(rf"\s{{{MAX_BLANKS}}}")


def read_hcl(text: str, path: Path) -> ex.Body:
    """A bake file in HCL.

    Raises:
        Unknowable: it is not HCL, or says the same twice.
    """
    check_templates(text, path)
    if blanks := _blanks.search(text):
        line = text.count("\n", 0, blanks.start()) + 1
        raise Unknowable(f"it has more than {MAX_BLANKS} blanks in a row, a limit of stagegraph", Place(path, line))
    start = _parse(text, Place(path, 1))
    return _Reader(path).body(start.children[0])


def read_expression(text: str, place: Place) -> ex.Expression:
    """One expression of HCL, which begins at `place`.

    Raises:
        Unknowable: it is none.
    """
    if (name := _name.fullmatch(text)) and name[1] not in _WORDS:
        return ex.Name(place, name[1])
    tree = _parse(f"_ = ({text})", place)
    attributes = _Reader(place.path, place.line - 1).body(tree.children[0]).attributes
    return attributes["_"].expression


def check_templates(text: str, path: Path) -> None:
    """Refuses a file with so many `${` that reading them would take long.

    Raises:
        Unknowable: there are more than `MAX_TEMPLATES`.
    """
    if text.count("${") > MAX_TEMPLATES:
        raise Unknowable(f"it has more than {MAX_TEMPLATES} templates, a limit of stagegraph", Place(path, 1))


def _parse(text: str, place: Place) -> Any:  # noqa: ANN401 -- a tree of Lark, which python-hcl2 does not type
    import hcl2
    from lark.exceptions import LarkError

    try:
        return hcl2.parses_to_tree(text)
    except LarkError as error:
        line = max(getattr(error, "line", None) or 1, 1)
        raise Unknowable("it is not HCL, or HCL that python-hcl2 cannot read", _shifted(place, line)) from None
    except RecursionError:
        raise Unknowable("it is nested too deeply, a limit of stagegraph", place) from None


def _shifted(place: Place, line: int) -> Place:
    return Place(place.path, place.line + line - 1)


def _trees(node: Any) -> list[Any]:  # noqa: ANN401
    """The trees in a tree, without line ends and comments."""
    return [child for child in node.children if hasattr(child, "data") and child.data != _BLANK]


def _tokens(node: Any) -> list[Any]:  # noqa: ANN401
    return [child for child in node.children if not hasattr(child, "data")]


def _word(node: Any) -> str:  # noqa: ANN401
    """The text of an identifier, a keyword or a constant."""
    return str(node.children[0])


class _Reader:
    """Trees of python-hcl2 → expressions, with `offset` lines before the text."""

    def __init__(self, path: Path, offset: int = 0) -> None:
        self._path = path
        self._offset = offset
        self._depth = 0
        self._forms: dict[str, Callable[[Any, Place], ex.Expression]] = {
            "expr_term": self._term,
            "literal_value": self._constant,
            "int_lit": self._integer,
            "float_lit": self._integer,
            "identifier": self._name,
            "string": self._string,
            "heredoc_template": self._heredoc,
            "heredoc_template_trim": self._heredoc,
            "tuple": self._tuple,
            "object": self._object,
            "function_call": self._call,
            "conditional": self._conditional,
            "unary_op": self._unary,
            "binary_op": self._binary,
            "get_attr_expr_term": self._access,
            "index_expr_term": self._access,
            "attr_splat_expr_term": self._splat,
            "full_splat_expr_term": self._splat,
            "for_tuple_expr": self._for,
            "for_object_expr": self._for,
        }

    def body(self, node: Any) -> ex.Body:  # noqa: ANN401
        attributes: dict[str, ex.Attribute] = {}
        blocks = []
        for child in _trees(node):
            if child.data == "block":
                blocks.append(self._block(child))
                continue
            attribute = self._attribute(child)
            if attribute.name in attributes:
                raise Unknowable(f"{attribute.name} is set twice", attribute.place)
            attributes[attribute.name] = attribute
        return ex.Body(attributes, tuple(blocks))

    def _block(self, node: Any) -> ex.Block:  # noqa: ANN401
        *head, body = _trees(node)
        kind, *labels = (self._label(part) for part in head)
        return ex.Block(kind, tuple(labels), self.body(body).attributes, self._place(node))

    def _label(self, node: Any) -> str:  # noqa: ANN401
        if node.data != "string":
            return _word(node)
        literal = self.expression(node)
        if not isinstance(literal, ex.Literal):
            raise Unknowable("a label is no plain text", literal.place)
        return str(literal.value)

    def _attribute(self, node: Any) -> ex.Attribute:  # noqa: ANN401
        name, expression = _trees(node)
        return ex.Attribute(_word(name), self.expression(expression), self._place(node))

    def expression(self, node: Any) -> ex.Expression:  # noqa: ANN401
        place = self._place(node)
        self._depth += 1
        if self._depth > MAX_DEPTH * 3:  # a value is up to three trees deep
            raise Unknowable(f"it is nested more than {MAX_DEPTH} deep, a limit of stagegraph", place)
        result = self._forms.get(str(node.data), self._unsupported)(node, place)
        self._depth -= 1
        return result

    def _place(self, node: Any) -> Place:  # noqa: ANN401
        return Place(self._path, getattr(node.meta, "line", 1) + self._offset)

    # -- one form each -----------------------------------------------------------------------

    def _unsupported(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.Unsupported(place, str(node.data).replace("_", " "))

    def _term(self, node: Any, _place: Place) -> ex.Expression:  # noqa: ANN401
        return self.expression(_trees(node)[0])

    def _constant(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.Literal(place, _CONSTANTS[_word(node)])

    def _integer(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return read_number(_word(node), place)

    def _name(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.Name(place, _word(node))

    def _string(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        parts = tuple(self._part(part.children[0], place) for part in _trees(node))
        return ex.template_of(place, parts)

    def _part(self, part: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        if not hasattr(part, "data"):
            text = str(part)[1:] if part.type.startswith("ESCAPED") else str(part)
            return ex.Literal(place, _unescape(text, place))
        if part.data == "interpolation":
            return self.expression(_trees(part)[0])
        return ex.Unsupported(place, "a template directive (%{…})")

    def _heredoc(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        head, *lines, _end, _ = _word(node).replace("\r\n", "\n").split("\n")
        if head.startswith("<<-"):
            width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
            lines = [line[width:] if line.strip() else line for line in lines]
        text = "".join(line + "\n" for line in lines)
        return read_template(text, Place(place.path, place.line + 1), read_expression)

    def _tuple(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.TupleOf(place, tuple(map(self.expression, _trees(node))))

    def _object(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.ObjectOf(place, tuple(self._entry(element) for element in _trees(node)))

    def _entry(self, node: Any) -> tuple[ex.Expression, ex.Expression]:  # noqa: ANN401
        key, value = _trees(node)
        inner = _trees(key)[0]
        bare = _trees(inner)[0] if inner.data == "expr_term" and not _tokens(inner) else inner
        if bare.data in ("identifier", "keyword", "literal_value"):
            return ex.Literal(self._place(key), _word(bare)), self.expression(value)
        return self.expression(inner), self.expression(value)

    def _call(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        names = [child for child in _trees(node) if child.data == "identifier"]
        listed = [child for child in _trees(node) if child.data == "arguments"]
        arguments = tuple(self.expression(child) for child in _trees(listed[0])) if listed else ()
        spread = bool(listed) and any(token.type == "ELLIPSIS" for token in _tokens(listed[0]))
        return ex.Call(place, "::".join(map(_word, names)), arguments, spread)

    def _conditional(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        condition, yes, no = map(self.expression, _trees(node))
        return ex.Conditional(place, condition, yes, no)

    def _unary(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        return ex.Operation(place, _SIGNS[_tokens(node)[0].type], (self.expression(_trees(node)[0]),))

    def _binary(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        left, term = _trees(node)
        operator, right = _trees(term)
        sign = _SIGNS[_tokens(operator)[0].type]
        return ex.Operation(place, sign, (self.expression(left), self.expression(right)))

    def _access(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        base, access = _trees(node)
        return self._accessed(self.expression(base), access, place)

    def _accessed(self, base: ex.Expression, access: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        if access.data == "get_attr":
            return ex.GetAttribute(place, base, _word(_trees(access)[0]))
        if access.data == "short_index":
            return ex.GetIndex(place, base, read_number(str(_tokens(access)[-1]), place))
        return ex.GetIndex(place, base, self.expression(_trees(access)[0]))

    def _splat(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        base, splat = _trees(node)
        each: ex.Expression = ex.Element(place)
        for access in _trees(splat):
            each = self._accessed(each, access, place)
        return ex.Splat(place, self.expression(base), each)

    def _for(self, node: Any, place: Place) -> ex.Expression:  # noqa: ANN401
        intro, *results = _trees(node)
        condition = None
        if results[-1].data == "for_cond":
            condition = self.expression(_trees(results.pop())[0])
        *names, collection = _trees(intro)
        words = tuple(map(_word, names))
        values = [self.expression(result) for result in results]
        if node.data == "for_tuple_expr":
            return ex.ForTuple(place, words, self.expression(collection), values[0], condition)
        groups = any(token.type == "ELLIPSIS" for token in _tokens(node))
        key, value = values
        return ex.ForObject(place, words, self.expression(collection), key, value, condition, groups)


def read_number(text: str, place: Place) -> ex.Expression:
    """A number; one that is no integer is kept with its digits."""
    longest = 100
    if len(text) > longest:
        return ex.Unsupported(place, "so long a number")
    number = Decimal(text)
    if number.adjusted() > longest:
        return ex.Unsupported(place, "so large a number")
    return ex.Literal(place, int(number) if number == number.to_integral_value() else number)


def _unescape(text: str, place: Place) -> str:
    def character(match: re.Match[str]) -> str:
        code, long_code, letter = match.groups()
        if letter is not None and letter not in _ESCAPES:
            raise Unknowable(f"\\{letter} is no escape of HCL", place)
        return _ESCAPES[letter] if letter is not None else chr(int(code or long_code, 16))

    try:
        return _escape.sub(character, text) if "\\" in text else text
    except (ValueError, OverflowError):
        raise Unknowable("it names a character that there is not", place) from None
