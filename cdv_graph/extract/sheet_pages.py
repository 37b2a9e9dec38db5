"""Reader of action sheets printed one per page or two: « FICHE N° 1.4 », then rubrics under their headings.

A sheet begins with its number alone on a line and ends with the next one; the index, where a title follows the
number, begins none. A rubric that comes twice in a sheet, or before any number, belongs to a sheet whose number is
lost: its lines are listed as unread, and so is all that follows until the next number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cdv_graph.authority import Names, mentions
from cdv_graph.corpus import Document
from cdv_graph.extract.dates import first_date, last_date
from cdv_graph.extract.model import Extract, Unread
from cdv_graph.extract.sheet_rows import SheetRows
from cdv_graph.messages import message

__all__ = ["read_sheet_pages"]

_NUMBER = re.compile(r"\W*FICHE\s*N\s*°?\s*(\d+[.-]\d+)\s*$", re.I)
_BANNER = re.compile(r"\W*CONTRAT DE VILLE D", re.I)
_FOOTER = re.compile(r".*\|\s*\d+\s*$")
# pages between the sheets: an index, where a title follows the number, and the divider of an issue
_INDEX = re.compile(r"\W*(?:FICHE\s*N\s*°?\s*\d|Enjeux?\s+\d)")
# the headings of a sheet, in their order: rubric -> what the line begins with
_HEADINGS = {
    "title": r"INTITUL[EÉ] DE L.ACTION\s*:?",
    "pillar": r"PILIER\s*N\s*°\s*\d+\s*:?",
    "issue": r"ENJEUX?\s*N\s*°\s*[\d\s,&et.–-]*:?",
    "diagnosis": r"RAPPEL DES [EÉ]L[EÉ]MENTS",
    "objectives": r"OBJECTIFS ET R[EÉ]SULTATS ATTENDUS",
    "results": r"R[EÉ]SULTATS ATTENDUS\s*:",
    "pilots": r"PILOTES?\s*:",
    "partners": r"PARTENAIRES? ASSOCI[EÉ]S?\s*:",
    "perimeter": r"P[EÉ]RIM[EÈ]TRE DE L.ACTION",
    "publics": r"PUBLICS? VIS[EÉ]S?",
    "start": r"CALENDRIER PR[EÉ]VISIONNEL",
    "end": r"Date de fin\s*:?",
}
_ORDER = list(_HEADINGS)
_PATTERNS = {rubric: re.compile(r"\W*(" + heading + r")\s*(.*)$") for rubric, heading in _HEADINGS.items()}
_PARTS = re.compile(r"\W*PILOTES? ET PARTENAIRES ASSOCI[EÉ]S?\s*$", re.I)
_BEGIN = re.compile(r"^Date de d[eé]but\s*:?\s*")
# how the slugs of neighbourhoods begin
_QUARTERS = ("qpv-", "quartier-")
_NEEDED = ("title", "issue", "pilots", "partners", "perimeter", "publics", "start")


@dataclass
class _Rubric:
    """The lines of one rubric: the heading's words, then what follows it."""

    heading: str
    first: int
    body: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(line.split()) for _, line in self.body)

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line with words; the heading's where nothing follows it."""
        numbers = [number for number, _ in self.body] or [self.first]
        return numbers[0], numbers[-1]


@dataclass
class _Sheet:
    code: str
    first: int
    rubrics: dict[str, _Rubric] = field(default_factory=dict)


@dataclass
class _Pages:
    """Cuts a document into sheets and their rubrics."""

    sheets: list[_Sheet] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    open: _Sheet | None = None
    rubric: _Rubric | None = None
    lost: bool = False

    def line(self, number: int, text: str) -> None:
        if found := _NUMBER.match(text):
            self._start(found[1].replace("-", "."), number)
        elif _BANNER.match(text) or _PARTS.match(text) or _INDEX.match(text):
            self.rubric = None
        elif _FOOTER.match(text):
            return
        elif heading := self._heading(text):
            self._rubric(number, *heading)
        elif self.rubric is not None and not self.lost and text.strip():
            self.rubric.body.append((number, text.strip()))

    def _start(self, code: str, number: int) -> None:
        self.lost, self.rubric = False, None
        if code in {sheet.code for sheet in self.sheets}:
            self.unread.append(Unread(number, code, message("extract.code-twice")))
            self.open, self.lost = None, True
            return
        self.open = _Sheet(code, number)
        self.sheets.append(self.open)

    @staticmethod
    def _heading(text: str) -> tuple[str, str, str] | None:
        for rubric, pattern in _PATTERNS.items():
            if found := pattern.match(text):
                return rubric, found[1], found[2]
        return None

    def _out_of_order(self, rubric: str) -> bool:
        """A rubric that came already, or that comes before the last one: another sheet has begun."""
        seen = list(self.open.rubrics) if self.open else []
        return bool(seen) and _ORDER.index(rubric) <= _ORDER.index(seen[-1])

    def _rubric(self, number: int, rubric: str, heading: str, rest: str) -> None:
        if self.open is None or self._out_of_order(rubric):
            # outside the sheets a heading is only a word; inside, the number of the next sheet is missing
            if self.open is not None or self.lost:
                self.unread.append(Unread(number, heading, message("extract.no-number")))
                self.lost = self.lost or self.open is not None
                self.rubric = None
            return
        if self.lost:
            self.unread.append(Unread(number, heading, message("extract.no-number")))
            return
        self.rubric = self.open.rubrics[rubric] = _Rubric(heading.strip(" :"), number)
        if rest.strip():
            self.rubric.body.append((number, rest.strip()))


def _issues(heading: str) -> list[str]:
    return [f"issue/{code}" for code in re.findall(r"\d+", heading)]


def _places(names: Names, sheet: _Sheet, rubrics: tuple[str, ...]) -> Iterator[tuple[_Rubric, list[str]]]:
    for name in rubrics:
        if rubric := sheet.rubrics.get(name):
            found = [place.partition("/")[2] for place in mentions(names, rubric.text, kinds=["place"])]
            yield rubric, found


def _rows(rows: SheetRows, names: Names, sheet: _Sheet) -> None:
    if title := sheet.rubrics.get("title"):
        rows.field(sheet.code, "title", title.text, title.text, title.lines)
    if pillar := sheet.rubrics.get("pillar"):
        code = re.findall(r"\d+", pillar.heading)[0]
        rows.field(sheet.code, "pillar", f"pillar/p{code}", pillar.heading, (pillar.first, pillar.first))
    if issue := sheet.rubrics.get("issue"):
        last = issue.body[-1][0] if issue.body else issue.first
        rows.field(sheet.code, "issue", " ; ".join(_issues(issue.heading)), issue.heading, (issue.first, last))
    for role, name in (("pilot", "pilots"), ("associated-partner", "partners")):
        if rubric := sheet.rubrics.get(name):
            rows.partners(sheet.code, role, rubric.body or [(rubric.first, "")])
    if perimeter := sheet.rubrics.get("perimeter"):
        whole = [place for _, found in _places(names, sheet, ("perimeter",)) for place in found]
        whole = [place for place in whole if not place.startswith(_QUARTERS)]
        rows.field(sheet.code, "perimeter", " ; ".join(whole), perimeter.text, perimeter.lines)
    for rubric, found in _places(names, sheet, ("title", "perimeter", "publics")):
        if quarters := [place for place in found if place.startswith(_QUARTERS)]:
            rows.field(sheet.code, "covers", " ; ".join(quarters), rubric.text, rubric.lines)
    if start := sheet.rubrics.get("start"):
        text = _BEGIN.sub("", start.text)
        rows.field(sheet.code, "start", first_date(text), text or start.text, (start.first, start.lines[1]))
        if "end" not in sheet.rubrics and text and not first_date(text):
            # « Durée du contrat » says both ends, without a date
            rows.field(sheet.code, "end", "", text, (start.first, start.lines[1]))
    if end := sheet.rubrics.get("end"):
        # a date is read below the heading of the calendar, which says that it is a forecast
        first = start.first if start else end.first
        rows.field(sheet.code, "end", last_date(end.text), end.text or end.heading, (first, end.lines[1]))


def read_sheet_pages(document: Document, names: Names) -> Extract:
    """Read the action sheets of a document that prints them as pages.

    Args:
        document: the document as lines.
        names: the authority, to know the partners and the places that rubrics name.

    Returns:
        Rows for the tables `sheets` and `participations`, in the order of the source, and what could not be read: a
        rubric without its sheet, a sheet without one of the rubrics that sheets have, a partner whose name is unknown.
    """
    pages = _Pages()
    for number, line in enumerate(document.lines, 1):
        pages.line(number, line)
    rows = SheetRows(names)
    for sheet in pages.sheets:
        _rows(rows, names, sheet)
        missing = [name for name in _NEEDED if name not in sheet.rubrics]
        if missing:
            why = message("extract.missing-rubrics", rubrics=", ".join(missing))
            pages.unread.append(Unread(sheet.first, sheet.code, why))
    unread = sorted([*pages.unread, *rows.unread], key=lambda one: one.line)
    return Extract({"sheets": rows.sheets, "participations": rows.participations}, tuple(unread))
