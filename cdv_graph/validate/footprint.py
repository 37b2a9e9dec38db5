"""Which triples the results of a shape on a node depend on: what to check again when some triples change.

A result on a node can only change when a triple changes that its shape reads from that node. A `Touch` says which:
the path from the node to one end of such a triple, the predicate, and which end it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import rdflib
from rdflib import RDF, SH
from rdflib.paths import MulPath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from cdv_graph.validate.paths import steps
from cdv_graph.validate.select import constraint_algebra
from cdv_graph.validate.shapes import Shapes

__all__ = ["Touch", "footprint", "pivot", "select_footprint"]

_ANY = "(<urn:any>|!<urn:any>)"  # a step along any property


@dataclass(frozen=True)
class Touch:
    """Triples that a shape reads.

    Attributes:
        path: the SPARQL path from the node to one end of the triple; empty where it is the node itself.
        predicate: the predicate of the triple as SPARQL; empty for any.
        end: which end the path leads to, `subject`, `object` or `predicate`.
    """

    path: str
    predicate: str
    end: str = "subject"

    def after(self, path: str) -> Touch:
        """The same triples, from a node further away."""
        return replace(self, path="/".join(filter(None, (path, self.path))))


def footprint(shapes: Shapes, shape: Node, seen: tuple[Node, ...] = ()) -> set[Touch] | None:
    """What a shape reads from a node, its SPARQL constraints left out; None where that is the whole graph."""
    if shape in seen:
        return None  # shapes that refer to each other without end
    found: set[Touch] = set()
    path, way = shapes.one(shape, SH.path), ""
    if path is not None:
        for before, predicate, end in steps(shapes.graph, path):
            found.add(Touch(before, predicate, end))
        way = shapes.path(shape)
        way = f"({way})" if way else way
    if shapes.one(shape, SH["class"]) is not None:
        found.add(Touch(way, RDF.type.n3()))
    if shapes.one(shape, SH.closed) is not None:
        found.add(Touch(way, ""))
    for beside in (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals):
        found |= {Touch("", predicate.n3()) for predicate in shapes.all(shape, beside)}
    for nested in _nested(shapes, shape):
        touched = _whole(shapes, nested, (*seen, shape))
        if touched is None:
            return None
        found |= {touch.after(way) for touch in touched}
    return found


def _whole(shapes: Shapes, shape: Node, seen: tuple[Node, ...]) -> set[Touch] | None:
    """What a shape that another refers to reads, its SPARQL constraints included."""
    found = footprint(shapes, shape, seen)
    for constraint in shapes.all(shape, SH.sparql):
        read = select_footprint(shapes, constraint, shapes.path(shape))
        if found is None or read is None or pivot(shapes, constraint, shapes.path(shape)) != "this":
            return None
        found |= read
    return found


def _nested(shapes: Shapes, shape: Node) -> Iterator[Node]:
    for predicate in (SH.node, SH.property, SH["not"], SH.qualifiedValueShape):
        yield from shapes.all(shape, predicate)
    for predicate in (SH["and"], SH["or"], SH.xone):
        for listed in shapes.all(shape, predicate):
            yield from shapes.members(listed)
    if shapes.one(shape, SH.qualifiedValueShapesDisjoint) is not None:
        for parent in shapes.graph.subjects(SH.property, shape):
            for beside in shapes.all(parent, SH.property):
                yield from shapes.all(beside, SH.qualifiedValueShape)


def pivot(shapes: Shapes, constraint: Node, path: str) -> str:
    """The variable whose bindings decide the rows of a SPARQL constraint: `this`, or `value` where it is not asked."""
    triples = list(_triples(constraint_algebra(shapes, constraint, path)))
    return "this" if any(Variable("this") in triple for triple in triples) else "value"


def select_footprint(shapes: Shapes, constraint: Node, path: str) -> set[Touch] | None:
    """What a SPARQL constraint reads from a binding of its pivot; None where that is the whole graph."""
    triples = list(_triples(constraint_algebra(shapes, constraint, path)))
    ways: dict[Node, str] = {Variable(pivot(shapes, constraint, path)): ""}
    found: set[Touch] = set()
    while triples:
        near = {triple: [len(ways[part]) for part in triple if part in ways] for triple in triples}
        reached = min(filter(near.get, triples), key=lambda triple: (min(near[triple]), str(triple)), default=None)
        if reached is None:
            return None  # tied to the pivot by a filter, or not at all
        triples.remove(reached)
        subject, predicate, value = reached
        step = _spelt(predicate)
        if step is None:
            return None
        named = "" if isinstance(predicate, Variable) else _base(predicate)
        if subject in ways:
            found.add(Touch(ways[subject] + _repeated(ways[subject], predicate), named))
            if isinstance(value, Variable):
                ways.setdefault(value, "/".join(filter(None, (ways[subject], step))))
        elif value in ways:
            found.add(Touch(ways[value], named, "object"))
            if isinstance(subject, Variable):
                ways.setdefault(subject, "/".join(filter(None, (ways[value], f"^{step}"))))
        else:
            found.add(Touch(ways[predicate], "", "predicate"))
    return found


def _triples(part: object) -> Iterator[tuple[Node, Node, Node]]:
    if isinstance(part, CompValue):
        if part.name == "BGP":
            yield from part.triples
        elif part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield from _triples(part.graph)  # the pattern as translated; the item of that name is as parsed
        else:
            for one in part.values():
                yield from _triples(one)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _triples(one)


def _base(predicate: object) -> str:
    return str((predicate.path if isinstance(predicate, MulPath) else predicate).n3())  # type: ignore[attr-defined]


def _repeated(way: str, predicate: object) -> str:
    """Along a repeated property, every node on the way is the end of a triple that counts."""
    if not isinstance(predicate, MulPath):
        return ""
    return ("/" if way else "") + f"{_base(predicate)}*"


def _spelt(predicate: object) -> str | None:
    if isinstance(predicate, Variable):
        return _ANY
    if isinstance(predicate, rdflib.URIRef):
        return predicate.n3()
    if isinstance(predicate, MulPath) and isinstance(predicate.path, rdflib.URIRef):
        return f"{predicate.path.n3()}*"
    return None
