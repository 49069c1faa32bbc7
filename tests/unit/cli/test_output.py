"""Colour, layout and encodings of standard output."""

import io
import sys

import pytest

from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.output import Output


class Terminal(io.StringIO):
    """A standard output that is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize("command", ["plan", "graph", "compare", "why base", "stages", "images", "dead"])
@pytest.mark.parametrize(
    ("arguments", "environment", "is_coloured"),
    [
        ([], {}, False),
        (["--color", "auto"], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--no-color"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(run, command, arguments, environment, is_coloured):
    result = run(*command.split(), *arguments, **environment)
    assert result.exit_code == 0
    assert ("\x1b[" in result.stdout) is is_coloured


@pytest.mark.parametrize(
    ("colour", "environment", "is_coloured"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {}, False),
    ],
)
@pytest.mark.usefixtures("folder")
def test_colour_on_a_terminal(monkeypatch, colour, environment, is_coloured):
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    paper = Output(colour).pages.paper
    assert (paper.colour, paper.encoding) == (is_coloured, "utf-8")


@pytest.mark.usefixtures("folder")
def test_a_terminal_has_a_width(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "123")
    assert Output().pages.paper.width == 123


@pytest.mark.parametrize("format_", ["json", "dot", "mermaid"])
def test_only_text_is_coloured(run, format_):
    assert "\x1b" not in run("plan", "--color", "always", "--format", format_).stdout


def test_a_transcript_is_never_coloured(run):
    assert "\x1b" not in run("plan", "--color", "always", "--transcript").stdout


def test_what_the_encoding_cannot_say_is_escaped(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii"))
    Output().write("caf\u00e9 \u591a\n")
    assert written.getvalue() == b"caf\\xe9 \\u591a\n"


def test_a_closed_standard_output_is_nobodys_fault(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert Output().write("x\n") is None
    assert type(Output().pages).__name__ == "PlainPages"


def test_a_full_disk(monkeypatch, capsys):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(Exception, match=str(int(ExitCode.UNWRITABLE))) as caught:
        Output().write("x\n")
    assert caught.value.exit_code == ExitCode.UNWRITABLE
    assert capsys.readouterr().err == "stagegraph: standard output: no space left on device\n"
