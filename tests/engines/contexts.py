"""A build context in which a recorded Dockerfile finds what it copies."""

from __future__ import annotations

import re
from pathlib import Path

from .recorded import Build

_WILDCARD = re.compile(r"\[[^]]*\]|[*?]")


def make_context(build: Build, directory: Path) -> None:
    """Makes every file and folder that the build copies from its context, and `src`, which mounts want."""
    (directory / "src").mkdir(parents=True)
    (directory / "src/file").write_text("src\n", encoding="utf-8")
    for _, copy in build.copies():
        for source in copy.sources if not copy.from_ else ():
            _make(directory, _WILDCARD.sub("x", source).lstrip("/"))
    (directory / "Dockerfile").write_text(build.dockerfile, encoding="utf-8", newline="")


def _make(directory: Path, source: str) -> None:
    path = directory / source
    if source.endswith("/"):
        path.mkdir(parents=True, exist_ok=True)
        (path / "file").write_text(f"{source}\n", encoding="utf-8")
    elif not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{source}\n", encoding="utf-8")
