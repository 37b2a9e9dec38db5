"""Kind *partner*: what a partner does, grouped by role around it, and who takes part in the same elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.network_parts import (
    SMALL,
    START,
    TOP,
    WIDTH,
    Frame,
    Sample,
    facet,
    framed,
    label,
    lines_of,
    mark,
    said,
    say,
    title_and,
)
from cdv_graph.diagram.kinds.partner_cards import CHIP, EGO, Card, Key, activity_items, is_left, part_items, placed
from cdv_graph.diagram.kinds.partner_companions import (
    BETWEEN,
    TALL,
    Companion,
    chip_left,
    companion_items,
    companions,
    seated,
)
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, wrap
from cdv_graph.query import Result

__all__ = ["companions", "partner_diagram"]

_LEAST, _MOST = 220.0, 640.0  # how tall a picture is made for those who share its elements
Row = Mapping[str, object]


def partner_diagram(
    own: Result, others: Result, names: Mapping[str, str], *, lang: str = "fr", title: str = ""
) -> Diagram:
    """The picture of a partner among what it does and with whom.

    Args:
        own: the answer to `partner-roles` about one partner.
        others: the same about everyone, to tell who shares its elements.
        names: what contracts are called.
        lang: `fr` or `en`.
        title: what the partner is called where the answer is empty.

    Returns:
        One item per role, activity and contract, one for the partner, one per part that it takes, one per partner that
        shares elements (the nearest ones) and the ties between them.
    """
    grouped: dict[Key, list[Row]] = {}
    for row in own.records():
        grouped.setdefault((str(row["role"]), str(row["activity"]), str(row["contract"] or "")), []).append(row)
    near_ones = companions(own, others)
    chips = (TALL + BETWEEN) * -(-len(near_ones) // 2)
    cards, bottom = placed(grouped, max(_LEAST, min(chips, _MOST)))
    shown = seated(near_ones, cards, int((bottom - START + BETWEEN) // (TALL + BETWEEN)))
    middle = (START + bottom) / 2
    head = str(say(lang)["partner"]["others"])
    called = one_line(own.column("partner")[0]) if len(own) else title
    ego = _ego(own, called, middle, lang)
    heads, activities = [], []
    for card in cards:
        heads += part_items(card, grouped, middle, lang)
        activities += activity_items(card, grouped, names, lang)
    items = [*(item for item in heads if item.ends), *companion_items(shown, bottom, lang)]
    items = sorted(
        [*items, *(item for item in heads if not item.ends), *ego, *activities], key=lambda item: not item.ends
    )
    frame = Frame(
        kind="partner",
        title=title_and(say(lang)["partner"]["title"], called),
        caption=_caption(grouped, near_ones, shown, lang),
        documents=tuple(sorted({str(row["document"]) for row in own.records()})),
        legend=(str(say(lang)["partner"]["legend"]), _samples(cards, shown, lang)),
        columns=tuple(say(lang)["partner"]["columns"]),
        facets=(
            *facet("part", items, lang),
            *facet("contract", items, lang, names),
            *facet("family", items, lang),
        ),
        note=_note(len(grouped), near_ones, shown, lang),
    )
    empty = [] if cards else [said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle")]
    above = [
        said(chip_left(left) + CHIP / 2, TOP + 16, head, SMALL, bold=True, anchor="middle", room=CHIP)
        for left in (True, False)
        if any(is_left(home) == left for _, home in shown)
    ]
    return framed(frame, [*empty, *above], items, bottom, lang)


def _note(roles: int, near_ones: Sequence[object], shown: Sequence[object], lang: str) -> str:
    told = {"left": len(shown), "others": len(near_ones)}
    cut = str(say(lang)["partner"]["many"]).format(**told) if len(near_ones) > len(shown) else ""
    return f"{cut} {crowded('partner', roles, lang)}".strip()


def _caption(grouped: Mapping[Key, object], near_ones: Sequence[object], shown: Sequence[object], lang: str) -> str:
    if not grouped:
        return str(say(lang)["empty"])
    contracts = len({contract for _, _, contract in grouped if contract})
    told = {"shown": len(grouped), "contracts": contracts, "others": len(near_ones), "left": len(shown)}
    return str(say(lang)["partner"]["caption"]).format(**told)


def _ego(own: Result, called: str, middle: float, lang: str) -> list[Item]:
    if not len(own):
        return []
    category = str(own.column("category")[0])
    look = style().families[style().family(category)]
    x = (WIDTH - EGO) / 2
    texts = wrap(called, 18, EGO - 30, 3)
    height = 58 + 24.0 * len(texts)
    top = middle - height / 2
    lines = [said(WIDTH / 2, top + 58 + 24 * place, text, 18, anchor="middle") for place, text in enumerate(texts)]
    box = Box(x, top, EGO, height, style().paper, style().ink, 14)
    shapes: tuple[Shape, ...] = (box, mark(WIDTH / 2, top + 24, 11, look), *lines)
    facts = ((str(say(lang)["facets"]["family"]), label("category", category, lang)),)
    return [Item("partner", "partner", called, shapes, facts, lines_of(own.records()))]


def _samples(cards: Sequence[Card], shown: Sequence[tuple[Companion, Card]], lang: str) -> tuple[Sample, ...]:
    found = [Sample(label("part", card.part, lang), (mark(0, 0, 7, style().parts[card.part]),))
             for card in sorted(cards, key=lambda card: list(style().parts).index(card.part))]  # fmt: skip
    if shown:
        found.append(Sample(str(say(lang)["partner"]["companion"])))
    families = {style().family(who.category) for who, _ in shown}
    found += [
        Sample(label("family", code, lang), (mark(0, 0, 7, look),))
        for code, look in style().families.items()
        if code in families
    ]
    return tuple(found)
