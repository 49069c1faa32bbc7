"""The sets of Dockerfiles that are read."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def conformance() -> list[str]:
    """Every Dockerfile of the conformance sets, once."""
    lines = (line for path in sorted((ROOT / "tests/conformance").glob("*.jsonl")) for line in path.open())
    return list(dict.fromkeys(json.loads(line)["dockerfile"] for line in lines))


def realistic() -> list[str]:
    """Dockerfiles of the shapes that people write."""
    return [path.read_text() for path in sorted((HERE / "texts").glob("*.Dockerfile"))]


SETS = {"conformance": conformance, "realistic": realistic}
