"""The legend: only what is seen in the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cdv_graph.diagram.cards import Card, Mark
from cdv_graph.diagram.shapes import Curve, Marker, Shape, Text
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import width

__all__ = ["LEGEND_ROW", "MARGIN", "legend", "marker", "stub"]

MARGIN = 40.0
LEGEND_ROW = 32.0
_SIZE = 15.0
_RADIUS = 7.0
_LINE = 38.0
_STRONG = 5


def stub(start: float, end: float, y: float, mark: Mark, colour: str = "") -> Curve:
    """The line to a marker: the colour says the mode, the width its strength, dashes the status."""
    dash = style().statuses[mark.status].dash if mark.status in style().statuses else ()
    return Curve(((start, y), (end, y)), colour or style().mode(mark.mode).colour, 1.4 + 0.3 * mark.strength, dash)


def marker(x: float, y: float, mark: Mark, colour: str = "") -> Marker:
    """A marker: colour and shape say the mode, a hollow one what does not exist yet."""
    look = style().mode(mark.mode)
    tint = colour or look.colour
    hollow = mark.status in style().statuses and style().statuses[mark.status].hollow
    return Marker(x, y, _RADIUS * look.scale, look.points, tint, style().paper if hollow else tint)


@dataclass(frozen=True)
class _Sample:
    label: str
    mark: Mark | None
    colour: str = ""
    line: str = ""

    @property
    def room(self) -> float:
        return (_LINE + 14 if self.mark or self.line else 0) + width(self.label, _SIZE)

    def shapes(self, x: float, y: float) -> Iterator[Shape]:
        if self.mark:
            yield stub(x, x + _LINE, y - 5, self.mark, self.colour)
            yield marker(x + _LINE, y - 5, self.mark, self.colour)
        if self.line:
            yield Curve(((x, y - 5), (x + _LINE, y - 5)), self.line, 1.6)
        start = x + self.room - width(self.label, _SIZE)
        yield Text(start, y, ((self.label, False),), _SIZE, style().ink)


def _samples(shown: Sequence[Card], lang: str) -> Iterator[_Sample]:
    say, look = words(lang), style()
    entries = [entry for card in shown for entry in card.entries]
    seen = {(mark.mode, mark.status) for entry in entries for mark in entry.marks}
    for code in look.modes:
        statuses = [status for status in look.statuses if (code, status) in seen]
        if statuses:
            yield _Sample(say["modes"][code], Mark(statuses[0], code, _STRONG, ()))
    for code in look.statuses:
        if any(status == code for _, status in seen):
            yield _Sample(say["statuses"][code], Mark(code, "operational", _STRONG, ()), look.soft)
    if any(entry.carriers for entry in entries):
        yield _Sample(say["carried"], None, line=look.carrier["link"])
    if any(len(entry.elements) > 1 for entry in entries):
        yield _Sample(say["times"], None)


def legend(shown: Sequence[Card], y: float, room: float, lang: str) -> tuple[list[Shape], float]:
    """The legend from `y` down, and the base line of its last row."""
    if not any(card.entries for card in shown):
        return [], y
    title = str(words(lang)["legend"])
    found: list[Shape] = [Text(MARGIN, y, ((title, True),), _SIZE, style().ink)]
    x = first = MARGIN + width(title, _SIZE, bold=True) + 26
    for sample in _samples(shown, lang):
        if x + sample.room > room - MARGIN:
            x, y = first, y + LEGEND_ROW
        found += sample.shapes(x, y)
        x += sample.room + 20
    return found, y
