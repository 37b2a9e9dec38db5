"""Results of a validation as the tests compare them: those of an engine, and those that a report in Turtle tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from cdv_graph.store import EmbeddedStore, Term
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.terms import from_node


@dataclass(frozen=True)
class Result:
    """One result of a validation, without its message; its path is as `written` writes it."""

    focus: Term | None
    path: str | None
    value: Term | None
    component: Term | None
    shape: Term | None
    severity: Term | None


def stored(place: Path) -> EmbeddedStore:
    """A store with the triples of a Turtle file."""
    store = EmbeddedStore.memory()
    store.add(ox.parse(path=str(place), base_iri=place.as_uri(), format=ox.RdfFormat.TURTLE))
    return store


def found(graph: rdflib.Graph, findings: Iterable[Finding]) -> set[Result]:
    """What an engine found, by the shapes of a graph."""
    return {
        Result(
            focus=one.focus,
            path=written(graph, one.path),
            value=one.value,
            component=ox.NamedNode(one.component),
            shape=from_node(one.shape),
            severity=ox.NamedNode(one.severity),
        )
        for one in findings
    }


def told(graph: rdflib.Graph, report: rdflib.term.Node | None) -> set[Result]:
    """What a `sh:ValidationReport` tells."""
    return {_read(graph, result) for result in graph.objects(report, SH.result)}


def _read(graph: rdflib.Graph, result: rdflib.term.Node) -> Result:
    def one(predicate: rdflib.URIRef) -> Term | None:
        node = graph.value(result, predicate)
        return None if node is None else from_node(node)

    return Result(
        focus=one(SH.focusNode),
        path=written(graph, graph.value(result, SH.resultPath)),
        value=one(SH.value),
        component=one(SH.sourceConstraintComponent),
        shape=one(SH.sourceShape),
        severity=one(SH.resultSeverity),
    )


def written(graph: rdflib.Graph, path: rdflib.term.Node | None) -> str | None:
    """A path as SPARQL writes it: `<a>`, `(<a>/<b>)`, `(<a>|<b>)`, `^<a>`, `<a>*`."""
    if path is None:
        return None
    if not isinstance(path, rdflib.BNode):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return f"({'/'.join(str(written(graph, step)) for step in Collection(graph, path))})"
    for predicate, before, after in (
        (SH.inversePath, "^", ""),
        (SH.zeroOrMorePath, "", "*"),
        (SH.oneOrMorePath, "", "+"),
        (SH.zeroOrOnePath, "", "?"),
    ):
        if inner := graph.value(path, predicate):
            return f"{before}{written(graph, inner)}{after}"
    alternatives = graph.value(path, SH.alternativePath)
    assert alternatives is not None, "no path"
    return f"({'|'.join(str(written(graph, step)) for step in Collection(graph, alternatives))})"


def compared(results: set[Result]) -> Counter[Result]:
    """Results with every blank node as the same: its name is no part of it."""
    blank = ox.BlankNode("blank")
    return Counter(
        replace(
            one,
            focus=blank if isinstance(one.focus, ox.BlankNode) else one.focus,
            value=blank if isinstance(one.value, ox.BlankNode) else one.value,
            shape=blank if isinstance(one.shape, ox.BlankNode) else one.shape,
        )
        for one in results
    )
