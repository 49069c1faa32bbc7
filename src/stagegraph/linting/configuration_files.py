"""Where a configuration stands: `stagegraph.toml`, or `[tool.stagegraph]` in `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import cast

from stagegraph.errors import InputError, system_reason
from stagegraph.linting.configuration import LintConfiguration, read_configuration

OWN_FILE = "stagegraph.toml"
SHARED_FILE = "pyproject.toml"


def find_configuration(folder: Path) -> tuple[LintConfiguration, Path] | None:
    """The configuration for `folder`, and the folder it stands in: the nearest upwards; None if there is none.

    Raises:
        InputError: the file cannot be read, or says what it cannot.
    """
    for place in (folder.absolute(), *folder.absolute().parents):
        for name in (OWN_FILE, SHARED_FILE):
            path = place / name
            configuration = load_configuration(path) if path.is_file() else None
            if configuration is not None:
                return configuration, place
    return None


def load_configuration(path: Path) -> LintConfiguration | None:
    """The configuration in a file; None for a `pyproject.toml` without one.

    Raises:
        InputError: see `find_configuration`.
    """
    table = _read(path)
    if path.name != SHARED_FILE:
        return read_configuration(table, str(path))
    tools = table.get("tool")
    ours = cast("dict[str, object]", tools).get("stagegraph") if isinstance(tools, dict) else None
    if ours is None:
        return None
    if not isinstance(ours, dict):
        raise InputError(f"{path}: tool.stagegraph must be a table")
    return read_configuration(cast("dict[str, object]", ours), f"{path}: tool.stagegraph")


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InputError(f"{path}: {system_reason(fault)}") from None
    except ValueError as fault:
        raise InputError(f"{path}: {fault}") from None
