"""How the kind *partners* is drawn: partners by family and size, ties by weight, a frame per community."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.concepts import named
from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SMALL,
    TOP,
    bow,
    label,
    listed,
    mark,
    said,
    say,
)
from cdv_graph.diagram.kinds.partners_shown import BROKERS, Shown
from cdv_graph.diagram.kinds.placing import Block
from cdv_graph.diagram.model import Item
from cdv_graph.diagram.shapes import Box, Marker, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, wrap

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network

__all__ = ["GAP", "HEAD", "SLOT", "Partner", "area_shapes", "badge", "node_item", "number", "places_of", "tie_item"]

SLOT, HEAD, GAP = (172.0, 104.0), 36.0, 24.0


def number(value: float, lang: str) -> str:
    """A number with three digits and the decimal sign of the language."""
    text = f"{value:.3g}"
    return text.replace(".", ",") if lang == "fr" else text


def places_of(area: Block) -> list[tuple[float, float]]:
    """The middle of each slot; every other column stands lower, so that no three of them are on one line."""
    wide, tall = area.w / area.columns, (area.h - HEAD) / area.rows
    return [
        (
            round(MARGIN + area.x + (column + 0.5) * wide, 2),
            round(TOP + area.y + HEAD + row * tall + (24 if column % 2 == 0 or area.columns == 1 else 38), 2),
        )
        for row in range(area.rows)
        for column in range(area.columns)
    ]


def area_shapes(area: Block, number: int, size: int, lang: str) -> list[Shape]:
    """The frame of a group."""
    word, x, y = say(lang)["partners"], MARGIN + area.x, TOP + area.y
    told = f"{word['group'].format(n=number)} · {word['size'].format(n=size)}"
    room = area.w - 24
    return [
        Box(x, y, area.w, area.h, "#f3f5f7", style().rule, 12),
        said(x + 14, y + 22, told, SMALL, room=room, colour=style().soft, bold=True),
    ]


@dataclass(frozen=True)
class Partner:
    """A partner: how many fiches it has, its group, what `brokers` says of it, whether it bridges, where it is read."""

    node: str
    called: str
    category: str
    group: int
    sheets: int
    measures: Mapping[str, object]
    broker: bool
    cut: bool
    lines: tuple[str, ...]


def node_item(partner: Partner, place: tuple[float, float], size: float, room: float, lang: str) -> Item:
    """The marker of a partner and its name below it."""
    x, y = place
    family = style().family(partner.category)
    shapes: list[Shape] = []
    if partner.broker:
        shapes.append(Marker(x, y, size + 6, (), style().ink, style().paper))
    shapes.append(mark(x, y, size, style().families[family]))
    if partner.cut:
        shapes.append(badge(x + size + 5, y - size - 1))
    for line, text in enumerate(wrap(one_line(partner.called), SMALL, room, 2)):
        written = Text(x, y + size + 21 + 17 * line, ((text, partner.broker),), SMALL, style().ink, "middle")
        if partner.broker:
            written = said(x, y + size + 21 + 17 * line, text, SMALL, room=room, bold=True, anchor="middle")
        left, top, right, bottom = written.bounds
        shapes += [Box(left - 3, top - 1, right - left + 6, bottom - top, "#f3f5f7", "", 4), written]
    word = say(lang)["partners"]
    themes, between = partner.measures.get("themes"), partner.measures.get("betweenness")
    cells = [
        label("category", partner.category, lang) if partner.category else "",
        str(partner.sheets),
        number(float(str(between)), lang) if between is not None else "",
        listed(named("theme", str(theme), lang) for theme in themes) if isinstance(themes, list) else "",
        str(partner.group),
    ]
    facts = tuple((term, value) for term, value in zip(word["nodes"], cells, strict=True) if value)
    if partner.broker:
        facts += ((str(word["broker"]).format(n=BROKERS), str(word["yes"])),)
    if partner.cut:
        facts += ((str(word["cut"]), str(word["yes"])),)
    facets = {"family": (family,), "group": (str(partner.group),)}
    called = one_line(partner.called)
    return Item(one_line(partner.node), "partner", called, tuple(shapes), facts, partner.lines, facets)


def badge(x: float, y: float) -> Marker:
    """The mark of a cut point."""
    return Marker(x, y, 5, (0, -1, 1, 0, 0, 1, -1, 0), style().ink, style().ink)


def tie_item(
    shown: Shown, tie: tuple[str, str], at: Mapping[str, tuple[float, float]], network: Network, lang: str
) -> Item:
    """A tie: the fiches that two partners share."""
    one, other = tie
    edge = shown.whole.edges[tie]
    homes = [number for number, group in enumerate(shown.groups) for node in tie if node in group]
    colour = style().carrier["link"] if homes[0] == homes[1] else "#c3cad3"
    curve = bow(at[one], at[other], colour, round(min(1 + edge["weight"] * 1.6, 9), 2))
    both = [sheet for sheet in sorted(network[one]) if network.has_edge(other, sheet)]
    edges = [data for node in tie for sheet in both for data in network[node][sheet].values()]
    lines = tuple(dict.fromkeys(line for data in edges for line in data["lines"]))
    names = [one_line(shown.whole.nodes[node]["label"]) for node in tie]
    codes = sorted(
        (str(network.nodes[sheet]["name"]) for sheet in both),
        key=lambda code: [int(n) if n.isdecimal() else 0 for n in code.split(".")],
    )
    cells = (*names, str(edge["shared"]), number(edge["weight"], lang), " ; ".join(lines))
    columns = say(lang)["partners"]["columns"]
    facts = ((columns[2], f"{edge['shared']} ({', '.join(map(one_line, codes))})"), (columns[3], cells[3]))
    facets = {"theme": tuple(sorted({str(data["theme"]) for data in edges}))}
    ends = (one_line(one), one_line(other))
    return Item(f"tie/{ends[0]}/{ends[1]}", "tie", " – ".join(names), (curve,), facts, lines, facets, ends, row=cells)
