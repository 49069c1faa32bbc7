"""`mount-index`: a number in the `from` of a mount, which is the name of an image."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding
from stagegraph.linting.labels import label_of, with_line
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import as_index
from stagegraph.model.graph import EdgeKind


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        index = as_index(use.name)
        if (
            use.kind is EdgeKind.MOUNT
            and index is not None
            and use.meaning is None
            and not subject.is_context(use.name)
        ):
            meant = subject.stages[index] if 0 <= index < len(subject.stages) else None
            message = f"{use.shown} mounts an image called {use.name}: a mount knows stages by name alone"
            if meant is not None:
                message += f", and is not {with_line(meant, subject)}"
            related = subject.related(meant, f"stage {index}") if meant is not None else ()
            yield RULE.at(use.span, message, line=use.line, stage=label_of(use.stage), related=related)


RULE = Rule("mount-index", "A mount whose from is a number", find=_find, page=page_of("mount-index"))
