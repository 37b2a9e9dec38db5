"""What contracts, their elements and local dispositifs are called: where a code would stand, people read a name."""

from __future__ import annotations

from cdv_graph.query import select
from cdv_graph.questions.run import ask
from cdv_graph.resources import text
from cdv_graph.store import Store

__all__ = ["contract_names", "element_names"]


def contract_names(store: Store) -> dict[str, str]:
    """The label of each contract, by code."""
    return {str(row["contract"]): str(row["label"]) for row in ask(store, "contracts").records()}


def element_names(store: Store) -> dict[str, str]:
    """The labels of articulated elements, by `contract/element`, and of local dispositifs, by code."""
    return {
        f"{row['contract']}/{row['element']}" if row["contract"] else str(row["element"]): str(row["label"])
        for row in select(store, text("queries", "internal/element-labels.rq")).records()
    }
