"""The stream of `--progress=rawjson`."""

from __future__ import annotations

import base64
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph.backends.buildkit.messages import Message, Output, VertexState, Work, read_messages

VERTEX = {
    "digest": "sha256:1",
    "name": "[1/2] FROM é",
    "inputs": ["sha256:0"],
    "started": "2026-01-02T03:04:05.000000006Z",
    "completed": "2026-01-02T03:04:06.5Z",
    "cached": True,
    "error": "no",
}
LOG = {"vertex": "sha256:1", "stream": 2, "data": base64.b64encode(b"out\n").decode()}
OBJECT = {
    "vertexes": [VERTEX],
    "statuses": [{"vertex": "sha256:1", "id": "sending", "completed": "x"}, {"vertex": "sha256:1", "id": "begun"}],
    "logs": [LOG],
    "warnings": [{}],
}


def read(data):
    return list(read_messages(io.BytesIO(data)))


def test_what_an_object_tells():
    (message,) = read(json.dumps(OBJECT).encode())
    (vertex,) = message.vertices
    assert vertex.started == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (vertex.completed - vertex.started).total_seconds() == 1.5
    assert (vertex.digest, vertex.name, vertex.inputs) == ("sha256:1", "[1/2] FROM é", ("sha256:0",))
    assert (vertex.cached, vertex.error) == (True, "no")
    assert message.work_done == (Work("sha256:1", "sending"),)
    assert message.outputs == (Output("sha256:1", 2, b"out\n"),)


@pytest.mark.parametrize(
    "fields",
    [{}, {"vertexes": None}, {"vertexes": [1, "x"]}, {"logs": {}}, {"statuses": 3}, {"unknown": [{}]}],
)
def test_what_is_not_there_is_not_told(fields):
    assert Message.of(fields) == Message()


def test_a_vertex_with_its_digest_alone():
    assert VertexState.of({"digest": "d"}) == VertexState("d", "")


def test_an_object_may_stand_on_many_lines():
    assert read(json.dumps(OBJECT, indent=2).encode() + b"\n") == read(json.dumps(OBJECT).encode())


def test_text_stands_between_objects():
    data = b'WARNING: x\r\n{"vertexes": []}\n\nERROR: failed\nlast'
    assert read(data) == ["WARNING: x", Message(), "ERROR: failed", "last"]


def test_an_object_that_never_ends_is_text():
    assert read(b'{"vertexes": [') == ['{"vertexes": [']


class Chunks(io.RawIOBase):
    """A stream that gives what it is told to, whatever is asked for."""

    def __init__(self, chunks):
        self.chunks = list(chunks)

    def read(self, _size=-1):
        return self.chunks.pop(0) if self.chunks else b""


PARTS = ("text é\n", json.dumps(OBJECT) + "\n", json.dumps(OBJECT, indent=1) + "\n")


@given(st.lists(st.sampled_from(PARTS)), st.data())
def test_chunks_of_any_length_tell_the_same(parts, data):
    whole = "".join(parts).encode()
    cuts = sorted(data.draw(st.sets(st.integers(1, max(len(whole) - 1, 1)))) if whole else [])
    chunks = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert list(read_messages(Chunks(chunk for chunk in chunks if chunk))) == read(whole)
    assert len(read(whole)) == len(parts)
