"""One SELECT to rows of plain values."""

from __future__ import annotations

from collections.abc import Collection

from cdv_graph.errors import QueryError
from cdv_graph.namespaces import prologue
from cdv_graph.query.result import Result, split_list, value_of
from cdv_graph.store import Store

__all__ = ["select"]


def select(store: Store, sparql: str, lists: Collection[str] = ()) -> Result:
    """The rows of a SELECT, with every prefix of the project predeclared.

    Args:
        store: where to ask.
        sparql: a SELECT.
        lists: the columns that hold lists, joined by ` ; ` in the query.

    Raises:
        QueryError: the query is wrong, or no SELECT.
    """
    answer = store.query(prologue() + sparql)
    if answer.triples is not None or answer.boolean is not None:
        raise QueryError("query.not-a-select")
    rows = [list(map(value_of, row)) for row in answer.rows]
    for place in (place for place, name in enumerate(answer.variables) if name in lists):
        for row in rows:
            row[place] = split_list(row[place])
    return Result(answer.variables, rows)
