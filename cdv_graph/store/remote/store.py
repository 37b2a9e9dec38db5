"""The store on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import uuid4

import pyoxigraph as ox

from cdv_graph.store.base import Answer, Term
from cdv_graph.store.remote.endpoint import Endpoint
from cdv_graph.store.remote.results import answer, rows, triples
from cdv_graph.store.remote.transport import Transport
from cdv_graph.store.remote.updates import insertions
from cdv_graph.store.sparql import form, names_dataset, prepared

__all__ = ["SparqlStore"]

# what Virtuoso keeps for itself
_SYSTEM = frozenset(
    {
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/2002/07/owl#",
        "http://www.w3.org/ns/ldp#",
        "http://localuriqaserver/sparql",
        "urn:activitystreams-owl:map",
        "urn:core:services:sparql",
    }
)
_STAGING = "urn:x-cdv-graph:staging:"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_ONE = "SELECT ?s ?p ?o {{ GRAPH {graph} {{ ?s ?p ?o }} FILTER(!isBlank(?s) && !isBlank(?o)) }} LIMIT 1"
# the inner query sorts, the outer one cuts: Virtuoso refuses to sort and cut beyond 10,000 rows at once
_PAGE = """SELECT ?s ?p ?o {{ {{ SELECT ?s ?p ?o {{ GRAPH {graph} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o }} }}
OFFSET {offset} LIMIT {limit}"""


class SparqlStore:
    """A graph on any server that speaks the SPARQL 1.1 protocol.

    The default graph of a query is the union of the named graphs, as in every store. Where that of the server is
    another, the queries name the graphs (`default-graph-uri`); which it is is found out with the first query.

    Args:
        endpoint: where the server answers.
        transport: what sends to it; one of its own by default.
    """

    def __init__(self, endpoint: Endpoint, transport: Transport | None = None) -> None:
        self.endpoint = endpoint
        self._transport = transport or Transport(endpoint)
        self._named: tuple[str, ...] | None = None

    def query(self, sparql: str, graphs: Sequence[str] = ()) -> Answer:
        """Answer a query; see `Store.query`.

        Raises:
            QueryError: the query is no query, the server refuses it, or cuts its answer short.
            StoreError: the server is not reached, is too slow, asks who we are, or answers something else.
        """
        kind, text = form(sparql), prepared(sparql)
        return answer(self.endpoint, self._transport.query(text, kind, self._seen(text, graphs)), kind)

    def rows(self, sparql: str, graphs: Sequence[str] = ()) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT as they come: an answer larger than memory can be read.

        Raises:
            QueryError, StoreError: as `query`, and where the answer breaks off.
        """
        text = prepared(sparql)
        return rows(self.endpoint, self._transport.query(text, form(sparql), self._seen(text, graphs)))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, in updates of a bounded size; where one fails, those before it stay."""
        for request in insertions(quads):
            self._transport.update(request)
        self._named = None

    def replace(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Make a named graph hold these statements and no others; nobody sees it half written.

        By the graph store protocol in one request, where the endpoint has one. By updates otherwise: the statements are
        written to a graph aside, which is then moved over the graph in one update; where anything fails, the graph
        stays as it was.
        """
        held = list(quads)
        if self.endpoint.graph_store:
            triples_ = (quad.triple for quad in held)
            self._transport.put_graph(graph, ox.serialize(triples_, format=ox.RdfFormat.N_TRIPLES) or b"")
        else:
            self._move_in(graph, held)
        self._named = None

    def _move_in(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        if not quads:
            self._transport.update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
            return
        aside = ox.NamedNode(_STAGING + uuid4().hex)
        try:
            for request in insertions(ox.Quad(quad.subject, quad.predicate, quad.object, aside) for quad in quads):
                self._transport.update(request)
            self._transport.update(f"MOVE {aside} TO {ox.NamedNode(graph)}")
        except BaseException:
            self._transport.update(f"DROP SILENT GRAPH {aside}")
            raise

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted, without those that the server keeps for itself."""
        return sorted(self.counts())

    def counts(self) -> dict[str, int]:
        """How many statements each named graph holds."""
        return {
            graph.value: int(count.value)
            for graph, count in self._asked(_COUNTS)
            if isinstance(graph, ox.NamedNode) and isinstance(count, ox.Literal)
            if graph.value not in _SYSTEM and not graph.value.startswith(_STAGING)
        }

    def quads(self, graph: str = "") -> Iterator[ox.Quad]:
        """The quads of one graph, or of all, as they come.

        By the graph store protocol where the endpoint has one, page by page otherwise. A graph that changes between
        two pages may be read wrong.
        """
        for name in [graph] if graph else self.graphs():
            node = ox.NamedNode(name)
            for triple in self._triples(node):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, node)

    def _triples(self, graph: ox.NamedNode) -> Iterator[ox.Triple]:
        if self.endpoint.graph_store:
            if body := self._transport.get_graph(graph.value):
                yield from triples(self.endpoint, body)
            return
        limit, offset = self.endpoint.page, 0
        while True:
            page = list(self._asked(_PAGE.format(graph=graph, offset=offset, limit=limit)))
            yield from (ox.Triple(*row) for row in page)  # type: ignore[arg-type]
            if len(page) < limit:
                return
            offset += limit

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether any graph states the triple."""
        asked = f"ASK {{ GRAPH ?g {{ {triple} }} }}"
        return bool(answer(self.endpoint, self._transport.query(asked, "ASK"), "ASK").boolean)

    def __len__(self) -> int:
        """The number of quads."""
        return sum(self.counts().values())

    def _asked(self, select: str) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT that names its graphs with `GRAPH`."""
        return rows(self.endpoint, self._transport.query(select, "SELECT"))

    def _seen(self, sparql: str, graphs: Sequence[str]) -> tuple[str, ...]:
        """The graphs that a request must name so that its default graph is the one wanted."""
        if graphs or names_dataset(sparql):
            return tuple(graphs)
        if self._named is None:
            self._named = self._to_name()
        return self._named

    def _to_name(self) -> tuple[str, ...]:
        """The named graphs, unless the server's default graph holds what is in them."""
        named = self.graphs()
        for graph in named:
            for row in self._asked(_ONE.format(graph=ox.NamedNode(graph))):
                asked = "ASK {{ {} {} {} }}".format(*row)
                held = answer(self.endpoint, self._transport.query(asked, "ASK"), "ASK")
                return () if held.boolean else tuple(named)
        return tuple(named)
