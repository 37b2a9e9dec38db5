"""What a picture can show of a network: the strongest nodes of each kind, and the ties among them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.diagram.kinds.partners import kept
from cdv_graph.diagram.nodes import node_style

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Simple

__all__ = ["Shown", "strongest"]

_TIES, _FEWEST = 160, 8


@dataclass(frozen=True)
class Shown:
    """What is drawn of a network.

    Attributes:
        whole: all of it.
        graph: what is drawn of it.
        levels: the nodes that are drawn, by column of their kind, the strongest first.
        alpha: the level of the filter that left weak ties out; 0 where none was used.
    """

    whole: Simple
    graph: Simple
    levels: list[list[str]]
    alpha: float = 0.0


def strongest(graph: Simple, top: int | None) -> Shown:
    """The nodes of each column that have the most ties, then the heaviest, and the ties among them.

    Args:
        graph: the network, one undirected edge between two nodes.
        top: how many nodes of a column; twice as many of one that is shared out to two sides. Fewer where they would
            have more than 160 ties; those without a tie to what is shown are left out. All by default.

    Example:
        >>> import networkx
        >>> star = networkx.star_graph(["a", "x", "y", "z"])
        >>> networkx.set_node_attributes(star, {"a": "contract", "x": "body", "y": "body", "z": "body"}, "kind")
        >>> networkx.set_edge_attributes(star, {("a", "x"): 1, ("a", "y"): 2, ("a", "z"): 3}, "weight")
        >>> strongest(star, 1).levels
        [['a'], ['z', 'y']]
    """
    levels = _levels(graph)
    if top is None:
        return Shown(graph, graph, levels)
    ties, alpha = (list(graph.edges), 0.0) if len(levels) > 1 else kept(graph)
    if not ties:  # where all ties are alike, none stands out
        ties, alpha = list(graph.edges), 0.0
    tied = {node for pair in ties for node in pair}
    levels, few = [[node for node in level if node in tied] for level in levels], top
    while True:
        room = [2 * few if len(levels) < 3 and level == max(levels, key=len) else few for level in levels]
        nodes = {node for level, most in zip(levels, room, strict=True) for node in level[:most]}
        among = [(one, other) for one, other in ties if one in nodes and other in nodes]
        if len(among) <= _TIES or few <= _FEWEST:
            break
        few = max(_FEWEST, few * 3 // 4)
    drawn = graph.edge_subgraph(among)
    some: Simple = type(graph)()
    some.add_nodes_from((node, graph.nodes[node]) for node in sorted(drawn))
    some.add_edges_from((one, other, graph.edges[one, other]) for one, other in sorted(among))
    shown = [[node for node in level if node in some] for level in levels]
    return Shown(graph, some, [level for level in shown if level], alpha)


def _levels(graph: Simple) -> list[list[str]]:
    """The nodes by the column of their kind, the strongest first."""
    found: dict[int, list[str]] = defaultdict(list)
    for node, kind in graph.nodes(data="kind"):
        found[node_style(str(kind)).column].append(node)
    weights = {node: sum(edge["weight"] for edge in graph[node].values()) for node in graph}
    strengths = {node: sum(edge.get("strength", 0) for edge in graph[node].values()) for node in graph}
    return [
        sorted(nodes, key=lambda node: (-graph.degree(node), -weights[node], -strengths[node], node))
        for _, nodes in sorted(found.items())
    ]
