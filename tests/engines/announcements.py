"""What real builders announce while they build, read from what they print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

# What every build announces and no plan tells: the Dockerfile, its .dockerignore, the image at the end.
_OF_EVERY_BUILD = re.compile(
    r"\[internal\] load build definition from .*|\[internal\] load \.dockerignore|exporting to .*", re.DOTALL
)
_OBJECT = re.compile(r"^\{", re.MULTILINE)
_Told = dict[str, Any]
_LEGACY_STEP = re.compile(r"(Step \d+/\d+ : .*?)(?=\n(?: ---> |Step \d+/\d+ : |# Executing )|\n?\Z)", re.DOTALL)


@frozen(order=True)
class Vertex:
    """A vertex that BuildKit announces, with the names of those that it reads."""

    name: str
    inputs: tuple[str, ...]


def vertices_in(rawjson: str) -> list[Vertex]:
    """The vertices that `--progress=rawjson` tells of, sorted, without those of every build.

    A vertex without a name stands for what it reads.
    """
    told = _told_in(rawjson)
    return sorted(_vertex(told, one) for one in told.values() if _is_of_this_build(one))


def completed_vertices_in(rawjson: str) -> list[Vertex]:
    """Those among them that came to their end without an error."""
    told = _told_in(rawjson)
    done = [one for one in told.values() if one.get("completed") and not one.get("error")]
    return sorted(_vertex(told, one) for one in done if _is_of_this_build(one))


def _told_in(rawjson: str) -> Mapping[str, _Told]:
    """Every vertex by its digest, as it was told of last."""
    told: dict[str, _Told] = {}
    for status in _objects_in(rawjson):
        for vertex in status.get("vertexes", ()):
            told.setdefault(vertex["digest"], {}).update(vertex)
    return told


def _objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text, each of which begins a line; older engines write one over many lines."""
    decoder, position = json.JSONDecoder(), 0
    while found := _OBJECT.search(text, position):
        one, position = decoder.raw_decode(text, found.start())
        yield one


def _is_of_this_build(vertex: _Told) -> bool:
    return bool(vertex.get("name")) and not _OF_EVERY_BUILD.fullmatch(vertex["name"])


def _vertex(told: Mapping[str, _Told], vertex: _Told) -> Vertex:
    return Vertex(vertex["name"], tuple(sorted(_named(told, vertex.get("inputs", ())))))


def _named(told: Mapping[str, _Told], digests: Iterable[str]) -> Iterator[str]:
    """The names behind digests, through vertices that have none."""
    for digest in digests:
        vertex = told[digest]
        if vertex.get("name"):
            yield vertex["name"]
        else:
            yield from _named(told, vertex.get("inputs", ()))


def legacy_steps_in(printed: str) -> list[str]:
    """The `Step i/N : …` entries that the legacy builder prints, in order."""
    return [found[1] for found in _LEGACY_STEP.finditer(printed)]


def vertices_planned(dump: Mapping[str, Any]) -> list[Vertex]:
    """What a plan of BuildKit says that will be announced, by an engine that does not merge.

    Docker Engine does not: there `COPY --link` is carried out, and announced, like
    any `COPY`, as one vertex that reads what both of the plan's read.
    """
    names = {step["id"]: step["name"] for step in dump["steps"]}
    inputs = {step["id"]: set(step["inputs"]) for step in dump["steps"]}
    for step in dump["steps"]:
        copied = next((one for one in step["inputs"] if step["name"] == names[one].replace("] ", "] LINK ", 1)), None)
        if copied is not None:
            names[step["id"]] = names.pop(copied)
            inputs[step["id"]] = inputs.pop(copied) | inputs[step["id"]] - {copied}
    steps = [Vertex(name, tuple(sorted(names[one] for one in inputs[step]))) for step, name in names.items()]
    loads = [Vertex(load, ()) for load in dump["loads"] if not _OF_EVERY_BUILD.fullmatch(load)]
    return sorted([*steps, *loads])
