"""Reader of the layout `column-tables`: a summary, a listing by codes, then sheets whose cells come column by column.

Read are the strategy, the references from one element to another and the counts that orientations announce. The
bullets of the sheets (specifications, indicators) are not: one column follows the other without any mark, so that no
program can tell with which bullet the next objective begins. Titles of pillars and orientations come from the summary,
which prints them with small letters and accents, where it has as many of them as the listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from cdv_graph.authority import Names, mentions
from cdv_graph.corpus import Document
from cdv_graph.extract.column_listing import REFERENCE, Element, Line, Listing, Piece, read_listing
from cdv_graph.extract.model import Extract, Unread, line_ranges
from cdv_graph.messages import message
from cdv_graph.namespaces import fold

__all__ = ["read_column_tables"]

_SUMMARY = re.compile(r"\s*(?:\d+\.)?\s*(?:TABLEAU)?\s*R[EÉ]CAPITULATIF\s*$", re.I)
_HEADER = re.compile(r"\s*Orientations stratégiques\s+Objectifs opérationnels\s+Actions\s*$", re.I)
# the head of the first sheet: « 1. THE PILLAR »
_SHEET = re.compile(r"\s*\d+\.\s?[^\W\d]")
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–/]\s*((?:19|20)\d\d)\b")
_LEVELS = {"issue": "strategic", "objective": "operational"}
# what a count begins with -> the elements counted, the measure, and what is measured
_COUNTED = {
    "o": ("objective", "announced-objectives", "Objectifs opérationnels annoncés"),
    "a": ("action", "announced-actions", "Actions annoncées"),
}
_COUNT = {"unit": "count", "qualifier": "exact", "method": "reader"}
# below this, the titles of the summary and of the listing are not those of one element
_ALIKE = 0.6


def _cut(document: Document) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """The lines before the summary, of the summary, of the listing and of the sheets; none without a listing."""
    lines = list(enumerate(document.lines, 1))
    header = next((place for place, (_, line) in enumerate(lines) if _HEADER.match(line)), len(lines))
    summary = next((place for place, (_, line) in enumerate(lines[:header]) if _SUMMARY.match(line)), header)
    after = enumerate(lines[header:], header)
    sheets = next((place for place, (_, line) in after if _SHEET.match(line) and line.isupper()), len(lines))
    return lines[:summary], lines[summary + 1 : header], lines[header + 1 : sheets], lines[sheets:]


def _summary(lines: Sequence[Line]) -> list[list[Piece]]:
    """The pillars of the summary, each before its orientations, which are bullets."""
    found: list[list[Piece]] = []
    open_one: Piece | None = None
    for number, line in lines:
        words = " ".join(line.split())
        piece = Piece("", words.lstrip("• "), [number])
        if words.startswith("•") and found:
            found[-1].append(open_one := piece)
        elif not words:
            # a title may go on below an empty line, a bullet does not
            open_one = found[-1][0] if found and len(found[-1]) == 1 else None
        elif open_one:
            open_one.join(piece)
        else:
            found.append([open_one := piece])
    return found


def _titles(listing: Listing, summary: Sequence[Sequence[Piece]]) -> dict[str, Piece]:
    """Code -> the title in the summary, where both have as many pillars, and orientations below each of them."""
    pillars, issues = _in_order(listing, "pillar"), _in_order(listing, "issue")
    groups = [[pillar, *(one for one in issues if one.parent == pillar.code)] for pillar in pillars]
    titles: dict[str, Piece] = {}
    for place, printed in enumerate(summary):
        group = groups[place] if len(groups) == len(summary) else []
        pairs = list(zip(group, printed, strict=False))
        ratios = [SequenceMatcher(None, fold(one.words), fold(other.words)).ratio() for one, other in pairs]
        if len(group) != len(printed) or min(ratios) < _ALIKE:
            listing.unread.append(Unread(printed[0].lines[0], printed[0].words, message("extract.summary-differs")))
        else:
            titles |= {one.code: other for one, other in pairs}
    return titles


def _in_order(listing: Listing, kind: str = "") -> list[Element]:
    return sorted((one for one in listing.elements.values() if kind in ("", one.kind)), key=lambda one: one.rank)


def _id(code: str) -> str:
    return code if "." in code else f"p{code}"


def _node(code: str) -> str:
    return f"{Element(code, '', []).kind}/{_id(code)}"


def _strategy(listing: Listing, titles: dict[str, Piece]) -> Iterator[dict[str, str]]:
    """Rows of elements; one whose title is cut, or whose parent is missing, is told and left out."""
    given: set[str] = set()
    for element in _in_order(listing):
        cut = element.code in listing.cut
        if cut or (element.parent and element.parent not in given):
            why = message("extract.cut-title" if cut else "extract.no-parent")
            listing.unread.append(Unread(element.lines[0], element.code, why))
            continue
        given.add(element.code)
        title = titles.get(element.code, element)
        again = [number for one in (title, element) for number in listing.printed.lines(one.code, one.words)]
        yield {
            "id": _id(element.code),
            "kind": element.kind,
            "level": _LEVELS.get(element.kind, ""),
            "code": element.code,
            "label": title.words,
            "parent": _node(element.parent) if element.parent else "",
            "order": str(len(given)),
            "lines": line_ranges(sorted({*title.lines, *element.lines, *again})),
            "method": "reader",
        }


def _references(listing: Listing, given: set[str]) -> Iterator[dict[str, str]]:
    """Rows of references: those of actions are in their title, those of objectives stand below them."""
    for piece in sorted([*_in_order(listing, "action"), *listing.references], key=lambda one: one.lines):
        if not (found := REFERENCE.search(piece.words)):
            continue
        if piece.code not in given:
            listing.unread.append(Unread(piece.lines[0], piece.words[:80], message("extract.no-parent")))
            continue
        for code in _NUMBER.findall(found[1]):
            yield {
                "id": f"{_node(piece.code).replace('/', '.')}.{code}",
                "element": _node(piece.code),
                "to_code": code,
                "to": _node(code) if code in given else "",
                "how": "renvoi",
                "as_written": found[0],
                "lines": line_ranges(piece.lines),
                "method": "reader",
            }


def _figures(listing: Listing, place: str, period: str) -> Iterator[dict[str, str]]:
    """Rows of announced counts; one that is not what was read is told."""
    for (issue, letter), piece in listing.counts.items():
        words = piece.words.lstrip("! ")
        counted = words.lstrip("0123456789 ")
        value = words.removesuffix(counted).strip()
        kind, measure, about = _COUNTED[letter]
        read = sum(one.code.startswith(f"{issue}.") for one in _in_order(listing, kind))
        if read != int(value):
            why = message("extract.announced", announced=value, read=read)
            listing.unread.append(Unread(piece.lines[0], piece.words, why))
        yield {
            **_COUNT,
            "id": f"{measure}-{issue}",
            "about": f"{about} de l'orientation {issue}",
            "measure": measure,
            "value": value,
            "population": f"{counted} de l’orientation {issue}",
            "place": place,
            "period": period,
            "element": _node(issue),
            "as_written": words,
            "lines": line_ranges(piece.lines),
        }


def _contract(lines: Sequence[Line], names: Names) -> tuple[str, str]:
    """Place and years of the contract, from the first sentence that names it with them; empty where it is not sure."""
    for sentence in re.split(r"\.\s", " ".join(line.strip() for _, line in lines)):
        years = _YEARS.findall(sentence)
        if years and "contrat de ville" in fold(sentence):
            places = mentions(names, sentence, kinds=["place"])
            place = places[0].partition("/")[2] if len(places) == 1 else ""
            return place, "-".join(years[0]) if len(set(years)) == 1 else ""
    return "", ""


def read_column_tables(document: Document, names: Names) -> Extract:
    """Read the listing of a document that prints its sheets as tables.

    Args:
        document: the document as lines.
        names: the authority, to know the place of the contract.

    Returns:
        Rows for the tables `strategy`, `cross-references` and `figures`, and what could not be placed: text without a
        code that the sheets do not explain, elements without their parent, counts that are not what was read.
    """
    before, summary, lines, sheets = _cut(document)
    listing = read_listing(lines, sheets)
    strategy = list(_strategy(listing, _titles(listing, _summary(summary))))
    tables = {
        "strategy": strategy,
        "cross-references": list(_references(listing, {row["code"] for row in strategy})),
        "figures": list(_figures(listing, *_contract(before, names))),
    }
    return Extract(tables, tuple(sorted(listing.unread, key=lambda one: one.line)))
