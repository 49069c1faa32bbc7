"""The lexer behind `stagegraph.words`: one word, read from left to right.

The constructs that are open lie on a stack, so nesting costs no recursion. What was read lies as
pieces in one list, where a construct that closes leaves its pieces as they are or puts another
in their place, so nesting costs no copying either.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NoReturn

import attrs

from stagegraph import word_patterns
from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.quoting import go_quote
from stagegraph.word_patterns import BYTE_ORDER_MARK, letters_and_digits, repaired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MAX_EXPANSION = 16 * 1_048_576
MAX_MATCHING = 1 << 34
_COST_OF_A_PATTERN = 256  # what it takes to look at a character of a value at all, in comparisons

_MODIFIERS = frozenset("-+?#%/")
_END = "\ufffd"  # how Go prints the end of the text where it looks for a character
# What Go's `unicode.IsSpace` accepts; `\s` would also take U+001C to U+001F.
_BLANKS = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_NAME = re.compile(r"\d+|[@*#?\-$!]|\w+")
_HEREDOC_BLANKS = re.compile(r"<[\t\r ]*")


def split_at_blanks(text: str) -> list[str]:
    """The words of a text in which nothing but blanks means anything."""
    return [word for word in _BLANKS.split(text) if word]


def _guard(size: int) -> None:
    if size > MAX_EXPANSION:
        raise LimitComplaint(f"the value grows beyond {MAX_EXPANSION} characters, a limit of stagegraph")


@cache
def _finder(special: str) -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(f"[{re.escape(special)}]").search


@attrs.define(eq=False)
class Splitter:
    """Words in the making; `_pending` are the pieces of the one that has not ended yet."""

    done: list[str] = attrs.Factory(list)
    _pending: list[str] = attrs.Factory(list)
    _size: int = 0

    def add(self, text: str, *, whole: bool) -> None:
        """Take more text; its blanks end words, unless `whole`."""
        self._size += len(text)
        _guard(self._size)
        if whole:
            self._pending.append(text)
            return
        first, *others = _BLANKS.split(repaired(text))
        self._pending.append(first)
        for other in others:
            self.end_word()
            self._pending.append(other)

    def end_word(self) -> None:
        """End the word, if there is one."""
        word = "".join(self._pending)
        if word:
            self.done.append(word)
        self.lose_word()

    def lose_word(self) -> None:
        """Forget the word that has not ended."""
        self._pending.clear()


@attrs.define(eq=False)
class _Substitution:
    """A `${…}` with an operand; `start` and `middle` are pieces kept free for its own text."""

    name: str
    modifier: str
    start: int
    everywhere: bool = False
    middle: int = 0


@attrs.define(eq=False)
class _Frame:
    """An open construct: the word itself, `"…"`, or an operand of a substitution.

    `find` looks for its next special character, `stop` is the one that closes it ("" for the
    word), and where `raw` is set escape characters stay in the text.
    """

    find: Callable[[str, int], re.Match[str] | None]
    stop: str
    raw: bool
    start: int
    substitution: _Substitution | None = None


@attrs.define(eq=False)
class Lexer:
    """One reading of one word: `read`, then ask for `text`, `words`, `matched` and `unmatched`."""

    _word: str
    _environment: Mapping[str, str]
    _escape: str
    _quotes: bool = True
    _raw_quotes: bool = False
    _keep_unset: bool = False
    _splitter: Splitter | None = None
    _text: str = attrs.field(init=False)
    _position: int = attrs.field(init=False, default=0)
    _comparisons: int = attrs.field(init=False, default=0)
    _stack: list[_Frame] = attrs.field(init=False, factory=list)
    _pieces: list[str] = attrs.field(init=False, factory=list)
    matched: set[str] = attrs.field(init=False, factory=set)
    unmatched: set[str] = attrs.field(init=False, factory=set)

    def text(self) -> str:
        """The whole result."""
        return self._joined(0)

    def words(self) -> list[str]:
        """The words of the result; only with a splitter."""
        if self._splitter is None:
            return []
        self._splitter.end_word()
        return self._splitter.done

    def read(self, *, raw: bool = False) -> None:
        """Read the word to its end; raises `Complaint`."""
        self._text = text = repaired(self._word.removeprefix(BYTE_ORDER_MARK))
        self._open("", raw=raw)
        while True:
            frame, start = self._stack[-1], self._position
            found = frame.find(text, start)
            end = found.start() if found else len(text)
            if end > start:
                self._add(text[start:end])
            self._position = end + 1
            if not found:
                break
            self._special(frame, text[end])
        if len(self._stack) > 1:
            self._fail("unexpected end of statement while looking for matching double-quote")

    def _special(self, frame: _Frame, character: str) -> None:
        if character == frame.stop:
            self._close(frame)
        elif character == "$":
            self._dollar()
        elif character == self._escape:
            self._escaped(frame)
        elif character == '"':
            self._open('"', raw=frame.raw)
            if self._raw_quotes:
                self._pieces.append('"')
        elif character == "'":
            self._single_quotes()
        else:
            self._angle()

    def _open(self, stop: str, *, raw: bool, substitution: _Substitution | None = None) -> None:
        special = "$" + self._escape + stop
        if self._quotes and stop != '"':
            special += "'\""
        if self._splitter and not stop:
            special += "<"
        self._stack.append(_Frame(_finder(special), stop, raw, len(self._pieces), substitution))
        if substitution and self._splitter:
            self._splitter.lose_word()

    def _close(self, frame: _Frame) -> None:
        self._stack.pop()
        substitution = frame.substitution
        if not substitution:
            if self._raw_quotes:
                self._pieces.append('"')
            self._settle(frame.start, whole=True)
        elif frame.stop == "/":
            substitution.middle = len(self._pieces)
            self._pieces.append("")
            self._open("}", raw=True, substitution=substitution)
        else:
            self._substitute(substitution)
            self._settle(substitution.start)

    def _add(self, text: str, *, whole: bool = False) -> None:
        self._pieces.append(text)
        if self._splitter and len(self._stack) == 1:
            self._splitter.add(text, whole=whole)

    def _settle(self, start: int, *, whole: bool = False) -> None:
        """What stands from piece `start` on is final, as far as the frame around it knows."""
        if self._splitter and len(self._stack) == 1:
            self._splitter.add(self._joined(start), whole=whole)

    def _put(self, start: int, text: str) -> None:
        self._pieces[start:] = [text]

    def _joined(self, start: int, end: int | None = None) -> str:
        pieces = self._pieces[start:end]
        _guard(sum(map(len, pieces)))
        return "".join(pieces)

    def _next(self) -> str:
        character = self._text[self._position : self._position + 1]
        self._position += len(character)
        return character

    def _escaped(self, frame: _Frame) -> None:
        kept = self._escape if frame.raw else ""
        if frame.stop != '"':
            self._add(kept + self._next(), whole=True)
        elif self._text.startswith(('"', "$", self._escape), self._position):
            self._add(kept + self._next())
        else:
            # With `raw` the escape character is doubled here; BuildKit does so.
            self._add(kept + self._escape)

    def _single_quotes(self) -> None:
        start = self._position
        end = self._text.find("'", start)
        if end < 0:
            self._position = len(self._text)
            self._fail("unexpected end of statement while looking for matching single-quote")
        self._position = end + 1
        self._add(self._text[start - 1 : end + 1] if self._raw_quotes else self._text[start:end], whole=True)

    def _angle(self) -> None:
        glued = _HEREDOC_BLANKS.match(self._text, self._position)
        self._position = glued.end() if glued else self._position
        self._add("<" + (glued[0] if glued else ""), whole=True)

    def _dollar(self) -> None:
        if self._text.startswith("{", self._position):
            self._position += 1
            self._braces()
        else:
            name = self._name()
            if name:
                self._reference(name, f"${name}")
            else:
                self._add("$")

    def _name(self) -> str:
        found = _NAME.match(self._text, self._position)
        if not found:
            return ""
        name = letters_and_digits(found[0])
        self._position += len(name)
        return name

    def _braces(self) -> None:
        if self._position == len(self._text):
            self._fail("syntax error: missing '}'")
        if self._text[self._position] in "{}:":
            self._fail("syntax error: bad substitution")
        name, modifier = self._name(), self._next()
        if modifier == "}":
            self._reference(name, f"${{{name}}}")
            return
        if modifier == ":":
            modifier += self._next()
        if modifier not in _MODIFIERS and (modifier[:1] != ":" or modifier in (":#", ":%")):
            # Of the others that begin with a colon BuildKit complains when it has read them.
            self._unsupported(modifier or _END)
        everywhere = modifier == "/" and self._text.startswith("/", self._position)
        self._position += everywhere
        substitution = _Substitution(name, modifier, len(self._pieces), everywhere)
        self._pieces.append("")
        stop = "/" if modifier == "/" else "}"
        self._open(stop, raw=modifier in ("#", "%", "/"), substitution=substitution)

    def _reference(self, name: str, written: str) -> None:
        value = self._look_up(name)
        if value is None:
            value = written if self._keep_unset else ""
        self._add(value)

    def _look_up(self, name: str) -> str | None:
        value = self._environment.get(name)
        (self.unmatched if value is None else self.matched).add(name)
        return value

    def _substitute(self, substitution: _Substitution) -> None:
        value = self._look_up(substitution.name)
        if value is None and self._keep_unset:
            self._write(substitution)
            return
        match substitution.modifier:
            case "-" | ":-":
                self._default(substitution, value)
            case "+" | ":+":
                self._alternative(substitution, value)
            case "?" | ":?":
                self._demand(substitution, value)
            case "#" | "%":
                self._trim(substitution, value or "")
            case "/":
                self._replace(substitution, value or "")
            case unknown:
                self._unsupported(unknown)

    def _write(self, substitution: _Substitution) -> None:
        """Put the substitution back as it was written, but for what its operands became."""
        self._pieces[substitution.start] = f"${{{substitution.name}{substitution.modifier}"
        if substitution.middle:
            self._pieces[substitution.middle] = "/"
        self._pieces.append("}")

    def _default(self, substitution: _Substitution, value: str | None) -> None:
        if not _is_missing(substitution, value):
            self._put(substitution.start, value or "")

    def _alternative(self, substitution: _Substitution, value: str | None) -> None:
        if _is_missing(substitution, value):
            self._put(substitution.start, "")

    def _demand(self, substitution: _Substitution, value: str | None) -> None:
        if _is_missing(substitution, value):
            what = "unset" if value is None else "empty"
            message = self._joined(substitution.start) or f"is not allowed to be {what}"
            self._fail(f"{substitution.name}: {message}")
        self._put(substitution.start, value or "")

    def _trim(self, substitution: _Substitution, value: str) -> None:
        pattern = self._joined(substitution.start)
        longest = pattern.startswith(substitution.modifier)
        trim = word_patterns.trim_prefix if substitution.modifier == "#" else word_patterns.trim_suffix
        with self._matching(pattern, value):
            self._put(substitution.start, trim(pattern[longest:], value, longest=longest))

    def _replace(self, substitution: _Substitution, value: str) -> None:
        pattern = self._joined(substitution.start, substitution.middle)
        replacement = self._joined(substitution.middle)
        replace = word_patterns.replace_all if substitution.everywhere else word_patterns.replace_first
        with self._matching(pattern, value):
            self._put(substitution.start, _gathered(replace(pattern, replacement, value)))

    @contextmanager
    def _matching(self, pattern: str, value: str) -> Iterator[None]:
        self._comparisons += (len(pattern) + _COST_OF_A_PATTERN) * len(value)
        if self._comparisons > MAX_MATCHING:
            raise LimitComplaint(f"the patterns take more than {MAX_MATCHING} comparisons, a limit of stagegraph")
        try:
            yield
        except word_patterns.PatternError as error:
            self._fail(str(error))

    def _unsupported(self, modifier: str) -> NoReturn:
        self._fail(f"unsupported modifier ({modifier}) in substitution")

    def _fail(self, cause: str) -> NoReturn:
        """Raise `cause`, or what an unclosed `${` makes of it.

        BuildKit lets every level replace an error from within when nothing is left to read, so
        the outermost level has the last word.
        """
        outermost = next((frame for frame in self._stack if frame.substitution), None)
        if outermost and self._position >= len(self._text):
            cause = "syntax error: missing " + ("'/' in ${}" if outermost.stop == "/" else "'}'")
        raise Complaint(f"failed to process {go_quote(self._word)}: {cause}")


def _is_missing(substitution: _Substitution, value: str | None) -> bool:
    return value is None or (not value and substitution.modifier[0] == ":")


def _gathered(pieces: Iterable[str]) -> str:
    gathered, size = [], 0
    for piece in pieces:
        size += len(piece)
        _guard(size)
        gathered.append(piece)
    return "".join(gathered)
