"""What every reader gives: rows for tables, and the lines that it could not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cdv_graph.authority import Names
from cdv_graph.corpus import Document
from cdv_graph.messages import Message

__all__ = ["Extract", "Reader", "Unread", "line_ranges"]


@dataclass(frozen=True)
class Unread:
    """A line that a reader could not place, and why.

    Attributes:
        line: its number in the document.
        text: its beginning.
        why: what was expected.
    """

    line: int
    text: str
    why: Message


@dataclass(frozen=True)
class Extract:
    """What a reader read of a document.

    Attributes:
        tables: rows by table, as dictionaries of cells; a table that the layout does not hold is absent.
        unread: the lines that could not be placed, in order: nothing is shifted to a neighbour silently.
        ranges: the lines where the rows of a table were looked for; a table that is absent, in the whole document.
    """

    tables: Mapping[str, list[dict[str, str]]]
    unread: tuple[Unread, ...] = ()
    ranges: Mapping[str, frozenset[int]] = field(default_factory=dict)


def line_ranges(numbers: Sequence[int]) -> str:
    """Numbers of lines as the tables write them.

    Example:
        >>> line_ranges([8, 9, 12, 40, 41])
        '8-9;12;40-41'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ";".join("-".join(map(str, span)) for span in spans)


Reader = Callable[[Document, Names], Extract]
