"""The graph: same bytes twice, one graph per triple, evidence behind values, nothing half written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from cdv_graph.build import build, load_store, publish
from cdv_graph.errors import OutputError, StoreError, TableError
from cdv_graph.namespaces import BASE, expand, graph_iri, prologue
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore, from_rdflib, read_rdf, to_rdflib, write_rdf
from cdv_graph.tables import read_dataset


def rows(store: EmbeddedStore, sparql: str) -> list[tuple[str, ...]]:
    answer = store.query(prologue() + sparql)
    return [tuple("" if term is None else term.value for term in row) for row in answer.rows]


def test_the_same_tables_give_the_same_bytes_under_any_hash_seed(store: EmbeddedStore) -> None:
    code = "import sys; from cdv_graph.build import build;"
    code += "sys.stdout.buffer.write(build().nquads())"
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        assert done.stdout == store.nquads()


def test_a_triple_stands_in_one_graph_only(store: EmbeddedStore) -> None:
    many = [triple for triple, count in Counter(quad.triple for quad in store.quads()).items() if count > 1]
    assert many == []


def test_graphs_are_the_ones_of_the_vocabulary(store: EmbeddedStore) -> None:
    documents = [row["slug"] for row in read_dataset(folder("data")).sources if row["kind"] == "document"]
    names = ["ontology", "vocabulary", "authority", "across", "inferred", *documents]
    names += [f"inferred/{document}" for document in documents]
    assert store.graphs() == sorted(graph_iri(name) for name in names)


def test_no_blank_node_and_every_iri_has_a_prefixed_form(store: EmbeddedStore) -> None:
    ours = re.compile(re.escape(BASE) + r"(id|vocab)/[a-z-]+/[a-z0-9][a-z0-9.-]*$")
    for graph in store.graphs():
        if graph.endswith(("ontology", "vocabulary")):
            continue
        for quad in store.quads(graph):
            for term in (quad.subject, quad.object):
                assert not isinstance(term, ox.BlankNode)
                if isinstance(term, ox.NamedNode) and term.value.startswith((BASE + "id/", BASE + "vocab/")):
                    assert ours.match(term.value), term.value


def test_every_asserted_value_of_a_document_has_a_reading(store: EmbeddedStore) -> None:
    """Modes, themes, status, roles, labels …: the direct triple is the shortcut of a reading."""
    properties = (
        "mode theme status dispositifType localDispositif role partner value unit amount targetGroup parent".split()
    )
    for name in properties:
        missing = rows(
            store,
            f"""SELECT ?s ?o {{
              GRAPH <{graph_iri("clermont-2024")}> {{ ?s cdv:{name} ?o }}
              MINUS {{ ?r cdv:subject ?s ; cdv:property cdv:{name} ; cdv:object|cdv:objectValue ?o }}
            }}""",
        )
        assert missing == [], name


def test_the_worked_example_of_the_vocabulary_is_in_the_graph(store: EmbeddedStore) -> None:
    """Clermont 2024, l. 1149-1152: the CLS is articulated by its governance, its data and its means."""
    node = "articulation:clermont-2024.commitment.pays-coeur-d-herault-4.cls-coeur-d-herault.sante"
    found = rows(store, f"SELECT ?m {{ {node} cdv:mode ?m ; cdv:status status:stated ; cdv:theme theme:sante }}")
    assert {mode.rpartition("/")[2] for (mode,) in found} >= {"governance", "data", "operational"}
    assert rows(store, f"SELECT ?e {{ {node} cdv:articulatedElement ?e }}") == [
        (expand("commitment:clermont-2024.pays-coeur-d-herault-4"),)
    ]


def test_passages_carry_rfc5147_fragments(store: EmbeddedStore) -> None:
    found = rows(
        store,
        """SELECT ?first ?last ?fragment {
          ?p a cdv:Passage ; cdv:startLine ?first ; cdv:endLine ?last ; oa:hasSelector/rdf:value ?fragment }""",
    )
    assert found
    assert all(fragment == f"line={int(first) - 1},{last}" for first, last, fragment in found)


def test_dates_keep_their_precision_and_have_bounds(store: EmbeddedStore) -> None:
    """Clermont 2024, l. 8: the contract runs over 2024/2030."""
    found = rows(
        store,
        """SELECT ?s (DATATYPE(?s) AS ?t) ?first ?last {
          contract:clermont-2024 cdv:startDate ?s ; cdv:earliest ?first ; cdv:latest ?last }""",
    )
    assert found == [("2024", expand("xsd:gYear"), "2024-01-01", "2030-12-31")]


def test_shortcuts_stand_apart_and_follow_the_roles(store: EmbeddedStore) -> None:
    inferred = graph_iri("inferred/clermont-2024")
    signed = rows(store, f"SELECT ?p {{ GRAPH <{inferred}> {{ contract:clermont-2024 cdv:signatory ?p }} }}")
    stated = rows(
        store,
        "SELECT DISTINCT ?p { ?x cdv:activity contract:clermont-2024 ; cdv:role role:signatory ; cdv:partner ?p }",
    )
    assert sorted(signed) == sorted(stated)


def test_a_document_can_be_built_alone(store: EmbeddedStore) -> None:
    alone = build(documents=["clermont-2024"])
    for graph in ("clermont-2024", "inferred/clermont-2024"):
        assert set(alone.quads(graph_iri(graph))) == set(store.quads(graph_iri(graph)))


def test_the_cache_gives_the_same_graph_and_mends_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDV_CACHE", str(tmp_path))
    first = load_store().nquads()
    (kept,) = tmp_path.glob("*.nq")
    assert kept.read_bytes() == first == load_store().nquads()
    kept.write_bytes(b"<broken")
    assert load_store().nquads() == first
    assert kept.read_bytes() == first


def test_changed_tables_are_built_anew(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDV_CACHE", str(tmp_path / "cache"))
    before = len(load_store(data))
    table = data / "clermont-2024" / "indicators.csv"
    table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert len(load_store(data)) < before


def test_two_values_under_one_iri_are_refused(data: Path) -> None:
    table = data / "clermont-2024" / "other-names.csv"
    text = table.read_text("utf-8")
    table.write_text(text + 'x.1,contract,"Un nom, oui",8,eye\nx.2,contract,Un nom oui,8,eye\n', "utf-8")
    with pytest.raises(TableError, match="an IRI of its own"):
        build(data)


class TestPublish:
    def test_a_file_and_a_folder_hold_the_same(self, store: EmbeddedStore, tmp_path: Path) -> None:
        publish(store, tmp_path / "graph.nq")
        publish(store, tmp_path / "folder")
        from_folder = EmbeddedStore.open(tmp_path / "folder")
        assert from_folder.nquads() == (tmp_path / "graph.nq").read_bytes() == store.nquads()

    def test_publishing_again_replaces_whole(self, store: EmbeddedStore, tmp_path: Path) -> None:
        small = EmbeddedStore.memory()
        small.load_nquads(b"<urn:a> <urn:b> <urn:c> <urn:g> .")
        for target in (tmp_path / "graph.nq", tmp_path / "folder"):
            publish(store, target)
            publish(small, target)
        assert len(EmbeddedStore.open(tmp_path / "folder")) == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "graph.nq"]

    def test_a_folder_that_is_no_store_is_left_alone(self, store: EmbeddedStore, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.txt").write_text("dear", "utf-8")
        with pytest.raises(OutputError, match="not a store"):
            publish(store, tmp_path / "mine")
        assert (tmp_path / "mine" / "thesis.txt").read_text("utf-8") == "dear"

    def test_a_target_under_a_file_is_one_clear_error(self, store: EmbeddedStore, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", "utf-8")
        with pytest.raises(OutputError, match="cannot write"):
            publish(store, tmp_path / "file" / "graph.nq")

    def test_another_base_renames_our_iris_only(self, store: EmbeddedStore, tmp_path: Path) -> None:
        publish(store, tmp_path / "graph.nq", base="https://example.org/cdv/")
        text = (tmp_path / "graph.nq").read_text("utf-8")
        assert "<https://example.org/cdv/id/contract/clermont-2024>" in text
        assert f"<{BASE}" not in text
        assert "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in text


class TestFormats:
    @pytest.mark.parametrize("kind", ["nq", "trig", "jsonld"])
    def test_named_graphs_survive(self, store: EmbeddedStore, tmp_path: Path, kind: str) -> None:
        path = tmp_path / f"graph.{kind}"
        path.write_bytes(write_rdf(store.quads(graph_iri("authority")), kind))
        assert set(read_rdf(path).quads()) == set(store.quads(graph_iri("authority")))

    @pytest.mark.parametrize("kind", ["ttl", "nt", "rdf"])
    def test_triples_survive(self, store: EmbeddedStore, tmp_path: Path, kind: str) -> None:
        path = tmp_path / f"graph.{kind}"
        path.write_bytes(write_rdf(store.quads(graph_iri("authority")), kind))
        wanted = {quad.triple for quad in store.quads(graph_iri("authority"))}
        assert {quad.triple for quad in read_rdf(path).quads()} == wanted

    def test_rdflib_out_and_in(self, store: EmbeddedStore) -> None:
        dataset = to_rdflib(store.quads(graph_iri("authority")))
        assert set(from_rdflib(dataset).quads()) == set(store.quads(graph_iri("authority")))

    def test_broken_turtle_tells_file_and_line(self, tmp_path: Path) -> None:
        path = tmp_path / "broken.ttl"
        path.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b>\n", "utf-8")
        with pytest.raises(StoreError, match=r"broken\.ttl:\d+: not Turtle"):
            read_rdf(path)

    def test_an_empty_file_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "empty.ttl").write_text("", "utf-8")
        with pytest.raises(StoreError, match="no statement"):
            read_rdf(tmp_path / "empty.ttl")
