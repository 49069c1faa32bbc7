"""The exec form: arguments that are a JSON array of strings."""

from __future__ import annotations

import json
from typing import NoReturn

from stagegraph.errors import Complaint
from stagegraph.syntax.characters import REPLACEMENT, SURROGATES, WHITE_SPACE


def _refuse(constant: str) -> NoReturn:
    """Python reads NaN and Infinity, JSON has none."""
    raise ValueError(constant)


# Numbers are never wanted: they are read as nothing, which also spares converting a huge one.
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=lambda _: None, parse_float=lambda _: None)


def read_exec_form(text: str) -> tuple[str, ...] | None:
    """The strings of a JSON array that is the whole of `text`; None where it is none (shell form).

    Raises:
        Complaint: it is a JSON array, but not of strings (BuildKit `parser.parseJSON`).
    """
    text = text.lstrip(WHITE_SPACE)
    if not text.startswith("["):
        return None
    try:
        values, end = _DECODER.raw_decode(text)
    except ValueError:
        return None
    except RecursionError:  # an array this deep is none of strings
        values, end = [None], len(text)
    if text[end:].strip("\t\n\r "):
        return None
    if not all(isinstance(value, str) for value in values):
        raise Complaint("when using JSON array syntax, arrays must be comprised of strings only")
    if text.isascii() and "\\u" not in text:
        return tuple(values)
    return tuple(SURROGATES.sub(REPLACEMENT, value) for value in values)
