"""What is drawn, as a graph of nodes and ties that carry how they look: what the writers of graph formats are given.

A node has `kind`, `label`, and `x`, `y` (down, as in the picture), `size`, `color` where it is drawn; a tie `kind`,
`color`, `width`, and `means` where the legend says what it means. The rest is what is told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.nodes import tie_look
from cdv_graph.diagram.shapes import Box, Curve, Marker, Text
from cdv_graph.diagram.style import style

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["LOOKS", "of_diagram", "placed"]

LOOKS = ("x", "y", "size", "color", "width")


def of_diagram(diagram: Diagram) -> Network:
    """The graph that a diagram is: an item that joins two others is a tie, every other item a node.

    What an item is part of, or the one thing that it hangs on, it is tied to. A tie towards what is not drawn is left
    out.

    Example:
        >>> items = [Item(name, "partner", name, (Marker(1, 2, 3, (), "#000000", "#d55e00"),)) for name in "ab"]
        >>> items.append(Item("t", "tie", "a – b", (), (("Poids", "2"),), ends=("a", "b")))
        >>> network = of_diagram(Diagram("partners", "T", "", "", 10, 10, (), tuple(items)))
        >>> network.nodes["a"]["color"], network.edges["a", "b", "t"]["Poids"]
        ('#d55e00', '2')
    """
    import networkx as nx

    network: Network = nx.MultiDiGraph()
    said = {name: getattr(diagram, name) for name in ("kind", "title", "caption", "source", "note")}
    network.graph.update({name: value for name, value in said.items() if value})
    for item in diagram.items:
        if len(item.ends) != 2:
            network.add_node(item.id, **_told(item, diagram.columns), **_look(item))
    for item in diagram.items:
        if len(item.ends) == 2:
            if all(end in network for end in item.ends):
                start, end = item.ends
                told = _told(item, diagram.columns) | _tie_look(item) | _means(item, diagram)
                network.add_edge(start, end, key=item.id, **told)
            continue
        for kind, others in (("within", (item.within,)), ("tie", item.ends)):
            for other in others:
                if other in network:
                    looks = {"color": style().carrier["link"], "width": 1.0}
                    network.add_edge(item.id, other, key=kind, kind=kind, label="", **looks)
    return network


def placed(network: Network, diagram: Diagram) -> Network:
    """A network with the places, sizes and colours that its nodes have in a diagram, and the colours of its ties."""
    looks = {item.id: _look(item) for item in diagram.items}
    found = network.copy()
    for node, attributes in found.nodes(data=True):
        attributes.update(looks.get(node, {}))
    for *_, attributes in found.edges(data=True):
        attributes["color"], attributes["width"] = tie_look(attributes)
    return found


def _told(item: Item, columns: tuple[str, ...]) -> dict[str, Any]:
    """What is told of an item: a fact or a cell of the table each by its name, a facet by its codes."""
    told: dict[str, Any] = {}
    for term, value in item.facts:
        told[term] = f"{told[term]} ; {value}" if term in told else value
    again = ("", " ; ".join(item.lines))
    told |= {column: cell for column, cell in zip(columns, item.row, strict=False) if cell not in again}
    told |= {name: list(codes) for name, codes in item.facets.items() if codes}
    told |= {"lines": list(item.lines)} if item.lines else {}
    told = {name: value for name, value in told.items() if name not in LOOKS}
    return told | {"kind": item.kind, "label": item.label}


def _means(item: Item, diagram: Diagram) -> dict[str, str]:
    """What a tie says, in the words of the legend: its modes, or the part that is taken."""
    labels = {(facet.name, code): label for facet in diagram.facets for code, label in facet.values}
    codes = [(name, code) for name in ("mode", "part", "role") for code in item.facets.get(name, ())]
    said = ", ".join(labels[pair] for pair in codes if pair in labels)
    return {"means": said} if said else {}


def _look(item: Item) -> dict[str, Any]:
    """Where a node is drawn, how large, in which colour: its largest marker, else its box, else its first text."""
    markers = [shape for shape in item.shapes if isinstance(shape, Marker)]
    if markers:
        largest = max(markers, key=lambda marker: marker.radius)
        around = [marker for marker in markers if (marker.x, marker.y) == (largest.x, largest.y)]
        filled = [marker.fill for marker in around if marker.fill != style().paper]
        return _at(largest.x, largest.y, 2 * largest.radius, filled[-1] if filled else largest.colour)
    for box in (shape for shape in item.shapes if isinstance(shape, Box)):
        colour = box.stroke or style().soft if box.fill == style().paper else box.fill
        return _at(box.x + box.w / 2, box.y + box.h / 2, min(box.w, box.h), colour)
    for text in (shape for shape in item.shapes if isinstance(shape, Text)):
        left, top, right, bottom = text.bounds
        return _at((left + right) / 2, (top + bottom) / 2, text.size, style().soft)
    return {}


def _at(x: float, y: float, size: float, colour: str) -> dict[str, Any]:
    return {"x": round(x, 2), "y": round(y, 2), "size": round(size, 2), "color": colour}


def _tie_look(item: Item) -> dict[str, Any]:
    curve = next((shape for shape in item.shapes if isinstance(shape, Curve)), None)
    return {"color": curve.stroke, "width": curve.width} if curve else {}
