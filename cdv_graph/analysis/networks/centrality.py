"""Who is central: degree, strength, betweenness, and the core that a node belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, simple
from cdv_graph.analysis.networks.frames import frame, rounded
from cdv_graph.analysis.networks.paths import betweenness

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["centrality"]


def centrality(network: Simple | Network) -> pd.DataFrame:
    """The place of each node in a network, parallel edges taken as one.

    Args:
        network: what `build_network` or `project` made.

    Returns:
        One row per node, the highest betweenness first: `kind`, `name`, `label`, `label_en`, then

        - `degree`: how many other nodes it is tied to (Freeman, Centrality in social networks, Social Networks 1,
          1978); unweighted;
        - `degree_share`: the same divided by the number of other nodes, 0 to 1;
        - `strength`: the sum of the weights of its edges, in elements (Barrat, Barthélemy, Pastor-Satorras and
          Vespignani, The architecture of complex weighted networks, PNAS 101, 2004);
        - `betweenness`: the share of the shortest paths between two other nodes that go through it, 0 to 1 (Freeman
          1977, Brandes 2001); unweighted: a weight counts elements and is no distance;
        - `core`: the highest k such that the node stays where nodes with fewer than k ties are taken away again and
          again (Seidman, Network structure and minimum degree, Social Networks 5, 1983);
        - `component`, the size of the part it is in: paths join nothing beyond it.

    Example:
        >>> import networkx
        >>> centrality(networkx.path_graph(["a", "b", "c"]))[["degree", "betweenness"]].values.tolist()
        [[2, 1.0], [1, 0.0], [1, 0.0]]
    """
    import networkx as nx

    graph = simple(network)
    between, core = betweenness(graph), nx.core_number(graph)
    size = {node: len(part) for part in nx.connected_components(graph) for node in part}
    rows = [
        {
            **about,
            "degree": graph.degree(node),
            "degree_share": rounded(graph.degree(node) / max(1, len(graph) - 1)),
            "strength": rounded(graph.degree(node, weight="weight")),
            "betweenness": rounded(between[node]),
            "core": core[node],
            "component": size[node],
        }
        for node, about in zip(graph, described(graph, graph), strict=True)
    ]
    columns = "kind name label label_en degree degree_share strength betweenness core component"
    return frame(rows, columns.split(), ("betweenness", "degree", "strength"))
