"""Reader of the annexes that a contract announces and holds.

Three lists come out for the table `annex-entries`: `sommaire` (the lines under « LES ANNEXES » in the contents),
`annexe-1` (the bullets under « ANNEXE N : SOMMAIRE ») and `corps` (the headings « ENGAGEMENTS … » as they come, one row
for a heading that is repeated on every page). The partner is the one organisation that the title names; none or several
leave it empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdv_graph.authority import Names, mentions
from cdv_graph.corpus import Document
from cdv_graph.namespaces import fold

__all__ = ["read_annexes"]

_CONTENTS = re.compile(r"#+\s*\**LES ANNEXES\**\s*$", re.I)
_SUMMARY = re.compile(r"#+\s*\**ANNEXE\s*\d*\s*:?\s*SOMMAIRE\**\s*$", re.I)
_COMMITMENTS = re.compile(r"#\s*\**(ENGAGEMENTS?\b.*?)\**\s*$")
_BULLET = re.compile(r"\s*[-•*]\s+")


def _lists(document: Document) -> Iterator[tuple[str, str, list[int]]]:
    """Every entry: its list, its title, the lines where it is printed."""
    inside = ""
    headings: dict[str, tuple[str, list[int]]] = {}
    for number, line in enumerate(document.lines, 1):
        if line.startswith("#"):
            inside = "sommaire" if _CONTENTS.match(line) else "annexe-1" if _SUMMARY.match(line) else ""
            if found := _COMMITMENTS.match(line):
                headings.setdefault(fold(found[1]), (found[1].strip(), []))[1].append(number)
        elif inside and (title := _BULLET.sub("", line).strip()):
            yield inside, title, [number]
    for title, lines in headings.values():
        yield "corps", title, lines


def read_annexes(document: Document, names: Names) -> list[dict[str, str]]:
    """Read the lists of annexes of a document.

    Args:
        document: the document as lines.
        names: the authority, to know the partner that a title names.

    Returns:
        Rows for the table `annex-entries`, numbered in each list as they come.
    """
    rows: list[dict[str, str]] = []
    orders: dict[str, int] = {}
    for kind, title, lines in _lists(document):
        orders[kind] = orders.get(kind, 0) + 1
        partners = mentions(names, title, kinds=["partner"])
        rows.append(
            {
                "id": f"{kind}.{orders[kind]}",
                "list": kind,
                "order": str(orders[kind]),
                "label": title,
                "partner": partners[0].partition("/")[2] if len(partners) == 1 else "",
                "lines": ";".join(map(str, lines)),
                "method": "reader",
            }
        )
    return rows
