"""Reader of a cross-reading of contracts: numbered chapters, and boxes of challenges.

The contents give the number and the title of every chapter; the body prints « 4.1 TITLE » for a part and the title
alone for a chapter. A heading may be a picture that the text lost: the chapter then stands at its line of the contents,
and where several lost chapters could hold a passage, the passage is listed as unread.

A box of challenges is a list of bullets under `BOX`. The bullets below a paragraph may detail it as well as be
challenges, so they count only where they are ticked; a paragraph after the bullets ends the box.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cdv_graph.corpus import Document
from cdv_graph.extract.model import Unread
from cdv_graph.extract.sheet_rows import short_words, span
from cdv_graph.messages import message
from cdv_graph.namespaces import fold
from cdv_graph.tables import labels

__all__ = ["BOX", "Chapter", "chapter_at", "chapters_of", "read_articles", "read_challenges"]

_LISTED = re.compile(r"(\d+\.\d+) \| (.+)$")
_NUMBER = re.compile(r"0\d$")
_NUMBERED = re.compile(r"(\d+\.\d+) ([^|]+)$")
BOX = re.compile(r"les défis à relever\W*$", re.I)
_ITEM = re.compile(r"-\s+([☑✓✔]?)\s*(\S.*)$")
_NESTED = re.compile(r"\s+[-•○]\s+\S")
_NOTE = re.compile(r"[(⁽]\s*[\d¹²³⁴-⁹]+\s*[)⁾]")


@dataclass(frozen=True)
class Chapter:
    """A chapter or a part of one, as the contents announce it.

    Attributes:
        code: its number, `01` or `4.1`.
        title: as printed.
        first: the line of its heading; in the contents where the body does not print it.
        last: the last line of its heading.
        printed: whether the body prints its heading.
    """

    code: str
    title: str
    first: int
    last: int
    printed: bool = False

    @property
    def rank(self) -> tuple[int, ...]:
        """Its place among the chapters: 4.2 before 4.10."""
        return tuple(map(int, self.code.split(".")))

    @property
    def theme(self) -> str:
        """The theme that its title begins with, in the words of the vocabulary, or empty."""
        words = fold(self.title).split()
        for count in range(len(words), 0, -1):
            if len(found := labels("theme").get(" ".join(words[:count]), ())) == 1:
                return next(iter(found))
        return ""


def chapters_of(document: Document) -> tuple[list[Chapter], list[Unread]]:
    """The chapters of a document in the order of their numbers, and the numbered headings that are none of them."""
    found: dict[str, Chapter] = {}
    unread: list[Unread] = []
    before = (0, "")
    last: tuple[int, ...] = ()
    for number, line in enumerate(document.lines, 1):
        if not (text := line.strip()):
            continue
        if listed := _LISTED.match(text):
            found.setdefault(listed[1], Chapter(listed[1], listed[2], number, number))
        elif _NUMBER.match(text) and before[1].isupper():
            found.setdefault(text, Chapter(text, before[1], before[0], number))
        elif heading := _heading(text, found):
            code, title = heading
            rank = Chapter(code, title, number, number).rank
            if code in found and rank > last:
                found[code], last = Chapter(code, title, number, number, printed=True), rank
            elif code not in found or rank < last:
                unread.append(Unread(number, text[:80], message("extract.no-chapter")))
        before = (number, text)
    return sorted(found.values(), key=lambda chapter: chapter.rank), unread


def _heading(text: str, found: Mapping[str, Chapter]) -> tuple[str, str] | None:
    """The number and the title of a heading of the body, always in capitals."""
    if not text.isupper():
        return None
    if numbered := _NUMBERED.match(text):
        return numbered[1], numbered[2]
    same = (one.code for one in found.values() if "." not in one.code and not one.printed)
    return next(((code, text) for code in same if fold(found[code].title) == fold(text)), None)


def chapter_at(chapters: Sequence[Chapter], line: int) -> Chapter | None:
    """The one chapter that a line is in; none where headings are missing and it may be in several."""
    start = max((place for place, one in enumerate(chapters) if one.printed and one.first <= line), default=0)
    after = (place for place, one in enumerate(chapters) if one.printed and one.first > line)
    possible = chapters[start : next(after, len(chapters))]
    return possible[0] if len(possible) == 1 else None


def read_articles(chapters: Sequence[Chapter]) -> list[dict[str, str]]:
    """Rows for the table `articles`; a part is in the chapter of its first number."""
    codes = {one.rank: one.code for one in chapters}
    orders: Counter[tuple[int, ...]] = Counter()
    rows = []
    for one in chapters:
        orders[above := one.rank[:-1]] += 1
        parent = f"article/{codes[above]}" if above in codes else ""
        row = {"id": one.code, "code": one.code, "label": one.title, "theme": one.theme, "parent": parent}
        rows.append({**row, "order": str(orders[above]), "lines": span(one.first, one.last), "method": "reader"})
    return rows


@dataclass
class _Box:
    """The lines of one box, sorted into challenges and the rest."""

    items: list[tuple[int, list[int], str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    count: int = 0
    paragraph: bool = False

    def line(self, number: int, line: str, apart: bool, below: bool) -> bool:
        """Take a line; false where the box is over. `apart`: between blank lines; `below`: right under another."""
        if _NESTED.match(line) and self.items and not self.paragraph:
            self.items[-1][1].append(number)
        elif item := _ITEM.match(line):
            if self.paragraph and not item[1]:
                self.unread.append(Unread(number, line[:80], message("extract.not-a-challenge")))
                return True
            self.count += 1
            self.items.append((self.count, [number], item[2]))
        elif below and self.items and line.strip()[0].islower():
            place, lines, text = self.items[-1]
            self.items[-1] = (place, [*lines, number], f"{text} {line.strip()}")
        elif apart and self.items:
            return False
        else:
            self.paragraph = self.paragraph or apart
            self.count += not apart
            why = message("extract.not-a-challenge") if apart else message("extract.no-bullet")
            self.unread.append(Unread(number, line[:80], why))
        return True


def _boxes(document: Document, chapters: Sequence[Chapter]) -> Iterator[tuple[int, _Box]]:
    """The line of every box's heading, and what it holds."""
    lines = ["", *document.lines, ""]
    headings = {one.first for one in chapters if one.printed}
    for start in [number for number, line in enumerate(lines) if BOX.match(line.strip())]:
        box = _Box()
        for number in range(start + 1, len(lines) - 1):
            line = lines[number]
            if number in headings or BOX.match(line.strip()) or _NOTE.match(line.strip()):
                break
            below = bool(lines[number - 1].strip())
            if line.strip() and not box.line(number, line, not below and not lines[number + 1].strip(), below):
                break
        yield start, box


def _label(text: str) -> str:
    """The bold words that a challenge begins with, else its first words; the opening mark may be lost."""
    parts = text.split("**")
    lead = parts[0] if len(parts) % 2 == 0 else parts[1] if len(parts) > 1 and not parts[0] else ""
    return short_words(lead or " ".join(parts)).rstrip(" :.")


def read_challenges(document: Document, chapters: Sequence[Chapter]) -> tuple[list[dict[str, str]], list[Unread]]:
    """Rows for the table `challenges`, numbered in each chapter as printed, and the lines of the boxes left out."""
    rows: list[dict[str, str]] = []
    unread: list[Unread] = []
    counts: dict[str, int] = {}
    for start, box in _boxes(document, chapters):
        unread += box.unread
        if (chapter := chapter_at(chapters, start)) is None:
            unread += [Unread(lines[0], text[:80], message("extract.several-chapters")) for _, lines, text in box.items]
            continue
        before = counts.get(chapter.code, 0)
        counts[chapter.code] = before + box.count
        for place, lines, text in box.items:
            row = {"id": f"{chapter.code}.d{before + place}", "theme": chapter.theme, "label": _label(text)}
            rows.append({**row, "lines": span(lines[0], lines[-1]), "method": "reader"})
    return rows, unread
