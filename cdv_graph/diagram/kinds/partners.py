"""Kind *partners*: who works with whom on the fiches of a contract, in communities, with those that bridge marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.backbone import backbone
from cdv_graph.analysis.networks.build import simple
from cdv_graph.analysis.networks.communities import partition
from cdv_graph.analysis.networks.cuts import cut_points
from cdv_graph.analysis.networks.projection import project
from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SMALL,
    TOP,
    WIDTH,
    Frame,
    Sample,
    bow,
    facet,
    framed,
    label,
    listed,
    mark,
    said,
    say,
    title_and,
)
from cdv_graph.diagram.kinds.placing import Block, blocks, slots
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Box, Marker, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line, wrap
from cdv_graph.query import Result

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["kept", "partners_diagram"]

_SLOT, _HEAD, _GAP = (172.0, 104.0), 36.0, 24.0
_FEW, _TIES, _NODES, _BROKERS = 60, 160, 80, 8
_ALPHAS = (0.2, 0.15, 0.1, 0.05, 0.02, 0.01)


def kept(graph: Simple) -> tuple[list[tuple[str, str]], float]:
    """The ties that a picture can show, and the level of the filter; 0 where all of them are shown.

    The disparity filter (Serrano 2009) at the highest level of a list that leaves at most 160 ties; a graph of at most
    60 ties is shown whole.
    """
    if graph.number_of_edges() <= _FEW:
        return list(graph.edges), 0.0
    for alpha in _ALPHAS:
        ties = backbone(graph, alpha)
        if len(ties) <= _TIES:
            break
    return ties, alpha


@dataclass(frozen=True)
class _Shown:
    """What is drawn of a projection: the nodes by community, the ties, how many fiches each node has."""

    whole: Simple
    groups: list[list[str]]
    ties: list[tuple[str, str]]
    alpha: float
    sheets: Mapping[str, int]
    dropped: int

    @property
    def nodes(self) -> list[str]:
        return [node for group in self.groups for node in group]


def _shown(network: Network) -> _Shown:
    import networkx as nx

    if not len(network):
        return _Shown(nx.Graph(), [], [], 0.0, {}, 0)
    both = simple(network)
    whole = project(network, "partner")
    sheets = {node: both.degree(node) for node in whole}
    ties, alpha = kept(whole)
    tied = sorted({node for tie in ties for node in tie}, key=lambda node: (-sheets[node], node))
    drawn = set(tied[:_NODES])
    ties = [(one, other) for one, other in ties if one in drawn and other in drawn]
    some: Simple = nx.Graph()
    some.add_nodes_from(sorted({node for tie in ties for node in tie}))
    some.add_edges_from((one, other, {"weight": whole.edges[one, other]["weight"]}) for one, other in ties)
    groups = [sorted(group, key=lambda node: (-sheets[node], node)) for group in partition(some)] if ties else []
    return _Shown(whole, groups, ties, alpha, sheets, len(tied) - len(drawn))


def partners_diagram(
    network: Network, bridging: Result, categories: Mapping[str, str], name: str, *, lang: str = "fr"
) -> Diagram:
    """The picture of who works with whom.

    Args:
        network: the network `partner-sheet` of a contract.
        bridging: the answer to `brokers` about it.
        categories: the category of each partner, by label.
        name: what the contract is called.
        lang: `fr` or `en`.

    Returns:
        One item per partner that has a tie in the backbone, and one per tie of it.
    """
    shown, word = _shown(network), say(lang)["partners"]
    about = {str(row["partner"]): row for row in bridging.records()}
    ranked = [str(row["partner"]) for row in bridging.records() if row["betweenness"] and row["themes_bridged"]]
    cut = set(cut_points(network)["label"]) if len(network) else set()
    areas = blocks([len(group) for group in shown.groups], WIDTH - 2 * MARGIN, _SLOT, _HEAD, _GAP)
    places = [_places(area) for area in areas]
    weights = {(one, other): shown.whole.edges[one, other]["weight"] for one, other in shown.ties}
    at = slots(shown.groups, places, weights)
    most = max(shown.sheets.values(), default=1)
    ties = [_tie(shown, tie, at, network, lang) for tie in shown.ties]
    nodes: list[Item] = []
    for number, group in enumerate(shown.groups, 1):
        for node in group:
            called = str(shown.whole.nodes[node]["label"])
            badges = (called in ranked[:_BROKERS], called in cut)
            size = 7 + 11 * (shown.sheets[node] / most) ** 0.5
            room = areas[number - 1].w / areas[number - 1].columns - 14
            nodes.append(_node(called, node, at[node], size, room, badges, categories.get(called, ""), number,
                               shown.sheets[node], about.get(called, {}), lang))  # fmt: skip
    ground = [
        shape
        for number, area in enumerate(areas, 1)
        for shape in _area(area, number, len(shown.groups[number - 1]), lang)
    ]
    bottom = max([TOP + 60, *(TOP - 10 + area.y + area.h for area in areas)])
    if not nodes:
        ground.append(said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle"))
    items = [*ties, *nodes]
    total, every = len(shown.whole), shown.whole.number_of_edges()
    told = {"shown": len(nodes), "total": total, "ties": len(ties), "all": every}
    frame = Frame(
        kind="partners",
        title=title_and(word["title"], name),
        caption=word["caption"].format(**told) if nodes else str(say(lang)["empty"]),
        documents=tuple(filter(None, str(network.graph.get("source", "")).split(" ; "))),
        legend=(str(word["legend"]), _samples(nodes, ranked, lang)),
        columns=tuple(word["columns"]),
        facets=(*facet("family", items, lang), *facet("theme", items, lang), *_groups(items, lang)),
        note=_note(shown, lang),
    )
    return framed(frame, ground, items, bottom, lang)


def _groups(items: Sequence[Item], lang: str) -> tuple[Facet, ...]:
    codes = {code for item in items for code in item.facets.get("group", ())}
    names = {code: str(say(lang)["partners"]["group"]).format(n=code) for code in codes}
    return facet("group", items, lang, names)


def _note(shown: _Shown, lang: str) -> str:
    word = say(lang)["partners"]
    if not shown.ties:
        return ""
    told = [word["backbone"].format(alpha=_number(shown.alpha, lang)) if shown.alpha else word["everything"]]
    if shown.dropped:
        told.append(word["dropped"].format(n=shown.dropped))
    if shown.alpha:
        told.append(word["hairball"].format(all=shown.whole.number_of_edges(), total=len(shown.whole)))
    return " ".join(told)


def _number(value: float, lang: str) -> str:
    text = f"{value:.3g}"
    return text.replace(".", ",") if lang == "fr" else text


def _places(area: Block) -> list[tuple[float, float]]:
    """The middle of each slot; every other column stands lower, so that no three of them are on one line."""
    wide, tall = area.w / area.columns, (area.h - _HEAD) / area.rows
    return [
        (
            round(MARGIN + area.x + (column + 0.5) * wide, 2),
            round(TOP - 10 + area.y + _HEAD + row * tall + (24 if column % 2 == 0 or area.columns == 1 else 38), 2),
        )
        for row in range(area.rows)
        for column in range(area.columns)
    ]


def _area(area: Block, number: int, size: int, lang: str) -> list[Shape]:
    word, x, y = say(lang)["partners"], MARGIN + area.x, TOP - 10 + area.y
    told = f"{word['group'].format(n=number)} · {word['size'].format(n=size)}"
    room = area.w - 24
    return [
        Box(x, y, area.w, area.h, "#f3f5f7", style().rule, 12),
        said(x + 14, y + 22, told, SMALL, room=room, colour=style().soft, bold=True),
    ]


def _ident(node: str) -> str:
    return one_line(node)


def _node(
    called: str,
    node: str,
    place: tuple[float, float],
    size: float,
    room: float,
    badges: tuple[bool, bool],
    category: str,
    number: int,
    sheets: int,
    about: Mapping[str, object],
    lang: str,
) -> Item:
    x, y = place
    shapes: list[Shape] = []
    if badges[0]:
        shapes.append(Marker(x, y, size + 6, (), style().ink, style().paper))
    shapes.append(mark(x, y, size, style().families[style().family(category)]))
    if badges[1]:
        shapes.append(_badge(x + size + 5, y - size - 1))
    for line, text in enumerate(wrap(one_line(called), SMALL, room, 2)):
        written = Text(x, y + size + 21 + 17 * line, ((text, badges[0]),), SMALL, style().ink, "middle")
        if badges[0]:
            written = said(x, y + size + 21 + 17 * line, text, SMALL, room=room, bold=True, anchor="middle")
        left, top, right, bottom = written.bounds
        shapes += [Box(left - 3, top - 1, right - left + 6, bottom - top, "#f3f5f7", "", 4), written]
    word = say(lang)["partners"]
    themes = about.get("themes")
    cells = [
        label("category", category, lang) if category else "",
        str(sheets),
        str(about.get("betweenness", "")),
        listed(themes) if isinstance(themes, list) else "",
        str(number),
    ]
    facts = tuple((term, value) for term, value in zip(word["nodes"], cells, strict=True) if value)
    if badges[0]:
        facts += ((str(word["broker"]).format(n=_BROKERS), str(word["yes"])),)
    if badges[1]:
        facts += ((str(word["cut"]), str(word["yes"])),)
    facets = {"family": (style().family(category),), "group": (str(number),)}
    return Item(_ident(node), "partner", one_line(called), tuple(shapes), facts, (), facets)


def _badge(x: float, y: float) -> Marker:
    return Marker(x, y, 5, (0, -1, 1, 0, 0, 1, -1, 0), style().ink, style().ink)


def _tie(
    shown: _Shown, tie: tuple[str, str], at: Mapping[str, tuple[float, float]], network: Network, lang: str
) -> Item:
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
    cells = (*names, str(edge["shared"]), _number(edge["weight"], lang), " ; ".join(lines))
    columns = say(lang)["partners"]["columns"]
    facts = ((columns[2], f"{edge['shared']} ({', '.join(map(one_line, codes))})"), (columns[3], cells[3]))
    facets = {"theme": tuple(sorted({str(data["theme"]) for data in edges}))}
    ends = (_ident(one), _ident(other))
    return Item(f"tie/{ends[0]}/{ends[1]}", "tie", " – ".join(names), (curve,), facts, lines, facets, ends, row=cells)


def _samples(nodes: Sequence[Item], ranked: Sequence[str], lang: str) -> tuple[Sample, ...]:
    word, seen = say(lang)["partners"], {code for item in nodes for code in item.facets["family"]}
    found = [
        Sample(label("family", code, lang), (mark(0, 0, 8, look),))
        for code, look in style().families.items()
        if code in seen
    ]
    labels = {item.label for item in nodes}
    if any(name in labels for name in ranked[:_BROKERS]):
        ring = (Marker(0, 0, 10, (), style().ink, style().paper), Marker(0, 0, 5, (), style().ink, style().soft))
        found.append(Sample(str(word["broker"]).format(n=_BROKERS), ring, 32))
    if any(fact[0] == word["cut"] for item in nodes for fact in item.facts):
        found.append(Sample(str(word["cut"]), (_badge(0, 0),)))
    return (*found, Sample(str(word["size_legend"])))
