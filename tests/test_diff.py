"""What changed between two builds: planted changes are told as exactly what they are; the quads turn one into the other."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cdv_graph
from cdv_graph.analysis.comparison.diff import Difference, diff
from cdv_graph.builds import open_build
from cdv_graph.errors import InputError, StoreError, TableError
from cdv_graph.graph import Graph
from cdv_graph.query.result import Cell
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore

Row = dict[str, str]
PREFIXES = """
PREFIX cdv: <https://w3id.org/contrat-de-ville/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX ex: <urn:ex:>
"""


def edit(table: Path, change: Callable[[list[Row]], None]) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    change(rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def the(rows: list[Row], name: str) -> Row:
    return next(row for row in rows if row["id"] == name)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped tables with one value changed, one row taken away, one added, and one read at other lines."""
    data = tmp_path_factory.mktemp("planted") / "data"
    shutil.copytree(folder("data"), data, ignore=shutil.ignore_patterns("schema"))

    def strategy(rows: list[Row]) -> None:
        the(rows, "p1.os1.oo1.a2")["label"] = "Un autre intitulé"
        the(rows, "p1.os1.oo1.a3.1")["lines"] = "421"

    def indicators(rows: list[Row]) -> None:
        rows.append({**rows[0], "id": "planted", "label": "Un indicateur planté", "lines": "5"})

    edit(data / "clermont-2024" / "strategy.csv", strategy)
    edit(data / "clermont-2024" / "indicators.csv", indicators)
    edit(data / "ales-2015" / "indicators.csv", lambda rows: rows.__delitem__(0))
    return data


@pytest.fixture(scope="module")
def found(graph: Graph, planted: Path) -> Difference:
    return cdv_graph.diff(graph, planted)


def told(found: Difference, *columns: str) -> list[list[Cell]]:
    return [[row[name] for name in columns] for row in found.rows.records()]


def test_planted_changes_are_told_as_exactly_that(found: Difference) -> None:
    with (folder("data") / "ales-2015" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    places = [row for row in found.rows.records() if row["change"] == "removed"]
    others = [one for one in told(found, "change", "class", "node", "property") if one[0] != "removed"]
    assert others == [
        ["changed", "cdv:Action", "action:clermont-2024.p1.os1.oo1.a2", "rdfs:label"],
        [
            *("moved", "cdv:Action", "action:clermont-2024.p1.os1.oo1.a3.1"),
            "cdv:order ; cdv:parent ; rdfs:label",
        ],
        ["added", "cdv:Indicator", "indicator:clermont-2024.planted", None],
    ]
    assert {row["node"] for row in places} == {f"indicator:ales-2015.{first['id']}"}
    assert places[0]["label"] == first["label"] and {row["document"] for row in places} == {"ales-2015"}


def test_a_changed_value_is_told_old_and_new_with_its_lines(found: Difference) -> None:
    (row,) = (one for one in found.rows.records() if one["change"] == "changed")
    assert str(row["old"]).startswith("Communiquer auprès des acteurs") and row["new"] == "Un autre intitulé"
    assert (row["document"], row["start_line"], row["end_line"]) == ("clermont-2024", 422, 422)


def test_moved_facts_are_told_with_both_lines(found: Difference) -> None:
    (row,) = (one for one in found.rows.records() if one["change"] == "moved")
    assert (row["old"], row["new"]) == ("clermont-2024:422-422", "clermont-2024:421-421")
    assert row["start_line"] == 421


def test_a_new_node_is_told_once_with_its_facts(found: Difference) -> None:
    (row,) = (one for one in found.rows.records() if one["change"] == "added")
    assert row["label"] == "Un indicateur planté" and row["start_line"] == 5
    assert "rdfs:label Un indicateur planté" in str(row["new"]) and row["old"] is None
    assert "searchKey" not in str(row["new"])


def test_the_summary_counts_by_class(found: Difference) -> None:
    by_class = {row["class"]: row for row in found.summary().records()}
    assert set(by_class) == {"cdv:Action", "cdv:Indicator"}
    assert (by_class["cdv:Action"]["facts_changed"], by_class["cdv:Action"]["nodes_moved"]) == (1, 1)
    assert (by_class["cdv:Indicator"]["nodes_added"], by_class["cdv:Indicator"]["nodes_removed"]) == (1, 1)


def test_evidence_and_what_is_derived_are_told_if_asked(graph: Graph, planted: Path, found: Difference) -> None:
    new = open_build(planted)
    whole = cdv_graph.diff(graph, new, evidence=True, inferred=True)
    classes = {row["class"] for row in whole.rows.records()}
    assert {"cdv:Reading", "cdv:Passage"} <= classes
    assert any(row["property"] == "cdv:searchKey" for row in whole.rows.records())
    assert found.untold > 0 and whole.untold == 0
    assert (set(graph.store.quads()) - whole.removed) | whole.added == set(new.store.quads())


def test_a_build_is_the_same_in_whatever_holds_it(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(graph.serialize())
    same = cdv_graph.diff("shipped", path)
    assert not same and same.rows.rows == [] and not same.removed and not same.added and same.summary().rows == []


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("nowhere.nq", None, InputError), ("empty.nq", "", StoreError), ("broken.nq", "<urn:a> <urn:b>", StoreError)],
)
def test_what_holds_no_build_is_an_error(
    graph: Graph, tmp_path: Path, name: str, content: str | None, error: type[InputError]
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(error, match=name):
        cdv_graph.diff(graph, tmp_path / name)


def test_a_folder_that_holds_no_build_is_an_error(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder of tables"):
        cdv_graph.diff(graph, tmp_path)


def test_tables_with_faults_are_told_first(graph: Graph, data: Path) -> None:
    edit(data / "clermont-2024" / "strategy.csv", lambda rows: rows[0].update(level="nonsense"))
    with pytest.raises(TableError, match="nonsense"):
        cdv_graph.diff(graph, data)


def small(text: str) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.oxigraph.update(PREFIXES + "INSERT DATA { GRAPH ex:g { " + text + " } }")
    return store


def changes(old: str, new: str) -> list[tuple[Cell, ...]]:
    found = diff(small(old), small(new)).rows.records()
    return [tuple(row[name] for name in ("change", "property", "old", "new")) for row in found]


def test_one_value_in_each_is_changed_and_one_of_several_is_not() -> None:
    assert changes("ex:a a ex:C ; ex:p 1", "ex:a a ex:C ; ex:p 2") == [("changed", "urn:ex:p", "1", "2")]
    assert changes("ex:a a ex:C ; ex:p 1, 3", "ex:a a ex:C ; ex:p 2, 3") == [
        ("added", "urn:ex:p", None, "2"),
        ("removed", "urn:ex:p", "1", None),
    ]
    assert changes("ex:a a ex:C ; ex:p 1", "ex:a a ex:C ; ex:p 1, 2") == [("added", "urn:ex:p", None, "2")]


def test_a_label_in_each_language_is_changed_by_itself() -> None:
    old, new = 'ex:a rdfs:label "un"@fr, "one"@en', 'ex:a rdfs:label "deux"@fr, "one"@en'
    assert changes(old, new) == [("changed", "rdfs:label", "un", "deux")]


def test_a_fact_in_another_named_graph_is_the_same_fact() -> None:
    old, new = small("ex:a ex:p 1"), EmbeddedStore.memory()
    new.oxigraph.update(PREFIXES + "INSERT DATA { GRAPH ex:h { ex:a ex:p 1 } }")
    found = diff(old, new)
    assert found.rows.rows == [] and len(found.added) == len(found.removed) == 1


def test_blank_nodes_are_compared_by_what_is_said_of_them() -> None:
    old = "ex:a ex:p [ ex:q 1 ] ; ex:r [ ex:q 2 ]"
    assert changes(old, old) == []
    found = changes(old, "ex:a ex:p [ ex:q 1 ] ; ex:r [ ex:q 3 ]")
    assert ("removed", None, "urn:ex:q 2", None) in found and ("added", None, None, "urn:ex:q 3") in found
    assert all("ex:q 1" not in str(cell) for row in found for cell in row)


terms = st.sampled_from([ox.NamedNode(f"urn:ex:{name}") for name in "abc"])
values = st.one_of(
    terms, st.integers(0, 3).map(ox.Literal), st.sampled_from("xy").map(lambda t: ox.Literal(t, language="fr"))
)
properties = st.sampled_from(
    [*map(ox.NamedNode, ("urn:ex:p", "urn:ex:q", "http://www.w3.org/2000/01/rdf-schema#label"))]
)
graphs = st.sampled_from([ox.NamedNode("urn:ex:g"), ox.NamedNode("urn:ex:h")])
builds = st.lists(st.builds(ox.Quad, terms, properties, values, graphs), max_size=14)


def store_of(quads: list[ox.Quad]) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.add(quads)
    return store


@settings(deadline=None)
@given(builds, builds)
def test_the_difference_turns_the_old_build_into_the_new(old: list[ox.Quad], new: list[ox.Quad]) -> None:
    found = diff(store_of(old), store_of(new))
    assert (set(old) - found.removed) | found.added == set(new)
    assert found.removed <= set(old) and found.added <= set(new)
    back = diff(store_of(new), store_of(old))
    assert (back.removed, back.added) == (found.added, found.removed)


@settings(deadline=None)
@given(builds, builds)
def test_rows_tell_every_fact_that_differs_and_no_other(old: list[ox.Quad], new: list[ox.Quad]) -> None:
    found = diff(store_of(old), store_of(new))
    were, are = {quad.triple for quad in old}, {quad.triple for quad in new}
    numbers = found.summary().records()
    gone = sum(int(str(row["facts_removed"])) + int(str(row["facts_changed"])) for row in numbers)
    come = sum(int(str(row["facts_added"])) + int(str(row["facts_changed"])) for row in numbers)
    assert (gone, come) == (len(were - are), len(are - were))
    assert bool(found) == (were != are)


@settings(deadline=None)
@given(builds)
def test_a_build_does_not_differ_from_itself(quads: list[ox.Quad]) -> None:
    found = diff(store_of(quads), store_of(quads))
    assert not found and not found.removed and not found.added
