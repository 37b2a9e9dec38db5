"""The nodes and the ties of the picture of a network, what is told of them, how they are filtered, and the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.kinds.network_parts import Sample, bow, facet, label, link, listed, mark, say
from cdv_graph.diagram.model import Facet, Item
from cdv_graph.diagram.nodes import node_style, tie_look, tie_part
from cdv_graph.diagram.shapes import Box, Curve, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, wrap

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["Between", "Place", "boxed", "dotted", "facets", "legend", "tie"]

_SIZE, _LINE, _BEND = 14.0, 17.0, 46.0
_GROUND = "#f3f5f7"


@dataclass(frozen=True)
class Between:
    """All that ties two nodes, in the direction of the first of these edges."""

    start: str
    end: str
    edges: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Place:
    """Where a node stands: the left of its box and its middle, or its middle alone where it has no height."""

    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...] = ()

    @staticmethod
    def called(node: Mapping[str, Any], lang: str) -> str:
        """What a node is called: its acronym or code, where it has one, before its label."""
        text, name = one_line(node.get("label", "")), one_line(node.get("name", ""))
        if lang == "en":
            text = one_line(node.get("label_en") or text)
        says_more = name != name.lower() or "." in name
        return f"{name} · {text}" if says_more and name != text else text


def tie(network: Network, between: Between, places: Mapping[str, Place], lang: str) -> Item:
    """A tie: what makes it, where that is said, and a line in the table."""
    strong = max(between.edges, key=lambda edge: (edge.get("strength", 0), edge.get("weight", 1)))
    elements = {element for edge in between.edges for element in edge.get("elements", ())}
    weight = len(elements) or max(edge.get("weight", 1) for edge in between.edges)
    colour, wide = tie_look({**strong, "weight": weight})
    lines = tuple(dict.fromkeys(line for edge in between.edges for line in edge.get("lines", ())))
    word, ends = say(lang)["network"], (between.start, between.end)
    names = [Place.called(network.nodes[end], lang) or one_line(end) for end in ends]
    cells = (
        *names,
        listed(word["kinds"].get(edge.get("kind", ""), edge.get("kind", "")) for edge in between.edges),
        listed(label(by, code, lang) for edge in between.edges for by, code in _parts(edge)),
        listed(label("theme", str(edge["theme"]), lang) for edge in between.edges if edge.get("theme")),
        str(weight),
        " ; ".join(lines),
    )
    codes = {
        **{
            by: tuple(sorted({code for edge in between.edges for at, code in _parts(edge) if at == by}))
            for by in ("mode", "part")
        },
        "theme": tuple(sorted({str(edge["theme"]) for edge in between.edges if edge.get("theme")})),
    }
    facts = tuple((term, cell) for term, cell in zip(word["columns"][2:6], cells[2:6], strict=True) if cell)
    held = {name: found for name, found in codes.items() if found}
    curve = _curve(places[between.start], places[between.end], colour, wide)
    ident = "tie/" + "/".join(ends)
    return Item(ident, "tie", " – ".join(names), (curve,), facts, lines, held, ends, row=cells)


def _parts(edge: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The modes of an edge, else the part that its role is."""
    by, code = tie_part(edge)
    return [("mode", str(mode)) for mode in edge.get("modes") or [code]] if by == "mode" else [(by, code)] if by else []


def _curve(start: Place, end: Place, colour: str, wide: float) -> Curve:
    if not start.h:
        return bow((start.x, start.y), (end.x, end.y), colour, wide)
    left, right = sorted((start, end), key=lambda place: place.x)
    if left.x == right.x:
        edge = left.x + left.w
        return Curve(((edge, left.y), (edge + _BEND, left.y), (edge + _BEND, right.y), (edge, right.y)), colour, wide)
    return link((left.x + left.w, left.y), (right.x, right.y), colour, wide)


def boxed(node: str, graph: Simple, place: Place, share: float, ties: Sequence[Item], lang: str) -> Item:
    """A node of a column: a box with its marker and its name."""
    look = node_style(str(graph.nodes[node].get("kind")))
    shapes: list[Shape] = [
        Box(place.x, place.y - place.h / 2, place.w, place.h, style().paper, style().rule, 8),
        mark(place.x + 17, place.y, 4.5 + 6.5 * share, look),
    ]
    first = place.y + 5 - _LINE * (len(place.lines) - 1) / 2
    for number, line in enumerate(place.lines):
        shapes.append(Text(place.x + 34, first + _LINE * number, ((line, False),), _SIZE, style().ink))
    return _node(node, graph, shapes, ties, lang)


def dotted(node: str, graph: Simple, place: Place, share: float, ties: Sequence[Item], lang: str) -> Item:
    """A node of a group: its marker, and its name below."""
    look = node_style(str(graph.nodes[node].get("kind")))
    size = 6 + 9 * share
    shapes: list[Shape] = [mark(place.x, place.y, size, look)]
    for number, line in enumerate(wrap(Place.called(graph.nodes[node], lang), _SIZE, place.w, 3)):
        text = Text(place.x, place.y + size + 19 + _LINE * number, ((line, False),), _SIZE, style().ink, "middle")
        left, top, right, bottom = text.bounds
        shapes += [Box(left - 3, top - 1, right - left + 6, bottom - top, _GROUND, "", 4), text]
    return _node(node, graph, shapes, ties, lang)


def _node(node: str, graph: Simple, shapes: Sequence[Shape], ties: Sequence[Item], lang: str) -> Item:
    about, heads = graph.nodes[node], say(lang)["network"]["heads"]
    kind = str(about.get("kind", ""))
    facts = {
        heads["kind"]: node_style(kind).called[lang],
        heads["name"]: one_line(about.get("name", "")),
        heads["ties"]: str(graph.degree(node)),
        heads["weight"]: str(round(sum(edge["weight"] for edge in graph[node].values()), 3)),
    }
    names = ("mode", "part", "theme")
    codes = {name: tuple(sorted({code for item in ties for code in item.facets.get(name, ())})) for name in names}
    held = {"kind": (kind,), **{name: found for name, found in codes.items() if found}}
    told = tuple((term, value) for term, value in facts.items() if value)
    called = Place.called(about, lang) or one_line(node)
    return Item(node, kind or "node", called, tuple(shapes), told, (), held)


def facets(items: Sequence[Item], lang: str) -> tuple[Facet, ...]:
    """How the picture is filtered: by kind of node, mode, part and theme, where there is more than one."""
    kinds = sorted({code for item in items for code in item.facets.get("kind", ())})
    named = tuple((kind, node_style(kind).called[lang]) for kind in kinds)
    word = say(lang)["network"]
    found = (
        Facet("kind", word["heads"]["kind"], named),
        *(one for by in ("mode", "part", "theme") for one in facet(by, items, lang)),
    )
    return tuple(one for one in found if len(one.values) > 1)


def legend(items: Sequence[Item], network: Network, lang: str) -> tuple[Sample, ...]:
    """The kinds of nodes that are seen, the modes and parts of the ties, and what sizes say."""
    kinds = {code for item in items for code in item.facets.get("kind", ())}
    found = [
        Sample(node_style(kind).called[lang], (mark(0, 0, 8, node_style(kind)),), 28)
        for kind in sorted(kinds, key=lambda kind: (node_style(kind).column, kind))
    ]
    seen = {shape.stroke for item in items if item.kind == "tie" for shape in item.shapes if isinstance(shape, Curve)}
    looks = {("mode", code): look.colour for code, look in style().modes.items() if code}
    looks |= {("part", code): look.colour for code, look in style().parts.items()}
    told = {part for *_, edge in network.edges(data=True) if (part := tie_part(edge))[0]}
    for (by, code), colour in looks.items():
        if (by, code) in told and colour in seen:
            found.append(Sample(label(by, code, lang), (Curve(((-17, 0), (17, 0)), colour, 4),), 44))
    told_by = ("size", "frame") if len(kinds) == 1 else ("size",)
    return (*found, *(Sample(str(say(lang)["network"][name])) for name in told_by))
