"""Which reader reads which layout."""

from __future__ import annotations

from collections.abc import Mapping

from cdv_graph.authority import Names
from cdv_graph.corpus import Document
from cdv_graph.errors import InputError
from cdv_graph.extract.annexes import read_annexes
from cdv_graph.extract.column_tables import read_column_tables
from cdv_graph.extract.cross_reading import chapters_of, read_articles, read_challenges
from cdv_graph.extract.model import Extract, Reader
from cdv_graph.extract.objectives_table import read_objectives
from cdv_graph.extract.sheet_pages import read_sheet_pages
from cdv_graph.extract.sheet_table import read_sheet_table
from cdv_graph.extract.theme_lists import read_acronyms, read_dispositifs, read_partners, theme_lists

__all__ = ["LAYOUTS", "extract"]


def _objectives_and_annexes(document: Document, names: Names) -> Extract:
    rows, unread = read_objectives(document)
    return Extract({"strategy": rows, "annex-entries": read_annexes(document, names)}, tuple(unread))


def _chapters_and_lists(document: Document, names: Names) -> Extract:
    chapters, unread = chapters_of(document)
    challenges, left = read_challenges(document, chapters)
    unread += left
    lists = theme_lists(document, chapters)
    acronyms = read_acronyms(document, names, unread)
    tables = {
        "articles": read_articles(chapters),
        "challenges": challenges,
        "participations": read_partners(lists, names, unread),
        "dispositif-facts": read_dispositifs(lists, names, unread),
        "acronyms": acronyms,
    }
    # these tables hold what the whole text says too, which is for a person to read
    ranges = {
        "participations": frozenset(line for one in lists if one.kind == "partners" for line, _ in one.body),
        "dispositif-facts": frozenset(line for one in lists if one.kind == "articulations" for line, _ in one.body),
        "acronyms": frozenset(int(line) for row in acronyms for line in row["lines"].split(";")),
    }
    return Extract(tables, tuple(sorted(unread, key=lambda one: one.line)), ranges)


# layout, as `SOURCES.csv` names it -> its reader
LAYOUTS: Mapping[str, Reader] = {
    "column-tables": read_column_tables,
    "cross-reading": _chapters_and_lists,
    "objectives-table": _objectives_and_annexes,
    "sheet-pages": read_sheet_pages,
    "sheet-table": read_sheet_table,
}


def extract(document: Document, names: Names, layout: str = "") -> Extract:
    """Read what a program can read of a document.

    Args:
        document: the document as lines.
        names: the authority, to know the partners and places that it names.
        layout: one of `LAYOUTS`; where it is not given, the one that reads the most rows.

    Returns:
        The rows by table, and the lines that could not be read.

    Raises:
        InputError: the layout is unknown, or nothing of the document is in any of them.

    Example:
        >>> lines = ("intitulé des fiches\\tN° Fiche", "ENJEU 1 : Agir", "Un jardin\\t1.1\\tSemer\\tX\\tVille")
        >>> extract(Document("d", lines), Names({})).tables["openings"]
        [{'id': '1.1', 'sheet': 'sheet/1.1', 'as_written': 'X', 'lines': '3', 'method': 'reader'}]
    """
    if layout and layout not in LAYOUTS:
        raise InputError("extract.unknown-layout", layout=layout, known=", ".join(LAYOUTS))
    read = [LAYOUTS[name](document, names) for name in ([layout] if layout else LAYOUTS)]
    best = max(read, key=lambda one: sum(map(len, one.tables.values())))
    if not any(best.tables.values()):
        raise InputError("extract.nothing", document=document.slug, known=", ".join(LAYOUTS))
    return best
