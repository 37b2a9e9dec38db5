"""A validation report as standard SHACL.

Source: SHACL, section 3.6, https://www.w3.org/TR/shacl/#validation-report.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from cdv_graph.namespaces import PREFIXES
from cdv_graph.store import Term
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.rules import rule_of
from cdv_graph.validate.shapes import Shapes

__all__ = ["turtle_report"]


def turtle_report(shapes: Shapes, findings: Sequence[Finding]) -> bytes:
    """Findings as a `sh:ValidationReport`, with the messages of the shapes in every language they have."""
    graph = rdflib.Graph()
    for prefix in ("sh", "cdv", "cdvsh"):
        graph.bind(prefix, PREFIXES[prefix])
    report = rdflib.BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    conforms = not any(found.severity == str(SH.Violation) for found in findings)
    graph.add((report, SH.conforms, rdflib.Literal(conforms)))
    for number, found in enumerate(findings, 1):
        result = rdflib.BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, _node(found.focus)))
        graph.add((result, SH.sourceShape, found.shape))
        graph.add((result, SH.sourceConstraintComponent, rdflib.URIRef(found.component)))
        graph.add((result, SH.resultSeverity, rdflib.URIRef(found.severity)))
        if found.path is not None:
            graph.add((result, SH.resultPath, found.path))
            for triple in _described(shapes.graph, found.path):
                graph.add(triple)
        if found.value is not None:
            graph.add((result, SH.value, _node(found.value)))
        message = rule_of(shapes, found.shape).message.filled("" if found.value is None else found.value.value)
        for lang in ("fr", "en"):
            if said := message.told(lang):
                graph.add((result, SH.resultMessage, rdflib.Literal(said, lang)))
    return graph.serialize(format="longturtle", encoding="utf-8")


def _described(graph: rdflib.Graph, node: Node) -> rdflib.Graph:
    """The triples of a path of several steps."""
    return graph.cbd(node) if isinstance(node, rdflib.BNode) else rdflib.Graph()


def _node(term: Term) -> Node:
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    return rdflib.BNode(term.value) if isinstance(term, ox.BlankNode) else rdflib.URIRef(term.value)
