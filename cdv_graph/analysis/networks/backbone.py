"""The backbone of a weighted network: the ties that count for one of their two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Simple

__all__ = ["backbone", "significance"]


def significance(graph: Simple, one: str, other: str) -> float:
    """How likely a tie as heavy would be, where a node shared out its weight at random; the lower of the two ends.

    Source: Serrano, Boguñá and Vespignani, Extracting the multiscale backbone of complex weighted networks, PNAS 106,
    2009: (1 - p)^(k - 1), p being the share of the tie in the weight of the node, k its degree; 1 for a node with one
    tie.
    """
    found = []
    for node in (one, other):
        degree, whole = graph.degree(node), sum(edge["weight"] for edge in graph[node].values())
        found.append((1 - graph.edges[one, other]["weight"] / whole) ** (degree - 1) if degree > 1 else 1.0)
    return min(found)


def backbone(graph: Simple, alpha: float) -> list[tuple[str, str]]:
    """The ties whose significance is under `alpha`, in the order of the graph (the disparity filter).

    Args:
        graph: undirected, without self-loops; edges have `weight`.
        alpha: the level, 0 to 1; at 1 every tie is kept but those between two nodes without another.

    Example:
        >>> import networkx
        >>> star = networkx.Graph()
        >>> star.add_weighted_edges_from([("a", "b", 8), ("a", "c", 1), ("a", "d", 1)])
        >>> backbone(star, 0.1)
        [('a', 'b')]
    """
    return [(one, other) for one, other in graph.edges if significance(graph, one, other) < alpha]
