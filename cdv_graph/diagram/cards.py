"""What a picture shows of a network: one card per top theme, its dispositifs from the strongest, and their carriers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import one_line
from cdv_graph.namespaces import fold, slug

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["Card", "Entry", "Mark", "caption", "cards", "in_order", "label_of", "title_of"]


@dataclass(frozen=True)
class Mark:
    """The articulations of one status: their strongest mode, and every mode."""

    status: str
    mode: str
    strength: int
    modes: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One dispositif on one card.

    Attributes:
        node: the dispositif in the network.
        acronym: its acronym, empty where it has none.
        label: its name.
        marks: one per status, the strongest first; what is stated goes before what is intended.
        elements: the elements of the contract that name it on the theme, by code, with their names where known.
        lines: where, as `document:start-end`.
        carriers: the partners that carry it on the theme.
    """

    node: str
    acronym: str
    label: str
    marks: tuple[Mark, ...]
    elements: Mapping[str, str]
    lines: tuple[str, ...]
    carriers: tuple[str, ...]

    @property
    def modes(self) -> tuple[str, ...]:
        """Every mode, the strongest first."""
        order = list(style().modes)
        found = {mode for mark in self.marks for mode in mark.modes or ("",)}
        return tuple(sorted(found, key=lambda mode: (order.index(mode) if mode in order else len(order), mode)))

    @property
    def only_mentioned(self) -> bool:
        """Whether the contract names it and says no more."""
        return self.modes == ("mention",)


@dataclass(frozen=True)
class Card:
    """A top theme and the dispositifs that are shown on it, out of `total`."""

    theme: str
    label: str
    entries: tuple[Entry, ...]
    total: int


@dataclass
class _Gathered:
    marks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    carriers: set[str] = field(default_factory=set)


def label_of(attributes: dict[str, Any], lang: str, key: str = "label") -> str:
    """The label of a node in a language, the French one where there is no other."""
    translated = attributes.get(f"{key}_en", "") if lang == "en" else ""
    return one_line(translated or attributes[key])


def title_of(network: Network, title: str, lang: str) -> str:
    """The title that is asked, else one made from that of the network."""
    return one_line(title or str(words(lang)["title"]).format(title=network.graph["title"]))


def cards(network: Network, *, lang: str = "fr", top: int | None = None, theme: str | None = None) -> list[Card]:
    """The cards of a network, in the order of reading; sub-themes are rolled up to their top theme.

    Args:
        network: what `contract_network` made.
        lang: `fr` or `en`.
        top: keep this many dispositifs per theme, and none that is only mentioned; all by default.
        theme: the only top theme to keep.
    """
    gathered: dict[str, dict[str, _Gathered]] = {}
    labels: dict[str, str] = {}
    for node, attributes in network.nodes(data=True):
        if attributes["kind"] == "theme" and theme in (None, attributes["group"]):
            labels[attributes["group"]] = label_of(attributes, lang, "group_label")
            for _, dispositif, edge in network.out_edges(node, data=True):
                on_card = gathered.setdefault(attributes["group"], {}).setdefault(dispositif, _Gathered())
                on_card.marks.setdefault(edge["status"], []).append(edge)
                on_card.carriers.update(
                    partner
                    for _, partner, carrying in network.out_edges(dispositif, data=True)
                    if carrying["theme"] == edge["theme"]
                )
    order = list(style().themes)
    found = []
    for code in sorted(gathered, key=lambda code: (order.index(code) if code in order else len(order), code)):
        entries = sorted((_entry(network, node, what, lang) for node, what in gathered[code].items()), key=_rank)
        shown = entries if top is None else [entry for entry in entries if not entry.only_mentioned][:top]
        found.append(Card(code, labels[code], tuple(shown), len(entries)))
    return found


def _entry(network: Network, node: str, gathered: _Gathered, lang: str) -> Entry:
    attributes = network.nodes[node]
    label, name = label_of(attributes, lang), one_line(attributes["name"])
    acronym = "" if name == slug(name) or fold(name) == fold(label) else name
    edges = [edge for found in gathered.marks.values() for edge in found]
    return Entry(
        node=node,
        acronym=acronym,
        label=label,
        marks=tuple(sorted((_mark(*item) for item in gathered.marks.items()), key=_firmness)),
        elements=dict(sorted({pair for edge in edges for pair in _elements(edge)})),
        lines=in_order(line for edge in edges for line in edge["lines"]),
        carriers=tuple(sorted(gathered.carriers)),
    )


def _elements(edge: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = edge.get("element_names") or [""] * len(edge["elements"])
    return zip(edge["elements"], names, strict=True)


def _mark(status: str, edges: list[dict[str, Any]]) -> Mark:
    strongest = max(edges, key=lambda edge: (edge["strength"], edge["mode"]))
    return Mark(status, strongest["mode"], strongest["strength"], _union(edge["modes"] for edge in edges))


def _firmness(mark: Mark) -> tuple[int, int, str]:
    order = list(style().statuses)
    return -mark.strength, order.index(mark.status) if mark.status in order else len(order), mark.status


def _rank(entry: Entry) -> tuple[int, int, int, str, str]:
    strength, status, _ = _firmness(entry.marks[0])
    return strength, status, -len(entry.elements), fold(entry.acronym or entry.label), entry.node


def _union(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({value for values in lists for value in values}))


def in_order(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines (`document:start-end`) without repetition or gaps, by document and place.

    Example:
        >>> in_order(["b:1-2", "a:10-10", "", "a:9-10", "b:1-2"])
        ('a:9-10', 'a:10-10', 'b:1-2')
    """

    def place(line: str) -> tuple[str, int, int]:
        document, _, span = line.rpartition(":")
        start, _, end = span.partition("-")
        return document, int(start), int(end)

    return tuple(sorted({line for line in lines if line}, key=place))


def caption(network: Network, shown: Sequence[Card], lang: str, top: int | None) -> str:
    """What a picture shows of the whole, in one sentence."""
    say = words(lang)
    total = sum(attributes["kind"] == "dispositif" for _, attributes in network.nodes(data=True))
    seen = {entry.node for card in shown for entry in card.entries}
    numbers = {"shown": len(seen), "total": total, "top": top, **_articulations(network)}
    if not total:
        return str(say["none"])
    if all(len(card.entries) == card.total for card in shown):
        whole = network.graph["drawn"] == network.graph["total"]
        return str(say["subtitle_all" if whole else "subtitle_part"]).format(**numbers)
    without = ", ".join(card.label for card in shown if not card.entries)
    left_out = str(say["subtitle_left_out"]).format(themes=without) if without else ""
    return str(say["subtitle_top"]).format(**numbers) + left_out


def _articulations(network: Network) -> dict[str, int]:
    return {"drawn": network.graph["drawn"], "articulations": network.graph["total"]}
