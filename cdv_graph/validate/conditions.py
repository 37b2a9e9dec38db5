"""Constraints on one value, each as the SPARQL condition that a value at fault fulfils.

Source: SHACL, section 4, https://www.w3.org/TR/shacl/#core-components, whose definitions the conditions follow.
A condition that SPARQL cannot decide (an error) counts as a fault, as SHACL says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import rdflib
from rdflib import RDF, SH, XSD
from rdflib.term import Node

from cdv_graph.validate.terms import spelt

if TYPE_CHECKING:
    from cdv_graph.validate.compiled import CompiledEngine

__all__ = ["CONDITIONS", "LATER"]

# engine, the shape, the value of the parameter, the SPARQL variable of the value -> the condition of a fault
Condition = Callable[["CompiledEngine", Node, Node, str], str]

# datatypes whose lexical form Oxigraph can check by a cast
_CAST = {
    *(XSD.boolean, XSD.integer, XSD.decimal, XSD.float, XSD.double, XSD.date, XSD.dateTime, XSD.time),
    *(XSD.gYear, XSD.gYearMonth, XSD.gMonth, XSD.gMonthDay, XSD.gDay),
    *(XSD.duration, XSD.dayTimeDuration, XSD.yearMonthDuration),
}
_FREE = {XSD.string, RDF.langString, XSD.anyURI}  # any text will do
# the integers within bounds; Oxigraph keeps them all as xsd:integer, so that the bounds are what is left to check
_BOUNDED: dict[Node, tuple[int | None, int | None]] = {
    XSD.nonNegativeInteger: (0, None),
    XSD.positiveInteger: (1, None),
    XSD.nonPositiveInteger: (None, 0),
    XSD.negativeInteger: (None, -1),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.long: (None, None),
    XSD.unsignedByte: (0, 2**8 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
}
_KINDS: dict[Node, str] = {
    SH.IRI: "isIRI({v})",
    SH.BlankNode: "isBlank({v})",
    SH.Literal: "isLiteral({v})",
    SH.BlankNodeOrIRI: "(isBlank({v}) || isIRI({v}))",
    SH.BlankNodeOrLiteral: "(isBlank({v}) || isLiteral({v}))",
    SH.IRIOrLiteral: "(isIRI({v}) || isLiteral({v}))",
}
# parameters that another component reads
LATER: set[Node] = {
    SH.flags,
    SH.ignoredProperties,
    SH.qualifiedValueShapesDisjoint,
    SH.qualifiedMinCount,
    SH.qualifiedMaxCount,
}


def _datatype(engine: CompiledEngine, shape: Node, datatype: Node, v: str) -> str:
    named = spelt(datatype)
    if datatype in _BOUNDED:
        least, most = _BOUNDED[datatype]
        asked = [f"DATATYPE({v}) = {XSD.integer.n3()}"]
        asked += [] if least is None else [f"{v} >= {least}"]
        asked += [] if most is None else [f"{v} <= {most}"]
        return f"!COALESCE({' && '.join(asked)}, false)"
    other = f"!isLiteral({v}) || DATATYPE({v}) != {named}"
    if datatype in _FREE or not named.startswith(f"<{XSD}"):  # whose forms SPARQL does not know: SHACL checks none
        return other
    if datatype not in _CAST:
        raise NotImplementedError(f"sh:datatype {named}")
    return f"{other} || !COALESCE(isLiteral({named}(STR({v}))), false)"


def _node_kind(engine: CompiledEngine, shape: Node, kind: Node, v: str) -> str:
    if kind not in _KINDS:
        raise NotImplementedError(f"sh:nodeKind {kind.n3()}")
    return "!" + _KINDS[kind].format(v=v)


def _in(engine: CompiledEngine, shape: Node, members: Node, v: str) -> str:
    return _none(f"sameTerm({v}, {spelt(one)})" for one in engine.shapes.members(members))


def _none(conditions: Iterable[str]) -> str:
    told = " || ".join(conditions)
    return f"!({told or 'false'})"


def _pattern(engine: CompiledEngine, shape: Node, pattern: Node, v: str) -> str:
    flags = engine.shapes.one(shape, SH.flags)
    given = ", ".join(_plain(one) for one in (pattern, flags) if one is not None)
    # stores differ in their regular expressions: Oxigraph's look neither ahead nor behind
    if engine.store.query(f'SELECT (REGEX("", {given}) AS ?known) {{}}').rows[0][0] is None:
        raise NotImplementedError(f"sh:pattern {pattern.n3()}")
    return f"isBlank({v}) || !REGEX(STR({v}), {given})"


def _class(engine: CompiledEngine, shape: Node, broad: Node, v: str) -> str:
    return " && ".join(f"NOT EXISTS {{ {pattern} }}" for pattern in engine.instances(v, broad))


def _plain(text: Node) -> str:
    return rdflib.Literal(str(text)).n3()


def _language_in(engine: CompiledEngine, shape: Node, members: Node, v: str) -> str:
    known = _none(f"LANGMATCHES(LANG({v}), {_plain(one)})" for one in engine.shapes.members(members))
    return f"COALESCE({known}, true)"


def _length(sign: str) -> Condition:
    return lambda engine, shape, length, v: f"isBlank({v}) || STRLEN(STR({v})) {sign} {length}"


def _range(sign: str) -> Condition:
    return lambda engine, shape, bound, v: f"!COALESCE({v} {sign} {spelt(bound)}, false)"


CONDITIONS: dict[Node, Condition] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH["in"]: _in,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.minLength: _length("<"),
    SH.maxLength: _length(">"),
    SH.minInclusive: _range(">="),
    SH.maxInclusive: _range("<="),
    SH.minExclusive: _range(">"),
    SH.maxExclusive: _range("<"),
}
