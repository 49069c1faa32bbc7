"""Every `console` example in the documents gives what it says.

A line that begins with `$` is run by the shell in `docs/examples`, and what stands below is what
it prints to standard output and standard error. After a change that is meant,
`python tests/docs/test_console_examples.py` writes the new outputs into the documents.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
_FENCE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_MERMAID = re.compile(r"^<!-- (\$ .*) -->\n```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _commands_of(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with the output that stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _output_of(command: str) -> str:
    """What a command prints, without the blanks at the ends of lines."""
    found = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    unwanted = {"FORCE_COLOR", "NO_COLOR", "COLUMNS", "PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    ran = subprocess.run(  # noqa: S602 - what is shown is what a shell is given
        command,
        shell=True,
        cwd=ROOT / "docs/examples",
        env={**environment, "PATH": found, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return re.sub(r"[ \t]+$", "", ran.stdout, flags=re.MULTILINE)


def _cases() -> Iterator[object]:
    for document in DOCUMENTS:
        text = document.read_text()
        for number, (command, output) in enumerate(_shown_in(text)):
            # One worker runs the commands of a document, in order: some read what others have written.
            together = pytest.mark.xdist_group(document.name)
            yield pytest.param(command, output, id=f"{document.name}-{number}", marks=together)


def _shown_in(text: str) -> Iterator[tuple[str, str]]:
    for block in _FENCE.finditer(text):
        yield from _commands_of(block[1])
    for block in _MERMAID.finditer(text):
        yield block[1].removeprefix("$ "), block[2]


@pytest.mark.parametrize(("command", "output"), list(_cases()))
def test_a_command_prints_what_stands_below_it(command, output):
    if _is_for_people_to_run(command):
        assert output == ""
    else:
        assert _output_of(command) == output


def _is_for_people_to_run(command: str) -> bool:
    """Whether a command makes an environment, or needs a tool that is not ours."""
    return command.startswith(("make", "git", "pip", "docker", "python -m benchmarks"))


def _written_anew(text: str) -> str:
    def block(match: re.Match[str]) -> str:
        parts = [f"$ {command}\n{_new_output(command, output)}" for command, output in _commands_of(match[1])]
        return f"```console\n{''.join(parts)}```"

    def drawing(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n```mermaid\n{_output_of(match[1].removeprefix('$ '))}```"

    return _MERMAID.sub(drawing, _FENCE.sub(block, text))


def _new_output(command: str, output: str) -> str:
    return output if _is_for_people_to_run(command) else _output_of(command)


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(_written_anew(path.read_text()))
