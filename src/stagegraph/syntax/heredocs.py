r"""Heredocs: which words of a line announce one, and where its body ends.

The rules are those of BuildKit's `parser.heredocsFromLine`; the words are found with `\\` as the
escape character whatever the file says.
"""

from __future__ import annotations

import re

import attrs

from stagegraph.errors import Complaint
from stagegraph.quickly import maker_of
from stagegraph.words import expand

_ANNOUNCEMENT = re.compile(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z")
# A word that announces a heredoc for certain, and what makes the rest of a line worth a closer look.
_USUAL_WORD = re.compile(r"(?<![^\t ])([0-9]?)<<(-?)(['\"]?)(\w+)\3(?![^\t ])", re.ASCII)
_UNUSUAL = re.compile(r"[^\t -~]|['\"\\$]|<<")
_LEADING_TABS = re.compile(r"^\t+", re.MULTILINE)


@attrs.frozen(weakref_slot=False)
class Heredoc:
    """A heredoc: the word that ends it, and its body as it stands in the file.

    `expand`: variables in the body are replaced (no part of the word was quoted). `chomp`:
    written `<<-`, leading tabs do not count. `file_descriptor` is 0 unless one was given.
    """

    name: str
    content: str = ""
    expand: bool = True
    chomp: bool = False
    file_descriptor: int = 0

    @property
    def chomped(self) -> str:
        """The body, without the leading tabs of its lines if they do not count."""
        return _LEADING_TABS.sub("", self.content) if self.chomp else self.content

    def with_content(self, content: str) -> Heredoc:
        """The same heredoc with a body."""
        return _heredoc(self.name, content, self.expand, self.chomp, self.file_descriptor)

    def is_ended_by(self, line: str) -> bool:
        """Whether `line`, line ending included, ends the body."""
        line = line.rstrip("\r\n")
        return (line.lstrip("\t") if self.chomp else line) == self.name


_heredoc = maker_of(Heredoc)


def read_heredoc_word(word: str) -> Heredoc | None:
    """The heredoc (still without a body) that a single word announces, or None.

    Raises:
        Complaint: a quote in its name is not closed.
    """
    if usual := _USUAL_WORD.fullmatch(word):
        return _usual_heredoc(*usual.groups())
    match = _ANNOUNCEMENT.match(word)
    if match is None or not match[3]:
        return None
    unquoted = expand(match[3], {}, keep_unset=True).words
    if len(unquoted) != 1:
        return None
    quoted = expand(match[3], {}, keep_unset=True, raw_quotes=True).words
    return Heredoc(
        name=unquoted[0],
        expand=_count_quotes(unquoted[0]) == _count_quotes(quoted[0]),
        chomp=match[2] == "-",
        file_descriptor=min(int(match[1][-20:] or 0), 2**64 - 1),
    )


def heredocs_announced_by(line: str) -> list[Heredoc]:
    """The heredocs, still without bodies, that a whole logical line announces, in order.

    Raises:
        Complaint: see `read_heredoc_word`.
    """
    if not _UNUSUAL.search(_USUAL_WORD.sub("", line)):
        return [_usual_heredoc(*found) for found in _USUAL_WORD.findall(line)]
    try:
        words = expand(line, {}, raw_quotes=True, raw_escapes=True, keep_unset=True).words
    except Complaint:
        return []  # a line that cannot be cut into words announces nothing
    return [heredoc for heredoc in map(read_heredoc_word, words) if heredoc is not None]


def _usual_heredoc(descriptor: str, chomp: str, quote: str, name: str) -> Heredoc:
    """What is announced by the parts of a word that needs no lexer."""
    return _heredoc(name, "", not quote, chomp == "-", int(descriptor or 0))


def _count_quotes(text: str) -> int:
    return text.count("'") + text.count('"')
