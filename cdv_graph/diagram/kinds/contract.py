"""One contract: a card per theme, the dispositifs on it from the most strongly articulated, and who carries them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.concepts import top_theme
from cdv_graph.diagram.cards import Card, Entry, caption, cards, in_order, label_of, title_of
from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.network_parts import element_name
from cdv_graph.diagram.layout import (
    CARRIER_SIZE,
    HEAD,
    LABEL_SIZE,
    ROW,
    Layout,
    PlacedCard,
    PlacedCarrier,
    PlacedEntry,
    arrange,
)
from cdv_graph.diagram.legend import LEGEND_ROW, MARGIN, legend, marker, stub
from cdv_graph.diagram.model import Diagram, Facet, Item, View
from cdv_graph.diagram.shapes import Box, Curve, Shape, Text
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import fit, one_line, shrunk, width
from cdv_graph.namespaces import fold

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["contract", "contract_views"]

_TOP = 116.0
_HEAD_SIZE = 17.0
_TITLE_SIZE, _CAPTION_SIZE, _SMALL = 32.0, 17.0, 14.0


def contract(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> Diagram:
    """The diagram of a contract.

    Args:
        network: what `contract_network` made.
        lang: `fr` or `en`.
        title: the title; that of the network by default.
        top: how many dispositifs per theme; all by default.
    """
    shown = cards(network, lang=lang, top=top)
    return _Drawing(network, lang, title).diagram(shown, caption(network, shown, lang, top))


def contract_views(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> list[View]:
    """The diagrams of a page: the `top` dispositifs per theme, all of them, and each theme alone.

    Args and errors are those of `contract`.
    """
    say, draw = words(lang), _Drawing(network, lang, title)
    everything = draw.everything
    views = (
        [] if top is None else [View("overview", say["overview"], contract(network, lang=lang, title=title, top=top))]
    )
    whole = draw.diagram(everything, caption(network, everything, lang, None))
    views.append(View("whole", say["everything"], whole))
    for card in everything:
        said = say["subtitle_theme"].format(label=card.label, total=card.total)
        views.append(View(f"theme/{card.theme}", f"{card.label} ({card.total})", draw.diagram([card], said)))
    return views


@dataclass(frozen=True)
class _Drawing:
    network: Network
    lang: str
    title: str

    @functools.cached_property
    def everything(self) -> list[Card]:
        return cards(self.network, lang=self.lang)

    def diagram(self, shown: Sequence[Card], said: str) -> Diagram:
        names = {node: label_of(attributes, self.lang) for node, attributes in self.network.nodes(data=True)}
        layout, title = arrange(shown, names), title_of(self.network, self.title, self.lang)
        source = words(self.lang)["source"].format(source=one_line(self.network.graph["source"]))
        under = _TOP + layout.height + 22
        explained, bottom = legend(shown, under + 32, layout.width, self.lang)
        bottom += LEGEND_ROW
        items = tuple(self._items(layout, names))
        note = crowded("contract", sum(bool(item.ends) for item in items), self.lang)
        ground: list[Shape] = [*self._title(title, said, layout)]
        ground.append(Curve(((MARGIN, under), (layout.width - MARGIN, under)), style().rule, 1))
        ground += explained
        if note:
            ground.append(Text(MARGIN, bottom, ((note, False),), _SMALL, style().ink))
            bottom += LEGEND_ROW
        ground.append(Text(MARGIN, bottom, ((source, False),), _SMALL, style().soft))
        return Diagram(
            kind="contract",
            title=title,
            caption=said,
            source=source,
            width=layout.width,
            height=bottom + 26,
            ground=tuple(ground),
            items=items,
            facets=tuple(self._facets(shown, names)),
            columns=tuple(words(self.lang)["columns"]),
            note=note,
        )

    def _title(self, title: str, said: str, layout: Layout) -> Iterator[Text]:
        look, room = style(), layout.width - 2 * MARGIN
        size = shrunk(title, _TITLE_SIZE, room, bold=True)
        yield Text(MARGIN, 52, ((fit(title, size, room, bold=True), True),), size, look.ink)
        yield Text(MARGIN, 84, ((fit(said, _CAPTION_SIZE, room), False),), _CAPTION_SIZE, look.soft)
        if layout.carriers:
            head, y = words(self.lang)["carriers"], _TOP + layout.carriers[0].y - 14
            yield Text(layout.width / 2, y, ((head, True),), _HEAD_SIZE, look.ink, "middle")

    def _facets(self, shown: Sequence[Card], names: dict[str, str]) -> Iterator[Facet]:
        say = words(self.lang)
        entries = [entry for card in shown for entry in card.entries]
        modes = {mode for entry in entries for mode in entry.modes}
        statuses = {mark.status for entry in entries for mark in entry.marks}
        carriers = {code for entry in entries for code in _carriers(entry)}
        by_name = dict(sorted(names.items(), key=lambda pair: fold(pair[1])))
        yield Facet("mode", say["mode"], _values(say["modes"], modes))
        yield Facet("status", say["status"], _values(say["statuses"], statuses))
        yield Facet("theme", say["theme"], tuple((card.theme, card.label) for card in shown if card.entries))
        yield Facet("carrier", say["carrier"], _values({"": say["no_carrier"], **by_name}, carriers))

    def _items(self, layout: Layout, names: dict[str, str]) -> Iterator[Item]:
        carriers = {carrier.node: carrier for carrier in layout.carriers}
        rows = [(card, row) for card in layout.cards for row in card.entries]
        yield from (
            self._link(card, row, carriers[node], names[node]) for card, row in rows for node in row.entry.carriers
        )
        for card in layout.cards:
            yield self._card(card)
            yield from (self._entry(card, row, names) for row in card.entries)
        for carrier in layout.carriers:
            yield self._carrier(carrier, names[carrier.node], rows)

    def _link(self, card: PlacedCard, row: PlacedEntry, carrier: PlacedCarrier, name: str) -> Item:
        end_x = carrier.x if card.left else carrier.x + carrier.w
        y, end_y = row.y + _TOP, carrier.y + carrier.h / 2 + _TOP
        middle = (row.port + end_x) / 2
        points = ((row.port, y), (middle, y), (middle, end_y), (end_x, end_y))
        return Item(
            id=f"link/{card.card.theme}/{row.entry.node}/{carrier.node}",
            kind="tie",
            label=words(self.lang)["tie"].format(dispositif=_named(row.entry), carrier=name),
            shapes=(Curve(points, style().carrier["link"], 1.4),),
            facts=((words(self.lang)["theme"], card.card.label),),
            lines=self._carried(row.entry.node, carrier.node, card.card.theme),
            ends=(_row_id(card, row.entry), carrier.node),
        )

    def _card(self, card: PlacedCard) -> Item:
        look, theme, top = style(), style().theme(card.card.theme), card.y + _TOP
        base = top + HEAD / 2 + _HEAD_SIZE * 0.36
        say, label = words(self.lang), card.card.label
        counted = say["of"].format(shown=len(card.entries), total=card.card.total)
        full = say["continued"].format(label=label) if card.part else label
        heading = fit(full, _HEAD_SIZE, card.w - 40 - width(counted, _SMALL), bold=True)
        shapes: tuple[Shape, ...] = (
            Box(card.x, top, card.w, card.h, look.paper, theme.spine, 6),
            Box(card.x, top, card.w, HEAD, theme.fill, theme.spine, 6),
            Curve(((card.spine, top + HEAD), (card.spine, card.entries[-1].y + _TOP)), theme.spine, 3),
            Text(card.x + 14, base, ((heading, True),), _HEAD_SIZE, look.ink),
            Text(card.x + card.w - 14, base, ((counted, False),), _SMALL, look.soft, "end"),
        )
        facts = ((say["shown"], counted),)
        lines = in_order(line for row in card.entries for line in row.entry.lines)
        return Item(_card_id(card), "theme", full, shapes, facts, lines, {"theme": (card.card.theme,)})

    def _entry(self, card: PlacedCard, row: PlacedEntry, names: dict[str, str]) -> Item:
        say, entry, theme = words(self.lang), row.entry, card.card
        modes = ", ".join(say["modes"].get(mode, mode) for mode in entry.modes)
        statuses = ", ".join(say["statuses"].get(mark.status, mark.status) for mark in entry.marks)
        carriers = ", ".join(names[node] for node in entry.carriers)
        named = (element_name(code, name, self.lang) for code, name in entry.elements.items())
        elements = f"{len(entry.elements)} ({' ; '.join(named)})"
        local = " ; ".join(map(one_line, self.network.nodes[entry.node]["local_names"]))
        told = (
            *((say["local"], local), (say["theme"], theme.label), (say["also"], self._also(theme, entry))),
            *((say["mode"], modes), (say["status"], statuses), (say["carrier"], carriers), (say["elements"], elements)),
        )
        # one line is not told as a range
        lines = ", ".join(re.sub(r":(\d+)-\1$", r":\1", line) for line in entry.lines)
        facets = {
            "mode": entry.modes,
            "status": tuple(mark.status for mark in entry.marks),
            "theme": (theme.theme,),
            "carrier": _carriers(entry),
        }
        cells = (theme.label, _named(entry), modes, statuses, carriers, str(len(entry.elements)), lines)
        return Item(
            id=_row_id(card, entry),
            kind="dispositif",
            label=_named(entry),
            shapes=tuple(_row(card, row)),
            facts=tuple((term, value) for term, value in told if value),
            lines=entry.lines,
            facets=facets,
            within=_card_id(card),
            row=cells,
        )

    def _also(self, theme: Card, entry: Entry) -> str:
        """The other themes on which the contract names it, whether this view shows them or not."""
        return ", ".join(other.label for other in self.everything if other.theme != theme.theme and _on(other, entry))

    def _carried(self, dispositif: str, carrier: str, theme: str) -> tuple[str, ...]:
        """Where it is read that a partner carries a dispositif on a top theme."""
        edges = self.network[dispositif][carrier].values()
        return in_order(line for edge in edges if top_theme(edge["theme"]) == theme for line in edge["lines"])

    def _carrier(self, carrier: PlacedCarrier, name: str, rows: Sequence[tuple[PlacedCard, PlacedEntry]]) -> Item:
        look, top = style().carrier, carrier.y + _TOP
        ours = [(card.card, row.entry) for card, row in rows if carrier.node in row.entry.carriers]
        themes = ", ".join(dict.fromkeys(card.label for card, _ in ours))
        facts = ((words(self.lang)["theme"], themes), (words(self.lang)["shown"], str(len(ours))))
        lines = in_order(line for card, entry in ours for line in self._carried(entry.node, carrier.node, card.theme))
        shapes: list[Shape] = [
            Box(carrier.x, top, carrier.w, carrier.h, look["fill"], look["stroke"], carrier.h / 2),
        ]
        for place, line in enumerate(carrier.lines):
            base = top + carrier.h / 2 + CARRIER_SIZE * 0.36 + (place - (len(carrier.lines) - 1) / 2) * 19
            centre = carrier.x + carrier.w / 2
            shapes.append(Text(centre, base, ((line, False),), CARRIER_SIZE, style().ink, "middle"))
        return Item(carrier.node, "partner", name, tuple(shapes), facts, lines, {"carrier": (carrier.node,)})


def _row(card: PlacedCard, row: PlacedEntry) -> Iterator[Shape]:
    look, y = style(), row.y + _TOP
    # the whole line can be clicked
    yield Box(card.x + 2, y - ROW / 2 + 0.5, card.w - 4, ROW - 1, "none", "", 4)
    for place, mark in enumerate(row.entry.marks):
        yield stub(row.spine, row.x, y + (place - (len(row.entry.marks) - 1) / 2) * 6, mark)
    yield marker(row.x, y, row.entry.marks[0])
    base, anchor = y + LABEL_SIZE * 0.36, "start" if card.left else "end"
    yield Text(row.text, base, row.pieces, LABEL_SIZE, look.ink, anchor)
    if row.times:
        inner = row.port - 14 if card.left else row.port + 14
        yield Text(inner, base, ((row.times, False),), LABEL_SIZE, look.soft, "end" if card.left else "start")


def _on(card: Card, entry: Entry) -> bool:
    return any(other.node == entry.node for other in card.entries)


def _named(entry: Entry) -> str:
    return f"{entry.acronym} – {entry.label}" if entry.acronym else entry.label


def _carriers(entry: Entry) -> tuple[str, ...]:
    """The codes of who carries it, so that what nobody is said to carry can be filtered too."""
    return entry.carriers or ("",)


def _card_id(card: PlacedCard) -> str:
    return f"theme/{card.card.theme}" + (f"/{card.part}" if card.part else "")


def _row_id(card: PlacedCard, entry: Entry) -> str:
    return f"entry/{card.card.theme}/{entry.node}"


def _values(labels: dict[str, str], seen: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The codes that are seen, in the order of their labels; what is not known goes last, as it is."""
    codes = set(seen)
    known = [(code, label) for code, label in labels.items() if code in codes]
    return (*known, *((code, code) for code in sorted(codes - set(labels))))
