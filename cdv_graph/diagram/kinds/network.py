"""Kind *network*: any typed network. Several kinds of nodes stand in columns, one kind alone in groups (Louvain)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cdv_graph.analysis.networks.build import simple
from cdv_graph.analysis.networks.communities import partition
from cdv_graph.diagram.kinds.columns import heights, ordered, spread
from cdv_graph.diagram.kinds.network_items import Between, Place, boxed, dotted, facets, legend, tie
from cdv_graph.diagram.kinds.network_parts import MARGIN, TOP, WIDTH, Frame, framed, said, say, title_and
from cdv_graph.diagram.kinds.placing import blocks, slots
from cdv_graph.diagram.kinds.strongest import Shown, strongest
from cdv_graph.diagram.model import Diagram, Item, View
from cdv_graph.diagram.shapes import Box, Shape
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.text import one_line, width, wrap

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["ROWS", "network_diagram", "network_views"]

ROWS = 30
"""How many nodes a column shows."""
_SIZE, _LINE, _GAP, _MARK = 14.0, 17.0, 8.0, 34.0
_SLOT, _HEAD, _BETWEEN = (172.0, 108.0), 32.0, 24.0
_ONE_SIDE, _LEAST_GAP, _WIDEST_GAP, _WIDEST = 16, 72.0, 420.0, 460.0


def network_diagram(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> Diagram:
    """The picture of a network.

    Args:
        network: what `build_network` made, or any network whose nodes have `kind` and `label`.
        lang: `fr` or `en`.
        title: the title; that of the network by default.
        top: how many nodes of each kind, twice as many where they stand on two sides; all by default.

    Returns:
        One item per node, called as in the network, and one per pair of nodes that are tied.

    Raises:
        InputError: the language is unknown.
    """
    return _Drawing(network, lang, title).diagram(top)


def network_views(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> list[View]:
    """The pictures of a page: the strongest nodes, where that leaves some out, and all of them.

    Args and errors are those of `network_diagram`.
    """
    drawing = _Drawing(network, lang, title)
    whole = View("whole", say(lang)["network"]["everything"], drawing.diagram(None))
    if top is None or len((first := drawing.diagram(top)).items) == len(whole.diagram.items):
        return [whole]
    return [View("overview", words(lang)["overview"], first), whole]


@dataclass(frozen=True)
class _Drawing:
    network: Network
    lang: str
    title: str

    def diagram(self, top: int | None) -> Diagram:
        shown = strongest(simple(self.network), top)
        between = _between(self.network)
        ground: list[Shape] = []
        if len(shown.levels) == 1:
            places, ground, bottom = _grouped(shown)
        else:
            places, bottom = _in_columns(shown, self.lang)
        most = max((1, *(shown.graph.degree(node) for node in shown.graph)))
        pairs = sorted(
            shown.graph.edges(data=True), key=lambda pair: (pair[2]["strength"], pair[2]["weight"], pair[:2])
        )
        ties = [
            tie(self.network, between[min(one, other), max(one, other)], places, self.lang) for one, other, _ in pairs
        ]
        draw = dotted if len(shown.levels) == 1 else boxed
        nodes = [
            draw(node, shown.whole, places[node], (shown.graph.degree(node) / most) ** 0.5, ties_of, self.lang)
            for node, ties_of in _by_node(places, ties).items()
        ]
        if not nodes:
            ground.append(said(WIDTH / 2, TOP + 20, say(self.lang)["empty"], 20, anchor="middle"))
        items = [*ties, *nodes]
        return framed(self._frame(shown, items), ground, items, max(bottom, TOP + 60), self.lang)

    def _frame(self, shown: Shown, items: Sequence[Item]) -> Frame:
        word, about = say(self.lang)["network"], self.network.graph
        cut = len(shown.graph) < len(shown.whole) or shown.graph.number_of_edges() < shown.whole.number_of_edges()
        told = {"shown": len(shown.graph), "total": len(shown.whole), "kept": word["strongest" if cut else "whole"]}
        told |= {"ties": shown.graph.number_of_edges(), "all": shown.whole.number_of_edges()}
        name = about.get("title_en") if self.lang == "en" else ""
        return Frame(
            kind="network",
            title=one_line(self.title or title_and(str(name or about.get("title", "")), self._of())),
            caption=word["caption"].format(**told) if items else str(say(self.lang)["empty"]),
            documents=tuple(filter(None, str(about.get("source", "")).split(" ; "))),
            legend=(str(word["legend"]), legend(items, self.network, self.lang)),
            columns=tuple(word["columns"]),
            facets=facets(items, self.lang),
            note=self._note(shown) if cut else "",
        )

    def _of(self) -> str:
        """What was asked for: the contract by its name; the other values as they were given."""
        about = self.network.graph
        given = dict(pair.split("=", 1) for pair in str(about.get("parameters", "")).split(", ") if "=" in pair)
        if "contract_name" in about:
            given["contract"] = str(about["contract_name"])
        return ", ".join(given.values())

    def _note(self, shown: Shown) -> str:
        word, told = say(self.lang)["network"], []
        if shown.alpha:
            alpha = f"{shown.alpha:g}".replace(".", "," if self.lang == "fr" else ".")
            told.append(say(self.lang)["partners"]["backbone"].format(alpha=alpha))
        if left := len(shown.whole) - len(shown.graph):
            told.append(word["left"].format(n=left))
        told.append(word["better"].get(self.network.graph.get("kind", ""), ""))
        return " ".join(filter(None, told))


def _between(network: Network) -> dict[tuple[str, str], Between]:
    """The edges between two nodes, in the direction of the first."""
    found: dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for start, end, edge in network.edges(data=True):
        found[min(start, end), max(start, end)].append((start, end, edge))
    return {pair: Between(*edges[0][:2], [edge for *_, edge in edges]) for pair, edges in found.items()}


def _by_node(places: Mapping[str, Place], ties: Sequence[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {node: [] for node in places}
    for item in ties:
        for end in item.ends:
            found[end].append(item)
    return found


def _in_columns(shown: Shown, lang: str) -> tuple[dict[str, Place], float]:
    """Where each node stands, and where the lowest ends."""
    columns = spread(ordered(shown.graph, shown.levels), _ONE_SIDE)
    names = {node: Place.called(shown.graph.nodes[node], lang) or one_line(node) for node in shown.graph}
    needs = [max(width(names[node], _SIZE) for node in column) + _MARK + 12 for column in columns]
    room = _share(needs, WIDTH - 2 * MARGIN - _LEAST_GAP * (len(columns) - 1))
    wraps = {node: wrap(names[node], _SIZE, room - _MARK - 12, 2) for node in shown.graph}
    wide = [max(width(line, _SIZE) for node in column for line in wraps[node]) + _MARK + 12 for column in columns]
    tall = {node: _LINE * len(lines) + 12 for node, lines in wraps.items()}
    middle = heights(shown.graph, columns, tall, _GAP)
    gap = min((WIDTH - 2 * MARGIN - sum(wide)) / max(len(columns) - 1, 1), _WIDEST_GAP)
    x = (WIDTH - sum(wide) - gap * (len(columns) - 1)) / 2
    found: dict[str, Place] = {}
    for column, w in zip(columns, wide, strict=True):
        for node in column:
            found[node] = Place(round(x, 2), round(TOP + middle[node], 2), round(w, 2), tall[node], wraps[node])
        x += w + gap
    return found, max((place.y + place.h / 2 for place in found.values()), default=TOP)


def _share(needs: Sequence[float], room: float) -> float:
    """The width that no column passes, so that all of them fit: what narrow ones leave goes to the wide ones."""
    left = sorted(needs)
    while left and left[0] <= room / len(left):
        room -= left.pop(0)
    return min(room / len(left), _WIDEST) if left else _WIDEST


def _grouped(shown: Shown) -> tuple[dict[str, Place], list[Shape], float]:
    """The same for nodes of one kind: each group in a frame of its own."""
    groups = partition(shown.graph)
    areas = blocks([len(group) for group in groups], WIDTH - 2 * MARGIN, _SLOT, _HEAD, _BETWEEN)
    places, ground = [], []
    for area in areas:
        x, y, wide, tall = MARGIN + area.x, TOP - 10 + area.y, area.w / area.columns, _SLOT[1]
        ground.append(Box(x, y, area.w, area.h, "#f3f5f7", style().rule, 12))
        places.append(
            [
                (round(x + (column + 0.5) * wide, 2), round(y + _HEAD + row * tall + (14 if column % 2 else 0), 2))
                for row in range(area.rows)
                for column in range(area.columns)
            ]
        )
    weights = {(one, other): float(edge["weight"]) for one, other, edge in shown.graph.edges(data=True)}
    at = slots(groups, places, _heaviest(shown.graph, weights))
    room = {node: area.w / area.columns - 14 for group, area in zip(groups, areas, strict=True) for node in group}
    found = {node: Place(*at[node], room[node], 0.0) for group in groups for node in group}
    return found, list(ground), max((TOP - 10 + area.y + area.h for area in areas), default=TOP)


def _heaviest(graph: Simple, weights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The ties that places are chosen by: the heaviest, about four for each node."""
    first = sorted(weights, key=lambda pair: (-weights[pair], pair))[: 4 * len(graph)]
    return {pair: weights[pair] for pair in first}
