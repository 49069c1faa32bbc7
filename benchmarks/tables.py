"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Sequence


class Table:
    """A table that grows by rows, and prints each as it is added."""

    def __init__(self, title: str, heads: Sequence[str]) -> None:
        self.title = title
        self._heads = tuple(heads)
        self._rows: list[tuple[str, ...]] = []
        print(f"\n### {title}\n\n{_row(self._heads)}\n{self._rule()}", flush=True)

    def add(self, *cells: str) -> None:
        """Adds a row."""
        self._rows.append(cells)
        print(_row(cells), flush=True)

    def markdown(self) -> str:
        """The whole table under its title."""
        return "\n".join((f"### {self.title}", "", _row(self._heads), self._rule(), *map(_row, self._rows))) + "\n"

    def _rule(self) -> str:
        return "|" + " --- |" * len(self._heads)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def milliseconds(seconds: float) -> str:
    """A duration, with as many digits as mean something."""
    value = seconds * 1000
    digits = next((digits for least, digits in ((100, 0), (1, 1)) if value >= least), 2)
    return f"{value:.{digits}f}"


def ratio(value: float) -> str:
    """What a row is about."""
    return f"**{value:.2f}**"
