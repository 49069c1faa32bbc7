"""The benchmarks run: they measure, print and draw. How long anything takes is not looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.dom import minidom

import pytest

import stagegraph

ROOT = Path(__file__).parents[2]


def _benchmarks(*arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks", "--quick", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_tables_and_plot_are_written(tmp_path):
    document = tmp_path / "benchmarks.md"
    document.write_text("before\n<!-- tables: begin -->\nold\n<!-- tables: end -->\nafter\n")
    printed = _benchmarks("--only", "planning", "--write", str(document))
    written = document.read_text()
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "old" not in written
    assert "| realistic | dockerfile (Go)" in written
    assert "### Text to BuildKit plan" in printed


def test_a_machine_that_is_slower_in_some_rounds_changes_no_ratio(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.measuring import Rounds

    rounds = Rounds(((2.0, 20.0, 6.0), (1.0, 10.0, 3.0)))
    assert rounds.seconds == [6.0, 3.0]
    assert (rounds.ratio(0, 1), rounds.ratio(1, 0)) == (2.0, 0.5)
    assert Rounds(((2.0, 2.0, 60.0), (1.0, 1.0, 3.0))).ratio(0, 1) == 2.0  # one disturbed round does not count


def test_the_plot_is_well_formed():
    minidom.parse(str(ROOT / "docs/benchmarks.svg"))  # noqa: S318 - our own file


def test_realistic_texts_are_of_realistic_size_and_can_be_planned():
    texts = sorted((ROOT / "benchmarks/texts").glob("*.Dockerfile"))
    assert len(texts) >= 12
    for path in texts:
        assert 20 <= path.read_text().count("\n") <= 510
        assert stagegraph.plan(path).steps
