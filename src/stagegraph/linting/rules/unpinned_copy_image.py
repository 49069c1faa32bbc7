"""`unpinned-copy-image`: an image that is copied from, without a tag or a digest."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.errors import Complaint
from stagegraph.linting.findings import Finding
from stagegraph.linting.labels import label_of
from stagegraph.linting.official_images import OFFICIAL_IMAGES
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.reference import parse_reference


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        if use.kind is EdgeKind.COPY and use.meaning is None and use.index is None and _is_unpinned_image(use, subject):
            yield RULE.at(
                use.span,
                f"{use.shown} is whatever image has the tag latest on the day of the build; say a tag or a digest",
                line=use.line,
                stage=label_of(use.stage),
            )


def _is_unpinned_image(use: Use, subject: Subject) -> bool:
    """Whether it is surely an image, and no named context: a bare word is one if Docker has it."""
    if subject.is_context(use.name):
        return False
    try:
        reference = parse_reference(use.name)
    except Complaint:
        return False
    if reference.tag is not None or reference.digest is not None:
        return False
    return "/" in use.name or use.name in OFFICIAL_IMAGES


RULE = Rule(
    "unpinned-copy-image",
    "A COPY --from an image without tag or digest",
    find=_find,
    page=page_of("unpinned-copy-image"),
)
