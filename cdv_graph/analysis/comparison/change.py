"""One change between two builds of the graph, as rows and as a count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdv_graph.analysis.comparison.facts import Place
from cdv_graph.query.result import Cell

__all__ = ["CHANGES", "COLUMNS", "SUMMARY_COLUMNS", "Change"]

CHANGES = ("added", "removed", "changed", "moved")
COLUMNS = (
    *("change", "class", "node", "label", "property", "old", "new"),
    *("document", "start_line", "end_line"),
)
SUMMARY_COLUMNS = (
    *("class", "nodes_added", "nodes_removed", "facts_added", "facts_removed", "facts_changed", "nodes_moved"),
)


@dataclass(frozen=True)
class Change:
    """A node that is new or gone, a value that is, a value that became another, or facts read at other lines.

    Attributes:
        change: one of `CHANGES`.
        kind: the class of the node.
        node: in its prefixed form.
        label: in French, or empty.
        property: in its prefixed form, several where facts moved together; empty for a whole node.
        old: the value, the facts of a whole node, or the lines that facts moved from.
        new: the same, in the new build.
        places: where it was read.
        facts: how many facts a whole node has.
    """

    change: str
    kind: str
    node: str
    label: str
    property: str
    old: str
    new: str
    places: frozenset[Place]
    facts: int = 0

    def rank(self) -> tuple[str, int, str, str, str, str]:
        """What changes are sorted by."""
        return self.kind, CHANGES.index(self.change), self.node, self.property, self.old, self.new

    def rows(self) -> Iterator[list[Cell]]:
        """One row per passage."""
        told: list[Cell] = [
            cell or None for cell in (self.change, self.kind, self.node, self.label, self.property, self.old, self.new)
        ]
        for place in sorted(self.places):
            yield [*told, *place]
        if not self.places:
            yield [*told, None, None, None]

    def count(self, numbers: list[int]) -> None:
        """Add it to the numbers of its class, in the order of `SUMMARY_COLUMNS`."""
        if self.property or self.change == "moved":
            numbers[{"added": 2, "removed": 3, "changed": 4, "moved": 5}[self.change]] += 1
        else:
            numbers[CHANGES.index(self.change)] += 1
            numbers[2 + CHANGES.index(self.change)] += self.facts
