"""One HTML file that works without a network: the picture to explore, and the same rows as a table.

Every view is laid out here: the overview, the whole, and each theme alone; the page only shows them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.cards import Card, Entry, caption, cards, label_of, one_line, title_of
from cdv_graph.diagram.layout import CARRIER_SIZE, HEAD, LABEL_SIZE, PlacedCard, PlacedCarrier, PlacedEntry, arrange
from cdv_graph.diagram.scene import HEAD_SIZE, count, heading
from cdv_graph.diagram.style import style, words

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["html"]

_HERE = Path(__file__).parent
_OVERVIEW, _WHOLE = "overview", "whole"
Element = dict[str, Any]


def html(network: Network, *, lang: str = "fr", title: str = "", top: int | None = None) -> bytes:
    """The page of a network.

    Args:
        network: what `contract_network` made.
        lang: `fr` or `en`.
        title: the title; that of the network by default.
        top: how many dispositifs per theme the first view shows; all by default.
    """
    name = title_of(network, title, lang)
    filled = {
        "lang": lang,
        "title": escape(name),
        "data": _json(_data(network, name, lang, top)),
        "cytoscape": _HERE.joinpath("vendor", "cytoscape.min.js").read_text("utf-8").replace("</script", "<\\/script"),
    }
    template = _HERE.joinpath("template.html").read_text("utf-8")
    return re.sub(r"@@(\w+)@@", lambda place: filled[place[1]], template).encode()


def _json(data: object) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(network: Network, name: str, lang: str, top: int | None) -> Mapping[str, Any]:
    names = {node: label_of(attributes, lang) for node, attributes in network.nodes(data=True)}
    everything = cards(network, lang=lang)
    overview = cards(network, lang=lang, top=top)
    views = {_OVERVIEW: _view(overview, names, lang), _WHOLE: _view(everything, names, lang)}
    views |= {"theme/" + card.theme: _view([card], names, lang) for card in everything}
    look, say = style(), words(lang)
    return {
        "title": name,
        "captions": {
            _OVERVIEW: caption(network, overview, lang, top),
            _WHOLE: caption(network, everything, lang, None),
        },
        "words": say,
        "source": str(say["source"]).format(source=one_line(network.graph["source"])),
        "look": {"ink": look.ink, "soft": look.soft, "paper": look.paper, "font": look.font, **look.carrier},
        "modes": _modes(everything, lang),
        "statuses": {code: {"dash": s.dash, "hollow": s.hollow} for code, s in look.statuses.items()},
        "themes": [{"code": card.theme, "label": card.label, "total": card.total} for card in everything],
        "dispositifs": {
            node: {"name": entry.acronym, "label": entry.label, "local": network.nodes[node]["local"]}
            for node, entry in sorted({e.node: e for card in everything for e in card.entries}.items())
        },
        "partners": {node: name for node, name in names.items() if node.startswith("partner/")},
        "rows": [_row(card, entry) for card in everything for entry in card.entries],
        "views": views,
    }


def _modes(shown: list[Card], lang: str) -> list[Element]:
    """Every mode that is seen, and a status that it is seen with."""
    marks = [mark for card in shown for entry in card.entries for mark in entry.marks]
    strongest = {(mark.mode, mark.status) for mark in marks}
    seen = {(code, mark.status) for mark in marks for code in mark.modes or ("",)}
    found = []
    for code, look in style().modes.items():
        order = sorted(style().statuses, key=lambda status: (code, status) not in strongest)
        statuses = [status for status in order if (code, status) in seen]
        if statuses:
            sample = {"code": code, "label": words(lang)["modes"][code], "status": statuses[0]}
            found.append({**sample, "colour": look.colour, "points": look.points})
    return found


def _row(card: Card, entry: Entry) -> Mapping[str, Any]:
    return {
        "theme": card.theme,
        "dispositif": entry.node,
        "modes": entry.modes,
        "statuses": [mark.status for mark in entry.marks],
        "carriers": entry.carriers,
        "elements": entry.elements,
        "lines": entry.lines,
    }


def _view(shown: list[Card], names: dict[str, str], lang: str) -> list[Element]:
    """The elements of cytoscape.js for one arrangement."""
    layout = arrange(shown, names)
    carriers = {carrier.node: carrier for carrier in layout.carriers}
    found: list[Element] = []
    for card in layout.cards:
        found += _card(card, lang)
        for row in card.entries:
            found += _entry(card, row)
            found += [_link(card, row, carriers[partner]) for partner in row.entry.carriers]
    for carrier in layout.carriers:
        centre = carrier.x + carrier.w / 2, carrier.y + carrier.h / 2
        data = {
            "id": carrier.node,
            "w": carrier.w,
            "h": carrier.h,
            "size": CARRIER_SIZE,
            "label": "\n".join(carrier.lines),
        }
        found.append(_node("carrier", centre, data))
    return found


def _node(kind: str, centre: tuple[float, float], data: Element) -> Element:
    return {
        "group": "nodes",
        "classes": kind,
        "data": data,
        "position": {"x": round(centre[0], 1), "y": round(centre[1], 1)},
    }


def _head(card: PlacedCard) -> str:
    return f"theme/{card.card.theme}/{card.part}"


def _card(card: PlacedCard, lang: str) -> Iterator[Element]:
    look, theme = style().theme(card.card.theme), card.card.theme
    middle = card.x + card.w / 2
    ground = {"id": f"card/{theme}/{card.part}", "theme": theme, "w": card.w, "h": card.h, "colour": look.spine}
    yield _node("card", (middle, card.y + card.h / 2), ground)
    tall = card.entries[-1].y - card.y - HEAD
    spine = {"id": f"spine/{theme}/{card.part}", "theme": theme, "w": 3, "h": tall, "colour": look.spine}
    yield _node("spine", (card.spine, card.y + HEAD + tall / 2), spine)
    head = {
        "id": _head(card),
        "theme": theme,
        "w": card.w,
        "h": HEAD,
        "size": HEAD_SIZE,
        "fill": look.fill,
        "colour": look.spine,
    }
    head["label"] = f"{heading(card, lang, card.w - 180)} – {count(card, lang)}"
    yield _node("theme", (middle, card.y + HEAD / 2), head)


def _entry(card: PlacedCard, row: PlacedEntry) -> Iterator[Element]:
    entry, theme = row.entry, card.card.theme
    first, look = entry.marks[0], style().mode(entry.marks[0].mode)
    node = f"entry/{theme}/{entry.node}"
    data: Element = {"id": node, "theme": theme, "dispositif": entry.node, "modes": entry.modes, "mode": first.mode}
    data |= {"status": first.status, "size": 14 * look.scale, "font": LABEL_SIZE}
    data["label"] = "".join(piece for piece, _ in row.pieces) + (f"  {row.times}" if row.times else "")
    yield _node("entry left" if card.left else "entry right", (row.x, row.y), data)
    head_x, head_y = card.x + card.w / 2, card.y + HEAD / 2
    for place, mark in enumerate(entry.marks):
        shift = (place - (len(entry.marks) - 1) / 2) * 6
        edge = {
            "id": f"{node}/{mark.status}",
            "source": _head(card),
            "target": node,
            "from": f"{round(row.spine - head_x, 1)} {round(row.y + shift - head_y, 1)}",
            "to": f"0 {shift}",
            "mode": mark.mode,
            "status": mark.status,
            "dispositif": entry.node,
            "width": round(1.4 + 0.3 * mark.strength, 1),
        }
        yield {"group": "edges", "classes": "articulation", "data": edge}


def _link(card: PlacedCard, row: PlacedEntry, carrier: PlacedCarrier) -> Element:
    """A link, flat where it leaves its card and reaches its carrier; its bends are told from the chord."""
    side = -1 if card.left else 1
    start = (row.port, row.y)
    end = (carrier.x + carrier.w / 2 + side * carrier.w / 2, carrier.y + carrier.h / 2)
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    bends = ((dx * 0.35, 0.0), (dx * 0.65, dy))
    node = f"entry/{card.card.theme}/{row.entry.node}"
    data = {
        "id": f"{node}/{carrier.node}",
        "source": node,
        "target": carrier.node,
        "dispositif": row.entry.node,
        "from": f"{round(row.port - row.x, 1)} 0",
        "to": f"{round(side * carrier.w / 2, 1)} 0",
        "along": [round((x * dx + y * dy) / square, 4) for x, y in bends],
        "aside": [round((y * dx - x * dy) / math.sqrt(square), 2) for x, y in bends],
    }
    return {"group": "edges", "classes": "link", "data": data}
