"""From a triple back to the row of a table that says it: the graph itself holds no line numbers of tables."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

import pyoxigraph as ox

from cdv_graph.populate.dataset import mapped_tables
from cdv_graph.populate.evidence import Triple
from cdv_graph.tables import Dataset

__all__ = ["Origin", "origins"]


@dataclass(frozen=True)
class Origin:
    """A row, and what it says.

    Attributes:
        file: the table, relative to the data folder (`clermont-2024/articulations.csv`).
        line: the line in the file (1-based; the header is line 1).
        subject: the node that the row is about.
        triples: what it says of this node and of its readings.
    """

    file: str
    line: int
    subject: ox.NamedNode
    triples: frozenset[Triple]


def origins(
    dataset: Dataset,
    nodes: Set[ox.NamedNode],
    speaking: Callable[[Set[ox.NamedNode]], Set[ox.NamedNode]],
) -> list[Origin]:
    """The rows that some nodes come from.

    Args:
        dataset: the tables.
        nodes: nodes of the graph, or properties.
        speaking: from nodes to the subjects of what is said of them, so that only the rows about these are mapped.

    Returns:
        The rows about these nodes, in the order of the tables. A node that no row is about (a reading, a passage, a
        value that no table declares) gets the rows that speak of it.
    """
    rows = [(mapping, schema, row) for mapping, schema, rows in mapped_tables(dataset) for row in rows]
    about = [mapping.subject(schema, row) for mapping, schema, row in rows]
    rest = nodes - set(about)
    near = speaking(rest) if rest else frozenset()
    found = []
    for (mapping, schema, row), subject in zip(rows, about, strict=True):
        if subject in nodes or subject in near:
            triples = frozenset(mapping.triples(schema, row))
            if subject in nodes or any(not rest.isdisjoint(triple) for triple in triples):
                found.append(Origin(row.file, row.line, subject, triples))
    return found
