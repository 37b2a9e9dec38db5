"""Where the sheets of a flow stand: in one column each, or in two panels side by side where no tie crosses over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from cdv_graph.diagram.kinds.table_parts import WIDTH
from cdv_graph.diagram.legend import MARGIN

__all__ = ["Panel", "Placed", "panels"]

_ROW, _HEAD, _GAP = 23.0, 28.0, 10.0
_BETWEEN = 44.0
_LABELS = 0.405  # of the width of a panel, each side
Sheets = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Placed:
    """A sheet: where its text starts, the middle of its line, where ties leave from, and the room of its text."""

    x: float
    y: float
    port: float
    room: float


@dataclass
class Panel:
    """One panel, from `left` to `right`; `label` is the width of a column of sheets.

    Attributes:
        heads: by side, issues and the top of their heading.
        placed: by side, sheets and where they are.
        bottom: the lowest point.
    """

    left: float
    right: float
    label: float
    bottom: float = 0.0
    heads: list[list[tuple[str, float]]] = field(default_factory=lambda: [[], []])
    placed: list[dict[str, Placed]] = field(default_factory=lambda: [{}, {}])

    def sheets(self, side: int) -> Iterator[tuple[str, Placed]]:
        """The sheets of a side, in order."""
        yield from self.placed[side].items()


def panels(left: Sheets, right: Sheets, links: Collection[tuple[str, str]], top: float) -> list[Panel]:
    """The panels of two lists of (issue, sheet), each in its order, from `top` down.

    Issues that a tie joins stay in the same panel; the two panels are as equally high as that allows.
    """
    parts = _parts(left, right, links)
    sizes = [_height(left, right, part) for part in parts]
    cut = min(range(1, len(parts) + 1), key=lambda at: max(sum(sizes[:at]), sum(sizes[at:])))
    halves = [half for half in (parts[:cut], parts[cut:]) if half]
    room = (WIDTH - 2 * MARGIN - _BETWEEN * (len(halves) - 1)) / len(halves)
    found = []
    for at, half in enumerate(halves):
        start = MARGIN + at * (room + _BETWEEN)
        panel = Panel(start, start + room, room * _LABELS)
        held = set().union(*half)
        for side, sheets in enumerate((left, right)):
            _fill(panel, side, [one for one in sheets if one[0] in held], top)
        found.append(panel)
    for panel in found:
        _spread(panel, top)
    return found


def _parts(left: Sheets, right: Sheets, links: Collection[tuple[str, str]]) -> list[set[str]]:
    """Sets of issues that ties join, in the order of the sources."""
    issue = ({code: group for group, code in left}, {code: group for group, code in right})
    parts: list[set[str]] = []
    for group in dict.fromkeys(group for group, _ in (*left, *right)):
        parts.append({group})
    for one, other in sorted(links):
        joined = [part for part in parts if issue[0][one] in part or issue[1][other] in part]
        for part in joined[1:]:
            joined[0] |= part
            parts.remove(part)
    return parts


def _height(left: Sheets, right: Sheets, part: Collection[str]) -> float:
    return max(_tall([one for one in sheets if one[0] in part]) for sheets in (left, right))


def _tall(sheets: Sheets) -> float:
    return len(sheets) * _ROW + len({group for group, _ in sheets}) * (_HEAD + _GAP)


def _fill(panel: Panel, side: int, sheets: Sheets, top: float) -> None:
    y, last = top, ""
    x = panel.left if side == 0 else panel.right - panel.label
    port = panel.left + panel.label + 14 if side == 0 else panel.right - panel.label - 14
    for group, code in sheets:
        if group != last or y == top:
            y += _GAP if y > top else 0
            panel.heads[side].append((group, y))
            y += _HEAD
            last = group
        panel.placed[side][code] = Placed(x, y + _ROW / 2, port, panel.label)
        y += _ROW
    panel.bottom = max(panel.bottom, y)


def _spread(panel: Panel, top: float) -> None:
    """Puts the shorter side level with the longer one: what is left over goes between its issues."""
    for side in (0, 1):
        if not panel.placed[side]:
            continue
        low = max(place.y for place in panel.placed[side].values()) + _ROW / 2
        heads = panel.heads[side]
        extra = (panel.bottom - low) / len(heads)
        tops = [y for _, y in heads]
        shift = {y: extra * at for at, y in enumerate(tops)}
        panel.placed[side] = {
            code: Placed(place.x, place.y + shift[max(y for y in tops if y < place.y)], place.port, place.room)
            for code, place in panel.placed[side].items()
        }
        panel.heads[side] = [(group, y + shift[y]) for group, y in heads]
