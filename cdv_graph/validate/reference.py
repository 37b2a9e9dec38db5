"""The reference engine: pySHACL over a copy of the graph in an Oxigraph store."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from rdflib import SH, XSD

from cdv_graph.errors import InputError
from cdv_graph.store import Store
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.select import given
from cdv_graph.validate.shapes import Shapes
from cdv_graph.validate.terms import from_node, spelt

if TYPE_CHECKING:
    from pyshacl.graph_abstraction import DataGraph

__all__ = ["findings_of", "reference_findings"]


def reference_findings(store: Store, shapes: Shapes) -> Iterator[Finding]:
    """Every result that pySHACL reports; one may come twice.

    Raises:
        InputError: pySHACL cannot use the shapes.
    """
    import pyshacl

    copy = ox.Store()
    copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads())
    try:
        _, report, message = pyshacl.validate(
            _data(copy),
            shacl_graph=_shapes(shapes.graph),
            use_shapes=list(map(str, shapes.kept)) if shapes.kept is not None else None,
            inplace=True,  # on the copy
        )
    except (RuntimeError, SyntaxError, ValueError) as error:  # of pySHACL, and of Oxigraph for its queries
        raise InputError("validate.unusable-shapes", why=getattr(error, "message", error)) from error
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
            focus=from_node(focus),
            shape=shape,
            component=str(report.value(result, SH.sourceConstraintComponent)),
            # a path of several steps is copied into the report: the shape has the original
            path=shapes.one(shape, SH.path) if isinstance(path, rdflib.BNode) else path,
            value=None if value is None else from_node(value),
            severity=str(report.value(result, SH.resultSeverity)),
        )


def _shapes(graph: rdflib.Graph) -> rdflib.Graph:
    """The shapes as pySHACL reads them: Oxigraph gives every string as an `xsd:string`, and pySHACL holds a plain one
    to differ from it.
    """
    copy = rdflib.Graph()
    for subject, predicate, value in graph:
        plain = isinstance(value, rdflib.Literal) and not value.language and value.datatype is None
        copy.add((subject, predicate, rdflib.Literal(str(value), datatype=XSD.string) if plain else value))
    return copy


def _data(store: ox.Store) -> DataGraph:
    """The store as pySHACL reads it, without what pySHACL 0.40 does amiss over Oxigraph."""
    from pyshacl.graph_abstraction import OxigraphDataGraph

    class Graph(OxigraphDataGraph):
        def __bool__(self) -> bool:
            """Asked each time a result is made, also those of nested shapes that come to nothing.

            Oxigraph's answer is a count of all triples, which takes minutes on a graph like ours.
            """
            return True

        def objects(self, *terms: Any, **more: Any) -> Generator[Any, None, None]:
            """The values of a property; a literal has none, and Oxigraph fails to say so."""
            if not isinstance(terms[0], rdflib.Literal):
                yield from super().objects(*terms, **more)

        def predicate_objects(self, *terms: Any, **more: Any) -> Generator[Any, None, None]:
            """The properties and their values; a literal has none."""
            if not isinstance(terms[0], rdflib.Literal):
                yield from super().predicate_objects(*terms, **more)

        def query(self, *terms: Any, **more: Any) -> Any:
            """The answer of a query with some variables bound, in every group of it.

            Oxigraph binds them in the outermost group only; to nodes without a name nothing else will do.
            """
            text, *rest = terms
            bound = {str(name): node for name, node in (more.pop("initBindings", None) or {}).items()}
            named = {name: spelt(node) for name, node in bound.items() if not isinstance(node, rdflib.BNode)}
            if named:
                columns = " ".join(f"?{name}" for name in named)
                text = given(text, f"VALUES ( {columns} ) {{ ( {' '.join(named.values())} ) }}")
            more["initBindings"] = {name: node for name, node in bound.items() if name not in named} or None
            return super().query(text, *rest, **more)

    return Graph(store)
