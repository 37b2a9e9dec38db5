"""SHACL shapes: read from files, and looked into."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.collection import Collection

from cdv_graph.errors import InputError, system_reason
from cdv_graph.resources import folder
from cdv_graph.validate.paths import sparql_path

__all__ = ["Shapes", "read_shapes"]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def read_shapes(place: Path | None = None) -> rdflib.Graph:
    """The shapes of a folder or file of Turtle; the shipped ones by default.

    Raises:
        InputError: there are none, or a file is not Turtle (the message tells file and line).
    """
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


class Shapes:
    """A shapes graph, with the questions that an engine asks of it.

    Args:
        graph: the shapes, as RDF; it is only read.
        kept: the shapes that are applied; all that have targets by default.
    """

    def __init__(self, graph: rdflib.Graph, kept: Set[rdflib.term.Node] | None = None) -> None:
        self.graph, self.kept = graph, kept

    def only(self, kept: Set[rdflib.term.Node]) -> Shapes:
        """The same shapes, of which only some are applied; the others may still be referred to."""
        return Shapes(self.graph, kept)

    def targeted(self) -> list[rdflib.term.Node]:
        """Every active shape that says what it applies to, in a fixed order."""
        if self.kept is not None:
            return sorted(self.kept, key=str)
        found = {shape for predicate in _TARGETS for shape in self.graph.subjects(predicate, None)}
        found |= {shape for shape in self.graph.subjects(RDF.type, RDFS.Class) if self._is_shape(shape)}
        return sorted((shape for shape in found if not self.deactivated(shape)), key=str)

    def targets(self, shape: rdflib.term.Node) -> Iterator[tuple[rdflib.URIRef, rdflib.term.Node]]:
        """What a shape applies to, as (kind of target, value)."""
        for predicate in _TARGETS:
            for value in self.all(shape, predicate):
                yield predicate, value
        if (shape, RDF.type, RDFS.Class) in self.graph:
            yield SH.targetClass, shape

    def _is_shape(self, node: rdflib.term.Node) -> bool:
        return any((node, RDF.type, kind) in self.graph for kind in (SH.NodeShape, SH.PropertyShape))

    def deactivated(self, shape: rdflib.term.Node) -> bool:
        """Whether a shape is switched off."""
        return bool(self.one(shape, SH.deactivated) == rdflib.Literal(True))

    def one(self, shape: rdflib.term.Node, predicate: rdflib.term.Node) -> rdflib.term.Node | None:
        """The value of a property that has at most one."""
        return self.graph.value(shape, predicate)

    def all(self, shape: rdflib.term.Node, predicate: rdflib.term.Node) -> list[rdflib.term.Node]:
        """The values of a property, in a fixed order."""
        return sorted(self.graph.objects(shape, predicate), key=str)

    def properties(self, shape: rdflib.term.Node) -> list[rdflib.term.Node]:
        """The properties of a shape, in a fixed order."""
        return sorted(set(self.graph.predicates(shape, None)), key=str)

    def members(self, node: rdflib.term.Node) -> list[rdflib.term.Node]:
        """The members of an RDF list."""
        return list(Collection(self.graph, node))

    def path(self, shape: rdflib.term.Node) -> str:
        """The path of a property shape as SPARQL; empty for a node shape."""
        node = self.one(shape, SH.path)
        return "" if node is None else sparql_path(self.graph, node)

    def severity(self, shape: rdflib.term.Node) -> str:
        """The IRI of the severity of a shape, `sh:Violation` where it says none."""
        return str(self.one(shape, SH.severity) or SH.Violation)
