"""Which thing a cell of an answer names, so that a page can link to it."""

from __future__ import annotations

import functools
import re
import weakref
from collections.abc import Mapping

import pyoxigraph as ox

from cdv_graph.namespaces import KINDS, PREFIXES, prologue
from cdv_graph.query.result import Cell
from cdv_graph.resources import parsed, text
from cdv_graph.server.html import WEB
from cdv_graph.store import EmbeddedStore

__all__ = ["Linker"]

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_names: weakref.WeakKeyDictionary[EmbeddedStore, dict[tuple[str, str], set[str]]] = weakref.WeakKeyDictionary()


@functools.cache
def _columns() -> Mapping[str, list[str]]:
    known: Mapping[str, list[str]] = parsed(WEB.joinpath("columns.yaml").read_text("utf-8"))
    return known


def _named(store: EmbeddedStore) -> dict[tuple[str, str], set[str]]:
    """The things that have a name, by what their IRIs begin with and the name."""
    if store not in _names:
        found: dict[tuple[str, str], set[str]] = {}
        for node, name in store.query(prologue() + text("queries", "internal/server/labels.rq")).rows:
            if isinstance(node, ox.NamedNode) and isinstance(name, ox.Literal):
                found.setdefault((node.value.rpartition("/")[0] + "/", name.value), set()).add(node.value)
        _names[store] = found
    return _names[store]


class Linker:
    """Finds the things that the cells of one answer name.

    Args:
        store: where they are.
    """

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._known: dict[tuple[str, str, str, str], str] = {}

    def row(self, cells: Mapping[str, Cell]) -> list[list[tuple[str, str]]]:
        """The parts of each cell of a row: a text, and the IRI that it names or an empty one."""
        contract = str(cells.get("contract") or "")
        return [
            [
                (_shown(part), self._iri(column, part, cells, contract))
                for part in (cell if isinstance(cell, list) else [cell])
            ]
            for column, cell in cells.items()
        ]

    def _iri(self, column: str, part: Cell, cells: Mapping[str, Cell], contract: str) -> str:
        if column in ("start_line", "end_line") and part is not None:
            return self._passage(cells)
        if not isinstance(part, str) or not part:
            return ""
        key = (column, part, contract, _label(column, cells))
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def _found(self, column: str, part: str, contract: str, label: str) -> str:
        if column == "node" and part.startswith(("http://", "https://")):
            return part
        kind, slash, code = part.partition("/")
        if slash and kind in KINDS and _SLUG.fullmatch(code):
            tails = (f"{contract}.{code}", code) if contract else (code,)
            return next((iri for tail in tails if self._said(iri := PREFIXES[kind] + tail)), "")
        bases = [PREFIXES[prefix] for prefix in _columns().get(column, ())]
        if _SLUG.fullmatch(part):
            for base in bases:
                if self._said(base + part):
                    return base + part
        for base in bases:
            have = _named(self._store).get((base, part), set())
            if len(have) > 1:
                have = have & _named(self._store).get((base, label), set())
            if len(have) == 1:
                return min(have)
        return ""

    def _passage(self, cells: Mapping[str, Cell]) -> str:
        document, first, last = (str(cells.get(name) or "") for name in ("document", "start_line", "end_line"))
        place = f"{document}.{first}" + (f"-{last}" if last != first else "")
        return iri if _SLUG.fullmatch(place) and self._said(iri := PREFIXES["passage"] + place) else ""

    def _said(self, iri: str) -> bool:
        return next(self._store.oxigraph.quads_for_pattern(ox.NamedNode(iri), None, None), None) is not None


def _label(column: str, cells: Mapping[str, Cell]) -> str:
    """The label that a row gives beside a cell."""
    _, mark, side = column.partition("_")
    beside = (f"{column}_label", "label", f"label_{side}" if mark else "label")
    return next((str(cells[name]) for name in beside if cells.get(name)), "")


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
