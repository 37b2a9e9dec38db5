"""The cards of the kind *partner*: one per part that a partner takes, with the activities of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    SMALL,
    START,
    WIDTH,
    element_name,
    label,
    lines_of,
    link,
    listed,
    mark,
    said,
    say,
)
from cdv_graph.diagram.kinds.placing import sides
from cdv_graph.diagram.kinds.table_parts import short_name
from cdv_graph.diagram.model import Item
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, width

__all__ = ["CARD", "CHIP", "EGO", "Card", "Key", "activity_items", "activity_name", "is_left", "part_items", "placed"]

_ROW, _HEAD, _GAP = 25.0, 34.0, 20.0


CARD, CHIP, _SPACE, EGO = 430.0, 270.0, 50.0, 180.0


_ROWS, _SPARE, _DOTS = 14, 3, 19


Row = Mapping[str, object]


Key = tuple[str, str, str]


@dataclass(frozen=True)
class Card:
    """A part that the partner takes, the activities by contract, and where it stands."""

    part: str
    keys: tuple[Key, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        """How tall it is."""
        left = len(self.keys) - self.rows
        return _HEAD + self.rows * _ROW + (12 + 22 + 20 * -(-left // _DOTS) if left else 6)

    @property
    def rows(self) -> int:
        """How many activities are written; the others are dots."""
        return len(self.keys) if len(self.keys) <= _ROWS + _SPARE else _ROWS


def placed(grouped: Mapping[Key, object], least: float) -> tuple[list[Card], float]:
    """The cards in two columns at least so tall, and where they end."""
    cards = []
    for part in style().parts:
        keys = sorted(
            (key for key in grouped if style().part(key[0]) == part), key=lambda key: (key[2], _natural(key[1]), key)
        )
        if keys:
            cards.append(Card(part, tuple(keys)))
    columns = sides([card.height + _GAP for card in cards])
    tall = [sum(cards[place].height + _GAP for place in column) - _GAP for column in columns]
    most, found = max([*tall, least]), []
    for left, column, height in zip((True, False), columns, tall, strict=True):
        y = START + (most - height) / 2
        x = MARGIN + CHIP + _SPACE if left else WIDTH - MARGIN - CHIP - _SPACE - CARD
        for place in column:
            found.append(Card(cards[place].part, cards[place].keys, x, y))
            y += cards[place].height + _GAP
    return found, START + most


def _natural(code: str) -> list[tuple[int, str]]:
    parts = code.replace("/", ".").replace("-", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def is_left(card: Card) -> bool:
    """Whether a card stands on the left of the partner."""
    return card.x < WIDTH / 2


def card_facets(card: Card, keys: Sequence[Key]) -> dict[str, tuple[str, ...]]:
    """By what activities of a card can be filtered."""
    return {"part": (card.part,), "contract": tuple(sorted({contract for _, _, contract in keys if contract}))}


def part_items(card: Card, grouped: Mapping[Key, Sequence[Row]], middle: float, lang: str) -> list[Item]:
    """The card of a part, and its tie to the partner."""
    look, name = style().parts[card.part], label("part", card.part, lang)
    count = str(len(card.keys))
    shapes: tuple[Shape, ...] = (
        Box(card.x, card.y, CARD, card.height, style().paper, style().soft, 6),
        Box(card.x, card.y, CARD, _HEAD, "#eef1f4", style().soft, 6),
        mark(card.x + 22, card.y + _HEAD / 2, 8, look),
        said(card.x + 42, card.y + 23, name, 17, bold=True),
        said(card.x + CARD - 14, card.y + 23, count, 17, bold=True, anchor="end"),
    )
    facts, facets = ((str(say(lang)["count"]), count),), card_facets(card, card.keys)
    lines = lines_of(row for key in card.keys for row in grouped[key])
    item = Item(f"part/{card.part}", "part", name, shapes, facts, lines, facets)
    at = (card.x + CARD, card.y + _HEAD / 2) if is_left(card) else (card.x, card.y + _HEAD / 2)
    start = ((WIDTH - EGO) / 2 if is_left(card) else (WIDTH + EGO) / 2, middle)
    # the marker of the card tells the part: on white a pale tie would not be seen
    curve = link(start, at, style().carrier["link"], min(2 + len(card.keys) * 0.25, 9))
    ends = ("partner", item.id)
    return [item, Item(f"tie/{card.part}", "tie", name, (curve,), facts, lines, facets, ends)]


def activity_name(activity: str, rows: Sequence[Row], lang: str) -> str:
    """What an activity is called: an element of a contract, or what is signed or carried."""
    name = next((one_line(row["activity_label"]) for row in rows if row["activity_label"]), "")
    return element_name(activity, name, lang) if "/" in activity else name or activity


def activity_items(card: Card, grouped: Mapping[Key, Sequence[Row]], names: Mapping[str, str], lang: str) -> list[Item]:
    """The lines of a card, and a dot for each activity that has none."""
    found = []
    several = len({contract for _, _, contract in grouped}) > 1
    for place, key in enumerate(card.keys):
        rows, name = grouped[key], activity_name(key[1], grouped[key], lang)
        role, activity, contract = key
        shapes: list[Shape]
        if place < card.rows:
            y = card.y + _HEAD + 3 + _ROW * (place + 0.5)
            first = place == 0 or card.keys[place - 1][2] != contract
            told = " ".join(short_name(contract, names.get(contract, ""))) if several and first else ""
            spare = width(told, SMALL) + 14 if told else 0
            shapes = [said(card.x + 14, y + 5, name, SIZE, room=CARD - 28 - spare)]
            if told:
                shapes.append(said(card.x + CARD - 14, y + 5, told, SMALL, colour=style().soft, anchor="end"))
        else:
            row, column = divmod(place - card.rows, _DOTS)
            y = card.y + _HEAD + 3 + _ROW * card.rows + 34 + 20 * row
            shapes = [mark(card.x + 22 + 20 * column, y, 6, style().parts[card.part])]
            if place == card.rows:
                more = str(say(lang)["partner"]["more"]).format(n=len(card.keys) - card.rows)
                shapes.append(said(card.x + 14, y - 14, more, SMALL, room=CARD - 28, colour=style().soft))
        lines, functions = lines_of(rows), listed(row["function"] for row in rows)
        cells = (
            label("role", role, lang),
            name,
            one_line(activity),
            one_line(names.get(contract, contract)),
            functions,
            listed(lines),
        )
        columns = say(lang)["partner"]["columns"]
        facts = tuple((term, value) for term, value in zip(columns[:-1], cells, strict=False) if value)
        ident = f"activity/{role}/{one_line(contract)}/{one_line(activity)}"
        within = f"part/{card.part}"
        found.append(
            Item(
                ident, "activity", name, tuple(shapes), facts, lines, card_facets(card, [key]), within=within, row=cells
            )
        )
    return found
