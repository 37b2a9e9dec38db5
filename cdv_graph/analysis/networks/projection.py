"""A network of two kinds of nodes seen from one of them: two are tied where they share a neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, simple, two_sides
from cdv_graph.analysis.networks.frames import frame, rounded
from cdv_graph.errors import UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["WEIGHTINGS", "project", "projection"]

WEIGHTINGS = ("newman", "count")


def project(network: Simple | Network, onto: str, *, weighting: str = "newman") -> Simple:
    """The one-mode network of the nodes of a kind.

    Args:
        network: every edge joins a node of the kind with one of another.
        onto: the kind of nodes to keep.
        weighting: `newman`, the sum over shared neighbours of 1/(k-1), k being the degree of the neighbour: what
            many share ties each two of them little (Newman, Scientific collaboration networks II, Physical Review E
            64, 016132, 2001); or `count`, the number of shared neighbours.

    Returns:
        A graph whose edges have `weight` and `shared`, the number of shared neighbours; weights of the edges of the
        network are left aside. Nodes that share nothing are kept.

    Raises:
        UnknownValueError: no node is of that kind, or the weighting is unknown.
        InputError: the network has edges within a side.

    Example:
        >>> import networkx
        >>> network = networkx.star_graph(["fiche", "a", "b", "c"])
        >>> networkx.set_node_attributes(network, {"fiche": "sheet", "a": "p", "b": "p", "c": "p"}, "kind")
        >>> project(network, "p").edges["a", "b"]["weight"]
        0.5
    """
    import networkx as nx

    if weighting not in WEIGHTINGS:
        raise UnknownValueError("weighting", weighting, WEIGHTINGS)
    graph = simple(network)
    ours, _ = two_sides(graph, onto)
    counted = nx.bipartite.weighted_projected_graph(graph, ours)
    weighed = nx.bipartite.collaboration_weighted_projected_graph(graph, ours) if weighting == "newman" else counted
    found: Simple = nx.Graph()
    found.graph.update(graph.graph)
    found.add_nodes_from((node, graph.nodes[node]) for node in ours)
    for one, other in sorted((min(pair), max(pair)) for pair in counted.edges):
        shared = counted.edges[one, other]["weight"]
        found.add_edge(one, other, weight=weighed.edges[one, other]["weight"], shared=shared)
    return found


def projection(network: Simple | Network, onto: str, *, weighting: str = "newman") -> pd.DataFrame:
    """The same as `project`, as rows.

    Returns:
        One row per pair that shares something: `a_kind`, `a_name`, `a_label`, `a_label_en`, the same for `b`,
        `shared` (how many neighbours) and `weight`, the highest first.

    Raises:
        UnknownValueError, InputError: as `project`.
    """
    graph = project(network, onto, weighting=weighting)
    rows = []
    for one, other, edge in graph.edges(data=True):
        pair = described(graph, [one], "a_")[0] | described(graph, [other], "b_")[0]
        rows.append({**pair, "shared": edge["shared"], "weight": rounded(edge["weight"])})
    nodes = [f"{side}_{name}" for side in "ab" for name in ("kind", "name", "label", "label_en")]
    return frame(rows, [*nodes, "shared", "weight"], ("weight", "shared"))
