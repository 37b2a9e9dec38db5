"""Where a problem comes from: the passage that was read, and the row of a table that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cdv_graph.namespaces import PREFIXES, prologue, shorten
from cdv_graph.populate import Origin, origins
from cdv_graph.resources import text
from cdv_graph.store import Store, Term, bind
from cdv_graph.tables import read_dataset
from cdv_graph.validate.finding import Finding

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")

__all__ = ["Place", "Told", "rows", "told"]


@dataclass(frozen=True, order=True)
class Place:
    """A row of a table.

    Attributes:
        file: the table, relative to the data folder (`clermont-2024/articulations.csv`).
        line: the line in the file (1-based; the header is line 1).
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Told:
    """What a report tells of a node.

    Attributes:
        labels: its name by language; without language under the empty one.
        contract: the slug of the contract that it is in, or empty.
        document: the document where it was read first, or empty.
        lines: its lines there, or empty.
    """

    labels: Mapping[str, str]
    contract: str = ""
    document: str = ""
    lines: str = ""


def told(store: Store, nodes: Iterable[Term]) -> dict[Term, Told]:
    """Names, contract and first passage of nodes."""
    named = sorted({node for node in nodes if isinstance(node, ox.NamedNode)}, key=str)
    found: dict[Term, Told] = {}
    labels: dict[Term, dict[str, str]] = defaultdict(dict)
    asked = bind(prologue() + text("queries", "internal/told.rq"), {"node": named})
    for node, label, contract, document, first, last in store.query(asked).rows:
        if node is None:
            continue
        if isinstance(label, ox.Literal):
            labels[node].setdefault(label.language or "", label.value)
        if node not in found:
            lines = "" if first is None or last is None else _lines(str(first.value), str(last.value))
            found[node] = Told(labels[node], _slug(contract), _slug(document), lines)
    return found


def _slug(node: Term | None) -> str:
    return shorten(node.value).partition(":")[2] if isinstance(node, ox.NamedNode) else ""


def _lines(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def rows(
    store: Store,
    findings: Iterable[Finding],
    paths: Mapping[Finding, str],
    compared: Mapping[Finding, Set[str]],
    data: Path,
) -> dict[Finding, tuple[Place, ...]]:
    """The rows that caused each finding, the likeliest alone where the value tells which.

    Args:
        store: the graph.
        findings: what an engine found.
        paths: the path of each, as SPARQL.
        compared: the properties whose values the values at fault were compared with (the end of a start).
        data: the folder of tables that the graph was built from.
    """

    def subjects(spoken_of: Set[ox.NamedNode]) -> set[ox.NamedNode]:
        asked = bind(prologue() + text("queries", "internal/speaking.rq"), {"node": sorted(spoken_of, key=str)})
        return {row[0] for row in store.query(asked).rows if isinstance(row[0], ox.NamedNode)}

    findings = list(findings)
    nodes = {node for found in findings for node in (found.focus, found.value) if isinstance(node, ox.NamedNode)}
    about: dict[Term, list[Origin]] = defaultdict(list)
    speaking: dict[Term, list[Origin]] = defaultdict(list)
    for origin in origins(read_dataset(data), nodes, subjects) if nodes else ():
        about[origin.subject].append(origin)
        for term in {term for triple in origin.triples for term in triple} & nodes:
            speaking[term].append(origin)
    return {found: _of(found, paths[found], compared[found], about, speaking) for found in findings}


def _of(
    found: Finding,
    path: str,
    compared: Set[str],
    about: Mapping[Term, list[Origin]],
    speaking: Mapping[Term, list[Origin]],
) -> tuple[Place, ...]:
    focus, value = found.focus, found.value
    own, others = about.get(focus, []), about.get(value, []) if value is not None else []
    saying = [one for one in own if any(s == focus and (o == value or p.value in compared) for s, p, o in one.triples)]
    if not saying and value is not None:  # the value lies further along the path: the row that makes the first step
        first = path.partition("/")[0].strip("()")
        saying = [one for one in own if any(s == focus and shorten(p.value) == first for s, p, _ in one.triples)]
    of_value = others or (speaking.get(value, []) if value is not None else [])
    if path.lstrip("(").startswith("^") and of_value:  # the fault lies with what points here
        return _places(of_value)
    for candidates in (saying, own, speaking.get(focus, []), of_value):
        if candidates:
            return _places(candidates)
    return ()


def _places(found: list[Origin]) -> tuple[Place, ...]:
    """Rows in the order of the tables, first those that declare the node they are about."""

    def order(origin: Origin) -> tuple[bool, str, int]:
        declares = any(triple[:2] == (origin.subject, _TYPE) for triple in origin.triples)
        return (not declares, origin.file, origin.line)

    ordered = sorted(found, key=order)
    return tuple(dict.fromkeys(Place(origin.file, origin.line) for origin in ordered))
