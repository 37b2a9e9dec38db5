"""Builds of the graph side by side: opening whatever holds one, and what differs between two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cdv_graph.errors import InputError
from cdv_graph.graph import Graph
from cdv_graph.opening import load, open_graph
from cdv_graph.store import read_rdf

if TYPE_CHECKING:
    from cdv_graph.analysis.comparison.diff import Difference

__all__ = ["SHIPPED", "diff", "open_build"]

SHIPPED = "shipped"
# one name for the statements that a file puts in no graph, whatever the file
_NO_GRAPH = "urn:x-cdv-graph:default"


def open_build(source: Graph | Path | str) -> Graph:
    """A build of the graph, from whatever holds one.

    Args:
        source: a graph, the folder of a store, an RDF file, a folder of tables (built aside, not cached), or `shipped`.

    Raises:
        InputError: there is nothing there, or the file is not RDF.
        StoreError: it holds no statement, or cannot be parsed.
        TableError: tables hold faults.
    """
    if isinstance(source, Graph):
        return source
    place = Path(source)
    if source == SHIPPED and not place.exists():
        return load()
    if not place.exists():
        raise InputError("builds.nothing-there", path=place)
    if place.is_file():
        return Graph(read_rdf(place, _NO_GRAPH))
    if any(place.glob("SOURCES.*")):
        return load(place, cache=False)
    if not any(place.iterdir()):
        raise InputError("builds.nothing-there", path=place)
    return open_graph(place)


def diff(
    old: Graph | Path | str, new: Graph | Path | str, *, evidence: bool = False, inferred: bool = False
) -> Difference:
    """What changed from one build of the graph to the next.

    Args:
        old: a graph, the folder of a store, an RDF file, a folder of tables, or `shipped`.
        new: the same.
        evidence: tell readings and passages for themselves too, not only as the lines of facts.
        inferred: tell what is derived too (the graphs of inference, search keys, bounds of dates).

    Returns:
        `rows`, one per change and passage: `change` (added, removed, changed, moved: same facts, other lines), `class`,
        `node`, `label`, `property` (empty for a whole node), `old`, `new`, `document`, `start_line`, `end_line`;
        `summary()`, one row per class; `added` and `removed`, the quads.

    Raises:
        InputError, StoreError, TableError: as `open_build`.

    Example:
        >>> bool(diff(load(), "shipped"))
        False
    """
    from cdv_graph.analysis.comparison.diff import diff as compared

    return compared(open_build(old).store, open_build(new).store, evidence=evidence, inferred=inferred)
