"""Kind *governance*: bodies by type, who chairs and sits, what is shared, who sits without signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cdv_graph.diagram.kinds.crowded import crowded
from cdv_graph.diagram.kinds.governance_items import (
    CHAIRS,
    SEATS,
    TALL,
    Groups,
    bodies_column,
    body_item,
    dispositif_item,
    ground_of,
    look_of,
    partner_item,
    people_column,
    seat_item,
    shared_item,
)
from cdv_graph.diagram.kinds.network_parts import (
    TOP,
    Frame,
    Sample,
    facet,
    framed,
    label,
    mark,
    say,
    title_and,
)
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Curve, Marker
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line
from cdv_graph.query import Result

__all__ = ["governance_diagram"]

Row = Mapping[str, object]


def _grouped(rows: Sequence[Row], *columns: str) -> Groups:
    found: Groups = {}
    for row in rows:
        found.setdefault(tuple(one_line(row[column] or "") for column in columns), []).append(row)
    return found


def governance_diagram(
    governance: Result,
    shared: Result,
    gaps: Result,
    categories: Mapping[str, str],
    name: str,
    *,
    names: Mapping[str, str] | None = None,
    lang: str = "fr",
) -> Diagram:
    """The picture of the governance of a contract.

    Args:
        governance: the answer to `governance`.
        shared: the answer to `shared-governance`.
        gaps: the answer to `role-gaps`, to tell who sits without signing.
        categories: the category of each partner, by label.
        name: what the contract is called.
        names: what local dispositifs are called; the code by default.
        lang: `fr` or `en`.

    Returns:
        One item per body, partner (or function without an organisation) and dispositif; one tie per body, partner and
        role, and one per dispositif, body and status.
    """
    word = say(lang)["governance"]
    seats = [dict(row, who=row["partner"] or row["function"] or row["as_written"]) for row in governance.records()]
    bodies = _grouped(seats, "body_type", "body")
    ties = _grouped([row for row in seats if row["role"]], "body_type", "body", "who", "role")
    linked = _linked(shared, bodies, word["somewhere"])
    unsigned = {
        one_line(row["partner"]) for row in gaps.records() if (row["has"], row["lacks"]) == ("copil", "signature")
    }
    if any(not key[0] for key in linked):
        bodies[("", word["somewhere"])] = []
    middle, heads, bottom = bodies_column(bodies)
    order = list(style().families)
    family = {
        key[2]: order.index(style().family(categories.get(key[2], ""))) for key in ties if ties[key][0]["partner"]
    }
    people = people_column(ties, (2,), middle, bottom, family)
    dispositifs = people_column(linked, (2, 3), middle, bottom, {})
    beside = Counter[tuple[str, ...]]()  # ties of the same two: drawn side by side
    shapes_of_seats = []
    for key, rows in ties.items():
        shapes_of_seats.append(seat_item(key, rows, middle, people, 6 * beside[key[:3]], categories, lang))
        beside[key[:3]] += 1
    shapes_of_links = [shared_item(key, rows, middle, dispositifs, lang) for key, rows in linked.items()]
    tied = {key[:2] for key in (*ties, *linked)}
    nodes = [
        body_item(key, rows or [row for one, some in linked.items() if one[:2] == key for row in some],
                  middle[key], key in tied, lang)
        for key, rows in bodies.items()
    ]  # fmt: skip
    for (who,), y in people.items():
        nodes.append(partner_item(who, y, categories, who in unsigned, ties, lang))
    nodes += [dispositif_item(key, y, linked, names or {}, lang) for key, y in dispositifs.items()]
    items = [*shapes_of_links, *shapes_of_seats, *nodes]
    named = {key[2] for key, rows in ties.items() if rows[0]["partner"]}
    told = {"bodies": sum(bool(key[0]) for key in bodies), "partners": len(named), "dispositifs": len(dispositifs)}
    rows = [*governance.records(), *shared.records()]
    frame = Frame(
        kind="governance",
        title=title_and(word["title"], name),
        caption=word["caption"].format(**told) if items else str(say(lang)["empty"]),
        documents=tuple(sorted({str(row["document"]) for row in rows})),
        legend=(str(word["legend"]), _samples(items, unsigned & {who for (who,) in people}, lang)),
        columns=tuple(word["columns"]),
        facets=(*facet("body_type", items, lang), *facet("role", items, lang), *facet("family", items, lang)),
        note=crowded("governance", len(ties) + len(linked), lang),
    )
    bottom = max([bottom, TOP + 60, *(y + TALL for y in (*people.values(), *dispositifs.values()))])
    ground = ground_of(heads, bool(people), bool(dispositifs), bool(items), lang)
    return framed(frame, ground, items, bottom, lang)


def _linked(shared: Result, bodies: Mapping[tuple[str, ...], object], somewhere: str) -> Groups:
    """The rows of shared governance by body (its type, its name), dispositif, local one and status."""
    types = {body: kind for kind, body in bodies}
    rows = [
        dict(
            row,
            type=types.get(one_line(row["body"] or ""), "other") if row["body"] else "",
            at=row["body"] or somewhere,
        )
        for row in shared.records()
    ]
    return _grouped(rows, "type", "at", "dispositif", "dispositif_label", "status")


def _samples(items: Sequence[Item], unsigned: set[str], lang: str) -> tuple[Sample, ...]:
    word = say(lang)["governance"]
    roles = {role for item in items for role in item.facets.get("role", ())}
    found = []
    for text, some in (
        (word["chairs"], roles & CHAIRS),
        (word["sits"], roles & {"member"}),
        (word["others"], roles - SEATS),
    ):
        if some:
            found.append(Sample(text, (_line(*look_of(min(some))),), 44))
    for status in style().statuses:
        if any(item.id.startswith("shared/") and item.id.endswith(f"/{status}") for item in items):
            text = f"{word['shared']} ({label('status', status, lang)})"
            found.append(
                Sample(text, (_line(style().mode("governance").colour, 2, style().statuses[status].dash),), 44)
            )
    if unsigned:
        found.append(Sample(str(word["unsigned_legend"]), (Marker(0, 0, 11, (), "#d55e00", style().paper),), 32))
    families = {code for item in items for code in item.facets.get("family", ())}
    found += [
        Sample(label("family", code, lang), (mark(0, 0, 8, look),))
        for code, look in style().families.items()
        if code in families
    ]
    return tuple(found)


def _line(colour: str, wide: float, dash: tuple[float, ...]) -> Curve:
    return Curve(((-17, 0), (17, 0)), colour, wide, dash)
