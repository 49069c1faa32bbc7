import shutil
import subprocess

import pytest

import stagegraph
from stagegraph.diagrams import Look
from stagegraph.rendering.graph_diagram import comparison_diagram, graph_diagram

DOT = shutil.which("dot")
TWICE = "FROM alpine AS a\nRUN 1\nFROM busybox AS a\nRUN 2\n"


def boxes(text, **options):
    diagram = graph_diagram(stagegraph.graph(text, **options), stagegraph.compare(text, **options))
    return {box.label: box.look for box in diagram.boxes}


def test_every_stage_says_who_runs_it(seed):
    assert boxes(seed + "FROM base AS last\n", target="stage2") == {
        "base\nrun by both builders": Look.STAGE,
        "stage1\nrun only by the legacy builder": Look.LEGACY_ONLY,
        "stage2\nrun by both builders": Look.TARGET,
        "last\nskipped by both builders": Look.SKIPPED,
        "docker.io/library/ubuntu:latest": Look.IMAGE,
    }


def test_the_builders_can_run_different_stages_of_one_name():
    text = TWICE + "FROM a\n"
    diagram = graph_diagram(stagegraph.graph(text, target="a", builder="legacy"), stagegraph.compare(text, target="a"))
    assert [(box.label, box.look) for box in diagram.boxes[:3]] == [
        ("a\nrun only by the legacy builder", Look.TARGET),
        ("a\nrun only by BuildKit", Look.BUILDKIT_ONLY),
        ("stage-2\nskipped by both builders", Look.SKIPPED),
    ]


def test_where_a_builder_fails_only_the_other_is_named(web):
    assert boxes(web) == {
        "tools\nrun by BuildKit": Look.STAGE,
        "build\nrun by BuildKit": Look.STAGE,
        "test\nskipped": Look.SKIPPED,
        "final\nrun by BuildKit": Look.TARGET,
        "docker.io/library/alpine:latest": Look.IMAGE,
        "docker.io/library/golang:1.21": Look.IMAGE,
        "context": Look.CONTEXT,
        "scratch": Look.SCRATCH,
        "docker.io/library/nginx:latest": Look.IMAGE,
    }


def test_the_caption_says_what_either_builder_does(seed):
    diagram = comparison_diagram(stagegraph.compare(seed, target="stage2"))
    assert diagram.caption == (
        "target stage2\nBuildKit runs 2 of 3 stages, 3 steps\nThe legacy builder runs 3 of 3 stages, 6 steps"
    )


def test_the_caption_says_why_a_builder_fails():
    diagram = comparison_diagram(stagegraph.compare("FROM a\nCOPY --chmod=1 x y\n"))
    assert diagram.caption.splitlines()[2:] == [
        "The legacy builder fails: the --chmod option requires BuildKit. Refer to",
        "https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled",
    ]


def test_where_only_the_legacy_builder_has_a_plan_its_graph_is_drawn():
    diagram = comparison_diagram(stagegraph.compare("FROM alpine AS t\nFROM $NOPE\n", target="t"))
    assert [box.label for box in diagram.boxes] == [
        "t\nrun by the legacy builder",
        "stage-1\nskipped",
        "docker.io/library/alpine:latest",
    ]
    assert diagram.caption.splitlines()[1] == "BuildKit fails: base name ($NOPE) should not be blank"


def test_where_neither_has_a_plan_the_boxes_say_why():
    diagram = comparison_diagram(stagegraph.compare("FROM alpine\nRUNN x\n"))
    assert [box.label for box in diagram.boxes] == [
        "BuildKit fails: unknown instruction: RUNN (did you mean RUN?)",
        "The legacy builder fails: unknown instruction: RUNN (did you mean RUN?)",
    ]


def test_the_edges_are_those_of_the_graph(web):
    graph = stagegraph.graph(web)
    assert graph_diagram(graph, stagegraph.compare(web)).arrows == graph.diagram().arrows


@pytest.mark.skipif(DOT is None, reason="Graphviz (dot) is not installed")
@pytest.mark.parametrize("text", ["FROM scratch\n", "FROM alpine\nRUNN x\n", 'FROM a\nRUN "x\\n" \\\n {|<>}\n', TWICE])
def test_dot_accepts_it(text):
    source = comparison_diagram(stagegraph.compare(text)).to_dot()
    done = subprocess.run([str(DOT), "-Tsvg"], input=source.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
