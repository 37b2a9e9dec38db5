"""Completes the questions that give rates: intervals, and in words what the rows allow to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdv_graph.analysis.rates import Computed, contracts_of, is_whole
from cdv_graph.messages import LANGUAGES, Message, message
from cdv_graph.query import Cell, Result
from cdv_graph.questions.registry import question
from cdv_graph.store import Store, Term

__all__ = ["articulation_rates", "signature_rates", "statistics", "target_groups"]

_FEW = 10  # below it, a share is told with its interval
Row = dict[str, Cell]


def articulation_rates(_: Store, result: Result, terms: Mapping[str, Term | None]) -> Result:
    """Adds what is uncertain, the interval of each rate, and notes on what it is over."""
    rows = _records(result)
    for row in rows:
        _interval(row, _names(row["named_list"]))
    return _shown("articulation-rates", rows).noted(*_over(rows, terms, signed=False), *_beside(rows))


def signature_rates(_: Store, result: Result, terms: Mapping[str, Term | None]) -> Result:
    """Adds what is uncertain, the interval of each rate, and notes on what it is over."""
    rows = _records(result)
    for row in rows:
        _interval(row, _names(row["named_list"]) + _names(row["open_list"]))
    notes = _over(rows, terms, signed=True)
    if unnamed := _list(rows, "open_list"):
        notes.append(message("rates.open", contracts=_joined(unnamed)))
    return _shown("signature-rates", rows).noted(*notes, *_beside(rows))


def statistics(_: Store, result: Result, __: Mapping[str, Term | None]) -> Result:
    """Adds notes on percentages: those without a population, those that no whole number of contracts makes."""
    unit = result.columns.index("unit")
    percentages = Result(result.columns, [row for row in result.rows if row[unit] == "percent"]).records()
    bare = len({row["about"] for row in percentages if row["population"] is None})
    notes = [message("rates.no-population", count=bare)] if bare else []
    return result.noted(*notes, *_not_whole(percentages, "value", "population", "qualifier"))


def target_groups(_: Store, result: Result, __: Mapping[str, Term | None]) -> Result:
    """Adds a note that keeps what is stated apart from what is counted."""
    share = result.columns.index("stated_share")
    stated = Result(result.columns, [row for row in result.rows if row[share] is not None]).records()
    notes = []
    if stated:
        notes.append(message("rates.shares", count=len(stated), populations=_populations(stated)))
    return result.noted(*notes, *_not_whole(stated, "stated_share", "stated_population", "stated_qualifier"))


def _records(result: Result) -> list[Row]:
    """The rows, without the empty names that a query joins into its lists."""
    return [
        {column: _names(cell) if isinstance(cell, list) else cell for column, cell in row.items()}
        for row in result.records()
    ]


def _shown(name: str, rows: Sequence[Row]) -> Result:
    columns = question(name).columns
    return Result(columns, [[row[column] for column in columns] for row in rows])


def _interval(row: Row, silent: Sequence[str]) -> None:
    """What is uncertain, where a contract does not speak by its silence, and the interval that leaves it open."""
    listed, total = _names(row["contract_list"]), _names(row["total_list"])
    uncertain = len(set(total) & set(silent) - set(listed))
    ends = Computed(len(listed), len(total), uncertain).interval() if row["contracts"] is not None else None
    row["uncertain"] = None if row["contracts"] is None else uncertain
    row["low"], row["high"] = ends or (None, None)


def _names(cell: Cell) -> list[str]:
    return [name for name in cell if name] if isinstance(cell, list) else []


def _list(rows: Sequence[Row], column: str) -> list[str]:
    """What all rows of an answer say alike."""
    return _names(rows[0][column]) if rows else []


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names)


def _over(rows: Sequence[Row], terms: Mapping[str, Term | None], signed: bool) -> list[Message]:
    """What the computed rates are over."""
    if not rows:
        return []
    asked = terms.get("population")
    contracts, named = _list(rows, "total_list"), _list(rows, "named_list")
    read = sorted(set(contracts) - set(named))
    notes = []
    if read:
        notes.append(message("rates.signed" if signed else "rates.read", count=len(read), contracts=_joined(read)))
    if not contracts:
        notes.append(message("rates.none"))
    elif len(contracts) < _FEW:
        notes.append(message("rates.few"))
    if named and asked is not None and asked.value == "read":
        notes.append(
            message("rates.left-out-signed" if signed else "rates.left-out", count=len(named), contracts=_joined(named))
        )
    elif named:
        notes.append(
            message("rates.floor-signed" if signed else "rates.floor", count=len(named), contracts=_joined(named))
        )
    return notes


def _beside(rows: Sequence[Row]) -> list[Message]:
    """What the stated rates are over, and whether they can be."""
    stated = [row for row in rows if row["stated_rate"] is not None or row["stated_count"] is not None]
    if not stated:
        return []
    told = message("rates.stated", count=len(stated), populations=_populations(stated), total=_total(rows))
    return [told, *_not_whole(stated, "stated_rate", "stated_population", "stated_qualifier")]


def _total(rows: Sequence[Row]) -> int:
    return len(_list(rows, "total_list"))


def _populations(rows: Sequence[Row]) -> dict[str, str]:
    """The populations that rows state, by language; that one is not stated is told too."""
    said = sorted({str(row["stated_population"]) for row in rows if row["stated_population"] is not None})
    unsaid = any(row["stated_population"] is None for row in rows)
    return {lang: " ; ".join([*said, message("rates.unsaid").told(lang)] if unsaid else said) for lang in LANGUAGES}


def _not_whole(rows: Sequence[Row], value: str, population: str, qualifier: str) -> list[Message]:
    """The exact percentages of a number of contracts that no whole number of them makes."""
    found: dict[tuple[str, int, float], Message] = {}
    for row in rows:
        rate, total = row[value], contracts_of(str(row[population]))
        if total is None or row[qualifier] != "exact" or not isinstance(rate, int | float) or is_whole(rate, total):
            continue
        place = str(row["document"]), int(str(row["start_line"])), rate
        found[place] = message("rates.of", rate=rate, total=total, document=place[0], line=place[1])
    if not found:
        return []
    told = {lang: " ; ".join(found[place].told(lang) for place in sorted(found)) for lang in LANGUAGES}
    return [message("rates.not-whole", rates=told)]
