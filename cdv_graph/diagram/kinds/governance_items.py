"""How the kind *governance* is drawn: bodies in the middle, dispositifs before them, who takes part after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.analysis.networks.concepts import named
from cdv_graph.diagram.kinds.network_parts import (
    MARGIN,
    SIZE,
    SMALL,
    START,
    TOP,
    WIDTH,
    label,
    lines_of,
    link,
    listed,
    mark,
    said,
    say,
)
from cdv_graph.diagram.kinds.placing import column
from cdv_graph.diagram.model import Item
from cdv_graph.diagram.shapes import Box, Marker, Shape
from cdv_graph.diagram.style import style

__all__ = [
    "CHAIRS",
    "SEATS",
    "TALL",
    "Groups",
    "bodies_column",
    "body_item",
    "dispositif_item",
    "ground_of",
    "look_of",
    "partner_item",
    "people_column",
    "seat_item",
    "shared_item",
]

_LEFT, _BODY, _RIGHT = (MARGIN, 380.0), (690.0, 560.0), (1510.0, 370.0)


TALL, _GAP, _HEAD = 34.0, 10.0, 32.0


CHAIRS = {"chair", "co-chair"}


SEATS = {*CHAIRS, "member"}


Row = Mapping[str, object]


Groups = dict[tuple[str, ...], list[Row]]


def bodies_column(
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
    y = START
    for kind in sorted({key[0] for key in bodies}, key=lambda kind: (order.index(kind) if kind in order else 99, kind)):
        start = y
        y += _HEAD if kind else 6
        for key in sorted(key for key in bodies if key[0] == kind):
            middle[key] = y + TALL / 2
            y += TALL + 6
        heads.append((kind, start, y))
        y += 14
    return middle, heads, y


def people_column(
    groups: Groups,
    parts: tuple[int, ...],
    middle: Mapping[tuple[str, ...], float],
    bottom: float,
    family: Mapping[str, int],
) -> dict[tuple[str, ...], float]:
    """The tops of what stands in a column: by family, then near what it is tied to."""
    pulls: dict[tuple[str, ...], list[float]] = {}
    for key in groups:
        pulls.setdefault(tuple(key[part] for part in parts), []).append(middle[key[:2]])
    wanted = sorted((family.get(key[0], 99), sum(pull) / len(pull), key) for key, pull in pulls.items())
    if family:
        spread = (bottom - START - TALL) / max(len(wanted) - 1, 1)
        wanted = [(rank, START + spread * place + TALL / 2, key) for place, (rank, _, key) in enumerate(wanted)]
    return column([(centre, TALL, key) for _, centre, key in wanted], _GAP, START, bottom - 14)


def ident(kind: str, *parts: str) -> str:
    """The id of an item, of its parts."""
    return "/".join((kind, *parts))


def _pill(column: tuple[float, float], top: float, text: str, stroke: str, inset: float = 16) -> tuple[Shape, ...]:
    x, room = column
    box = Box(x, top, room, TALL, style().paper, stroke, TALL / 2)
    return box, said(x + inset, top + 22, text, SIZE, room=room - inset - 16)


def body_item(key: tuple[str, ...], rows: Sequence[Row], y: float, tied: bool, lang: str) -> Item:
    """The box of a body."""
    kind, name = key
    word, x, room = say(lang)["governance"], _BODY[0], _BODY[1]
    often = listed(row.get("frequency") for row in rows)
    shapes: list[Shape] = [Box(x + 10, y - TALL / 2, room - 20, TALL, style().paper, style().ink, 6)]
    shapes.append(said(x + 24, y + 5, name, SIZE, room=room - 48))
    called, lines = label("body_type", kind, lang) if kind else "", lines_of(rows)
    terms = (word["columns"][1], word["columns"][5], word["columns"][4])
    told = (called, often, "" if kind else listed(row["how"] for row in rows))
    facts = tuple((term, value) for term, value in zip(terms, told, strict=True) if value)
    cells = () if tied else (name, called, word["nobody"], "", "", often, " ; ".join(lines))
    facets = {"body_type": (kind,)} if kind else {}
    return Item(ident("body", *key), "body", name, tuple(shapes), facts, lines, facets, row=cells)


def partner_item(who: str, y: float, categories: Mapping[str, str], unsigned: bool, ties: Groups, lang: str) -> Item:
    """Who takes part: a partner, or a function without an organisation."""
    word, top = say(lang)["governance"], y
    rows = [row for key, some in ties.items() if key[2] == who for row in some]
    named = any(row["partner"] for row in rows)
    category = categories.get(who, "")
    family = style().family(category)
    shapes = list(_pill(_RIGHT, top, who or word["unnamed"], style().carrier["stroke"], 42))
    x, middle = _RIGHT[0] + 21, top + TALL / 2
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
    return Item(ident("who", who), "partner", who or word["unnamed"], tuple(shapes), facts, lines_of(rows), facets)


def seat_item(
    key: tuple[str, ...],
    rows: Sequence[Row],
    middle: Mapping[tuple[str, ...], float],
    people: Mapping[tuple[str, ...], float],
    beside: float,
    categories: Mapping[str, str],
    lang: str,
) -> Item:
    """The tie between a body and who takes part in it, in one role; `beside` what other ties of the two."""
    kind, body, who, role = key
    end = (_RIGHT[0], people[who,] + TALL / 2 + beside)
    start = (_BODY[0] + _BODY[1] - 10, middle[kind, body] + beside)
    curve = link(start, end, *look_of(role))
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
    ends = (ident("body", kind, body), ident("who", who))
    return Item(
        ident("seat", *key), "tie", f"{body} – {cells[2]}", (curve,), facts, lines_of(rows), facets, ends, row=cells
    )


def look_of(role: str) -> tuple[str, float, tuple[float, ...]]:
    """Colour, width and dashes of the tie of a role."""
    if role in CHAIRS:
        return "#d55e00", 4.5, ()
    return (style().ink, 1.8, ()) if role in SEATS else (style().soft, 1.6, (5, 4))


def shared_item(
    key: tuple[str, ...],
    rows: Sequence[Row],
    middle: Mapping[tuple[str, ...], float],
    at: Mapping[tuple[str, ...], float],
    lang: str,
) -> Item:
    """The tie between a dispositif and a body that it shares."""
    kind, body, short, full, status = key
    start = (_LEFT[0] + _LEFT[1], at[short, full] + TALL / 2)
    look = style().statuses.get(status)
    curve = link(
        start, (_BODY[0] + 10, middle[kind, body]), style().mode("governance").colour, 2, look.dash if look else ()
    )
    word, told = say(lang)["governance"], listed(row["how"] for row in rows)
    state = label("status", status, lang)
    called = named("dispositif-type", full, lang)
    cells = (
        body,
        label("body_type", kind, lang) if kind else "",
        called,
        f"{word['shared']} ({state})",
        told,
        "",
        " ; ".join(lines_of(rows)),
    )
    facts = ((word["columns"][3], cells[3]), (word["columns"][4], told))
    ends = (ident("dispositif", short, full), ident("body", kind, body))
    facets = {"body_type": (kind,)} if kind else {}
    return Item(
        ident("shared", *key), "tie", f"{called} – {body}", (curve,), facts, lines_of(rows), facets, ends, row=cells
    )


def dispositif_item(key: tuple[str, ...], y: float, linked: Groups, names: Mapping[str, str], lang: str) -> Item:
    """A dispositif of which the governance is shared."""
    short, full = key
    rows = [row for one, some in linked.items() if one[2:4] == key for row in some]
    local = listed(names.get(str(row["local_dispositif"]), row["local_dispositif"]) for row in rows)
    called = named("dispositif-type", full, lang)
    name = called if short.lower() == short else f"{short} · {called}"
    state = listed(label("status", str(row["status"]), lang) for row in rows)
    facts = ((str(say(lang)["governance"]["shared"]), state), (str(say(lang)["local"]), local))
    return Item(
        ident("dispositif", *key),
        "dispositif",
        called,
        _pill(_LEFT, y, name, style().mode("governance").colour),
        tuple((term, value) for term, value in facts if value),
        lines_of(rows),
    )


def ground_of(
    heads: Sequence[tuple[str, float, float]], people: bool, dispositifs: bool, any_item: bool, lang: str
) -> list[Shape]:
    """The headings of the columns, and the grounds of the types of bodies."""
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
