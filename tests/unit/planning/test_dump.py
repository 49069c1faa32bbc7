"""The plan as JSON."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

import stagegraph

PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
TEXT = """\
# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM golang AS build
RUN go build
FROM golang AS dead
FROM scratch AS last
COPY --from=build /out /out
CMD run
"""


def test_to_dict() -> None:
    assert stagegraph.plan(TEXT).to_dict() == {
        "schema": 1,
        "builder": "buildkit",
        "target": "last",
        "frontend": "docker/dockerfile:1",
        "steps": [
            {
                "id": 1,
                "name": "[build 1/2] FROM docker.io/library/golang:latest",
                "kind": "from",
                "inputs": [],
                "stage": 0,
                "lines": [2, 2],
            },
            {"id": 2, "name": "[build 2/2] RUN go build", "kind": "run", "inputs": [1], "stage": 0, "lines": [3, 3]},
            {
                "id": 3,
                "name": "[last 1/1] COPY --from=build /out /out",
                "kind": "copy",
                "inputs": [2],
                "stage": 2,
                "lines": [6, 6],
            },
        ],
        "result": 3,
        "loads": ["[internal] load metadata for docker.io/library/golang:latest"],
        "config": {"Env": [PATH], "Cmd": ["/bin/sh", "-c", "run"], "WorkingDir": "/", "ArgsEscaped": True},
        "stages": [
            {
                "index": 0,
                "name": "build",
                "base": "golang",
                "platform": "$BUILDPLATFORM",
                "line": 2,
                "executed": True,
                "reason": "last copies from it",
                "needed_by": {"stage": 2, "kind": "copy", "line": 6},
            },
            {
                "index": 1,
                "name": "dead",
                "base": "golang",
                "platform": None,
                "line": 4,
                "executed": False,
                "reason": "last does not need it",
                "needed_by": None,
            },
            {
                "index": 2,
                "name": "last",
                "base": "scratch",
                "platform": None,
                "line": 5,
                "executed": True,
                "reason": "it is the target",
                "needed_by": None,
            },
        ],
        "warnings": [
            {
                "rule": "JSONArgsRecommended",
                "line": 7,
                "message": "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
            }
        ],
    }


SCHEMA = json.loads(files("stagegraph").joinpath("plan.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [(), ("steps", 0), ("stages", 0), ("stages", 0, "needed_by"), ("config",), ("warnings", 0)]
)
def test_the_schema_refuses_members_it_does_not_describe(path: tuple[str | int, ...]) -> None:
    dump = json.loads(json.dumps(stagegraph.plan(TEXT).to_dict()))
    jsonschema.validate(dump, SCHEMA)
    place = dump
    for key in path:
        place = place[key]
    place["more"] = 1
    with pytest.raises(jsonschema.ValidationError, match="'more' was unexpected"):
        jsonschema.validate(dump, SCHEMA)


@pytest.mark.parametrize(
    "path", [("schema",), ("steps", 0, "inputs"), ("stages", 0, "reason"), ("warnings", 0, "line")]
)
def test_the_schema_requires_what_it_describes(path: tuple[str | int, ...]) -> None:
    dump = json.loads(json.dumps(stagegraph.plan(TEXT).to_dict()))
    *way, last = path
    place = dump
    for key in way:
        place = place[key]
    del place[last]
    with pytest.raises(jsonschema.ValidationError, match="is a required property"):
        jsonschema.validate(dump, SCHEMA)


def test_bytes_that_are_no_text_survive_json() -> None:
    dump = stagegraph.plan(b'FROM a\nLABEL x=\xff\nRUN ["\xfe"]\n', builder="legacy").to_dict()
    assert json.loads(json.dumps(dump)) == dump
