"""Kind *partners*: who works with whom on the fiches of a contract, in communities, with those that bridge marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.cuts import cut_points
from cdv_graph.diagram.cards import in_order
from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    TOP,
    WIDTH,
    Frame,
    Sample,
    facet,
    framed,
    label,
    mark,
    said,
    say,
    title_and,
)
from cdv_graph.diagram.kinds.partners_items import (
    GAP,
    HEAD,
    SLOT,
    Partner,
    area_shapes,
    badge,
    node_item,
    number,
    places_of,
    tie_item,
)
from cdv_graph.diagram.kinds.partners_shown import BROKERS, Shown, kept, shown_of
from cdv_graph.diagram.kinds.placing import blocks, slots
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Marker
from cdv_graph.diagram.style import style
from cdv_graph.query import Result

if TYPE_CHECKING:
    from cdv_graph.analysis.networks.build import Network

__all__ = ["kept", "partners_diagram"]


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
    shown, word = shown_of(network), say(lang)["partners"]
    about = {str(row["partner"]): row for row in bridging.records()}
    ranked = [str(row["partner"]) for row in bridging.records() if row["betweenness"] and row["themes_bridged"]]
    cut = set(cut_points(network)["label"]) if len(network) else set()
    areas = blocks([len(group) for group in shown.groups], WIDTH - 2 * MARGIN, SLOT, HEAD, GAP)
    places = [places_of(area) for area in areas]
    weights = {(one, other): shown.whole.edges[one, other]["weight"] for one, other in shown.ties}
    at = slots(shown.groups, places, weights)
    most = max(shown.sheets.values(), default=1)
    ties = [tie_item(shown, tie, at, network, lang) for tie in shown.ties]
    nodes: list[Item] = []
    for place, group in enumerate(shown.groups, 1):
        for node in group:
            called = str(shown.whole.nodes[node]["label"])
            seen = Partner(
                node=node,
                called=called,
                category=categories.get(called, ""),
                group=place,
                sheets=shown.sheets[node],
                measures=about.get(called, {}),
                broker=called in ranked[:BROKERS],
                cut=called in cut,
                lines=in_order(line for *_, edge in network.edges(node, data=True) for line in edge["lines"]),
            )
            size = 7 + 11 * (seen.sheets / most) ** 0.5
            nodes.append(node_item(seen, at[node], size, areas[place - 1].w / areas[place - 1].columns - 14, lang))
    ground = [
        shape
        for place, area in enumerate(areas, 1)
        for shape in area_shapes(area, place, len(shown.groups[place - 1]), lang)
    ]
    bottom = max([TOP + 60, *(TOP + area.y + area.h for area in areas)])
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


def _note(shown: Shown, lang: str) -> str:
    word = say(lang)["partners"]
    if not shown.ties:
        return ""
    told = [word["backbone"].format(alpha=number(shown.alpha, lang)) if shown.alpha else word["everything"]]
    if shown.dropped:
        told.append(word["dropped"].format(n=shown.dropped))
    if shown.alpha:
        told.append(crowded("partners", shown.whole.number_of_edges(), lang))
    return " ".join(filter(None, told))


def _samples(nodes: Sequence[Item], ranked: Sequence[str], lang: str) -> tuple[Sample, ...]:
    word, seen = say(lang)["partners"], {code for item in nodes for code in item.facets["family"]}
    found = [
        Sample(label("family", code, lang), (mark(0, 0, 8, look),))
        for code, look in style().families.items()
        if code in seen
    ]
    labels = {item.label for item in nodes}
    if any(name in labels for name in ranked[:BROKERS]):
        ring = (Marker(0, 0, 10, (), style().ink, style().paper), Marker(0, 0, 5, (), style().ink, style().soft))
        found.append(Sample(str(word["broker"]).format(n=BROKERS), ring, 32))
    if any(fact[0] == word["cut"] for item in nodes for fact in item.facts):
        found.append(Sample(str(word["cut"]), (badge(0, 0),)))
    return (*found, Sample(str(word["size_legend"])))
