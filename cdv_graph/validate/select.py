"""A SPARQL constraint (`sh:sparql`) as one query over the whole graph.

SHACL binds `$this` before the query runs, one node after the other. Asking for all nodes at once says the same where
every expression that reads `$this` reads one that its own group binds; where it does not, this module refuses.
Source: SHACL, section 5.3 and appendix A, https://www.w3.org/TR/shacl/#sparql-constraints.
"""

from __future__ import annotations

import functools
import re
import threading
from typing import Any

from rdflib import SH
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from cdv_graph.errors import InputError
from cdv_graph.validate.shapes import Shapes

__all__ = ["constraint_algebra", "constraint_query"]

_THIS = Variable("this")
_ONE_AT_A_TIME = threading.Lock()  # rdflib's parser keeps state of its own


def constraint_query(shapes: Shapes, constraint: Node, path: str, values: str = "") -> str:
    """The query of a SPARQL constraint, for all nodes at once.

    Args:
        shapes: the shapes.
        constraint: the node that holds `sh:select`.
        path: the path of the shape, which `$PATH` stands for.
        values: a VALUES block that says which nodes to ask about; all by default.

    Returns:
        A SELECT; a row without `this` is said of every node that the shape applies to.

    Raises:
        NotImplementedError: the query cannot be answered for all nodes at once.
        InputError: it is not SPARQL.
    """
    text = _text(shapes, constraint, path)
    _bound(_parsed(text, str(constraint)).p, frozenset())
    start = text.index("{", text.upper().index("SELECT")) + 1
    return f"{text[:start]} {values} {text[start:]}" if values else text


def constraint_algebra(shapes: Shapes, constraint: Node, path: str) -> CompValue:
    """The algebra of the query of a SPARQL constraint."""
    return _parsed(_text(shapes, constraint, path), str(constraint))


def _text(shapes: Shapes, constraint: Node, path: str) -> str:
    select = shapes.one(constraint, SH.select)
    if select is None:
        raise NotImplementedError("sh:sparql without sh:select")
    text = str(select).replace("$PATH", path)
    if re.search(r"\$(currentShape|shapesGraph)\b", text):
        raise NotImplementedError("$currentShape, $shapesGraph")
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in _prefixes(shapes, constraint)) + text


def _prefixes(shapes: Shapes, constraint: Node) -> list[tuple[str, str]]:
    return sorted(
        (str(shapes.one(declared, SH.prefix)), str(shapes.one(declared, SH.namespace)))
        for ontology in shapes.all(constraint, SH.prefixes)
        for declared in shapes.all(ontology, SH.declare)
    )


@functools.lru_cache(maxsize=1024)
def _parsed(text: str, name: str) -> CompValue:
    try:
        with _ONE_AT_A_TIME:
            algebra = translateQuery(parseQuery(text)).algebra
    except Exception as error:  # what rdflib's parser raises has no common class
        raise InputError("validate.not-sparql", shape=name, why=str(error)) from error
    if algebra.name != "SelectQuery":
        raise NotImplementedError("sh:select without SELECT")
    return algebra


def _bound(part: CompValue, around: frozenset[Variable]) -> frozenset[Variable]:
    """The variables that a part of a query surely binds; `around` are bound where an EXISTS stands.

    Raises:
        NotImplementedError: an expression reads $this where nothing binds it, or the part depends on how many
            nodes are asked about at once.
    """
    kind = part.name
    if kind in ("SelectQuery", "Distinct", "Reduced", "OrderBy"):
        return _bound(part.p, around)
    if kind == "BGP":
        return frozenset(term for triple in part.triples for term in triple if isinstance(term, Variable))
    if kind == "Project":
        return _bound(part.p, around) & frozenset(part.PV)
    if kind == "Join":
        return _bound(part.p1, around) | _bound(part.p2, around)
    if kind == "Union":
        return _bound(part.p1, around) & _bound(part.p2, around)
    if kind == "Minus":
        first = _bound(part.p1, around)
        _beside(part.p2, first | around)
        return first
    if kind == "LeftJoin":
        first = _bound(part.p1, around)
        _beside(part.p2, first | around)
        second = _bound(part.p2, around)
        _read(part.expr, first | second | around)
        return first
    if kind == "Filter":
        bound = _bound(part.p, around)
        _read(part.expr, bound | around)
        return bound
    if kind == "Extend":
        bound = _bound(part.p, around)
        _read(part.expr, bound | around)
        return bound
    if kind == "ToMultiSet":  # a group within a group, or VALUES
        return _bound(part.p, around) if isinstance(part.p, CompValue) else frozenset()
    if kind == "AggregateJoin":
        grouped = part.p
        if _THIS not in (grouped.expr or []):
            raise NotImplementedError("an aggregate that is not grouped by $this")
        return _bound(grouped.p, around) & frozenset(one for one in grouped.expr if isinstance(one, Variable))
    raise NotImplementedError(f"{kind} in sh:select")


def _beside(part: CompValue, bound: frozenset[Variable]) -> None:
    """Checks that a part that keeps or drops rows (OPTIONAL, MINUS, EXISTS) meets $this bound already."""
    if _THIS not in bound and _mentions(part):
        raise NotImplementedError("OPTIONAL, MINUS or EXISTS about $this where nothing binds it before")


def _mentions(part: Any) -> bool:
    if isinstance(part, CompValue):
        return any(_mentions(one) for one in part.values())
    if isinstance(part, list | tuple | set | frozenset):
        return any(_mentions(one) for one in part)
    return bool(part == _THIS)


def _read(expression: Any, bound: frozenset[Variable]) -> None:
    """Checks that an expression reads $this only where it is bound, in EXISTS as well."""
    if isinstance(expression, CompValue) and expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        _beside(expression.graph, bound)
        _bound(expression.graph, bound)
    elif isinstance(expression, CompValue):
        for part in expression.values():
            _read(part, bound)
    elif isinstance(expression, list | tuple):
        for part in expression:
            _read(part, bound)
    elif expression == _THIS and _THIS not in bound:
        raise NotImplementedError("an expression reads $this where nothing binds it")
