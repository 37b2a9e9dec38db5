"""What a network hangs on: the nodes and the edges without which a part falls off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, simple
from cdv_graph.analysis.networks.frames import frame

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["bridges", "cut_off", "cut_points"]


def cut_off(graph: Simple, node: str) -> tuple[int, list[str]]:
    """What becomes of a component without one of its nodes.

    Returns:
        The number of parts that the rest falls into, and the nodes that are not in the largest of them (of equal
        parts the one whose first node comes first in the order of names is kept).
    """
    left, parts = set(graph[node]), []
    while left:
        reached = edge = {min(left)}
        while edge := set().union(*(graph.adj[one] for one in edge)) - reached - {node}:
            reached |= edge
        left -= reached
        parts.append(reached)
    parts.sort(key=lambda part: (-len(part), min(part)))
    return len(parts), sorted(other for part in parts[1:] for other in part)


def cut_points(network: Simple | Network) -> pd.DataFrame:
    """The articulation points: nodes whose removal splits what they are in (Hopcroft and Tarjan, 1973).

    Source: Hopcroft and Tarjan, Algorithm 447: efficient algorithms for graph manipulation, Communications of the ACM
    16, 1973. Unweighted: one tie holds as well as ten.

    Args:
        network: what `build_network` or `project` made.

    Returns:
        One row per articulation point, the one that cuts off the most first: `kind`, `name`, `label`, `label_en`,
        `parts` (what the rest falls into), `cut_off` (how many nodes lose the largest part), `lost` (their labels).

    Example:
        >>> import networkx
        >>> cut_points(networkx.path_graph(["a", "b", "c", "d"]))[["parts", "cut_off"]].values.tolist()
        [[2, 1], [2, 1]]
    """
    import networkx as nx

    graph = simple(network)
    rows = []
    for node in sorted(nx.articulation_points(graph)):
        parts, lost = cut_off(graph, node)
        labels = [str(graph.nodes[other].get("label") or other) for other in lost]
        rows.append({**described(graph, [node])[0], "parts": parts, "cut_off": len(lost), "lost": labels})
    return frame(rows, ["kind", "name", "label", "label_en", "parts", "cut_off", "lost"], ("cut_off", "parts"))


def bridges(network: Simple | Network) -> pd.DataFrame:
    """The bridges: edges without which their two ends are no longer joined (Hopcroft and Tarjan, 1973).

    Args:
        network: what `build_network` or `project` made.

    Returns:
        One row per bridge: `a_kind`, `a_name`, `a_label`, `a_label_en`, the same for `b`, `weight` (elements on
        which the tie rests) and `cut_off` (nodes on the smaller side, its end included), the highest first.

    Example:
        >>> import networkx
        >>> list(bridges(networkx.path_graph(["a", "b", "c", "d"]))["cut_off"])
        [2, 1, 1]
    """
    import networkx as nx

    graph = simple(network)
    rows = []
    for one, other in sorted((min(pair), max(pair)) for pair in nx.bridges(graph)):
        whole = len(nx.node_connected_component(graph, one))
        without = nx.restricted_view(graph, [], [(one, other)])
        side = len(nx.node_connected_component(without, one))
        pair = described(graph, [one], "a_")[0] | described(graph, [other], "b_")[0]
        rows.append({**pair, "weight": graph.edges[one, other]["weight"], "cut_off": min(side, whole - side)})
    nodes = [f"{side}_{name}" for side in "ab" for name in ("kind", "name", "label", "label_en")]
    return frame(rows, [*nodes, "weight", "cut_off"], ("cut_off", "weight"))
