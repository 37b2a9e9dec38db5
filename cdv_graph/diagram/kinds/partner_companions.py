"""Who takes part in the same elements as a partner, beside the card where it shares the most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    START,
    WIDTH,
    label,
    lines_of,
    link,
    listed,
    mark,
    said,
    say,
)
from cdv_graph.diagram.kinds.partner_cards import CARD, CHIP, Card, activity_name, is_left
from cdv_graph.diagram.kinds.placing import column
from cdv_graph.diagram.model import Item
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, width
from cdv_graph.query import Result

__all__ = ["BETWEEN", "TALL", "Companion", "chip_left", "companion_items", "companions", "seated"]

# rows of the table are about these things; a passage of a contract that names the partner is no element to share
_SHARED = ("sheet/", "action/", "commitment/", "objective/", "practice/")


TALL, BETWEEN = 34.0, 10.0


Row = Mapping[str, object]


@dataclass(frozen=True)
class Companion:
    """A partner that takes part in the same elements: its name, its category, the rows that say so."""

    name: str
    category: str
    rows: tuple[Row, ...]

    @property
    def elements(self) -> frozenset[tuple[str, str]]:
        """The elements that it shares: contract and code."""
        return frozenset(map(_element, self.rows))


def companions(own: Result, others: Result) -> list[Companion]:
    """Who takes part in the same elements, the nearest first.

    Args:
        own: the answer to `partner-roles` about one partner.
        others: the answer about everyone, in the same contracts or more.
    """
    ours = {_element(row) for row in own.records() if _shares(row)}
    mine = {row["partner"] for row in own.records()}
    found: dict[tuple[str, str], list[Row]] = {}
    for row in others.records():
        if row["partner"] not in mine and _shares(row) and _element(row) in ours:
            found.setdefault((str(row["partner"]), str(row["category"])), []).append(row)
    named = [Companion(*who, tuple(rows)) for who, rows in found.items()]
    return sorted(named, key=lambda one: (-len(one.elements), one.name, one.category))


def _element(row: Row) -> tuple[str, str]:
    return str(row["contract"]), str(row["activity"])


def _shares(row: Row) -> bool:
    return row["role"] != "mentioned" and str(row["activity"]).startswith(_SHARED)


def seated(near_ones: Sequence[Companion], cards: Sequence[Card], room: int) -> list[tuple[Companion, Card]]:
    """The nearest partners, each with the role where it shares the most, on a side where there is room."""
    found: list[tuple[Companion, Card]] = []
    for who in near_ones:
        shared = {card.part: sum((key[2], key[1]) in who.elements for key in card.keys) for card in cards}
        for card in sorted(cards, key=lambda card: (-shared[card.part], card.part)):
            if shared[card.part] and sum(is_left(home) == is_left(card) for _, home in found) < room:
                found.append((who, card))
                break
    return found


def chip_left(left: bool) -> float:
    """Where the companions of a side start."""
    return MARGIN if left else WIDTH - MARGIN - CHIP


def companion_items(shown: Sequence[tuple[Companion, Card]], bottom: float, lang: str) -> list[Item]:
    """The companions beside their cards, and the ties to these."""
    found: list[Item] = []
    for left in (True, False):
        ours = [(who, home) for who, home in shown if is_left(home) == left]
        ours.sort(key=lambda one: one[1].y + one[1].height / 2)
        wanted = [(home.y + home.height / 2, TALL, place) for place, (_, home) in enumerate(ours)]
        for place, top in column(wanted, BETWEEN, START, bottom).items():
            found += _companion(*ours[place], top, lang)
    return found


def _companion(who: Companion, home: Card, top: float, lang: str) -> list[Item]:
    left, look = is_left(home), style().families[style().family(who.category)]
    name, elements, lines = one_line(who.name), who.elements, lines_of(who.rows)
    x, times = chip_left(left), f"×{len(elements)}"
    ident = f"companion/{name}"
    free = CHIP - 48 - width(times, SIZE, bold=True) - 10
    shapes: tuple[Shape, ...] = (
        Box(x, top, CHIP, TALL, style().paper, style().carrier["stroke"], TALL / 2),
        mark(x + 20, top + TALL / 2, 8, look),
        said(x + 36, top + 22, name, SIZE, room=free),
        said(x + CHIP - 14, top + 22, times, SIZE, bold=True, anchor="end"),
    )
    facets = {
        "family": (style().family(who.category),),
        "contract": tuple(sorted({contract for contract, _ in elements})),
    }
    shared = str(say(lang)["partner"]["shared"]).format(n=len(elements))
    facts = (
        (str(say(lang)["facets"]["family"]), label("category", who.category, lang)),
        (str(say(lang)["count"]), shared),
        (
            say(lang)["partner"]["columns"][1],
            listed(activity_name(str(row["activity"]), [row], lang) for row in who.rows),
        ),
    )
    start = (x + CHIP if left else x, top + TALL / 2)
    end = (home.x if left else home.x + CARD, home.y + home.height / 2)
    curve = link(start, end, style().carrier["link"], min(1 + len(elements) * 0.25, 7))
    ends = (ident, f"part/{home.part}")
    tie = Item(f"tie/{name}", "tie", f"{name} – {shared}", (curve,), facts[1:], lines, facets, ends)
    return [Item(ident, "companion", name, shapes, facts, lines, facets), tie]
