"""The embedded store: Oxigraph, in memory or in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from cdv_graph.errors import QueryError, StoreError
from cdv_graph.store.base import Answer, Term
from cdv_graph.store.folder import current
from cdv_graph.store.sparql import names_dataset, prepared

__all__ = ["EmbeddedStore"]


class EmbeddedStore:
    """An Oxigraph store.

    Example:
        >>> store = EmbeddedStore.memory()
        >>> store.load_nquads(b"<urn:a> <urn:b> <urn:c> <urn:g> .")
        >>> store.query("SELECT ?o { <urn:a> ?p ?o }").rows
        ((<NamedNode value=urn:c>,),)
    """

    def __init__(self, store: ox.Store) -> None:
        self._store, self._merged = store, False

    @classmethod
    def memory(cls) -> EmbeddedStore:
        """An empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def open(cls, path: Path, *, read_only: bool = True) -> EmbeddedStore:
        """A store in a folder: the version that was published last, or a plain Oxigraph store.

        Who reads keeps the version that was opened, whatever is published since.

        Raises:
            StoreError: the folder is missing (read-only) or holds no store.
        """
        if read_only and not path.is_dir():
            raise StoreError("store.no-store", path=path)
        version = current(path)
        try:
            return cls(ox.Store.read_only(str(version)) if read_only else ox.Store(str(version)))
        except OSError as error:
            if current(path) != version:  # another was published meanwhile, twice: this one is gone
                return cls.open(path, read_only=read_only)
            raise StoreError("store.not-a-store", path=path, why=str(error)) from error

    def query(self, sparql: str, graphs: Sequence[str] = ()) -> Answer:
        """Answer a query; see `Store.query`."""
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
        default = [ox.NamedNode(graph) for graph in graphs] or None
        found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | None = None
        try:
            found = self._store.query(
                prepared(sparql),
                use_default_graph_as_union=default is None and self.union(sparql),
                default_graph=default,
            )
            if isinstance(found, ox.QuerySolutions):
                variables = tuple(variable.value for variable in found.variables)
                # triple terms (RDF 1.2) never occur in data of this project
                return Answer(variables, cast(tuple[tuple[Term | None, ...], ...], tuple(map(tuple, found))))
            if isinstance(found, ox.QueryBoolean):
                return Answer(boolean=bool(found))
            return Answer(triples=tuple(found))
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError("store.query-fails", why=str(error)) from error
        finally:
            found = None  # pyoxigraph lets no other thread drop it, and an error, which would hold it, may go to one

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        self._store.bulk_extend(quads)

    def load_nquads(self, data: bytes) -> None:
        """Load N-Quads, the fastest way in.

        Raises:
            StoreError: the data is not N-Quads; nothing is loaded.
        """
        try:
            self._store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise StoreError("store.not-nquads", line=error.lineno, why=error.msg) from error

    def merge(self) -> None:
        """Keep the union of the named graphs beside them, so that a triple which several state counts once.

        Oxigraph's own union counts it once for each graph.
        """
        self._merged = True
        triples = {quad.triple for quad in self._store.quads_for_pattern(None, None, None, None)}
        self._store.bulk_extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)

    def union(self, sparql: str) -> bool:
        """Whether Oxigraph is to make the union of the named graphs for a query."""
        return not (self._merged or names_dataset(sparql))

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str = "") -> Iterator[ox.Quad]:
        """The quads of one graph, or of all."""
        return self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether any graph states the triple."""
        pattern = (triple.subject, triple.predicate, triple.object)
        return next(self._store.quads_for_pattern(*pattern), None) is not None

    def nquads(self) -> bytes:
        """All quads as sorted N-Quads: the same quads give the same bytes."""
        lines = (self._store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        lines.sort()
        return b"".join(lines)

    def optimize(self) -> None:
        """Compact a store in a folder, so that it opens fast for readers."""
        self._store.flush()
        self._store.optimize()

    @property
    def oxigraph(self) -> ox.Store:
        """The Oxigraph store itself, for engines that read it directly."""
        return self._store

    def __len__(self) -> int:
        return len(self._store)
