"""What the sides of a comparison hold, aspect by aspect.

Aspects are declared in the headers of `queries/comparison/*.rq`: a file more there is an aspect more here.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field

import pyoxigraph as ox

from cdv_graph.analysis.comparison.sides import Side
from cdv_graph.errors import UnknownValueError
from cdv_graph.namespaces import prologue
from cdv_graph.query import bind, value_of
from cdv_graph.resources import folder, headed, text
from cdv_graph.store import Store, Term

__all__ = ["Aspect", "Held", "Item", "aspects", "held"]

Lines = tuple[str, int, int]


@dataclass(frozen=True)
class Aspect:
    """One thing that sides are compared by.

    Attributes:
        name: `dispositifs`, `pilots` …
        order: its rank in the answer.
        measure: what makes an item stronger: `mode`, `share` of the elements, or nothing (`presence`).
        stated: the measure of the figures that state a share of contracts, or empty.
        by: `listing`, or `document` where facts belong to the document and not to the listing it prints.
        title: by language.
        file: the name of its query.
    """

    name: str
    order: int
    measure: str
    stated: str
    by: str
    title: Mapping[str, str]
    file: str


@functools.cache
def aspects() -> Mapping[str, Aspect]:
    """All aspects by name, in their order.

    Example:
        >>> list(aspects())[:3]
        ['dispositifs', 'themes', 'pilots']
    """
    found = []
    for path in sorted(folder("queries").joinpath("comparison").glob("*.rq")):
        header, _ = headed("queries", f"comparison/{path.name}")
        for name, said in header["aspects"].items():
            title = {"fr": said["fr"], "en": said["en"]}
            by, stated = said.get("by", "listing"), said.get("stated", "")
            found.append(Aspect(name, said["order"], said["measure"], stated, by, title, path.name))
    return {one.name: one for one in sorted(found, key=lambda one: one.order)}


@dataclass
class Item:
    """What one side holds of one item.

    Attributes:
        label: in French.
        category: its category, type or place, or empty.
        mode: the strongest mode (`absent` where the source only says that it is missing), or empty.
        strength: of that mode.
        elements: what it was counted by.
        contracts: whose they are.
        themes: of those elements.
        lines: document, first and last line.
        stated: the shares of contracts that a document states, in its terms.
    """

    label: str = ""
    category: str = ""
    mode: str = ""
    strength: int = -1
    elements: set[str] = field(default_factory=set)
    contracts: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    lines: set[Lines] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)

    def join(self, other: Item) -> None:
        """Take in what was held under another name."""
        if other.strength > self.strength:
            self.mode, self.strength = other.mode, other.strength
        for name in ("elements", "contracts", "themes", "lines", "stated"):
            getattr(self, name).update(getattr(other, name))

    @property
    def present(self) -> bool:
        """Whether the source says more of it than that it is missing."""
        return self.mode != "absent"


@dataclass
class Held:
    """What one side holds under one aspect: items by key, and whether its own documents say anything of the aspect."""

    items: dict[str, Item] = field(default_factory=dict)
    read: bool = False

    def elements(self) -> int:
        """How many elements there are, each counted once."""
        return len(set().union(*(item.elements for item in self.items.values() if item.present)))

    def contracts(self) -> int:
        """Of how many contracts."""
        return len(set().union(*(item.contracts for item in self.items.values() if item.present)))


def held(
    store: Store, sides: Sequence[Side], chosen: Collection[str] = (), theme: ox.NamedNode | None = None
) -> dict[str, list[Held]]:
    """What each side holds, by aspect.

    Args:
        store: the graph.
        sides: the sides.
        chosen: names of aspects; all by default.
        theme: only what is on this theme and its sub-themes.

    Raises:
        UnknownValueError: there is no such aspect.
    """
    known = aspects()
    for name in chosen:
        if name not in known:
            raise UnknownValueError("aspect", name, list(known))
    wanted = [one for one in known.values() if not chosen or one.name in chosen]
    found = {one.name: [Held() for _ in sides] for one in wanted}
    themes = _within(store, theme) if theme else None
    for file in dict.fromkeys(one.file for one in wanted):
        first = next(one for one in wanted if one.file == file)
        _, sparql = headed("queries", f"comparison/{file}")
        for row in _rows(store, sparql, sides, first):
            for place, one in enumerate(sides):
                if (asked := found.get(_value(row["aspect"]))) and row["side"] in one.nodes(first.by):
                    into = asked[place]
                    # where no theme was read, what is on a theme is not known
                    into.read |= row["document"] in one.documents and (themes is None or row["theme"] is not None)
                    if themes is None or row["theme"] in themes:
                        _take(into, one, row)
    _take_rates(store, sides, [one for one in wanted if one.stated], found, themes)
    _join(store, found)
    return found


def _join(store: Store, found: Mapping[str, Sequence[Held]]) -> None:
    """Tell under its later name what one side calls by the earlier (Pôle emploi, France Travail)."""
    for row in store.query(prologue() + text("queries", "internal/predecessors.rq")).rows:
        later, label, earlier = map(_iri, row)
        for sides in found.values():
            if any(later in held.items for held in sides):
                for held in sides:
                    if (old := held.items.pop(earlier, None)) is not None:
                        held.items.setdefault(later, Item(label, old.category)).join(old)


def _within(store: Store, theme: ox.NamedNode) -> Set[Term | None]:
    """A theme and its sub-themes."""
    asked = bind(text("queries", "internal/sub-themes.rq"), {"theme_asked": theme})
    return {row[0] for row in store.query(prologue() + asked).rows}


def _rows(store: Store, sparql: str, sides: Sequence[Side], aspect: Aspect) -> list[dict[str, Term | None]]:
    nodes = list(dict.fromkeys(node for one in sides for node in one.nodes(aspect.by)))
    if not nodes:
        return []
    answer = store.query(prologue() + bind(sparql, {"side": nodes}))
    return [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]


def _take(into: Held, side: Side, row: Mapping[str, Term | None]) -> None:
    item = into.items.setdefault(_iri(row["item"]), Item(_value(row["label"]), _value(row["category"])))
    if row["strength"] is not None and (strength := int(_iri(row["strength"]))) > item.strength:
        if strength and not item.present:
            # what is there somewhere is not missing: only its own lines count
            item.elements, item.contracts, item.themes, item.lines = set(), set(), set(), set()
        item.mode, item.strength = _value(row["mode"]), strength
    if _value(row["mode"]) == "absent" and item.present:
        return
    item.elements.add(_iri(row["element"]))
    owner = side.listings[0] if side.single else row["contract"] or row["element"]
    if side.single or row["contract"] is not None or _iri(owner) in side.contracts:
        item.contracts.add(side.contracts.get(_iri(owner), _iri(owner)))
    if row["theme"] is not None:
        item.themes.add(_value(row["theme"]))
    item.lines.add(_lines(row))


def _take_rates(
    store: Store,
    sides: Sequence[Side],
    wanted: Sequence[Aspect],
    found: Mapping[str, Sequence[Held]],
    themes: Set[Term | None] | None,
) -> None:
    """The shares of contracts that a document about several contracts states."""
    reports = [one for one in sides if not one.listings]
    if not reports or not wanted:
        return
    by_measure = {one.stated: one for one in wanted}
    for row in _rows(store, text("queries", "internal/stated-rates.rq"), reports, wanted[0]):
        aspect = by_measure.get(_value(row["measure"]))
        if aspect is None or (themes is not None and row["theme"] not in themes):
            continue
        for place, one in enumerate(sides):
            if one in reports and row["side"] in one.documents:
                into = found[aspect.name][place]
                item = into.items.setdefault(_iri(row["item"]), Item(_value(row["label"])))
                item.stated.add(" ".join(filter(None, (f"{value_of(row['value'])} %", _value(row["population"])))))
                item.lines.add(_lines(row))
                into.read = True


def _lines(row: Mapping[str, Term | None]) -> Lines:
    return _value(row["document"]), int(_iri(row["start_line"])), int(_iri(row["end_line"]))


def _iri(term: Term | None) -> str:
    return "" if term is None else term.value


def _value(term: Term | None) -> str:
    return "" if term is None else str(value_of(term))
