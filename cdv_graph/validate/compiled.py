"""The fast engine: each constraint of each shape is one SPARQL query over all the nodes that the shape applies to.

A query names only the nodes at fault, so that a graph that conforms costs little more than reading it. What this
engine does not know raises `NotImplementedError`; `validate` then turns to pySHACL.
"""

from __future__ import annotations

import functools
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from cdv_graph.namespaces import shorten
from cdv_graph.store import Store, Term
from cdv_graph.validate.conditions import CONDITIONS, LATER
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.references import REFERENCES
from cdv_graph.validate.scope import Nodes, Scope
from cdv_graph.validate.select import constraint_query
from cdv_graph.validate.shapes import Shapes
from cdv_graph.validate.terms import spelt
from cdv_graph.validate.together import TOGETHER

__all__ = ["CompiledEngine"]

Pair = tuple[Term, Term | None]
Found = tuple[Term, Finding]  # the focus of the shape at hand; the result, of that shape or of one nested in it
# what a shape says that constrains nothing
_SILENT = {
    *(SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.path, SH.severity, SH.message),
    *(SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.deactivated, SH.select, SH.prefixes),
}
_FEW = 1000  # nodes that a query may name one by one
_TYPE = RDF.type.n3()


class CompiledEngine:
    """Validates a store against shapes.

    Args:
        store: the graph.
        shapes: the shapes.

    Raises:
        NotImplementedError: while checking, a component that this engine does not know.
    """

    def __init__(self, store: Store, shapes: Shapes) -> None:
        self.store, self.shapes = store, shapes
        # a SPARQL constraint is asked of the whole graph, once: it names faults only, and they are few
        self._whole = functools.cache(store.query)
        self._stated = functools.cache(self._read)
        self._present = {str(row[0]) for row in self.select(f"SELECT DISTINCT ?c {{ ?s {_TYPE} ?c }}")}
        self._own = shapes.parameters()
        self._sound: set[tuple[Node, Nodes]] = set()  # shapes that are known to hold of some nodes
        self._narrower: dict[str, set[str]] = defaultdict(set)
        for narrow, broad in self.select(f"SELECT ?a ?b {{ ?a {RDFS.subClassOf.n3()} ?b }}"):
            self._narrower[str(broad)].add(str(narrow))

    def findings(self) -> dict[Node, frozenset[Finding]]:
        """The results, by the shape that has the targets."""
        if self.shapes.recursive():
            raise NotImplementedError("a shape that refers to itself")

        targets = {shape: list(self.targets(shape)) for shape in self.shapes.targeted()}

        def of(shape: Node) -> frozenset[Finding]:
            return frozenset(finding for nodes in targets[shape] for finding in self.check(shape, nodes))

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            groups = self._alike(targets)
            looks = [pool.submit(self._sound_together, scopes) for scopes in groups]
            waiting = {scope.shape for scopes in groups for scope in scopes}
            found = {shape: pool.submit(of, shape) for shape in targets if shape not in waiting}
            self._sound.update(*(look.result() for look in looks))
            found |= {shape: pool.submit(of, shape) for shape in waiting}
            return {shape: found[shape].result() for shape in targets}

    def check(self, shape: Node, nodes: Nodes) -> Iterator[Finding]:
        """The results of one shape on some nodes."""
        for _, finding in self.results(shape, nodes):
            yield finding

    def targets(self, shape: Node) -> Iterator[Nodes]:
        """What a shape applies to; each part is asked about alone, so that joins stay simple."""
        for kind, value in self.shapes.targets(shape):
            named = spelt(value)
            if kind == SH.targetClass:
                absent = {f"?this {_TYPE} {name} ." for name in self.classes(value) - self._present}
                yield from (Nodes(pattern) for pattern in self.instances("?this", value) if pattern not in absent)
            elif kind == SH.targetNode:
                if self.shapes.nullable() and not self._known(value):
                    raise NotImplementedError("a path of no step from a node that is not in the graph")
                yield Nodes(f"VALUES ?this {{ {named} }}")
            elif kind == SH.targetSubjectsOf:
                yield Nodes(f"?this {named} ?any .")
            else:
                yield Nodes(f"?any {named} ?this .")

    def _known(self, node: Node) -> bool:
        """Whether a triple of the graph is about a node; SPARQL knows no other."""
        subject = "" if isinstance(node, rdflib.Literal) else f"UNION {{ {spelt(node)} ?p ?o }}"
        return bool(self.store.query(f"ASK {{ {{ ?s ?p {spelt(node)} }} {subject} }}").boolean)

    # What constraints are made of

    def classes(self, broad: Node) -> set[str]:
        """A class and everything below it, as SPARQL; those without a name by their label."""
        found, queue = {spelt(broad)}, [spelt(broad)]
        while queue:
            for narrow in self._narrower[queue.pop()] - found:
                found.add(narrow)
                queue.append(narrow)
        return found

    def instances(self, variable: str, broad: Node) -> list[str]:
        """The patterns of the instances of a class: one for it and one for each class below it."""
        found = self.classes(broad)
        named = sorted(one for one in found if not one.startswith("_:"))
        patterns = [f"{variable} {_TYPE} {one} ." for one in named]
        if len(named) < len(found):  # classes that no query can name
            below = f"?unnamed {RDFS.subClassOf.n3()}+ {spelt(broad)} . FILTER ( isBlank(?unnamed) )"
            patterns.append(f"{{ SELECT DISTINCT {variable} WHERE {{ {variable} {_TYPE} ?unnamed . {below} }} }}")
        return patterns

    def select(self, text: str) -> list[tuple[Term, ...]]:
        """The rows of a query whose every column is bound."""
        return cast(list[tuple[Term, ...]], list(self.store.query(text).rows))

    def pairs(self, scope: Scope, more: str = "") -> list[Pair]:
        """The nodes of a scope with their values, those that a pattern keeps."""
        columns = f"{scope.this} {scope.value}" if scope.path else scope.this
        return [
            (row[0], row[-1]) for row in self.select(f"SELECT DISTINCT {columns} WHERE {{ {scope.values} {more} }}")
        ]

    def alone(self, scope: Scope, more: str = "") -> list[Pair]:
        """The nodes of a scope without values, those that a pattern keeps."""
        text = f"SELECT DISTINCT {scope.this} WHERE {{ {scope.nodes.pattern} {more} }}"
        return [(row[0], None) for row in self.select(text)]

    def told(self, scope: Scope, component: str, pairs: Iterable[Pair], path: Node | None = None) -> list[Found]:
        """One result per pair of a node and a value."""
        shape, name = scope.shape, f"{SH}{component}ConstraintComponent"
        path = path or self.shapes.one(shape, SH.path)
        severity = self.shapes.severity(shape)
        return [(this, Finding(this, shape, name, path, value, severity)) for this, value in pairs]

    def failing(self, shape: Node, nodes: Nodes) -> set[Term]:
        """Those of some nodes that do not conform to a shape."""
        return {focus for focus, _ in self.results(shape, nodes)}

    def results(self, shape: Node, nodes: Nodes, leaving: Set[Node] = frozenset()) -> list[Found]:
        """The results of one shape on some nodes, each with the node of this shape that it comes from.

        Args:
            shape: the shape.
            nodes: the nodes.
            leaving: SPARQL constraints of the shape that are left out.
        """
        if self.shapes.deactivated(shape):
            return []
        scope = Scope(shape, self.shapes.path(shape), nodes)
        stated = [one for one in self._stated(shape) if one[1] not in leaving]
        wrong = {one: text for one in stated if (text := self._wrong(scope, *one))}
        suspect = None if (shape, nodes) in self._sound else self._suspect(scope, list(wrong.values()))
        found: list[Found] = []
        for one in stated:
            where = suspect if one in wrong else scope
            if where is not None:
                found += self._constraint(where, *one)
        return found

    def _read(self, shape: Node) -> list[tuple[Node, Node]]:
        return [(one, value) for one in self.shapes.properties(shape) for value in self.shapes.all(shape, one)]

    def _constraint(self, scope: Scope, predicate: Node, value: Node) -> list[Found]:
        if predicate in CONDITIONS:
            condition = CONDITIONS[predicate](self, scope.shape, value, scope.value)
            return self.told(scope, _component(predicate), self.pairs(scope, f"FILTER ( {condition} )"))
        if predicate in TOGETHER:
            return TOGETHER[predicate](self, scope, value)
        if predicate in REFERENCES:
            return REFERENCES[predicate](self, scope, value)
        if predicate == SH.sparql:
            return self.sparql(scope, value)
        if predicate in self._own or (str(predicate).startswith(str(SH)) and predicate not in _SILENT | LATER):
            raise NotImplementedError(shorten(str(predicate)))
        return []

    # One look at all the nodes for several constraints: most graphs conform, and reading is what costs

    def _wrong(self, scope: Scope, predicate: Node, value: Node) -> str:
        """The condition that a value, its absence or another beside it breaks a constraint; empty for the others."""
        if not scope.one_step:
            return ""
        if predicate in CONDITIONS:
            return f"BOUND({scope.value}) && ( {CONDITIONS[predicate](self, scope.shape, value, scope.value)} )"
        if (predicate, str(value)) == (SH.minCount, "1"):
            return f"!BOUND({scope.value})"
        if (predicate, str(value)) == (SH.maxCount, "1"):
            return f"BOUND({scope.other})"
        return ""

    def _suspect(self, scope: Scope, wrong: list[str]) -> Scope | None:
        """The scope with only the nodes that break one constraint or another; None where there are none."""
        if len(wrong) < 2:
            return scope
        nodes = [node for node, _ in self.alone(scope, f"{_beside(scope, wrong)} FILTER ( {_any(wrong)} )")]
        if len(nodes) > _FEW or any(isinstance(node, ox.BlankNode) for node in nodes):
            return scope
        return replace(scope, nodes=Nodes.listed(nodes, scope.this)) if nodes else None

    def _alike(self, targets: Mapping[Node, list[Nodes]]) -> list[list[Scope]]:
        """Shapes of the same nodes along properties of at most one value, which one query may look at together."""
        found: dict[Nodes, list[Scope]] = defaultdict(list)
        for shape, parts in targets.items():
            for nodes in () if self.shapes.deactivated(shape) else parts:
                scope = Scope(shape, self.shapes.path(shape), nodes)
                if scope.one_step and (SH.maxCount, "1") in [(one, str(value)) for one, value in self._stated(shape)]:
                    found[nodes].append(replace(scope, mark=str(len(found[nodes]))))
        return [scopes for scopes in found.values() if len(scopes) > 1]

    def _sound_together(self, scopes: list[Scope]) -> set[tuple[Node, Nodes]]:
        """All the shapes, if not one node breaks a constraint of one of them.

        The first node that does ends the look: a node of many values along several properties, whose combinations
        would be without number, is one.
        """
        told, wrong = "", []
        for scope in scopes:
            here = [text for one in self._stated(scope.shape) if (text := self._wrong(scope, *one))]
            told += _beside(scope, here)
            wrong += here
        nodes = scopes[0].nodes
        text = f"SELECT {nodes.variable} WHERE {{ {nodes.pattern} {told} FILTER ( {_any(wrong)} ) }} LIMIT 1"
        return set() if self.select(text) else {(scope.shape, nodes) for scope in scopes}

    def sparql(self, scope: Scope, constraint: Node, values: str = "") -> list[Found]:
        """The results of a SPARQL constraint.

        Args:
            scope: the shape and the nodes.
            constraint: the constraint.
            values: a VALUES block of its own; that of the nodes, where they are listed, by default.
        """
        if self.shapes.deactivated(constraint):
            return []
        values = values or (scope.nodes.pattern if scope.nodes.few and scope.this == "?this" else "")
        answer = self._whole(constraint_query(self.shapes, constraint, scope, values))
        nodes = {this for this, _ in self.alone(scope)} if answer.rows else set()
        found: list[Found] = []
        for row in answer.rows:
            bound = dict(zip(answer.variables, row, strict=True))
            named, path = bound.get("this"), bound.get("path")
            taken = rdflib.URIRef(path.value) if isinstance(path, ox.NamedNode) else None
            for this in nodes if named is None else nodes & {named}:
                value = bound.get("value") or (None if scope.path else this)
                found += self.told(scope, "SPARQL", [(this, value)], taken)
        return found


def _beside(scope: Scope, wrong: list[str]) -> str:
    """The pattern of a value and, where a constraint asks, of another one, if there are any."""
    value = f"OPTIONAL {{ {scope.step} }} "
    if not any(scope.other in one for one in wrong):
        return value
    other = f"{scope.this} {scope.path} {scope.other} FILTER ( !sameTerm({scope.value}, {scope.other}) )"
    return f"{value}OPTIONAL {{ {other} }} "


def _any(wrong: list[str]) -> str:
    return " || ".join(f"( {one} )" for one in wrong)


def _component(predicate: Node) -> str:
    """`minLength` -> `MinLength`: how SHACL names the component of a parameter."""
    local = str(predicate).removeprefix(str(SH))
    return local[0].upper() + local[1:]
