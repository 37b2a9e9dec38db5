"""Constraints that refer to other shapes: which of the values fail those shapes, then set algebra.

Source: SHACL, sections 4.6 and 4.7, https://www.w3.org/TR/shacl/#core-components-logical.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Set
from typing import TYPE_CHECKING

from rdflib import SH
from rdflib.term import Node

from cdv_graph.errors import InputError
from cdv_graph.store import Term
from cdv_graph.validate.scope import Scope

if TYPE_CHECKING:
    from cdv_graph.validate.compiled import CompiledEngine, Found

__all__ = ["REFERENCES"]


def _node(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    return _bad(engine, scope, "Node", engine.failing(parameter, scope.nested))


def _property(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    found = engine.results(parameter, scope.nested)
    if not scope.path or not found:
        return found
    below: dict[Term | None, list[Found]] = defaultdict(list)
    for one in found:
        below[one[0]].append(one)
    return [(this, finding) for this, value in engine.pairs(scope) for _, finding in below.get(value, ())]


def _not(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    failing = engine.failing(parameter, scope.nested)
    return engine.told(scope, "Not", [pair for pair in engine.pairs(scope) if pair[1] not in failing])


def _and(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    return _bad(engine, scope, "And", set().union(*_each(engine, scope, parameter)))


def _or(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    each = _each(engine, scope, parameter)
    return _bad(engine, scope, "Or", each[0].intersection(*each[1:]))


def _xone(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    each = _each(engine, scope, parameter)
    wrong = (pair for pair in engine.pairs(scope) if sum(pair[1] not in failing for failing in each) != 1)
    return engine.told(scope, "Xone", wrong)


def _each(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[set[Term]]:
    if not (listed := engine.shapes.members(parameter)):
        raise NotImplementedError("an empty list of shapes")
    return [engine.failing(shape, scope.nested) for shape in listed]


def _bad(engine: CompiledEngine, scope: Scope, component: str, bad: Set[Term]) -> list[Found]:
    pairs = [pair for pair in engine.pairs(scope) if pair[1] in bad] if bad else []
    return engine.told(scope, component, pairs)


def _qualified(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    failing = engine.failing(parameter, scope.nested)
    # a value that conforms to a sibling shape does not count, where the shapes are said to be disjoint
    siblings = sorted(engine.shapes.siblings(scope.shape) - {parameter}, key=str)
    refused = [engine.failing(shape, scope.nested) for shape in siblings]
    counts = {this: 0 for this, _ in engine.alone(scope)}
    for this, value in engine.pairs(scope):
        counts[this] += value not in failing and all(value in refusing for refusing in refused)
    found: list[Found] = []
    if (least := engine.shapes.one(scope.shape, SH.qualifiedMinCount)) is not None:
        few = [(this, None) for this, count in counts.items() if count < _number(least)]
        found += engine.told(scope, "QualifiedMinCount", few)
    if (most := engine.shapes.one(scope.shape, SH.qualifiedMaxCount)) is not None:
        many = [(this, None) for this, count in counts.items() if count > _number(most)]
        found += engine.told(scope, "QualifiedMaxCount", many)
    return found


def _number(parameter: Node) -> int:
    try:
        return int(str(parameter))
    except ValueError as error:
        raise InputError("validate.unusable-shapes", why=error) from error


REFERENCES: dict[Node, Callable[[CompiledEngine, Scope, Node], list[Found]]] = {
    SH.node: _node,
    SH.property: _property,
    SH["not"]: _not,
    SH["and"]: _and,
    SH["or"]: _or,
    SH.xone: _xone,
    SH.qualifiedValueShape: _qualified,
}
