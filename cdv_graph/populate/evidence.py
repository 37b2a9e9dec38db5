"""Passages and readings: what makes a value checkable."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import pyoxigraph as ox

from cdv_graph.errors import Fault, TableError
from cdv_graph.messages import message
from cdv_graph.namespaces import PREFIXES, graph_iri, shorten, slug
from cdv_graph.populate.terms import iri, local_name
from cdv_graph.tables import Row

__all__ = ["Evidence"]

_TYPE = iri("rdf:type")
_RFC5147 = ox.NamedNode("http://tools.ietf.org/rfc/rfc5147")
_LONGEST_SLUG = 80

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _said(value: ox.NamedNode | ox.Literal | None) -> str:
    """A value as a part of an IRI."""
    if value is None:
        return "empty"
    return local_name(value) if isinstance(value, ox.NamedNode) else slug(value.value)[:_LONGEST_SLUG].strip("-")


@functools.cache
def _stated(predicate: ox.NamedNode) -> str:
    """A property as a part of an IRI: `articulated-element`."""
    return re.sub(r"(?=[A-Z])", "-", local_name(predicate)).lower()


class Evidence:
    """Writes the passages and readings of one document, and refuses two readings under one IRI."""

    def __init__(self, document: str) -> None:
        self.document = document
        self._read: dict[str, tuple[ox.NamedNode, ox.NamedNode, object]] = {}
        self._passages: set[str] = set()

    def _place(self, lines: str) -> tuple[str, str]:
        """The document and its lines: `1149-1157`, or `montpellier-2016:1149-1157` for another document."""
        other, _, own = lines.rpartition(":")
        return other or self.document, own

    def passage(self, lines: str) -> ox.NamedNode:
        """The node of a range of lines (`1149-1157` or `544`)."""
        return iri("passage:{}.{}".format(*self._place(lines)))

    def passage_quads(self, lines: str) -> Iterator[ox.Quad]:
        """What is said of a passage, once, in its document's graph: its lines, and the same as an RFC 5147 fragment."""
        if lines in self._passages:
            return
        self._passages.add(lines)
        name, _ = self._place(lines)
        graph = ox.NamedNode(graph_iri(name))
        for triple in self._passage_triples(lines):
            yield ox.Quad(*triple, graph)

    def _passage_triples(self, lines: str) -> Iterator[Triple]:
        name, own = self._place(lines)
        node, first, last = self.passage(lines), *(own.split("-") * 2)[:2]
        document, selector = iri(f"document:{name}"), ox.NamedNode(node.value + ".lines")
        integer = iri("xsd:integer")
        yield node, _TYPE, iri("cdv:Passage")
        yield node, iri("cdv:document"), document
        yield node, iri("cdv:startLine"), ox.Literal(first, datatype=integer)
        yield node, iri("cdv:endLine"), ox.Literal(last, datatype=integer)
        yield node, iri("oa:hasSource"), document
        yield node, iri("oa:hasSelector"), selector
        yield selector, _TYPE, iri("oa:FragmentSelector")
        yield selector, iri("rdf:value"), ox.Literal(f"line={int(first) - 1},{last}")
        yield selector, iri("dcterms:conformsTo"), _RFC5147

    def reading(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode,
        value: ox.NamedNode | ox.Literal | None,
        row: Row,
        lines: str,
        words: str,
    ) -> Iterator[Triple]:
        """One value read at one place; no value where the source shows an empty field, or words that are no value.

        Raises:
            TableError: the IRI of the reading is taken by another value.
        """
        kind, _, name = shorten(subject.value).partition(":")
        name = name.removeprefix(self.document + ".")
        said = _said(value)
        node = iri(f"reading:{self.document}.{kind}.{name}.{_stated(predicate)}.{said}.{lines.replace(':', '.')}")
        before = self._read.setdefault(node.value, (subject, predicate, value))
        if before != (subject, predicate, value):
            name = node.value.removeprefix(PREFIXES["reading"])
            raise TableError([Fault(row.file, row.line, local_name(predicate), name, message("populate.iri-taken"))])
        yield node, _TYPE, iri("cdv:Reading")
        yield node, iri("cdv:subject"), subject
        yield node, iri("cdv:property"), predicate
        if value is not None:
            yield node, iri("cdv:object" if isinstance(value, ox.NamedNode) else "cdv:objectValue"), value
        yield node, iri("cdv:statedIn"), self.passage(lines)
        yield node, iri("cdv:method"), iri("method:" + row["method"])
        if words:
            yield node, iri("cdv:asWritten"), ox.Literal(words, language="fr")
