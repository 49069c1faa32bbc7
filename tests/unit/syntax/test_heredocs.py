"""Heredocs: which words announce one, and where a body ends."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.heredocs import Heredoc, heredocs_announced_by, read_heredoc_word


@pytest.mark.parametrize(
    ("word", "heredoc"),
    [
        ("<<EOF", Heredoc("EOF")),
        ("<<-EOF", Heredoc("EOF", chomp=True)),
        ("<<'EOF'", Heredoc("EOF", expand=False)),
        ('<<"EOF"', Heredoc("EOF", expand=False)),
        ("<<E'O'F", Heredoc("EOF", expand=False)),
        ('<<"E O F"', Heredoc("E O F", expand=False)),
        ("<<\\EOF", Heredoc("EOF")),
        ("<<$EOF", Heredoc("$EOF")),
        ("<< EOF", Heredoc("EOF")),
        ("<<-\tEOF", Heredoc("EOF", chomp=True)),
        ("3<<EOF", Heredoc("EOF", file_descriptor=3)),
        ("12<<-'x'", Heredoc("x", expand=False, chomp=True, file_descriptor=12)),
        ("<<EOF>out", Heredoc("EOF>out")),
        ("<<3))", Heredoc("3))")),
        ("<<<x", None),
        ("<<", None),
        ("<<-", None),
        ('"<<EOF"', None),
        ("cat<<EOF", None),
        ("$((1<<3))", None),
        ("<<''", None),
        ("<<a<b", None),
        ("plain", None),
    ],
)
def test_read_heredoc_word(word: str, heredoc: Heredoc | None) -> None:
    assert read_heredoc_word(word) == heredoc


@pytest.mark.parametrize("word", ["<<'EOF", '<<"EOF'])
def test_a_quote_that_stays_open_is_refused(word: str) -> None:
    with pytest.raises(Complaint):
        read_heredoc_word(word)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("RUN cat", []),
        ("RUN cat <<EOF", ["EOF"]),
        ("RUN cat <<one 4<<-two > x", ["one", "two"]),
        ("COPY <<'a b' <<c /d", ["a b", "c"]),
        ("RUN << EOF", ["EOF"]),
        ("RUN <<\tEOF", ["EOF"]),
        ("RUN echo 1<<2", ["2"]),
        ("RUN echo $(( 1 << 3 ))", ["3"]),
        ("RUN echo $((1 <<3))", ["3))"]),
        ("RUN echo $((1<<3))", []),
        ("RUN cat<<EOF", []),
        ("RUN echo '<<EOF'", []),
        ('RUN echo "<<EOF" <<x', ["x"]),
        ("RUN echo it's <<EOF", []),
        ("RUN <<<EOF", []),
        ("RUN <<é", ["é"]),
    ],
)
def test_heredocs_announced_by(line: str, names: list[str]) -> None:
    assert [heredoc.name for heredoc in heredocs_announced_by(line)] == names


@pytest.mark.parametrize(
    ("heredoc", "line", "ends"),
    [
        (Heredoc("EOF"), "EOF\n", True),
        (Heredoc("EOF"), "EOF\r\n", True),
        (Heredoc("EOF"), "EOF", True),
        (Heredoc("EOF"), "EOF \n", False),
        (Heredoc("EOF"), "\tEOF\n", False),
        (Heredoc("EOF"), "eof\n", False),
        (Heredoc("EOF", chomp=True), "\t\tEOF\n", True),
        (Heredoc("EOF", chomp=True), " EOF\n", False),
    ],
)
def test_is_ended_by(heredoc: Heredoc, line: str, ends: bool) -> None:
    assert heredoc.is_ended_by(line) is ends


def test_chomped_bodies_lose_leading_tabs_only() -> None:
    body = "\t\tone\n\t two\n  three\n\n\tfour\tfive"
    assert Heredoc("E", body, chomp=True).chomped == "one\n two\n  three\n\nfour\tfive"
    assert Heredoc("E", body).chomped == body


def test_with_content_is_a_new_value() -> None:
    heredoc = Heredoc("E", chomp=True)
    assert heredoc.with_content("x\n") == Heredoc("E", "x\n", chomp=True)
    assert heredoc.content == ""
