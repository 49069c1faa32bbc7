"""Golden cases: each folder here is a Dockerfile and everything that stagegraph makes of it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GOLDEN = runpy.run_path(str(HERE / "regenerate.py"))
CASES = GOLDEN["cases"]()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    """What is made now is what stands in the folder: the same files, the same text."""
    expected = (path for path in case.iterdir() if path.name not in GOLDEN["GIVEN"])
    wanted = {path.name: path.read_text(encoding="utf-8") for path in expected}
    made = GOLDEN["files_of"](case)
    assert sorted(made) == sorted(wanted)
    for name, text in made.items():
        assert text == wanted[name], f"{case.name}/{name}: see tests/golden/README.md for how to write it anew"


def test_every_folder_is_a_case() -> None:
    folders = {path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))}
    assert folders == set(CASES)
    assert {path.name for case in CASES for path in case.iterdir()} <= {
        *GOLDEN["GIVEN"],
        *("tree.txt", "stages.txt", "graph.dot"),
        *("plan.buildkit.txt", "error.buildkit.txt", "plan.legacy.txt", "error.legacy.txt"),
    }
