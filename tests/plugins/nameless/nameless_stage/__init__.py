"""`nameless-stage`: a stage without a name, among several."""

from collections.abc import Iterator
from importlib.resources import files

import stagegraph


def _find(subject: stagegraph.Subject) -> Iterator[stagegraph.Finding]:
    for stage in subject.stages[:-1]:
        if stage.name is None:
            end = stage.from_.places.words[-1].end if stage.from_.places is not None else 0
            name = stagegraph.Edit(end, end, f" AS stage{stage.index}")
            yield RULE.at(
                subject.place(stage.from_),
                "give the stage a name",
                stage=stage.index,
                fix=stagegraph.Fix("give it one", (name,)) if end else None,
            )


def _page() -> str:
    return files(__name__).joinpath("nameless-stage.md").read_text(encoding="utf-8")


RULE = stagegraph.Rule(
    "nameless-stage",
    "A stage without a name, among several",
    stagegraph.Severity.INFO,
    find=_find,
    page=_page,
    url="https://example.com/rules/nameless-stage",
)
