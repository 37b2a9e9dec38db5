"""Kind *partner*: what a partner does, grouped by role around it, and who takes part in the same elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    SMALL,
    TOP,
    WIDTH,
    Frame,
    Sample,
    facet,
    framed,
    label,
    lines_of,
    link,
    listed,
    mark,
    said,
    say,
    title_and,
)
from cdv_graph.diagram.kinds.placing import near, sides
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, width, wrap
from cdv_graph.query import Result

__all__ = ["companions", "partner_diagram"]

_ROW, _HEAD, _GAP, _LEAST = 25.0, 34.0, 20.0, 640.0
_CARD, _CHIP, _SPACE, _EGO = 420.0, 270.0, 60.0, 180.0
_TALL, _BETWEEN = 34.0, 10.0
_ROWS, _SPARE, _DOTS = 14, 3, 19
# rows of the table are about these things; a passage of a contract that names the partner is no element to share
_SHARED = ("sheet/", "action/", "commitment/", "objective/", "practice/")

_Row = Mapping[str, object]
_Key = tuple[str, str, str]
# name, category, and the elements that it shares (contract, code)
Companion = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class _Card:
    """A part that the partner takes, the activities by contract, and where it stands."""

    part: str
    keys: tuple[_Key, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        left = len(self.keys) - self.rows
        return _HEAD + self.rows * _ROW + (12 + 22 + 20 * -(-left // _DOTS) if left else 6)

    @property
    def rows(self) -> int:
        """How many activities are written; the others are dots."""
        return len(self.keys) if len(self.keys) <= _ROWS + _SPARE else _ROWS


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


def _shares(row: _Row) -> bool:
    return row["role"] != "mentioned" and str(row["activity"]).startswith(_SHARED)


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
    grouped: dict[_Key, list[_Row]] = {}
    for row in own.records():
        grouped.setdefault((str(row["role"]), str(row["activity"]), str(row["contract"] or "")), []).append(row)
    near_ones = companions(own, others)
    cards, bottom = _placed(grouped)
    shown = _seated(near_ones, cards, int((bottom - TOP - 30 + _BETWEEN) // (_TALL + _BETWEEN)))
    middle = (TOP + 30 + bottom) / 2
    head = str(say(lang)["partner"]["others"])
    called = one_line(own.column("partner")[0]) if len(own) else title
    ego = _ego(own, called, middle, lang)
    heads, activities = [], []
    for card in cards:
        heads += _head(card, middle, lang)
        activities += _activities(card, grouped, names, lang)
    items = [*(item for item in heads if item.ends), *_companions(shown, bottom, lang)]
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
        note=_note(near_ones, shown, lang),
    )
    empty = [] if cards else [said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle")]
    above = [
        said(_outer(left) + _CHIP / 2, TOP + 16, head, SMALL, bold=True, anchor="middle", room=_CHIP)
        for left in (True, False)
        if any(_left(home) == left for _, home in shown)
    ]
    return framed(frame, [*empty, *above], items, bottom, lang)


def _note(near_ones: Sequence[object], shown: Sequence[object], lang: str) -> str:
    told = {"left": len(shown), "others": len(near_ones)}
    return str(say(lang)["partner"]["many"]).format(**told) if len(near_ones) > len(shown) else ""


def _caption(grouped: Mapping[_Key, object], near_ones: Sequence[object], shown: Sequence[object], lang: str) -> str:
    if not grouped:
        return str(say(lang)["empty"])
    contracts = len({contract for _, _, contract in grouped if contract})
    told = {"shown": len(grouped), "contracts": contracts, "others": len(near_ones), "left": len(shown)}
    return str(say(lang)["partner"]["caption"]).format(**told)


def _outer(left: bool) -> float:
    return MARGIN if left else WIDTH - MARGIN - _CHIP


def _placed(grouped: Mapping[_Key, object]) -> tuple[list[_Card], float]:
    """The cards in two columns, and where they end."""
    cards = []
    for part in style().parts:
        keys = sorted(
            (key for key in grouped if style().part(key[0]) == part), key=lambda key: (key[2], _natural(key[1]), key)
        )
        if keys:
            cards.append(_Card(part, tuple(keys)))
    columns = sides([card.height + _GAP for card in cards])
    tall = [sum(cards[place].height + _GAP for place in column) - _GAP for column in columns]
    most, found = max([*tall, _LEAST]), []
    for left, column, height in zip((True, False), columns, tall, strict=True):
        y = TOP + 30 + (most - height) / 2
        x = MARGIN + _CHIP + _SPACE if left else WIDTH - MARGIN - _CHIP - _SPACE - _CARD
        for place in column:
            found.append(_Card(cards[place].part, cards[place].keys, x, y))
            y += cards[place].height + _GAP
    return found, TOP + 30 + most


def _natural(code: str) -> list[tuple[int, str]]:
    parts = code.replace("/", ".").replace("-", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _left(card: _Card) -> bool:
    return card.x < WIDTH / 2


def _ego(own: Result, called: str, middle: float, lang: str) -> list[Item]:
    if not len(own):
        return []
    category = str(own.column("category")[0])
    look = style().families[style().family(category)]
    x = (WIDTH - _EGO) / 2
    texts = wrap(called, 18, _EGO - 30, 3)
    height = 58 + 24.0 * len(texts)
    top = middle - height / 2
    lines = [said(WIDTH / 2, top + 58 + 24 * place, text, 18, anchor="middle") for place, text in enumerate(texts)]
    box = Box(x, top, _EGO, height, style().paper, style().ink, 14)
    shapes: tuple[Shape, ...] = (box, mark(WIDTH / 2, top + 24, 11, look), *lines)
    facts = ((str(say(lang)["facets"]["family"]), label("category", category, lang)),)
    return [Item("partner", "partner", called, shapes, facts, lines_of(own.records()))]


def _facets(card: _Card, keys: Sequence[_Key]) -> dict[str, tuple[str, ...]]:
    return {"part": (card.part,), "contract": tuple(sorted({contract for _, _, contract in keys if contract}))}


def _head(card: _Card, middle: float, lang: str) -> list[Item]:
    look, name = style().parts[card.part], label("part", card.part, lang)
    count = str(len(card.keys))
    shapes: tuple[Shape, ...] = (
        Box(card.x, card.y, _CARD, card.height, style().paper, style().soft, 6),
        Box(card.x, card.y, _CARD, _HEAD, "#eef1f4", style().soft, 6),
        mark(card.x + 22, card.y + _HEAD / 2, 8, look),
        said(card.x + 42, card.y + 23, name, 17, bold=True),
        said(card.x + _CARD - 14, card.y + 23, count, 17, bold=True, anchor="end"),
    )
    item = Item(
        f"part/{card.part}", "part", name, shapes, ((str(say(lang)["count"]), count),), (), _facets(card, card.keys)
    )
    at = (card.x + _CARD, card.y + _HEAD / 2) if _left(card) else (card.x, card.y + _HEAD / 2)
    start = ((WIDTH - _EGO) / 2 if _left(card) else (WIDTH + _EGO) / 2, middle)
    curve = link(start, at, look.colour, min(2 + len(card.keys) * 0.25, 9))
    ends = ("partner", item.id)
    return [item, Item(f"tie/{card.part}", "tie", name, (curve,), (), (), _facets(card, card.keys), ends)]


def _activity(key: _Key, rows: Sequence[_Row], lang: str) -> str:
    kind, _, code = key[1].partition("/")
    name = next((one_line(row["activity_label"]) for row in rows if row["activity_label"]), "")
    if not code:
        return name or kind
    called = str(say(lang)["elements"].get(kind, kind))
    if kind in ("sheet", "objective"):
        return f"{called} {code} · {name}" if name else f"{called} {code}"
    return f"{called} · {name or code}"


def _activities(card: _Card, grouped: Mapping[_Key, Sequence[_Row]], names: Mapping[str, str], lang: str) -> list[Item]:
    found = []
    several = len({contract for _, _, contract in grouped}) > 1
    for place, key in enumerate(card.keys):
        rows, name = grouped[key], _activity(key, grouped[key], lang)
        role, activity, contract = key
        shapes: list[Shape]
        if place < card.rows:
            y = card.y + _HEAD + 3 + _ROW * (place + 0.5)
            told = one_line(contract) if several else ""
            spare = width(told, SMALL) + 14 if told else 0
            shapes = [said(card.x + 14, y + 5, name, SIZE, room=_CARD - 28 - spare)]
            if told:
                shapes.append(said(card.x + _CARD - 14, y + 5, told, SMALL, colour=style().soft, anchor="end"))
        else:
            row, column = divmod(place - card.rows, _DOTS)
            y = card.y + _HEAD + 3 + _ROW * card.rows + 34 + 20 * row
            shapes = [mark(card.x + 22 + 20 * column, y, 6, style().parts[card.part])]
            if place == card.rows:
                more = str(say(lang)["partner"]["more"]).format(n=len(card.keys) - card.rows)
                shapes.append(said(card.x + 14, y - 14, more, SMALL, room=_CARD - 28, colour=style().soft))
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
            Item(ident, "activity", name, tuple(shapes), facts, lines, _facets(card, [key]), within=within, row=cells)
        )
    return found


def _seated(near_ones: Sequence[Companion], cards: Sequence[_Card], room: int) -> list[tuple[Companion, _Card]]:
    """The nearest partners, each with the role where it shares the most, on a side where there is room."""
    found: list[tuple[Companion, _Card]] = []
    for who in near_ones:
        theirs = set(who[2])
        shared = {card.part: sum((key[2], key[1]) in theirs for key in card.keys) for card in cards}
        for card in sorted(cards, key=lambda card: (-shared[card.part], card.part)):
            if shared[card.part] and sum(_left(home) == _left(card) for _, home in found) < room:
                found.append((who, card))
                break
    return found


def _companions(shown: Sequence[tuple[Companion, _Card]], bottom: float, lang: str) -> list[Item]:
    found: list[Item] = []
    for left in (True, False):
        ours = [(home.y + home.height / 2 - TOP - 30, who, home) for who, home in shown if _left(home) == left]
        ours.sort(key=lambda one: one[0])
        tops = near([(one[0], _TALL) for one in ours], _BETWEEN, bottom - TOP - 30)
        for top, (_, (name, category, elements), home) in zip(tops, ours, strict=True):
            found += _companion(name, category, elements, home, top + TOP + 30, lang)
    return found


def _companion(
    name: str, category: str, elements: Sequence[tuple[str, str]], home: _Card, top: float, lang: str
) -> list[Item]:
    left, look = _left(home), style().families[style().family(category)]
    x, times = _outer(left), f"×{len(elements)}"
    ident = f"companion/{one_line(name)}"
    free = _CHIP - 48 - width(times, SIZE, bold=True) - 10
    shapes: tuple[Shape, ...] = (
        Box(x, top, _CHIP, _TALL, style().paper, style().carrier["stroke"], _TALL / 2),
        mark(x + 20, top + _TALL / 2, 8, look),
        said(x + 36, top + 22, name, SIZE, room=free),
        said(x + _CHIP - 14, top + 22, times, SIZE, bold=True, anchor="end"),
    )
    facets = {"family": (style().family(category),), "contract": tuple(sorted({contract for contract, _ in elements}))}
    shared = str(say(lang)["partner"]["shared"]).format(n=len(elements))
    facts = (
        (str(say(lang)["facets"]["family"]), label("category", category, lang)),
        (str(say(lang)["count"]), shared),
        (str(say(lang)["code"]), listed(element for _, element in elements)),
    )
    start = (x + _CHIP if left else x, top + _TALL / 2)
    end = (home.x if left else home.x + _CARD, home.y + home.height / 2)
    curve = link(start, end, style().carrier["link"], min(1 + len(elements) * 0.25, 7))
    ends = (ident, f"part/{home.part}")
    tie = Item(f"tie/{one_line(name)}", "tie", f"{one_line(name)} – {shared}", (curve,), facts[1:], (), facets, ends)
    return [Item(ident, "companion", one_line(name), shapes, facts, (), facets), tie]


def _samples(cards: Sequence[_Card], shown: Sequence[tuple[Companion, _Card]], lang: str) -> tuple[Sample, ...]:
    found = [Sample(label("part", card.part, lang), (mark(0, 0, 7, style().parts[card.part]),))
             for card in sorted(cards, key=lambda card: list(style().parts).index(card.part))]  # fmt: skip
    if shown:
        found.append(Sample(str(say(lang)["partner"]["companion"])))
    families = {style().family(category) for (_, category, _), _ in shown}
    found += [
        Sample(label("family", code, lang), (mark(0, 0, 7, look),))
        for code, look in style().families.items()
        if code in families
    ]
    return tuple(found)
