"""Every question, asked of every store: the same rows as the embedded store in memory gives."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

import pytest
from factories import STORES

from cdv_graph.query import Cell
from cdv_graph.questions import ask, names, question
from cdv_graph.store import EmbeddedStore, Store

_ORDER = "Virtuoso orders text with a language, and what is equal, in its own way: rows are compared without their order"
_TEXT = "Virtuoso joins text of a query and text of the graph in two encodings: « n° » comes out wrong"
# what Virtuoso 7.2.5 answers otherwise, and why: strict expected failures
DEPARTURES = {
    "articulation-gaps": "Virtuoso's compiler stops at the query (SP031, equiv re-deprecation)",
    "articulation-rates": "Virtuoso's compiler stops at the query (SP031, field is neither variable nor literal)",
    "dispositifs": "Virtuoso leaves rows twice under DISTINCT where two branches of a UNION give them",
    "role-gaps": "Virtuoso finds nothing where VALUES, UNION and MINUS share a variable",
    "signature-rates": "Virtuoso loses the rows that a path of no step gives between two unbound ends",
    "statutory-blocks": _TEXT,
}
# a parameter bound in each branch of a UNION comes back as text, not as the IRI that it is
AS_TEXT = {"articulations", "sheet"}


def _example(name: str) -> dict[str, str]:
    """The parameters of a question's own example."""
    asked = question(name)
    words = shlex.split(asked.example)
    words = words[3:] if words[1] == "query" else words[2:]
    given: dict[str, str] = {}
    needed = iter(parameter.name for parameter in asked.parameters if parameter.required)
    while words:
        word = words.pop(0)
        if word == "-o":
            words.pop(0)
        elif word.startswith("--"):
            given[word[2:].replace("-", "_")] = words.pop(0)
        else:
            given[next(needed)] = word
    return given


def _cases() -> list[tuple[str, dict[str, str]]]:
    found = []
    for name in names():
        found.append((name, _example(name)))
        if found[-1][1] and not any(parameter.required for parameter in question(name).parameters):
            found.append((name, {}))
    return found


@pytest.fixture(scope="module", params=[name for name in STORES if name != "memory"])
def other(request: pytest.FixtureRequest, store: EmbeddedStore) -> tuple[str, Store]:
    return request.param, STORES[request.param](store, request)


@pytest.mark.parametrize(
    "name, given", _cases(), ids=[f"{name}-{'some' if given else 'all'}" for name, given in _cases()]
)
def test_the_rows_are_the_same(
    other: tuple[str, Store], store: EmbeddedStore, name: str, given: Mapping[str, str], request: pytest.FixtureRequest
) -> None:
    kind, elsewhere = other
    if kind != "virtuoso":
        assert ask(elsewhere, name, given).rows == ask(store, name, given).rows
        return
    if reason := DEPARTURES.get(name):
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    expected, found = (_unordered(ask(one, name, given).rows) for one in (store, elsewhere))
    assert found == expected


def _unordered(rows: list[list[Cell]]) -> list[str]:
    """Rows without their order, tests as numbers."""
    return sorted(repr([int(cell) if isinstance(cell, bool) else cell for cell in row]) for row in rows)
