"""A validation report as standard SHACL.

Source: SHACL, section 3.6, https://www.w3.org/TR/shacl/#validation-report.
"""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from cdv_graph.namespaces import PREFIXES
from cdv_graph.store import Term
from cdv_graph.validate.report import Report

__all__ = ["turtle_report"]


def turtle_report(told: Report) -> bytes:
    """A report as a `sh:ValidationReport`, with the messages of the rules in both languages."""
    graph = rdflib.Graph()
    for prefix in ("sh", "cdv", "cdvsh"):
        graph.bind(prefix, PREFIXES[prefix])
    report = rdflib.BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, rdflib.Literal(told.conforms)))
    for number, problem in enumerate(told.problems, 1):
        found = problem.finding
        if found is None or told.shapes is None:
            continue
        result = rdflib.BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, _node(found.focus)))
        graph.add((result, SH.sourceShape, found.shape))
        graph.add((result, SH.sourceConstraintComponent, rdflib.URIRef(found.component)))
        graph.add((result, SH.resultSeverity, rdflib.URIRef(found.severity)))
        if found.path is not None:
            graph.add((result, SH.resultPath, found.path))
            for triple in _described(told.shapes.graph, found.path):
                graph.add(triple)
        if found.value is not None:
            graph.add((result, SH.value, _node(found.value)))
        for lang in ("fr", "en"):
            graph.add((result, SH.resultMessage, rdflib.Literal(problem.message(lang), lang)))
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
