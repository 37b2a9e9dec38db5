"""What every kind of diagram is made of, whatever draws it: a page to explore, or a picture for a slide.

A kind turns the rows of a question into one `Diagram`. What can be searched, clicked, filtered and listed is an
`Item`: a node, a tie between nodes, a cell. It is drawn by the same primitives in every rendering, so that the page
and the picture cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdv_graph.diagram.shapes import Scene, Shape

__all__ = ["Diagram", "Facet", "Item", "View"]


@dataclass(frozen=True)
class Item:
    """Something that is drawn and stands for rows of the answer.

    Attributes:
        id: its name, the same in every rendering.
        kind: what it is (`partner`, `dispositif`, `theme`, `sheet`, `tie`, `cell` …).
        label: what it is called, in full; a picture may cut it.
        shapes: how it is drawn, from the bottom to the top.
        facts: what is told of it on a click: terms and values, in order.
        lines: where that was read, as `document:start-end`.
        facets: the codes by which it can be filtered, by facet; one without codes for a facet is always kept.
        ends: of a tie, the items that it joins; it goes where one of them goes.
        within: the item that it is part of, if any: it goes where that goes (a row of a card, a cell of a line).
        row: what it is in the table, in the order of the columns; nothing where it is not listed.
    """

    id: str
    kind: str
    label: str
    shapes: tuple[Shape, ...]
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    within: str = ""
    row: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    """One way to filter: its name, its label, and its values as pairs of code and label, in order."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Diagram:
    """A diagram, laid out.

    Attributes:
        kind: `contract`, `matrix`, `flow` …
        title: what it is called.
        caption: what it shows of the whole, in one sentence.
        source: where it comes from.
        width, height: of the picture, title and legend included.
        ground: what is drawn below everything and cannot be clicked: title, axes, legend, source.
        items: what is drawn on it, from the bottom to the top.
        facets: how it can be filtered.
        columns: of the table that says the same.
        note: what to know before concluding, or which other kind would be better; may be empty.
    """

    kind: str
    title: str
    caption: str
    source: str
    width: float
    height: float
    ground: tuple[Shape, ...]
    items: tuple[Item, ...]
    facets: tuple[Facet, ...] = ()
    columns: tuple[str, ...] = ()
    note: str = ""

    @property
    def scene(self) -> Scene:
        """The picture."""
        shapes = (*self.ground, *(shape for item in self.items for shape in item.shapes))
        return Scene(self.width, self.height, self.title, self.caption, shapes)


@dataclass(frozen=True)
class View:
    """One of the diagrams that a page leads to; an item of several views has the same id in each.

    Attributes:
        name: its name in the address of the page.
        label: what it is called in the list of views.
        diagram: what it shows.
    """

    name: str
    label: str
    diagram: Diagram
