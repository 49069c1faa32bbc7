"""Text and places in it."""

from __future__ import annotations

import pytest

from stagegraph import SourceFile, Span

TEXT = "FROM a\n\tRUN b\r\n\nlast"


@pytest.mark.parametrize(("number", "line"), [(1, "FROM a"), (2, "\tRUN b"), (3, ""), (4, "last")])
def test_lines(number: int, line: str) -> None:
    assert SourceFile(TEXT).line(number) == line


def test_only_a_line_feed_ends_a_line() -> None:
    source = SourceFile("a\rb\x0bc\x85d\u2028e\nf")
    assert source.line_starts == [0, 10]
    assert source.line(1) == "a\rb\x0bc\x85d\u2028e"


def test_a_line_feed_at_the_end_begins_one_more_line() -> None:
    source = SourceFile("a\n")
    assert source.line_starts == [0, 2]
    assert source.line(2) == ""


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, 6, Span(0, 6, 1, 1)),
        (0, 7, Span(0, 7, 1, 1)),
        (0, 8, Span(0, 8, 1, 2)),
        (7, 15, Span(7, 15, 2, 2)),
        (7, 16, Span(7, 16, 2, 3)),
        (16, 20, Span(16, 20, 4, 4)),
        (0, 0, Span(0, 0, 1, 1)),
        (20, 20, Span(20, 20, 4, 4)),
    ],
)
def test_spans(start: int, end: int, span: Span) -> None:
    assert SourceFile(TEXT).span(start, end) == span


@pytest.mark.parametrize(
    ("start", "end", "column", "excerpt", "caret"),
    [
        (0, 6, 1, "FROM a", "^^^^^^"),
        (5, 6, 6, "FROM a", "     ^"),
        (0, 15, 1, "FROM a", "^^^^^^"),
        (7, 15, 2, "\tRUN b", "\t^^^^^"),
        (8, 11, 2, "\tRUN b", "\t^^^"),
        (12, 13, 6, "\tRUN b", "\t    ^"),
        (15, 16, 1, "", "^"),
        (20, 20, 5, "last", "    ^"),
    ],
)
def test_excerpts(start: int, end: int, column: int, excerpt: str, caret: str) -> None:
    source = SourceFile(TEXT)
    span = source.span(start, end)
    assert source.column(span) == column
    assert source.excerpt(span) == (excerpt, caret)


def test_carets_stand_under_what_they_mark_whatever_is_shown() -> None:
    source = SourceFile("a\x1bb\udcffc X\n")
    excerpt, caret = source.excerpt(source.span(6, 7))
    assert excerpt == "a\\x1bb\\udcffc X"
    assert excerpt[caret.index("^") :] == "X"
    assert caret.strip() == "^"


@pytest.mark.parametrize("place", [0, 30, 500, 1000, 1999])
def test_of_a_long_line_only_the_surroundings_are_shown(place: int) -> None:
    source = SourceFile("a" * place + "X" + "a" * (2000 - place) + "\n")
    excerpt, caret = source.excerpt(source.span(place, place + 1))
    assert excerpt[caret.index("^")] == "X"
    assert caret.count("^") == 1
    assert len(excerpt) < 200
    assert (excerpt[0] == "…") is (place > 100)


@pytest.mark.parametrize(
    "content", [b"", b"a\xff\r\n", "é\u2028".encode(), bytes(range(256)), b"\xef\xbb\xbfa", b"\xed\xa0\x80"]
)
def test_bytes_survive(content: bytes) -> None:
    assert SourceFile.of(content).text.encode("utf-8", "surrogateescape") == content


def test_names() -> None:
    assert SourceFile.of("a").name == "Dockerfile"
    assert SourceFile.of(b"a", "other").name == "other"
