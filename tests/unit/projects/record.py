"""Writes `expected.json` of every case anew: what buildx itself says of its files.

    python tests/unit/projects/record.py path/to/buildx

Needs buildx (0.30 or newer), no engine. The answers are to be read with git diff.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def record(case: Path, buildx: str) -> None:
    listed = case / "files"
    files = [argument for name in listed.read_text().split() for argument in ("-f", name)] if listed.exists() else []
    given = case / "environment.json"
    environment = json.loads(given.read_text()) if given.exists() else {}
    answer = subprocess.run(
        [buildx, "bake", *files, "--print", "*"],
        cwd=case,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        sys.exit(f"{case.name}: {answer.stderr}")
    targets = json.loads(answer.stdout)["target"]
    (case / "expected.json").write_text(json.dumps(targets, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    for directory in sorted(CASES.iterdir()):
        record(directory, sys.argv[1])
