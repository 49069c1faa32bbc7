"""`.env` files, as compose-go's `dotenv` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stagegraph.projects.compose.interpolation import interpolate
from stagegraph.projects.unknowable import Unknowable

_key = re.compile(r"(?:export[ \t]+)?(?P<name>[A-Za-z0-9_.\-\[\]]+)[ \t]*(?P<sign>[=:])?[ \t]*")
_quoted = {quote: re.compile(rf"{quote}((?:[^{quote}\\]|\\.)*){quote}", re.DOTALL) for quote in ("'", '"')}
_escape = re.compile(r"\\[abcfnrtv$\"\\]")
_ESCAPES = {
    r"\a": "\a", r"\b": "\b", r"\c": r"\c", r"\f": "\f", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\v": "\v",
    r"\$": "$$", r"\"": '"', r"\\": "\\",
}  # fmt: skip


def read_dotenv(text: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of a `.env` file; those of `environment` may stand in its values, and win over its own.

    Raises:
        Unknowable: a line that is none of the forms that are read here.
    """
    found: dict[str, str] = {}

    def find(name: str) -> str | None:
        return environment.get(name, found.get(name))

    text = text.replace("\r\n", "\n")
    position = 0
    while (position := _statement_start(text, position)) < len(text):
        match = _key.match(text, position)
        if match is None or not (match["sign"] or text[match.end() : match.end() + 1] in ("", "\n")):
            raise _malformed("no name and value", text, position)
        position = match.end()
        if match["sign"]:
            found[match["name"]], position = _value(text, position, find)
    return {**found, **environment}


def _statement_start(text: str, position: int) -> int:
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text[position] == "#":
            position = _line_end(text, position)
        else:
            break
    return position


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _value(text: str, position: int, find: Callable[[str], str | None]) -> tuple[str, int]:
    """One value and the place behind it."""
    quote = text[position : position + 1]
    if quote not in ("'", '"'):
        end = _line_end(text, position)
        return interpolate(text[position:end].partition(" #")[0].rstrip(), find), end
    quoted = _quoted[quote].match(text, position)
    if quoted is None:
        raise _malformed("a quote that is not closed", text, position)
    value = quoted[1].replace("\\" + quote, quote)
    if quote == '"':
        value = interpolate(_escape.sub(lambda match: _ESCAPES[match[0]], value), find)
    return value, quoted.end()


def _malformed(what: str, text: str, position: int) -> Unknowable:
    line = text.count("\n", 0, position) + 1
    return Unknowable(f"line {line} of the environment file has {what}")
