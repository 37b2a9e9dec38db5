"""Two contracts, generations or documents side by side: what is only in one, what is common, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cdv_graph.analysis.comparison.aspects import aspects
from cdv_graph.analysis.comparison.compare import FOUND, Comparison
from cdv_graph.analysis.networks.concepts import named
from cdv_graph.diagram.cards import in_order
from cdv_graph.diagram.kinds import network_parts
from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.table_parts import (
    LABEL,
    SMALL,
    WIDTH,
    Frame,
    Sample,
    bold,
    facet,
    mark,
    marked,
    say,
    theme_label,
    written,
)
from cdv_graph.diagram.legend import MARGIN
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line, width

__all__ = ["compare"]

TOP = 5
COLUMNS = ("aspect", "item", "found", "a", "b", "lines_a", "lines_b")
_SCHEMES = {"dispositifs": "dispositif-type", "themes": "theme", "bodies": "body-type", "publics": "public"}
_HEAD, _ROW, _GAP, _BIG = 34.0, 23.0, 18.0, 24.0
_BETWEEN = 24.0
_COLUMN = (WIDTH - 2 * MARGIN - 2 * _BETWEEN) / 3
Row = Mapping[str, Any]


def compare(comparison: Comparison, *, lang: str = "fr", top: int | None = TOP) -> Diagram:
    """A comparison in three columns, aspect by aspect: only in the first, in both, only in the second.

    Args:
        comparison: what `Graph.comparison` found.
        lang: `fr` or `en`.
        top: how many items of each aspect and column, the most frequent; all for None. How many are left out is told.

    Returns:
        One item per row that is shown. What was not read in a side stands in the column of the other, marked so.
    """
    words = say(lang)["compare"]
    a, b = one_line(comparison.a), one_line(comparison.b)
    rows: list[Row] = [*comparison.rows.records()]
    cells: dict[str, tuple[list[Row], list[Row], list[Row]]] = {}
    for row in rows:
        cells.setdefault(str(row["aspect"]), ([], [], []))[_side(row)].append(row)
    for columns in cells.values():
        for column in columns:
            column.sort(key=_frequent)
    shown = sum(len(column[:top]) for columns in cells.values() for column in columns)
    rule = words["all"] if shown == len(rows) else words["first"].format(top=top)
    said = words["caption"].format(shown=shown, total=len(rows), rule=rule, aspects=len(cells))
    frame = Frame("compare", words["title"].format(a=a, b=b), said if rows else words["nothing"], lang)
    notes = (words["note"], *comparison.rows.told(lang), *filter(None, [crowded("compare", shown, lang)]))
    if not rows:
        return frame.empty(COLUMNS, notes=notes)
    for at, head in enumerate((words["only"].format(side=a), words["common"], words["only"].format(side=b))):
        frame.ground.append(bold(_left(at), frame.top + 6, fit(head, 18, _COLUMN, bold=True), 18))
    y = frame.top + 26
    items: list[Item] = []
    summary: dict[str, Row] = {str(row["aspect"]): row for row in comparison.summary(lang).records()}
    for name, columns in cells.items():
        frame.ground += _heading(summary[name], columns, y, lang)
        deepest = y + _HEAD
        for at, column in enumerate(columns):
            below = y + _HEAD + 6
            for row in column[:top]:
                items.append(_item(row, _left(at), below, (a, b), lang))
                below += _ROW
            if len(column) > len(column[:top]):
                more = words["more"].format(count=len(column) - len(column[:top]))
                frame.ground.append(written(_left(at) + 24, below + 15, more, SMALL, style().soft))
                below += _ROW
            deepest = max(deepest, below)
        y = deepest + _GAP
    found = [code for code in FOUND if any(code in item.facets["found"] for item in items)]
    themes = sorted({code for item in items for code in item.facets.get("theme", ())})
    return frame.closed(
        y,
        items=items,
        samples=_samples(found, (a, b), lang),
        documents={line.rpartition(":")[0] for item in items for line in item.lines},
        columns=COLUMNS,
        facets=(
            facet("aspect", tuple(cells), lang, {name: aspects()[name].title[lang] for name in cells}),
            facet("found", found, lang, {code: words["found"][code].format(a=a, b=b) for code in found}),
            facet("theme", themes, lang, {code: theme_label(code, lang) for code in themes}),
        ),
        notes=notes,
    )


def _left(at: int) -> float:
    return MARGIN + at * (_COLUMN + _BETWEEN)


def _frequent(row: Row) -> tuple[int, str]:
    return -int(row["elements_a"]) - int(row["elements_b"]), str(row["item"])


def _side(row: Row) -> int:
    """The column of a row: what is not known of one side is in that of the other."""
    found = str(row["found"])
    if found == "not-known":
        return 0 if row["lines_a"] or row["contracts_a"] else 2
    return {"only-a": 0, "only-b": 2}.get(found, 1)


def _heading(summary: Row, columns: Sequence[Sequence[Row]], y: float, lang: str) -> Iterator[Shape]:
    """The aspect, how alike the sides are, and how many items stand in each column, large."""
    look, words = style(), say(lang)["compare"]
    jaccard = summary["jaccard"]
    yield Box(MARGIN, y, WIDTH - 2 * MARGIN, _HEAD, "#e9ecef", "", 4)
    alike = (
        words["jaccard"].format(both=summary["both"], any=summary["any"], percent=round(float(jaccard) * 100))
        if jaccard is not None
        else words["unread"]
    )
    for at, column in enumerate(columns):
        count = "?" if jaccard is None and not column else str(len(column))  # not read: no number, not even none
        yield bold(_left(at) + _COLUMN - 10, y + 26, count, _BIG, "end")
        room = _COLUMN - width(count, _BIG, bold=True) - 34
        if at == 0:
            label = one_line(summary["label"])
            yield bold(_left(0) + 10, y + 23, fit(label[:1].upper() + label[1:], 17, room, bold=True), 17)
        elif at == 1:
            yield written(_left(1) + 10, y + 23, fit(alike, SMALL, room), SMALL, look.soft)


def _item(row: Row, x: float, y: float, names: tuple[str, str], lang: str) -> Item:
    words, look = say(lang), style()
    found, aspect = str(row["found"]), str(row["aspect"])
    label = _label(row, lang)
    measures = tuple(_measure(row[side], words) for side in ("a", "b"))
    beside = _beside(found, measures, words)
    room = _COLUMN - 30 - (width(beside, SMALL) + 14 if beside else 0)
    shapes: list[Shape] = [mark(found, x + 9, y + _ROW / 2)]
    shapes.append(written(x + 24, y + _ROW / 2 + LABEL * 0.36, fit(label, LABEL, room), LABEL))
    if beside:
        end = x + _COLUMN - 6
        shapes.append(written(end, y + _ROW / 2 + LABEL * 0.36, beside, SMALL, look.soft, "end"))
    verdict = words["compare"]["found"][found].format(a=names[0], b=names[1])
    facts = [(words["facts"]["aspect"], aspects()[aspect].title[lang]), (words["facts"]["found"], verdict)]
    for at, side in enumerate(("a", "b")):
        if measures[at]:
            facts.append((names[at], f"{measures[at]} ({row[f'elements_{side}']}/{row[f'of_{side}']})"))
        if row[f"stated_{side}"]:
            facts.append((words["facts"]["stated"].format(side=names[at]), " ; ".join(row[f"stated_{side}"])))
    lines = [" ; ".join(row[f"lines_{side}"] or ()) for side in ("a", "b")]
    return Item(
        id=f"compare/{aspect}/{row['item']}",
        kind="comparison",
        label=label,
        shapes=tuple(shapes),
        facts=tuple((one_line(term), one_line(value)) for term, value in facts),
        lines=in_order([*(row["lines_a"] or ()), *(row["lines_b"] or ())]),
        facets={"aspect": (aspect,), "found": (found,), "theme": tuple(row["theme"] or ())},
        row=(aspects()[aspect].title[lang], label, verdict, *measures, *lines),
    )


def _label(row: Row, lang: str) -> str:
    label, scheme = str(row["label"] or row["item"]), _SCHEMES.get(str(row["aspect"]))
    if row["aspect"] == "strategy" and lang == "en":
        return str(network_parts.say(lang)["elements"].get(row["item"], label))
    return one_line(named(scheme, label, lang) if scheme else label)


def _measure(value: object, words: Mapping[str, Any]) -> str:
    """A mode in words, or a number as it is."""
    if value is None:
        return ""
    return str(words["modes"].get(str(value), words["compare"]["absent"] if value == "absent" else value))


def _beside(found: str, measures: Sequence[str], words: Mapping[str, Any]) -> str:
    """What is told after the label: both measures where they differ, the one there is else."""
    one, other = measures
    if found in ("only-a", "only-b", "not-known"):
        told = one if one and one != "0" else other
        return "" if told == "0" else told
    return one if one == other else f"{one or '–'} | {other or '–'}"


def _samples(found: Sequence[str], names: tuple[str, str], lang: str) -> Iterator[Sample]:
    words = say(lang)["compare"]
    for code in found:
        yield marked(words["found"][code].format(a=names[0], b=names[1]), code)
