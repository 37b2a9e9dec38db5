"""What the kind *dispositif* shows: the articulations of one element on one theme, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.analysis.networks.concepts import concepts, strength_of
from cdv_graph.diagram.kinds.network_parts import element_name
from cdv_graph.diagram.text import one_line
from cdv_graph.query import Result

__all__ = ["Entry", "Key", "entries_of", "entry_facets", "entry_id", "entry_name", "ident"]

Row = Mapping[str, object]


Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class Entry:
    """The articulations of one element on one theme with one local dispositif; what is absent stands apart."""

    key: Key
    rows: tuple[Row, ...]
    name: str

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Mode and status, the strongest mode first."""
        seen = {(str(row["mode"] or ""), str(row["status"])) for row in self.rows}
        return sorted(seen, key=lambda mark: (-strength_of(mark[0]), mark))


def entries_of(answer: Result, names: Mapping[str, str]) -> list[Entry]:
    """By contract, theme in the order of reading, then element."""
    found: dict[Key, list[Row]] = {}
    for row in answer.records():
        key = tuple(str(row[column] or "") for column in ("contract", "theme", "element", "local_dispositif"))
        found.setdefault((*key, row["status"] == "absent"), []).append(row)  # type: ignore[arg-type]
    themes = list(concepts("theme"))

    def order(key: Key) -> tuple[object, ...]:
        return key[0], themes.index(key[1]) if key[1] in themes else len(themes), key

    return [
        Entry(key, tuple(found[key]), one_line(names.get(f"{key[0]}/{key[2]}", ""))) for key in sorted(found, key=order)
    ]


def entry_name(entry: Entry, lang: str) -> str:
    """What an element is called: its kind, its code where it is numbered, its name."""
    return element_name(entry.key[2], entry.name, lang)


def ident(*parts: str) -> str:
    """The id of an item, of its parts."""
    return "/".join(one_line(part) for part in parts)


def entry_id(key: Key) -> str:
    """The id of the item of an entry."""
    return ident("element", *key[:4], "absent" if key[4] else "")


def entry_facets(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """By what entries can be filtered."""
    return {
        "theme": tuple(sorted({entry.key[1] for entry in entries})),
        "mode": tuple(sorted({mode for entry in entries for mode, _ in entry.marks})),
        "contract": tuple(sorted({entry.key[0] for entry in entries})),
    }
