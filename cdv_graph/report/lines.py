"""What a cross-reading holds: one line per statement, with what the graph knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdv_graph.analysis.networks.concepts import named
from cdv_graph.analysis.rates import Computed, Stated, contracts_of, is_whole, verdict
from cdv_graph.query import Cell

__all__ = ["CrossReading", "Line", "Row"]

Row = Mapping[str, Cell]
_MILDEST = ("compatible", "not-comparable", "outside", "contradicted")


@dataclass(frozen=True)
class Line:
    """One dispositif or one kind of partners, with one statement about it.

    Attributes:
        name: the dispositif (acronym, else slug) or the partner.
        label: its name in full.
        found: the contracts read whole that have it.
        total: the contracts read whole.
        uncertain: contracts read whole where it may be, though it is not read.
        named: other contracts that a document says to have it.
        stated: what the document states, or None where it states nothing.
        theme: the theme under which it states it, or empty.
        on_theme: what the graph knows of it on that theme, or None.
        source: document and lines, or empty.
        countable: whether the graph can tell who it is; a group of actors that nothing identifies is not.
        same: whether the statement is about contracts of the generation and the territory that are counted.
    """

    name: str
    label: str
    found: tuple[str, ...]
    total: int
    uncertain: int
    named: tuple[str, ...]
    stated: Stated | None = None
    theme: str = ""
    on_theme: Computed | None = None
    source: tuple[str, int, int] | None = None
    countable: bool = True
    same: bool = True

    def title(self, lang: str = "fr") -> str:
        """Its name in full, with its acronym."""
        label = named("dispositif-type", named("partner-category", self.label, lang), lang)
        return f"{label} ({self.name})" if self.name not in (self.name.lower(), self.label) else label

    @property
    def computed(self) -> Computed:
        """What the graph knows of it, on any theme."""
        return Computed(len(self.found), self.total, self.uncertain, len(self.named))

    def verdict(self) -> str:
        """Whether the statement agrees with the graph: bound to its theme or not, whichever reading agrees best.

        Returns:
            One of the words of `cdv_graph.analysis.rates.verdict`, or empty where nothing is stated.
        """
        if self.stated is None:
            return ""
        if not self.countable or not self.same:
            return "not-comparable"
        readings = [self.computed, *([self.on_theme] if self.on_theme else [])]
        return min((verdict(self.stated, reading) for reading in readings), key=_MILDEST.index)

    def why(self) -> str:
        """Why a statement cannot be compared: `group`, `elsewhere`, `population`, `nothing-read`, `open`; or empty."""
        if self.stated is None or self.verdict() != "not-comparable":
            return ""
        if not self.countable:
            return "group"
        if not self.same:
            return "elsewhere"
        if self.stated.allows() is None:
            return "population"
        return "open" if self.total else "nothing-read"


@dataclass(frozen=True)
class CrossReading:
    """The cross-reading recomputed.

    Attributes:
        generation, territory: of the contracts that it is over.
        read: contracts read whole, of that generation and territory.
        named: the others of which some articulation is told by another document.
        silent: those of which the graph knows the name alone.
        other: contracts read whole that are of another generation or territory; they are not counted.
        signed: contracts whose document prints the signatures.
        partly_signed: contracts of which some signatories are told.
        dispositifs: one line per statement about a dispositif.
        unstated: one line per dispositif known in at least two contracts, about which nothing is stated.
        rest: how many more dispositifs are known in one contract alone.
        partners: one line per kind of partners and statement about it.
        conflicts: pairs of values that exclude each other, where one is among the lines.
        beyond: by measure, how many other shares of a number of contracts are stated, that nothing here computes.
    """

    generation: str
    territory: str
    read: tuple[str, ...]
    named: tuple[str, ...]
    silent: tuple[str, ...]
    other: tuple[str, ...]
    signed: tuple[str, ...]
    partly_signed: tuple[str, ...]
    dispositifs: tuple[Line, ...]
    unstated: tuple[Line, ...]
    rest: int
    partners: tuple[Line, ...]
    conflicts: tuple[Row, ...]
    beyond: Mapping[str, int]

    @property
    def stated(self) -> tuple[Line, ...]:
        """The lines that hold a statement, dispositifs first."""
        return tuple(line for line in self.dispositifs + self.partners if line.stated)

    @property
    def population(self) -> int | None:
        """The number of contracts that most statements are over."""
        counts = [contracts_of(line.stated.population) for line in self.stated if line.stated]
        known = [count for count in counts if count]
        return max(sorted(set(known)), key=known.count) if known else None

    def not_whole(self) -> tuple[Line, ...]:
        """The statements that no whole number of contracts makes, rounded or cut."""
        found = []
        for line in self.stated:
            said = line.stated
            total = contracts_of(said.population) if said else None
            if (
                said
                and total
                and said.qualifier == "exact"
                and said.rate is not None
                and not is_whole(said.rate, total)
            ):
                found.append(line)
        return tuple(found)
