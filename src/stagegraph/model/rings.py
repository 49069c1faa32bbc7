"""Rings among things that need each other, by networkx's algorithms."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx


def one_ring_each(needs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Of pairs (what needs, what is needed), one ring for each knot: its pairs in the order of the ring.

    A knot is a largest set in which everything needs everything else, however far. In one run
    over the pairs; to list all rings could take for ever.
    """
    network: nx.DiGraph[int] = nx.DiGraph(list(needs))
    knots = (knot for knot in nx.strongly_connected_components(network) if len(knot) > 1)
    return [_turned(list(nx.find_cycle(network.subgraph(knot), min(knot)))) for knot in knots]


def _turned(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ring, from its smallest member on."""
    start = min(range(len(ring)), key=lambda place: ring[place])
    return ring[start:] + ring[:start]
