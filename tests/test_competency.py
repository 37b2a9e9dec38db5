"""Competency questions: what users ask, with answers read in the sources, and the terms of the ontology that they reach.

Each is a file of `tests/competency/` (its README says what it holds). Expected rows name a part of the columns; texts are
compared as `search` compares them (case, accents and punctuation ignored), numbers as numbers, lists as subsets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest
from competency import ROOT, Competency, competencies, coverage, declared, reached, terms_of

from cdv_graph.errors import AmbiguousValueError, InputError, UnknownValueError
from cdv_graph.namespaces import PREFIXES, fold, prologue
from cdv_graph.query import Result, select
from cdv_graph.questions import ask, names, question
from cdv_graph.store import EmbeddedStore

ERRORS = {"unknown": UnknownValueError, "ambiguous": AmbiguousValueError, "input": InputError}
ABOUT = {"document", "lines", "because"}  # what an expected row says beside columns
EVERY = competencies()
ANSWERED = [one for one in EVERY if not one.refused]
REFUSED = [one for one in EVERY if one.refused]


@pytest.fixture(scope="session")
def example(store: EmbeddedStore) -> EmbeddedStore:
    """The ontology with the invented contract in place of the real ones."""
    own = {PREFIXES["cdvg"] + name for name in ("ontology", "vocabulary")}
    kept = [quad for quad in store.quads() if getattr(quad.graph_name, "value", "") in own]
    graph = ox.NamedNode(PREFIXES["cdvg"] + "example")
    told = ox.parse(path=str(ROOT / "examples" / "contract.ttl"), format=ox.RdfFormat.TURTLE)
    known = {quad.triple for quad in kept}
    invented = [
        ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in {q.triple for q in told} - known
    ]
    whole = EmbeddedStore.memory()
    whole.add([*kept, *invented])
    return whole


def answer(one: Competency, store: EmbeddedStore) -> Result:
    """The answer to a competency question; an ASK is one row with the column `answer`."""
    if one.ask:
        return ask(store, one.ask, one.given)
    told = store.query(prologue() + one.sparql)
    return select(store, one.sparql) if told.boolean is None else Result(("answer",), [[told.boolean]])


def same(expected: object, cell: object) -> bool:
    """Whether a cell is what is expected: all of a list that is expected is in the cell's."""
    if isinstance(expected, list):
        return isinstance(cell, list) and set(map(fold, expected)) <= set(map(fold, cell))
    if isinstance(expected, str) and isinstance(cell, str):
        return fold(expected) == fold(cell)
    return (type(expected) is type(cell) and expected == cell) or (_number(expected) and expected == cell)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def lines(said: object) -> tuple[int, int]:
    """The first and last line of `12` or `12-15`."""
    first, _, last = str(said).partition("-")
    return int(first), int(last or first)


def fits(expected: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row has the cells that are expected, and its passage overlaps the lines that were read."""
    if not all(same(value, row[column]) for column, value in expected.items() if column not in ABOUT):
        return False
    if "document" in expected and row["document"] != expected["document"]:
        return False
    if "lines" not in expected:
        return True
    first, last = lines(expected["lines"])
    return bool(row["start_line"] <= last and row["end_line"] >= first)


def faults(one: Competency, result: Result) -> list[str]:
    """What is wrong with an answer; empty where it is what was read."""
    named = {column for row in (one.only, *one.answers, *one.excluded) for column in row} - ABOUT
    if unknown := named - set(result.columns):
        return [f"no column {unknown}"]
    rows = result.records()
    found = [f"missing: {dict(row)}" for row in one.answers if not any(fits(row, given) for given in rows)]
    found += [f"too much: {dict(row)}" for row in one.excluded if any(fits(row, given) for given in rows)]
    found += [f"not {dict(one.only)}: {given}" for given in rows if not fits(one.only, given)]
    for columns, number in one.count.items():
        values = {tuple(str(row[column]) for column in columns.split()) for row in rows}
        found += [f"{columns}: {len(values)}, not {number}: {sorted(values)}"] if len(values) != number else []
    return found + (["not empty" if one.empty else "empty"] if bool(rows) is one.empty else [])


@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.name)
def test_the_answer_is_what_was_read(one: Competency, store: EmbeddedStore, request: pytest.FixtureRequest) -> None:
    result = answer(one, request.getfixturevalue("example") if one.graph == "example" else store)
    wrong = faults(one, result)
    assert not wrong, "\n".join([*wrong, f"{len(result)} rows:", *map(str, result.records()[:40])])


@pytest.mark.parametrize("one", REFUSED, ids=lambda one: one.name)
def test_what_cannot_be_answered_is_refused(one: Competency, store: EmbeddedStore) -> None:
    with pytest.raises(InputError) as caught:
        answer(one, store)
    assert type(caught.value) is ERRORS[one.refused["error"]], caught.value
    assert set(one.refused.get("near", ())) <= set(getattr(caught.value, "candidates", ()))


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_a_competency_question_says_what_was_read_and_where(one: Competency) -> None:
    assert one.fr.endswith(" ?") and one.en.endswith("?")
    assert [bool(one.answers), one.empty, bool(one.refused)].count(True) == 1
    assert one.because if one.empty or one.refused else one.passages or one.graph == "example", (
        "what was read, or why not"
    )
    assert all(trap["because"] and trap.keys() - ABOUT for trap in one.excluded)
    assert all(expected.keys() - ABOUT for expected in one.answers)
    assert bool(one.ask) is not (ROOT / "tests" / "competency" / f"{one.name}.rq").exists()


def test_numbers_follow_each_other() -> None:
    assert [one.number for one in EVERY] == list(range(1, len(EVERY) + 1))


# asked by other tests alone
ELSEWHERE = {"articulation-gaps", "brokers", "comparison", "signature-rates", "what-others-do"}


@pytest.mark.parametrize("name", sorted(set(names()) - ELSEWHERE))
def test_every_named_question_has_two_answers_and_every_parameter_counts(name: str, store: EmbeddedStore) -> None:
    """Left out, a parameter makes at least one competency question fail: it narrows, and rightly."""
    mine = [one for one in EVERY if one.ask == name]
    assert sum(len(one.answers) for one in mine) >= 2
    idle = {parameter.name for parameter in question(name).parameters}
    for one in mine:
        for left_out in sorted(idle & one.given.keys()):
            given = {key: value for key, value in one.given.items() if key != left_out}
            try:
                changed = bool(one.refused or faults(one, answer(replace(one, given=given), store)))
            except InputError:
                changed = True
            if changed:
                idle.remove(left_out)
    assert idle == set()


def test_every_term_and_scheme_is_reached() -> None:
    assert [term for term, numbers in coverage().items() if not numbers] == []


def test_no_question_names_a_term_that_is_not_declared() -> None:
    known = set(declared())
    cdv = PREFIXES["cdv"]
    assert {term for one in EVERY for term in reached(one) if term.startswith(cdv)} <= known


def test_terms_are_read_outside_comments_and_strings() -> None:
    sparql = """SELECT ?s { ?s cdv:theme theme:sante ; a <https://w3id.org/contrat-de-ville/ontology#Action> .
      # cdv:mode is not read
      FILTER(?t = "cdv:status") }"""
    assert {term.removeprefix("https://w3id.org/contrat-de-ville/") for term in terms_of(sparql)} == {
        "ontology#theme",
        "vocab/theme/sante",
        "ontology#Action",
    }


@pytest.mark.parametrize(
    ("expected", "fit"),
    [
        ({"partner": "etat", "document": "d", "lines": "3-9"}, True),
        ({"partner": "État", "lines": 12}, False),
        ({"partner": "État", "document": "e"}, False),
        ({"names": ["b"]}, True),
        ({"names": ["b", "c"]}, False),
        ({"code": "1.1"}, False),
        ({"code": "1.10", "n": 2, "empty": None}, True),
        ({"n": True}, False),
    ],
)
def test_rows_fit_what_is_expected(expected: dict[str, Any], fit: bool) -> None:
    row = {
        "partner": "État", "names": ["a", "b"], "code": "1.10", "n": 2, "empty": None,
        "document": "d", "start_line": 9, "end_line": 11,
    }  # fmt: skip
    assert fits(expected, row) is fit


def test_questions_are_asked_once() -> None:
    asked = Counter(one.fr for one in EVERY)
    assert [text for text, times in asked.items() if times > 1] == []
