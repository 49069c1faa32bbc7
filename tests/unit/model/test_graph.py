"""The stage graph: its edges, and the answer to each question."""

from __future__ import annotations

import networkx as nx
import pytest

import stagegraph
from stagegraph import Edge, EdgeKind, ResolutionError, Stage, StageGraph

# Six stages: `build` and `test` upon `base`, the last copies from both and mounts `tools`; `dead` is needed by none.
TEXT = """\
FROM golang AS base
FROM base AS build
RUN --mount=type=cache,target=/c go build
FROM base AS test
COPY --from=build /out /out
FROM alpine:3.19 AS tools
FROM tools AS dead
COPY . .
FROM scratch
COPY --from=build /out /out
COPY --from=test /report /report
COPY --from=nginx /etc/nginx /nginx
RUN --mount=from=tools,target=/t --mount=target=/ctx ls
"""
ALPINE, GOLANG, NGINX = (
    "docker.io/library/alpine:3.19",
    "docker.io/library/golang:latest",
    "docker.io/library/nginx:latest",
)
RING = "FROM a AS x\nCOPY --from=z p q\nFROM a AS y\nCOPY --from=x p q\nFROM y AS z\n"


@pytest.fixture(scope="module")
def graph() -> StageGraph:
    return stagegraph.graph(TEXT)


def names(stages: tuple[Stage, ...]) -> list[str]:
    return [stage.display_name for stage in stages]


def shown(edges: tuple[Edge, ...]) -> list[tuple[object, int, str, int | None]]:
    return [(edge.source, edge.consumer, edge.kind.value, edge.line) for edge in edges]


def test_edges_have_a_kind_and_a_line(graph: StageGraph) -> None:
    assert shown(graph.edges) == [
        (GOLANG, 0, "base", 1),
        (0, 1, "base", 2),
        (0, 2, "base", 4),
        (1, 2, "copy", 5),
        (ALPINE, 3, "base", 6),
        (3, 4, "base", 7),
        ("context", 4, "copy", 8),
        ("scratch", 5, "base", 9),
        (1, 5, "copy", 10),
        (2, 5, "copy", 11),
        (NGINX, 5, "copy", 12),
        (3, 5, "mount", 13),
        ("context", 5, "mount", 13),
    ]
    assert [edge.instruction.name for edge in graph.edges[-3:]] == ["COPY", "RUN", "RUN"]


def test_several_edges_may_join_two_stages() -> None:
    graph = stagegraph.graph("FROM a AS b\nFROM b\nCOPY --from=b x y\nCOPY --from=0 x z\n")
    assert shown(graph.edges)[1:] == [(0, 1, "base", 2), (0, 1, "copy", 3), (0, 1, "copy", 4)]
    assert graph.network.number_of_edges(0, 1) == 3


def test_the_edges_of_triggers() -> None:
    graph = stagegraph.graph(
        "FROM a AS src\nFROM a AS base\n"
        "ONBUILD COPY --from=src x y\nONBUILD RUN --mount=from=nginx,target=/n z\nFROM base\n"
    )
    assert shown(graph.edges) == [
        ("docker.io/library/a:latest", 0, "base", 1),
        ("docker.io/library/a:latest", 1, "base", 2),
        (1, 2, "base", 5),
        (0, 2, "onbuild", 5),
        (NGINX, 2, "onbuild", 5),
    ]


@pytest.mark.parametrize(
    ("mount", "edges"),
    [
        ("target=/m", [("context", True)]),
        ("type=bind,target=/m", [("context", True)]),
        ("type=cache,target=/m", []),
        ("type=cache,from=a,target=/m", [(0, True)]),
        ("from=a,target=/m", [(0, True)]),
        ("type=tmpfs,from=a,target=/m", [(0, False)]),
        ("type=ssh,from=a", [(0, False)]),
        ("type=tmpfs,target=/m", []),
        ("type=secret,id=s", []),
    ],
)
def test_the_edges_of_mounts_say_whether_anything_is_read(mount: str, edges: list[tuple[object, bool]]) -> None:
    graph = stagegraph.graph(f"FROM x AS a\nFROM y\nRUN --mount={mount} z\n")
    assert [(edge.source, edge.read) for edge in graph.edges if edge.kind is EdgeKind.MOUNT] == edges


@pytest.mark.parametrize(
    ("sources", "from_context"),
    [
        ("a", True),
        ("https://x/y", False),
        ("https://x/y a", True),
        ("https://github.com/moby/moby.git", False),
        ("<<E\nE", False),
    ],
)
def test_what_comes_from_the_build_context(sources: str, from_context: bool) -> None:
    head, _, body = sources.partition("\n")
    graph = stagegraph.graph(f"FROM a\nADD {head} /d/\n{body}\n")
    assert ("context" in graph.network) is from_context


def test_the_network_is_a_frozen_multigraph(graph: StageGraph) -> None:
    network = graph.network
    assert isinstance(network, nx.MultiDiGraph)
    assert nx.is_frozen(network)
    with pytest.raises(nx.NetworkXError, match="rozen graph can't be modified"):
        network.add_node(7)
    assert set(network) == {0, 1, 2, 3, 4, 5, GOLANG, ALPINE, NGINX, "scratch", "context"}
    assert network.nodes[1]["stage"] is graph.stages[1]
    assert [data["edge"] for _, _, data in network.edges(1, data=True)] == [
        edge for edge in graph.edges if edge.source == 1
    ]


def test_stages_and_target(graph: StageGraph) -> None:
    assert names(graph.stages) == ["base", "build", "test", "tools", "dead", "stage-5"]
    assert graph.target is graph.stages[5]
    assert stagegraph.graph(TEXT, target="TEST").target.index == 2


@pytest.mark.parametrize(("name", "index"), [("base", 0), ("BASE", 0), (3, 3), ("3", 3), ("stage-5", 5), (0, 0)])
def test_a_stage_by_name_or_index(graph: StageGraph, name: str | int, index: int) -> None:
    assert graph.stage(name) is graph.stages[index]


def test_of_several_stages_of_a_name_the_last_counts() -> None:
    assert stagegraph.graph("FROM a AS x\nFROM b AS x\n").stage("x").index == 1


@pytest.mark.parametrize(
    ("name", "message", "suggestion"),
    [
        ("biuld", 'there is no stage "biuld"', "build"),
        ("nothing", 'there is no stage "nothing"', None),
        (6, "there is no stage 6; the last one is 5", None),
        ("17", "there is no stage 17; the last one is 5", None),
        (-1, "there is no stage -1; the last one is 5", None),
    ],
)
def test_no_such_stage(graph: StageGraph, name: str | int, message: str, suggestion: str | None) -> None:
    with pytest.raises(ResolutionError) as caught:
        graph.stage(name)
    assert (caught.value.message, caught.value.suggestion) == (message, suggestion)


@pytest.mark.parametrize(
    ("stage", "needs"),
    [
        ("base", {GOLANG}),
        ("build", {0, GOLANG}),
        ("test", {0, 1, GOLANG}),
        ("dead", {3, ALPINE, "context"}),
        (5, {0, 1, 2, 3, GOLANG, ALPINE, NGINX, "scratch", "context"}),
    ],
)
def test_needs(graph: StageGraph, stage: str | int, needs: set[str | int]) -> None:
    assert graph.needs(stage) == needs
    assert graph.needs(graph.stage(stage)) == needs


@pytest.mark.parametrize(
    ("stage", "needed_by"),
    [
        ("base", ["build", "test", "stage-5"]),
        ("build", ["test", "stage-5"]),
        ("tools", ["dead", "stage-5"]),
        ("dead", []),
        ("stage-5", []),
    ],
)
def test_needed_by(graph: StageGraph, stage: str, needed_by: list[str]) -> None:
    assert names(graph.needed_by(stage)) == needed_by


def test_paths_the_shortest_first(graph: StageGraph) -> None:
    assert [shown(path) for path in graph.paths("base", 5)] == [
        [(0, 1, "base", 2), (1, 5, "copy", 10)],
        [(0, 2, "base", 4), (2, 5, "copy", 11)],
        [(0, 1, "base", 2), (1, 2, "copy", 5), (2, 5, "copy", 11)],
    ]
    assert list(graph.paths("dead", 5)) == []
    assert list(graph.paths(5, "base")) == []


def test_why(graph: StageGraph) -> None:
    assert shown(graph.why("base")) == [(0, 1, "base", 2), (1, 5, "copy", 10)]
    assert shown(graph.why("base", "test")) == [(0, 2, "base", 4)]
    assert graph.why("dead") == ()


@pytest.mark.parametrize(
    ("targets", "dead"),
    [
        (None, ["dead"]),
        (["stage-5"], ["dead"]),
        (["test"], ["tools", "dead", "stage-5"]),
        (["test", "dead"], ["stage-5"]),
        (["dead", 5], []),
        ([], ["base", "build", "test", "tools", "dead", "stage-5"]),
    ],
)
def test_dead_stages(graph: StageGraph, targets: list[str | int] | None, dead: list[str]) -> None:
    assert names(graph.dead_stages(targets)) == dead


ONBUILD = """\
FROM alpine AS src
FROM alpine AS base
ONBUILD COPY --from=src /f /f
FROM base AS one
FROM alpine AS other
"""


@pytest.mark.parametrize(
    ("target", "targets", "dead"),
    [
        (None, None, ["src", "base", "one"]),
        (None, ["one"], ["other"]),
        (None, ["base"], ["src", "one", "other"]),
        (None, ["one", "other"], []),
        ("one", None, ["other"]),
        ("one", ["base"], ["src", "one", "other"]),
    ],
)
def test_what_a_trigger_brings_in_is_not_dead(target: str | None, targets: list[str] | None, dead: list[str]) -> None:
    graph = stagegraph.graph(ONBUILD, target=target)
    assert names(graph.dead_stages(targets)) == dead


def test_an_external_image_brings_triggers_in_too() -> None:
    image = {
        "os": "linux",
        "architecture": "amd64",
        "config": {"OnBuild": ["COPY --from=src /f /f"]},
        "rootfs": {"diff_ids": ["x"]},
    }
    graph = stagegraph.graph(
        "FROM alpine AS src\nFROM img AS one\nFROM alpine AS other\n", images={"docker.io/library/img:latest": image}
    )
    assert names(graph.dead_stages()) == ["src", "one"]
    assert names(graph.dead_stages(["one"])) == ["other"]


def test_cycles(graph: StageGraph) -> None:
    assert graph.cycles() == ()


def test_rings_of_stages() -> None:
    """BuildKit refuses rings of `--from` alone; through a base there can be one, while nobody builds it."""
    graph = stagegraph.graph(f"{RING}FROM alpine AS t\n")
    rings = graph.cycles()
    assert [sorted(names(ring)) for ring in rings] == [["x", "y", "z"]]
    assert names(graph.dead_stages()) == ["x", "y", "z"]
    assert graph.generations() == ((graph.target,),)
    assert graph.critical_path() == (graph.target,)
    for question in (graph.generations, lambda target: graph.critical_path(target=target)):
        with pytest.raises(ResolutionError, match="the stages need each other in a ring"):
            question("z")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("base", "tools", True),
        ("build", "tools", True),
        ("build", "test", False),
        ("test", "build", False),
        ("base", "test", False),
        ("dead", "test", True),
        ("dead", "tools", False),
        ("base", "base", False),
    ],
)
def test_may_run_together(graph: StageGraph, one: str, other: str, together: bool) -> None:
    assert graph.may_run_together(one, other) is together


def test_generations(graph: StageGraph) -> None:
    assert [names(row) for row in graph.generations()] == [["base", "tools"], ["build"], ["test"], ["stage-5"]]
    assert [names(row) for row in graph.generations("build")] == [["base"], ["build"]]


def test_the_stages_of_a_generation_may_run_together(graph: StageGraph) -> None:
    for row in graph.generations():
        for one in row:
            assert all(graph.may_run_together(one, other) for other in row if other is not one)


@pytest.mark.parametrize(
    ("costs", "target", "path"),
    [
        ({}, None, ["base", "build", "test", "stage-5"]),
        ({"tools": 10}, None, ["tools", "stage-5"]),
        ({"tools": 2.5}, None, ["base", "build", "test", "stage-5"]),
        ({}, "build", ["base", "build"]),
        ({"dead": 100}, None, ["base", "build", "test", "stage-5"]),
        ({"stage-5": 100}, None, ["base", "build", "test", "stage-5"]),
        ({}, "base", ["base"]),
        ({"test": 0.5, "stage-5": 0}, None, ["base", "build", "test", "stage-5"]),
    ],
)
def test_critical_path(graph: StageGraph, costs: dict[str, float], target: str | None, path: list[str]) -> None:
    found = graph.critical_path(lambda stage: costs.get(stage.display_name, 1.0), target)
    assert names(found) == path


def test_images(graph: StageGraph) -> None:
    images = {name: [(edge.consumer, edge.line) for edge in edges] for name, edges in graph.images().items()}
    assert images == {GOLANG: [(0, 1)], ALPINE: [(3, 6)], NGINX: [(5, 12)]}
    assert list(graph.images("test")) == [GOLANG]
    assert list(graph.images("dead")) == [ALPINE]


def test_named_contexts_are_nodes() -> None:
    graph = stagegraph.graph("FROM base\nCOPY --from=src x y\n", contexts={"src": "./src"})
    assert shown(graph.edges) == [("docker.io/library/base:latest", 0, "base", 1), ("context:src", 0, "copy", 2)]


def test_what_the_legacy_builder_cannot_resolve_is_no_edge() -> None:
    graph = stagegraph.graph("FROM $NOPE\nFROM a\nCOPY --from=7 x y\nFROM b\n", builder="legacy")
    assert shown(graph.edges) == [
        ("docker.io/library/a:latest", 1, "base", 2),
        ("docker.io/library/b:latest", 2, "base", 4),
    ]


def test_to_dict() -> None:
    assert stagegraph.graph("FROM a AS b\nFROM scratch\nCOPY --from=b x y\n").to_dict() == {
        "schema": 1,
        "builder": "buildkit",
        "target": None,
        "stages": [
            {"index": 0, "name": "b", "base": "a", "line": 1},
            {"index": 1, "name": None, "base": "scratch", "line": 2},
        ],
        "edges": [
            {"source": "docker.io/library/a:latest", "consumer": 0, "kind": "base", "instruction": "FROM", "line": 1},
            {"source": "scratch", "consumer": 1, "kind": "base", "instruction": "FROM", "line": 2},
            {"source": 0, "consumer": 1, "kind": "copy", "instruction": "COPY", "line": 3},
        ],
    }


def test_a_graph_is_a_value(graph: StageGraph) -> None:
    assert graph == stagegraph.graph(TEXT)
    assert graph != stagegraph.graph(TEXT, target="base")
    assert graph != stagegraph.graph(TEXT, builder="legacy")


def test_a_graph_draws_itself(graph: StageGraph) -> None:
    assert graph.to_dot().startswith("digraph ")
    assert graph.to_mermaid().startswith('---\ntitle: "buildkit, target stage-5"\n---\nflowchart ')
    boxes = {box.label: box.look.value for box in graph.diagram().boxes}
    assert boxes["dead"] == "skipped"
    assert boxes["stage-5"] == "target"
    assert boxes[NGINX] == "image"
    assert boxes["context"] == "context"
    assert len(graph.diagram().arrows) == len(graph.edges)
