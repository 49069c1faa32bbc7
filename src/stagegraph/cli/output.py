"""Standard output: plain in a pipe, made for people on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import attrs
import click

from stagegraph.cli.endings import abandon_output
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.errors import system_reason

if TYPE_CHECKING:
    from stagegraph.rendering.pages import Pages
    from stagegraph.rendering.terminal import Paper


@attrs.frozen
class Output:
    """Where answers go. `colour` is `auto`, `always` or `never`.

    On a terminal, text is laid out for people; `NO_COLOR` and `never` take the colour away and
    leave the layout. `always` (and `FORCE_COLOR`) lay out and colour text that goes to a pipe.
    """

    colour: str = "auto"

    @property
    def pages(self) -> Pages:
        """The pages for whatever standard output is; rich is imported for a terminal alone."""
        if self.for_people:
            from stagegraph.rendering.terminal import TerminalPages

            return TerminalPages(self.paper)
        from stagegraph.rendering.plain import PlainPages

        return PlainPages()

    @property
    def paper(self) -> Paper:
        """What the terminal can show."""
        from stagegraph.rendering.terminal import Paper

        encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        return Paper(get_terminal_size((80, 24)).columns, encoding, colour=self._coloured)

    def dump(self, dump: Mapping[str, object]) -> None:
        """Writes a dump as JSON."""
        from stagegraph.rendering.json_text import json_text

        self.write(json_text(dump))

    def write(self, text: str) -> None:
        """Writes a text that ends with a line feed; what the encoding cannot say is escaped.

        Ends the process with a message where nothing can be written.

        Raises:
            BrokenPipeError: the reader has stopped.
        """
        stream = sys.stdout
        if stream is None:
            return
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as fault:
            abandon_output()
            click.echo(f"stagegraph: standard output: {system_reason(fault)}", err=True)
            raise click.exceptions.Exit(ExitCode.UNWRITABLE) from None

    @property
    def for_people(self) -> bool:
        """Whether text is laid out for a terminal."""
        if self.colour == "always" or (self.colour == "auto" and _is_forced()):
            return True
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def _coloured(self) -> bool:
        if self.colour != "auto":
            return self.colour == "always"
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_file(file: Path, text: str) -> None:
    """Writes a text into a file; what UTF-8 cannot say is escaped. Ends the process with a message where it cannot."""
    with reporting_unwritable(file):
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _is_forced() -> bool:
    return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")


@contextmanager
def reporting_unwritable(file: Path) -> Iterator[None]:
    """Ends the process with a message where the file cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        click.echo(f"stagegraph: {file}: {system_reason(fault)}", err=True)
        raise click.exceptions.Exit(ExitCode.UNWRITABLE) from None
