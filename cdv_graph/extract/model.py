"""What every reader gives: rows for tables, and the lines that it could not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cdv_graph.authority import Names
from cdv_graph.corpus import Document
from cdv_graph.messages import Message

__all__ = ["Extract", "Reader", "Unread"]


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
    """

    tables: Mapping[str, list[dict[str, str]]]
    unread: tuple[Unread, ...] = ()


Reader = Callable[[Document, Names], Extract]
