"""Whatever the files say, reading them gives a project: files of the recorded cases, damaged in every way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stagegraph.projects import Project, read_project, targets_of

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*") if path.suffix in (".hcl", ".json", ".yaml", ".env"))
FILES = [path for path in FILES if path.name not in ("expected.json", "environment.json")]
PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "${",
    "$",
    "\n",
    " ",
    "\t",
    "<<E\n",
    "&a ",
    "*a",
    "- ",
    ": ",
    "=",
    "\\",
    "%{",
    "\0",
    "é",
]


def _damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text) + 1)
        cut = chance.choice([0, 0, 1, 5, 40])
        text = text[:place] + chance.choice([*PIECES, "", text[place : place + 30] * 2]) + text[place + cut :]
    return text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_a_damaged_file_is_read_or_unknown(path, tmp_path):
    chance = random.Random(path.as_posix().rpartition("cases")[2])  # noqa: S311 -- the same damage every time
    name = ".env" if path.suffix == ".env" or path.name == ".env" else f"x{path.suffix}"
    (tmp_path / "compose.yaml").write_text("services: {a: {build: {target: '${A}'}}}\n")
    for _ in range(12):
        (tmp_path / name).write_text(_damaged(path.read_text(), chance))
        found = read_project(tmp_path, files=["compose.yaml"] if name == ".env" else [name])
        assert isinstance(found, Project)
        for target in found.targets:
            if target.dockerfile is not None:
                assert target in targets_of(found, target.dockerfile).targets
        for unknown in found.unknowns:
            lines = unknown.origin.path.read_text().count("\n") + 1
            assert 1 <= unknown.origin.line <= lines
