"""Blank nodes of two builds, compared by what is said of them: their labels mean nothing outside their file."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from cdv_graph.store import Store

__all__ = ["canonical"]

Quads = set[ox.Quad]


def canonical(before: Store, after: Store, removed: Quads, added: Quads) -> tuple[Quads, Quads]:
    """A difference whose blank nodes have names that follow from what is said of them.

    The names are hashes of the statements around each node (rdflib's `to_canonical_graph`, after McCusker, 2015): the
    same statements have the same names, whatever their labels were; where some differ, others may take other names
    too, and are told. Data graphs of cdv-graph hold no blank node: there the difference is left as it is.

    Args:
        before: the old build.
        after: the new one.
        removed: the quads that only the old one has, as labels tell.
        added: those that only the new one has.
    """
    graphs = {
        quad.graph_name for quad in (*removed, *added) if _blank(quad) and isinstance(quad.graph_name, ox.NamedNode)
    }
    if not graphs:
        return removed, added
    old, new = (
        {named for graph in graphs for named in _named(graph, store.quads(graph.value))} for store in (before, after)
    )
    named = [{quad for quad in quads if not _blank(quad)} for quads in (removed, added)]
    return named[0] | (old - new), named[1] | (new - old)


def _blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _named(graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    import rdflib
    from rdflib.compare import to_canonical_graph

    read = rdflib.Graph()
    lines = ox.serialize([quad.triple for quad in quads if _blank(quad)], format=ox.RdfFormat.N_TRIPLES)
    read.parse(data=lines, format="nt")
    for triple in ox.parse(to_canonical_graph(read).serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
