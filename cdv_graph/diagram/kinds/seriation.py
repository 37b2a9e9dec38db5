"""Puts rows and columns that go together side by side, so that blocks show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["seriate"]

_ROUNDS = 300
_DIGITS = 6  # what is closer than that is one place: the order of names decides, on any machine


def seriate(cells: Mapping[tuple[str, str], float]) -> tuple[list[str], list[str]]:
    """Rows and columns in the order of the first axis of correspondence analysis, found by reciprocal averaging.

    A row's place is the weighted mean of the places of its columns and the other way round, again and again, without
    the trivial solution where all are equal (Hill, M. O. 1973, « Reciprocal averaging: an eigenvector method of
    ordination », Journal of Ecology 61, 237-249; Benzécri 1973). The same cells give the same order, whatever theirs:
    the iteration starts from the names. The axis is turned so that the fullest rows come first.

    Args:
        cells: the weight of each row and column that meet; above 0.

    Returns:
        The rows and the columns.

    Example:
        >>> cells = {("a", "1"): 1, ("b", "2"): 1, ("c", "1"): 1, ("d", "2"): 1, ("a", "3"): 1, ("c", "3"): 1}
        >>> seriate(cells)
        (['a', 'c', 'b', 'd'], ['1', '3', '2'])
    """
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    if len(rows) < 2 or len(columns) < 2:
        return rows, columns
    ordered = sorted(cells.items())
    heavy = _totals(ordered, 0)
    total = sum(heavy.values())
    places = {row: float(at) for at, row in enumerate(rows)}
    across: dict[str, float] = {}
    for _ in range(_ROUNDS):
        across = _means(ordered, places, 1)
        places = _means(ordered, across, 0)
        centre = sum(heavy[row] * places[row] for row in rows) / total
        spread = sum(heavy[row] * (places[row] - centre) ** 2 for row in rows) ** 0.5
        if spread < 1e-12:
            break
        places = {row: (places[row] - centre) / spread for row in rows}
    across = _means(ordered, places, 1)
    half = max(heavy.values()) / 2
    if sum(places[row] for row in rows if heavy[row] > half) > 0:
        places = {row: -place for row, place in places.items()}
        across = {column: -place for column, place in across.items()}
    return _sorted(rows, places, heavy), _sorted(columns, across, _totals(ordered, 1))


Cells = Sequence[tuple[tuple[str, str], float]]


def _totals(cells: Cells, side: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for pair, weight in cells:
        found[pair[side]] = found.get(pair[side], 0.0) + weight
    return found


def _means(cells: Cells, places: Mapping[str, float], side: int) -> dict[str, float]:
    sums: dict[str, float] = {}
    for pair, weight in cells:
        sums[pair[side]] = sums.get(pair[side], 0.0) + weight * places[pair[1 - side]]
    weights = _totals(cells, side)
    return {name: value / weights[name] for name, value in sums.items()}


def _sorted(names: Sequence[str], places: Mapping[str, float], heavy: Mapping[str, float]) -> list[str]:
    return sorted(names, key=lambda name: (round(places[name], _DIGITS), -heavy[name], name))
