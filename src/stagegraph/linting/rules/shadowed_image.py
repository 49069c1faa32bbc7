"""`shadowed-image`: a stage that has the name of an image which the file pulls."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.errors import Complaint
from stagegraph.linting.findings import Finding, RelatedPlace
from stagegraph.linting.labels import label_of
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.quoting import go_quote
from stagegraph.reference import parse_reference
from stagegraph.stages.references import EMPTY_IMAGE_NAME


def _find(subject: Subject) -> Iterator[Finding]:
    pulled: dict[str, Use] = {}
    for use in subject.uses:
        if use.meaning is None and use.name != EMPTY_IMAGE_NAME and not subject.is_context(use.name):
            pulled.setdefault(_short(use.name), use)
    for stage in subject.stages:
        name = stage.name or ""
        pull = pulled.get(name) if name else None
        if pull is not None:
            yield RULE.at(
                subject.place(stage.from_),
                f"the stage has the name of the image {go_quote(pull.name)} of line {subject.line_in_file(pull.line)}: "
                f"what {go_quote(name)} means depends on where it stands",
                stage=label_of(stage),
                related=(RelatedPlace("the image is pulled here", pull.span),) if pull.span is not None else (),
            )


def _short(name: str) -> str:
    """An image as short as it can be written, without the tag that is understood."""
    try:
        return parse_reference(name).familiar.removesuffix(":latest")
    except Complaint:
        return ""


RULE = Rule(
    "shadowed-image", "A stage named like an image that is also pulled", find=_find, page=page_of("shadowed-image")
)
