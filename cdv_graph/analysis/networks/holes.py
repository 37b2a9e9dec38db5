"""Structural holes: who stands between others that are not tied to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.build import described, simple
from cdv_graph.analysis.networks.frames import frame, rounded

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["holes"]


def holes(network: Simple | Network) -> pd.DataFrame:
    """Burt's constraint, on weighted edges, and effective size, on unweighted ones.

    Source: Burt, Structural Holes: The Social Structure of Competition, Harvard University Press, 1992; effective size
    in the form of Borgatti, Structural holes: unpacking Burt's redundancy measures, Connections 20, 1997: n - 2t/n, for
    n neighbours with t ties among them. In a network of two kinds no two neighbours are tied, and effective size is
    the degree: project it first.

    Args:
        network: what `project` made, or a network.

    Returns:
        One row per node, the least constrained first: `kind`, `name`, `label`, `label_en`, `degree`, `constraint`
        (from near 0, many separate contacts, to above 1, one closed group; none without a neighbour),
        `effective_size` (in neighbours) and `efficiency` (the same divided by the degree, 0 to 1).

    Example:
        >>> import networkx
        >>> found = holes(networkx.star_graph(["a", "b", "c"]))
        >>> found[["constraint", "effective_size"]].values.tolist()
        [[0.5, 2.0], [1.0, 1.0], [1.0, 1.0]]
    """
    import networkx as nx

    graph = simple(network)
    tied = [node for node in graph if graph.degree(node)]
    constraint = nx.constraint(graph, tied, weight="weight") if tied else {}
    size = nx.effective_size(graph, tied) if tied else {}
    rows = []
    for node, about in zip(graph, described(graph, graph), strict=True):
        degree = graph.degree(node)
        rows.append(
            {
                **about,
                "degree": degree,
                "constraint": rounded(constraint[node]) if degree else None,
                "effective_size": rounded(size[node]) if degree else None,
                "efficiency": rounded(size[node] / degree) if degree else None,
                "openness": -rounded(constraint[node]) if degree else None,
            }
        )
    columns = "kind name label label_en degree constraint effective_size efficiency"
    return frame(rows, columns.split(), ("openness", "effective_size"))
