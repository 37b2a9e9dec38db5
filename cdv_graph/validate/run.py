"""Runs pySHACL over a copy of the graph in an Oxigraph store, and reads its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.errors import InputError, StoreError, system_reason
from cdv_graph.namespaces import prologue, shorten
from cdv_graph.resources import folder, text
from cdv_graph.store import Store
from cdv_graph.validate.report import Problem, Report, severity_of

if TYPE_CHECKING:
    import rdflib
    from pyshacl.graph_abstraction import DataGraph

__all__ = ["data_graph", "read_shapes", "validate"]


def read_shapes(place: Path | None = None) -> rdflib.Graph:
    """The shapes of a folder or file of Turtle; the shipped ones by default.

    Raises:
        InputError: there are none, or a file is not Turtle (the message tells file and line).
    """
    import rdflib

    place = place or folder("shapes")
    paths = sorted(place.glob("*.ttl")) if place.is_dir() else [place]
    if not paths:
        raise InputError("validate.no-shapes", path=place)
    graph = rdflib.Graph()
    for path in paths:
        try:
            # Oxigraph parses first: its errors tell the line
            list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise InputError("files.not-rdf", path=path, line=error.lineno, form="Turtle", why=error.msg) from error
        except OSError as error:
            raise InputError("files.unreadable", path=path, why=system_reason(error)) from error
        graph.parse(path, format="turtle")
    return graph


def validate(store: Store, shapes: Path | None = None) -> Report:
    """Check a graph against SHACL shapes.

    Args:
        store: the graph; it stays as it is.
        shapes: a folder or file of shapes; the shipped ones by default.

    Returns:
        The report, problems with the passage of their focus.

    Raises:
        StoreError: the store is empty.
        InputError: the shapes cannot be read or used.

    Example:
        >>> from cdv_graph.build import load_store
        >>> validate(load_store()).conforms
        True
    """
    if not len(store):
        raise StoreError("validate.empty-graph")
    import pyshacl
    import rdflib

    copy = ox.Store()
    copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads())
    rules = read_shapes(shapes)
    _, found, message = pyshacl.validate(
        data_graph(copy),
        shacl_graph=rules,
        inplace=True,  # on the copy
    )
    if not isinstance(found, rdflib.Graph):
        raise InputError("validate.unusable-shapes", why=message)
    problems = sorted(
        _problems(store, found, rules), key=lambda p: (_RANK[p.severity], p.focus, p.rule, p.path, p.value)
    )
    return Report(tuple(problems), found.serialize(format="longturtle", encoding="utf-8"))


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


_RANK = {"violation": 0, "warning": 1, "info": 2}


def _problems(store: Store, found: rdflib.Graph, rules: rdflib.Graph) -> list[Problem]:
    from rdflib import RDF, SH, Literal

    passages = _passages(store)
    problems = []
    for node in found.subjects(RDF.type, SH.ValidationResult):

        def one(predicate: rdflib.URIRef, node: rdflib.term.Node = node) -> str:
            value = found.value(node, predicate)
            return "" if value is None else str(value)

        # of a SPARQL constraint pySHACL reports one language only: the shape has them all
        shape = found.value(node, SH.sourceShape)
        said = [*rules.objects(shape, SH.message), *found.objects(node, SH.resultMessage)]
        focus = one(SH.focusNode)
        document, lines = passages.get(focus, ("", ""))
        problems.append(
            Problem(
                severity=severity_of(one(SH.resultSeverity)),
                rule=shorten(one(SH.sourceShape)),
                focus=shorten(focus),
                path=_path(found, found.value(node, SH.resultPath)),
                value=shorten(one(SH.value)),
                component=shorten(one(SH.sourceConstraintComponent)),
                messages={
                    text.language: str(text).replace("{?value}", shorten(one(SH.value)))
                    for text in said
                    if isinstance(text, Literal) and text.language
                },
                document=document,
                lines=lines,
            )
        )
    return problems


def _path(graph: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """A SHACL path as SPARQL writes it: `cdv:date|cdv:frequency`, `^cdv:subject`, `a/b`."""
    from rdflib import SH, BNode
    from rdflib.collection import Collection

    if node is None:
        return ""
    if not isinstance(node, BNode):
        return shorten(str(node))
    if inverse := graph.value(node, SH.inversePath):
        return "^" + _path(graph, inverse)
    if alternatives := graph.value(node, SH.alternativePath):
        return "|".join(_path(graph, one) for one in Collection(graph, alternatives))
    return "/".join(_path(graph, one) for one in Collection(graph, node))


def _passages(store: Store) -> dict[str, tuple[str, str]]:
    """The first passage of every node that has one: IRI -> document, lines."""
    found: dict[str, tuple[str, str]] = {}
    for node, document, first, last in store.query(prologue() + text("queries", "internal/passages.rq")).rows:
        if isinstance(node, ox.NamedNode) and isinstance(document, ox.NamedNode) and first and last:
            lines = first.value if first.value == last.value else f"{first.value}-{last.value}"
            found.setdefault(node.value, (shorten(document.value).partition(":")[2], lines))
    return found
