"""Terms between the two libraries: Oxigraph holds the graph, rdflib the shapes."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from cdv_graph.store import Term

__all__ = ["from_node", "spelt", "to_node"]


def to_node(term: Term) -> rdflib.IdentifiedNode | rdflib.Literal:
    """A term for rdflib, as it is written: rdflib would make `"01"^^xsd:integer` a 1."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # a plain string has no datatype in rdflib
    datatype = None if term.datatype.value == str(rdflib.XSD.string) else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def from_node(node: Node) -> Term:
    """A term of rdflib for Oxigraph."""
    if not isinstance(node, rdflib.Literal):
        return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)


def spelt(node: Node) -> str:
    """A term of the shapes as SPARQL writes it.

    Raises:
        NotImplementedError: it is a blank node, which no query can name.
    """
    if isinstance(node, rdflib.BNode):
        raise NotImplementedError("a blank node as a value")
    return str(from_node(node))
