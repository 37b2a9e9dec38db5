"""Betweenness: how often a node lies on the shortest paths between two others.

Definition (Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977): the sum, over the
pairs of other nodes, of the share of their shortest paths that go through the node. rustworkx computes it as Brandes
does (A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25, 2001); networkx takes some
hundred times longer, too long for a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["betweenness"]


def betweenness(graph: nx.Graph[str], *, normalized: bool = True) -> dict[str, float]:
    """The betweenness of every node; edges count as one step each, whatever their weight.

    Args:
        graph: an undirected graph without self-loops; it need not be connected.
        normalized: divide by the number of pairs of other nodes, (n-1)(n-2)/2: 0 to 1 (Freeman 1977). Else, pairs.

    Returns:
        The value of each node, in the order of the graph; 0 where there are fewer than three nodes.

    Example:
        >>> import networkx
        >>> betweenness(networkx.path_graph(["a", "b", "c", "d"]), normalized=False)
        {'a': 0.0, 'b': 2.0, 'c': 2.0, 'd': 0.0}
    """
    import rustworkx as rx

    if len(graph) < 3:
        return dict.fromkeys(graph, 0.0)
    place = {node: number for number, node in enumerate(graph)}
    copy: rx.PyGraph[str, None] = rx.PyGraph(multigraph=False)
    copy.add_nodes_from(list(graph))
    copy.add_edges_from_no_data([(place[one], place[other]) for one, other in graph.edges()])
    # on several threads the last digits depend on the order of the sums; frames and answers are rounded well above
    found = rx.graph_betweenness_centrality(copy, normalized=normalized)
    return {node: found[number] for node, number in place.items()}
