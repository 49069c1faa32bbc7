"""`.env` files (compose-go's `dotenv`)."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.interpolation import interpolated
from stagegraph.projects.limits import Allowance

_EXPORT = re.compile(r"export\s+")
_KEY = re.compile(r"[^=:\n]*")
_KEY_CHARACTERS = re.compile(r"[\w.\-\[\] \t\v\f\r\x85\xa0]*")
_ESCAPE = re.compile(r"\\([abcfnrtv$\"\\]|0[0-7]{0,3})")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "$": "$$"}
_BLANKS = " \t\v\f\r\x85\xa0"


def read_dotenv(text: str, environment: Environment, allowance: Allowance) -> dict[str, str]:
    """The variables of an `.env` file; values in double quotes and without quotes are interpolated.

    Raises:
        Complaint: a line that is no `NAME=value`.
    """
    return _Reader(text, environment, allowance).variables()


class _Reader:
    def __init__(self, text: str, environment: Environment, allowance: Allowance) -> None:
        self._text = text
        self._position = 0
        self._environment = environment
        self._allowance = allowance
        self._found: dict[str, str] = {}

    def variables(self) -> dict[str, str]:
        while self._skip_to_statement():
            self._statement()
        return self._found

    def _skip_to_statement(self) -> bool:
        """Goes on past blank lines and comments; whether there is something more."""
        while self._position < len(self._text):
            if self._text[self._position].isspace():
                self._position += 1
            elif self._text[self._position] == "#":
                self._line()
            else:
                return True
        return False

    def _statement(self) -> None:
        export = _EXPORT.match(self._text, self._position)
        if export is not None:
            self._position = export.end()
        key = self._key()
        separator = self._text[self._position : self._position + 1]
        self._position += 1
        if separator in ("\n", ""):
            inherited = self._environment.value(key)
            if inherited is not None:
                self._found[key] = inherited
            return
        while self._text[self._position : self._position + 1] in tuple(_BLANKS):
            self._position += 1
        self._found[key] = self._value()

    def _key(self) -> str:
        match = _KEY.match(self._text, self._position)
        written = match[0] if match else ""
        key = written.rstrip()
        if _KEY_CHARACTERS.fullmatch(written) is None or " " in key or not key:
            raise Complaint(f"line {self._text.count(chr(10), 0, self._position) + 1} is not of the form NAME=value")
        self._position += len(written)
        return key

    def _value(self) -> str:
        quote = self._text[self._position : self._position + 1]
        if quote in ("'", '"'):
            return self._quoted(quote)
        value = self._line().partition(" #")[0].rstrip()
        return self._interpolated(value)

    def _quoted(self, quote: str) -> str:
        start = self._position + 1
        end = start
        while end < len(self._text) and self._text[end] != quote:
            end += 2 if self._text[end] == "\\" else 1
        if end >= len(self._text):
            raise Complaint(f"line {self._text.count(chr(10), 0, start) + 1} opens a quote that is not closed")
        self._position = end + 1
        value = self._text[start:end].replace(f"\\{quote}", quote)
        if quote == "'":
            return value
        return self._interpolated(_ESCAPE.sub(lambda match: _unescaped(match[1]), value))

    def _line(self) -> str:
        """The rest of the line."""
        end = self._text.find("\n", self._position)
        end = len(self._text) if end < 0 else end
        line = self._text[self._position : end]
        self._position = end + 1
        return line

    def _interpolated(self, value: str) -> str:
        known = Environment(self._environment.given, {**self._found, **self._environment.defaults})
        return interpolated(value, known, self._allowance).value


def _unescaped(code: str) -> str:
    if code.startswith("0"):
        return chr(int(code, 8) & 0xFF)
    return _ESCAPED.get(code, code)
