"""The questions that are asked of a stage graph, each one of networkx's algorithms.

Here alone networkx is imported, and only when somebody asks: a plan needs no graph library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import networkx as nx

from stagegraph.errors import ResolutionError

Node = int | str
"""A node of the network: the index of a stage, or a reference: an image, a context, `scratch`."""


_END = "end"


class Questions:
    """A frozen network, and what can be asked of it. Edges point from what is needed to what needs it."""

    def __init__(
        self, nodes: Iterable[tuple[Node, dict[str, object]]], edges: Iterable[tuple[Node, Node, dict[str, object]]]
    ) -> None:
        network: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
        network.add_nodes_from(nodes)
        network.add_edges_from(edges)
        nx.freeze(network)
        self.network = network

    def ancestors(self, node: Node) -> frozenset[Node]:
        """Everything that `node` needs, however far."""
        return frozenset(nx.ancestors(self.network, node))

    def descendants(self, node: Node) -> frozenset[Node]:
        """Everything that needs `node`, however far."""
        return frozenset(nx.descendants(self.network, node))

    def paths(self, source: Node, consumer: Node) -> Iterator[list[Node]]:
        """The ways from `source` to `consumer`, the shortest first."""
        simple: nx.DiGraph[Node] = nx.DiGraph(self.network)
        try:
            yield from nx.shortest_simple_paths(simple, source, consumer)
        except nx.NetworkXNoPath:
            return

    def rings(self) -> list[list[Node]]:
        """The rings of nodes that need each other."""
        return list(nx.simple_cycles(nx.DiGraph(self.network)))

    def are_ordered(self, one: Node, other: Node) -> bool:
        """Whether one of two nodes needs the other."""
        return nx.has_path(self.network, one, other) or nx.has_path(self.network, other, one)

    def rows(self, nodes: Collection[Node]) -> list[list[Node]]:
        """The nodes in rows: those of a row need nothing of each other, nor of a later row.

        Raises:
            ResolutionError: they need each other in a ring.
        """
        try:
            return [list(row) for row in nx.topological_generations(self.network.subgraph(nodes))]
        except nx.NetworkXUnfeasible:
            raise _ring() from None

    def costliest_path(self, costs: Mapping[Node, float], goal: Node) -> list[Node]:
        """The chain up to `goal`, among the nodes of `costs`, that costs most.

        Raises:
            ResolutionError: they need each other in a ring.
        """
        weighted: nx.DiGraph[Node] = nx.DiGraph()
        weighted.add_nodes_from(costs)
        tail: Node
        head: Node
        for tail, head in self.network.subgraph(costs).edges():
            weighted.add_edge(tail, head, weight=costs[tail])
        # All of them lead to the goal, so the end behind it is the farthest even where costs are 0.
        weighted.add_edge(goal, _END, weight=costs[goal] + 1)
        try:
            return list(nx.dag_longest_path(weighted))[:-1]
        except nx.NetworkXUnfeasible:
            raise _ring() from None


def _ring() -> ResolutionError:
    return ResolutionError("the stages need each other in a ring")
