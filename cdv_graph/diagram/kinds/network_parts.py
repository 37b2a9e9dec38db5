"""What the pictures of networks share: words, labels of codes, markers, and the frame around a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.analysis.networks.concepts import Concept, concepts
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Box, Curve, Marker, Shape, Text
from cdv_graph.diagram.style import ModeStyle, style, worded, words
from cdv_graph.diagram.text import fit, one_line, shrunk, width, wrap

__all__ = [
    *(
        "MARGIN",
        "SIZE",
        "SMALL",
        "TOP",
        "WIDTH",
        "Frame",
        "Sample",
        "bow",
        "element_name",
        "facet",
        "framed",
        "label",
        "lines_of",
    ),
    *("START", "link", "listed", "mark", "said", "say", "spot", "title_and"),
]

WIDTH, MARGIN, TOP = 1920.0, 40.0, 130.0
START = TOP + 30  # where columns start, below their headings
SIZE, SMALL = 15.0, 14.0
_TITLE, _CAPTION = 32.0, 17.0
_SCHEMES = {"theme": "theme", "role": "role", "category": "partner-category", "body_type": "body-type"}
_SEPARATOR = " ; "


def say(lang: str) -> Mapping[str, Any]:
    """What these pictures say in a language.

    Raises:
        InputError: the language is neither `fr` nor `en`.
    """
    return worded(Path(__file__).with_name("network_words.yaml"), lang)


def label(facet_name: str, code: str, lang: str) -> str:
    """What a code of a facet is called; the code itself where it is of no vocabulary."""
    if facet_name in ("mode", "status"):
        return str(words(lang)[{"mode": "modes", "status": "statuses"}[facet_name]].get(code, code))
    if facet_name in ("family", "part"):
        return str(say(lang)[facet_name].get(code, code))
    if facet_name == "theme" and not code:
        return str(say(lang)["no_theme"])
    known = concepts(_SCHEMES[facet_name]).get(code, Concept(code, code)) if facet_name in _SCHEMES else Concept(code)
    return one_line((known.label_en if lang == "en" else known.label) or known.label or code)


def element_name(element: str, name: str, lang: str) -> str:
    """What an element of a contract is called: its kind, its code where it is numbered, its name.

    Example:
        >>> element_name("sheet/1.1", "Observatoire", "fr"), element_name("action/a1", "", "en")
        ('Fiche 1.1 · Observatoire', 'Action · a1')
    """
    kind, _, code = element.partition("/")
    if not code:
        return str(say(lang)["whole"])
    called, name = str(say(lang)["elements"].get(kind, kind)), one_line(name)
    if kind in ("sheet", "objective"):
        return f"{called} {code} · {name}" if name else f"{called} {code}"
    return f"{called} · {name or code}"


def facet(name: str, items: Iterable[Item], lang: str, names: Mapping[str, str] | None = None) -> tuple[Facet, ...]:
    """A facet with the codes that items have, in the order of their labels; none where there are none."""
    codes = {code for item in items for code in item.facets.get(name, ())}
    named = sorted(((names or {}).get(code) or label(name, code, lang), code) for code in codes)
    return (Facet(name, str(say(lang)["facets"][name]), tuple((code, text) for text, code in named)),) if named else ()


def lines_of(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Where rows were read, `document:start-end`, in order."""
    places = {(str(row["document"]), int(str(row["start_line"])), int(str(row["end_line"]))) for row in rows}
    return tuple(f"{document}:{start}-{end}" for document, start, end in sorted(places))


def listed(values: Iterable[object]) -> str:
    """Values in one cell, each once, in order, without the empty ones."""
    return _SEPARATOR.join(sorted({one_line(value) for value in values if value not in (None, "")}))


def title_and(subject: str, name: str) -> str:
    """A title of a picture: what it shows and of what."""
    return f"{subject} · {one_line(name)}" if name else subject


def said(
    x: float, y: float, text: str, size: float = SIZE, *, room: float = 0, bold: bool = False, **look: str
) -> Text:
    """A text on one line, cut where there is no room; `look` may give `colour` and `anchor`."""
    shown = fit(one_line(text), size, room, bold=bold) if room else one_line(text)
    return Text(x, y, ((shown, bold),), size, look.get("colour", style().ink), look.get("anchor", "start"))


def mark(x: float, y: float, radius: float, look: ModeStyle, *, hollow: bool = False) -> Marker:
    """A marker filled with its colour and outlined in ink, so that pale colours are seen on paper too."""
    return Marker(x, y, radius * look.scale, look.points, style().ink, style().paper if hollow else look.colour)


def spot(x: float, y: float, radius: float, mode: str, status: str) -> Marker:
    """The marker of a mode, hollow where what it stands for does not exist yet."""
    look = style().mode(mode)
    hollow = status in style().statuses and style().statuses[status].hollow
    return Marker(x, y, radius * look.scale, look.points, look.colour, style().paper if hollow else look.colour)


def link(
    start: tuple[float, float], end: tuple[float, float], colour: str, wide: float, dash: Sequence[float] = ()
) -> Curve:
    """A tie that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    return Curve((start, (middle, start[1]), (middle, end[1]), end), colour, wide, tuple(dash))


def bow(start: tuple[float, float], end: tuple[float, float], colour: str, wide: float) -> Curve:
    """A tie between two points, bent a little, so that it goes around what stands on the straight line."""
    across, down = (end[0] - start[0]) * 0.1, (end[1] - start[1]) * 0.1
    first = (start[0] * 0.7 + end[0] * 0.3 - down, start[1] * 0.7 + end[1] * 0.3 + across)
    second = (start[0] * 0.3 + end[0] * 0.7 - down, start[1] * 0.3 + end[1] * 0.7 + across)
    return Curve((start, first, second, end), colour, wide)


@dataclass(frozen=True)
class Sample:
    """A line of the legend: what it looks like around a point, how wide that is, and what it means."""

    text: str
    shapes: tuple[Shape, ...] = ()
    room: float = 24.0


@dataclass(frozen=True)
class Frame:
    """What stands around a picture: see `Diagram`; `legend` is its title and its samples."""

    kind: str
    title: str
    caption: str
    documents: tuple[str, ...]
    legend: tuple[str, tuple[Sample, ...]]
    columns: tuple[str, ...]
    facets: tuple[Facet, ...] = ()
    note: str = ""


def framed(frame: Frame, ground: Sequence[Shape], items: Sequence[Item], bottom: float, lang: str) -> Diagram:
    """A diagram, whose picture starts at `TOP` and ends at `bottom`: title, legend, note and source added."""
    look, room = style(), WIDTH - 2 * MARGIN
    caption = one_line(frame.caption)
    size = shrunk(one_line(frame.title), _TITLE, room, bold=True)
    shapes: list[Shape] = [said(MARGIN, 52, frame.title, size, room=room, bold=True)]
    for place, text in enumerate(wrap(caption, _CAPTION, room, 2)):
        shapes.append(said(MARGIN, 84 + 23 * place, text, _CAPTION, colour=look.soft))
    shapes += ground
    y = bottom + 22
    shapes.append(Curve(((MARGIN, y), (WIDTH - MARGIN, y)), look.rule, 1))
    y += 32
    if frame.legend[1] and items:
        legend, y = _legend(frame.legend[0], frame.legend[1], y)
        shapes += legend
        y += 32
    for text in wrap(one_line(frame.note), SIZE, room, 3) if frame.note else ():
        shapes.append(said(MARGIN, y, text, SIZE))
        y += 23
    source = str(words(lang)["source"]).format(source=one_line(_SEPARATOR.join(frame.documents)) or "–")
    shapes.append(said(MARGIN, y, source, SMALL, room=room, colour=look.soft))
    return Diagram(
        frame.kind,
        one_line(frame.title),
        caption,
        source,
        WIDTH,
        y + 26,
        tuple(shapes),
        tuple(items),
        frame.facets,
        frame.columns,
        one_line(frame.note),
    )


def _legend(title: str, samples: Sequence[Sample], y: float) -> tuple[list[Shape], float]:
    found: list[Shape] = [said(MARGIN, y, title, SIZE, bold=True)]
    x = first = MARGIN + width(title, SIZE, bold=True) + 26
    for sample in samples:
        drawn = sample.room if sample.shapes else 0
        room = drawn + width(sample.text, SIZE)
        if x > first and x + room > WIDTH - MARGIN:
            x, y = first, y + 32
        found += [_moved(shape, x + sample.room / 2, y - 5) for shape in sample.shapes]
        found.append(said(x + drawn, y, sample.text, SIZE, room=WIDTH - MARGIN - x - drawn))
        x += room + 22
    return found, y


def _moved(shape: Shape, x: float, y: float) -> Shape:
    match shape:
        case Marker():
            return Marker(x + shape.x, y + shape.y, shape.radius, shape.corners, shape.colour, shape.fill)
        case Curve():
            points = tuple((x + across, y + down) for across, down in shape.points)
            return Curve(points, shape.stroke, shape.width, shape.dash)
        case Box():
            return Box(x + shape.x, y + shape.y, shape.w, shape.h, shape.fill, shape.stroke, shape.radius)
        case Text():
            return Text(x + shape.x, y + shape.y, shape.pieces, shape.size, shape.colour, shape.anchor)
