"""What `docker buildx build --progress=rawjson` writes: JSON objects, and lines of text between them.

The objects are those of BuildKit's client (`SolveStatus`); buildx 0.13 spreads each over many lines.
"""

from __future__ import annotations

import base64
import codecs
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

import attrs

from stagegraph.backends.containers.lines import chunks_of

Fields = Mapping[str, object]


@attrs.frozen
class VertexState:
    """How it is with a vertex; the same vertex is told of again as it changes, and may begin again."""

    digest: str
    name: str
    inputs: tuple[str, ...] = ()
    started: datetime | None = None
    completed: datetime | None = None
    cached: bool = False
    error: str = ""

    @classmethod
    def of(cls, fields: Fields) -> VertexState:
        """The state that a member of `vertexes` tells."""
        inputs = fields.get("inputs")
        return cls(
            digest=_text(fields, "digest"),
            name=_text(fields, "name"),
            inputs=tuple(map(str, inputs)) if isinstance(inputs, Sequence) else (),
            started=_moment(fields, "started"),
            completed=_moment(fields, "completed"),
            cached=bool(fields.get("cached")),
            error=_text(fields, "error"),
        )


@attrs.frozen
class Output:
    """Bytes that a vertex prints; `stream` is 1 or 2."""

    digest: str
    stream: int
    data: bytes

    @classmethod
    def of(cls, fields: Fields) -> Output:
        """The output that a member of `logs` tells."""
        stream = fields.get("stream")
        data = base64.b64decode(_text(fields, "data"))
        return cls(_text(fields, "vertex"), stream if isinstance(stream, int) else 1, data)


@attrs.frozen
class Work:
    """A part of what a vertex does that is over: `transferring context: done`."""

    digest: str
    id: str


@attrs.frozen
class Message:
    """One object of the stream."""

    vertices: tuple[VertexState, ...] = ()
    work_done: tuple[Work, ...] = ()
    outputs: tuple[Output, ...] = ()

    @classmethod
    def of(cls, fields: Fields) -> Message:
        """The message that an object is."""
        done = (one for one in _members(fields, "statuses") if "completed" in one)
        return cls(
            tuple(map(VertexState.of, _members(fields, "vertexes"))),
            tuple(Work(_text(one, "vertex"), _text(one, "id")) for one in done),
            tuple(map(Output.of, _members(fields, "logs"))),
        )


def read_messages(stream: BinaryIO) -> Iterator[Message | str]:
    """The messages as they come, and the lines of text between them, without their endings."""
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    rest = ""
    for chunk in chunks_of(stream):
        rest += decode(chunk)
        while (found := _first(rest)) is not None:
            message, rest = found
            yield message
    yield from rest.lstrip("\n").splitlines()


def _first(text: str) -> tuple[Message | str, str] | None:
    """What a text begins with and what comes after it; None where more of it is needed."""
    text = text.lstrip("\n")
    if not text.startswith("{"):
        line, ending, rest = text.partition("\n")
        return (line.removesuffix("\r"), rest) if ending else None
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except ValueError:
        return None
    return Message.of(fields), text[end:]


def _members(fields: Fields, name: str) -> list[Fields]:
    found = fields.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _text(fields: Fields, name: str) -> str:
    found = fields.get(name)
    return found if isinstance(found, str) else ""


def _moment(fields: Fields, name: str) -> datetime | None:
    text = _text(fields, name)
    return datetime.fromisoformat(text) if text else None
