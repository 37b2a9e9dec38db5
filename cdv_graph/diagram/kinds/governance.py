"""Kind *governance*: bodies by type, who chairs and sits, what is shared, who sits without signing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    SMALL,
    TOP,
    WIDTH,
    Frame,
    Sample,
    facet,
    framed,
    label,
    lines_of,
    link,
    listed,
    mark,
    said,
    say,
    title_and,
)
from cdv_graph.diagram.kinds.placing import near
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Curve, Marker, Shape
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import one_line
from cdv_graph.query import Result

__all__ = ["governance_diagram"]

_LEFT, _BODY, _RIGHT = (MARGIN, 380.0), (690.0, 560.0), (1510.0, 370.0)
_TALL, _GAP, _HEAD = 34.0, 10.0, 32.0
_CHAIRS = {"chair", "co-chair"}
_SEATS = {*_CHAIRS, "member"}
_MANY = 120

_Row = Mapping[str, object]
_Groups = dict[tuple[str, ...], list[_Row]]


def _grouped(rows: Sequence[_Row], *columns: str) -> _Groups:
    found: _Groups = {}
    for row in rows:
        found.setdefault(tuple(one_line(row[column] or "") for column in columns), []).append(row)
    return found


def governance_diagram(
    governance: Result, shared: Result, gaps: Result, categories: Mapping[str, str], name: str, *, lang: str = "fr"
) -> Diagram:
    """The picture of the governance of a contract.

    Args:
        governance: the answer to `governance`.
        shared: the answer to `shared-governance`.
        gaps: the answer to `role-gaps`, to tell who sits without signing.
        categories: the category of each partner, by label.
        name: what the contract is called.
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
    middle, heads, bottom = _bodies(bodies)
    order = list(style().families)
    family = {
        key[2]: order.index(style().family(categories.get(key[2], ""))) for key in ties if ties[key][0]["partner"]
    }
    people = _column(ties, (2,), middle, bottom, family)
    dispositifs = _column(linked, (2, 3), middle, bottom, {})
    shapes_of_seats = [_seat(key, rows, middle, people, categories, lang) for key, rows in ties.items()]
    shapes_of_links = [_shared(key, rows, middle, dispositifs, lang) for key, rows in linked.items()]
    tied = {key[:2] for key in (*ties, *linked)}
    nodes = [_body(key, rows, middle[key], key in tied, lang) for key, rows in bodies.items()]
    for (who,), y in people.items():
        nodes.append(_who(who, y, categories, who in unsigned, ties, lang))
    nodes += [_dispositif(key, y, linked, lang) for key, y in dispositifs.items()]
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
        note=word["many"].format(ties=len(ties) + len(linked)) if len(ties) + len(linked) > _MANY else "",
    )
    bottom = max([bottom, TOP + 60, *(TOP + 30 + y + _TALL for y in (*people.values(), *dispositifs.values()))])
    ground = _ground(heads, bool(people), bool(dispositifs), bool(items), lang)
    return framed(frame, ground, items, bottom, lang)


def _linked(shared: Result, bodies: Mapping[tuple[str, ...], object], somewhere: str) -> _Groups:
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


def _bodies(
    bodies: Mapping[tuple[str, ...], object],
) -> tuple[dict[tuple[str, ...], float], list[tuple[str, float, float]], float]:
    """The middle of each body, the types with where they start and end, and where it all ends."""
    middle: dict[tuple[str, ...], float] = {}
    heads: list[tuple[str, float, float]] = []
    order = (
        "copil",
        "cotech",
        "project-team",
        "board",
        "college",
        "commission",
        "territorial-conference",
        "working-group",
        "citizen-council",
        "network",
        "other",
        "",
    )
    y = TOP + 30
    for kind in sorted({key[0] for key in bodies}, key=lambda kind: (order.index(kind) if kind in order else 99, kind)):
        start = y
        y += _HEAD if kind else 6
        for key in sorted(key for key in bodies if key[0] == kind):
            middle[key] = y + _TALL / 2
            y += _TALL + 6
        heads.append((kind, start, y))
        y += 14
    return middle, heads, y


def _column(
    groups: _Groups,
    parts: tuple[int, ...],
    middle: Mapping[tuple[str, ...], float],
    bottom: float,
    family: Mapping[str, int],
) -> dict[tuple[str, ...], float]:
    """The tops of what stands in a column, counted from its start: by family, then near what it is tied to."""
    pulls: dict[tuple[str, ...], list[float]] = {}
    for key in groups:
        pulls.setdefault(tuple(key[part] for part in parts), []).append(middle[key[:2]] - TOP - 30)
    wanted = sorted((family.get(key[0], 99), sum(pull) / len(pull), key) for key, pull in pulls.items())
    if family:
        spread = (bottom - TOP - 30 - _TALL) / max(len(wanted) - 1, 1)
        wanted = [(rank, spread * place + _TALL / 2, key) for place, (rank, _, key) in enumerate(wanted)]
    tops = near([(centre, _TALL) for _, centre, _ in wanted], _GAP, bottom - TOP - 30 - 14)
    return {key: top for top, (*_, key) in zip(tops, wanted, strict=True)}


def _id(kind: str, *parts: str) -> str:
    return "/".join((kind, *parts))


def _pill(column: tuple[float, float], top: float, text: str, stroke: str, inset: float = 16) -> tuple[Shape, ...]:
    x, room = column
    box = Box(x, top, room, _TALL, style().paper, stroke, _TALL / 2)
    return box, said(x + inset, top + 22, text, SIZE, room=room - inset - 16)


def _body(key: tuple[str, ...], rows: Sequence[_Row], y: float, tied: bool, lang: str) -> Item:
    kind, name = key
    word, x, room = say(lang)["governance"], _BODY[0], _BODY[1]
    often = listed(row["frequency"] for row in rows)
    shapes: list[Shape] = [Box(x + 10, y - _TALL / 2, room - 20, _TALL, style().paper, style().ink, 6)]
    shapes.append(said(x + 24, y + 5, name, SIZE, room=room - 48))
    called, lines = label("body_type", kind, lang) if kind else "", lines_of(rows)
    facts = tuple(
        (term, value)
        for term, value in zip((word["columns"][1], word["columns"][5]), (called, often), strict=True)
        if value
    )
    cells = () if tied else (name, called, word["nobody"], "", "", often, " ; ".join(lines))
    facets = {"body_type": (kind,)} if kind else {}
    return Item(_id("body", *key), "body", name, tuple(shapes), facts, lines, facets, row=cells)


def _who(who: str, y: float, categories: Mapping[str, str], unsigned: bool, ties: _Groups, lang: str) -> Item:
    word, top = say(lang)["governance"], TOP + 30 + y
    rows = [row for key, some in ties.items() if key[2] == who for row in some]
    named = any(row["partner"] for row in rows)
    category = categories.get(who, "")
    family = style().family(category)
    shapes = list(_pill(_RIGHT, top, who or word["unnamed"], style().carrier["stroke"], 42))
    x, middle = _RIGHT[0] + 21, top + _TALL / 2
    if unsigned:
        shapes.append(Marker(x, middle, 14, (), "#d55e00", style().paper))
    if named:
        shapes.append(mark(x, middle, 8, style().families[family]))
    facts: tuple[tuple[str, str], ...] = (
        (say(lang)["facets"]["family"], label("category", category, lang) if named and category else word["unnamed"]),
    )
    if unsigned:
        facts += ((word["unsigned"], say(lang)["partners"]["yes"]),)
    facets = {"family": (family,)} if named else {}
    return Item(_id("who", who), "partner", who or word["unnamed"], tuple(shapes), facts, lines_of(rows), facets)


def _seat(
    key: tuple[str, ...],
    rows: Sequence[_Row],
    middle: Mapping[tuple[str, ...], float],
    people: Mapping[tuple[str, ...], float],
    categories: Mapping[str, str],
    lang: str,
) -> Item:
    kind, body, who, role = key
    end = (_RIGHT[0], TOP + 30 + people[who,] + _TALL / 2)
    start = (_BODY[0] + _BODY[1] - 10, middle[kind, body])
    curve = link(start, end, *_look(role))
    cells = (
        body,
        label("body_type", kind, lang),
        who or say(lang)["governance"]["unnamed"],
        label("role", role, lang),
        listed(row["function"] for row in rows),
        listed(row["frequency"] for row in rows),
        " ; ".join(lines_of(rows)),
    )
    facts = tuple(
        (term, value) for term, value in zip(say(lang)["governance"]["columns"][3:6], cells[3:6], strict=True) if value
    )
    facets = {"body_type": (kind,), "role": (role,)}
    if rows[0]["partner"]:
        facets["family"] = (style().family(categories.get(who, "")),)
    ends = (_id("body", kind, body), _id("who", who))
    return Item(
        _id("seat", *key), "tie", f"{body} – {cells[2]}", (curve,), facts, lines_of(rows), facets, ends, row=cells
    )


def _look(role: str) -> tuple[str, float, tuple[float, ...]]:
    if role in _CHAIRS:
        return "#d55e00", 4.5, ()
    return ("#0072b2", 2.0, ()) if role in _SEATS else (style().soft, 1.6, (5, 4))


def _shared(
    key: tuple[str, ...],
    rows: Sequence[_Row],
    middle: Mapping[tuple[str, ...], float],
    at: Mapping[tuple[str, ...], float],
    lang: str,
) -> Item:
    kind, body, short, full, status = key
    start = (_LEFT[0] + _LEFT[1], TOP + 30 + at[short, full] + _TALL / 2)
    look = style().statuses.get(status)
    curve = link(
        start, (_BODY[0] + 10, middle[kind, body]), style().mode("governance").colour, 2, look.dash if look else ()
    )
    word, told = say(lang)["governance"], listed(row["how"] for row in rows)
    state = label("status", status, lang)
    cells = (
        body,
        label("body_type", kind, lang) if kind else "",
        full,
        f"{word['shared']} ({state})",
        told,
        "",
        " ; ".join(lines_of(rows)),
    )
    facts = ((word["columns"][3], cells[3]), (word["columns"][4], told))
    ends = (_id("dispositif", short, full), _id("body", kind, body))
    facets = {"body_type": (kind,)} if kind else {}
    return Item(
        _id("shared", *key), "tie", f"{full} – {body}", (curve,), facts, lines_of(rows), facets, ends, row=cells
    )


def _dispositif(key: tuple[str, ...], y: float, linked: _Groups, lang: str) -> Item:
    short, full = key
    rows = [row for one, some in linked.items() if one[2:4] == key for row in some]
    local = listed(row["local_dispositif"] for row in rows)
    name = full if short.lower() == short else f"{short} · {full}"
    facts = ((str(say(lang)["local"]), local),) if local else ()
    return Item(
        _id("dispositif", *key),
        "dispositif",
        full,
        _pill(_LEFT, TOP + 30 + y, name, style().mode("governance").colour),
        facts,
        lines_of(rows),
    )


def _ground(
    heads: Sequence[tuple[str, float, float]], people: bool, dispositifs: bool, any_item: bool, lang: str
) -> list[Shape]:
    word = say(lang)["governance"]
    if not any_item:
        return [said(WIDTH / 2, TOP + 20, say(lang)["empty"], 20, anchor="middle")]
    found: list[Shape] = []
    for (x, room), text, there in zip((_LEFT, _BODY, _RIGHT), word["heads"], (dispositifs, True, people), strict=True):
        if there:
            found.append(said(x + room / 2, TOP + 16, text, 17, bold=True, anchor="middle"))
    for kind, start, end in heads:
        found.append(Box(_BODY[0], start, _BODY[1], end - start + 4, "#f3f5f7", style().rule, 8))
        if kind:
            found.append(
                said(
                    _BODY[0] + 14,
                    start + 22,
                    label("body_type", kind, lang),
                    SMALL,
                    room=_BODY[1] - 28,
                    bold=True,
                    colour=style().soft,
                )
            )
    return found


def _samples(items: Sequence[Item], unsigned: set[str], lang: str) -> tuple[Sample, ...]:
    word = say(lang)["governance"]
    roles = {role for item in items for role in item.facets.get("role", ())}
    found = []
    for text, some in (
        (word["chairs"], roles & _CHAIRS),
        (word["sits"], roles & {"member"}),
        (word["others"], roles - _SEATS),
    ):
        if some:
            found.append(Sample(text, (_line(*_look(min(some))),), 44))
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
