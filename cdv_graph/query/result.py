"""The rows of an answer, as plain values."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.messages import LANGUAGES, Message
from cdv_graph.namespaces import KINDS, PREFIXES, shorten
from cdv_graph.store import Term

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LIST_SEPARATOR", "Cell", "Result", "value_of"]

Cell = str | int | float | bool | list[str] | None

LIST_SEPARATOR = " ; "
_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long")}
# kinds whose nodes are written `kind/code`; any other node of the project is written as its slug alone
_CODED = set(KINDS) - {"contract", "call", "partner", "place", "dispositif", "document", "legal-text"}


@dataclass(frozen=True)
class Result:
    """A table of plain values.

    Attributes:
        columns: names, in order.
        rows: one list of values per row: text, numbers, booleans, lists of text, or `None`.
        notes: what must be known to read the rows, computed from them.
    """

    columns: tuple[str, ...]
    rows: list[list[Cell]]
    notes: tuple[Message, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """The same as a `pandas.DataFrame`, codes as text and missing values as `None`.

        Where there are notes, `frame.attrs["notes"]` holds them: a list of texts by language, `fr` and `en`.
        """
        import pandas as pd

        frame = pd.DataFrame(self.rows, columns=list(self.columns), dtype=object)
        if self.notes:
            frame.attrs["notes"] = {lang: self.told(lang) for lang in LANGUAGES}
        return frame

    def told(self, lang: str) -> list[str]:
        """The notes in a language, `fr` or `en`."""
        return [note.told(lang) for note in self.notes]

    def only(self, columns: Sequence[str]) -> Result:
        """The same rows with some of the columns."""
        places = [self.columns.index(column) for column in columns]
        return replace(self, columns=tuple(columns), rows=[[row[place] for place in places] for row in self.rows])

    def noted(self, *notes: Message) -> Result:
        """The same rows with more notes."""
        return replace(self, notes=self.notes + notes)

    def records(self) -> list[dict[str, Cell]]:
        """One dictionary per row, every column present."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Cell]:
        """The values of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def __len__(self) -> int:
        return len(self.rows)


@functools.lru_cache(maxsize=1 << 16)  # an answer says the same few terms over and over
def value_of(term: Term | None) -> Cell:
    """A term as a plain value.

    Numbers are numbers, a concept or a contract is its slug, an element of a listing is `kind/code` as in
    `sheet/1.10`, any other IRI is its prefixed form, and the rest is text.

    Example:
        >>> value_of(ox.NamedNode(PREFIXES["theme"] + "sante"))
        'sante'
        >>> value_of(ox.NamedNode(PREFIXES["action"] + "clermont-2024.p1.os1.oo1.a2"))
        'action/p1.os1.oo1.a2'
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        prefix, _, name = (short := shorten(term.value)).partition(":")
        if prefix not in PREFIXES:
            return short
        return f"{prefix}/{name.partition('.')[2] or name}" if prefix in _CODED else name
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in _NUMBERS:
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else float(number)
        if kind == _XSD + "boolean":
            return term.value in ("true", "1")
        return term.value
    return str(term)


def split_list(value: Cell) -> list[str]:
    """The values of a cell that a query joined by the list separator, sorted; none where it is empty."""
    if value is None or value == "":
        return []
    parts: Sequence[str] = value if isinstance(value, list) else str(value).split(LIST_SEPARATOR)
    return sorted(set(parts))
