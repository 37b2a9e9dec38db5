"""Kind *dispositif*: which contracts articulate it, by which elements, how, with which local one, carried by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.analysis.networks.concepts import concepts, strength_of
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
    said,
    say,
    spot,
    title_and,
)
from cdv_graph.diagram.kinds.placing import near
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Curve, Shape
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import one_line, wrap
from cdv_graph.query import Result

__all__ = ["dispositif_diagram"]

_ROW, _HEAD, _GAP = 27.0, 26.0, 18.0
_CONTRACT, _ELEMENTS, _LOCAL, _CARRIER = (MARGIN, 290.0), (352.0, 676.0), (1150.0, 300.0), (1570.0, 310.0)
_MANY = 60

_Row = Mapping[str, object]
_Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class _Entry:
    """The articulations of one element on one theme with one local dispositif; what is absent stands apart."""

    key: _Key
    rows: tuple[_Row, ...]
    name: str

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Mode and status, the strongest mode first."""
        seen = {(str(row["mode"] or ""), str(row["status"])) for row in self.rows}
        return sorted(seen, key=lambda mark: (-strength_of(mark[0]), mark))


def dispositif_diagram(answer: Result, names: Mapping[str, str], *, lang: str = "fr", title: str = "") -> Diagram:
    """The picture of who articulates a dispositif and how.

    Args:
        answer: the answer to `articulations` about one dispositif.
        names: what contracts, elements (`contract/element`) and local dispositifs are called; the code by default.
        lang: `fr` or `en`.
        title: what the dispositif is called where the answer is empty.

    Returns:
        One item per element, theme and local dispositif (what is declared absent apart), one per contract, local
        dispositif and carrier, and one tie per pair of them that the rows tell.
    """
    entries = _entries(answer, names)
    ground, placed, bottom = _elements(entries, lang)
    local, local_ties = _locals(entries, placed, names, bottom, lang)
    carriers, carrier_ties = _carriers(entries, placed, local, bottom, lang)
    contracts, bottom = _contracts(entries, placed, names, bottom, lang)
    elements = [_element(entry, *placed[entry.key], names, lang) for entry in entries]
    items = [*local_ties, *carrier_ties, *contracts, *elements, *local.values(), *carriers]
    told, word = _told(answer, entries, title), say(lang)
    frame = Frame(
        kind="dispositif",
        title=title_and(word["dispositif"]["title"], told),
        caption=_caption(answer, entries, lang),
        documents=tuple(sorted({str(row["document"]) for row in answer.records()})),
        legend=(str(words(lang)["legend"]), _samples(entries, lang)),
        columns=tuple(word["dispositif"]["columns"]),
        facets=(*facet("theme", items, lang), *facet("mode", items, lang), *facet("contract", items, lang, names)),
        note=word["dispositif"]["many"].format(shown=len(entries)) if len(entries) > _MANY else "",
    )
    tall = max([bottom, *(box.y + box.h for item in items for box in item.shapes if isinstance(box, Box))])
    return framed(frame, [*ground, *_heads(entries, local, carriers, lang)], items, tall, lang)


def _told(answer: Result, entries: Sequence[_Entry], title: str) -> str:
    if not entries:
        return title
    pairs = sorted({(str(row["dispositif"]), str(row["dispositif_label"])) for row in answer.records()})
    return _and([f"{name} ({full})" if name.lower() != full.lower() else full for name, full in pairs])


def _and(names: Sequence[str]) -> str:
    return " ; ".join(names)


def _caption(answer: Result, entries: Sequence[_Entry], lang: str) -> str:
    word = say(lang)
    if not entries:
        return str(word["empty"])
    return str(word["dispositif"]["caption"]).format(
        shown=len(entries),
        contracts=len({entry.key[0] for entry in entries}),
        local=len({entry.key[3] for entry in entries if entry.key[3]}),
        carriers=len({row["carrier"] for row in answer.records() if row["carrier"]}),
    )


def _entries(answer: Result, names: Mapping[str, str]) -> list[_Entry]:
    """By contract, theme in the order of reading, then element."""
    found: dict[_Key, list[_Row]] = {}
    for row in answer.records():
        key = tuple(str(row[column] or "") for column in ("contract", "theme", "element", "local_dispositif"))
        found.setdefault((*key, row["status"] == "absent"), []).append(row)  # type: ignore[arg-type]
    themes = list(concepts("theme"))

    def order(key: _Key) -> tuple[object, ...]:
        return key[0], themes.index(key[1]) if key[1] in themes else len(themes), key

    return [
        _Entry(key, tuple(found[key]), one_line(names.get(f"{key[0]}/{key[2]}", "")))
        for key in sorted(found, key=order)
    ]


def _elements(entries: Sequence[_Entry], lang: str) -> tuple[list[Shape], dict[_Key, tuple[float, float]], float]:
    """The grounds of the themes, where each element stands, and where that ends."""
    ground: list[Shape] = []
    placed: dict[_Key, tuple[float, float]] = {}
    x, room = _ELEMENTS
    y, before = TOP + 30, ("", "")
    for place, entry in enumerate(entries):
        group = entry.key[:2]
        if place == 0 or group != before:
            if place:
                y += _GAP if group[0] != before[0] else 6
            size = sum(other.key[:2] == group for other in entries)
            look = style().theme(_top(entry.key[1]))
            ground.append(Box(x, y, room, _HEAD + size * _ROW, style().paper, look.spine, 6))
            ground.append(Box(x, y, room, _HEAD, look.fill, look.spine, 6))
            ground.append(said(x + 12, y + 18, label("theme", entry.key[1], lang), SIZE, room=room - 24, bold=True))
            y += _HEAD
        placed[entry.key] = (x, y + _ROW / 2)
        y, before = y + _ROW, group
    return ground, placed, y


def _top(theme: str) -> str:
    from cdv_graph.analysis.networks.concepts import top_theme

    return top_theme(theme)


def _name(entry: _Entry, lang: str) -> str:
    kind, _, code = entry.key[2].partition("/")
    if not code:
        return str(say(lang)["whole"])
    called = str(say(lang)["elements"].get(kind, kind))
    if kind in ("sheet", "objective") and entry.name:
        return f"{called} {code} · {entry.name}"
    return f"{called} · {entry.name or code}"


def _id(*parts: str) -> str:
    return "/".join(one_line(part) for part in parts)


def _entry_id(key: _Key) -> str:
    return _id("element", *key[:4], "absent" if key[4] else "")


def _facets(entries: Sequence[_Entry]) -> dict[str, tuple[str, ...]]:
    return {
        "theme": tuple(sorted({entry.key[1] for entry in entries})),
        "mode": tuple(sorted({mode for entry in entries for mode, _ in entry.marks})),
        "contract": tuple(sorted({entry.key[0] for entry in entries})),
    }


def _element(entry: _Entry, x: float, y: float, names: Mapping[str, str], lang: str) -> Item:
    room = _ELEMENTS[1]
    shapes: list[Shape] = []
    edge = x + room - 16
    for place, (mode, status) in enumerate(reversed(entry.marks)):
        shapes.append(spot(edge - 21 * place, y, 7, mode, status))
    free = room - 12 - 21 * len(entry.marks) - 20
    name = _name(entry, lang)
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
    return Item(_entry_id(entry.key), "element", name, tuple(shapes), shown, lines, _facets([entry]), row=row)


def _contracts(
    entries: Sequence[_Entry],
    placed: Mapping[_Key, tuple[float, float]],
    names: Mapping[str, str],
    bottom: float,
    lang: str,
) -> tuple[list[Item], float]:
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
        fitting = max(1, min(3, int((last - top - 34) // 20)))
        texts = wrap(name, SIZE, room - 24, fitting)
        shapes += [said(x + 12, top + 22 + 20 * place, text, SIZE) for place, text in enumerate(texts)]
        told = str(say(lang)["read_in"]).format(documents=", ".join(documents))
        shapes.append(said(x + 12, top + 24 + 20 * len(texts), told, SMALL, room=room - 24, colour=style().soft))
        facts = ((str(say(lang)["facets"]["contract"]), name), (str(say(lang)["count"]), str(len(ours))))
        lines = lines_of(row for entry in ours for row in entry.rows)
        found.append(Item(_id("contract", contract), "contract", name, tuple(shapes), facts, lines, _facets(ours)))
        end = max(end, top + 30 + 20 * len(texts))
    return found, end


def _boxed(x: float, room: float, top: float, texts: Sequence[str], height: float, stroke: str) -> tuple[Shape, ...]:
    lines = [said(x + room / 2, top + 21 + 19 * place, text, SIZE, anchor="middle") for place, text in enumerate(texts)]
    return (Box(x, top, room, height, style().paper, stroke, height / 2), *lines)


def _locals(
    entries: Sequence[_Entry],
    placed: Mapping[_Key, tuple[float, float]],
    names: Mapping[str, str],
    bottom: float,
    lang: str,
) -> tuple[dict[str, Item], list[Item]]:
    codes = {code: [entry for entry in entries if entry.key[3] == code] for code in {entry.key[3] for entry in entries}}
    codes.pop("", None)
    stacked = _stack(codes, placed, lambda code: one_line(names.get(code, code)), _LOCAL[1], bottom)
    found, ties = {}, []
    for code, (top, texts, height) in stacked.items():
        name, ours = one_line(names.get(code, code)), codes[code]
        shapes = _boxed(*_LOCAL, top, texts, height, style().ink)
        facts = ((str(say(lang)["local"]), name), (str(say(lang)["code"]), one_line(code)))
        lines = lines_of(row for entry in ours for row in entry.rows)
        found[code] = Item(_id("local", code), "local-dispositif", name, shapes, facts, lines, _facets(ours))
        for entry in ours:
            mode, status = entry.marks[0]
            dash = style().statuses[status].dash if status in style().statuses else ()
            start = (_ELEMENTS[0] + _ELEMENTS[1], placed[entry.key][1])
            curve = link(start, (_LOCAL[0], top + height / 2), style().mode(mode).colour, 1.8, dash)
            ends = (_entry_id(entry.key), _id("local", code))
            tied = f"{_name(entry, lang)} – {name}"
            ties.append(
                Item(_id("tie", *ends), "tie", tied, (curve,), (), lines_of(entry.rows), _facets([entry]), ends)
            )
    return found, ties


def _stack(
    groups: Mapping[str, Sequence[_Entry]],
    placed: Mapping[_Key, tuple[float, float]],
    name: Callable[[str], str],
    room: float,
    bottom: float,
) -> dict[str, tuple[float, tuple[str, ...], float]]:
    """Boxes in a column, each near the elements that it is tied to: the top, the lines of text, the height."""
    wanted = []
    for code, ours in groups.items():
        texts = wrap(name(code), SIZE, room - 30, 2)
        middle = sum(placed[entry.key][1] for entry in ours) / len(ours) - TOP - 30
        wanted.append((middle, code, texts, 14 + 19.0 * len(texts)))
    wanted.sort(key=lambda one: one[:2])
    tops = near([(one[0], one[3]) for one in wanted], 12, bottom - TOP - 30)
    return {one[1]: (top + TOP + 30, one[2], one[3]) for top, one in zip(tops, wanted, strict=True)}


def _carriers(
    entries: Sequence[_Entry],
    placed: Mapping[_Key, tuple[float, float]],
    local: Mapping[str, Item],
    bottom: float,
    lang: str,
) -> tuple[list[Item], list[Item]]:
    groups: dict[str, list[_Entry]] = {}
    for entry in entries:
        for who in sorted({str(row["carrier"]) for row in entry.rows if row["carrier"]}):
            groups.setdefault(who, []).append(entry)
    stacked = _stack(groups, placed, one_line, _CARRIER[1], bottom)
    found, ties = [], []
    for who, (top, texts, height) in stacked.items():
        ours, name = groups[who], one_line(who)
        rows = [row for entry in ours for row in entry.rows if row["carrier"] == who]
        shapes = _boxed(*_CARRIER, top, texts, height, style().carrier["stroke"])
        facts = ((str(words(lang)["carrier"]), name), (str(say(lang)["count"]), str(len(ours))))
        ended = _id("carrier", who)
        found.append(Item(ended, "carrier", name, shapes, facts, lines_of(rows), _facets(ours)))
        starts: dict[str, list[_Entry]] = {}
        for entry in ours:
            starts.setdefault(_id("local", entry.key[3]) if entry.key[3] else _entry_id(entry.key), []).append(entry)
        for start, some in starts.items():
            at = (_ELEMENTS[0] + _ELEMENTS[1], placed[some[0].key][1])
            if some[0].key[3]:
                box = local[some[0].key[3]].shapes[0]
                at = (_LOCAL[0] + _LOCAL[1], box.y + box.h / 2) if isinstance(box, Box) else at
            curve = link(at, (_CARRIER[0], top + height / 2), style().carrier["link"], 1.6)
            said_in = lines_of(row for entry in some for row in entry.rows if row["carrier"] == who)
            ends, tied = (start, ended), f"{one_line(some[0].key[3] or some[0].key[2])} – {name}"
            ties.append(Item(_id("tie", *ends), "tie", tied, (curve,), (), said_in, _facets(some), ends))
    return found, ties


def _heads(entries: Sequence[_Entry], local: Mapping[str, Item], carriers: Sequence[Item], lang: str) -> list[Shape]:
    if not entries:
        return [said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle")]
    heads = say(lang)["dispositif"]["heads"]
    shown = [(_CONTRACT, heads[0], True), (_ELEMENTS, heads[1], True), (_LOCAL, heads[2], bool(local))]
    shown.append((_CARRIER, heads[3], bool(carriers)))
    return [
        said(x + room / 2, TOP + 16, text, 17, bold=True, anchor="middle") for (x, room), text, there in shown if there
    ]


def _samples(entries: Sequence[_Entry], lang: str) -> tuple[Sample, ...]:
    seen = {mark for entry in entries for mark in entry.marks}
    modes = [mode for mode in style().modes if any(mode == one for one, _ in seen)]
    statuses = [status for status in style().statuses if any(status == one for _, one in seen)]
    found = [Sample(label("mode", mode, lang), (spot(0, 0, 7, mode, "" if mode else "absent"),)) for mode in modes]
    for status in statuses:
        dash = style().statuses[status].dash
        line = Curve(((-17, 0), (17, 0)), style().soft, 1.8, dash)
        found.append(Sample(label("status", status, lang), (line, spot(0, 0, 7, "operational", status)), 44))
    if any(row["carrier"] for entry in entries for row in entry.rows):
        line = Curve(((-17, 0), (17, 0)), style().carrier["link"], 1.8)
        found.append(Sample(str(words(lang)["carried"]), (line,), 44))
    return tuple(found)
