"""Reader of action sheets printed as a table: one tab-separated row per sheet, HTML lists inside its cells.

Title, number, objectives, open to the call (`X`, `x` or empty), pilot; an « ENJEU n : … » row before the sheets of an
issue; the banner and the header come again on every page. A row with another number of cells, or a number that is
none, is listed as unread: its values go to no other sheet.
"""

from __future__ import annotations

import re

from cdv_graph.authority import Names
from cdv_graph.corpus import Document
from cdv_graph.extract.model import Extract, Unread
from cdv_graph.extract.sheet_rows import SheetRows
from cdv_graph.messages import Message, message
from cdv_graph.namespaces import fold

__all__ = ["read_sheet_table"]

_HEADER = re.compile(r"intitul[eé] des? fiches?\s*\t", re.I)
_ISSUE = re.compile(r"ENJEU\s*(\d+)\s*:\s*([^\t]+?)\s*$", re.I)
_CODE = re.compile(r"(\d+)[.-](\d+)$")
_CELLS = 5


def read_sheet_table(document: Document, names: Names) -> Extract:
    """Read the action sheets of a document that prints them as a table.

    Args:
        document: the document as lines.
        names: the authority, to know the partners that pilot.

    Returns:
        Rows for the tables `strategy` (issues), `sheets`, `participations` and `openings`, in the order of the source,
        and the lines that could not be read.
    """
    rows = SheetRows(names)
    issues: list[dict[str, str]] = []
    openings: list[dict[str, str]] = []
    unread: list[Unread] = []
    inside, issue = False, ("", 0)
    for number, line in enumerate(document.lines, 1):
        if _HEADER.match(line):
            inside = True
        elif found := _ISSUE.match(line.split("\t")[0]):
            issue = (found[1], number)
            issues.append(_issue(found[1], found[2], len(issues) + 1, number))
        elif inside and "\t" in line:
            cells = [cell.strip() for cell in line.split("\t")]
            code = _CODE.match(cells[1]) if len(cells) == _CELLS else None
            if not code or not issue[0] or code[0] in {row["code"] for row in rows.sheets}:
                unread.append(Unread(number, line[:80], _why(cells, issue[0])))
                continue
            title, _, _, flag, pilots = cells
            name = f"{code[1]}.{code[2]}"
            rows.field(name, "title", title, title, (number, number))
            rows.field(name, "issue", f"issue/{issue[0]}", f"ENJEU {issue[0]}", (issue[1], issue[1]))
            rows.partners(name, "pilot", [(number, pilots)])
            if fold(flag) == "x":
                openings.append(_opening(name, flag, number))
    tables = {
        "strategy": issues,
        "sheets": rows.sheets,
        "participations": rows.participations,
        "openings": openings,
    }
    return Extract(tables, tuple(sorted([*unread, *rows.unread], key=lambda one: one.line)))


def _why(cells: list[str], issue: str) -> Message:
    if len(cells) != _CELLS:
        return message("extract.cells", count=len(cells), expected=_CELLS)
    if not issue:
        return message("extract.no-issue")
    return message("extract.code-twice" if _CODE.match(cells[1]) else "extract.no-code")


def _issue(code: str, label: str, order: int, line: int) -> dict[str, str]:
    return {
        "id": code,
        "kind": "issue",
        "code": code,
        "label": " ".join(label.split()),
        "order": str(order),
        "lines": str(line),
        "method": "reader",
    }


def _opening(code: str, flag: str, line: int) -> dict[str, str]:
    return {"id": code, "sheet": f"sheet/{code}", "as_written": flag, "lines": str(line), "method": "reader"}
