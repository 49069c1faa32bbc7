"""The names of the stages of a file, and which stage a name means to whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from stagegraph.stages.cutting import Stage
from stagegraph.values.letters import lower


class StageNames:
    """Finds stages by name; a name can be that of several."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self._by_name: dict[str, list[int]] = {}
        self._as_written: dict[str, list[int]] = {}
        for stage in stages:
            written = stage.from_.name_as_written
            if stage.name is not None:
                self._by_name.setdefault(stage.name, []).append(stage.index)
            self._as_written.setdefault(str(stage.index) if written is None else written, []).append(stage.index)

    def all(self, name: str) -> Sequence[int]:
        """Every stage of this name (in lower case), in the order of the file."""
        return self._by_name.get(name, ())

    def knows(self, name: str) -> bool:
        """Whether some builder calls a stage so, in whatever case; one without a name by its number."""
        return name in self._as_written or lower(name) in self._by_name

    def last(self, name: str) -> int | None:
        """The last stage of this name."""
        return self._by_name[name][-1] if name in self._by_name else None

    def before(self, name: str, index: int) -> int | None:
        """The nearest stage of this name before the stage `index`."""
        return _last_below(self._by_name.get(name, ()), index)

    def first_before(self, name: str, index: int) -> int | None:
        """The first stage of this name, if it stands before the stage `index`."""
        first = self._by_name[name][0] if name in self._by_name else index
        return first if first < index else None

    def written_before(self, name: str, index: int) -> int | None:
        """The nearest stage before `index` whose name is written so; a stage without a name has its number."""
        return _last_below(self._as_written.get(name, ()), index)


def _last_below(indices: Sequence[int], index: int) -> int | None:
    place = bisect_left(indices, index)
    return indices[place - 1] if place else None
