"""`format` and `formatlist`: the verbs of cty that bake files use."""

from __future__ import annotations

import re
from collections.abc import Callable

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import Arguments
from stagegraph.projects.bake.functions.json_values import json_text
from stagegraph.projects.bake.values import Content, Datum, to_number, to_text, to_truth
from stagegraph.quoting import go_quote

_VERB = re.compile(r"%(?P<flags>[-0+ ]*)(?P<width>\d{0,4})(?:\.(?P<precision>\d{0,3}))?(?P<verb>.|\Z)", re.DOTALL)


def formatted(given: Arguments) -> Content:
    """`format(text, values…)`."""
    return _format(given.text(0), given.values[1:], given)


def formatted_list(given: Arguments) -> Content:
    """`formatlist(text, values…)`: once for every element of the lists among the values."""
    lists = [value.content for value in given.values[1:] if isinstance(value.content, tuple)]
    lengths = {len(one) for one in lists}
    if len(lengths) > 1:
        raise Complaint("the lists of formatlist have different lengths")
    texts: list[Datum] = []
    for number in range(lengths.pop() if lengths else 1):
        row = [value.content[number] if isinstance(value.content, tuple) else value for value in given.values[1:]]
        texts.append(Datum(_format(given.text(0), tuple(row), given)))
    return tuple(texts)


def _format(text: str, values: tuple[Datum, ...], given: Arguments) -> str:
    given.room(len(text))
    left = list(values)

    def verb(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match["verb"] not in _VERBS:
            raise Complaint(f"the verb {match[0]} of format is nothing that stagegraph works out")
        if not left:
            raise Complaint(f"format has no value for {match[0]}")
        written = _VERBS[match["verb"]](left.pop(0), match["precision"])
        width = int(match["width"] or 0)
        given.room(width + len(written))
        return _padded(written, match["flags"], width)

    result = _VERB.sub(verb, text)
    if left:
        raise Complaint("format has values that it does not use")
    return result


def _padded(text: str, flags: str, width: int) -> str:
    if "-" in flags:
        return text.ljust(width)
    return text.zfill(width) if "0" in flags else text.rjust(width)


def _plain(value: Datum, _precision: str | None) -> str:
    return to_text(value).value if value.content is not None and not value.parts else json_text(value)


def _text(value: Datum, precision: str | None) -> str:
    text = to_text(value).value
    return text if precision is None else text[: int(precision or 0)]


def _whole(value: Datum, _precision: str | None) -> str:
    return str(_integer(value))


def _integer(value: Datum) -> int:
    number = to_number(value)
    if number != number.to_integral_value():
        raise Complaint("format was given a number that is not whole")
    return int(to_text(Datum(number)).value)


def _fixed(value: Datum, precision: str | None) -> str:
    number = to_number(value)
    to_text(Datum(number))  # refuses what has too many digits
    return f"{number:.{6 if precision is None else int(precision or 0)}f}"


_VERBS: dict[str, Callable[[Datum, str | None], str]] = {
    "v": _plain,
    "s": _text,
    "q": lambda value, _: go_quote(to_text(value).value),
    "d": _whole,
    "b": lambda value, _: f"{_integer(value):b}",
    "f": _fixed,
    "o": lambda value, _: f"{_integer(value):o}",
    "x": lambda value, _: f"{_integer(value):x}",
    "X": lambda value, _: f"{_integer(value):X}",
    "t": lambda value, _: "true" if to_truth(value) else "false",
}
