"""A program `docker` that is none: it answers as a test says, and keeps a record of what it was asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

_PROGRAM = """\
#!{python} -IS
import json, os, pathlib, signal, sys
folder = pathlib.Path({folder!r})
words = sys.argv[1:]
record = {{"words": words, "variables": dict(os.environ), "input": sys.stdin.read() if "build" in words else ""}}
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(record) + "\\n")
for answer in json.loads((folder / "answers").read_text()):
    if words[: len(answer["words"])] == answer["words"]:
        for word in words:
            if answer["image"] and word.startswith("--iidfile="):
                pathlib.Path(word.partition("=")[2]).write_text(answer["image"])
        def interrupted(*_):
            (folder / "interrupted").touch()
            sys.exit(answer["code"])
        if answer["waits"]:
            signal.signal(signal.SIGINT, interrupted)
        sys.stdout.write(answer["output"])
        sys.stdout.flush()
        sys.stderr.write(answer["error"])
        sys.stderr.flush()
        while answer["waits"]:
            signal.pause()
        sys.exit(answer["code"])
sys.exit("unknown command")
"""


@attrs.frozen
class Call:
    """What it was asked."""

    words: list[str]
    variables: Mapping[str, str]
    input: str


class FakeDocker:
    """The program, which stands in a folder; an answer that is given later comes before those given earlier."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "docker"
        self.program.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder)))
        self.program.chmod(0o755)
        self._answers: list[Mapping[str, object]] = []

    def answer(
        self,
        *words: str,
        output: str = "",
        error: str = "",
        code: int = 0,
        image: str = "",
        waits: bool = False,
    ) -> None:
        """What it does when its words begin so; with `waits` it goes on until it is interrupted."""
        said = {"words": words, "output": output, "error": error, "code": code, "image": image, "waits": waits}
        self._answers.insert(0, said)
        (self.folder / "answers").write_text(json.dumps(self._answers))

    def calls(self, *words: str) -> Sequence[Call]:
        """The calls whose words begin so, in order."""
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        calls = [Call(**json.loads(line)) for line in lines]
        return [call for call in calls if call.words[: len(words)] == list(words)]
