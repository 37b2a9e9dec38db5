"""Items of the HTML lists that some PDF extractors leave inside table cells."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

__all__ = ["Item", "list_items"]

_BULLETS = "•○▪◦·-– "


@dataclass(frozen=True)
class Item:
    """One item: how deep it is nested (0 outermost) and its text without bullet."""

    depth: int
    text: str


class _Lists(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.items: list[tuple[int, list[str]]] = []
        self._open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.items.append((len(self._open), []))
            self._open.append(len(self.items) - 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.items[self._open[-1]][1].append(data)


def list_items(cell: str) -> list[Item]:
    """The items of a cell, in order; broken markup gives what can be read.

    Example:
        >>> list_items("<ul><li>• Un <b>deux</b> :<ul><li>○ trois</li></ul></li></ul>")
        [Item(depth=0, text='Un deux :'), Item(depth=1, text='trois')]
    """
    parser = _Lists()
    parser.feed(cell)
    parser.close()
    found = [(depth, " ".join("".join(parts).split()).lstrip(_BULLETS)) for depth, parts in parser.items]
    return [Item(depth, text) for depth, text in found if text]
