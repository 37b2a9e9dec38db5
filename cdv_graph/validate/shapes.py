"""SHACL shapes: read from files, and looked into."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.collection import Collection

from cdv_graph.errors import InputError, system_reason
from cdv_graph.resources import folder
from cdv_graph.validate.paths import sparql_path
from cdv_graph.validate.terms import to_node

__all__ = ["Shapes", "read_shapes"]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
# parameters whose value is a shape, and those whose value is a list of shapes
_SHAPE = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_SHAPES = (SH["and"], SH["or"], SH.xone)


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
            base = path.resolve().as_uri()
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True):
                graph.add((to_node(quad.subject), to_node(quad.predicate), to_node(quad.object)))
        except SyntaxError as error:
            raise InputError("files.not-rdf", path=path, line=error.lineno, form="Turtle", why=error.msg) from error
        except OSError as error:
            raise InputError("files.unreadable", path=path, why=system_reason(error)) from error
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
        classes = {one for kind in self._kinds for one in self.graph.subjects(RDF.type, kind)}
        found |= {one for one in classes if self._shape(one)}
        return sorted((shape for shape in found if not self.deactivated(shape)), key=str)

    def targets(self, shape: rdflib.term.Node) -> Iterator[tuple[rdflib.URIRef, rdflib.term.Node]]:
        """What a shape applies to, as (kind of target, value)."""
        for predicate in _TARGETS:
            for value in self.all(shape, predicate):
                yield predicate, value
        if any((shape, RDF.type, kind) in self.graph for kind in self._kinds):
            yield SH.targetClass, shape

    @functools.cached_property
    def _kinds(self) -> set[rdflib.term.Node | None]:
        """The classes of classes: a shape that is a class applies to its instances."""
        return {*self.graph.transitive_subjects(RDFS.subClassOf, RDFS.Class), OWL.Class}

    def _shape(self, node: rdflib.term.Node) -> bool:
        """Whether a class is a shape: it is said to be one, or constrains something."""
        typed = any((node, RDF.type, kind) in self.graph for kind in (SH.NodeShape, SH.PropertyShape))
        return typed or any(str(predicate).startswith(str(SH)) for predicate in self.graph.predicates(node))

    def below(self, shape: rdflib.term.Node) -> set[rdflib.term.Node]:
        """A shape and the property shapes below it, whose results are told as their own."""
        found = self.graph.transitive_objects(shape, SH.property)
        return {one for one in found if one is not None and not self.deactivated(one)}

    def parameters(self) -> set[rdflib.term.Node]:
        """The parameters of constraint components that the shapes define for themselves."""
        return {path for one in self.graph.objects(None, SH.parameter) for path in self.graph.objects(one, SH.path)}

    def nullable(self) -> bool:
        """Whether a path may lead from a node to itself by no step at all."""
        return any((None, kind, None) in self.graph for kind in (SH.zeroOrMorePath, SH.zeroOrOnePath))

    def referred(self, shape: rdflib.term.Node) -> set[rdflib.term.Node]:
        """The shapes that a shape refers to."""
        listed = (one for predicate in _SHAPES for one in self.graph.objects(shape, predicate))
        found = {one for predicate in _SHAPE for one in self.graph.objects(shape, predicate)}
        return found.union(*map(self.members, listed))

    def siblings(self, shape: rdflib.term.Node) -> set[rdflib.term.Node]:
        """The qualified shapes beside a property shape and its own, where they are said to be disjoint."""
        if self.one(shape, SH.qualifiedValueShapesDisjoint) != rdflib.Literal(True):
            return set()
        parents = self.graph.subjects(SH.property, shape)
        beside = {nested for parent in parents for nested in self.graph.objects(parent, SH.property)}
        return {value for nested in beside for value in self.graph.objects(nested, SH.qualifiedValueShape)}

    def recursive(self) -> bool:
        """Whether a shape refers to itself, be it through others."""
        referring = {shape for predicate in (*_SHAPE, *_SHAPES) for shape in self.graph.subjects(predicate, None)}
        try:
            TopologicalSorter({shape: self.referred(shape) for shape in referring}).prepare()
        except CycleError:
            return True
        return False

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
