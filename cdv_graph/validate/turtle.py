"""A validation report as standard SHACL.

Source: SHACL, section 3.6, https://www.w3.org/TR/shacl/#validation-report.
"""

from __future__ import annotations

import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from cdv_graph.namespaces import PREFIXES
from cdv_graph.validate.report import Report
from cdv_graph.validate.terms import to_node

__all__ = ["turtle_report"]


def turtle_report(told: Report) -> bytes:
    """A report as a `sh:ValidationReport`, with the messages of the rules in both languages."""
    graph = rdflib.Graph()
    for prefix in ("sh", "cdv", "cdvsh"):
        graph.bind(prefix, PREFIXES[prefix])
    report = rdflib.BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    # of SHACL's own meaning (3.6.1.1), which allows no warning either
    graph.add((report, SH.conforms, rdflib.Literal(not told.problems)))
    for number, problem in enumerate(told.problems, 1):
        found = problem.finding
        if found is None or told.shapes is None:
            continue
        result = rdflib.BNode(f"result{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, to_node(found.focus)))
        graph.add((result, SH.sourceShape, found.shape))
        graph.add((result, SH.sourceConstraintComponent, rdflib.URIRef(found.component)))
        graph.add((result, SH.resultSeverity, rdflib.URIRef(found.severity)))
        if found.path is not None:
            graph.add((result, SH.resultPath, found.path))
            for triple in _described(told.shapes.graph, found.path):
                graph.add(triple)
        if found.value is not None:
            graph.add((result, SH.value, to_node(found.value)))
        for lang in ("fr", "en"):
            graph.add((result, SH.resultMessage, rdflib.Literal(problem.message(lang), lang)))
    return graph.serialize(format="longturtle", encoding="utf-8")


def _described(graph: rdflib.Graph, node: Node) -> rdflib.Graph:
    """The triples of a path of several steps."""
    return graph.cbd(node) if isinstance(node, rdflib.BNode) else rdflib.Graph()
