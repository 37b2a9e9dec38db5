"""The cross-reading recomputed: what a document states of many contracts, beside what the graph knows of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.analysis.rates import Computed, Stated, contracts_of
from cdv_graph.namespaces import fold
from cdv_graph.query import Cell, bind, resolve, select, value_of
from cdv_graph.questions import ask, question
from cdv_graph.report.lines import CrossReading, Line, Row
from cdv_graph.resources import text
from cdv_graph.store import Store

__all__ = ["cross_reading"]

_COMPUTED = ("articulation-rate", "signature-rate")


@dataclass(frozen=True)
class _Scope:
    """The contracts that are counted: what a statement must be about to be compared.

    Attributes:
        generation: its code.
        place: the name of the territory.
        periods: by document, the one period that its rates are of; a rate without a period is of that one.
    """

    generation: str
    place: str
    periods: Mapping[str, str]

    def holds(self, row: Row) -> bool:
        period = row["stated_period"] or self.periods.get(str(row["document"]))
        return period in (None, self.generation) and row["stated_place"] in (None, self.place)


def _scope(store: Store, generation: str, territory: str, rows: Sequence[Row]) -> _Scope:
    parameters = {parameter.name: parameter for parameter in question("articulation-rates").parameters}
    place = resolve(store, parameters["territory"], territory)
    told = select(store, bind(text("queries", "internal/told.rq"), {"node": place})).column("label")
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["stated_period"] is not None:
            found.setdefault(str(row["document"]), set()).add(str(row["stated_period"]))
    return _Scope(
        generation=str(value_of(resolve(store, parameters["generation"], generation))),
        place=str(told[0]),
        periods={document: periods.pop() for document, periods in found.items() if len(periods) == 1},
    )


def cross_reading(store: Store, generation: str = "2024-2030", territory: str = "Occitanie") -> CrossReading:
    """The cross-reading recomputed from a graph.

    Rates are computed over the contracts read whole, of one generation and one territory; contracts that a document
    only names count for what is sure (at least so many), never for a share.

    Args:
        store: the graph.
        generation: of the contracts (code or name).
        territory: where they are (code, slug or name).

    Raises:
        UnknownValueError, AmbiguousValueError: the generation or the territory names nothing, or several things.
    """
    asked = {"generation": generation, "territory": territory}
    read, named = _asked(store, "articulation-rates", asked)
    themes = sorted({str(row["stated_theme"]) for row in read if row["stated_theme"]})
    on_theme = {theme: _asked(store, "articulation-rates", {**asked, "theme": theme}) for theme in themes}
    signed, partly = _asked(store, "signature-rates", asked)
    scope = _scope(store, generation, territory, read + signed)
    lines = [_line(row, named, "dispositif", on_theme, scope) for row in _together(read, named, "dispositif", 0)]
    unnamed = {str(row["contract"]) for row in ask(store, "signatories", {}).records() if row["partner"] is None}
    uncertain = len(unnamed & {*_listed(signed, "total_list")})
    signatures = _together(signed, partly, "partner", uncertain)
    known = {str(row["contract"]) for row in ask(store, "contracts", asked).records()}
    whole = _listed(ask(store, "articulation-rates", {}).records(), "total_list")
    of_read, of_named = _listed(read, "total_list"), _listed(named, "total_list")
    stated = tuple(line for line in lines if line.stated)
    bare = [line for line in lines if not line.stated]
    shared = [line for line in bare if len(line.found) + len(line.named) > 1]
    return CrossReading(
        generation=scope.generation,
        territory=scope.place,
        read=of_read,
        named=of_named,
        silent=tuple(sorted(known - {*of_read, *of_named})),
        other=tuple(sorted({*whole} - {*of_read})),
        signed=_listed(signed, "total_list"),
        partly_signed=_listed(partly, "total_list"),
        dispositifs=tuple(sorted(stated, key=lambda line: (fold(line.title()), line.source or ("", 0, 0)))),
        unstated=tuple(sorted(shared, key=lambda line: (-len(line.found) - len(line.named), fold(line.title())))),
        rest=len(bare) - len(shared),
        partners=tuple(_line(row, partly, "partner", {}, scope) for row in signatures),
        conflicts=_conflicts(store, read + signed),
        beyond=_beyond(store, read + signed),
    )


def _asked(store: Store, name: str, asked: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """The rows over the contracts read whole, and over those that are only named."""
    read, named = (ask(store, name, {**asked, "population": population}) for population in ("read", "named"))
    return [*read.records()], [*named.records()]


def _listed(rows: Sequence[Row], column: str) -> tuple[str, ...]:
    return _names(rows[0][column]) if rows else ()


def _names(cell: Cell) -> tuple[str, ...]:
    return tuple(cell) if isinstance(cell, list) else ()


def _key(row: Row, by: str) -> tuple[Cell, ...]:
    """One statement about one thing."""
    said = ("document", "start_line", "end_line", "stated_rate", "stated_count", "stated_population")
    return (row[by], *(row[column] for column in said))


def _together(read: Sequence[Row], named: Sequence[Row], by: str, uncertain: int) -> list[Row]:
    """The rows of both; of what is only named, nothing was found in a contract read whole, save what is uncertain."""
    seen = {_key(row, by) for row in read}
    total = read[0]["total"] if read else 0
    missing: list[Row] = [
        {
            **row,
            "contracts": None if row.get("category") == "collectif" else 0,
            "contract_list": [],
            "total": total,
            "uncertain": uncertain,
        }
        for row in named
        if _key(row, by) not in seen
    ]
    return [*read, *missing]


def _line(
    row: Row, named: Sequence[Row], by: str, on_theme: Mapping[str, tuple[list[Row], list[Row]]], scope: _Scope
) -> Line:
    also = next((other["contract_list"] for other in named if other[by] == row[by]), [])
    theme = str(row["stated_theme"] or "")
    stated = row["stated_rate"] is not None or row["stated_count"] is not None
    return Line(
        name=str(row[by]),
        label=str(row.get("label", row[by])),
        found=_names(row["contract_list"]),
        total=_number(row["total"]),
        uncertain=_number(row["uncertain"]),
        named=_names(also),
        stated=_stated(row) if stated else None,
        theme=theme,
        on_theme=_computed(row, by, *on_theme[theme]) if stated and theme in on_theme else None,
        source=(str(row["document"]), _number(row["start_line"]), _number(row["end_line"])) if stated else None,
        countable=row["contracts"] is not None,
        same=not stated or scope.holds(row),
    )


def _stated(row: Row) -> Stated:
    rate, count, most = (row[column] for column in ("stated_rate", "stated_count", "stated_max"))
    return Stated(
        rate=rate if isinstance(rate, int | float) else None,
        count=count if isinstance(count, int | float) else None,
        most=most if isinstance(most, int | float) else None,
        qualifier=str(row["stated_qualifier"]),
        population=str(row["stated_population"]) if row["stated_population"] is not None else None,
    )


def _computed(row: Row, by: str, read: Sequence[Row], named: Sequence[Row]) -> Computed:
    found, also = (next((_number(one["contracts"]) for one in rows if one[by] == row[by]), 0) for rows in (read, named))
    return Computed(found, _number(row["total"]), _number(row["uncertain"]), also)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _conflicts(store: Store, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The contradictions on figures, where one side is a rate of these rows."""
    told = {(row["document"], row["start_line"]) for row in rows if row["document"] is not None}
    return tuple(
        row
        for row in ask(store, "conflicts", {"kind": "figure"}).records()
        if {(row["document_a"], row["line_a"]), (row["document_b"], row["line_b"])} & told
    )


def _beyond(store: Store, rows: Sequence[Row]) -> dict[str, int]:
    """The other shares of a number of contracts that the same documents state, counted by measure."""
    documents = sorted({str(row["document"]) for row in rows if row["document"] is not None})
    figures = {
        (str(row["measure"]), row["about"], row["value"])
        for document in documents
        for row in ask(store, "statistics", {"document": document}).records()
        if row["unit"] == "percent" and contracts_of(str(row["population"])) and row["measure"] not in _COMPUTED
    }
    told = Counter(measure for measure, *_ in figures)
    return dict(sorted(told.items(), key=lambda one: (-one[1], one[0])))
