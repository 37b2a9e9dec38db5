"""Validates a graph: picks the engine, and tells what it found to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from cdv_graph.errors import InputError, StoreError
from cdv_graph.namespaces import shorten
from cdv_graph.store import Store
from cdv_graph.validate.compiled import CompiledEngine
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.locate import Told, rows, told
from cdv_graph.validate.paths import short_path
from cdv_graph.validate.reference import reference_findings
from cdv_graph.validate.report import Problem, Report
from cdv_graph.validate.rules import SEVERITIES, Text, expected, known_profiles, rule_of
from cdv_graph.validate.shapes import Shapes, read_shapes
from cdv_graph.validate.turtle import turtle_report

__all__ = ["ENGINES", "findings", "validate"]

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
    if engine not in ENGINES:
        raise InputError("validate.unknown-engine", engine=engine, known=", ".join(ENGINES))
    if engine != "pyshacl":
        try:
            return set(CompiledEngine(store, shapes).findings()), "compiled"
        except NotImplementedError as error:
            if engine == "compiled":
                raise InputError("validate.unknown-component", component=error) from error
    return set(reference_findings(store, shapes)), "pyshacl"


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
    kept = (
        read.only({shape for shape in read.targeted() if rule_of(read, shape).profile in profiles})
        if profiles
        else read
    )
    found, used = findings(store, kept, engine)
    return report(store, kept, found, used, data)


def report(store: Store, shapes: Shapes, found: Iterable[Finding], engine: str, data: Path | None) -> Report:
    """What an engine found, told to people: names, passages, table rows."""
    ordered = sorted(found, key=_order)
    nodes = told(store, (one.focus for one in ordered))
    paths = {one: "" if one.path is None else short_path(shapes.graph, one.path) for one in ordered}
    places = rows(ordered, paths, data) if data is not None else {}
    problems = []
    for one in ordered:
        rule, about = rule_of(shapes, one.shape), nodes.get(one.focus, Told({}))
        severity = shorten(one.severity).removeprefix("sh:").lower()
        problems.append(
            Problem(
                rule=rule,
                focus=_short(one.focus),
                path=paths[one],
                value="" if one.value is None else _short(one.value),
                component=shorten(one.component),
                severity=severity if severity in SEVERITIES else "violation",
                label=Text(*(about.labels.get(lang) or about.labels.get("", "") for lang in ("fr", "en"))),
                contract=about.contract,
                expected=expected(shapes, one.shape, one.component),
                document=about.document,
                lines=about.lines,
                rows=places.get(one, ()),
            )
        )
    problems.sort(key=lambda p: (SEVERITIES.index(p.severity), p.rows[:1] or (), p.focus, p.rule.code, p.path, p.value))
    return Report(tuple(problems), engine, partial(turtle_report, shapes, tuple(ordered)))


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else shorten(term.value)


def _order(found: Finding) -> tuple[str, ...]:
    return (found.severity, str(found.focus), str(found.shape), found.component, str(found.path), str(found.value))
