"""A grid of markers: labels down the side, labels across the top on two levels, totals at the edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cdv_graph.analysis.networks.concepts import strength_of
from cdv_graph.diagram.cards import Mark
from cdv_graph.diagram.kinds.seriation import seriate
from cdv_graph.diagram.kinds.table_parts import (
    LABEL,
    SMALL,
    WIDTH,
    Frame,
    Sample,
    bold,
    facet,
    say,
    theme_label,
    title_pieces,
    written,
)
from cdv_graph.diagram.legend import MARGIN, marker
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Box, Curve, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line, width, wrap

__all__ = ["Cell", "Grid"]

_SIDE, _TOTAL, _GAP = 440.0, 56.0, 16.0
_ROW, _NARROWEST, _WIDEST = 27.0, 48.0, 120.0
_LINE, _LINES = 18.0, 3
_BAND = 30.0


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet: how it looks, and what an `Item` says of it."""

    row: str
    column: str
    mode: str
    status: str
    label: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """What is around the cells.

    Attributes:
        row_labels: by row, an acronym (may be empty) and a label.
        column_labels: by column.
        groups: titles and the columns of each, told apart by a band above them.
        row_totals, column_totals: what stands at the edges.
        open_groups: the titles of the groups where an empty cell is unknown; they have a grey ground.
        columns: of the table.
        notes: what to know before concluding.
    """

    row_labels: Mapping[str, tuple[str, str]]
    column_labels: Mapping[str, str]
    groups: Sequence[tuple[str, Sequence[str]]]
    row_totals: Mapping[str, str]
    column_totals: Mapping[str, str]
    open_groups: AbstractSet[str]
    columns: Sequence[str]
    notes: Sequence[str]

    def drawn(self, frame: Frame, cells: Sequence[Cell]) -> Diagram:
        """The cells in a frame, rows and columns in order (`seriate`), columns within their group."""
        if not cells:
            return frame.empty(self.columns)
        down, across = seriate({(cell.row, cell.column): 1.0 for cell in cells})
        across += sorted(set(self.column_labels) - set(across))
        step = self._step()
        frame.width = max(WIDTH, 2 * MARGIN + _SIDE + _TOTAL + step * len(across) + _GAP * len(self.groups))
        place: dict[str, float] = {}
        bands: list[tuple[str, float, float]] = []
        x = MARGIN + _SIDE + _TOTAL
        for title, names in self.groups:
            x += _GAP
            bands.append((title, x, x + step * len(names)))
            for name in (one for one in across if one in set(names)):
                place[name] = x + step / 2
                x += step
        deep = [self._deepest(list(place)[level::2], step, len(place) > 1) for level in (0, 1)]
        top = frame.top + (_BAND if len(bands) > 1 else 0) + sum(deep) * _LINE + 34
        rows = {row: top + _ROW * (at + 0.5) for at, row in enumerate(down)}
        bottom = top + _ROW * len(down)
        frame.ground += self._ground(frame, bands, top, bottom)
        frame.ground += self._heads(place, top, step, deep[1], frame.lang)
        frame.ground += self._sides(rows, bottom, place, frame.lang)
        items = [self._item(cell, place[cell.column], rows[cell.row]) for cell in cells]
        return frame.closed(
            bottom + 30,
            items=items,
            samples=self._samples(cells, frame.lang),
            documents={line.rpartition(":")[0] for cell in cells for line in cell.lines},
            columns=self.columns,
            facets=self._facets(cells, frame.lang),
            notes=self.notes,
        )

    def _step(self) -> float:
        room = WIDTH - 2 * MARGIN - _SIDE - _TOTAL - _GAP * len(self.groups)
        widest = max(width(total, SMALL) for total in self.column_totals.values()) + 3
        return max(widest, min(_WIDEST, max(_NARROWEST, room / len(self.column_labels))))

    def _ground(
        self, frame: Frame, bands: Sequence[tuple[str, float, float]], top: float, bottom: float
    ) -> Iterator[Shape]:
        look = style()
        for title, start, end in bands:
            is_open = title in self.open_groups
            yield Box(start, top, end - start, bottom - top, "#eef0f2" if is_open else "#ffffff", look.rule)
            if len(bands) > 1:
                text = fit(title, LABEL, max(end - start, 220) - 8, bold=True)
                yield Curve(((start, frame.top + 10), (end, frame.top + 10)), look.soft, 3, (6, 4) if is_open else ())
                wide = is_open or width(text, LABEL, bold=True) <= end - start
                yield bold(start if wide else end, frame.top, text, LABEL, "start" if wide else "end")
        for at in range(1, round((bottom - top) / _ROW)):
            y = top + _ROW * at
            yield Curve(((MARGIN, y), (max(end for *_, end in bands), y)), look.rule, 0.7)

    def _deepest(self, names: Sequence[str], step: float, several: bool) -> int:
        """How many lines the longest label of a level takes."""
        room = (2 if several else 3) * step - 10
        return max((len(_broken(self.column_labels[name], room)) for name in names), default=0)

    def _heads(self, place: Mapping[str, float], top: float, step: float, below: int, lang: str) -> Iterator[Shape]:
        """Labels on two levels, each over two columns; a thin line leads from the upper ones down."""
        look = style()
        base = top - 30
        edge = max(x + step / 2 for x in place.values()) + MARGIN - 6
        for at, (name, x) in enumerate(place.items()):
            upper = at % 2 == 0 and len(place) > 1
            room = min((2 if len(place) > 1 else 3) * step - 10, 2 * (edge - x))
            lines = _broken(self.column_labels[name], room)
            last = base - (below * _LINE if upper else 0)
            for line, text in enumerate(lines):
                yield written(x, last - (len(lines) - 1 - line) * _LINE, text, SMALL, look.ink, "middle")
            if upper:
                yield Curve(((x, last + 5), (x, base + 3)), look.rule, 1)
            yield written(x, top - 8, self.column_totals[name], SMALL, look.soft, "middle")
        yield written(MARGIN + _SIDE + _TOTAL - 8, top - 8, str(say(lang)["total"]), SMALL, look.soft, "end")

    def _sides(self, rows: Mapping[str, float], bottom: float, place: Mapping[str, float], lang: str) -> Iterator[Text]:
        look = style()
        for row, y in rows.items():
            pieces = title_pieces(*self.row_labels[row], LABEL, _SIDE - 16)
            yield Text(MARGIN, y + LABEL * 0.36, pieces, LABEL, look.ink)
            yield written(MARGIN + _SIDE + _TOTAL - 8, y + LABEL * 0.36, self.row_totals[row], LABEL, look.soft, "end")
        yield written(MARGIN, bottom + 18, str(say(lang)["totals"]), SMALL, look.soft)

    @staticmethod
    def _item(cell: Cell, x: float, y: float) -> Item:
        shape = marker(x, y, Mark(cell.status, cell.mode, strength_of(cell.mode), ()))
        return Item(
            id=f"cell/{cell.row}/{cell.column}",
            kind="cell",
            label=one_line(cell.label),
            shapes=(shape,),
            facts=tuple((term, one_line(value)) for term, value in cell.facts),
            lines=cell.lines,
            facets=cell.facets,
            row=tuple(map(one_line, cell.told)),
        )

    def _samples(self, cells: Sequence[Cell], lang: str) -> Iterator[Sample]:
        words = say(lang)
        yield Sample(f"{words['legend_mode']} :" if lang == "fr" else f"{words['legend_mode']}:")
        for code in style().modes:
            statuses = {cell.status for cell in cells if cell.mode == code}
            if statuses:
                yield Sample(words["modes"].get(code, code), _drawer(code, max(statuses)))
        if any(cell.status == "intended" for cell in cells):
            yield Sample(words["statuses"]["intended"], _drawer("operational", "intended"))
        if any(title in self.open_groups for title, _ in self.groups):
            yield Sample(
                words["matrix"]["empty_open"], lambda x, y: (Box(x - 12, y - 9, 24, 18, "#eef0f2", style().rule),)
            )

    def _facets(self, cells: Sequence[Cell], lang: str) -> Iterator[Facet]:
        words = say(lang)
        names = ("mode", "theme", "contract")
        seen = {name: {code for cell in cells for code in cell.facets.get(name, ())} for name in names}
        order = list(style().modes)
        yield facet("mode", sorted(seen["mode"], key=order.index), lang, words["modes"])
        themes = sorted(seen["theme"])
        yield facet("theme", themes, lang, {code: theme_label(code, lang) for code in themes})
        yield facet("contract", sorted(seen["contract"]), lang, self.column_labels)


def _drawer(code: str, status: str) -> Callable[[float, float], Sequence[Shape]]:
    return lambda x, y: (marker(x, y, Mark(status, code, strength_of(code), ())),)


def _broken(label: str, room: float) -> tuple[str, ...]:
    """A label on up to three lines: a year on one of its own; broken at hyphens where it must be."""
    name, _, year = label.rpartition(" ")
    if not (name and year.isdigit()):
        name, year = label, ""
    whole = name if width(name, SMALL) <= room else name.replace("-", "- ")
    lines = wrap(whole, SMALL, room, _LINES - bool(year))
    return tuple(line.replace("- ", "-") for line in (*lines, *([year] if year else [])))
