"""Nodes in columns, those of a kind under one another, in an order that keeps ties short; no box touches another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cdv_graph.diagram.kinds.placing import near

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Simple

__all__ = ["heights", "ordered", "spread"]

_SWEEPS = 12


def ordered(graph: Simple, levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """The nodes of each column in the order of the middle of their neighbours (barycentre heuristic).

    Source: Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures, IEEE
    Transactions on Systems, Man, and Cybernetics 11, 1981.

    Example:
        >>> import networkx
        >>> ordered(networkx.Graph([("a", "y"), ("b", "x")]), [["a", "b"], ["x", "y"]])
        [['a', 'b'], ['y', 'x']]
    """
    columns = [list(level) for level in levels]
    for sweep in range(_SWEEPS):
        at = {node: (place + 0.5) / len(column) for column in columns for place, node in enumerate(column)}
        for column in columns if sweep % 2 else columns[::-1]:
            middle = {
                node: sum(at[other] for other in graph[node]) / len(graph[node]) if graph[node] else at[node]
                for node in column
            }
            column.sort(key=lambda node: middle[node])
            at.update({node: (place + 0.5) / len(column) for place, node in enumerate(column)})
    return columns


def spread(columns: Sequence[Sequence[str]], most: int) -> list[list[str]]:
    """Two columns of which one is long, as three: the long one shared out to both sides of the other.

    Example:
        >>> spread([["a"], ["w", "x", "y", "z"]], 2)
        [['w', 'y'], ['a'], ['x', 'z']]
    """
    if len(columns) != 2 or max(map(len, columns)) <= most:
        return [list(column) for column in columns]
    short, long = sorted(columns, key=len)
    return [list(long[::2]), list(short), list(long[1::2])]


def heights(graph: Simple, columns: Sequence[Sequence[str]], tall: Mapping[str, float], gap: float) -> dict[str, float]:
    """The middle of each box, from 0 down: the tallest column is filled, the others stand by what they are tied to.

    Args:
        graph: what ties the nodes.
        columns: the nodes of each column, in order.
        tall: the height of each box.
        gap: between two boxes of a column.

    Example:
        >>> import networkx
        >>> heights(networkx.Graph([("a", "x"), ("a", "y")]), [["a"], ["x", "y"]], dict.fromkeys("axy", 10.0), 10)
        {'x': 5.0, 'y': 25.0, 'a': 15.0}
    """

    def need(column: Sequence[str]) -> float:
        return sum(tall[node] + gap for node in column) - gap

    bottom = max(map(need, columns), default=0.0)
    found: dict[str, float] = {}
    for column in sorted(columns, key=lambda column: -need(column)):
        free = (bottom - need(column)) / max(len(column), 1)
        top, wanted = free / 2, []
        for node in column:
            told = [found[other] for other in graph[node] if other in found]
            wanted.append((sum(told) / len(told) if told else top + tall[node] / 2, tall[node]))
            top += tall[node] + gap + free
        for node, edge in zip(column, near(wanted, gap, bottom), strict=True):
            found[node] = edge + tall[node] / 2
    return found
