"""Completes the rows of the questions that SPARQL cannot answer alone; headers name these functions (`#+ finish:`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cdv_graph.query import Result
from cdv_graph.questions.gaps import articulation_gaps
from cdv_graph.questions.others import what_others_do
from cdv_graph.questions.rates import articulation_rates, signature_rates, statistics, target_groups
from cdv_graph.store import Store, Term

__all__ = ["FINISHERS"]

Finisher = Callable[[Store, Result, Mapping[str, Term | None]], Result]


def articulation_matrix(_: Store, result: Result, terms: Mapping[str, Term | None]) -> Result:
    """One row per contract, one column per dispositif; the cell is the strongest mode, or the number of elements."""
    measure = terms.get("measure")
    counted = measure is not None and measure.value == "elements"
    contracts: dict[str, dict[str, str | int | float | bool | list[str] | None]] = {}
    for contract, dispositif, mode, elements in result.rows:
        contracts.setdefault(str(contract), {})[str(dispositif)] = elements if counted else mode
    dispositifs = sorted({name for cells in contracts.values() for name in cells})
    rows = [[contract, *(cells.get(name) for name in dispositifs)] for contract, cells in sorted(contracts.items())]
    return Result(("contract", *dispositifs), rows)


def brokers(_: Store, result: Result, terms: Mapping[str, Term | None]) -> Result:
    """How much each partner stands between others; see `cdv_graph.analysis.networks.bridging`."""
    from cdv_graph.analysis.networks.bridging import brokers

    return brokers(result)


FINISHERS: dict[str, Finisher] = {
    "articulation_gaps": articulation_gaps,
    "articulation_matrix": articulation_matrix,
    "articulation_rates": articulation_rates,
    "brokers": brokers,
    "signature_rates": signature_rates,
    "statistics": statistics,
    "target_groups": target_groups,
    "what_others_do": what_others_do,
}
