"""The primitives that a picture is made of; every renderer draws the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from cdv_graph.diagram.text import width

__all__ = ["Box", "Curve", "Marker", "Scene", "Shape", "Text"]

_ASCENT, _DESCENT = 0.80, 0.24


@dataclass(frozen=True)
class Box:
    """A rectangle with rounded corners."""

    x: float
    y: float
    w: float
    h: float
    fill: str
    stroke: str = ""
    radius: float = 0.0


@dataclass(frozen=True)
class Curve:
    """A line from the first point to the last: straight with two points, a cubic Bézier with four."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Marker:
    """A small shape around a point: a polygon given by its corners in a square from -1 to 1, or a circle."""

    x: float
    y: float
    radius: float
    corners: tuple[float, ...]
    colour: str
    fill: str

    @property
    def polygon(self) -> tuple[tuple[float, float], ...]:
        """The corners in the picture; empty for a circle."""
        pairs = zip(self.corners[::2], self.corners[1::2], strict=True)
        return tuple((self.x + dx * self.radius, self.y + dy * self.radius) for dx, dy in pairs)


@dataclass(frozen=True)
class Text:
    """A text on one line, made of pieces that are bold or not; `y` is its base line.

    Attributes:
        anchor: `start`, `middle` or `end`: which part of the text is at `x`.
    """

    x: float
    y: float
    pieces: tuple[tuple[str, bool], ...]
    size: float
    colour: str
    anchor: str = "start"

    @property
    def width(self) -> float:
        """How wide the text is at most."""
        return sum(width(piece, self.size, bold=bold) for piece, bold in self.pieces)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom.

        Example:
            >>> left, top, right, bottom = Text(100, 50, (("Santé", False),), 10, "#000000", "end").bounds
            >>> right, top, bottom
            (100.0, 42.0, 52.4)
        """
        left = self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return left, self.y - _ASCENT * self.size, left + self.width, self.y + _DESCENT * self.size


Shape = Box | Curve | Marker | Text


@dataclass(frozen=True)
class Scene:
    """A picture: its size, what it is called, and what is drawn, from the bottom to the top."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]
