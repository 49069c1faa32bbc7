"""A diagram in Mermaid's language, which GitHub and GitLab draw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stagegraph.diagrams import Line, Look

if TYPE_CHECKING:
    from stagegraph.diagrams import Box, Diagram

_BRACKETS = {
    Look.STAGE: ("(", ")"),
    Look.TARGET: ("([", "])"),
    Look.IMAGE: ("[(", ")]"),
    Look.CONTEXT: ("[/", "/]"),
    Look.SCRATCH: ("[(", ")]"),
    Look.STEP: ("[", "]"),
    Look.SKIPPED: ("(", ")"),
    Look.BUILDKIT_ONLY: ("(", ")"),
    Look.LEGACY_ONLY: ("(", ")"),
}
_ARROWS = {Line.SOLID: "-->", Line.DASHED: "-.->", Line.DOTTED: "-.->", Line.BOLD: "==>"}
_STYLES = {
    Look.SKIPPED: "fill:#ffffff,stroke:#9aa0a6,color:#9aa0a6,stroke-dasharray:4",
    Look.TARGET: "fill:#c6e7c8,stroke:#1e8e3e",
    Look.BUILDKIT_ONLY: "fill:#d9f0fd,stroke:#1a73e8,stroke-dasharray:4",
    Look.LEGACY_ONLY: "fill:#fde7d9,stroke:#e8710a,stroke-dasharray:4",
}
# What would end a quoted label or be read as markup; everything else stands for itself.
_ENTITIES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "\n": "<br/>", "`": "#96;"}


def mermaid(diagram: Diagram) -> str:
    """The diagram as a Mermaid flowchart; boxes get generated ids, so that no name can break it."""
    ids = {box.key: f"n{number}" for number, box in enumerate(diagram.boxes)}
    lines = [*_front_matter(diagram.caption), "flowchart LR"]
    groups: dict[str | None, list[Box]] = {}
    for box in diagram.boxes:
        groups.setdefault(box.group, []).append(box)
    for number, (title, boxes) in enumerate(groups.items()):
        indent = "  " if title is None else "    "
        if title is not None:
            lines.append(f'  subgraph g{number}["{_literal(title)}"]')
        lines += [f"{indent}{ids[box.key]}{_shape(box)}" for box in boxes]
        if title is not None:
            lines.append("  end")
    for arrow in diagram.arrows:
        label = f'|"{_literal(arrow.label)}"| ' if arrow.label else ""
        lines.append(f"  {ids[arrow.tail]} {_ARROWS[arrow.line]} {label}{ids[arrow.head]}")
    for look, style in _STYLES.items():
        members = ",".join(ids[box.key] for box in diagram.boxes if box.look is look)
        if members:
            lines += [f"  classDef {look.value} {style}", f"  class {members} {look.value}"]
    return "\n".join(lines) + "\n"


def _front_matter(caption: str) -> list[str]:
    """The caption as Mermaid has it: the title in a YAML head, where a JSON text is a text too."""
    title = json.dumps(" - ".join(caption.splitlines()).encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False)
    return ["---", f"title: {title}", "---"] if caption else []


def _shape(box: Box) -> str:
    opening, closing = _BRACKETS[box.look]
    return f'{opening}"{_literal(box.label)}"{closing}'


def _literal(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(_ENTITIES.get(character, character) for character in text)
