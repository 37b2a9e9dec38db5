"""Rows of a measure to a frame, the highest first, in an order that hangs on nothing but the values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cdv_graph.query import Result

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame", "rounded", "to_result"]

_DIGITS = 6


def rounded(value: float) -> float:
    """A value without the last digits, which hang on the order of additions."""
    return round(float(value), _DIGITS) + 0.0


def frame(rows: Sequence[dict[str, Any]], columns: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """A frame of plain values (`None` where there is none) with these columns, sorted.

    Args:
        rows: one dictionary per row.
        columns: in order; a row may hold more.
        by: the columns to sort by, the highest first and what has no value last; then by all columns.
    """
    import pandas as pd

    def rank(row: dict[str, Any]) -> tuple[Any, ...]:
        values = [(row[name] is None, -(row[name] or 0)) for name in by]
        return *values, [str(row[name]) for name in columns]

    found = [[row[name] for name in columns] for row in sorted(rows, key=rank)]
    return pd.DataFrame(found, columns=list(columns), dtype=object)


def to_result(found: pd.DataFrame) -> Result:
    """The same as rows, to be written."""
    return Result(tuple(map(str, found.columns)), found.to_numpy().tolist())
