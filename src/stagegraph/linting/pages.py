"""The pages of the rules: the package has them, a source tree keeps them in `docs/rules`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path


def page_of(rule: str) -> Callable[[], str]:
    """A function that reads the page of one of stagegraph's own rules."""

    def read() -> str:
        packaged = files("stagegraph.linting").joinpath("pages", f"{rule}.md")
        if packaged.is_file():
            return packaged.read_text(encoding="utf-8")
        return (Path(__file__).parents[3] / "docs" / "rules" / f"{rule}.md").read_text(encoding="utf-8")

    return read
