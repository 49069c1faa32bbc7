"""Links between the documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def _prose(document: Path) -> str:
    return _FENCE.sub("", document.read_text())


def _anchors(document: Path) -> set[str]:
    """The anchors of the headings, as the usual hosts make them."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_prose(document)))
    return {heading.strip().replace(" ", "-") for heading in kept}


def _links() -> list[tuple[Path, str]]:
    return [(document, link) for document in DOCUMENTS for link in _LINK.findall(_prose(document))]


@pytest.mark.parametrize(("document", "link"), _links(), ids=lambda value: getattr(value, "name", value))
def test_a_link_leads_somewhere(document, link):
    if link.startswith("https://"):
        return
    path, _, anchor = link.partition("#")
    goal = (document.parent / path).resolve() if path else document
    assert goal.exists()
    assert goal.is_relative_to(ROOT)
    if anchor:
        assert anchor in _anchors(goal)


def test_every_document_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in reached:
            continue
        reached.add(document)
        for link in _LINK.findall(_prose(document)):
            goal = (document.parent / link.partition("#")[0]).resolve()
            if goal.suffix == ".md" and goal.exists():
                waiting.append(goal)
    assert set(DOCUMENTS) <= reached
