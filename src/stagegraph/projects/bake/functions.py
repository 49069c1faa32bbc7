"""The functions that bake files may call here: a part of bake's standard library, each as `cty` has it.

What is not in `FUNCTIONS` is an `Unknown`. Left out on purpose: what depends on the moment, the
machine or chance (`timestamp`, `homedir`, `uuidv4`, `bcrypt`), and what would have to be exactly
Go's (`regex`, `formatdate`, encodings).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

import attrs

from stagegraph.projects.bake.operators import OPERATORS
from stagegraph.projects.bake.values import (
    Value,
    as_bool,
    as_int,
    as_list,
    as_map,
    as_number,
    as_text,
    checked,
    is_equal,
    kind_of,
    unified,
)
from stagegraph.projects.limits import MAX_DEPTH, MAX_ITEMS, MAX_TEXT
from stagegraph.projects.unknowable import Unknowable
from stagegraph.values.letters import lower, upper

_MANY = 1_000_000
_LONGEST_RANGE = 1_024
_verb = re.compile(r"%(?:%|(?P<zeros>0?)(?P<width>[0-9]{0,2})(?P<verb>[sdv])|(?P<other>.?))", re.DOTALL)
_single_class = re.compile(
    r"(?P<set>\[\^?(?:[A-Za-z0-9_./:@, ]|\\[.\-/]|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|-(?=\]))+\])(?P<many>\+?)"
)
_plain_pattern = re.compile(r"[A-Za-z0-9_/:@, -]+")


@attrs.frozen
class Function:
    """A function and how many arguments it takes."""

    call: Callable[..., Value]
    least: int
    most: int

    def __call__(self, name: str, arguments: list[Value]) -> Value:
        """The result.

        Raises:
            Unknowable: the arguments are not such as bake takes, or the result is not sure.
        """
        if not self.least <= len(arguments) <= self.most:
            raise Unknowable(f"{name} does not take {len(arguments)} arguments")
        try:
            return checked(self.call(*arguments))
        except Unknowable as unknowable:
            raise Unknowable(f"{name}: {unknowable.reason}", unknowable.place) from None


# -- texts ---------------------------------------------------------------------------------------


def _ascii(value: Value) -> str:
    """A text whose characters are counted; what counts as one is simple only in ASCII."""
    text = as_text(value)
    if not text.isascii() or "\r\n" in text:
        raise Unknowable("characters beyond ASCII are not counted here")
    return text


def _replace(text: Value, old: Value, new: Value) -> str:
    whole, sought, instead = as_text(text), as_text(old), as_text(new)
    if len(whole) + whole.count(sought) * len(instead) > MAX_TEXT:
        raise Unknowable(f"a text grows beyond {MAX_TEXT} characters, a limit of stagegraph")
    return whole.replace(sought, instead)


def _substr(text: Value, offset: Value, length: Value) -> str:
    whole, start, count = _ascii(text), as_int(offset), as_int(length)
    start = max(start + len(whole), 0) if start < 0 else start
    return whole[start:] if count < 0 else whole[start : start + count]


def _split(separator: Value, text: Value) -> list[Value]:
    whole, mark = as_text(text), as_text(separator)
    return list(whole.split(mark)) if mark else list(whole)


def _join(separator: Value, *lists: Value) -> str:
    return as_text(separator).join(as_text(item) for items in lists for item in as_list(items))


def _regex_replace(text: Value, pattern: Value, replacement: Value) -> str:
    """Only for a plain text or a single set of characters: there Go and Python agree."""
    sought, instead = as_text(pattern), as_text(replacement)
    if "$" in instead or not (_single_class.fullmatch(sought) or _plain_pattern.fullmatch(sought)):
        raise Unknowable("only a set of characters or a plain text is replaced here")
    return re.sub(sought, lambda _: instead, as_text(text))


def _format(pattern: Value, *values: Value) -> str:
    left = list(values)

    def written(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match["other"] is not None or not left:
            raise Unknowable(f"{match[0]} is not a verb that is formatted here, or its value is missing")
        value = left.pop(0)
        text = str(as_int(value)) if match["verb"] == "d" else as_text(value)
        width = int(match["width"] or 0)
        if match["zeros"] and (match["verb"] != "d" or text.startswith("-")):
            raise Unknowable(f"{match[0]} is not formatted here")
        return text.rjust(width, "0" if match["zeros"] else " ")

    result = _verb.sub(written, as_text(pattern))
    if left:
        raise Unknowable("there are more values than verbs")
    return result


def _trim(text: Value, characters: Value) -> str:
    return as_text(text).strip(as_text(characters)) if as_text(characters) else as_text(text)


def _sanitize(text: Value) -> str:
    return re.sub(r"[^a-zA-Z0-9_-]", "_", as_text(text))


def _dirname(text: Value) -> str:
    head = as_text(text).rpartition("/")
    return re.sub("^//+", "/", posixpath.normpath(head[0] + head[1])) if head[1] else "."


def _basename(text: Value) -> str:
    whole = as_text(text)
    return whole.rstrip("/").rpartition("/")[2] or ("/" if whole else ".")


# -- lists and maps ------------------------------------------------------------------------------


def _length(value: Value) -> int:
    """Of a list only: a map has a length where it was declared as one, and otherwise none."""
    return len(as_list(value))


def _contains(items: Value, sought: Value) -> bool:
    return any(is_equal(item, sought) for item in as_list(items))


def _concat(*lists: Value) -> list[Value]:
    return [item for items in lists for item in as_list(items)]


def _merge(*maps: Value) -> dict[str, Value]:
    return {key: value for one in maps if one is not None for key, value in as_map(one).items()}


def _sorted_map(value: Value) -> list[tuple[str, Value]]:
    return sorted(as_map(value).items())


def _lookup(value: Value, key: Value, default: Value) -> Value:
    found = as_map(value).get(as_text(key), default)
    if {kind_of(found), kind_of(default)} <= {"string"} or type(found) is type(default):
        return found
    raise Unknowable("the value and what stands in for it have different types")


def _element(items: Value, index: Value) -> Value:
    listed, at = as_list(items), as_int(index)
    if not listed or at < 0:
        raise Unknowable("there is no such element")
    return listed[at % len(listed)]


def _slice(items: Value, start: Value, end: Value) -> list[Value]:
    listed, first, last = as_list(items), as_int(start), as_int(end)
    if not 0 <= first <= last <= len(listed):
        raise Unknowable("there are no such elements")
    return listed[first:last]


def _flatten(items: Value, depth: int = 0) -> list[Value]:
    if depth > MAX_DEPTH:
        raise Unknowable("lists are nested too deeply, a limit of stagegraph")
    flat: list[Value] = []
    for item in as_list(items):
        flat += _flatten(item, depth + 1) if isinstance(item, list) else [item]
        if len(flat) > MAX_ITEMS:
            raise Unknowable(f"a list grows beyond {MAX_ITEMS} elements, a limit of stagegraph")
    return flat


def _distinct(items: Value) -> list[Value]:
    kept: list[Value] = []
    for item in as_list(items):
        if not any(is_equal(item, other) for other in kept):
            kept.append(item)
    return kept


def _compact(items: Value) -> list[Value]:
    return [text for text in (None if item is None else as_text(item) for item in as_list(items)) if text]


def _texts(items: Value) -> list[str]:
    return [as_text(item) for item in as_list(items)]


def _range(*bounds: Value) -> list[Value]:
    numbers = [as_int(bound) for bound in bounds]
    start, end = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else (1 if end >= start else -1)
    if step == 0 or (end - start) * step < 0 or abs(end - start) > _LONGEST_RANGE * abs(step):
        raise Unknowable("this range is not made here")
    return list(range(start, end, step))


def _zipmap(keys: Value, values: Value) -> dict[str, Value]:
    names, listed = _texts(keys), as_list(values)
    if len(names) != len(listed):
        raise Unknowable("the lists have different lengths")
    return dict(zip(names, listed, strict=True))


def _indexof(items: Value, sought: Value) -> int:
    for index, item in enumerate(as_list(items)):
        if is_equal(item, sought):
            return index
    raise Unknowable("there is no such element")


def _coalesce(*values: Value) -> Value:
    convert = unified(list(values))
    for value in values:
        if value is not None:
            return convert(value)
    raise Unknowable("every value is null")


def _coalescelist(*lists: Value) -> Value:
    unified(list(lists))
    for items in map(as_list, lists):
        if items:
            return items
    raise Unknowable("every list is empty")


# -- numbers -------------------------------------------------------------------------------------


def _int(value: Value) -> int:
    return int(as_number(value))


def _extreme(choose: Callable[[list[int | Decimal]], int | Decimal]) -> Callable[..., Value]:
    return lambda *values: choose([as_number(value) for value in values])


def _operator(sign: str) -> Callable[..., Value]:
    return lambda *operands: OPERATORS[sign, len(operands)](*operands)


def _hashed(algorithm: str) -> Function:
    """A hash in hexadecimal digits of the UTF-8 of a text."""
    return Function(lambda text: hashlib.new(algorithm, _utf8(text), usedforsecurity=False).hexdigest(), 1, 1)


def _utf8(text: Value) -> bytes:
    try:
        return as_text(text).encode()
    except UnicodeEncodeError:
        raise Unknowable("it holds what is no character") from None


_TEXTS: dict[str, Function] = {
    "basename": Function(_basename, 1, 1),
    "chomp": Function(lambda text: re.sub(r"[\r\n]+\Z", "", as_text(text)), 1, 1),
    "dirname": Function(_dirname, 1, 1),
    "format": Function(_format, 1, _MANY),
    "join": Function(_join, 2, _MANY),
    "lower": Function(lambda text: lower(as_text(text)), 1, 1),
    "md5": _hashed("md5"),
    "regex_replace": Function(_regex_replace, 3, 3),
    "replace": Function(_replace, 3, 3),
    "reverse": Function(lambda text: _ascii(text)[::-1], 1, 1),
    "sanitize": Function(_sanitize, 1, 1),
    "sha1": _hashed("sha1"),
    "sha256": _hashed("sha256"),
    "sha512": _hashed("sha512"),
    "split": Function(_split, 2, 2),
    "strlen": Function(lambda text: len(_ascii(text)), 1, 1),
    "substr": Function(_substr, 3, 3),
    "trim": Function(_trim, 2, 2),
    "trimprefix": Function(lambda text, prefix: as_text(text).removeprefix(as_text(prefix)), 2, 2),
    "trimspace": Function(lambda text: as_text(text).strip(), 1, 1),
    "trimsuffix": Function(lambda text, suffix: as_text(text).removesuffix(as_text(suffix)), 2, 2),
    "upper": Function(lambda text: upper(as_text(text)), 1, 1),
}
_COLLECTIONS: dict[str, Function] = {
    "coalesce": Function(_coalesce, 1, _MANY),
    "coalescelist": Function(_coalescelist, 1, _MANY),
    "compact": Function(_compact, 1, 1),
    "concat": Function(_concat, 1, _MANY),
    "contains": Function(_contains, 2, 2),
    "distinct": Function(_distinct, 1, 1),
    "element": Function(_element, 2, 2),
    "flatten": Function(_flatten, 1, 1),
    "indexof": Function(_indexof, 2, 2),
    "keys": Function(lambda value: [key for key, _ in _sorted_map(value)], 1, 1),
    "length": Function(_length, 1, 1),
    "lookup": Function(_lookup, 3, 3),
    "merge": Function(_merge, 1, _MANY),
    "range": Function(_range, 1, 3),
    "reverselist": Function(lambda items: as_list(items)[::-1], 1, 1),
    "slice": Function(_slice, 3, 3),
    "sort": Function(lambda items: sorted(_texts(items), key=lambda text: text.encode("utf-8", "surrogatepass")), 1, 1),
    "values": Function(lambda value: [item for _, item in _sorted_map(value)], 1, 1),
    "zipmap": Function(_zipmap, 2, 2),
}
_NUMBERS: dict[str, Function] = {
    "absolute": Function(lambda number: abs(as_number(number)), 1, 1),
    "add": Function(_operator("+"), 2, 2),
    "divide": Function(_operator("/"), 2, 2),
    "int": Function(_int, 1, 1),
    "max": Function(_extreme(max), 1, _MANY),
    "min": Function(_extreme(min), 1, _MANY),
    "modulo": Function(_operator("%"), 2, 2),
    "multiply": Function(_operator("*"), 2, 2),
    "negate": Function(_operator("-"), 1, 1),
    "subtract": Function(_operator("-"), 2, 2),
}
_TRUTHS: dict[str, Function] = {
    "and": Function(lambda one, other: as_bool(one) & as_bool(other), 2, 2),
    "equal": Function(is_equal, 2, 2),
    "greaterthan": Function(_operator(">"), 2, 2),
    "greaterthanorequalto": Function(_operator(">="), 2, 2),
    "lessthan": Function(_operator("<"), 2, 2),
    "lessthanorequalto": Function(_operator("<="), 2, 2),
    "not": Function(_operator("!"), 1, 1),
    "notequal": Function(lambda one, other: not is_equal(one, other), 2, 2),
    "or": Function(lambda one, other: as_bool(one) | as_bool(other), 2, 2),
}

FUNCTIONS: Mapping[str, Function] = MappingProxyType(_TEXTS | _COLLECTIONS | _NUMBERS | _TRUTHS)
"""Every function of bake's library that is evaluated here, by name."""
