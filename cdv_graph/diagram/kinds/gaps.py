"""What a contract does not articulate although something makes one expect it, beside what it does articulate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdv_graph.analysis.networks.concepts import named, top_theme
from cdv_graph.analysis.networks.contract import contract_network
from cdv_graph.diagram.cards import Entry, Mark, cards, in_order
from cdv_graph.diagram.kinds.network_parts import element_name
from cdv_graph.diagram.kinds.table_parts import (
    LABEL,
    SMALL,
    WIDTH,
    Frame,
    Sample,
    bold,
    facet,
    line_of,
    mark,
    marked,
    say,
    theme_label,
    title_pieces,
    top_themes,
    written,
)
from cdv_graph.diagram.legend import MARGIN, marker
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line, wrap
from cdv_graph.query import Result

__all__ = ["REFERENCES", "gaps"]

REFERENCES = ("law", "territory", "peers", "document")
TOP = 6
COLUMNS = ("theme", "dispositif", "reference", "because", "evidence", "lines")
_LEFT, _SPLIT = MARGIN, 640.0
_ROOM = WIDTH - MARGIN - _SPLIT - 32
_HEAD, _ROW, _GAP, _LINE, _END = 32.0, 24.0, 16.0, 19.0, 10.0
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Gap:
    """A dispositif that one reference makes expected."""

    acronym: str
    label: str
    reference: str
    theme: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return in_order(map(line_of, self.rows))


def gaps(
    answer: Result, articulations: Result, contracts: Result, *, lang: str = "fr", top: int | None = TOP
) -> Diagram:
    """The gaps of one contract, theme by theme.

    Args:
        answer: the answer to `articulation-gaps` for one contract.
        articulations: the answer to `articulations` for the same.
        contracts: the answer to `contracts`, for the name of the contract.
        lang: `fr` or `en`.
        top: how many dispositifs that are articulated stand beside the gaps of a theme, from the strongest; all for
            None. All gaps are shown.

    Returns:
        One item (`gap`) per dispositif and reference, and one (`articulated`) per dispositif beside them.
    """
    words = say(lang)["gaps"]
    found = _gaps(answer.records(), lang)
    network = contract_network(articulations)
    beside = {card.theme: card.entries for card in cards(network, lang=lang)}
    articulated = {entry.node for entries in beside.values() for entry in entries}
    themes = top_themes(gap.theme for gap in found)
    shown = [entry for theme in themes for entry in beside.get(theme, ())[:top]]
    code = str(next((row["contract"] for row in (*answer.records(), *articulations.records())), ""))
    label = next((str(row["label"]) for row in contracts.records() if row["contract"] == code), code or "–")
    numbers = {"gaps": len({gap.label for gap in found}), "themes": len(themes), "articulated": len(articulated)}
    said = words["caption" if found else "nothing"].format(**numbers, shown=len({entry.node for entry in shown}))
    frame = Frame("gaps", words["title"].format(contract=label), said, lang)
    known = next((row["known"] for row in answer.records()), len(articulations.rows))
    notes = (words["note"].format(known=known), *answer.told(lang)) if found else answer.told(lang)
    documents = {str(row["document"]) for row in (*answer.records(), *articulations.records())}
    if not found:
        return frame.empty(COLUMNS, documents, notes)
    frame.ground.append(bold(_LEFT, frame.top + 6, words["articulated"], 18))
    frame.ground.append(bold(_SPLIT, frame.top + 6, words["expected"], 18))
    items: list[Item] = []
    y = frame.top + 26
    for theme in themes:
        of = [gap for gap in found if gap.theme == theme]
        entries = beside.get(theme, ())
        frame.ground += _heading(theme, len(entries), len(of), y, lang)
        left = y + _HEAD + 6
        for entry in entries[:top]:
            items.append(_articulated(theme, entry, left, lang))
            left += _ROW
        rest = len(entries) - len(entries[:top])
        if rest or not entries:
            told = words["more"].format(count=rest) if rest else words["none_here"]
            frame.ground.append(written(_LEFT + 28, left + 16, told, SMALL, style().soft))
            left += _ROW
        right = y + _HEAD + 6
        for gap in of:
            items.append(_gap(gap, right, lang))
            right += _ROW + (len(_because(gap)) + 1) * _LINE + _END
        y = max(left, right) + _GAP
    references = [name for name in REFERENCES if any(gap.reference == name for gap in found)]
    return frame.closed(
        y,
        items=items,
        samples=_samples(references, [entry for theme in themes for entry in beside.get(theme, ())[:top]], lang),
        documents=documents,
        columns=COLUMNS,
        facets=(
            facet("reference", references, lang, words["references"]),
            facet("theme", themes, lang, {theme: theme_label(theme, lang) for theme in themes}),
        ),
        notes=notes,
    )


def _gaps(rows: Sequence[Row], lang: str) -> list[_Gap]:
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((str(row["dispositif"]), str(row["label"]), str(row["reference"])), []).append(row)
    order = {name: at for at, name in enumerate(REFERENCES)}
    return sorted(
        (
            _Gap(
                acronym,
                one_line(named("dispositif-type", label, lang)),
                reference,
                _theme(of),
                tuple(of),
            )
            for (acronym, label, reference), of in found.items()
        ),
        key=lambda gap: (order.get(gap.reference, len(order)), gap.label, gap.acronym),
    )


def _theme(rows: Sequence[Row]) -> str:
    """The top theme that most rows speak of, the first in the order of reading where several are level."""
    counted = Counter(top_theme(str(row["theme"])) if row["theme"] else "" for row in rows)
    return max(reversed(top_themes(counted)), key=lambda theme: (bool(theme), counted[theme]))


def _heading(theme: str, articulated: int, missing: int, y: float, lang: str) -> Iterator[Shape]:
    look = style().theme(theme)
    yield Box(_LEFT, y, WIDTH - 2 * MARGIN, _HEAD, look.fill, look.spine, 4)
    label = fit(theme_label(theme, lang), 17, _SPLIT - _LEFT - 110, bold=True)
    yield bold(_LEFT + 12, y + 22, label, 17)
    yield bold(_SPLIT - 30, y + 24, str(articulated), 22, "end")
    yield bold(WIDTH - MARGIN - 12, y + 24, str(missing), 22, "end")


def _articulated(theme: str, entry: Entry, y: float, lang: str) -> Item:
    words, middle = say(lang), y + _ROW / 2
    first = entry.marks[0]
    pieces = title_pieces(entry.acronym, entry.label, LABEL, _SPLIT - _LEFT - 60)
    modes = ", ".join(words["modes"].get(mode, mode) for mode in entry.modes if mode)
    status = words["statuses"].get(first.status, first.status)
    return Item(
        id=f"articulated/{theme}/{entry.node}",
        kind="articulated",
        label=entry.label,
        shapes=(marker(_LEFT + 12, middle, first), Text(_LEFT + 28, middle + 5.4, pieces, LABEL, style().ink)),
        facts=(
            (words["facts"]["modes"], modes or status),
            (words["facts"]["status"], status),
            (
                words["facts"]["elements"],
                f"{len(entry.elements)} ({' ; '.join(element_name(*one, lang) for one in entry.elements.items())})",
            ),
        ),
        lines=entry.lines,
        facets={"theme": (theme,)},
        row=(
            *(theme_label(theme, lang), entry.label, words["gaps"]["articulated"]),
            *(modes or status, "", " ; ".join(entry.lines)),
        ),
    )


def _because(gap: _Gap) -> tuple[str, ...]:
    return wrap(one_line(gap.rows[0]["expected_because"]), SMALL, _ROOM, 3)


def _place(line: str) -> str:
    """Lines as a reader says them: `clermont-2024, l. 12-14`."""
    document, _, span = line.rpartition(":")
    first, _, last = span.partition("-")
    return f"{document}, l. {first}" if first == last else f"{document}, l. {first}-{last}"


def _gap(gap: _Gap, y: float, lang: str) -> Item:
    words, look = say(lang), style()
    room = _ROOM
    x, base = _SPLIT + 28, y + _ROW / 2 + 5.4
    because = tuple(dict.fromkeys(one_line(row["expected_because"]) for row in gap.rows))
    told = _because(gap)
    evidence = tuple(dict.fromkeys(one_line(row["evidence"]) for row in gap.rows if row["evidence"]))
    reference = words["gaps"]["references"].get(gap.reference, gap.reference)
    places = " ; ".join(map(_place, gap.lines[:2])) + (" …" if len(gap.lines) > 2 else "")
    quoted = " – ".join(piece for piece in (evidence[0] if evidence else "", places) if piece)
    return Item(
        id=f"gap/{gap.reference}/{gap.acronym}/{gap.label}",
        kind="gap",
        label=gap.label,
        shapes=(
            mark(gap.reference, _SPLIT + 12, y + _ROW / 2),
            Text(x, base, title_pieces(gap.acronym, gap.label, 16, room), 16, look.ink),
            *(written(x, base + (at + 1) * _LINE + 1, line, SMALL) for at, line in enumerate(told)),
            written(x, base + (len(told) + 1) * _LINE + 1, fit(quoted, SMALL, room), SMALL, look.soft),
        ),
        facts=(
            (words["facts"]["reference"], reference),
            *((words["facts"]["because"], one) for one in because),
            *((words["facts"]["evidence"], one) for one in evidence),
            (words["facts"]["known"], str(gap.rows[0]["known"])),
        ),
        lines=gap.lines,
        facets={"reference": (gap.reference,), "theme": (gap.theme,)},
        row=(
            *(theme_label(gap.theme, lang), gap.label, reference),
            *(" / ".join(because), " / ".join(evidence), " ; ".join(gap.lines)),
        ),
    )


def _samples(references: Sequence[str], entries: Sequence[Entry], lang: str) -> Iterator[Sample]:
    words = say(lang)
    for name in references:
        yield marked(words["gaps"]["references"][name], name)
    seen: dict[tuple[str, str], Mark] = {(e.marks[0].mode, e.marks[0].status): e.marks[0] for e in entries}
    order = list(style().modes)
    for mode, status in sorted(seen, key=lambda pair: (order.index(pair[0]) if pair[0] in order else 99, pair[1])):
        label = words["modes"].get(mode, words["compare"]["absent"])
        if mode and status == "intended":
            label = f"{label} ({words['statuses'][status].lower()})"
        yield _of_mark(label, seen[mode, status])


def _of_mark(label: str, one: Mark) -> Sample:
    return Sample(label, lambda x, y: (marker(x, y, one),))
