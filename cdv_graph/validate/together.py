"""Constraints on the values of a node together: how many, which, and beside those of another property.

Source: SHACL, sections 4.2, 4.4.5, 4.5, 4.8, https://www.w3.org/TR/shacl/#core-components.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import rdflib
from rdflib import SH
from rdflib.term import Node

from cdv_graph.validate.scope import Scope
from cdv_graph.validate.terms import spelt

if TYPE_CHECKING:
    from cdv_graph.validate.compiled import CompiledEngine, Found, Pair

__all__ = ["TOGETHER"]

_TRUE = rdflib.Literal(True)


def _min_count(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    if str(parameter) == "1":
        pairs = engine.alone(scope, _without(scope, scope.step))
    else:
        pairs = _counted(engine, scope, f"< {parameter}")
    return engine.told(scope, "MinCount", pairs)


def _max_count(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    if str(parameter) == "0":
        pairs = engine.alone(scope, f"{scope.step} .")
    elif str(parameter) == "1" and scope.one_step:
        # along one property a node has few values: comparing them costs less than grouping
        pairs = engine.alone(scope, f"{scope.step} , ?other . FILTER ( !sameTerm({scope.value}, ?other) )")
    else:
        pairs = _counted(engine, scope, f"> {parameter}")
    return engine.told(scope, "MaxCount", pairs)


def _counted(engine: CompiledEngine, scope: Scope, compared: str) -> list[Pair]:
    text = (
        f"SELECT {scope.this} WHERE {{ {scope.nodes.pattern} OPTIONAL {{ {scope.step} }} }} "
        f"GROUP BY {scope.this} HAVING ( COUNT(DISTINCT {scope.value}) {compared} )"
    )
    return [(row[0], None) for row in engine.select(text)]


def _without(scope: Scope, pattern: str) -> str:
    """Keeps the nodes that have no such value. (NOT EXISTS over several steps is evaluated anew for each node.)"""
    return f"OPTIONAL {{ {pattern} }} FILTER ( !BOUND({scope.value}) )"


def _has_value(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    same = f"sameTerm({scope.value}, {spelt(parameter)})"
    lacking = _without(scope, f"{scope.step} . FILTER ( {same} )") if scope.path else f"FILTER ( !{same} )"
    return engine.told(scope, "HasValue", engine.alone(scope, lacking))


def _unique_lang(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    if parameter != _TRUE:
        return []
    twice = (
        f"{scope.step} , ?other . FILTER ( LANG(?other) != '' "
        f"&& LCASE(LANG({scope.value})) = LCASE(LANG(?other)) && !sameTerm({scope.value}, ?other) )"
    )
    return engine.told(scope, "UniqueLang", engine.alone(scope, twice))


def _equals(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    other = f"{scope.this} {spelt(parameter)}"
    lacking = engine.pairs(scope, f"FILTER NOT EXISTS {{ {other} {scope.value} }}")
    here = f"{scope.this} {scope.path} ?beside" if scope.path else f"FILTER ( sameTerm({scope.this}, ?beside) )"
    text = (
        f"SELECT DISTINCT {scope.this} ?beside WHERE {{ {scope.nodes.pattern} {other} ?beside . "
        f"FILTER NOT EXISTS {{ {here} }} }}"
    )
    return engine.told(scope, "Equals", [*lacking, *((row[0], row[1]) for row in engine.select(text))])


def _disjoint(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    return engine.told(scope, "Disjoint", engine.pairs(scope, f"{scope.this} {spelt(parameter)} {scope.value} ."))


def _less_than(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    return engine.told(scope, "LessThan", _compared(engine, scope, parameter, "<"))


def _less_than_or_equals(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    return engine.told(scope, "LessThanOrEquals", _compared(engine, scope, parameter, "<="))


def _compared(engine: CompiledEngine, scope: Scope, parameter: Node, sign: str) -> list[Pair]:
    wrong = f"FILTER ( !COALESCE({scope.value} {sign} ?other, false) )"
    return engine.pairs(scope, f"{scope.this} {spelt(parameter)} ?other . {wrong}")


def _closed(engine: CompiledEngine, scope: Scope, parameter: Node) -> list[Found]:
    if parameter != _TRUE:
        return []
    ignored = engine.shapes.one(scope.shape, SH.ignoredProperties)
    known = [] if ignored is None else engine.shapes.members(ignored)
    for nested in engine.shapes.all(scope.shape, SH.property):
        path = engine.shapes.one(nested, SH.path)
        known += [path] if isinstance(path, rdflib.URIRef) else []
    listed = " || ".join(f"?p = {spelt(one)}" for one in known)  # Oxigraph finds nothing that is NOT IN ()
    text = (
        f"SELECT DISTINCT {scope.this} ?p ?beside WHERE {{ {scope.values} {scope.value} ?p ?beside . "
        f"FILTER ( !({listed or 'false'}) ) }}"
    )
    return [
        found
        for this, predicate, value in engine.select(text)
        for found in engine.told(scope, "Closed", [(this, value)], rdflib.URIRef(predicate.value))
    ]


TOGETHER: dict[Node, Callable[[CompiledEngine, Scope, Node], list[Found]]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.hasValue: _has_value,
    SH.uniqueLang: _unique_lang,
    SH.equals: _equals,
    SH.disjoint: _disjoint,
    SH.lessThan: _less_than,
    SH.lessThanOrEquals: _less_than_or_equals,
    SH.closed: _closed,
}
