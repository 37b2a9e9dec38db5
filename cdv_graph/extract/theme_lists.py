"""Reader of the lists that a cross-reading prints under themes: partners, dispositifs, and its glossary.

A paragraph announces partners, or articulations with the droit commun and the politique de la ville; then come themes,
each with its list. Under a theme the first list of dispositifs is the droit commun, the next ones are the politique de
la ville; columns that come out one after the other put the next ones under several themes, and they stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from cdv_graph.authority import Names
from cdv_graph.corpus import Document
from cdv_graph.extract.cross_reading import BOX, Chapter, chapter_at
from cdv_graph.extract.model import Unread
from cdv_graph.extract.name_lists import meant, resolved
from cdv_graph.messages import message
from cdv_graph.namespaces import fold, slug
from cdv_graph.tables import labels

__all__ = ["ThemeList", "read_acronyms", "read_dispositifs", "read_partners", "theme_lists"]

# what a paragraph that announces lists speaks of
_ANNOUNCED = {
    "articulations": re.compile(r"\barticulations\b.*\bdroit commun\b.*\bpolitique de la ville\b", re.I),
    "partners": re.compile(r"\bpartenaires\b", re.I),
}
# of the first list of a theme, of the next ones
_NATURES = ("droit-commun", "politique-de-la-ville")
_HEADING_WORDS = 8
# the next lists of a theme follow after one blank line
_GAP = 2
_PART = re.compile(r"\s*[/,]\s*|\s+[-–]\s+")
_SENTENCE = re.compile(r".*(?<!\.)[.:;]$")
_MARKED = re.compile(r"[-•*#(⁽\[]")
_SCALES = {"national": r"\bnationale?\b", "regional": r"\bregion(?:ale?)?\b", "departmental": r"\bdepartementale?\b"}
_TYPES = "dispositif-type"
_GLOSSARY = re.compile(r"GLOSSAIRE\W*$")
_ENTRY = re.compile(r"-\s+\*\*(.+?)\*\*\s*[•:–]\s*(\S.*)$")
# the word before an acronym that says what it is, « Dispositif X »
_WORD = re.compile(r"^(?:[A-Z]?[a-zà-ÿ]+\s+)+(?=[A-Z])")


@dataclass(frozen=True)
class ThemeList:
    """The lines of one list of names.

    Attributes:
        kind: `partners` or `articulations`.
        chapters: those that its theme names, else the one that holds it; none where a heading may be missing.
        theme: its code, or empty.
        nature: of its dispositifs; empty where several themes are possible.
        body: its lines, numbered.
    """

    kind: str
    chapters: tuple[str, ...]
    theme: str
    nature: str
    body: list[tuple[int, str]]


def _theme(text: str, chapters: Sequence[Chapter]) -> tuple[list[Chapter], str]:
    """The chapters whose titles hold the words of a heading, and its theme; nothing where it is no theme."""
    parts = [fold(part) for part in _PART.split(text.strip(" *"))] if len(text.split()) <= _HEADING_WORDS else []
    words = [set(part.split()) for part in parts if part]
    named = [one for one in chapters if any(part <= set(fold(one.title).split()) for part in words)]
    themes = {one.theme for one in named} or {code for part in parts for code in labels("theme").get(part, ())}
    return named, themes.pop() if len(themes) == 1 else ""


@dataclass
class _Run:
    """Lists under themes, since the paragraph that announced them."""

    kind: str = ""
    theme: tuple[tuple[str, ...], str] | None = None
    lists: int = 0
    waiting: int = 0
    found: list[ThemeList] = field(default_factory=list)

    def start(self, chapters: tuple[str, ...], theme: str) -> None:
        # the themes before it that have one list only may still have their next ones
        self.waiting = 1 if self.lists > 1 else self.waiting + 1
        self.theme, self.lists = (chapters, theme), 0

    def line(self, number: int, text: str) -> None:
        if self.theme is None:
            return
        last = self.found[-1].body[-1][0] if self.found else 0
        if last == number - 1:
            self.found[-1].body.append((number, text))
            return
        self.lists, (chapters, theme) = self.lists + 1, self.theme
        alone = self.lists == 1 and len(_PART.split(text)) == 1
        if self.kind == "partners" and alone:
            self.theme = None  # a list has several names, unlike the words of a drawing
            return
        if self.lists > 1 and (self.kind == "partners" or number - last > _GAP):
            # the heading of another theme may be lost here
            self.waiting, chapters = self.waiting + 1, ()
        sure = not alone if self.lists == 1 else self.waiting == 1
        self.found.append(
            ThemeList(self.kind, chapters, theme, _NATURES[self.lists > 1] if sure else "", [(number, text)])
        )


def theme_lists(document: Document, chapters: Sequence[Chapter]) -> list[ThemeList]:
    """The lists of partners and of dispositifs of a document, in order."""
    headings = {one.first for one in chapters}
    run, found = _Run(), list[ThemeList]()
    for number, line in enumerate(document.lines, 1):
        if not (text := line.strip()):
            continue
        if number in headings or BOX.match(text) or _MARKED.match(text) or _SENTENCE.match(text):
            found += run.found
            run = _Run(next((kind for kind, told in _ANNOUNCED.items() if told.search(text)), ""))
        elif run.kind and any(theme := _theme(text, chapters)):
            holder = chapter_at(chapters, number)
            run.start(tuple(one.code for one in theme[0] or ([holder] if holder else [])), theme[1])
        else:
            run.line(number, text)
    return found + run.found


def read_partners(lists: Sequence[ThemeList], names: Names, unread: list[Unread]) -> list[dict[str, str]]:
    """Rows for the table `participations`: the partners of the lists are mentioned by the chapters of their themes."""
    rows: dict[str, dict[str, str]] = {}
    for one in lists:
        if not one.chapters and one.kind == "partners":
            unread += [Unread(line, text[:80], message("extract.several-chapters")) for line, text in one.body]
        if one.kind != "partners" or not one.chapters:
            continue
        for name, partner, line in resolved(one.body, names, "", unread):
            for code in one.chapters:
                key = f"article.{code}.mentioned.{slug(partner)}.{line}"
                row = {"id": key, "activity": f"article/{code}", "role": "mentioned", "partner": partner}
                rows.setdefault(key, {**row, "as_written": name, "lines": str(line), "method": "reader"})
    return list(rows.values())


def read_dispositifs(lists: Sequence[ThemeList], names: Names, unread: list[Unread]) -> list[dict[str, str]]:
    """Rows for the table `dispositif-facts`: theme and nature of the dispositifs of the lists, and their scale."""
    rows: dict[str, dict[str, str]] = {}
    for one in lists:
        if one.kind != "articulations":
            continue
        if not (one.nature and one.theme):
            unread += [Unread(line, text[:80], message("extract.several-themes")) for line, text in one.body]
            continue
        for name, dispositif, line in resolved(one.body, names, _TYPES, unread):
            scale = next((scale for scale, word in _SCALES.items() if re.search(word, fold(name))), "")
            key = ".".join(filter(None, (dispositif, one.theme, one.nature, scale, str(line))))
            row = {"id": key, "dispositif": dispositif, "theme": one.theme, "nature": one.nature, "scale": scale}
            rows.setdefault(key, {**row, "as_written": name, "lines": str(line), "method": "reader"})
    return list(rows.values())


def _entries(document: Document, unread: list[Unread]) -> Iterator[tuple[int, str, str, str]]:
    """The entries of the glossary, which ends with its last bullet: line, theme, acronym, meaning."""
    lines = [line.strip() for line in document.lines]
    start = next((number for number, line in enumerate(lines, 1) if _GLOSSARY.match(line)), len(lines))
    end = max((number for number, line in enumerate(lines, 1) if line.startswith("-")), default=0)
    theme, last = "", 0
    for number, text in enumerate(lines[start:end], start + 1):
        if entry := _ENTRY.match(text):
            rest = list(takewhile(lambda line: line[:1].islower(), lines[number:]))
            last = number + len(rest)
            yield number, theme, _WORD.sub("", entry[1]), " ".join([entry[2], *rest]).strip("« »")
        elif text.startswith("-") or (text and not text.isupper() and 0 < last < number):
            unread.append(Unread(number, text[:80], message("extract.no-acronym")))
        elif text.isupper():
            theme = _theme(text, ())[1]


def read_acronyms(document: Document, names: Names, unread: list[Unread]) -> list[dict[str, str]]:
    """Rows for the table `acronyms`: the glossary, and what both an acronym and its meaning may name.

    Whether the meaning is the official one (`kind`) is for a person to judge.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for line, theme, acronym, meaning in _entries(document, unread):
        if row := rows.get((acronym, fold(meaning))):
            row["lines"] += f";{line}"
            continue
        concept, by_concept = meant(acronym, meaning, names, _TYPES)
        partner, by_partner = meant(acronym, meaning, names)
        row = {"id": f"{slug(acronym)}.{line}", "acronym": acronym, "meaning": meaning, "theme": theme}
        rows[acronym, fold(meaning)] = {
            **row,
            "dispositif": concept if by_concept > by_partner else "",
            "partner": partner if by_partner > by_concept else "",
            "lines": str(line),
            "method": "reader",
        }
    return list(rows.values())
