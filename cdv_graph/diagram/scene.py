"""The picture for a slide or a page: title, cards, carriers, legend and source, as primitives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cdv_graph.diagram.cards import caption, cards, label_of, one_line, title_of
from cdv_graph.diagram.layout import (
    CARRIER_SIZE,
    HEAD,
    LABEL_SIZE,
    Layout,
    PlacedCard,
    PlacedCarrier,
    PlacedEntry,
    arrange,
)
from cdv_graph.diagram.legend import LEGEND_ROW, MARGIN, legend, marker, stub
from cdv_graph.diagram.shapes import Box, Curve, Scene, Shape, Text
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import fit, width

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["HEAD_SIZE", "count", "heading", "picture"]

_TOP = 116.0
HEAD_SIZE = 17.0
_TITLE_SIZE, _CAPTION_SIZE, _SMALL = 32.0, 17.0, 14.0


def picture(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> Scene:
    """The picture of a network.

    Args:
        network: what `contract_network` made.
        lang: `fr` or `en`.
        title: the title; that of the network by default.
        top: how many dispositifs per theme; all by default.
    """
    shown = cards(network, lang=lang, top=top)
    names = {node: label_of(attributes, lang) for node, attributes in network.nodes(data=True)}
    layout = arrange(shown, names)
    name = title_of(network, title, lang)
    said = caption(network, shown, lang, top)
    shapes: list[Shape] = [*_title(name, said, layout, lang)]
    shapes += _network(layout, lang)
    under = _TOP + layout.height + 22
    shapes.append(Curve(((MARGIN, under), (layout.width - MARGIN, under)), style().rule, 1))
    explained, bottom = legend(shown, under + 32, layout.width, lang)
    shapes += explained
    source = str(words(lang)["source"]).format(source=one_line(network.graph["source"]))
    bottom += LEGEND_ROW
    shapes.append(Text(MARGIN, bottom, ((source, False),), _SMALL, style().soft))
    return Scene(layout.width, bottom + 26, name, said, tuple(shapes))


def _title(title: str, said: str, layout: Layout, lang: str) -> Iterator[Text]:
    look, room = style(), layout.width - 2 * MARGIN
    yield Text(MARGIN, 52, ((fit(title, _TITLE_SIZE, room, bold=True), True),), _TITLE_SIZE, look.ink)
    yield Text(MARGIN, 84, ((fit(said, _CAPTION_SIZE, room), False),), _CAPTION_SIZE, look.soft)
    if layout.carriers:
        head = str(words(lang)["carriers"])
        yield Text(layout.width / 2, _TOP + layout.carriers[0].y - 14, ((head, True),), HEAD_SIZE, look.ink, "middle")


def _network(layout: Layout, lang: str) -> Iterator[Shape]:
    carriers = {carrier.node: carrier for carrier in layout.carriers}
    for card in layout.cards:
        for row in card.entries:
            for node in row.entry.carriers:
                yield _link(row, card.left, carriers[node])
    for card in layout.cards:
        yield from _card(card)
        yield from _head(card, lang)
    for carrier in layout.carriers:
        yield from _carrier(carrier)


def _link(row: PlacedEntry, left: bool, carrier: PlacedCarrier) -> Curve:
    end_x = carrier.x if left else carrier.x + carrier.w
    y, end_y = row.y + _TOP, carrier.y + carrier.h / 2 + _TOP
    middle = (row.port + end_x) / 2
    points = ((row.port, y), (middle, y), (middle, end_y), (end_x, end_y))
    return Curve(points, style().carrier["link"], 1.4)


def _card(card: PlacedCard) -> Iterator[Shape]:
    look, theme = style(), style().theme(card.card.theme)
    top = card.y + _TOP
    yield Box(card.x, top, card.w, card.h, look.paper, theme.spine, 6)
    yield Box(card.x, top, card.w, HEAD, theme.fill, theme.spine, 6)
    yield Curve(((card.spine, top + HEAD), (card.spine, card.entries[-1].y + _TOP)), theme.spine, 3)
    for row in card.entries:
        yield from _row(row, card.left)


def heading(card: PlacedCard, lang: str, room: float) -> str:
    """What a card is called, cut to fit."""
    label = card.card.label
    full = str(words(lang)["continued"]).format(label=label) if card.part else label
    return fit(full, HEAD_SIZE, room, bold=True)


def count(card: PlacedCard, lang: str) -> str:
    """How many of the dispositifs of its theme a card shows."""
    return str(words(lang)["of"]).format(shown=len(card.entries), total=card.card.total)


def _head(card: PlacedCard, lang: str) -> Iterator[Text]:
    look, counted = style(), count(card, lang)
    base = card.y + _TOP + HEAD / 2 + HEAD_SIZE * 0.36
    label = heading(card, lang, card.w - 40 - width(counted, _SMALL))
    yield Text(card.x + 14, base, ((label, True),), HEAD_SIZE, look.ink)
    yield Text(card.x + card.w - 14, base, ((counted, False),), _SMALL, look.soft, "end")


def _row(row: PlacedEntry, left: bool) -> Iterator[Shape]:
    look, y = style(), row.y + _TOP
    several = len(row.entry.marks) > 1
    for place, mark in enumerate(row.entry.marks):
        shift = (place - (len(row.entry.marks) - 1) / 2) * 6 if several else 0.0
        yield stub(row.spine, row.x, y + shift, mark)
    yield marker(row.x, y, row.entry.marks[0])
    base, anchor = y + LABEL_SIZE * 0.36, "start" if left else "end"
    yield Text(row.text, base, row.pieces, LABEL_SIZE, look.ink, anchor)
    if row.times:
        inner = row.port - 14 if left else row.port + 14
        yield Text(inner, base, ((row.times, False),), LABEL_SIZE, look.soft, "end" if left else "start")


def _carrier(carrier: PlacedCarrier) -> Iterator[Shape]:
    look = style().carrier
    top = carrier.y + _TOP
    yield Box(carrier.x, top, carrier.w, carrier.h, look["fill"], look["stroke"], carrier.h / 2)
    for place, line in enumerate(carrier.lines):
        base = top + carrier.h / 2 + CARRIER_SIZE * 0.36 + (place - (len(carrier.lines) - 1) / 2) * 19
        centre = carrier.x + carrier.w / 2
        yield Text(centre, base, ((line, False),), CARRIER_SIZE, style().ink, "middle")
