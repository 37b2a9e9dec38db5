"""Primitives as SVG, the same bytes for the same scene."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Curve, Marker, Scene, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import clean

__all__ = ["drawing", "svg"]


def svg(picture: Scene | Diagram) -> bytes:
    """A picture as one SVG file that asks for nothing else.

    Example:
        >>> svg(Scene(10, 10, "A & B", "", ())).decode().splitlines()[2]
        '<title>A &amp; B</title>'
    """
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing(picture)}\n'.encode()


def drawing(picture: Scene | Diagram) -> str:
    """The `svg` element, as it stands in a file and in a page; each item of a diagram is a group of its own."""
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    box = f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"'
    if isinstance(picture, Diagram):
        description, content = picture.caption, [*map(_shape, picture.ground), *map(_item, picture.items)]
    else:
        description, content = picture.description, [*map(_shape, picture.shapes)]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" font-family={quoteattr(style().font)}>',
        f"<title>{_escaped(picture.title)}</title>",
        f"<desc>{_escaped(description)}</desc>",
        f'<rect width="100%" height="100%" fill={quoteattr(style().paper)}/>',
        *content,
        "</svg>",
    ]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return escape(clean(text))


def _item(item: Item) -> str:
    """An item; its id keeps clear of those of the page and, as every id, of spaces."""
    name = quoteattr("item/" + clean(item.id).replace(" ", "_"))
    opening = f'<g id={name} class="item" data-kind={quoteattr(item.kind)} aria-label={quoteattr(clean(item.label))}>'
    return "\n".join([opening, *map(_shape, item.shapes), "</g>"])


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _shape(shape: Shape) -> str:
    match shape:
        case Box():
            stroke = f' stroke="{shape.stroke}"' if shape.stroke else ""
            place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.w)}" height="{_n(shape.h)}"'
            return f'<rect {place} rx="{_n(shape.radius)}" fill="{shape.fill}"{stroke}/>'
        case Curve():
            dash = f' stroke-dasharray="{" ".join(map(_n, shape.dash))}"' if shape.dash else ""
            look = f'stroke="{shape.stroke}" stroke-width="{_n(shape.width)}"{dash}'
            return f'<path d="{_path(shape.points)}" fill="none" {look}/>'
        case Marker():
            look = f'fill="{shape.fill}" stroke="{shape.colour}" stroke-width="2" stroke-linejoin="round"'
            if not shape.polygon:
                return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}" {look}/>'
            return f'<polygon points="{_points(shape.polygon)}" {look}/>'
        case Text():
            return _text(shape)


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _path(points: tuple[tuple[float, float], ...]) -> str:
    return f"M{_points(points[:1])} {'C' if len(points) == 4 else 'L'}{_points(points[1:])}"


def _text(text: Text) -> str:
    pieces = "".join(
        f'<tspan font-weight="bold">{_escaped(piece)}</tspan>' if bold else _escaped(piece)
        for piece, bold in text.pieces
    )
    place = f'x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" text-anchor="{text.anchor}"'
    return f'<text {place} fill="{text.colour}" xml:space="preserve">{pieces}</text>'
