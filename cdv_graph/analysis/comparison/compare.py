"""Two contracts, two generations, or a contract and a document about its region: common, only in one, stronger in one.

An item is stronger in one side where its strongest mode is (`cdv:strength`), or, for what is counted in two single
contracts, where its share of the elements of the aspect is higher and the 95 % intervals of both shares (Wilson, 1927)
lie apart. How alike the sides are is the index of Jaccard (1901): items in both over items in any.
What was not read in a side is `not-known`, never absent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.analysis.comparison.aspects import Aspect, Held, Item, aspects
from cdv_graph.analysis.comparison.sides import Side
from cdv_graph.messages import Message, message
from cdv_graph.namespaces import shorten
from cdv_graph.query import Result, value_of
from cdv_graph.query.result import Cell

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "FOUND", "SUMMARY_COLUMNS", "Comparison", "compare"]

FOUND = ("common", "stronger-a", "stronger-b", "only-a", "only-b", "not-known")
COLUMNS = (
    *("aspect", "item", "label", "found", "a", "b", "elements_a", "of_a", "elements_b", "of_b"),
    *("contracts_a", "contracts_b", "stated_a", "stated_b", "theme", "category", "lines_a", "lines_b"),
)
SUMMARY_COLUMNS = (
    *("aspect", "label", "common", "stronger_a", "stronger_b", "only_a", "only_b", "not_known"),
    *("both", "any", "jaccard", "contracts_a", "contracts_b", "note"),
)
_Z = 1.959964  # of the normal law, for 95 %


@dataclass(frozen=True)
class Comparison:
    """What two sides have in common and what they have not.

    Attributes:
        a: the name of the first side.
        b: the name of the second.
        rows: one row per aspect and item, columns `COLUMNS`, with the notes that hold for all.
        counts: by aspect, how many items were found how, and how many contracts each side speaks of.
        notes: by aspect, what to know before concluding.
    """

    a: str
    b: str
    rows: Result
    counts: Mapping[str, Mapping[str, int]]
    notes: Mapping[str, Sequence[Message]]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a `pandas.DataFrame`."""
        return self.rows.to_frame()

    def summary(self, lang: str = "fr") -> Result:
        """One row per aspect, columns `SUMMARY_COLUMNS`.

        `jaccard` is `both` over `any`; it is null where one of the sides was not read whole.
        """
        rows: list[list[Cell]] = []
        for name, counts in self.counts.items():
            found = [counts.get(one, 0) for one in FOUND]
            both, every = sum(found[:3]), sum(found)
            jaccard = round(both / every, 3) if every and not counts["unread"] else None
            note = " ; ".join(one.told(lang) for one in self.notes.get(name, ()))
            contracts = [counts["contracts_a"], counts["contracts_b"]]
            rows.append([name, aspects()[name].title[lang], *found, both, every, jaccard, *contracts, note or None])
        return Result(SUMMARY_COLUMNS, rows)


def compare(a: Side, b: Side, found: Mapping[str, Sequence[Held]]) -> Comparison:
    """Compare two sides.

    Args:
        a: the first side.
        b: the second.
        found: by aspect, what each of the two holds.

    Returns:
        Rows by aspect, then common, stronger, only and not known, the most frequent first.
    """
    rows: list[list[Cell]] = []
    counts: dict[str, dict[str, int]] = {}
    notes: dict[str, list[Message]] = {}
    for name, (one, other) in found.items():
        aspect = aspects()[name]
        keys = {key for held in (one, other) for key, item in held.items.items() if item.present}
        told = [_row(aspect, key, (one, other), a.single and b.single) for key in keys]
        rows += sorted(told, key=_rank)
        counts[name] = {
            **Counter(str(row[COLUMNS.index("found")]) for row in told),
            **{"contracts_a": one.contracts(), "contracts_b": other.contracts()},
            "unread": int(not (one.read and other.read)),
        }
        notes[name] = [
            message("compare.nothing-read" if not held.items else "compare.read-elsewhere", side=side.name)
            for side, held in ((a, one), (b, other))
            if not held.read
        ]
    return Comparison(a.name, b.name, Result(COLUMNS, rows, _general(a, b)), counts, notes)


def _general(a: Side, b: Side) -> tuple[Message, ...]:
    notes = []
    for side in (a, b):
        if not side.listings:
            notes.append(message("compare.document", side=side.name))
        elif not side.single:
            read = ", ".join(sorted(str(value_of(one)) for one in side.documents))
            contracts = len(set(side.contracts.values()))
            notes.append(message("compare.generation", side=side.name, contracts=contracts, read=read or "–"))
    if not (a.single and b.single):
        notes.append(message("compare.several"))
    return tuple(notes)


def _row(aspect: Aspect, key: str, held: tuple[Held, Held], single: bool) -> list[Cell]:
    one, other = (side.items.get(key) for side in held)
    known = one or other or Item()
    totals = [side.elements() for side in held]
    themes = sorted({theme for item in (one, other) if item for theme in item.themes})
    counts: list[Cell] = []
    for item, total in zip((one, other), totals, strict=True):
        counts += [len(item.elements) if item and item.present else 0, total]
    return [
        *(aspect.name, _name(key), known.label or None, _found(aspect, (one, other), held, single)),
        *(_measure(aspect, item) for item in (one, other)),
        *counts,
        *(len(item.contracts) if item and item.present else 0 for item in (one, other)),
        *(sorted(item.stated) if item else [] for item in (one, other)),
        *(themes, known.category or None),
        *(
            [f"{document}:{first}-{last}" for document, first, last in sorted(item.lines)] if item else []
            for item in (one, other)
        ),
    ]


def _found(aspect: Aspect, pair: tuple[Item | None, Item | None], held: tuple[Held, Held], single: bool) -> str:
    one, other = (item if item and item.present else None for item in pair)
    if one and other:
        if aspect.measure == "mode" and one.mode and other.mode and one.strength != other.strength:
            return "stronger-a" if one.strength > other.strength else "stronger-b"
        if aspect.measure == "share" and single:
            first, second = (
                _interval(len(item.elements), side.elements()) for item, side in zip((one, other), held, strict=True)
            )
            return "stronger-a" if first[0] > second[1] else "stronger-b" if second[0] > first[1] else "common"
        return "common"
    if one:
        return "only-a" if held[1].read else "not-known"
    return "only-b" if held[0].read else "not-known"


def _interval(count: int, total: int) -> tuple[float, float]:
    """The interval of a share at 95 % (Wilson, 1927)."""
    share, square = count / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return middle - half, middle + half


def _measure(aspect: Aspect, item: Item | None) -> Cell:
    if item is None:
        return None
    return (item.mode or None) if aspect.measure == "mode" else len(item.elements)


def _name(key: str) -> str:
    """The last part of an IRI of the project, or the text that the item is."""
    return shorten(key).partition(":")[2] or key


def _rank(row: Sequence[Cell]) -> tuple[int, int, str]:
    said = dict(zip(COLUMNS, row, strict=True))
    frequent = int(str(said["elements_a"])) + int(str(said["elements_b"]))
    return FOUND.index(str(said["found"])), -frequent, str(said["item"])
