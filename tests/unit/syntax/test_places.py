"""Where the parts of an instruction stand, through continued lines."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.source import Span
from stagegraph.syntax.instructions import Run
from stagegraph.syntax.places import Places


def places_of(text: str, index: int = 0) -> Places:
    places = stagegraph.parse(text).instructions[index].places
    assert places is not None
    return places


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "keyword", "flags", "arguments", "words"),
    [
        ("RUN a b\n", "RUN", [], "a b", ["a", "b"]),
        ("  run \t a   b  \r\n", "run", [], "a   b", ["a", "b"]),
        ("COPY --from=x --link a b\n", "COPY", ["--from=x", "--link"], "a b", ["a", "b"]),
        ("COPY --from='x y' a b\n", "COPY", ["--from='x y'"], "a b", ["a", "b"]),
        ("COPY --from=x\\ y a b\n", "COPY", ["--from=x\\ y"], "a b", ["a", "b"]),
        ("CMD -- --a b\n", "CMD", [], "--a b", ["--a", "b"]),
        ("RUN --network=none -- a\n", "RUN", ["--network=none"], "a", ["a"]),
        ("COPY \\\n  --from=x \\\n# no\n\n  a \\\n  b\n", "COPY", ["--from=x"], "a \\\n  b", ["a", "b"]),
        ("RUN a \\\n# no \\\nb\n", "RUN", [], "a \\\n# no \\\nb", ["a", "b"]),
        ("RU\\\nN a\\\nb\n", "RU\\\nN", [], "a\\\nb", ["a\\\nb"]),
        ("\ufeffFROM a AS b\n", "FROM", [], "a AS b", ["a", "AS", "b"]),
        ("RUN cat <<E > f\nx y\nE\n", "RUN", [], "cat <<E > f", ["cat", "<<E", ">", "f"]),
        ("RUN\n", "RUN", [], "", []),
        ("COPY --link\n", "COPY", ["--link"], "", []),
        ("ENV A='b c' D\\\n=e\n", "ENV", [], "A='b c' D\\\n=e", ["A='b", "c'", "D\\\n=e"]),
    ],
)
def test_places(text: str, keyword: str, flags: list[str], arguments: str, words: list[str]) -> None:
    places = places_of(text)
    assert cut(text, places.keyword) == keyword
    assert [cut(text, flag) for flag in places.flags] == flags
    assert cut(text, places.arguments) == arguments
    assert [cut(text, word) for word in places.words] == words


def test_the_escape_is_the_one_of_the_file() -> None:
    text = "# escape=`\nCOPY --from=x` y `\n  a b\n"
    places = places_of(text)
    assert [cut(text, flag) for flag in places.flags] == ["--from=x` y"]
    assert [cut(text, word) for word in places.words] == ["a", "b"]


def test_lines() -> None:
    places = places_of("FROM a\nCOPY \\\n  --link \\\n  b \\\n  c\n", 1)
    assert [span.first_line for span in (places.keyword, *places.flags, *places.words)] == [2, 3, 4, 5]
    assert (places.arguments.first_line, places.arguments.last_line) == (4, 5)


def test_there_are_as_many_flags_as_the_instruction_has() -> None:
    text = "COPY --a='b' \"--c\" --d\\\n=e f\n"
    instruction = stagegraph.parse(text).instructions[0]
    assert len(places_of(text).flags) == len(instruction.flags)


def test_an_instruction_without_a_text_has_no_places() -> None:
    assert Run("RUN", (), "a").places is None
