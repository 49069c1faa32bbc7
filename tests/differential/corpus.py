"""The recorded Dockerfiles: those that the builders were asked about."""

from __future__ import annotations

import json
from pathlib import Path

TESTS = Path(__file__).parents[1]
KINDS = ("buildkit", "images", "contexts", "legacy", "checks")


def recorded_dockerfiles() -> list[str]:
    """Every Dockerfile of the conformance sets, each once."""
    files = [path for kind in KINDS if (path := TESTS / "conformance" / f"{kind}.jsonl").exists()]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(json.loads(line)["dockerfile"] for line in lines))
