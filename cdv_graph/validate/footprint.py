"""Which triples the results of a shape on a node depend on: what to check again when some triples change.

A result on a node can only change when a triple changes that its shape reads from that node. A `Touch` says which:
the path from the node to one end of such a triple, the predicate, and which end it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import rdflib
from rdflib import RDF, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
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
        return replace(self, path=_joined(path, self.path))


def footprint(shapes: Shapes, shape: Node) -> set[Touch] | None:
    """What a shape reads from a node, its SPARQL constraints left out; None where that is the whole graph."""
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
    for nested in shapes.referred(shape) | shapes.siblings(shape):
        touched = _whole(shapes, nested)
        if touched is None:
            return None
        found |= {touch.after(way) for touch in touched}
    return found


def _whole(shapes: Shapes, shape: Node) -> set[Touch] | None:
    """What a shape that another refers to reads, its SPARQL constraints included."""
    found = footprint(shapes, shape)
    for constraint in shapes.all(shape, SH.sparql):
        read = select_footprint(shapes, constraint, shapes.path(shape))
        if found is None or read is None or pivot(shapes, constraint, shapes.path(shape)) != "this":
            return None
        found |= read
    return found


def pivot(shapes: Shapes, constraint: Node, path: str) -> str:
    """The variable whose bindings decide the rows of a SPARQL constraint: `this`, or `value` where it is not asked."""
    group = _group(constraint_algebra(shapes, constraint, path))
    return "this" if any(Variable("this") in triple for triple in group.every()) else "value"


def select_footprint(shapes: Shapes, constraint: Node, path: str) -> set[Touch] | None:
    """What a SPARQL constraint reads from a binding of its pivot; None where that is the whole graph."""
    group = _group(constraint_algebra(shapes, constraint, path))
    return _read(group, {Variable(pivot(shapes, constraint, path)): {""}})


@dataclass
class _Group:
    """What a group of a query asks for together, the groups in it, and those that only keep or drop its rows."""

    triples: list[tuple[Node, Node, Node]] = field(default_factory=list)
    within: list[_Group] = field(default_factory=list)  # OPTIONAL, the branches of a UNION
    beside: list[_Group] = field(default_factory=list)  # EXISTS, MINUS

    def every(self) -> Iterator[tuple[Node, Node, Node]]:
        yield from self.triples
        for group in (*self.within, *self.beside):
            yield from group.every()


def _group(part: CompValue, into: _Group | None = None) -> _Group:
    group = into or _Group()
    if part.name == "BGP":
        group.triples += [one for triple in part.triples for one in _split(*triple)]
    elif part.name in ("Join", "Minus", "LeftJoin"):
        _group(part.p1, group)
        if part.name == "Join":
            _group(part.p2, group)
        else:
            (group.beside if part.name == "Minus" else group.within).append(_group(part.p2))
    elif part.name == "Union":
        group.within += [_group(part.p1), _group(part.p2)]
    elif isinstance(part.p, CompValue):
        _group(part.p, group)
    group.beside += [_group(one) for one in _exists(part.expr)]
    return group


def _exists(expression: object) -> Iterator[CompValue]:
    """The patterns of EXISTS and NOT EXISTS in an expression."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield expression.graph  # as translated; the item of that name is as parsed
        else:
            for part in expression.values():
                yield from _exists(part)
    elif isinstance(expression, list | tuple):
        for part in expression:
            yield from _exists(part)


_Ways = dict[Node, set[str]]  # a variable, and the paths that lead from the pivot to it


def _read(group: _Group, ways: _Ways) -> set[Touch] | None:
    """What a group reads; None where something in it is tied to the pivot by a filter, or not at all."""
    found: set[Touch] = set()
    triples, within = list(group.triples), list(group.within)
    while triples or within:
        if reached := [triple for triple in triples if not ways.keys().isdisjoint(triple)]:
            nearest = min(
                reached, key=lambda triple: (min(len(way) for end in triple for way in ways.get(end, [])), str(triple))
            )
            triples.remove(nearest)
            if not _along(nearest, ways, found):
                return None
            continue
        known = dict(ways)
        for branch in list(within):
            own = {node: set(paths) for node, paths in known.items()}
            if (touched := _read(branch, own)) is not None:
                within.remove(branch)
                found |= touched
                for node, paths in own.items():
                    ways.setdefault(node, set()).update(paths)
        if ways == known:  # nothing leads on from here
            break
    for branch in group.beside:
        if (touched := _read(branch, {node: set(paths) for node, paths in ways.items()})) is None:
            return None
        found |= touched
    return found if not triples and not within else None


def _along(triple: tuple[Node, Node, Node], ways: _Ways, found: set[Touch]) -> bool:
    """Follows one triple from the end that is reached; False where its path is of an unknown make."""
    subject, predicate, value = triple
    step = _spelt(predicate)
    if step is None:
        return False
    for end, here, other, onward in (("subject", subject, value, step), ("object", value, subject, f"^{step}")):
        if here not in ways:
            continue
        for way in ways[here]:
            near = _joined(way, onward) if isinstance(predicate, MulPath) else way
            found |= {Touch(near, one, end) for one in _predicates(predicate)}
        if isinstance(other, Variable) and other not in ways:
            ways[other] = {_joined(way, onward) for way in ways[here]}
        return True
    found |= {Touch(way, "", "predicate") for way in ways[predicate]}
    return True


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))


def _split(subject: Node, predicate: object, value: Node) -> Iterator[tuple[Node, Node, Node]]:
    """A triple whose path has several steps as one triple per step."""
    if isinstance(predicate, SequencePath):
        *between, last = predicate.args
        for step in between:
            after = Variable(f"{subject}-{step}-{value}")
            yield from _split(subject, step, after)
            subject = after
        yield from _split(subject, last, value)
    elif isinstance(predicate, InvPath):
        yield from _split(value, predicate.arg, subject)
    else:
        yield subject, predicate, value  # type: ignore[misc]


def _predicates(predicate: object) -> list[str]:
    """The properties of a step as SPARQL; an empty text for any."""
    if isinstance(predicate, AlternativePath):
        return [one for part in predicate.args for one in _predicates(part)]
    if isinstance(predicate, MulPath):  # every node on the way is the end of a triple that counts
        return _predicates(predicate.path)
    return [predicate.n3()] if isinstance(predicate, rdflib.URIRef) else [""]


def _spelt(predicate: object) -> str | None:
    """A step as a SPARQL path; None for a path of another make."""
    if isinstance(predicate, Variable):
        return _ANY
    if isinstance(predicate, rdflib.URIRef):
        return predicate.n3()
    if isinstance(predicate, AlternativePath) and all(isinstance(part, rdflib.URIRef) for part in predicate.args):
        return f"({'|'.join(_predicates(predicate))})"
    if isinstance(predicate, MulPath) and isinstance(predicate.path, rdflib.URIRef):
        return f"({predicate.path.n3()}*)"
    return None
