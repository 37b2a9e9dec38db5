"""The reference engine: pySHACL over a copy of the graph in an Oxigraph store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib import SH

from cdv_graph.errors import InputError
from cdv_graph.store import Store, Term
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.shapes import Shapes

if TYPE_CHECKING:
    from pyshacl.graph_abstraction import DataGraph

__all__ = ["data_graph", "findings_of", "reference_findings"]


def reference_findings(store: Store, shapes: Shapes) -> Iterator[Finding]:
    """Every result that pySHACL reports; one may come twice.

    Raises:
        InputError: pySHACL cannot use the shapes.
    """
    import pyshacl

    copy = ox.Store()
    copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads())
    _, report, message = pyshacl.validate(
        data_graph(copy),
        shacl_graph=shapes.graph,
        use_shapes=list(map(str, shapes.kept)) if shapes.kept is not None else None,
        inplace=True,  # on the copy
    )
    if not isinstance(report, rdflib.Graph):
        raise InputError("validate.unusable-shapes", why=message)
    yield from findings_of(report, shapes)


def findings_of(report: rdflib.Graph, shapes: Shapes) -> Iterator[Finding]:
    """The results of a SHACL report."""
    for result in report.objects(None, SH.result):  # results within results (sh:detail) are no problems of their own
        shape, path = report.value(result, SH.sourceShape), report.value(result, SH.resultPath)
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        if shape is None or focus is None:  # SHACL says that there are
            continue
        yield Finding(
            focus=_term(focus),
            shape=shape,
            component=str(report.value(result, SH.sourceConstraintComponent)),
            # a path of several steps is copied into the report: the shape has the original
            path=shapes.one(shape, SH.path) if isinstance(path, rdflib.BNode) else path,
            value=None if value is None else _term(value),
            severity=str(report.value(result, SH.resultSeverity)),
        )


def data_graph(store: ox.Store) -> DataGraph:
    """The store as pySHACL reads it.

    pySHACL 0.40 asks whether its data graph is true each time it makes a result, also those of nested shapes that
    come to nothing; its Oxigraph graph answers by counting all triples, which takes minutes on a graph like ours.
    """
    from pyshacl.graph_abstraction import OxigraphDataGraph

    class Graph(OxigraphDataGraph):
        def __bool__(self) -> bool:
            return True

    return Graph(store)


def _term(node: rdflib.term.Node) -> Term:
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))
