"""Where everything goes, in numbers: cards on the left and on the right, carriers between them.

Each dispositif hangs on the line of its theme, at the outer side of its card; lines to carriers leave from the inner
side. So no line crosses a label.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cdv_graph.diagram.cards import Card, Entry
from cdv_graph.diagram.text import fit, width, wrap

__all__ = [
    "CARRIER_SIZE",
    "HEAD",
    "LABEL_SIZE",
    "ROW",
    "Layout",
    "Piece",
    "PlacedCard",
    "PlacedCarrier",
    "PlacedEntry",
    "arrange",
]

WIDTH = 1920.0
LABEL_SIZE = 15.5
CARRIER_SIZE = 15.0
HEAD = 32.0
_MARGIN = 40.0
_CARD_WIDTH = 640.0
ROW = 25.0
_PAD = 6.0
_GAP = 12.0
_WIDEST_GAP = 40.0
_SPINE = 16.0
_STUB = 58.0
_CARRIER_WIDTH = 270.0
_CARRIER_LINE = 19.0
_CARRIER_GAP = 12.0

Piece = tuple[str, bool]


@dataclass(frozen=True)
class PlacedEntry:
    """A dispositif on a card.

    Attributes:
        entry: what is placed.
        x, y: the middle of its marker.
        spine: where its line starts.
        text: where its label starts, or ends on the right side.
        port: where lines to carriers leave.
        pieces: its label, cut to fit.
        times: how many elements, empty where it is one.
    """

    entry: Entry
    x: float
    y: float
    spine: float
    text: float
    port: float
    pieces: tuple[Piece, ...]
    times: str


@dataclass(frozen=True)
class PlacedCard:
    """A theme: the box of its card, and its dispositifs; `part` counts the cards of a theme that needs several."""

    card: Card
    part: int
    left: bool
    x: float
    y: float
    w: float
    h: float
    entries: tuple[PlacedEntry, ...]

    @property
    def spine(self) -> float:
        """Where the line of the theme stands."""
        return self.x + _SPINE if self.left else self.x + self.w - _SPINE


@dataclass(frozen=True)
class PlacedCarrier:
    """A partner: its box and its name on one or two lines."""

    node: str
    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A whole arrangement; it starts at the origin."""

    width: float
    height: float
    cards: tuple[PlacedCard, ...]
    carriers: tuple[PlacedCarrier, ...]


@dataclass(frozen=True)
class _Part:
    card: Card
    part: int
    entries: tuple[Entry, ...]

    @property
    def height(self) -> float:
        return HEAD + 2 * _PAD + ROW * len(self.entries)


def arrange(cards: Sequence[Card], names: dict[str, str]) -> Layout:
    """Place cards and carriers.

    Args:
        cards: what to show; a card without a dispositif is not placed.
        names: the name of every partner.
    """
    shown = [card for card in cards if card.entries]
    parts = [_Part(card, 0, card.entries) for card in shown]
    if len(parts) == 1:
        parts = _halves(shown[0])
    sides = _balance(parts)
    heights = [sum(part.height + _GAP for part in side) - _GAP for side in sides]
    height = max(*heights, _carriers_height(shown, names), 0.0)
    placed = tuple(
        placed_card
        for left, side, tall in zip((True, False), sides, heights, strict=True)
        for placed_card in _column(side, left, height - tall)
    )
    return Layout(WIDTH, height, placed, _carriers(placed, names, height))


def _halves(card: Card) -> list[_Part]:
    """A theme that is alone, on both sides."""
    middle = math.ceil(len(card.entries) / 2)
    halves = (card.entries[:middle], card.entries[middle:])
    return [_Part(card, part, entries) for part, entries in enumerate(halves) if entries]


def _balance(parts: Sequence[_Part]) -> tuple[list[_Part], list[_Part]]:
    """The parts shared out to two sides of about the same height, each in the order of reading."""
    sides: tuple[list[int], list[int]] = ([], [])
    tall = [0.0, 0.0]
    for index in sorted(range(len(parts)), key=lambda index: (-parts[index].height, index)):
        side = 0 if tall[0] <= tall[1] else 1
        sides[side].append(index)
        tall[side] += parts[index].height + _GAP
    left, right = ([parts[index] for index in sorted(side)] for side in sides)
    return left, right


def _column(parts: Sequence[_Part], left: bool, spare: float) -> list[PlacedCard]:
    """A column of cards, drawn out a little where that makes both columns end together."""
    gap = min(_GAP + spare / max(len(parts) - 1, 1), _WIDEST_GAP)
    y = 0.0
    x = _MARGIN if left else WIDTH - _MARGIN - _CARD_WIDTH
    found = []
    for part in parts:
        rows = tuple(
            _row(entry, x, y + HEAD + _PAD + ROW * (place + 0.5), left) for place, entry in enumerate(part.entries)
        )
        found.append(PlacedCard(part.card, part.part, left, x, y, _CARD_WIDTH, part.height, rows))
        y += part.height + gap
    return found


def _row(entry: Entry, x: float, y: float, left: bool) -> PlacedEntry:
    out = 1 if left else -1
    edge = x if left else x + _CARD_WIDTH
    spine = edge + out * _SPINE
    marker = spine + out * _STUB
    text = marker + out * 16
    times = f"×{len(entry.elements)}" if len(entry.elements) > 1 else ""
    room = _CARD_WIDTH - _SPINE - _STUB - 16 - 16 - (width(times, LABEL_SIZE) + 14 if times else 0)
    return PlacedEntry(entry, marker, y, spine, text, x + _CARD_WIDTH if left else x, _pieces(entry, room), times)


def _pieces(entry: Entry, room: float) -> tuple[Piece, ...]:
    if not entry.acronym:
        return ((fit(entry.label, LABEL_SIZE, room), False),)
    acronym = fit(entry.acronym, LABEL_SIZE, room, bold=True)
    left = room - width(acronym, LABEL_SIZE, bold=True)
    label = fit("  " + entry.label, LABEL_SIZE, left)
    return ((acronym, True), (label, False)) if len(label) > 4 else ((acronym, True),)


def _boxes(nodes: Sequence[str], names: dict[str, str]) -> dict[str, tuple[tuple[str, ...], float]]:
    found = {}
    for node in nodes:
        lines = wrap(names[node], CARRIER_SIZE, _CARRIER_WIDTH - 24, 2)
        found[node] = (lines, _CARRIER_LINE * len(lines) + 12)
    return found


def _carriers_height(cards: Sequence[Card], names: dict[str, str]) -> float:
    nodes = sorted({node for card in cards for entry in card.entries for node in entry.carriers})
    return sum(tall + _CARRIER_GAP for _, tall in _boxes(nodes, names).values()) - _CARRIER_GAP


def _carriers(placed: Sequence[PlacedCard], names: dict[str, str], height: float) -> tuple[PlacedCarrier, ...]:
    """The partners, each as near as can be to the middle of what it carries."""
    pulls: dict[str, list[float]] = {}
    for card in placed:
        for row in card.entries:
            for node in row.entry.carriers:
                pulls.setdefault(node, []).append(row.y)
    wanted = sorted((sum(pull) / len(pull), node) for node, pull in pulls.items())
    boxes = _boxes([node for _, node in wanted], names)
    tops: list[float] = []
    floor = 0.0
    for centre, node in wanted:
        tops.append(max(floor, centre - boxes[node][1] / 2))
        floor = tops[-1] + boxes[node][1] + _CARRIER_GAP
    ceiling = height
    for place in range(len(tops) - 1, -1, -1):
        tall = boxes[wanted[place][1]][1]
        tops[place] = min(tops[place], ceiling - tall)
        ceiling = tops[place] - _CARRIER_GAP
    x = (WIDTH - _CARRIER_WIDTH) / 2
    return tuple(
        PlacedCarrier(node, x, top, _CARRIER_WIDTH, boxes[node][1], boxes[node][0])
        for top, (_, node) in zip(tops, wanted, strict=True)
    )
