"""Functions of texts. Characters are code points, where cty counts what a reader takes for one."""

from __future__ import annotations

import posixpath
import re
from decimal import Decimal

from stagegraph.projects.bake.functions.arguments import MANY, Arguments, Function
from stagegraph.projects.bake.functions.formatting import formatted, formatted_list
from stagegraph.projects.bake.values import Content, Datum
from stagegraph.values.letters import lower, upper
from stagegraph.values.paths import clean

_NO_NAME = re.compile(r"[^a-zA-Z0-9_-]")
_WORD_START = re.compile(r"(?<![\w])[^\W\d_]")
_LINE_ENDS = re.compile(r"[\r\n]+\Z")


def _substr(given: Arguments) -> Content:
    text, offset, length = given.text(0), given.whole(1), given.whole(2)
    start = max(offset + len(text), 0) if offset < 0 else offset
    return text[start:] if length < 0 else text[start : start + length]


def _replace(given: Arguments) -> Content:
    text, old, new = given.text(0), given.text(1), given.text(2)
    given.room(text.count(old) * len(new))
    return text.replace(old, new)


def _indent(given: Arguments) -> Content:
    spaces, text = given.whole(0), given.text(1)
    given.room(text.count("\n") * spaces)
    return text.replace("\n", "\n" + " " * spaces)


def _join(given: Arguments) -> Content:
    separator = given.text(0)
    texts = [text for number in range(1, len(given.values)) for text in given.texts(number)]
    given.room(len(separator) * len(texts))
    return separator.join(texts)


def _split(given: Arguments) -> Content:
    separator, text = given.text(0), given.text(1)
    return tuple(Datum(part) for part in (text.split(separator) if separator else text))


def _dirname(given: Arguments) -> Content:
    return clean(posixpath.split(given.text(0))[0]) if given.text(0) else "."


def _basename(given: Arguments) -> Content:
    path = given.text(0)
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


FUNCTIONS = {
    "basename": Function(1, 1, _basename),
    "chomp": Function(1, 1, lambda given: _LINE_ENDS.sub("", given.text(0))),
    "dirname": Function(1, 1, _dirname),
    "format": Function(1, MANY, formatted),
    "formatlist": Function(1, MANY, formatted_list),
    "indent": Function(2, 2, _indent),
    "join": Function(2, MANY, _join),
    "lower": Function(1, 1, lambda given: lower(given.text(0))),
    "replace": Function(3, 3, _replace),
    "reverse": Function(1, 1, lambda given: given.text(0)[::-1]),
    "sanitize": Function(1, 1, lambda given: _NO_NAME.sub("_", given.text(0))),
    "split": Function(2, 2, _split),
    "strlen": Function(1, 1, lambda given: Decimal(len(given.text(0)))),
    "substr": Function(3, 3, _substr),
    "title": Function(1, 1, lambda given: _WORD_START.sub(lambda match: upper(match[0]), given.text(0))),
    "trim": Function(2, 2, lambda given: given.text(0).strip(given.text(1))),
    "trimprefix": Function(2, 2, lambda given: given.text(0).removeprefix(given.text(1))),
    "trimspace": Function(1, 1, lambda given: given.text(0).strip()),
    "trimsuffix": Function(2, 2, lambda given: given.text(0).removesuffix(given.text(1))),
    "upper": Function(1, 1, lambda given: upper(given.text(0))),
}
