"""Every question, asked of every store: the same rows as the embedded store in memory gives."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping

import pytest
from factories import STORES

from cdv_graph.build import build
from cdv_graph.errors import AmbiguousValueError, UnknownValueError
from cdv_graph.query import Cell
from cdv_graph.questions import ask, names, question
from cdv_graph.store import EmbeddedStore, Store

_ORDER = (
    "Virtuoso orders text with a language, and what is equal, in its own way, and may give a row twice in spite of "
    "DISTINCT: rows are compared as a set"
)
_TEXT = "Virtuoso joins text of a query and text of the graph in two encodings: « n° » comes out wrong"
# what Virtuoso 7.2.5 answers otherwise here, and why: strict expected failures; docs/stores.md tells those of the whole graph
DEPARTURES = {
    "articulation-gaps-some": "Virtuoso's compiler stops at the query (SP031, equiv re-deprecation)",
    **dict.fromkeys(
        ("articulation-rates-some", "articulation-rates-all"),
        "Virtuoso's compiler stops at the query (SP031, field is neither variable nor literal)",
    ),
    "articulations-some": "Virtuoso gives a value bound in every branch of a UNION back as text, not as the IRI that it is",
    **dict.fromkeys(
        ("role-gaps-some", "role-gaps-all"), "Virtuoso finds nothing where VALUES, UNION and MINUS share a variable"
    ),
    **dict.fromkeys(
        ("sheets-some", "sheets-all"),
        "Virtuoso has integers for the results of tests, and one where there should be none",
    ),
    **dict.fromkeys(
        ("signature-rates-some", "signature-rates-all"),
        "Virtuoso loses the rows that a path of no step gives between two unbound ends",
    ),
    "what-others-do-some": "Virtuoso's compiler stops at the query (SP031, selid is used outside its scope)",
    **dict.fromkeys(("statutory-blocks-some", "statutory-blocks-all"), _TEXT),
}


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


def _case(name: str, given: Mapping[str, str]) -> str:
    return f"{name}-{'some' if given else 'all'}"


def _cases() -> list[tuple[str, dict[str, str]]]:
    found = []
    for name in names():
        found.append((name, _example(name)))
        if found[-1][1] and not any(parameter.required for parameter in question(name).parameters):
            found.append((name, {}))
    return found


@pytest.fixture(scope="module")
def held() -> EmbeddedStore:
    """Two documents that lack nothing of the whole but its size: a contract, and a call for projects."""
    return build(documents=["clermont-2024", "montpellier-2021"])


# a server without union answers as one with it, and is slow to: the behaviours are asked of it, the questions are not
@pytest.fixture(scope="module", params=[name for name in STORES if name not in ("memory", "server-without-union")])
def other(request: pytest.FixtureRequest, held: EmbeddedStore) -> tuple[str, Store]:
    return request.param, STORES[request.param](held, request)


def _answer(store: Store, name: str, given: Mapping[str, str]) -> list[list[Cell]]:
    """The rows; where the question cannot be asked so, what it says."""
    try:
        return ask(store, name, given).rows
    except (AmbiguousValueError, UnknownValueError) as error:
        return [[str(error)]]


@pytest.fixture(scope="module")
def expected(held: EmbeddedStore) -> Callable[[str, Mapping[str, str]], list[list[Cell]]]:
    known: dict[str, list[list[Cell]]] = {}

    def of(name: str, given: Mapping[str, str]) -> list[list[Cell]]:
        key = f"{name} {sorted(given.items())}"
        if key not in known:
            known[key] = _answer(held, name, given)
        return known[key]

    return of


@pytest.mark.parametrize("name, given", _cases(), ids=[_case(*one) for one in _cases()])
def test_the_rows_are_the_same(
    other: tuple[str, Store],
    expected: Callable[[str, Mapping[str, str]], list[list[Cell]]],
    name: str,
    given: Mapping[str, str],
    request: pytest.FixtureRequest,
) -> None:
    kind, elsewhere = other
    if kind != "virtuoso":
        assert _answer(elsewhere, name, given) == expected(name, given)
        return
    if reason := DEPARTURES.get(_case(name, given)):
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    assert _set(_answer(elsewhere, name, given)) == _set(expected(name, given)), _ORDER


def _set(rows: list[list[Cell]]) -> set[str]:
    return set(map(repr, rows))
