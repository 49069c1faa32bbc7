"""Comma-separated fields, as in the value of `--mount` (`tonistiigi/go-csvvalue`)."""

from __future__ import annotations

from stagegraph.errors import Complaint

_BARE_QUOTE = 'bare " in non-quoted-field'
_UNBALANCED_QUOTE = 'extraneous or missing " in quoted-field'


def csv_fields(text: str) -> list[str]:
    """The fields of one CSV line; a field in quotes may hold commas, and quotes as `""`.

    A line ending at the end is not part of the last field. Raises `Complaint` with the words of
    Go's `encoding/csv`, whose columns count bytes; nothing at all is `EOF`.
    """
    line = _without_line_ending(text)
    if not line:
        raise Complaint("EOF")
    if '"' not in line:
        return line.split(",")
    return _quoted_fields(line)


def _quoted_fields(line: str) -> list[str]:
    fields: list[str] = []
    position = 0
    while True:
        quoted = line.startswith('"', position)
        field, position = _read_quoted(line, position + 1) if quoted else _read_bare(line, position)
        fields.append(field)
        if position == len(line):
            return fields
        position += 1


def _read_bare(line: str, start: int) -> tuple[str, int]:
    """The field from `start`, and the position of the comma (or the end) behind it."""
    end = line.find(",", start)
    if end < 0:
        end = len(line)
    quote = line.find('"', start, end)
    if quote >= 0:
        raise _parse_error(line, quote, _BARE_QUOTE)
    return line[start:end], end


def _read_quoted(line: str, start: int) -> tuple[str, int]:
    """The same for a field whose opening quote stands before `start`."""
    pieces: list[str] = []
    position = start
    while True:
        quote = line.find('"', position)
        if quote < 0:
            raise _parse_error(line, position, _UNBALANCED_QUOTE)
        pieces.append(line[position:quote])
        position = quote + 1
        if not line.startswith('"', position):
            break
        pieces.append('"')
        position += 1
    if position < len(line) and line[position] != ",":
        raise _parse_error(line, quote, _UNBALANCED_QUOTE)
    return "".join(pieces), position


def _without_line_ending(text: str) -> str:
    if not text.endswith("\n"):
        return text
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def _parse_error(line: str, position: int, message: str) -> Complaint:
    column = len(line[:position].encode("utf-8", "surrogateescape")) + 1
    return Complaint(f"parse error on line 1, column {column}: {message}")
