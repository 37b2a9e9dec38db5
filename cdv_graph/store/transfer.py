"""From one store to another, named graph by named graph, and what differs once it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.errors import StoreError
from cdv_graph.store.base import Store
from cdv_graph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from cdv_graph.store.remote import SparqlStore

__all__ = ["GraphState", "compared", "pull", "push"]


@dataclass(frozen=True)
class GraphState:
    """One named graph in two stores.

    Attributes:
        graph: its IRI.
        here: how many statements it holds here.
        there: and there.
        missing: how many are here only.
        extra: how many are there only.
        digest: of what is here: the same statements give the same.
        replaced: it was written there.
    """

    graph: str
    here: int
    there: int
    missing: int
    extra: int
    digest: str
    replaced: bool = False

    @property
    def same(self) -> bool:
        """Both hold the same statements."""
        return not self.missing and not self.extra


def _lines(quads: Iterable[ox.Quad]) -> set[str]:
    """Statements as text, blank nodes by their canonical names."""
    triples = [quad.triple for quad in quads]
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object)):
        named = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        named.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        triples = [quad.triple for quad in named]
    return {str(triple) for triple in triples}


def compared(here: Store, there: Store, graph: str, *, replaced: bool = False) -> GraphState:
    """What a named graph holds in two stores.

    Example:
        >>> one, other = EmbeddedStore.memory(), EmbeddedStore.memory()
        >>> one.load_nquads(b"<urn:a> <urn:b> <urn:c> <urn:g> .")
        >>> state = compared(one, other, "urn:g")
        >>> (state.here, state.there, state.missing, state.extra, state.same)
        (1, 0, 1, 0, False)
    """
    ours, theirs = _lines(here.quads(graph)), _lines(there.quads(graph))
    digest = hashlib.sha256("\n".join(sorted(ours)).encode()).hexdigest()[:16]
    return GraphState(graph, len(ours), len(theirs), len(ours - theirs), len(theirs - ours), digest, replaced)


def push(
    store: Store, server: SparqlStore, *, dry_run: bool = False, progress: Callable[[str], None] = lambda _: None
) -> Iterator[GraphState]:
    """Make the named graphs of a server hold what a store holds; those that the store lacks are left alone.

    A graph that is the same is not written. The others are replaced one by one, each at once, then read back.

    Args:
        store: what to send.
        server: where to.
        dry_run: only tell what differs.
        progress: called with the IRI of each graph before it is compared.

    Yields:
        The state of each named graph, once it is done.

    Raises:
        StoreError, QueryError: the server refuses, or is not reached; graphs that were done stay done.
    """
    for graph in store.graphs():
        progress(graph)
        state = compared(store, server, graph)
        if not state.same and not dry_run:
            server.replace(graph, store.quads(graph))
            state = compared(store, server, graph, replaced=True)
        yield state


def pull(
    server: SparqlStore, graphs: Iterable[str] = (), *, progress: Callable[[str], None] = lambda _: None
) -> EmbeddedStore:
    """The named graphs of a server, in memory.

    Args:
        server: where from.
        graphs: the IRIs of the named graphs to read; all by default.
        progress: called with the IRI of each graph before it is read.

    Raises:
        StoreError: the server holds no such graph, or did not send all that it counts in one.
        QueryError: the server refuses, or cuts its answer short.
    """
    store, counts = EmbeddedStore.memory(), server.counts()
    for graph in list(graphs) or sorted(counts):
        if graph not in counts:
            raise StoreError("remote.no-such-graph", endpoint=server.endpoint.name, graph=graph)
        progress(graph)
        before = len(store)
        store.add(server.quads(graph))
        if (read := len(store) - before) != counts[graph]:
            raise StoreError(
                "remote.changed", endpoint=server.endpoint.name, graph=graph, read=read, counted=counts[graph]
            )
    return store
