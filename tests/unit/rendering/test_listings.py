import stagegraph
from stagegraph.rendering.json_text import json_text
from stagegraph.rendering.listings import (
    dead_dump,
    images_dump,
    list_images,
    list_stages,
    stages_dump,
    why_dump,
)
from stagegraph.stages.cutting import cut


def test_stages(web):
    dump = stages_dump(list_stages(cut(stagegraph.parse(web))))
    assert dump["schema"] == 1
    assert dump["stages"][1] == {
        "index": 1,
        "name": "build",
        "line": 4,
        "base": "golang:1.21",
        "platform": None,
        "description": "compiles the program",
        "default": False,
    }
    assert [stage["default"] for stage in dump["stages"]] == [False, False, False, True]


def test_images(web):
    graph = stagegraph.graph(web)
    assert images_dump(graph, list_images(graph)) == {
        "schema": 1,
        "builder": "buildkit",
        "target": "final",
        "images": [
            {"name": name, "kind": "image", "uses": [{"stage": stage, "kind": kind, "line": line}]}
            for name, stage, kind, line in (
                ("docker.io/library/alpine:latest", 0, "base", 1),
                ("docker.io/library/golang:1.21", 1, "base", 4),
                ("docker.io/library/nginx:latest", 3, "copy", 11),
            )
        ],
    }


def test_images_of_stages_that_are_not_needed():
    text = "FROM debian AS other\nFROM alpine AS t\n"
    names = {
        builder: [one.name for one in list_images(stagegraph.graph(text, builder=builder))]
        for builder in ("buildkit", "legacy")
    }
    assert names == {
        "buildkit": ["docker.io/library/alpine:latest"],
        "legacy": ["docker.io/library/debian:latest", "docker.io/library/alpine:latest"],
    }


def test_named_contexts():
    graph = stagegraph.graph("FROM scratch\nCOPY --from=x / /\n", contexts={"x": "."})
    assert [(one.name, one.kind) for one in list_images(graph)] == [("x", "named context")]


def test_dead(seed):
    stage = stagegraph.graph(seed).stages[1]
    assert dead_dump([stage], ["stage2"]) == {
        "schema": 1,
        "targets": ["stage2"],
        "dead": [{"index": 1, "name": "stage1", "line": 5}],
    }


def test_why(seed):
    plan = stagegraph.plan(seed)
    assert why_dump(plan, plan.why("base")) == {
        "schema": 1,
        "builder": "buildkit",
        "target": "stage2",
        "executed": True,
        "chain": [
            {
                "index": 0,
                "name": "base",
                "line": 2,
                "reason": "stage2 is built upon it",
                "needed_by": {"stage": 2, "kind": "base", "line": 8},
            },
            {"index": 2, "name": "stage2", "line": 8, "reason": "it is the target", "needed_by": None},
        ],
    }


def test_json_is_ascii_and_keeps_bytes_that_are_no_utf8():
    text = json_text({"name": "caf\u00e9 \udcff"})
    assert text == '{\n  "name": "caf\\u00e9 \\udcff"\n}\n'
