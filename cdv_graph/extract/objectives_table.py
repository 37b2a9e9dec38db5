"""Reader of the layout « objectifs stratégiques – objectifs opérationnels – plan d'action ».

One table per page, tab-separated, under a heading `## Priorité N - …`; the header is repeated on every page, a cell
that is empty continues the one above, a first cell that starts in lower case continues the title cut at the page
break, and the last cell holds an HTML list of actions. Rows come out for the table `strategy`, with `method` `reader`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cdv_graph.corpus import Document
from cdv_graph.extract.html_lists import list_items
from cdv_graph.extract.model import Unread
from cdv_graph.messages import Message, message

__all__ = ["read_objectives"]

_PRIORITY = re.compile(r"#+\s*\**Priorité\s+(\d+)\s*[-–:]\s*(.+?)\**\s*$")
_HEADER = re.compile(r"objectifs stratégiques\s*\t", re.I)


def _cells(count: int) -> Message:
    return message("extract.cells", count=count, expected=3)


@dataclass
class _Element:
    """An element being read; titles may go on over the page."""

    id: str
    kind: str
    level: str
    label: str
    parent: str
    lines: list[int]

    def row(self, order: int) -> dict[str, str]:
        return {
            "id": self.id,
            "kind": self.kind,
            "level": self.level,
            "code": "",
            "label": self.label,
            "parent": self.parent,
            "theme": "",
            "order": str(order),
            "lines": ";".join(map(str, dict.fromkeys(self.lines))),
            "method": "reader",
        }


@dataclass
class _Reader:
    elements: dict[str, _Element] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    priority: str = ""
    strategic: str = ""
    operational: str = ""
    children: dict[str, int] = field(default_factory=dict)

    def _next(self, parent: str, letter: str) -> str:
        self.children[parent + letter] = self.children.get(parent + letter, 0) + 1
        return f"{parent}.{letter}{self.children[parent + letter]}"

    def _add(self, id: str, kind: str, level: str, label: str, parent: str, line: int) -> str:
        self.elements[id] = _Element(id, kind, level, label, parent, [line])
        return id

    def start(self, number: str) -> None:
        if (name := f"p{number}") != self.priority:
            self.priority, self.strategic, self.operational = name, "", ""

    def row(self, line: int, cells: list[str]) -> None:
        if len(cells) != 3 or not self.priority:
            why = message("extract.no-priority") if len(cells) == 3 else _cells(len(cells))
            self.unread.append(Unread(line, "\t".join(cells)[:80], why))
            return
        strategic, operational, actions = cells
        if strategic and strategic[0].islower() and self.strategic:
            element = self.elements[self.strategic]
            element.label += " " + strategic
            element.lines.append(line)
        elif strategic:
            name = self._next(self.priority, "os")
            self.strategic = self._add(name, "objective", "strategic", strategic, f"issue/{self.priority}", line)
            self.operational = ""
        if operational:
            parent = self.strategic or self.priority
            above = f"objective/{self.strategic}" if self.strategic else f"issue/{self.priority}"
            self.operational = self._add(self._next(parent, "oo"), "objective", "operational", operational, above, line)
        elif actions and self.operational:
            self.elements[self.operational].lines.append(line)
        if actions:
            self._actions(line, actions)

    def _actions(self, line: int, cell: str) -> None:
        items = list_items(cell)
        if not self.operational or not items:
            why = message("extract.no-objective" if items else "extract.no-list")
            self.unread.append(Unread(line, cell[:80], why))
            return
        last = ""
        for item in items:
            if item.depth and last:
                self._add(self._next(last, ""), "action", "", item.text, f"action/{last}", line)
            else:
                last = self._add(
                    self._next(self.operational, "a"),
                    "action",
                    "",
                    item.text,
                    f"objective/{self.operational}",
                    line,
                )


def read_objectives(document: Document) -> tuple[list[dict[str, str]], list[Unread]]:
    """Read the tables of objectives of a document.

    Args:
        document: the document as lines.

    Returns:
        The rows for the table `strategy` (objectives and actions, in the order of the source), and the lines of the
        tables that could not be placed. A line that cannot be placed never shifts what follows to another objective
        silently: it is listed.
    """
    reader, inside = _Reader(), False
    for number, line in enumerate(document.lines, 1):
        if found := _PRIORITY.match(line):
            reader.start(found[1])
            inside = False
        elif line.startswith("#") and not line.startswith("###"):
            inside = False
        elif _HEADER.match(line):
            inside = True
        elif inside and "\t" in line:
            reader.row(number, [cell.strip() for cell in line.split("\t")])
    return [element.row(order) for order, element in enumerate(reader.elements.values(), 1)], reader.unread
