"""Scripts of a `RUN`: heredocs that name their own interpreter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from stagegraph.planning.operations import InlineItem

PIPES = "/dev/pipes"
"""The folder in which BuildKit puts the script."""


@contextmanager
def script_folder(script: InlineItem | None, folder: Path) -> Iterator[Mapping[str, str]]:
    """A folder that holds the script while the block runs, by path in the container; nothing without one."""
    if script is None:
        yield {}
        return
    with TemporaryDirectory(dir=folder) as place:
        file = Path(place) / script.name
        file.write_text(script.content, encoding="utf-8", errors="surrogateescape", newline="")
        file.chmod(script.mode)
        Path(place).chmod(0o755)
        yield {PIPES: f"{place}:ro"}
