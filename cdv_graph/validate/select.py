"""A SPARQL constraint (`sh:sparql`) as one query over the whole graph.

SHACL binds `$this` before the query runs, one node after the other. Asking for all nodes at once says the same where
every expression that reads `$this` reads one that its own group binds. Where it does not, each group is given the nodes
to begin with; what depends on how many nodes are asked about at once (LIMIT, a count over all of them) is refused.
Source: SHACL, section 5.3 and appendix A, https://www.w3.org/TR/shacl/#sparql-constraints.
"""

from __future__ import annotations

import functools
import re
import threading
from typing import Any

from rdflib import OWL, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from cdv_graph.errors import InputError
from cdv_graph.validate.scope import Scope
from cdv_graph.validate.shapes import Shapes

__all__ = ["constraint_algebra", "constraint_query", "given"]

_THIS = Variable("this")
# the head of a group; before it what may hold a bracket without opening one: IRIs, strings, comments
_GROUP = re.compile(
    r"""<[^<>"{}|^`\s]*> | "{3}.*?"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \#[^\n]*
    | (?P<group>\{)(?!(?:\s|\#[^\n]*)*SELECT\b)""",
    re.S | re.X | re.I,
)
_ONCE = {"Aggregate_Min", "Aggregate_Max", "Aggregate_Sample"}  # of the same rows twice they say the same
_ONE_AT_A_TIME = threading.Lock()  # rdflib's parser keeps state of its own


def constraint_query(shapes: Shapes, constraint: Node, scope: Scope, values: str = "") -> str:
    """The query of a SPARQL constraint, for all nodes at once.

    Args:
        shapes: the shapes.
        constraint: the node that holds `sh:select`.
        scope: the nodes, and the path that `$PATH` stands for.
        values: a VALUES block that says which nodes, or which values, to ask about; all by default.

    Returns:
        A SELECT, of these nodes or of all those of the graph; a row without `this` is said of every node.

    Raises:
        NotImplementedError: the query cannot be answered for all nodes at once, or SHACL forbids it.
        InputError: it is not SPARQL.
    """
    text, name = _text(shapes, constraint, scope.path), str(constraint)
    try:
        _bound(_parsed(text, name).p, frozenset())
    except NotImplementedError:
        _bound(_parsed(given(text, "?this a ?given ."), name).p, frozenset())
        return given(text, values or scope.nodes.selected)
    return given(text, values) if values else text


def constraint_algebra(shapes: Shapes, constraint: Node, path: str) -> CompValue:
    """The algebra of the query of a SPARQL constraint."""
    return _parsed(_text(shapes, constraint, path), str(constraint))


def _text(shapes: Shapes, constraint: Node, path: str) -> str:
    select = shapes.one(constraint, SH.select)
    if select is None:
        raise NotImplementedError("sh:sparql without sh:select")
    text = re.sub(r"[$?]PATH\b", lambda _: path, str(select)) if path else str(select)
    if re.search(r"[$?](currentShape|shapesGraph)\b", text):
        raise NotImplementedError("$currentShape, $shapesGraph")
    # declaring only those it uses: reading thirty more in each query takes longer than reading the query
    used = [(prefix, iri) for prefix, iri in _prefixes(shapes, constraint) if f"{prefix}:" in text]
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in used) + text


def given(text: str, pattern: str) -> str:
    """The query with a pattern at the head of every group but those that a SELECT within the query opens."""
    return _GROUP.sub(lambda found: f"{{ {pattern} " if found["group"] else found[0], text)


def _prefixes(shapes: Shapes, constraint: Node) -> list[tuple[str, str]]:
    named = shapes.all(constraint, SH.prefixes)
    ontologies = {other for one in named for other in shapes.graph.transitive_objects(one, OWL.imports)}
    declared = {prefix for ontology in ontologies for prefix in shapes.graph.objects(ontology, SH.declare)}
    return sorted((str(shapes.one(one, SH.prefix)), str(shapes.one(one, SH.namespace))) for one in declared)


@functools.lru_cache(maxsize=1024)
def _parsed(text: str, name: str) -> CompValue:
    try:
        with _ONE_AT_A_TIME:
            algebra = translateQuery(parseQuery(text)).algebra
    except Exception as error:  # what rdflib's parser raises has no common class
        raise InputError("validate.not-sparql", shape=name, why=str(error)) from error
    if algebra.name != "SelectQuery" or algebra.datasetClause:
        raise NotImplementedError("sh:select with another query than a SELECT of the whole graph")
    if Variable("failure") in algebra.PV:
        raise NotImplementedError("?failure")
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
        return frozenset(term for triple in part.triples for term in _ends(triple) if isinstance(term, Variable))
    if kind == "Project":
        if _THIS not in part.PV and _mentions(part.p):
            raise NotImplementedError("a SELECT of other variables than $this")
        return _bound(part.p, around) & frozenset(part.PV)
    if kind == "Join":
        return _bound(part.p1, around) | _bound(part.p2, around)
    if kind == "Union":
        return _bound(part.p1, around) & _bound(part.p2, around)
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
        # rdflib names the values of a grouped SELECT by an Extend of its own
        if part.var == _THIS and not str(part.expr).startswith("__agg_"):
            raise NotImplementedError("AS $this")
        bound = _bound(part.p, around)
        _read(part.expr, bound | around)
        return bound
    if kind == "ToMultiSet":  # a SELECT within the query; MINUS, VALUES and SERVICE are none, and SHACL forbids them
        return _bound(part.p, around)
    if kind == "AggregateJoin":
        grouped, bound = part.p, _bound(part.p.p, around)
        if _THIS not in bound.intersection(grouped.expr or ()):
            raise NotImplementedError("an aggregate that is not grouped by $this")
        if any(one.name not in _ONCE and not one.distinct for one in part.A):
            raise NotImplementedError("a count that is not DISTINCT: a triple of two graphs would count twice")
        return bound.intersection(grouped.expr)
    raise NotImplementedError(f"{kind} in sh:select")


def _ends(triple: tuple[Node, Node, Node]) -> tuple[Node, ...]:
    """The terms of a triple that bind; the ends of a path that may have no step need no triple at all."""
    subject, predicate, value = triple
    return () if isinstance(predicate, Path) and _nullable(predicate) else (subject, predicate, value)


def _nullable(path: Node | Path) -> bool:
    if isinstance(path, MulPath):
        return path.zero or _nullable(path.path)
    if isinstance(path, SequencePath):
        return all(map(_nullable, path.args))
    if isinstance(path, AlternativePath):
        return any(map(_nullable, path.args))
    return isinstance(path, InvPath) and _nullable(path.arg)


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
