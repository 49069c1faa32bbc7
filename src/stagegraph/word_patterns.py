r"""The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: what they match, in bounded time.

BuildKit's shell lexer (`frontend/dockerfile/shell`) makes a regular expression of a pattern, and
the engine of Go never backtracks. Here all places of a value are followed at once, a set of
places being the bits of an integer, so a match costs a few operations on `len(value)` bits for
each character of the pattern, whatever the pattern.

In a pattern `?` is one character and `*` any number of them, neither ever a line feed; `\*`,
`\?` and `\\` stand for themselves, `\}` and `\/` too, and there are no bracket expressions.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
_MASKS_KEPT = 256
_ESCAPABLE = frozenset("*?\\}/")
_UNDECODED = re.compile("[\udc80-\udcff]")
_ESCAPED_OR_ONE = re.compile(r"\\?.", re.DOTALL)
_WORD_CHARACTERS = re.compile(r"\w+")


class PatternError(ValueError):
    """A pattern that BuildKit refuses; the message is BuildKit's."""


class Wildcard(enum.Enum):
    """What a pattern holds besides characters that stand for themselves."""

    ONE = enum.auto()
    MANY = enum.auto()


def trim_prefix(pattern: str, value: str, *, longest: bool) -> str:
    """`value` without the shortest or longest start that matches; `PatternError` on a bad pattern."""
    ends = _Field(repaired(value)).reach(_tokens(pattern), 1)
    if not ends:
        return value
    last = ends.bit_length() - 1
    return value[last if longest else (ends & -ends).bit_length() - 1 :]


def trim_suffix(pattern: str, value: str, *, longest: bool) -> str:
    """`value` without the shortest or longest end that matches; `PatternError` on a bad pattern.

    As in BuildKit this is `trim_prefix` on pattern and value read backwards, which shows in
    messages (the pattern is quoted backwards) and in a pattern that ends with a lone backslash.
    """
    mirrored = "".join(reversed(_ESCAPED_OR_ONE.findall(repaired(pattern))))
    return trim_prefix(mirrored, repaired(value)[::-1], longest=longest)[::-1]


def replace_first(pattern: str, replacement: str, value: str) -> Iterator[str]:
    """The pieces of `value` with its first match replaced; `PatternError` on a bad pattern."""
    match = next(_matches(_tokens(pattern), repaired(value)), None)
    if match is None:
        yield value
    else:
        yield from (value[: match[0]], replacement, value[match[1] :])


def replace_all(pattern: str, replacement: str, value: str) -> Iterator[str]:
    """The pieces of `value` with every match replaced; `PatternError` on a bad pattern.

    `replacement` is a template of Go's `Regexp.ReplaceAllString`: `$0` and `${0}` are the match,
    `$$` is a dollar, any other `$name` is nothing. An empty match right after another match is
    left alone.
    """
    template = tuple(_template(replacement))
    copied = 0
    for start, end in _matches(_tokens(pattern), repaired(value)):
        yield value[copied:start]
        if end > copied or start == 0:
            match = value[start:end]
            yield from (match if piece is None else piece for piece in template)
        copied = end
    yield value[copied:]


def repaired(text: str) -> str:
    """`text` as Go reads it rune by rune: a byte that is no UTF-8 is U+FFFD."""
    return text if text.isascii() else _UNDECODED.sub("\ufffd", text)


def letters_and_digits(run: str) -> str:
    r"""The start of a run of `\w` that Go takes for letters, decimal digits and underscores."""
    if run.isascii():
        return run
    # `\w` has other numbers too, such as superscripts and Roman numerals.
    strangers = (i for i, char in enumerate(run) if not (char.isalpha() or char.isdecimal() or char == "_"))
    return run[: next(strangers, len(run))]


def _tokens(pattern: str) -> list[str | Wildcard]:
    tokens: list[str | Wildcard] = []
    for part in _ESCAPED_OR_ONE.findall(repaired(pattern.removeprefix(BYTE_ORDER_MARK))):
        if part == "*":
            if tokens[-1:] != [Wildcard.MANY]:
                tokens.append(Wildcard.MANY)
        elif part == "?":
            tokens.append(Wildcard.ONE)
        elif part[0] != "\\":
            tokens.append(part)
        elif part[1:] in _ESCAPABLE:
            tokens.append(part[1:])
        else:
            escaped = part[1:] or "\ufffd"
            raise PatternError(f"invalid pattern ({pattern}) in substitution: invalid escape '\\{escaped}'")
    return tokens


def _template(replacement: str) -> Iterator[str | None]:
    """The parts of a template of Go; None is the match."""
    position = 0
    while (dollar := replacement.find("$", position)) >= 0:
        yield replacement[position:dollar]
        braced = replacement.startswith("{", dollar + 1)
        run = _WORD_CHARACTERS.match(replacement, dollar + 1 + braced)
        name = letters_and_digits(run[0]) if run else ""
        end = dollar + 1 + braced + len(name)
        if replacement.startswith("$", dollar + 1):
            yield "$"
            position = dollar + 2
        elif not name or (braced and not replacement.startswith("}", end)):
            yield "$"
            position = dollar + 1
        else:
            if name == "0":
                yield None
            position = end + braced
    yield replacement[position:]


def _matches(tokens: Sequence[str | Wildcard], value: str) -> Iterator[tuple[int, int]]:
    """The matches that a greedy expression of Go finds one after another, as starts and ends.

    A search begins where the last match ended, so it may find an empty match there.
    """
    backwards, field = tokens[::-1], _Field(value[::-1])
    tail = backwards.index(Wildcard.MANY) if Wildcard.MANY in backwards else len(tokens)
    tails = field.reach(backwards[:tail], field.every)
    last_places = field.backwards(tails)
    starts = field.backwards(field.reach(backwards[tail:], tails))
    head = tokens[: len(tokens) - tail]
    lines_of_head = head.count("\n")
    line_ends = [i for i, character in enumerate(value) if character == "\n"] + [len(value)]
    start = starts.find("1")
    while start >= 0:
        last = start
        if head:
            # Only the line feeds of the pattern lead from line to line, so it is known in which
            # line its last `*` stands; the longest match ends with the last tail in reach of it.
            line_end = line_ends[bisect_left(line_ends, start) + lines_of_head]
            last = last_places.rfind("1", 0, line_end + 1)
        yield start, last + tail
        start = starts.find("1", max(last + tail, start + 1))


class _Field:
    """The places of a value, before each character and at the end, as sets of bits from 0."""

    def __init__(self, value: str) -> None:
        self.every = (1 << (len(value) + 1)) - 1
        self._mirror = value[::-1]
        self._masks: dict[str, int] = {}
        self._inside_lines = (self.every >> 1) ^ self._where("\n")

    def reach(self, tokens: Iterable[str | Wildcard], places: int) -> int:
        """The places where a match of `tokens` that starts at one of `places` can end."""
        for token in tokens:
            if not places:
                break
            places = self._step(token, places)
        return places

    def backwards(self, places: int) -> str:
        """The places from the last to the first, as one digit each."""
        return f"{places:0{len(self._mirror) + 1}b}"

    def _step(self, token: str | Wildcard, places: int) -> int:
        inside = self._inside_lines
        if token is Wildcard.MANY:
            # The carry of the sum runs from each place to the end of its line.
            return places | ((inside + (places & inside)) ^ inside)
        return (places & (inside if token is Wildcard.ONE else self._where(token))) << 1

    def _where(self, character: str) -> int:
        mask = self._masks.get(character)
        if mask is None:
            gaps = self._mirror.split(character)
            mask = int("1".join("0" * len(gap) for gap in gaps) or "0", 2)
            if len(self._masks) >= _MASKS_KEPT:  # a mask is as long as the value
                self._masks.clear()
            self._masks[character] = mask
        return mask
