"""Diagrams in Graphviz's language."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import stagegraph
from stagegraph.diagrams import Arrow, Box, Diagram, Line, Look

DOT = shutil.which("dot")
GOLDEN = Path(__file__).parents[2] / "golden"
NASTY = 'a"b\\n <b>&amp;</b> \\N {|} \n ü \udcff ]];--> end\\'


def accepted(source: str) -> str:
    """What `dot` makes of a source: the same graph in a plain form."""
    assert DOT is not None
    content = source.encode("utf-8")
    return subprocess.run([DOT, "-Tplain"], input=content, check=True, capture_output=True).stdout.decode()


def test_boxes_and_arrows() -> None:
    diagram = Diagram(
        "name",
        (Box("a", "A", Look.STAGE, group="G"), Box("b", "B", Look.TARGET, group="G"), Box("c", "C", Look.SKIPPED)),
        (Arrow("a", "b", "base", Line.SOLID), Arrow("c", "a", line=Line.DASHED)),
        caption="below",
    )
    assert diagram.to_dot().replace("\t", "") == (
        "digraph name {\n"
        "graph [fontname=Helvetica rankdir=LR]\n"
        "node [fontname=Helvetica fontsize=11]\n"
        "edge [fontname=Helvetica fontsize=9]\n"
        "label=below labelloc=b\n"
        "subgraph cluster_0 {\n"
        'color="#9aa0a6" label=G style=rounded\n'
        'n0 [label=A fillcolor="#e8f0fe" shape=box style="rounded,filled"]\n'
        'n1 [label=B fillcolor="#c6e7c8" shape=box style="rounded,filled,bold"]\n'
        "}\n"
        'n2 [label=C color="#9aa0a6" fontcolor="#9aa0a6" shape=box style="rounded,dashed"]\n'
        "n0 -> n1 [label=base style=solid]\n"
        'n2 -> n0 [label="" style=dashed]\n'
        "}\n"
    )


@pytest.mark.skipif(DOT is None, reason="graphviz is not installed")
@pytest.mark.parametrize("place", ["label", "group", "caption", "arrow", "key"])
def test_whatever_stands_in_a_name_the_graph_is_the_same(place: str) -> None:
    """It neither ends a string nor becomes markup."""
    texts = {name: NASTY if name == place else "x" for name in ("label", "group", "caption", "arrow", "key")}
    plain = accepted(_diagram(**texts).to_dot())
    assert plain.count("\nnode n") == 2
    assert plain.count("\nedge n0 n1 ") == 1


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ('a"b', '"a\\"b"'),
        ("a\\b", '"a\\\\b"'),
        ("\\N", '"\\\\N"'),
        ("<b>a</b>", '"<b>a</b>"'),
        ("<>", '"<>"'),
        ("edge", '"edge"'),
        ("x\udcff", '"x?"'),
    ],
)
def test_a_label_means_nothing_but_itself(label: str, written: str) -> None:
    assert f"n0 [label={written} " in Diagram("d", (Box("a", label, Look.STEP),), ()).to_dot()


def _diagram(label: str, group: str, caption: str, arrow: str, key: str) -> Diagram:
    boxes = (Box(key, label, Look.IMAGE, group), Box("other", "o", Look.CONTEXT))
    return Diagram("d", boxes, (Arrow(key, "other", arrow, Line.BOLD),), caption)


@pytest.mark.parametrize("look", list(Look))
def test_every_look_is_drawn(look: Look) -> None:
    source = Diagram("d", (Box("a", "A", look),), ()).to_dot()
    assert "n0 [label=A" in source
    assert "shape=" in source


@pytest.mark.skipif(DOT is None, reason="graphviz is not installed")
@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/graph.dot")), ids=lambda path: path.parent.name)
def test_dot_accepts_the_graphs_of_all_golden_cases(path: Path) -> None:
    assert accepted(path.read_text(encoding="utf-8")).startswith("graph ")


@pytest.mark.skipif(DOT is None, reason="graphviz is not installed")
@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_dot_accepts_plans(builder: str) -> None:
    text = 'FROM alpine AS a\nRUN echo "<b>\\n" \\N ü\nFROM alpine AS dead\nFROM a\nCOPY --from=nginx x y\n'
    plan = stagegraph.plan(text, builder=builder)
    plain = accepted(plan.to_dot())
    skipped = sum(not stage.executed for stage in plan.stages)
    assert plain.count("\nnode ") == len(plan.steps) + skipped
    assert plain.count("\nedge ") == sum(len(step.inputs) for step in plan.steps)
