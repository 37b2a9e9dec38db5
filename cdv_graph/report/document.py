"""The cross-reading in words: a document in French or in English; the words are in `words.yaml`."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cdv_graph.analysis.networks.concepts import Concept, concepts
from cdv_graph.analysis.rates import Stated, contracts_of
from cdv_graph.report.lines import CrossReading, Line
from cdv_graph.report.write import Block, Document, Heading, Items, Paragraph, Table
from cdv_graph.resources import parsed

__all__ = ["document"]


def document(reading: CrossReading, lang: str = "fr") -> Document:
    """The cross-reading as a document: over which contracts, what may be concluded and what not, then the tables.

    Args:
        reading: from `cross_reading`.
        lang: `fr` or `en`.
    """
    words = _Words(lang)
    say = words.say
    blocks: list[Block] = [Paragraph(say("lead")), Heading(say("heading-over")), Items(tuple(_over(reading, words)))]
    may = tuple(_may(reading, words)) or (say("nothing-concluded"),)
    blocks += [Heading(say("heading-conclude")), Items(may)]
    blocks += [Heading(say("heading-not-conclude")), Items(tuple(_may_not(reading, words)))]
    blocks += [Heading(say("heading-dispositifs")), words.table("dispositif", reading.dispositifs)]
    blocks += [Heading(say("heading-partners")), words.table("partner", reading.partners)]
    if reading.conflicts:
        blocks += [Heading(say("heading-conflicts")), _conflicts(reading, words)]
    if reading.unstated:
        blocks += [Heading(say("heading-unstated")), Paragraph(say("unstated-lead", rest=reading.rest))]
        blocks += [words.bare(reading.unstated)]
    method = ("interval", "sure", "stated", "theme", "whole")
    blocks += [Heading(say("heading-method")), Items(tuple(say(f"method-{one}") for one in method))]
    title = say("title", generation=reading.generation, territory=reading.territory)
    return Document(title, lang, tuple(blocks))


def _over(reading: CrossReading, words: _Words) -> Iterable[str]:
    lists = {
        "read": reading.read,
        "named": reading.named,
        "silent": reading.silent,
        "other": reading.other,
        "signed": reading.signed,
        "partly-signed": reading.partly_signed,
    }
    for key, contracts in lists.items():
        if contracts or key == "read":
            yield words.say(f"over-{key}", count=len(contracts), contracts=", ".join(contracts) or "–")


def _may(reading: CrossReading, words: _Words) -> Iterable[str]:
    for line in reading.stated:
        if line.verdict() == "contradicted" and line.stated:
            yield words.say(
                "contradicted",
                name=line.title(words.lang),
                stated=words.stated(line.stated),
                source=words.source(line),
                known=len(line.found) + len(line.named),
                contracts=", ".join(sorted(line.found + line.named)) or "–",
                sure=words.sure(line),
            )
    if broken := reading.not_whole():
        rates = (
            words.say(
                "with", text=f"{line.title(words.lang)} {words.stated(line.stated)}", contracts=words.source(line)
            )
            for line in broken
            if line.stated
        )
        yield words.say("not-whole", rates=" ; ".join(rates))
    if reading.conflicts:
        yield words.say("conflicts-told", count=len(reading.conflicts))


def _may_not(reading: CrossReading, words: _Words) -> Iterable[str]:
    told = list({(line.name, line.stated, line.theme): line.verdict() for line in reading.stated}.values())
    if told:
        population = reading.population or words.say("no-population")
        yield words.say("cannot-redo", count=len(told), population=population, read=len(reading.read))
    for key, kind in (("cannot-confirm", "compatible"), ("cannot-refute", "outside")):
        if kind in told:
            yield words.say(key, **{kind: told.count(kind)})
    if "not-comparable" in told:
        yield words.say("cannot-compare", count=told.count("not-comparable"))
    if reading.beyond:
        measures = ", ".join(f"{measure} {count}" for measure, count in reading.beyond.items())
        yield words.say("cannot-beyond", count=sum(reading.beyond.values()), measures=measures)
    if any(line.uncertain for line in reading.partners):
        yield words.say("cannot-sign")
    yield words.say("cannot-sample")


def _conflicts(reading: CrossReading, words: _Words) -> Table:
    columns = tuple(words.column(name) for name in ("subject", "one", "source", "other", "source"))
    rows = tuple(
        (
            *(str(row["subject"]), str(row["value_a"]), words.lines(str(row["document_a"]), row["line_a"])),
            *(str(row["value_b"]), words.lines(str(row["document_b"]), row["line_b"])),
        )
        for row in reading.conflicts
    )
    return Table(columns, rows)


@functools.cache
def _said() -> dict[str, Any]:
    said: dict[str, Any] = parsed(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return said


class _Words:
    """How values are said in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, key: str, **data: object) -> str:
        return str(_said()[key][self.lang]).format_map(data)

    def of(self, group: str, key: str) -> str:
        return str(_said()[group][key][self.lang])

    def column(self, key: str) -> str:
        return self.of("columns", key)

    def number(self, value: float) -> str:
        """A number without needless digits, with the decimal sign of the language."""
        text = f"{round(value, 1):g}"
        return text.replace(".", ",") if self.lang == "fr" else text

    def share(self, value: float) -> str:
        return self.say("share", value=self.number(value))

    def range(self, ends: tuple[float, float] | None) -> str:
        return self.say("range", low=self.share(ends[0]), high=self.share(ends[1])) if ends else "–"

    def stated(self, stated: Stated) -> str:
        if stated.rate is None:
            value = self.say("count-one" if stated.count == 1 else "count", value=self.number(stated.count or 0))
        elif stated.most is not None:
            value = self.range((stated.rate, stated.most))
        else:
            value = self.share(stated.rate)
        return self.of("qualifier", stated.qualifier).format(value=value)

    def lines(self, document: str, first: object, last: object = None) -> str:
        lines = str(first) if last in (None, first) else f"{first}-{last}"
        return self.say("lines", document=document, lines=lines)

    def source(self, line: Line) -> str:
        return self.lines(*line.source) if line.source else "–"

    def sure(self, line: Line) -> str:
        total = contracts_of(line.stated.population) if line.stated else None
        return self.range(line.computed.sure(total)) if total and line.countable else "–"

    def listed(self, text: str, contracts: tuple[str, ...]) -> str:
        return self.say("with", text=text, contracts=", ".join(contracts)) if contracts else text

    def computed(self, line: Line) -> str:
        if not line.total or not line.countable:
            return "–"
        found = len(line.found)
        text = self.say("computed", found=found, total=line.total, share=self.share(100 * found / line.total))
        return self.listed(text, line.found)

    def interval(self, line: Line) -> str:
        return self.range(line.computed.interval()) if line.countable else "–"

    def theme(self, line: Line) -> str:
        if line.on_theme is None:
            return "–"
        theme = concepts("theme").get(line.theme, Concept(line.theme, line.theme))
        label = theme.label_en if self.lang == "en" else theme.label
        return self.say("on-theme", theme=label, found=line.on_theme.found, total=line.on_theme.total)

    def verdict(self, line: Line) -> str:
        if not (told := line.verdict()):
            return "–"
        verdict = self.of("verdict", told)
        return self.say("because", verdict=verdict, why=self.of("why", line.why())) if line.why() else verdict

    def population(self, line: Line) -> str:
        if line.stated is None:
            return "–"
        return line.stated.population or self.say("no-population")

    def table(self, first: str, lines: tuple[Line, ...]) -> Table:
        """What is stated and what is computed, each in its columns."""
        names = ("stated", "population", "source", "computed", "interval", "theme", "named", "sure", "verdict")
        shown = [name for name in names if name != "theme" or first == "dispositif"]
        rows = tuple(
            (
                line.title(self.lang),
                *(self.stated(line.stated) if line.stated else "–", self.population(line), self.source(line)),
                *(self.computed(line), self.interval(line)),
                *([self.theme(line)] if "theme" in shown else []),
                *(self.listed(str(len(line.named)), line.named), self.sure(line), self.verdict(line)),
            )
            for line in lines
        )
        return Table((self.column(first), *map(self.column, shown)), rows)

    def bare(self, lines: tuple[Line, ...]) -> Table:
        """What is computed where nothing is stated."""
        rows = tuple(
            (
                line.title(self.lang),
                self.computed(line),
                self.interval(line),
                self.listed(str(len(line.named)), line.named),
            )
            for line in lines
        )
        return Table(tuple(map(self.column, ("dispositif", "computed", "interval", "named"))), rows)
