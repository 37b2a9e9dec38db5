"""What the kind *partners* shows of a projection: the ties that matter, in communities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.backbone import backbone
from cdv_graph.analysis.networks.build import simple
from cdv_graph.analysis.networks.communities import partition
from cdv_graph.analysis.networks.projection import project

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network, Simple


__all__ = ["BROKERS", "Shown", "kept", "shown_of"]

_FEW, _TIES, _NODES, BROKERS = 60, 160, 80, 8


_ALPHAS = (0.2, 0.15, 0.1, 0.05, 0.02, 0.01)


def kept(graph: Simple) -> tuple[list[tuple[str, str]], float]:
    """The ties that a picture can show, and the level of the filter; 0 where all of them are shown.

    The disparity filter (Serrano 2009) at the highest level of a list that leaves at most 160 ties; a graph of at most
    60 ties is shown whole.
    """
    if graph.number_of_edges() <= _FEW:
        return list(graph.edges), 0.0
    for alpha in _ALPHAS:
        ties = backbone(graph, alpha)
        if len(ties) <= _TIES:
            break
    return ties, alpha


@dataclass(frozen=True)
class Shown:
    """What is drawn of a projection: the nodes by community, the ties, how many fiches each node has."""

    whole: Simple
    groups: list[list[str]]
    ties: list[tuple[str, str]]
    alpha: float
    sheets: Mapping[str, int]
    dropped: int

    @property
    def nodes(self) -> list[str]:
        """The partners that are drawn."""
        return [node for group in self.groups for node in group]


def shown_of(network: Network) -> Shown:
    """What is drawn of a network of partners and fiches."""
    import networkx as nx

    if not len(network):
        return Shown(nx.Graph(), [], [], 0.0, {}, 0)
    both = simple(network)
    whole = project(network, "partner")
    sheets = {node: both.degree(node) for node in whole}
    ties, alpha = kept(whole)
    tied = sorted({node for tie in ties for node in tie}, key=lambda node: (-sheets[node], node))
    drawn = set(tied[:_NODES])
    ties = [(one, other) for one, other in ties if one in drawn and other in drawn]
    some: Simple = nx.Graph()
    some.add_nodes_from(sorted({node for tie in ties for node in tie}))
    some.add_edges_from((one, other, {"weight": whole.edges[one, other]["weight"]}) for one, other in ties)
    groups = [sorted(group, key=lambda node: (-sheets[node], node)) for group in partition(some)] if ties else []
    return Shown(whole, groups, ties, alpha, sheets, len(tied) - len(drawn))
