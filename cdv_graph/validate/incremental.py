"""Validates again after a change: only the nodes whose results can have changed, the rest is kept.

What changed is compared triple by triple; `footprint` says which nodes each rule reads those triples from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import islice

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from cdv_graph.store import Store, Term, difference
from cdv_graph.validate.compiled import CompiledEngine
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.footprint import Touch, footprint, pivot, select_footprint
from cdv_graph.validate.scope import Nodes, Scope
from cdv_graph.validate.shapes import Shapes
from cdv_graph.validate.terms import spelt

__all__ = ["changed_triples", "recheck"]

Found = dict[Node, frozenset[Finding]]
_CHUNK = 1000  # nodes that one query names
_MANY = 5_000  # changed triples, beyond which looking at everything costs less


def changed_triples(before: Store, after: Store, graphs: Iterable[str] = ()) -> set[ox.Triple]:
    """The triples that are in one store only.

    Args:
        before: the graph as it was.
        after: the graph as it is.
        graphs: the IRIs of the named graphs to compare, where it is known that the others are the same; all by default.
    """
    return {quad.triple for found in difference(before, after, graphs) for quad in found}


def recheck(store: Store, shapes: Shapes, earlier: Found, changed: Set[ox.Triple]) -> Found:
    """The findings of every shape after a change.

    Args:
        store: the graph after the change.
        shapes: the shapes, those of the earlier findings.
        earlier: the findings before, by the shape that has the targets.
        changed: the triples that were added or taken away.
    """
    # a query cannot name a blank node
    unnamed = any(isinstance(end, ox.BlankNode) for triple in changed for end in (triple.subject, triple.object))
    if len(changed) > _MANY or unnamed:
        return CompiledEngine(store, shapes).findings()
    return _Recheck(store, shapes, changed).findings(earlier)


class _Recheck:
    def __init__(self, store: Store, shapes: Shapes, changed: Set[ox.Triple]) -> None:
        self.engine, self.shapes = CompiledEngine(store, shapes), shapes
        self._ends: dict[tuple[str, str], set[Term]] = defaultdict(set)
        for triple in changed:
            for predicate in ("", str(triple.predicate)):
                self._ends[predicate, "subject"].add(triple.subject)  # type: ignore[arg-type]
                self._ends[predicate, "object"].add(triple.object)  # type: ignore[arg-type]
            self._ends["", "predicate"].add(triple.predicate)
        self._reached: dict[Touch, set[Term]] = {}
        self._types: dict[Term, set[str]] = {}

    def findings(self, earlier: Found) -> Found:
        everything = bool(self._ends[RDFS.subClassOf.n3(), "subject"])
        return {
            shape: frozenset(self._all(shape) if everything else self._again(shape, earlier[shape]))
            for shape in earlier
        }

    def _all(self, shape: Node) -> set[Finding]:
        return {found for nodes in self.engine.targets(shape) for found in self.engine.check(shape, nodes)}

    def _again(self, shape: Node, earlier: frozenset[Finding]) -> set[Finding]:
        touched = footprint(self.shapes, shape)
        path = self.shapes.path(shape)
        about_values = []
        for constraint in self.shapes.all(shape, SH.sparql):
            read = select_footprint(self.shapes, constraint, path)
            if touched is None or read is None:
                return self._all(shape)
            if pivot(self.shapes, constraint, path) == "value":
                about_values.append((constraint, self._affected(read)))
            else:
                touched |= read
        # the results of a nested property shape are about other nodes than those of the shape
        if touched is None or self.shapes.all(shape, SH.property) or len(about_values) > 1:
            return self._all(shape)
        nodes = self._affected(touched | set(self._target_touches(shape)))
        reached = nodes.union(*(values for _, values in about_values))
        if any(isinstance(node, ox.BlankNode) for node in reached):
            return self._all(shape)
        found = {one for one in earlier if one.focus not in nodes}
        left = frozenset(constraint for constraint, _ in about_values)
        for part in _chunks(self._targeted(shape, nodes)):
            found |= {one for _, one in self.engine.results(shape, Nodes.listed(part), leaving=left)}
        for constraint, values in about_values:
            found = {one for one in found if one.value not in values}
            for target in self.engine.targets(shape):
                for part in _chunks(values):
                    scope = Scope(shape, path, target)
                    block = Nodes.listed(part, "?value").pattern
                    found |= {one for _, one in self.engine.sparql(scope, constraint, block)}
        return found

    def _target_touches(self, shape: Node) -> Iterator[Touch]:
        for kind, value in self.shapes.targets(shape):
            if kind == SH.targetClass:
                yield Touch("", RDF.type.n3())
            elif kind == SH.targetSubjectsOf:
                yield Touch("", spelt(value))
            elif kind == SH.targetObjectsOf:
                yield Touch("", spelt(value), "object")

    def _affected(self, touched: Set[Touch]) -> set[Term]:
        """The nodes from which a shape reads a triple that changed."""
        return {node for touch in touched for node in self._near(touch)}

    def _near(self, touch: Touch) -> set[Term]:
        ends = self._ends.get((touch.predicate, touch.end), set())
        if not touch.path or not ends:
            return ends
        if touch not in self._reached:
            self._reached[touch] = {
                row[0]
                for part in _chunks(ends)
                for row in self.engine.select(
                    f"SELECT DISTINCT ?this {{ {Nodes.listed(part, '?end').pattern} ?this {touch.path} ?end }}"
                )
            }
        return self._reached[touch]

    def _targeted(self, shape: Node, nodes: Set[Term]) -> set[Term]:
        """Those of some nodes that a shape applies to."""
        found: set[Term] = set()
        for kind, value in self.shapes.targets(shape):
            if kind == SH.targetClass:
                wanted = self.engine.classes(value)
                found |= {node for node in nodes if not wanted.isdisjoint(self._classes(node, nodes))}
            elif kind == SH.targetNode:
                found |= {node for node in nodes if str(node) == spelt(value)}
            else:
                pattern = f"?this {spelt(value)} ?any" if kind == SH.targetSubjectsOf else f"?any {spelt(value)} ?this"
                for part in _chunks(nodes):
                    text = f"SELECT DISTINCT ?this {{ {Nodes.listed(part).pattern} {pattern} }}"
                    found |= {row[0] for row in self.engine.select(text)}
        return found

    def _classes(self, node: Term, among: Set[Term]) -> set[str]:
        if node not in self._types:
            new = among - self._types.keys()
            self._types.update({one: set() for one in new})
            for part in _chunks(new):
                text = f"SELECT ?this ?class {{ {Nodes.listed(part).pattern} ?this {RDF.type.n3()} ?class }}"
                for one, kind in self.engine.select(text):
                    self._types[one].add(str(kind))
        return self._types[node]


def _chunks(nodes: Iterable[Term]) -> Iterator[list[Term]]:
    rest = iter(nodes)
    while part := list(islice(rest, _CHUNK)):
        yield part
