"""Parser directives: `# syntax=`, `# escape=`, `# check=`.

There are two readers, as in BuildKit (`parser/directives.go`). The line parser reads them as it
goes and honours `escape`; `find_directive` reads the beginning of a file by itself, honours
`syntax` and `check`, and differs in what it tolerates.
"""

from __future__ import annotations

import json
import re

import attrs

from stagegraph.errors import Complaint
from stagegraph.source import BYTE_ORDER_MARK
from stagegraph.syntax.characters import WHITE_SPACE

KNOWN = ("check", "escape", "syntax")
ESCAPE_CHARACTERS = "\\`"

_DIRECTIVE = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*\Z")


@attrs.frozen
class FoundDirective:
    """A directive: its name in lower case, its value, and the line (from 1) it stands on."""

    name: str
    value: str
    line: int

    @property
    def first_word(self) -> str:
        """The value up to its first blank: the frontend image, or the check options."""
        return self.value.partition(" ")[0]


class DirectiveReader:
    """Reads directives line by line, until the first line that is none."""

    def __init__(self, comment: str = "#", line: int = 0) -> None:
        self._comment = comment
        self._line = line
        self._seen: set[str] = set()
        self.done = False

    def read(self, text: str) -> FoundDirective | None:
        """The directive on the next line, or None, after which there are no more.

        Raises:
            Complaint: the directive was given before.
        """
        self._line += 1
        found = None if self.done else self._match(text)
        if found is None or found[1].lower() not in KNOWN:
            self.done = True
            return None
        name = found[1].lower()
        if name in self._seen:
            raise Complaint(f"only one {name} parser directive can be used")
        self._seen.add(name)
        return FoundDirective(name, found[2], self._line)

    def _match(self, text: str) -> re.Match[str] | None:
        if not text.startswith(self._comment):
            return None
        return _DIRECTIVE.match(text[len(self._comment) :].lstrip(WHITE_SPACE))


def check_escape(value: str) -> str:
    """The escape character that `# escape=value` sets.

    Raises:
        Complaint: it is neither of the two that there are.
    """
    if value not in ("\\", "`"):
        raise Complaint(f"invalid escape token '{value}' does not match ` or \\")
    return value


def find_directive(text: str, name: str) -> FoundDirective | None:
    """The directive `name` of a file, as BuildKit reads `syntax` and `check`.

    `syntax` may also be written `//syntax=…`, or as a member of a JSON object that is the file.
    """
    if name != "syntax" and text[:1] not in ("#", BYTE_ORDER_MARK):
        return None
    text = text.removeprefix(BYTE_ORDER_MARK)
    first_line = 0
    if text.startswith("#!"):
        first_line, text = 1, text.partition("\n")[2]
    found = _scan(text, name, "#", first_line)
    if found is None and name == "syntax":
        found = _scan(text, name, "//", first_line) or _json_member(text, name, first_line)
    return found


def _scan(text: str, name: str, comment: str, first_line: int) -> FoundDirective | None:
    if not text.startswith(comment):
        return None
    reader = DirectiveReader(comment, first_line)
    start = 0
    try:
        while not reader.done and start < len(text):
            end = text.find("\n", start)
            line = text[start : end if end >= 0 else len(text)]
            found = reader.read(line.removesuffix("\r"))
            if found is not None and found.name == name:
                return found
            start = end + 1 if end >= 0 else len(text)
    except Complaint:
        pass  # a repeated directive ends the scan; the line parser reports it
    return None


def _json_member(text: str, name: str, line: int) -> FoundDirective | None:
    if not text.lstrip("\t\n\r ").startswith("{"):
        return None
    try:
        members = json.loads(text)
    except (ValueError, RecursionError):
        return None
    value = members.get(name)
    return FoundDirective(name, value, line) if isinstance(value, str) else None
