"""Completes what others do: how alike they are, the strongest mode, a citation; and keeps what meets an objective."""

from __future__ import annotations

import re

import pyoxigraph as ox

from cdv_graph.namespaces import fold
from cdv_graph.query import Result, value_of
from cdv_graph.query.result import Cell
from cdv_graph.questions.gaps import Articulated, Terms, internal
from cdv_graph.store import Store

__all__ = ["citation", "what_others_do"]

_LONG = 5  # letters: shorter words say little of an objective
_COLUMNS = (
    *("contract", "territory", "likeness", "what", "dispositif", "theme", "mode", "partners", "citation"),
    *("kind", "element", "types", "generation", "document", "start_line", "end_line"),
)
Row = dict[str, Cell]


def citation(document: str, title: str, start: int, end: int) -> str:
    """A passage as one cites it: the document by the words of its slug, as its title writes them, and the lines.

    Example:
        >>> citation("ales-2015", "Plan d'action d'Alès Agglomération", 353, 354)
        'Alès 2015, l. 353-354'
    """
    written = {fold(word): word for word in re.findall(r"\w+", title)}
    name = " ".join(written.get(word, word)[:1].upper() + written.get(word, word)[1:] for word in document.split("-"))
    return f"{name}, l. {start}" + (f"-{end}" if end != start else "")


def _words(text: Cell) -> set[str]:
    return {word for word in fold(str(text or "")).split() if len(word) >= _LONG}


def _strongest(result: Result) -> list[Row]:
    """One row per dispositif and passage: the strongest mode, every partner, every territory."""
    found: dict[tuple[str, ...], Row] = {}
    for row in result.records():
        key = tuple(str(row[name]) for name in ("contract", "kind", "element", "dispositif", "theme", "document"))
        key += (str(row["start_line"]), str(row["end_line"]), str(row["what"]))
        kept = found.setdefault(key, row)
        if kept is row:
            continue
        for name, joint in (("partners", None), ("territory", " ; ")):
            one, other = kept[name], row[name]
            if joint is None:
                merged = {*(one if isinstance(one, list) else ()), *(other if isinstance(other, list) else ())}
                kept[name] = sorted(merged)
            elif other and str(other) not in str(one).split(joint):
                kept[name] = joint.join(filter(None, (str(one or ""), str(other))))
        if float(str(row["strength"] or 0)) > float(str(kept["strength"] or 0)):
            kept["mode"], kept["strength"] = row["mode"], row["strength"]
    return list(found.values())


def what_others_do(store: Store, result: Result, terms: Terms) -> Result:
    """The rows of the other contracts, the most alike first, then the strongest mode, with their citation."""
    contract, objective = terms["contract"], terms["objective"]
    articulated = Articulated(store, contract if isinstance(contract, ox.NamedNode) else None)
    rows = _strongest(result)
    likeness: dict[str, float] = {}
    if contract is not None:
        own = articulated.whole[contract.value]
        likeness = {peer.contract: peer.likeness for peer in articulated.alike(own)}
        name = value_of(ox.NamedNode(own))
        rows = [row for row in rows if row["whole"] != name]
    if isinstance(objective, ox.NamedNode):
        told = internal(store, "objective", {"objective": objective})
        themes = {value_of(theme) for _, theme in told if theme is not None}
        sought = {word for label, _ in told for word in _words(value_of(label))}
        rows = [row for row in rows if (not themes or row["theme"] in themes) and sought & _words(row["what"])]
    by_name = {str(value_of(ox.NamedNode(iri))): iri for iri in articulated.types}
    for row in rows:
        iri = by_name.get(str(row["whole"]), "")
        row["likeness"] = round(likeness.get(iri, 0.0), 3) if contract is not None else None
        row["types"] = len(articulated.types.get(iri, ()))
        start, end = int(str(row["start_line"])), int(str(row["end_line"]))
        row["citation"] = citation(str(row["document"]), str(row["title"]), start, end)
    rows.sort(
        key=lambda row: (
            -float(str(row["likeness"] or 0)),
            -float(str(row["strength"] or 0)),
            str(row["contract"]),
            str(row["document"]),
            int(str(row["start_line"])),
            *(str(row[name]) for name in _COLUMNS),
        )
    )
    return Result(_COLUMNS, [[row[name] for name in _COLUMNS] for row in rows])
