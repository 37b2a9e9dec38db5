"""One table to triples, as its schema says: nodes, values, evidence.

A document states things of two kinds of nodes. Its own (their slug starts with the document's, or they are its
listing, or the contract that its listing amends): each value gives the direct triple and one reading per passage.
Shared ones (a legal text, a dispositif type): only readings and passages, because the direct triple stands once, in
the authority or a vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from cdv_graph.namespaces import expand, fold, graph_iri
from cdv_graph.populate.evidence import Evidence, Triple
from cdv_graph.populate.names import about, node
from cdv_graph.populate.terms import bounds, iri, literal, local_name
from cdv_graph.tables import Column, Row, Schema

__all__ = ["TableMapping", "search_keys"]

_NAMES = {
    expand(name)
    for name in (
        *("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation", "cdv:acronym", "dcterms:title"),
        *("cdv:inseeCode", "cdv:siren", "cdv:qpvCode", "cdv:contractCode", "cdv:legalNumber"),
    )
}


def search_keys(subject: ox.NamedNode, predicate: ox.NamedNode, value: object) -> Iterator[Triple]:
    """The search key of a name or official code: the name folded."""
    if predicate.value in _NAMES and isinstance(value, ox.Literal) and (key := fold(value.value)):
        yield subject, iri("cdv:searchKey"), ox.Literal(key)


class TableMapping:
    """Maps the rows of one document, or of the authority, to quads of one named graph.

    Args:
        graph: the name of the graph (`authority`, `clermont-2024`).
        listing: the listing that the document prints, `contract/clermont-2024`, or empty.
        contract: the contract that elements are in: the listing, or for a call for projects the contract it is of.
        amended: the contract that the listing amends, or empty.
        shared: rows may be about nodes that are not the graph's own.
        bodies: the contract of each body that a reading of several contracts names: `body/…` -> `contract/…`.
    """

    def __init__(
        self,
        graph: str,
        listing: str = "",
        *,
        contract: str = "",
        amended: str = "",
        shared: bool = False,
        bodies: Mapping[str, str] | None = None,
    ) -> None:
        self.document, self.listing, self.contract, self.shared = graph, listing, contract or listing, shared
        self._bodies = bodies or {}
        self._speaks_for = {node(name, graph, listing) for name in (listing, amended) if name}
        self._graph = ox.NamedNode(graph_iri(graph))
        self._evidence = Evidence(graph)

    def quads(self, schema: Schema, rows: list[Row]) -> Iterator[ox.Quad]:
        """The quads of the rows of one table."""
        for row in rows:
            for lines in self._passages(schema, row):
                yield from self._evidence.passage_quads(lines)
            for subject, predicate, value in self.triples(schema, row):
                yield ox.Quad(subject, predicate, value, self._graph)

    def subject(self, schema: Schema, row: Row) -> ox.NamedNode:
        """The node that a row is about."""
        return about(schema, row, self.document, self.listing)

    @staticmethod
    def _passages(schema: Schema, row: Row) -> list[str]:
        return [lines for column in schema.columns if column.passage for lines in column.values(row[column.name])]

    def triples(self, schema: Schema, row: Row) -> Iterator[Triple]:
        """The triples of one row, its passages left out."""
        subject = self.subject(schema, row)
        own = not self.shared or self._owns(subject)
        if own:
            yield from self._node(schema, row, subject)
        passages = self._passages(schema, row)
        for lines in passages:
            yield subject, iri("cdv:statedIn"), self._evidence.passage(lines)
        if own:
            yield from self._days(schema, row, subject)
        words = next((row[column.name] for column in schema.columns if column.as_written), "")
        for column in schema.columns:
            if not column.property_url or not column.speaks(row.cells.get("field", "")):
                continue
            predicate, said = iri(column.property_url), words if column.quoted else ""
            values = [self._value(column, text) for text in column.values(row[column.name])]
            for value in values if own else ():
                yield subject, predicate, value
                yield from search_keys(subject, predicate, value)
            # a field that the source shows empty, or fills with words that are no value, is read as such
            read: list[ox.NamedNode | ox.Literal | None] = [*values] or [None] * bool(column.when and words)
            for seen in read:
                for lines in passages:
                    yield from self._evidence.reading(subject, predicate, seen, row, lines, said)

    def _owns(self, subject: ox.NamedNode) -> bool:
        return local_name(subject).startswith(self.document + ".") or subject in self._speaks_for

    def _node(self, schema: Schema, row: Row, subject: ox.NamedNode) -> Iterator[Triple]:
        if schema.classes:
            yield subject, iri("rdf:type"), iri(schema.classes.get(row["kind"]) or schema.classes[""])
        named = self._named(row)
        if schema.listed and (self.listing or named):
            listing = node(named or "contract", self.document, self.listing)
            contract = node(named or self.contract, self.document, self.listing)
            yield subject, iri("cdv:listedIn"), listing
            yield subject, iri("cdv:inContract"), contract
            if schema.contract:
                yield subject, iri("cdv:contract"), contract

    def _named(self, row: Row) -> str:
        """What a reading of several contracts says of one of them, or of one of its bodies, is listed in that one."""
        if contract := row.cells.get("contract"):
            return f"contract/{contract}"
        element = row.cells.get("element", "")
        if element.startswith("contract/"):
            return element
        return self._bodies.get(element or row.cells.get("activity", ""), "")

    def _value(self, column: Column, text: str) -> ox.NamedNode | ox.Literal:
        if column.node:
            return node(text, self.document, self.listing)
        if column.value_url:
            return iri(column.value_url.format_map({"document": self.document, column.name: text}))
        return literal(column, text)

    @staticmethod
    def _days(schema: Schema, row: Row, subject: ox.NamedNode) -> Iterator[Triple]:
        """The first and the last day that the dates of a row leave open; a date with an end is the start."""
        said = {column.property_url: row[column.name] for column in schema.columns if column.datatype == "date"}
        if first := said.get("cdv:startDate") or said.get("cdv:date"):
            yield subject, iri("cdv:earliest"), bounds(first)[0]
        if last := said.get("cdv:endDate") or said.get("cdv:date"):
            yield subject, iri("cdv:latest"), bounds(last)[1]
