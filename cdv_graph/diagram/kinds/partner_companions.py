"""Who takes part in the same elements as a partner, beside the card where it shares the most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    TOP,
    WIDTH,
    label,
    link,
    listed,
    mark,
    said,
    say,
)
from cdv_graph.diagram.kinds.partner_cards import CARD, CHIP, Card, is_left
from cdv_graph.diagram.kinds.placing import near
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


# name, category, and the elements that it shares (contract, code)
Companion = tuple[str, str, tuple[tuple[str, str], ...]]


def companions(own: Result, others: Result) -> list[Companion]:
    """Who takes part in the same elements: name, category, and the elements (contract, code), the nearest first.

    Args:
        own: the answer to `partner-roles` about one partner.
        others: the answer about everyone, in the same contracts or more.
    """
    ours = {(str(row["contract"]), str(row["activity"])) for row in own.records() if _shares(row)}
    mine = {row["partner"] for row in own.records()}
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in others.records():
        element = (str(row["contract"]), str(row["activity"]))
        if row["partner"] not in mine and _shares(row) and element in ours:
            found.setdefault((str(row["partner"]), str(row["category"])), set()).add(element)
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    return [(name, category, tuple(sorted(elements))) for (name, category), elements in ordered]


def _shares(row: Row) -> bool:
    return row["role"] != "mentioned" and str(row["activity"]).startswith(_SHARED)


def seated(near_ones: Sequence[Companion], cards: Sequence[Card], room: int) -> list[tuple[Companion, Card]]:
    """The nearest partners, each with the role where it shares the most, on a side where there is room."""
    found: list[tuple[Companion, Card]] = []
    for who in near_ones:
        theirs = set(who[2])
        shared = {card.part: sum((key[2], key[1]) in theirs for key in card.keys) for card in cards}
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
        ours = [(home.y + home.height / 2 - TOP - 30, who, home) for who, home in shown if is_left(home) == left]
        ours.sort(key=lambda one: one[0])
        tops = near([(one[0], TALL) for one in ours], BETWEEN, bottom - TOP - 30)
        for top, (_, (name, category, elements), home) in zip(tops, ours, strict=True):
            found += _companion(name, category, elements, home, top + TOP + 30, lang)
    return found


def _companion(
    name: str, category: str, elements: Sequence[tuple[str, str]], home: Card, top: float, lang: str
) -> list[Item]:
    left, look = is_left(home), style().families[style().family(category)]
    x, times = chip_left(left), f"×{len(elements)}"
    ident = f"companion/{one_line(name)}"
    free = CHIP - 48 - width(times, SIZE, bold=True) - 10
    shapes: tuple[Shape, ...] = (
        Box(x, top, CHIP, TALL, style().paper, style().carrier["stroke"], TALL / 2),
        mark(x + 20, top + TALL / 2, 8, look),
        said(x + 36, top + 22, name, SIZE, room=free),
        said(x + CHIP - 14, top + 22, times, SIZE, bold=True, anchor="end"),
    )
    facets = {"family": (style().family(category),), "contract": tuple(sorted({contract for contract, _ in elements}))}
    shared = str(say(lang)["partner"]["shared"]).format(n=len(elements))
    facts = (
        (str(say(lang)["facets"]["family"]), label("category", category, lang)),
        (str(say(lang)["count"]), shared),
        (str(say(lang)["code"]), listed(element for _, element in elements)),
    )
    start = (x + CHIP if left else x, top + TALL / 2)
    end = (home.x if left else home.x + CARD, home.y + home.height / 2)
    curve = link(start, end, style().carrier["link"], min(1 + len(elements) * 0.25, 7))
    ends = (ident, f"part/{home.part}")
    tie = Item(f"tie/{one_line(name)}", "tie", f"{one_line(name)} – {shared}", (curve,), facts[1:], (), facets, ends)
    return [Item(ident, "companion", one_line(name), shapes, facts, (), facets), tie]
