"""Diagrams in Mermaid's language."""

from __future__ import annotations

import pytest

from stagegraph.diagrams import Arrow, Box, Diagram, Line, Look


def test_boxes_and_arrows() -> None:
    diagram = Diagram(
        "name",
        (
            Box("a", "A", Look.STAGE, group="G"),
            Box("b", "B", Look.TARGET, group="G"),
            Box("c", "C", Look.SKIPPED),
            Box("d", "D", Look.IMAGE),
            Box("e", "E", Look.CONTEXT),
            Box("f", "F", Look.STEP),
        ),
        (
            Arrow("a", "b", "base", Line.SOLID),
            Arrow("c", "a", "copy", Line.DASHED),
            Arrow("d", "a", "mount", Line.DOTTED),
            Arrow("e", "f", "", Line.BOLD),
        ),
    )
    assert diagram.to_mermaid() == (
        "flowchart LR\n"
        '  subgraph g0["G"]\n'
        '    n0("A")\n'
        '    n1(["B"])\n'
        "  end\n"
        '  n2("C")\n'
        '  n3[("D")]\n'
        '  n4[/"E"/]\n'
        '  n5["F"]\n'
        '  n0 --> |"base"| n1\n'
        '  n2 -.-> |"copy"| n0\n'
        '  n3 -.-> |"mount"| n0\n'
        "  n4 ==> n5\n"
        "  classDef skipped fill:#ffffff,stroke:#9aa0a6,color:#9aa0a6,stroke-dasharray:4\n"
        "  class n2 skipped\n"
        "  classDef target fill:#c6e7c8,stroke:#1e8e3e\n"
        "  class n1 target\n"
    )


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ('a"b', "a#quot;b"),
        ("a#b;", "a#35;b;"),
        ("<b>&amp;</b>", "#lt;b#gt;#amp;amp;#lt;/b#gt;"),
        ("a\nb", "a<br/>b"),
        ("`a`", "#96;a#96;"),
        ("end ü ]])} -->", "end ü ]])} --#gt;"),
    ],
)
def test_a_label_means_nothing_but_itself(label: str, written: str) -> None:
    diagram = Diagram("d", (Box("a", label, Look.STEP, label), Box("b", "b", Look.STEP)), (Arrow("a", "b", label),))
    lines = diagram.to_mermaid().splitlines()
    assert lines[1:3] == [f'  subgraph g0["{written}"]', f'    n0["{written}"]']
    assert f'  n0 --> |"{written}"| n1' in lines


def test_a_label_can_be_written_to_a_file() -> None:
    """A byte that is no UTF-8 must not break the encoding of the whole."""
    Diagram("d", (Box("a", "x\udcff", Look.STEP),), ()).to_mermaid().encode("utf-8")


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("a plan", '"a plan"'),
        ("one\ntwo", '"one - two"'),
        ('he said: "x" \\ #', '"he said: \\"x\\" \\\\ #"'),
        ("é\udcff", '"é?"'),
    ],
)
def test_the_caption_is_the_title(caption: str, title: str) -> None:
    text = Diagram("d", (Box("a", "A", Look.STEP),), (), caption).to_mermaid()
    assert text.startswith(f"---\ntitle: {title}\n---\nflowchart LR\n")
