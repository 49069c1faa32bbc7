"""The flag words after a keyword: `--from=build`, `--mount=type=cache,target=/c`.

Flags are cut off every instruction, even an unknown one, before anyone asks whether it has
such a flag (BuildKit `parser/split_command.go`).
"""

from __future__ import annotations

import re

from stagegraph.syntax.characters import BYTE_SPACE, LONE_BYTE_SPACE, WHITE_SPACE, as_bytes, from_bytes

# A flag that holds nothing to unquote, and the blanks behind it.
_PLAIN_FLAG = re.compile(r"(--[!#-&(-\[\]-_a-~]+)(?:[\t\v\f\r ]+|\Z)")


def split_flags(text: str, escape: str) -> tuple[tuple[str, ...], str]:
    """The flag words at the beginning of `text`, and the trimmed rest, which are the arguments.

    Quotes and escapes are taken out of a flag word, blanks inside quotes stay. The word `--`
    ends the flags and is dropped.
    """
    flags: list[str] = []
    position = 0
    while text.startswith("--", position) and (plain := _PLAIN_FLAG.match(text, position)):
        flags.append(plain[1])
        position = plain.end()
    if text.startswith(("--", *LONE_BYTE_SPACE), position):
        more, rest = _split_quoted_flags(text[position:], escape)
        return (*flags, *more), rest
    return tuple(flags), text[position:].strip(WHITE_SPACE)


def _split_quoted_flags(text: str, escape: str) -> tuple[list[str], str]:
    """As `split_flags`, byte by byte, as the builders do it: a byte of a flag is a character."""
    characters = as_bytes(text)
    flags: list[str] = []
    position = 0
    while True:
        while position < len(characters) and characters[position] in BYTE_SPACE:
            position += 1
        if not characters.startswith("--", position):
            break
        word, position = _read_flag(characters, position, escape)
        if word == "--":
            break
        flags.append(word)
    return flags, from_bytes(characters[position:]).strip(WHITE_SPACE)


def _read_flag(characters: str, position: int, escape: str) -> tuple[str, int]:
    """One flag word from `position`, unquoted, and the position behind it."""
    word: list[str] = []
    quote = ""
    while position < len(characters):
        character = characters[position]
        if character == quote:
            quote = ""
        elif not quote and character in BYTE_SPACE:
            break
        elif not quote and character in "'\"":
            quote = character
        elif character == escape:
            position += 1  # an escape at the very end is dropped
            word.append(characters[position : position + 1])
        else:
            word.append(character)
        position += 1
    return "".join(word), position
