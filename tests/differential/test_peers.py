"""Our syntax against two other parsers, on recorded and on generated Dockerfiles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.property.strategies import DOCUMENTS, SKETCHES, SOUP

from .corpus import recorded_dockerfiles
from .known_differences import KNOWN_DIFFERENCES, KnownDifference
from .peers import ASOTTILE, E2B, Difference, Peer

PEERS = pytest.mark.parametrize("peer", [ASOTTILE, E2B], ids=lambda peer: peer.name)
RECORDED = recorded_dockerfiles()

# Go reads UTF-8 only, and both peers are asked about text.
GENERATED = DOCUMENTS | SOUP | SKETCHES.map(lambda sketch: sketch.text)


def explanations(peer: Peer, difference: Difference) -> list[KnownDifference]:
    return [row for row in KNOWN_DIFFERENCES if row.peer is peer and row.explains(difference)]


def unexplained(peer: Peer, text: str) -> list[Difference]:
    return [difference for difference in peer.differences(text) if not explanations(peer, difference)]


@PEERS
def test_recorded_dockerfiles(peer: Peer) -> None:
    """Every recorded Dockerfile is read as the peer reads it, but for the known differences."""
    assert [difference for text in RECORDED for difference in unexplained(peer, text)] == []


@PEERS
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(text=GENERATED)
def test_generated_dockerfiles(peer: Peer, text: str) -> None:
    """A generated Dockerfile is read as the peer reads it, but for the known differences."""
    assert unexplained(peer, text) == []


@PEERS
def test_most_is_read_alike(peer: Peer) -> None:
    """The known differences explain little: nineteen of twenty recorded Dockerfiles are read alike in every respect."""
    alike = sum(not list(peer.differences(text)) for text in RECORDED)
    assert len(RECORDED) > 1_000
    assert alike > len(RECORDED) * 0.95


@pytest.mark.parametrize("row", KNOWN_DIFFERENCES, ids=lambda row: f"{row.peer.name}: {row.name}")
def test_known_differences_occur(row: KnownDifference) -> None:
    """Every row of the table stands for a difference that is there, and that no other row explains."""
    explained = [explanations(row.peer, difference) for difference in row.peer.differences(row.sample)]
    assert all(explained)
    assert [row] in explained
