"""How the kind *dispositif* is drawn: contracts, elements, local dispositifs and carriers, each in a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.analysis.networks.concepts import top_theme
from cdv_graph.diagram.kinds.dispositif_entries import Entry, Key, entry_facets, entry_id, entry_name, ident
from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    SMALL,
    START,
    TOP,
    WIDTH,
    label,
    lines_of,
    link,
    listed,
    said,
    say,
    spot,
)
from cdv_graph.diagram.kinds.placing import column
from cdv_graph.diagram.kinds.table_parts import short_name
from cdv_graph.diagram.model import Item
from cdv_graph.diagram.shapes import Box, Curve, Shape
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import one_line, wrap

__all__ = ["carrier_items", "contract_items", "element_item", "elements_column", "headings", "local_items"]

_ROW, _HEAD, _GAP = 27.0, 26.0, 18.0


_CONTRACT, _ELEMENTS, _LOCAL, _CARRIER = (MARGIN, 290.0), (352.0, 676.0), (1150.0, 300.0), (1570.0, 310.0)


Row = Mapping[str, object]


def elements_column(entries: Sequence[Entry], lang: str) -> tuple[list[Shape], dict[Key, tuple[float, float]], float]:
    """The grounds of the themes, where each element stands, and where that ends."""
    ground: list[Shape] = []
    placed: dict[Key, tuple[float, float]] = {}
    x, room = _ELEMENTS
    y, before = START, ("", "")
    for place, entry in enumerate(entries):
        group = entry.key[:2]
        if place == 0 or group != before:
            if place:
                y += _GAP if group[0] != before[0] else 6
            size = sum(other.key[:2] == group for other in entries)
            look = style().theme(top_theme(entry.key[1]))
            ground.append(Box(x, y, room, _HEAD + size * _ROW, style().paper, look.spine, 6))
            ground.append(Box(x, y, room, _HEAD, look.fill, look.spine, 6))
            ground.append(said(x + 12, y + 18, label("theme", entry.key[1], lang), SIZE, room=room - 24, bold=True))
            y += _HEAD
        placed[entry.key] = (x, y + _ROW / 2)
        y, before = y + _ROW, group
    return ground, placed, y


def element_item(entry: Entry, x: float, y: float, names: Mapping[str, str], lang: str) -> Item:
    """The line of an element: its name and a marker per mode."""
    room = _ELEMENTS[1]
    shapes: list[Shape] = []
    edge = x + room - 16
    for place, (mode, status) in enumerate(reversed(entry.marks)):
        shapes.append(spot(edge - 21 * place, y, 7, mode, status))
    free = room - 12 - 21 * len(entry.marks) - 20
    name = entry_name(entry, lang)
    shapes.append(said(x + 12, y + 5, name, SIZE, room=free))
    contract, theme, element, local, _ = entry.key
    modes = listed(label("mode", mode, lang) for mode, _ in entry.marks)
    statuses = listed(label("status", status, lang) for _, status in entry.marks)
    carriers, lines = listed(row["carrier"] for row in entry.rows), lines_of(entry.rows)
    columns = say(lang)["dispositif"]["columns"]
    row = (
        one_line(names.get(contract, contract)),
        name,
        label("theme", theme, lang),
        modes,
        statuses,
        one_line(names.get(local, local)),
        carriers,
        listed(lines),
    )
    quotes = tuple(
        (str(say(lang)["written"]), one_line(row["as_written"])) for row in entry.rows if row.get("as_written")
    )
    facts = tuple((term, value) for term, value in zip(columns[:-1], row, strict=False) if value)
    code = (str(say(lang)["code"]), one_line(element))
    shown = (*facts, code, *dict.fromkeys(quotes))
    return Item(entry_id(entry.key), "element", name, tuple(shapes), shown, lines, entry_facets([entry]), row=row)


def contract_items(
    entries: Sequence[Entry],
    placed: Mapping[Key, tuple[float, float]],
    names: Mapping[str, str],
    bottom: float,
    lang: str,
) -> tuple[list[Item], float]:
    """The boxes of the contracts, and where they end."""
    x, room = _CONTRACT
    found: list[Item] = []
    end = bottom
    for contract in dict.fromkeys(entry.key[0] for entry in entries):
        ours = [entry for entry in entries if entry.key[0] == contract]
        top, last = placed[ours[0].key][1] - _ROW / 2 - _HEAD, placed[ours[-1].key][1] + _ROW / 2
        name = one_line(names.get(contract, contract))
        documents = sorted({str(row["document"]) for entry in ours for row in entry.rows})
        shapes: list[Shape] = [
            Box(x, top, room, last - top, style().paper, style().soft, 6),
            Curve(((x + room, (top + last) / 2), (_ELEMENTS[0], (top + last) / 2)), style().soft, 2),
        ]
        short = " ".join(short_name(contract, name)) if name != contract else name
        fitting = min(4, int((last - top - 52) // 20))
        texts = wrap(name, SMALL, room - 24, fitting) if fitting > 0 else ()
        shapes.append(said(x + 12, top + 22, short, SIZE, room=room - 24, bold=True))
        told = str(say(lang)["read_in"]).format(documents=", ".join(documents))
        for place, text in enumerate((*texts, told)):
            shapes.append(said(x + 12, top + 43 + 20 * place, text, SMALL, room=room - 24, colour=style().soft))
        facts = ((str(say(lang)["facets"]["contract"]), name), (str(say(lang)["count"]), str(len(ours))))
        lines = lines_of(row for entry in ours for row in entry.rows)
        found.append(
            Item(ident("contract", contract), "contract", name, tuple(shapes), facts, lines, entry_facets(ours))
        )
        end = max(end, top + 49 + 20 * len(texts))
    return found, end


def _boxed(x: float, room: float, top: float, texts: Sequence[str], height: float, stroke: str) -> tuple[Shape, ...]:
    lines = [said(x + room / 2, top + 21 + 19 * place, text, SIZE, anchor="middle") for place, text in enumerate(texts)]
    return (Box(x, top, room, height, style().paper, stroke, height / 2), *lines)


def local_items(
    entries: Sequence[Entry],
    placed: Mapping[Key, tuple[float, float]],
    names: Mapping[str, str],
    bottom: float,
    lang: str,
) -> tuple[dict[str, Item], list[Item]]:
    """The boxes of the local dispositifs by code, and the ties from the elements that name them."""
    codes = {code: [entry for entry in entries if entry.key[3] == code] for code in {entry.key[3] for entry in entries}}
    codes.pop("", None)
    stacked = _stack(codes, placed, names, _LOCAL[1], bottom)
    found, ties = {}, []
    for code, (top, texts, height) in stacked.items():
        name, ours = one_line(names.get(code, code)), codes[code]
        shapes = _boxed(*_LOCAL, top, texts, height, style().ink)
        facts = ((str(say(lang)["local"]), name), (str(say(lang)["code"]), one_line(code)))
        lines = lines_of(row for entry in ours for row in entry.rows)
        found[code] = Item(ident("local", code), "local-dispositif", name, shapes, facts, lines, entry_facets(ours))
        for entry in ours:
            mode, status = entry.marks[0]
            dash = style().statuses[status].dash if status in style().statuses else ()
            start = (_ELEMENTS[0] + _ELEMENTS[1], placed[entry.key][1])
            curve = link(start, (_LOCAL[0], top + height / 2), style().mode(mode).colour, 1.8, dash)
            ends = (entry_id(entry.key), ident("local", code))
            tied = f"{entry_name(entry, lang)} – {name}"
            told, lines = _told([entry], entry.rows, lang), lines_of(entry.rows)
            ties.append(Item(ident("tie", *ends), "tie", tied, (curve,), told, lines, entry_facets([entry]), ends))
    return found, ties


def _stack(
    groups: Mapping[str, Sequence[Entry]],
    placed: Mapping[Key, tuple[float, float]],
    names: Mapping[str, str],
    room: float,
    bottom: float,
) -> dict[str, tuple[float, tuple[str, ...], float]]:
    """Boxes in a column, each near the elements that it is tied to: the top, the lines of text, the height."""
    texts = {code: wrap(one_line(names.get(code, code)), SIZE, room - 30, 2) for code in groups}
    tall = {code: 14 + 19.0 * len(lines) for code, lines in texts.items()}
    middle = {code: sum(placed[entry.key][1] for entry in ours) / len(ours) for code, ours in groups.items()}
    wanted = [(middle[code], tall[code], code) for code in sorted(groups, key=lambda code: (middle[code], code))]
    return {code: (top, texts[code], tall[code]) for code, top in column(wanted, 12, START, bottom).items()}


def carrier_items(
    entries: Sequence[Entry],
    placed: Mapping[Key, tuple[float, float]],
    local: Mapping[str, Item],
    bottom: float,
    lang: str,
) -> tuple[list[Item], list[Item]]:
    """The boxes of the carriers, and the ties from what they carry."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for who in sorted({str(row["carrier"]) for row in entry.rows if row["carrier"]}):
            groups.setdefault(who, []).append(entry)
    stacked = _stack(groups, placed, {}, _CARRIER[1], bottom)
    found, ties = [], []
    for who, (top, texts, height) in stacked.items():
        ours, name = groups[who], one_line(who)
        rows = [row for entry in ours for row in entry.rows if row["carrier"] == who]
        shapes = _boxed(*_CARRIER, top, texts, height, style().carrier["stroke"])
        facts = ((str(words(lang)["carrier"]), name), (str(say(lang)["count"]), str(len(ours))))
        ended = ident("carrier", who)
        found.append(Item(ended, "carrier", name, shapes, facts, lines_of(rows), entry_facets(ours)))
        starts: dict[str, list[Entry]] = {}
        for entry in ours:
            starts.setdefault(ident("local", entry.key[3]) if entry.key[3] else entry_id(entry.key), []).append(entry)
        for start, some in starts.items():
            at = (_ELEMENTS[0] + _ELEMENTS[1], placed[some[0].key][1])
            if some[0].key[3]:
                box = local[some[0].key[3]].shapes[0]
                at = (_LOCAL[0] + _LOCAL[1], box.y + box.h / 2) if isinstance(box, Box) else at
            curve = link(at, (_CARRIER[0], top + height / 2), style().carrier["link"], 1.6)
            carried = [row for entry in some for row in entry.rows if row["carrier"] == who]
            begun = local[some[0].key[3]].label if some[0].key[3] else entry_name(some[0], lang)
            ends, tied, told = (start, ended), f"{begun} – {name}", _told(some, carried, lang)
            ties.append(
                Item(ident("tie", *ends), "tie", tied, (curve,), told, lines_of(carried), entry_facets(some), ends)
            )
    return found, ties


def _told(entries: Sequence[Entry], rows: Sequence[Row], lang: str) -> tuple[tuple[str, str], ...]:
    """The facts of a tie: on which theme, how, and whether that is so yet."""
    terms = say(lang)["dispositif"]["columns"][2:5]
    cells = (
        listed(label("theme", entry.key[1], lang) for entry in entries),
        listed(label("mode", str(row["mode"] or ""), lang) for row in rows),
        listed(label("status", str(row["status"]), lang) for row in rows),
    )
    return tuple(zip(terms, cells, strict=True))


def headings(entries: Sequence[Entry], local: Mapping[str, Item], carriers: Sequence[Item], lang: str) -> list[Shape]:
    """The headings of the columns that hold something."""
    if not entries:
        return [said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle")]
    heads = say(lang)["dispositif"]["heads"]
    shown = [(_CONTRACT, heads[0], True), (_ELEMENTS, heads[1], True), (_LOCAL, heads[2], bool(local))]
    shown.append((_CARRIER, heads[3], bool(carriers)))
    return [
        said(x + room / 2, TOP + 16, text, 17, bold=True, anchor="middle") for (x, room), text, there in shown if there
    ]
