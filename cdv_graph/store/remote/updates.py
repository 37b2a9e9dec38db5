"""Quads as updates of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

__all__ = ["insertions"]

# Virtuoso compiles each update as one query: larger ones exhaust its stack, much smaller ones cost a request each
_TRIPLES = 500


def insertions(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Updates that insert the quads, a bounded number of them each, graph by graph as they come.

    Example:
        >>> quads = ox.parse("<urn:a> <urn:b> 'c' <urn:g> .".replace("'", '"'), format=ox.RdfFormat.N_QUADS)
        >>> list(insertions(quads))
        ['INSERT DATA { GRAPH <urn:g> {\\n<urn:a> <urn:b> "c" .\\n} }']
    """
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        held: list[str] = []
        for quad in members:
            held.append(f"{quad.triple} .")
            if len(held) == _TRIPLES:
                yield _insertion(graph, held)
                held = []
        if held:
            yield _insertion(graph, held)


def _insertion(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return (
        f"INSERT DATA {{ {body} }}"
        if isinstance(graph, ox.DefaultGraph)
        else f"INSERT DATA {{ GRAPH {graph} {{\n{body}\n}} }}"
    )
