"""What the kinds that are read as tables share: the frame around a picture, its marks, names and lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.analysis.networks.concepts import named, top_theme
from cdv_graph.diagram.kinds import network_parts
from cdv_graph.diagram.legend import LEGEND_ROW, MARGIN
from cdv_graph.diagram.model import Diagram, Facet, Item
from cdv_graph.diagram.shapes import Curve, Marker, Shape, Text
from cdv_graph.diagram.style import style, worded, words
from cdv_graph.diagram.text import fit, one_line, shrunk, width, wrap
from cdv_graph.namespaces import fold, slug

__all__ = [
    *("LABEL", "SMALL", "WIDTH", "Frame", "Sample", "bold", "dispositif_names", "facet", "line_of", "mark", "marked"),
    *("say", "short_name", "theme_label", "title_pieces", "top_themes", "written"),
]

WIDTH = 1920.0
LABEL, SMALL = 15.0, 14.0
_TITLE, _CAPTION = 34.0, 18.0
_RADIUS = 7.5
_SAMPLE = 34.0
_NOTE_LINES = 4

Row = Mapping[str, Any]


def say(lang: str) -> Mapping[str, Any]:
    """The words of these kinds in a language.

    Raises:
        InputError: the language is neither `fr` nor `en`.

    Example:
        >>> say("en")["none"]["gaps"]
        'No gap is known'
    """
    return worded(Path(__file__).with_name("words.yaml"), lang)


@dataclass(frozen=True)
class Sample:
    """One entry of a legend: a label, and what is drawn before it, given where its middle is."""

    label: str
    draw: Callable[[float, float], Sequence[Shape]] | None = None

    @property
    def room(self) -> float:
        """How wide it is."""
        return (_SAMPLE + 8 if self.draw else 0) + width(self.label, LABEL)

    def shapes(self, x: float, y: float) -> Iterable[Shape]:
        """Its shapes from `x` on, on the base line `y`."""
        if self.draw:
            yield from self.draw(x + _SAMPLE / 2, y - 5)
        yield written(x + self.room - width(self.label, LABEL), y, self.label, LABEL)


class Frame:
    """What stands around a picture: title and caption above; legend, note and source below.

    Args:
        kind: of the diagram; its words are `say(lang)[kind]`.
        title: as it is told.
        caption: what is shown of the whole.
        lang: `fr` or `en`.
        room: the width of the picture.
    """

    def __init__(self, kind: str, title: str, caption: str, lang: str, room: float = WIDTH) -> None:
        self.kind, self.title, self.caption = kind, one_line(title), one_line(caption)
        self.lang, self.width = lang, room
        inside = room - 2 * MARGIN
        size = shrunk(self.title, _TITLE, inside, bold=True)
        self.ground: list[Shape] = [bold(MARGIN, 56, fit(self.title, size, inside, bold=True), size)]
        self.top = 64.0
        for line in wrap(self.caption, _CAPTION, inside, 3):
            self.top += 26
            self.ground.append(written(MARGIN, self.top, line, _CAPTION, style().soft))
        self.top += 28

    def closed(
        self,
        bottom: float,
        *,
        items: Iterable[Item],
        samples: Iterable[Sample],
        documents: Iterable[str],
        columns: Sequence[str],
        facets: Iterable[Facet] = (),
        notes: Iterable[str] = (),
    ) -> Diagram:
        """The diagram, once what it shows reaches down to `bottom`."""
        said = [one_line(text) for text in notes]
        sentences = [text if text.endswith((".", "!", "?")) else f"{text}." for text in said]
        note = " ".join(sentences)
        y = self._legend(list(samples), bottom + 16)
        if note:
            y += 6
            for line in _whole(sentences, self.width - 2 * MARGIN):
                y += 21
                self.ground.append(written(MARGIN, y, line, SMALL, style().soft))
            y += 6
        read = " ; ".join(sorted({one_line(document) for document in documents if document})) or "–"
        source = str(words(self.lang)["source"]).format(source=read)
        y += 24
        self.ground.append(written(MARGIN, y, fit(source, SMALL, self.width - 2 * MARGIN), SMALL, style().soft))
        told = tuple(items)
        return Diagram(
            kind=self.kind,
            title=self.title,
            caption=self.caption,
            source=source,
            width=self.width,
            height=y + 26,
            ground=tuple(self.ground),
            items=told,
            facets=tuple(one for one in facets if len(one.values) > 1),
            columns=tuple(str(say(self.lang)["columns"][name]) for name in columns),
            note=note,
        )

    def empty(self, columns: Sequence[str], documents: Iterable[str] = (), notes: Iterable[str] = ()) -> Diagram:
        """The diagram of an answer without rows: it says so."""
        self.ground.append(bold(self.width / 2, self.top + 90, str(say(self.lang)["none"][self.kind]), 26, "middle"))
        none: tuple[Item, ...] = ()
        return self.closed(self.top + 160, items=none, samples=(), documents=documents, columns=columns, notes=notes)

    def _legend(self, samples: Sequence[Sample], y: float) -> float:
        self.ground.append(Curve(((MARGIN, y), (self.width - MARGIN, y)), style().rule, 1))
        x, y = MARGIN, y + 10 + LEGEND_ROW * 0.6
        for sample in samples:
            if x > MARGIN and x + sample.room > self.width - MARGIN:
                x, y = MARGIN, y + LEGEND_ROW * 0.85
            self.ground += sample.shapes(x, y)
            x += sample.room + 26
        return y if samples else y - LEGEND_ROW * 0.6


def written(x: float, y: float, text: str, size: float, colour: str = "", anchor: str = "start") -> Text:
    """A plain text."""
    return Text(x, y, ((text, False),), size, colour or style().ink, anchor)


def bold(x: float, y: float, text: str, size: float, anchor: str = "start") -> Text:
    """A bold text."""
    return Text(x, y, ((text, True),), size, style().ink, anchor)


def mark(code: str, x: float, y: float, radius: float = _RADIUS) -> Marker:
    """The marker of a code of `style().marks`."""
    look = style().marks[code]
    return Marker(x, y, radius * look.scale, look.points, look.colour, style().paper if look.hollow else look.colour)


def marked(label: str, code: str) -> Sample:
    """The entry of a legend for a code of `style().marks`."""
    return Sample(label, lambda x, y: (mark(code, x, y),))


def title_pieces(acronym: str, label: str, size: float, room: float) -> tuple[tuple[str, bool], ...]:
    """An acronym in bold and the label after it, cut to fit; the acronym alone where it is only a code is left out.

    Example:
        >>> title_pieces("CLS", "Contrat local de santé", 10, 500)
        (('CLS', True), (' Contrat local de santé', False))
    """
    short, full = one_line(acronym), one_line(label)
    if not short or short == slug(short) or fold(short) == fold(full):
        return ((fit(full or short, size, room), False),)
    head = fit(short, size, room, bold=True)
    left = room - width(head, size, bold=True)
    return ((head, True), (fit(" " + full, size, left), False)) if left > 40 else ((head, True),)


def line_of(row: Row) -> str:
    """Where a row was read, as `document:start-end`; empty where it was not."""
    return f"{row['document']}:{row['start_line']}-{row['end_line']}" if row["document"] else ""


def _whole(sentences: Sequence[str], room: float) -> tuple[str, ...]:
    """The lines of the first notes that fit whole; the page tells all of them."""
    shown: tuple[str, ...] = ()
    for count in range(1, len(sentences) + 1):
        lines = wrap(" ".join(sentences[:count]), SMALL, room, _NOTE_LINES + 1)
        if len(lines) > _NOTE_LINES:
            break
        shown = lines
    return shown or wrap(sentences[0], SMALL, room, _NOTE_LINES)


def theme_label(code: str, lang: str) -> str:
    """The label of a theme; what says that there is none for an empty code, the code where it is unknown."""
    return network_parts.label("theme", code, lang)


def dispositif_names(rows: Iterable[Row], lang: str, label: str = "dispositif_label") -> dict[str, str]:
    """By acronym or code, the labels that it stands for."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row["dispositif"]), set()).add(named("dispositif-type", str(row[label]), lang))
    return {code: " / ".join(sorted(labels)) for code, labels in found.items()}


def top_themes(codes: Iterable[str]) -> tuple[str, ...]:
    """The top themes of themes, in the order of reading."""
    order = list(style().themes)
    found = {top_theme(code) if code else "" for code in codes}
    return tuple(sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code)))


def short_name(code: str, territory: str) -> tuple[str, str]:
    """A contract as people call it, and its year.

    Example:
        >>> short_name("montpellier-2016", "Montpellier Méditerranée Métropole"), short_name("sete-2024", "Sète")
        (('Montpellier', '2016'), ('Sète', '2024'))
    """
    base, _, year = code.rpartition("-")
    if not base or not year.isdigit():
        return one_line(code), ""
    cuts = [0, *(match.end() for match in re.finditer(r"[\s\-'’]+", territory)), len(territory) + 1]
    pieces = (territory[start:end].strip(" -'’") for start in cuts for end in cuts if start < end)
    return one_line(next((piece for piece in pieces if slug(piece) == base), base)), year


def facet(name: str, codes: Iterable[str], lang: str, labels: Mapping[str, str]) -> Facet:
    """A way to filter, with the label of each code, in the order of the codes."""
    return Facet(name, str(say(lang)["facets"][name]), tuple((code, labels.get(code, code)) for code in codes))
