"""Networks drawn at random with the ties of each node kept in number: what chance alone would give."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Simple

__all__ = ["Rewiring"]

_SWAPS_PER_EDGE = 10


class Rewiring:
    """A chain of random networks made from one by swapping the ends of its edges.

    Two edges between the same two kinds of nodes, a-b and c-d, become a-d and c-b, unless that makes an edge twice or a
    self-loop, in which case nothing changes and the try counts (without this, networks would not all be as likely).
    Every node keeps its number of ties with each kind of nodes; weights are not kept. Between two networks of the chain
    there are ten tries per edge.

    Source: Maslov and Sneppen, Specificity and stability in topology of protein networks, Science 296, 2002.

    Args:
        graph: an undirected graph without self-loops, nodes with `kind`.
        seed: the same seed gives the same networks.

    Attributes:
        swapped: how many swaps were made; none at all where the degrees allow no other network.

    Example:
        >>> import networkx
        >>> chain = Rewiring(networkx.Graph([("a", "x"), ("b", "y")]), seed=1)
        >>> sample = next(chain.networks(1))
        >>> sorted(dict(sample.degree).values()), chain.swapped > 0
        ([1, 1, 1, 1], True)
    """

    def __init__(self, graph: Simple, *, seed: int) -> None:
        self._graph, self._random, self.swapped = graph, random.Random(seed), 0  # noqa: S311 (no secret)
        self._groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        kinds = {node: str(kind) for node, kind in graph.nodes(data="kind")}
        for one, other in graph.edges:
            first, second = sorted((one, other), key=lambda node: (kinds[node], node))
            self._groups[kinds[first], kinds[second]].append((first, second))
        self._tied = {frozenset(pair) for pair in graph.edges}

    def networks(self, samples: int) -> Iterator[Simple]:
        """So many networks, with the nodes of the first one in their order; edges weigh 1."""
        import networkx as nx

        for _ in range(samples):
            for (kind, other_kind), edges in self._groups.items():
                for _ in range(_SWAPS_PER_EDGE * len(edges) if len(edges) > 1 else 0):
                    self._swap(edges, turn=kind == other_kind)
            found: Simple = nx.Graph()
            found.add_nodes_from(self._graph.nodes(data=True))
            pairs = sorted((min(edge), max(edge)) for group in self._groups.values() for edge in group)
            found.add_edges_from(pairs, weight=1)
            yield found

    def _swap(self, edges: list[tuple[str, str]], *, turn: bool) -> None:
        one, other = self._random.sample(range(len(edges)), 2)
        (a, b), (c, d) = edges[one], edges[other]
        if turn and self._random.random() < 0.5:
            c, d = d, c
        made = frozenset((a, d)), frozenset((c, b))
        if a == d or c == b or made[0] == made[1] or self._tied.intersection(made):
            return
        self._tied -= {frozenset((a, b)), frozenset((c, d))}
        self._tied |= set(made)
        edges[one], edges[other] = (a, d), (c, b)
        self.swapped += 1
