"""Validates a graph: picks the engine, and tells what it found to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from rdflib.term import Node

from cdv_graph.errors import InputError, StoreError
from cdv_graph.namespaces import graph_iri, shorten
from cdv_graph.store import Store
from cdv_graph.validate.compiled import CompiledEngine
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.incremental import changed_triples, recheck
from cdv_graph.validate.locate import Told, rows, told
from cdv_graph.validate.paths import short_path
from cdv_graph.validate.reference import reference_findings
from cdv_graph.validate.report import Problem, Report
from cdv_graph.validate.rules import SEVERITIES, Text, expected, known_profiles, parameter, rule_of
from cdv_graph.validate.shapes import Shapes, read_shapes

__all__ = ["ENGINES", "findings", "report", "revalidate", "validate"]

ENGINES = ("auto", "compiled", "pyshacl")


def findings(store: Store, shapes: Shapes, engine: str = "auto") -> tuple[set[Finding], str]:
    """What an engine finds, and the engine that was used.

    Args:
        store: the graph.
        shapes: the shapes.
        engine: `compiled`, `pyshacl`, or `auto`: compiled where it knows every component, else pySHACL.

    Raises:
        InputError: the engine is unknown, cannot use the shapes, or does not know a component of them.
    """
    compiled = _compiled(store, shapes, engine)
    if compiled is None:
        return set(reference_findings(store, shapes)), "pyshacl"
    return {one for found in compiled.values() for one in found}, "compiled"


def _compiled(store: Store, shapes: Shapes, engine: str) -> Mapping[Node, frozenset[Finding]] | None:
    """What the compiled engine finds, by shape; None where pySHACL is to be asked."""
    if engine not in ENGINES:
        raise InputError("validate.unknown-engine", engine=engine, known=", ".join(ENGINES))
    if engine == "pyshacl":
        return None
    try:
        return CompiledEngine(store, shapes).findings()
    except NotImplementedError as error:
        if engine == "compiled":
            raise InputError("validate.unknown-component", component=error) from error
        return None


def validate(
    store: Store,
    shapes: Path | None = None,
    *,
    profiles: Sequence[str] = (),
    engine: str = "auto",
    data: Path | None = None,
) -> Report:
    """Check a graph against SHACL shapes.

    Args:
        store: the graph; it stays as it is.
        shapes: a folder or file of shapes; the shipped ones by default.
        profiles: only the rules of `structure`, `quality`, `completeness` or `legal`; all by default.
        engine: `auto`, `compiled` (one SPARQL query per constraint) or `pyshacl` (the reference, slower).
        data: the folder of tables that the graph was built from, to name the row that caused each problem.

    Returns:
        The report.

    Raises:
        StoreError: the store is empty.
        InputError: the shapes cannot be read or used, or a profile or an engine is unknown.

    Example:
        >>> from cdv_graph.build import load_store
        >>> validate(load_store()).conforms
        True
    """
    if not len(store):
        raise StoreError("validate.empty-graph")
    known_profiles(tuple(profiles))
    read = Shapes(read_shapes(shapes))
    if profiles:  # a shape may have others below it that belong to another profile
        asked = {shape for shape in read.targeted() if any(_asked(read, one, profiles) for one in read.below(shape))}
        read = read.only(asked)
    compiled = _compiled(store, read, engine)
    if compiled is None:
        found = (one for one in reference_findings(store, read) if _asked(read, one.shape, profiles))
        return report(store, read, found, "pyshacl", data)
    return _of_compiled(store, read, compiled, data, tuple(profiles))


def _asked(shapes: Shapes, shape: Node, profiles: Sequence[str]) -> bool:
    return not profiles or rule_of(shapes, shape).profile in profiles


def revalidate(
    store: Store, earlier: Report, before: Store, *, graphs: Sequence[str] = (), data: Path | None = None
) -> Report:
    """Check a graph again after a change: only the nodes that the change reaches.

    Args:
        store: the graph after the change.
        earlier: the report of the graph before the change.
        before: the graph before the change.
        graphs: the named graphs that may differ (`clermont-2024`, `inferred/clermont-2024`); all by default.
        data: the folder of tables that the graph was built from.

    Returns:
        The report that `validate` would give with the same shapes and profiles.

    Example:
        >>> from cdv_graph.build import build
        >>> store = build(documents=["montpellier-2021"])
        >>> earlier = validate(store)
        >>> revalidate(store, earlier, store) == earlier
        True
    """
    if earlier.found is None or earlier.shapes is None:
        raise InputError("validate.not-incremental")
    changed = changed_triples(before, store, [graph_iri(name) for name in graphs])
    found = recheck(store, earlier.shapes, dict(earlier.found), changed)
    return _of_compiled(store, earlier.shapes, found, data, earlier.profiles)


def _of_compiled(
    store: Store,
    shapes: Shapes,
    found: Mapping[Node, frozenset[Finding]],
    data: Path | None,
    profiles: tuple[str, ...],
) -> Report:
    kept = (one for part in found.values() for one in part if _asked(shapes, one.shape, profiles))
    return replace(report(store, shapes, kept, "compiled", data), found=found, profiles=profiles)


def report(store: Store, shapes: Shapes, found: Iterable[Finding], engine: str, data: Path | None) -> Report:
    """What an engine found, told to people: names, passages, table rows."""
    ordered = sorted(set(found), key=_order)
    nodes = told(store, (one.focus for one in ordered))
    paths = {one: "" if one.path is None else short_path(shapes.graph, one.path) for one in ordered}
    compared = {one: set(map(str, shapes.all(one.shape, parameter(one.component)))) for one in ordered}
    places = rows(store, ordered, paths, compared, data) if data is not None else {}
    problems = []
    for one in ordered:
        rule, about = rule_of(shapes, one.shape), nodes.get(one.focus, Told({}))
        problems.append(
            Problem(
                rule=rule,
                focus=_short(one.focus),
                path=paths[one],
                value="" if one.value is None else _short(one.value),
                component=shorten(one.component),
                severity=rule.severity,
                label=Text(*(about.labels.get(lang) or about.labels.get("", "") for lang in ("fr", "en"))),
                contract=about.contract,
                expected=expected(shapes, one.shape, one.component),
                document=about.document,
                lines=about.lines,
                rows=places.get(one, ()),
                finding=one,
            )
        )
    problems.sort(key=lambda p: (SEVERITIES.index(p.severity), p.rows[:1] or (), p.focus, p.rule.code, p.path, p.value))
    return Report(tuple(problems), engine, shapes)


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else shorten(term.value)


def _order(found: Finding) -> tuple[str, ...]:
    return (found.severity, str(found.focus), str(found.shape), found.component, str(found.path), str(found.value))
