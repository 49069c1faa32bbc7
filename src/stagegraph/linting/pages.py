"""The pages of the rules: the package has them, a source tree keeps them in `docs/rules`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def page_of(rule: str) -> Callable[[], str]:
    """A function that reads the page of one of stagegraph's own rules."""

    def read() -> str:
        page = file_of_page(rule)
        return page.read_text(encoding="utf-8") if page is not None else ""

    return read


def file_of_page(rule: str) -> Traversable | None:
    """Where the page of one of stagegraph's own rules is; None for another rule."""
    in_source_tree = Path(__file__).parents[3] / "docs" / "rules"
    for folder in (files("stagegraph.linting").joinpath("pages"), in_source_tree):
        page = folder.joinpath(f"{rule}.md")
        if page.is_file():
            return page
    return None
