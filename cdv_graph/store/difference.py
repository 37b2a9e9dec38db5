"""What two stores do not share."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from cdv_graph.store.base import Store

__all__ = ["difference"]


def difference(before: Store, after: Store, graphs: Iterable[str] = ()) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """The quads that are in one store only, named graph by named graph: no more than one is held in memory.

    Args:
        before: the graph as it was.
        after: the graph as it is.
        graphs: the IRIs of the named graphs to compare; all by default.

    Returns:
        What was taken away, and what was added.

    Example:
        >>> from cdv_graph.store import EmbeddedStore
        >>> old, new = EmbeddedStore.memory(), EmbeddedStore.memory()
        >>> old.load_nquads(b"<urn:a> <urn:b> <urn:c> <urn:g> .")
        >>> new.load_nquads(b"<urn:a> <urn:b> <urn:d> <urn:g> .")
        >>> [len(found) for found in difference(old, new)]
        [1, 1]
    """
    removed: set[ox.Quad] = set()
    added: set[ox.Quad] = set()
    for name in list(graphs) or sorted({*before.graphs(), *after.graphs()}):
        were = set(before.quads(name))
        for quad in after.quads(name):
            if quad in were:
                were.remove(quad)
            else:
                added.add(quad)
        removed |= were
    return removed, added
