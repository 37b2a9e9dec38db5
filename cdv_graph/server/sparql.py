"""The job of the endpoint: a SPARQL query answered in the format that the client prefers, within bounds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph as ox

from cdv_graph.namespaces import PREFIXES
from cdv_graph.server.job import Reply
from cdv_graph.server.limits import ROWS, SIZE
from cdv_graph.server.negotiate import preferred
from cdv_graph.server.problem import RequestError
from cdv_graph.store import EmbeddedStore
from cdv_graph.store.sparql import prepared

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "answer", "written"]

# what is offered, the default first; some types are another name of a format
RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
# what to leave out of a format before its rows can be counted, what stands once per row, and once more at the head
_ROWS = {
    ox.QueryResultsFormat.JSON: (rb'"(?:[^"\\]|\\.)*"', rb"[\[,]\{", 0),
    ox.QueryResultsFormat.XML: (rb"\A", rb"<result>", 0),
    ox.QueryResultsFormat.CSV: (rb'"[^"]*"', rb"\n", 1),
    ox.QueryResultsFormat.TSV: (rb"\A", rb"\n", 1),
}
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<why>.*)", re.S)
_CHARACTERS = re.compile(r"(?:, )?\['[^]]*\]")  # sets of characters, as a parser tells them
_LONGEST_REASON = 200


class _Bounded(io.BytesIO):
    """Takes so many bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limit:
            raise RequestError("server.too-big", limit=self._limit)
        return super().write(data)


def answer(store: EmbeddedStore, asked: Mapping[str, str]) -> Reply:
    """Answer a query of the SPARQL protocol.

    Args:
        store: the graph.
        asked: `query`; `default` and `named`, IRIs of graphs separated by spaces, which stand for those of the
            query; `accept`, the client's header.

    Returns:
        Rows, a truth value or triples, in the format that the client prefers.

    Raises:
        QueryError: the query calls another server.
        RequestError: it is not a SPARQL query (400), no format suits the client (406), or the answer is too big (413).
    """
    found = _found(store, asked)
    triples = isinstance(found, ox.QueryTriples)
    kind = preferred(asked["accept"], [*(GRAPH_FORMATS if triples else RESULT_FORMATS)])
    if kind is None:
        raise RequestError("server.not-acceptable", known=", ".join(GRAPH_FORMATS if triples else RESULT_FORMATS))
    rows, size = int(asked[ROWS]), int(asked[SIZE])
    try:
        if isinstance(found, ox.QueryTriples):
            return written(_at_most(rows, found), kind, size)
        output = _Bounded(size)
        found.serialize(output, RESULT_FORMATS[kind])
    except (ValueError, RuntimeError, OSError) as error:
        raise RequestError("store.query-fails", why=str(error)) from error
    if isinstance(found, ox.QuerySolutions):
        _count(output.getvalue(), RESULT_FORMATS[kind], rows)
    return Reply(output.getvalue(), f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)


def written(triples: Iterable[ox.Triple], kind: str, size: int) -> Reply:
    """Triples in a format of `GRAPH_FORMATS`.

    Raises:
        RequestError: they take more than so many bytes.
    """
    output = _Bounded(size)
    prefixes = {name: base for name, base in PREFIXES.items() if name.replace("-", "").isalnum()}
    ox.serialize(triples, output, GRAPH_FORMATS[kind], prefixes=prefixes)
    return Reply(output.getvalue(), f"{kind}; charset=utf-8" if kind == "text/turtle" else kind)


def _found(store: EmbeddedStore, asked: Mapping[str, str]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    default, named = ([ox.NamedNode(iri) for iri in asked.get(name, "").split()] for name in ("default", "named"))
    query = asked["query"]
    ask = partial(store.oxigraph.query, prepared(query, PREFIXES), prefixes=PREFIXES)
    try:
        if default or named:
            return ask(default_graph=[*default], named_graphs=[*named])
        return ask(use_default_graph_as_union=store.union(query))
    except SyntaxError as error:
        if place := _PLACE.match(str(error)):
            why = _CHARACTERS.sub("", " ".join(place["why"].split()))[:_LONGEST_REASON]
            raise RequestError("server.malformed", line=place["line"], column=place["column"], why=why) from error
        raise RequestError("store.query-fails", why=str(error)) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise RequestError("store.query-fails", why=str(error)) from error


def _at_most(rows: int, found: ox.QueryTriples) -> Iterator[ox.Triple]:
    for count, triple in enumerate(found, 1):
        if count > rows:
            raise RequestError("server.too-many", limit=rows)
        yield triple


def _count(content: bytes, form: ox.QueryResultsFormat, rows: int) -> None:
    strings, row, head = _ROWS[form]
    if len(content) <= rows:  # no format spends less than a byte on a row
        return
    if len(re.findall(row, re.sub(strings, b"", content))) - head > rows:
        raise RequestError("server.too-many", limit=rows)
