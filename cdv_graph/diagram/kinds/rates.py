"""Stated and computed shares, on one axis and never in one mark: what a document says, what the graph counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdv_graph.analysis.networks.concepts import named, top_theme
from cdv_graph.diagram.cards import in_order
from cdv_graph.diagram.kinds.table_parts import (
    LABEL,
    SMALL,
    WIDTH,
    Frame,
    Sample,
    bold,
    facet,
    line_of,
    mark,
    marked,
    say,
    theme_label,
    title_pieces,
    written,
)
from cdv_graph.diagram.legend import MARGIN
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Curve, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line
from cdv_graph.query import Result

__all__ = ["rates"]

ROWS = 30
COLUMNS = ("label", "measure", "value", "low", "high", "counted", "population", "theme", "lines")
_LABELS, _COMPUTED, _STATED = 410.0, 250.0, 430.0
_LEFT = MARGIN + _LABELS + 20
_RIGHT = WIDTH - MARGIN - _COMPUTED - _STATED - 40
_ROW = 25.0
_SAID = ("stated_rate", "stated_max", "stated_count", "stated_qualifier", "stated_population", "stated_theme")
_TOLD = (*_SAID, "stated_period", "stated_place")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Subject:
    """A dispositif or a kind of partner: what is counted of it, and each statement with its passages."""

    code: str
    label: str
    first: Row
    statements: tuple[tuple[Row, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        return _ROW * max(1, len(self.statements))

    @property
    def rank(self) -> tuple[float, float, str]:
        stated = [float(row["stated_rate"]) for row, _ in self.statements if row["stated_rate"] is not None]
        return -max(stated, default=-1.0), -float(self.first["rate"] or 0), self.label


def rates(answer: Result, *, lang: str = "fr", top: int | None = ROWS) -> Diagram:
    """The shares of an answer: a dot and a bar for what is computed, another mark for what a document states.

    Args:
        answer: the answer to `articulation-rates` or `signature-rates`; the bar is their interval of Wilson (1927).
        lang: `fr` or `en`.
        top: how many dispositifs at most where no document states a share of any; those with a statement otherwise.
            None: all of both.

    Returns:
        Two kinds of items: `computed`, one per dispositif (or kind of partner), and `stated`, one per statement apart
        from passages. A number of contracts that is stated without a share has no place on the axis, and is told.
    """
    words = say(lang)["rates"]
    signed = "partner" in answer.columns
    subjects = sorted(_subjects(answer.records(), signed, lang), key=lambda one: one.rank)
    stated = [one for one in subjects if one.statements]
    shown = subjects if top is None else stated or subjects[:top]
    numbers = {"shown": len(shown), "total": len(subjects), "stated": sum(len(one.statements) for one in shown)}
    over = next((row["total"] for row in answer.records()), 0)
    rule = words["all" if len(shown) == len(subjects) else "with" if stated else "first"]
    said = words["signed" if signed else "caption"].format(**numbers, over=over, rule=rule)
    frame = Frame("rates", words["title_signed" if signed else "title"], said if shown else words["nothing"], lang)
    notes = (words["note"], *answer.told(lang))
    if not shown:
        return frame.empty(COLUMNS, notes=notes)
    top_line = frame.top + 44
    bottom = top_line + sum(one.height for one in shown)
    frame.ground += _axis(frame.top, top_line, bottom, lang)
    items: list[Item] = []
    y = top_line
    for one in shown:
        items += _items(one, y, lang)
        frame.ground.append(Curve(((MARGIN, y), (WIDTH - MARGIN, y)), style().rule, 0.8))
        y += one.height
    themes = sorted({code for item in items for code in item.facets.get("theme", ())})
    return frame.closed(
        bottom + 34,
        items=items,
        samples=_samples(shown, lang),
        documents={line.rpartition(":")[0] for item in items for line in item.lines}
        | {contract for one in shown for contract in one.first["total_list"] or ()},
        columns=COLUMNS,
        facets=(
            facet("measure", ("computed", "stated"), lang, words["measures"]),
            facet("theme", themes, lang, {code: theme_label(code, lang) for code in themes}),
        ),
        notes=notes,
    )


def _subjects(rows: Sequence[Row], signed: bool, lang: str) -> Iterator[_Subject]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = ("", str(row["partner"])) if signed else (str(row["dispositif"]), str(row["label"]))
        found.setdefault(key, []).append(row)
    for (code, label), of in found.items():
        statements: dict[tuple[object, ...], list[Row]] = {}
        for row in of:
            if row["document"]:
                statements.setdefault(tuple(row[name] for name in _TOLD), []).append(row)
        told = tuple((rows[0], in_order(map(line_of, rows))) for rows in statements.values())
        scheme = "partner-category" if signed else "dispositif-type"
        yield _Subject(code, one_line(named(scheme, label, lang)), of[0], told)


def _x(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 100.0) / 100


def _n(value: object, lang: str) -> str:
    text = f"{float(str(value)):g}"
    return text.replace(".", ",") if lang == "fr" else text


def _axis(head: float, top: float, bottom: float, lang: str) -> Iterator[Shape]:
    look, words = style(), say(lang)["rates"]
    yield bold(_RIGHT + 30, head + 2, words["measures"]["computed"], LABEL)
    yield bold(_RIGHT + 30 + _COMPUTED, head + 2, words["measures"]["stated"], LABEL)
    yield bold(_LEFT, head + 2, words["axis"], LABEL)
    for share in range(0, 101, 20):
        yield Curve(((_x(share), top - 8), (_x(share), bottom)), look.rule, 1)
        percent = f"{share} %"
        yield written(_x(share), top - 14, percent, SMALL, look.soft, "middle")


def _items(one: _Subject, y: float, lang: str) -> Iterator[Item]:
    words, look, row = say(lang), style(), one.first
    middle = y + _ROW / 2
    base = middle + LABEL * 0.36
    said = words["rates"]
    shapes: list[Shape] = [Text(MARGIN, base, title_pieces(one.code, one.label, LABEL, _LABELS), LABEL, look.ink)]
    facts = []
    counted = ""
    if row["low"] is not None and row["rate"] is not None:
        colour = look.marks["computed"].colour
        ends = (_x(float(row["low"])), _x(float(row["high"])))
        shapes.append(Curve(((ends[0], middle), (ends[1], middle)), colour, 3))
        shapes += [Curve(((x, middle - 6), (x, middle + 6)), colour, 2) for x in ends]
        shapes.append(mark("computed", _x(float(row["rate"])), middle))
    if row["contracts"] is None or not row["total"]:
        counted = said["uncounted"]
    else:
        spread = f" [{_n(row['low'], lang)} – {_n(row['high'], lang)}]" if row["low"] is not None else ""
        counted = f"{row['contracts']}/{row['total']} = {_n(row['rate'], lang)} %{spread}"
        facts += [
            (words["facts"]["list"], ", ".join(row["contract_list"] or ()) or "–"),
            (words["facts"]["over"], ", ".join(row["total_list"] or ()) or "–"),
        ]
    shapes.append(written(_RIGHT + 30, base, fit(counted, SMALL, _COMPUTED - 14), SMALL))
    share = _n(row["rate"], lang) if row["rate"] is not None and row["contracts"] is not None else ""
    span = tuple("" if row[end] is None else _n(row[end], lang) for end in ("low", "high"))
    key = f"{one.code}/{one.label}"
    yield Item(
        id=f"computed/{key}",
        kind="computed",
        label=f"{one.code} {one.label}".strip(),
        shapes=tuple(shapes),
        facts=((said["measures"]["computed"], counted), *facts),
        facets={"measure": ("computed",)},
        row=(one.label, said["measures"]["computed"], share, *span, f"{row['contracts']}/{row['total']}", "", "", ""),
    )
    for at, (statement, lines) in enumerate(one.statements):
        yield _stated(key, one.label, statement, lines, middle + _ROW * at, at, lang)


def _stated(key: str, label: str, row: Row, lines: tuple[str, ...], middle: float, at: int, lang: str) -> Item:
    words, look = say(lang), style()
    said, qualifier = words["rates"], str(row["stated_qualifier"] or "exact")
    shapes: list[Shape] = []
    code = qualifier if qualifier in ("less-than", "more-than") else "stated"
    if row["stated_rate"] is not None:
        x = _x(float(row["stated_rate"]))
        if row["stated_max"] is not None:
            end = _x(float(row["stated_max"]))
            shapes.append(Curve(((x, middle), (end, middle)), look.marks["stated"].colour, 2, (5, 3)))
            shapes.append(mark(code, end, middle))
        shapes.append(mark(code, x, middle))
    value = _value(row, lang)
    theme = str(row["stated_theme"] or "")
    over = f"« {one_line(row['stated_population'])} »" if row["stated_population"] else said["no_population"]
    number = value if row["stated_population"] is None else _number(row, lang)
    told = f"{number} {over}" + (f" ({theme_label(theme, lang)})" if theme else "")
    start = _RIGHT + 30 + _COMPUTED
    shapes.append(mark(code, start + 8, middle, 6))
    shapes.append(written(start + 22, middle + LABEL * 0.36, fit(told, SMALL, _STATED - 16), SMALL))
    facts = [(words["facts"]["value"], value), (words["facts"]["population"], over)]
    facts += [
        (words["facts"][name], one_line(said_of))
        for name, said_of in (
            ("theme", theme_label(theme, lang) if theme else ""),
            ("period", row["stated_period"]),
            ("place", row["stated_place"]),
        )
        if said_of
    ]
    return Item(
        id=f"stated/{key}/{at}",
        kind="stated",
        label=f"{label} : {value}",
        shapes=tuple(shapes),
        facts=tuple(facts),
        lines=lines,
        facets={"measure": ("stated",), "theme": (top_theme(theme),)} if theme else {"measure": ("stated",)},
        within=f"computed/{key}",
        row=(label, said["measures"]["stated"], value, "", "", "", over, theme_label(theme, lang), " ; ".join(lines)),
    )


def _value(row: Row, lang: str) -> str:
    number = _number(row, lang)
    return say(lang)["rates"]["count"].format(count=number) if row["stated_rate"] is None else number


def _number(row: Row, lang: str) -> str:
    """The statement, without what it is over."""
    sign = say(lang)["rates"]["qualifiers"].get(str(row["stated_qualifier"] or ""), "")
    if row["stated_rate"] is None:
        return f"{sign}{_n(row['stated_count'], lang)}"
    end = f" – {_n(row['stated_max'], lang)}" if row["stated_max"] is not None else ""
    return f"{sign}{_n(row['stated_rate'], lang)}{end} %"


def _samples(shown: Sequence[_Subject], lang: str) -> Iterator[Sample]:
    words, look = say(lang)["rates"], style()
    colour = look.marks["computed"].colour
    yield Sample(words["dot"], lambda x, y: (Curve(((x - 16, y), (x + 16, y)), colour, 3), mark("computed", x, y)))
    seen = {str(row["stated_qualifier"] or "exact") for one in shown for row, _ in one.statements}
    if seen - {"less-than", "more-than"}:
        yield marked(words["diamond"], "stated")
    for code in ("less-than", "more-than"):
        if code in seen:
            yield marked(words[code], code)
