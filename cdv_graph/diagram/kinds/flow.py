"""What became of the action sheets from one document to the next: two columns of sheets, and a line for each fate."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdv_graph.diagram.cards import in_order
from cdv_graph.diagram.kinds.flow_layout import Panel, Placed, panels
from cdv_graph.diagram.kinds.table_parts import (
    LABEL,
    WIDTH,
    Frame,
    bold,
    facet,
    line_of,
    mark,
    say,
    written,
)
from cdv_graph.diagram.legend import MARGIN
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.shapes import Box, Curve, Shape, Text
from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line, width
from cdv_graph.query import Result

__all__ = ["KINDS", "flow"]

KINDS = ("continued", "renamed", "merged", "split", "dropped", "new")
COLUMNS = ("kind", "earlier_code", "earlier_title", "later_code", "later_title", "evidence", "lines")
Row = Mapping[str, Any]
_COUNT, _COUNTS = 30.0, 74.0
_STUB = 34.0


@dataclass(frozen=True)
class _Fate:
    kind: str
    earlier: str
    later: str
    titles: tuple[str, str]
    evidence: tuple[str, ...]
    lines: tuple[str, ...]


def flow(answer: Result, sheets: Result, strategy: Result, *, lang: str = "fr") -> Diagram:
    """The sheets of two documents and what became of each.

    Args:
        answer: the answer to `continuity` for two documents.
        sheets: the answer to `sheets` for both: their order.
        strategy: the answer to `strategy` for both: the names of their issues.
        lang: `fr` or `en`.

    Returns:
        One item per row of `answer` apart from passages (`continuation`), and one per sheet (`sheet`), in the order of
        the source under the issue that its number names, issues by number. Where no line crosses over, the issues stand
        in two panels.
    """
    words = say(lang)["flow"]
    rows = answer.records()
    fates = _fates(rows)
    names = tuple(one_line(next((row[side] for row in rows if row[side]), "–")) for side in ("earlier", "later"))
    counted = Counter(fate.kind for fate in fates)
    lefts, rights = ({code for fate in fates if (code := getattr(fate, side))} for side in ("earlier", "later"))
    numbers = {"left": len(lefts), "right": len(rights), "before": names[0], "after": names[1]}
    title = words["title"].format(before=names[0], after=names[1])
    frame = Frame("flow", title, words["caption"].format(**numbers) if fates else words["nothing"], lang)
    if not fates:
        return frame.empty(COLUMNS)
    titles = tuple(
        {getattr(fate, side): fate.titles[at] for fate in fates if getattr(fate, side)}
        for at, side in enumerate(("earlier", "later"))
    )
    links = {(fate.earlier, fate.later) for fate in fates if fate.earlier and fate.later}
    one, other = (_ordered(codes, sheets, names[at]) for at, codes in enumerate((lefts, rights)))
    drawn = panels(one, other, links, frame.top + _COUNTS + 34)
    issues = (_issues(strategy, names[0]), _issues(strategy, names[1]))
    frame.ground += _counts(frame.top, counted, lang)
    for panel in drawn:
        frame.ground += _headings(panel, names, issues, frame.top + _COUNTS + 14)
    shown = Counter(code for fate in fates for code in (("l", fate.earlier), ("r", fate.later)))
    stands = [{code: place for panel in drawn for code, place in panel.sheets(side)} for side in (0, 1)]
    sheet_lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sheets.records():
        sheet_lines[str(row["document"]), str(row["code"])].append(line_of(row))
    items = [_ribbon(fate, stands, names, lang) for fate in fates]
    for side, (end, placed) in enumerate(zip(("l", "r"), stands, strict=True)):
        for code, place in placed.items():
            read = in_order(sheet_lines[names[side], code])
            items.append(_sheet(code, titles[side][code], place, names[side], shown[end, code], read, lang))
    groups = {item.facets["issue"][0] for item in items}
    labels = {**issues[1], **issues[0]}
    return frame.closed(
        max(panel.bottom for panel in drawn) + 16,
        items=items,
        samples=(),
        documents=names,
        columns=COLUMNS,
        facets=(
            facet("kind", [kind for kind in KINDS if counted[kind]], lang, words["kinds"]),
            facet("issue", sorted(groups, key=_natural), lang, {one: f"{one} {labels.get(one, '')}" for one in groups}),
        ),
        notes=(words["note"],),
    )


def _fates(rows: Iterable[Row]) -> list[_Fate]:
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        key = (str(row["kind"]), str(row["earlier_code"] or ""), str(row["later_code"] or ""))
        found.setdefault(key, []).append(row)
    return [
        _Fate(
            *key,
            titles=(one_line(of[0]["earlier_title"] or ""), one_line(of[0]["later_title"] or "")),
            evidence=tuple(dict.fromkeys(one_line(row["evidence"]) for row in of)),
            lines=in_order(map(line_of, of)),
        )
        for key, of in found.items()
    ]


def _natural(code: str) -> list[tuple[int, int | str]]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", code) if part]


def issue_of(code: str) -> str:
    """The issue that the number of a sheet names: `1` for `1.18`."""
    return code.partition(".")[0]


def _ordered(codes: Iterable[str], sheets: Result, document: str) -> list[tuple[str, str]]:
    """Sheets and their issue, by number of issue, then as the source has them; those it does not place come last."""
    first: dict[str, int] = {}
    for row in sheets.records():
        if row["contract"] == row["document"] == document:
            first[str(row["code"])] = min(first.get(str(row["code"]), 10**9), int(str(row["start_line"])))
    ordered = sorted(codes, key=lambda code: (first.get(code, 10**9), _natural(code)))
    return [(issue_of(code), code) for code in sorted(ordered, key=lambda code: _natural(issue_of(code)))]


def _issues(strategy: Result, document: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in strategy.records():
        if row["level"] == "issue" and row["contract"] == document:
            label = one_line(row["label"])
            found.setdefault(str(row["code"]), label.capitalize() if label.isupper() else label)
    return found


def _counts(top: float, counted: Counter[str], lang: str) -> Iterator[Shape]:
    """How many of each kind, large: this is the legend too."""
    words = say(lang)["flow"]
    kinds = [kind for kind in KINDS if counted[kind]]
    step = (WIDTH - 2 * MARGIN) / max(len(kinds), 1)
    for at, kind in enumerate(kinds):
        x, look = MARGIN + step * at, style().marks[kind]
        yield Curve(((x, top + 20), (x + 50, top + 20)), look.colour, 4, look.dash)
        yield mark(kind, x + 50, top + 20, 11)
        yield bold(x + 74, top + 31, str(counted[kind]), _COUNT)
        after = x + 84 + width(str(counted[kind]), _COUNT, bold=True)
        yield written(after, top + 30, fit(words["kinds"][kind], 18, x + step - after - 6), 18)


def _headings(panel: Panel, names: Sequence[str], issues: Sequence[Mapping[str, str]], y: float) -> Iterator[Shape]:
    for side, (x, anchor) in enumerate(((panel.left, "start"), (panel.right, "end"))):
        yield bold(x, y, fit(names[side], 17, panel.label, bold=True), 17, anchor)
        for issue, top in panel.heads[side]:
            start = panel.left if side == 0 else panel.right - panel.label
            yield Box(start, top, panel.label, 23, "#e9ecef", "", 4)
            label = " · ".join(piece for piece in (issue, issues[side].get(issue, "")) if piece)
            yield bold(start + 8, top + 17, fit(label, 14, panel.label - 16, bold=True), 14)


def _sheet(code: str, title: str, place: Placed, document: str, ties: int, lines: tuple[str, ...], lang: str) -> Item:
    words = say(lang)
    head = fit(code, LABEL, 60, bold=True)
    room = place.room - width(head, LABEL, bold=True)
    text = Text(place.x, place.y + 5, ((head, True), (fit(f" {title}", LABEL, room), False)), LABEL, style().ink)
    return Item(
        id=f"sheet/{document}/{code}",
        kind="sheet",
        label=f"{code} {title}",
        shapes=(text,),
        facts=((words["columns"]["label"], title), (words["flow"]["ties"], str(ties))),
        lines=lines,
        facets={"issue": (issue_of(code),)},
    )


def _ribbon(fate: _Fate, places: Sequence[Mapping[str, Placed]], names: Sequence[str], lang: str) -> Item:
    words = say(lang)
    look = style().marks[fate.kind]
    start = places[0][fate.earlier] if fate.earlier else None
    end = places[1][fate.later] if fate.later else None
    shapes: tuple[Shape, ...]
    points: tuple[tuple[float, float], ...]
    if start and end:
        middle = (start.port + end.port) / 2
        points = ((start.port, start.y), (middle, start.y), (middle, end.y), (end.port, end.y))
        shapes = (Curve(points, look.colour, 3, look.dash), mark(fate.kind, start.port, start.y, 6))
        shapes += (mark(fate.kind, end.port, end.y, 6),)
    elif alone := start or end:
        reach = alone.port + (_STUB if start else -_STUB)
        points = ((alone.port, alone.y), (reach, alone.y))
        shapes = (Curve(points, look.colour, 3), mark(fate.kind, reach, alone.y, 8))
    else:
        shapes = ()
    facts = [(words["facts"]["kind"], words["flow"]["kind"].get(fate.kind, fate.kind))]
    for side, code in enumerate((fate.earlier, fate.later)):
        if code:
            term = words["facts"][("earlier", "later")[side]].format(document=names[side])
            facts.append((term, f"{code} {fate.titles[side]}"))
    facts += [(words["facts"]["evidence"], evidence) for evidence in fate.evidence]
    lines = fate.lines
    told = (words["flow"]["kind"].get(fate.kind, fate.kind), fate.earlier, fate.titles[0], fate.later, fate.titles[1])
    return Item(
        id=f"continuation/{fate.kind}/{fate.earlier}/{fate.later}",
        kind="continuation",
        label=" → ".join(code for code in (fate.earlier, fate.later) if code) + f" : {told[0]}",
        shapes=shapes,
        facts=tuple(facts),
        lines=lines,
        facets={
            "kind": (fate.kind,),
            "issue": tuple(dict.fromkeys(issue_of(code) for code in (fate.earlier, fate.later) if code)),
        },
        ends=tuple(f"sheet/{names[at]}/{code}" for at, code in enumerate((fate.earlier, fate.later)) if code),
        row=(*told, " / ".join(fate.evidence), " ; ".join(lines)),
    )
