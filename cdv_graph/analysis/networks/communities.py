"""Communities: groups of nodes with more ties among them than chance would give, by the Louvain method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, simple
from cdv_graph.analysis.networks.frames import frame, rounded

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["communities", "partition"]


def partition(graph: Simple, *, seed: int = 1) -> list[list[str]]:
    """The communities of a graph, the largest first, each in order; the same seed gives the same ones."""
    import networkx as nx

    nodes = list(graph)
    place = {node: number for number, node in enumerate(nodes)}
    # on numbers: the order of a set of texts changes from one run to the next
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    for one, other, edge in graph.edges(data=True):
        numbered.add_edge(place[one], place[other], weight=edge.get("weight", 1))
    found = nx.community.louvain_communities(numbered, weight="weight", seed=seed)
    return sorted(([nodes[number] for number in sorted(part)] for part in found), key=lambda part: (-len(part), part))


def communities(network: Simple | Network, *, seed: int = 1) -> pd.DataFrame:
    """The community of each node, by the Louvain method, on weighted edges.

    Source: Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks, Journal of
    Statistical Mechanics P10008, 2008; modularity: Newman and Girvan, Physical Review E 69, 026113, 2004; resolution 1.
    The method is a heuristic: another seed may group some nodes otherwise, and modularity is high in sparse networks
    even where ties are drawn at random, so that `chance(network, "modularity")` should be asked first.

    Args:
        network: what `build_network` or `project` made.
        seed: of the order in which nodes are tried.

    Returns:
        One row per node: `community` (1 is the largest), `size`, `kind`, `name`, `label`, `label_en`, `within` (share
        of the weight of its edges that stays in the community, 0 to 1; none for a node without edges) and
        `modularity` (-0.5 to 1), that of the whole partition; none for a network without edges.

    Example:
        >>> import networkx
        >>> found = communities(networkx.barbell_graph(4, 0))
        >>> list(found["community"]), found["modularity"][0]
        ([1, 1, 1, 1, 2, 2, 2, 2], 0.423077)
    """
    import networkx as nx

    graph = simple(network)
    found = partition(graph, seed=seed)
    modularity = (
        rounded(nx.community.modularity(graph, map(set, found), weight="weight")) if graph.number_of_edges() else None
    )
    rows = []
    for number, part in enumerate(found, 1):
        members = set(part)
        for node, about in zip(part, described(graph, part), strict=True):
            weights = [(other in members, edge.get("weight", 1)) for other, edge in graph[node].items()]
            whole = sum(weight for _, weight in weights)
            kept = sum(weight for inside, weight in weights if inside)
            said = {"community": number, "size": len(part), "modularity": modularity, "order": -number}
            rows.append({**about, **said, "within": rounded(kept / whole) if whole else None})
    columns = "community size kind name label label_en within modularity"
    return frame(rows, columns.split(), ("order",))
