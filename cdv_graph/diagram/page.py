"""Any diagram as one HTML file that works without a network: the picture to explore, and the same rows as a table.

The picture is the very SVG that a static rendering writes, one per view. What is told of its items stands beside it
once, as JSON; the script, in parts in the folder `web`, only shows, hides and reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from cdv_graph.diagram.model import Diagram, Facet, Item, View
from cdv_graph.diagram.style import worded
from cdv_graph.diagram.svg import drawing
from cdv_graph.diagram.text import clean, one_line

__all__ = ["page", "page_words"]

_WEB = Path(__file__).with_name("web")
# in the order in which they run
_SCRIPTS = ("base", "stage", "filters", "reading", "search", "table", "export", "keyboard", "start")


def page_words(lang: str) -> Mapping[str, Any]:
    """What a page says in a language, whatever it shows.

    Raises:
        InputError: the language is neither `fr` nor `en`.

    Example:
        >>> page_words("fr")["export"]
        'Exporter'
    """
    return worded(_WEB / "words.yaml", lang)


def page(diagram: Diagram | Sequence[View], *, lang: str = "fr") -> bytes:
    """The page of a diagram, or of several views of one.

    Args:
        diagram: what to show; of several views the first is shown at first. An item of several views has the same id
            in each.
        lang: `fr` or `en`.

    Raises:
        InputError: the language is unknown.

    Example:
        >>> empty = Diagram("contract", "A & B", "", "", 10, 10, (), ())
        >>> b"<title>A &amp; B</title>" in page(empty)
        True
    """
    views = [View("all", "", diagram)] if isinstance(diagram, Diagram) else diagram
    drawings = [drawing(view.diagram) for view in views]
    filled = {
        "lang": lang,
        "title": escape(one_line(views[0].diagram.title)),
        "style": _WEB.joinpath("page.css").read_text("utf-8"),
        "drawing": drawings[0],
        "drawings": "\n".join(f'<template class="drawing">{later}</template>' for later in drawings[1:]),
        "data": _json(_data(views, lang)),
        "script": "\n".join(_WEB.joinpath(f"{name}.js").read_text("utf-8") for name in _SCRIPTS),
        "noscript": escape(page_words(lang)["noscript"]),
    }
    template = _WEB.joinpath("page.html").read_text("utf-8")
    return re.sub(r"@@(\w+)@@", lambda place: filled[place[1]], template).encode()


def _json(data: object) -> str:
    """JSON that may stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _cleaned(value: Any) -> Any:
    """The same without the characters that no file takes."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(held) for key, held in value.items()}
    return [_cleaned(held) for held in value]


def _data(views: Sequence[View], lang: str) -> Mapping[str, Any]:
    """What the page says, and of each view the numbers of its items: most stand in several."""
    numbers: dict[str, int] = {}
    shown = []
    for view in views:
        items = [numbers.setdefault(_json(_record(item)), len(numbers)) for item in view.diagram.items]
        told = {"title": view.diagram.title, "caption": view.diagram.caption, "note": view.diagram.note}
        named = {"name": view.name, "label": view.label, "columns": view.diagram.columns}
        shown.append({**_cleaned(named | told), "items": items})
    return {
        "lang": lang,
        "words": page_words(lang),
        "facets": [_cleaned(asdict(facet)) for facet in _facets(views)],
        "records": [json.loads(record) for record in numbers],
        "views": shown,
    }


def _record(item: Item) -> dict[str, Any]:
    """What is told of an item; what is empty is left out."""
    told = {
        **{"id": item.id, "kind": item.kind, "label": item.label, "within": item.within},
        **{"facts": item.facts, "lines": item.lines, "facets": item.facets, "ends": item.ends, "row": item.row},
    }
    cleaned: dict[str, Any] = _cleaned({name: value for name, value in told.items() if value})
    return cleaned


def _facets(views: Sequence[View]) -> list[Facet]:
    """The facets of all views, each with the values of all of them, in the order of the view that has most."""
    found: dict[str, Facet] = {}
    by_size = sorted(views, key=lambda view: -sum(len(facet.values) for facet in view.diagram.facets))
    for facet in (facet for view in by_size for facet in view.diagram.facets):
        before = found.get(facet.name, Facet(facet.name, facet.label, ()))
        known = {code for code, _ in before.values}
        more = tuple(pair for pair in facet.values if pair[0] not in known)
        found[facet.name] = Facet(facet.name, before.label, before.values + more)
    return list(found.values())
