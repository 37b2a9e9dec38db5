"""What is left where one partner withdraws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, nodes_of, simple
from cdv_graph.analysis.networks.frames import frame

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["robustness"]

_PILOTS = {"pilot", "co-pilot"}


def robustness(network: Simple | Network, kind: str = "partner") -> pd.DataFrame:
    """Each node of a kind is taken away in turn; unweighted.

    This is the removal of one node, as in Albert, Jeong and Barabási, Error and attack tolerance of complex networks,
    Nature 406, 2000, one at a time: what happens where several withdraw together is not told.

    Args:
        network: what `build_network` made.
        kind: the kind of nodes that withdraw.

    Returns:
        One row per node of the kind, the heaviest loss first: `kind`, `name`, `label`, `label_en`, `degree`,
        `without_pilot` (neighbours that it was the last to pilot or co-pilot; none where no edge of the network has
        such a role), `isolated` (neighbours tied to nothing else), `components` (of what is left, before it was
        `components_before`, counted without the node where it was alone) and `largest` (nodes in the largest one,
        before: `largest_before`).

    Raises:
        UnknownValueError: no node is of that kind.

    Example:
        >>> import networkx
        >>> pilots = {"role": "pilot"}
        >>> network = networkx.Graph([("caf", "1.1", pilots), ("caf", "1.2"), ("ars", "1.2", pilots)])
        >>> kinds = {"caf": "partner", "ars": "partner", "1.1": "sheet", "1.2": "sheet"}
        >>> networkx.set_node_attributes(network, kinds, "kind")
        >>> robustness(network)[["degree", "without_pilot", "isolated", "largest"]].values.tolist()
        [[2, 1, 1, 2], [1, 1, 0, 3]]
    """
    import networkx as nx

    graph = simple(network)
    piloted = any(_PILOTS.intersection(edge["roles"]) for *_, edge in graph.edges(data=True))
    sizes = [len(part) for part in nx.connected_components(graph)]
    leaving = nodes_of(graph, kind)
    rows = []
    for node, about in zip(leaving, described(graph, leaving), strict=True):
        rest = nx.restricted_view(graph, [node], [])
        left = [len(part) for part in nx.connected_components(rest)]
        rows.append(
            {
                **about,
                "degree": graph.degree(node),
                "without_pilot": sum(_last_pilot(graph, node, other) for other in graph[node]) if piloted else None,
                "isolated": sum(graph.degree(other) == 1 for other in graph[node]),
                "components": len(left),
                "components_before": len(sizes) - (graph.degree(node) == 0),
                "largest": max(left, default=0),
                "largest_before": max(sizes),
            }
        )
    counts = "degree without_pilot isolated components components_before largest largest_before"
    columns = ["kind", "name", "label", "label_en", *counts.split()]
    return frame(rows, columns, ("without_pilot", "isolated", "components", "degree"))


def _last_pilot(graph: Simple, node: str, other: str) -> bool:
    pilots = {partner for partner, edge in graph[other].items() if _PILOTS.intersection(edge["roles"])}
    return pilots == {node}
