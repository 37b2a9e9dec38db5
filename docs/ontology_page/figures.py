"""The overview pictures as SVG: boxes where `figures.yaml` puts them, labels and links from the ontology."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cdv_graph.diagram.shapes import Box, Curve, Marker, Scene, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.svg import svg
from cdv_graph.diagram.text import width, wrap
from cdv_graph.namespaces import BASE
from ontology_page.terms import Scheme, Term

_W, _H = 212.0, 66.0
_STEP_X, _STEP_Y = 372.0, 142.0
_MARGIN = 14.0
_LABEL, _CODE, _LINK = 15.0, 12.0, 13.0
# grounds and lines of the boxes: pale, so that the words stand out
_LOOKS = {
    "class": ("#dbe9f6", "#3f6f9f", 6.0),
    "scheme": ("#f5efc9", "#857925", 28.0),
    "any": ("#ffffff", "#52606d", 6.0),
}


@dataclass(frozen=True)
class Figure:
    """A picture: its title, the SVG, and its links in words (from, property, to: prefixed names)."""

    id: str
    title: str
    svg: str
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class _Placed:
    name: str
    label: str
    kind: str
    x: float
    y: float

    def border(self, other: _Placed) -> tuple[float, float]:
        """Where the line to the centre of another box leaves this one."""
        dx, dy = other.x - self.x, other.y - self.y
        share = min(_W / 2 / abs(dx) if dx else math.inf, _H / 2 / abs(dy) if dy else math.inf)
        return self.x + dx * share, self.y + dy * share


@cache
def _declared() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text("utf-8"))
    return found


def figures(terms: dict[str, Term], schemes: dict[str, Scheme], lang: str, anything: str) -> list[Figure]:
    """Every picture, in a language.

    Args:
        terms: the terms by prefixed name.
        schemes: the schemes by code.
        lang: `fr` or `en`.
        anything: what the box of any resource says.

    Raises:
        ValueError: a link is not what the shapes expect.
    """
    return [_figure(said, terms, schemes, lang, anything) for said in _declared()]


def _figure(
    said: dict[str, Any], terms: dict[str, Term], schemes: dict[str, Scheme], lang: str, anything: str
) -> Figure:
    boxes = {}
    for key, (column, row) in said["boxes"].items():
        x, y = _MARGIN + _W / 2 + column * _STEP_X, _MARGIN + _H / 2 + row * _STEP_Y
        if key == "IRI":
            boxes[key] = _Placed("", anything, "any", x, y)
        elif key.startswith("scheme:"):
            scheme = schemes[key.removeprefix("scheme:")]
            boxes[key] = _Placed(f"{scheme.prefix}:", scheme.title[lang], "scheme", x, y)
        else:
            boxes[key] = _Placed(f"cdv:{key}", terms[f"cdv:{key}"].label[lang], "class", x, y)
    between: dict[tuple[str, str], list[str]] = {}
    for start, link, end in said["links"]:
        _check(start, terms[f"cdv:{link}"], end, terms)
        between.setdefault((start, end), []).append(f"cdv:{link}")
    shapes: list[Shape] = []
    for start, end in between:
        shapes += _arrow(boxes[start], boxes[end])
    for (start, end), links in between.items():
        shapes += _name(boxes[start], boxes[end], ", ".join(terms[link].label[lang] for link in links))
    for box in boxes.values():
        shapes += _box(box)
    across = max(box.x for box in boxes.values()) + _W / 2 + _MARGIN
    down = max(box.y for box in boxes.values()) + _H / 2 + _MARGIN
    title = said["title"][lang]
    lines = tuple(
        (boxes[start].name or anything, link, boxes[end].name or anything)
        for (start, end), links in between.items()
        for link in links
    )
    words = " ; ".join(
        f"{boxes[a].label} – {', '.join(terms[x].label[lang] for x in b)} → {boxes[c].label}"
        for (a, c), b in between.items()
    )
    drawn = svg(Scene(across, down, title, words, tuple(shapes))).decode()
    return Figure(said["id"], title, drawn.partition("?>\n")[2], lines)


def _check(start: str, link: Term, end: str, terms: dict[str, Term]) -> None:
    """Refuses a link that the shapes do not expect, of the class itself or of one near it."""

    def near(name: str) -> set[str]:
        term = terms[f"cdv:{name}"]
        return {term.name, *term.above, *term.below}

    value = f"{BASE}vocab/{end.removeprefix('scheme:')}" if end.startswith("scheme:") else end
    wanted = {value} if value not in terms and f"cdv:{value}" not in terms else near(value)
    if not near(start) & set(link.used_with) or not wanted & set(link.values):
        raise ValueError(f"figures.yaml: no shape expects {start} {link.name} {end}")


def _arrow(start: _Placed, end: _Placed) -> Iterator[Shape]:
    (x, y), (to_x, to_y) = start.border(end), end.border(start)
    long = math.hypot(to_x - x, to_y - y)
    dx, dy = (to_x - x) / long, (to_y - y) / long
    colour = style().soft
    yield Curve(((x, y), (to_x - 8 * dx, to_y - 8 * dy)), colour, 1.4)
    # a triangle around its middle, in a square from -1 to 1
    head = (dx, dy, -dx - 0.6 * dy, -dy + 0.6 * dx, -dx + 0.6 * dy, -dy - 0.6 * dx)
    yield Marker(to_x - 6 * dx, to_y - 6 * dy, 5.0, tuple(round(one, 4) for one in head), colour, colour)


def _name(start: _Placed, end: _Placed, words: str) -> Iterator[Shape]:
    (x, y), (to_x, to_y) = start.border(end), end.border(start)
    middle, line = (x + to_x) / 2, (y + to_y) / 2
    lines = wrap(words, _LINK, 150, 2)
    wide = max(width(one, _LINK) for one in lines) + 8
    tall = 17.0 * len(lines)
    yield Box(middle - wide / 2, line - tall / 2, wide, tall, style().paper)
    for place, one in enumerate(lines):
        base = line + _LINK * 0.36 + (place - (len(lines) - 1) / 2) * 16
        yield Text(middle, base, ((one, False),), _LINK, style().ink, "middle")


def _box(box: _Placed) -> Iterator[Shape]:
    fill, stroke, radius = _LOOKS[box.kind]
    yield Box(box.x - _W / 2, box.y - _H / 2, _W, _H, fill, stroke, radius)
    lines = wrap(box.label, _LABEL, _W - 40, 2)
    total = len(lines) * 18 + (15 if box.name else 0)
    base = box.y - total / 2 + 14
    for place, one in enumerate(lines):
        yield Text(box.x, base + place * 18, ((one, True),), _LABEL, style().ink, "middle")
    if box.name:
        yield Text(box.x, base + len(lines) * 18 - 2, ((box.name, False),), _CODE, style().soft, "middle")
