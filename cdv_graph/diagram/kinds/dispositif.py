"""Kind *dispositif*: which contracts articulate it, by which elements, how, with which local one, carried by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.analysis.networks.concepts import named
from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.dispositif_entries import Entry, entries_of
from cdv_graph.diagram.kinds.dispositif_items import (
    carrier_items,
    contract_items,
    element_item,
    elements_column,
    headings,
    local_items,
)
from cdv_graph.diagram.kinds.network_parts import (
    Frame,
    Sample,
    facet,
    framed,
    label,
    say,
    spot,
    title_and,
)
from cdv_graph.diagram.model import Diagram
from cdv_graph.diagram.shapes import Box, Curve
from cdv_graph.diagram.style import style, words
from cdv_graph.query import Result

__all__ = ["dispositif_diagram"]


def dispositif_diagram(answer: Result, names: Mapping[str, str], *, lang: str = "fr", title: str = "") -> Diagram:
    """The picture of who articulates a dispositif and how.

    Args:
        answer: the answer to `articulations` about one dispositif.
        names: what contracts, elements (`contract/element`) and local dispositifs are called; the code by default.
        lang: `fr` or `en`.
        title: what the dispositif is called where the answer is empty.

    Returns:
        One item per element, theme and local dispositif (what is declared absent apart), one per contract, local
        dispositif and carrier, and one tie per pair of them that the rows tell.
    """
    entries = entries_of(answer, names)
    ground, placed, bottom = elements_column(entries, lang)
    local, local_ties = local_items(entries, placed, names, bottom, lang)
    carriers, carrier_ties = carrier_items(entries, placed, local, bottom, lang)
    contracts, bottom = contract_items(entries, placed, names, bottom, lang)
    elements = [element_item(entry, *placed[entry.key], names, lang) for entry in entries]
    items = [*local_ties, *carrier_ties, *contracts, *elements, *local.values(), *carriers]
    told, word = _told(answer, lang) or title, say(lang)
    frame = Frame(
        kind="dispositif",
        title=title_and(word["dispositif"]["title"], told),
        caption=_caption(answer, entries, lang),
        documents=tuple(sorted({str(row["document"]) for row in answer.records()})),
        legend=(str(words(lang)["legend"]), _samples(entries, lang)),
        columns=tuple(word["dispositif"]["columns"]),
        facets=(*facet("theme", items, lang), *facet("mode", items, lang), *facet("contract", items, lang, names)),
        note=crowded("dispositif", len(entries), lang),
    )
    tall = max([bottom, *(box.y + box.h for item in items for box in item.shapes if isinstance(box, Box))])
    return framed(frame, [*ground, *headings(entries, local, carriers, lang)], items, tall, lang)


def _told(answer: Result, lang: str) -> str:
    """What is asked about: acronym and name; a code that is no acronym says nothing more than the name."""
    pairs = {
        (str(row["dispositif"]), named("dispositif-type", str(row["dispositif_label"]), lang))
        for row in answer.records()
    }
    return " ; ".join(full if code in (code.lower(), full) else f"{code} ({full})" for code, full in sorted(pairs))


def _caption(answer: Result, entries: Sequence[Entry], lang: str) -> str:
    word = say(lang)
    if not entries:
        return str(word["empty"])
    return str(word["dispositif"]["caption"]).format(
        shown=len(entries),
        contracts=len({entry.key[0] for entry in entries}),
        local=len({entry.key[3] for entry in entries if entry.key[3]}),
        carriers=len({row["carrier"] for row in answer.records() if row["carrier"]}),
    )


def _samples(entries: Sequence[Entry], lang: str) -> tuple[Sample, ...]:
    seen = {mark for entry in entries for mark in entry.marks}
    modes = [mode for mode in style().modes if any(mode == one for one, _ in seen)]
    statuses = [status for status in style().statuses if any(status == one for _, one in seen)]
    found = []
    for mode in modes:
        status = next(status for status in statuses if (mode, status) in seen)
        found.append(Sample(label("mode", mode, lang), (spot(0, 0, 7, mode, status),)))
    for status in statuses:
        dash = style().statuses[status].dash
        line = Curve(((-17, 0), (17, 0)), style().soft, 1.8, dash)
        found.append(Sample(label("status", status, lang), (line, spot(0, 0, 7, "operational", status)), 44))
    if any(row["carrier"] for entry in entries for row in entry.rows):
        line = Curve(((-17, 0), (17, 0)), style().carrier["link"], 1.8)
        found.append(Sample(str(words(lang)["carried"]), (line,), 44))
    return tuple(found)
