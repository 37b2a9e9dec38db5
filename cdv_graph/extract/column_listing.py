"""The listing of the layout `column-tables`: pillars, orientations, operational objectives and actions by their codes.

A PDF extractor has laid its cells one after the other. A code begins an element and the lines below go on with it, up
to an empty line, another code, or a line that begins with a space (a page or another cell). A piece of text without a
code belongs to the last objective or the last action: the sheets, which print every title again, tell which of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cdv_graph.extract.model import Unread
from cdv_graph.messages import message
from cdv_graph.namespaces import fold

__all__ = ["REFERENCE", "Element", "Line", "Listing", "Piece", "read_listing"]

# a line of the document and its number
Line = tuple[int, str]

_PILLAR = re.compile(r"PILIER\s*N\s*°\s*(\d+)\s*:\s*(.+)")
_CODE = re.compile(r"(\d+\.\d+(?:\.\d+(?:\.[a-z])?)?)\.?\s+(\D.*)")
# a line that begins an element, or would if its code were right
_BEGINS = re.compile(r"PILIER\b|!\s*\d|\d+\.\d\S*\s+\S")
# two cells on one line: the last dot tells the code of an action from a code that is only quoted
_NEXT_CELL = re.compile(r"\s+(?=\d+\.\d+\.\d+\.[a-z]\.\s)")
_COUNT = re.compile(r"!\s*(\d+)\s*(objectifs?|actions?)\b.*")
REFERENCE = re.compile(
    r"\bcf\.?\s+(?:objectif|orientation)s?\s+\w+\s+(\d+(?:\.\d+)+(?:(?:\s*,\s*|\s+et\s+)\d+(?:\.\d+)+)*)", re.I
)


class Printed:
    """The pages of the sheets, to know where they print a title again."""

    def __init__(self, lines: Sequence[Line]) -> None:
        parts = [f"{words} " for _, text in lines if (words := fold(text))]
        self._text = "".join(parts)
        self._starts = list(accumulate(map(len, parts), initial=0))
        self._numbers = [number for number, text in lines if fold(text)]

    def lines(self, code: str, label: str) -> list[int]:
        """The lines where a title is printed in full after its code, however it is cut."""
        found = re.finditer(rf"(?<!\S){fold(f'{code} {label}')}(?!\S)", self._text)
        ends = [[bisect_right(self._starts, place) - 1 for place in (one.start(), one.end() - 1)] for one in found]
        return [number for first, last in ends for number in range(self._numbers[first], self._numbers[last] + 1)]


@dataclass
class Piece:
    """Words, the lines they stand on, and the code of the element that they are or that they are about."""

    code: str
    words: str
    lines: list[int]

    def join(self, other: Piece) -> None:
        """Go on with another piece."""
        self.words += f" {other.words}"
        self.lines += other.lines


class Element(Piece):
    """A pillar, an orientation, an operational objective or an action."""

    @property
    def kind(self) -> str:
        """Which of them, as the table `strategy` names it."""
        return ("pillar", "issue", "objective", "action")[self.code.count(".")]

    @property
    def parent(self) -> str:
        """The code of the element above; empty for a pillar."""
        return self.code.rpartition(".")[0]

    @property
    def rank(self) -> list[int]:
        """Its place in the order of codes."""
        return [int(part) if part.isdigit() else ord(part) for part in self.code.split(".")]


@dataclass
class Listing:
    """What the listing holds.

    Attributes:
        printed: the pages of the sheets.
        elements: the elements by code, in the order of the source.
        counts: how many objectives (`o`) and actions (`a`) orientations announce, by code and letter.
        references: paragraphs that refer to other elements, with the objective that they stand under.
        cut: codes of the elements whose titles go on somewhere, nobody knows which of them.
        unread: the lines that could not be placed.
    """

    printed: Printed
    elements: dict[str, Element] = field(default_factory=dict)
    counts: dict[tuple[str, str], Piece] = field(default_factory=dict)
    references: list[Piece] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    _last: dict[str, Element] = field(default_factory=dict)
    _title: Element | None = None
    # what counts and references stand under, as long as it is known
    _issue: str = ""
    _objective: str = ""

    def piece(self, piece: Piece) -> None:
        """Place one piece of the listing."""
        if element := _element(piece):
            self._start(element)
        elif found := _COUNT.fullmatch(piece.words):
            self._count(piece, found[2][0].lower())
        elif REFERENCE.search(piece.words) and self._objective:
            self.references.append(Piece(self._objective, piece.words, piece.lines))
        elif self._title and piece.words.isupper():
            self._title.join(piece)
        else:
            self._without_code(piece)

    def _start(self, element: Element) -> None:
        self._title = element if element.kind == "issue" else None
        self._issue = element.code if self._title else ""
        self._objective = {"objective": element.code, "action": element.parent}.get(element.kind, "")
        if element.kind == "pillar" or element.code in self.elements:
            self._last.clear()
        if element.code in self.elements:
            self._title, self._issue, self._objective = None, "", ""
            self.unread.append(Unread(element.lines[0], element.code, message("extract.element-twice")))
        else:
            self.elements[element.code] = self._last[element.kind] = element

    def _count(self, piece: Piece, initial: str) -> None:
        self._title = None
        if self._issue and (self._issue, initial) not in self.counts:
            self.counts[self._issue, initial] = piece
        else:
            self._unplaced(piece)

    def _without_code(self, piece: Piece) -> None:
        last = [self._last[kind] for kind in ("objective", "action") if kind in self._last]
        # what goes on begins with a small letter or a bracket, or closes one
        begins = piece.words[0].islower() or piece.words[0] == "("
        unfinished = [one for one in last if begins or one.words.count("(") > one.words.count(")")]
        for element in unfinished:
            if self.printed.lines(element.code, f"{element.words} {piece.words}"):
                element.join(piece)
                return
        self.cut.update(element.code for element in unfinished)
        self._unplaced(piece)

    def _unplaced(self, piece: Piece) -> None:
        self._issue = self._objective = ""
        self.unread.append(Unread(piece.lines[0], piece.words[:80], message("extract.no-element")))


def _element(piece: Piece) -> Element | None:
    """The element that a piece begins; orientations are in capitals, unlike chapters with such a number."""
    found = _PILLAR.fullmatch(piece.words) or _CODE.fullmatch(piece.words)
    if found and (found[2].isupper() if found[1].count(".") == 1 else not found[2][0].islower()):
        return Element(found[1], found[2], piece.lines)
    return None


def _pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    """Cut the listing where a code, an empty line, a page or another cell begins."""
    piece: Piece | None = None
    for number, line in lines:
        cells = _NEXT_CELL.split(" ".join(line.split()))
        for cell in cells:
            if piece and cell and not line[:1].isspace() and not _BEGINS.match(cell):
                piece.join(Piece("", cell, [number]))
                continue
            if piece:
                yield piece
            piece = Piece("", cell, [number]) if cell else None
        if piece and len(cells) > 1:
            # the line below may go on with either cell
            yield piece
            piece = None
    if piece:
        yield piece


def read_listing(lines: Sequence[Line], sheets: Sequence[Line]) -> Listing:
    """Read the lines of a listing, with those of the sheets after it.

    Example:
        >>> found = read_listing([(1, "1.1.1 Semer un"), (2, "jardin"), (3, ""), (4, "1.1.1.a. Bêcher")], [])
        >>> [(one.kind, one.code, one.words, one.lines) for one in found.elements.values()]
        [('objective', '1.1.1', 'Semer un jardin', [1, 2]), ('action', '1.1.1.a', 'Bêcher', [4])]
    """
    listing = Listing(Printed(sheets))
    for piece in _pieces(lines):
        listing.piece(piece)
    return listing
