"""How alike two nodes of a kind are by what they are tied to."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, nodes_of, simple
from cdv_graph.analysis.networks.frames import frame, rounded

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["similarity"]


def similarity(network: Simple | Network, kind: str = "contract") -> pd.DataFrame:
    """Two by two, the share of what either is tied to that both are tied to.

    Sources: Jaccard, Étude comparative de la distribution florale, Bulletin de la Société vaudoise des sciences
    naturelles 37, 1901; weighted: Ružička, Anwendung mathematisch-statistischer Methoden in der Geobotanik, Biológia
    13, 1958. The weight here is the strength of the strongest mode, so that a mention and a shared governance are less
    alike than two mentions.

    Args:
        network: what `build_network` made; a node without ties is like no other and is left out.
        kind: the kind of nodes to compare.

    Returns:
        One row per pair, the most alike first: `a_kind`, `a_name`, `a_label`, `a_label_en`, the same for `b`,
        `shared` and `either` (numbers of neighbours of both, of one or the other), `jaccard` (shared/either, 0 to 1)
        and `ruzicka` (sum of the lower strengths by sum of the higher ones, 0 to 1; none where edges have no mode).

    Raises:
        UnknownValueError: no node is of that kind.

    Example:
        >>> import networkx
        >>> network = networkx.Graph([("a", "x"), ("a", "y"), ("b", "x")])
        >>> networkx.set_node_attributes(network, {"a": "contract", "b": "contract", "x": "d", "y": "d"}, "kind")
        >>> similarity(network)[["shared", "either", "jaccard"]].values.tolist()
        [[1, 2, 0.5]]
    """
    graph = simple(network)
    ties = {
        node: {other: float(edge.get("strength", 0)) for other, edge in graph[node].items()}
        for node in nodes_of(graph, kind)
    }
    rows = []
    for one, other in combinations([node for node in ties if ties[node]], 2):
        ours, theirs = ties[one], ties[other]
        both, either = ours.keys() & theirs.keys(), sorted(ours.keys() | theirs.keys())
        least = sum(min(ours.get(node, 0.0), theirs.get(node, 0.0)) for node in either)
        most = sum(max(ours.get(node, 0.0), theirs.get(node, 0.0)) for node in either)
        pair = described(graph, [one], "a_")[0] | described(graph, [other], "b_")[0]
        alike = {"shared": len(both), "either": len(either), "jaccard": rounded(len(both) / len(either))}
        rows.append({**pair, **alike, "ruzicka": rounded(least / most) if most else None})
    nodes = [f"{side}_{name}" for side in "ab" for name in ("kind", "name", "label", "label_en")]
    return frame(rows, [*nodes, "shared", "either", "jaccard", "ruzicka"], ("jaccard", "ruzicka", "shared"))
