"""What contradicts itself, what the axioms entail, the graph as Python objects: with owlready2, and HermiT on Java."""

from __future__ import annotations

import datetime
import io
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest

from cdv_graph.errors import ReasonerError
from cdv_graph.graph import Graph
from cdv_graph.namespaces import PREFIXES, expand, graph_iri, prologue
from cdv_graph.reason import Consistency, check_consistency, infer, world
from cdv_graph.store import EmbeddedStore

ONTOLOGY = graph_iri("ontology")
# the properties whose axioms (above, transitive) rules stand for
ENTAILED = ["cdv:inContract", "cdv:partOf", "cdv:within"]
# what they are entailed from
ASSERTED = ["cdv:contract", "cdv:parent", "cdv:directlyWithin"]

owlready2 = pytest.importorskip("owlready2", reason="needs the extra « reason »")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")


def given(turtle: str, *graphs: EmbeddedStore) -> EmbeddedStore:
    """A statement or two, beside the ontology of other stores."""
    store = EmbeddedStore.memory()
    for other in graphs:
        store.add(other.quads(ONTOLOGY))
    name = ox.NamedNode(graph_iri("d"))
    parsed = ox.parse(prologue() + turtle, format=ox.RdfFormat.TURTLE)
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed)
    return store


# Consistency


@needs_java
def test_a_contradiction_is_found(store: EmbeddedStore) -> None:
    town = given("place:a a cdv:Commune , cdv:Region .", store)
    assert check_consistency(town) == Consistency(False, (), 1)
    loop = given("place:a cdv:directlyWithin place:b . place:b cdv:directlyWithin place:a .", store)
    assert not check_consistency(loop).consistent


@needs_java
def test_a_class_that_can_have_no_instance_is_found(store: EmbeddedStore) -> None:
    found = check_consistency(given("cdv:Métropole a owl:Class ; rdfs:subClassOf cdv:Commune , cdv:Region .", store))
    assert found == Consistency(True, ("cdv:Métropole",), 0)


@needs_java
def test_the_shipped_graph_is_consistent_and_every_class_can_have_an_instance(
    store: EmbeddedStore, capfd: pytest.CaptureFixture[str]
) -> None:
    found = check_consistency(store)
    assert (found.consistent, found.unsatisfiable) == (True, ())
    assert found.individuals > 50_000
    assert capfd.readouterr() == ("", "")


@needs_java
def test_what_hermit_cannot_take_is_told(store: EmbeddedStore) -> None:
    with pytest.raises(ReasonerError, match="Non-simple property") as caught:
        check_consistency(given("cdv:partOf a owl:IrreflexiveProperty .", store))
    assert "s'arrête" in caught.value.told("fr")
    with pytest.raises(ReasonerError, match=r"not done in 0\.01 s"):
        check_consistency(store, [ONTOLOGY], time_limit=0.01)


def test_what_is_missing_is_told_with_what_to_install(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-java-here")
    with pytest.raises(ReasonerError, match="apt install default-jre-headless"):
        check_consistency(store, [ONTOLOGY])
    monkeypatch.setitem(sys.modules, "owlready2", None)
    for reason in (check_consistency, world):
        with pytest.raises(ReasonerError, match=r"pip install 'cdv-graph\[reason\]'"):
            reason(store)


# Entailments


def entailed(store: EmbeddedStore) -> set[tuple[str, str, str]]:
    """What HermiT says of the properties that are materialised; it gives a pair to the lowest property alone."""
    own = owlready2.World()
    data = ox.serialize((quad.triple for quad in store.quads()), format=ox.RdfFormat.N_TRIPLES)
    own.get_ontology(PREFIXES["cdv"]).load(fileobj=io.BytesIO(data or b""), format="ntriples")
    owlready2.sync_reasoner_hermit(own, infer_property_values=True, debug=0)
    found = {
        (name, subject.iri, value.iri)
        for name in ENTAILED
        for below in own[expand(name)].descendants()
        for subject, value in below.get_relations()
    }
    own.close()
    return found


def held(store: EmbeddedStore) -> set[tuple[str, str, str]]:
    """What a store says of the same properties."""
    kept = {expand(name): name for name in ENTAILED}
    return {
        (kept[quad.predicate.value], quad.subject.value, quad.object.value)  # type: ignore[union-attr]
        for quad in store.quads()
        if quad.predicate.value in kept
    }


@needs_java
@pytest.mark.parametrize(
    "turtle",
    [
        "place:qpv cdv:directlyWithin place:town , place:epci . place:town cdv:directlyWithin place:county . "
        "place:epci cdv:directlyWithin place:county . place:county cdv:directlyWithin place:country .",
        # the closure stated in part
        "place:qpv cdv:within place:town . place:town cdv:directlyWithin place:county . place:county cdv:within place:country .",
        "action:a cdv:parent objective:o , objective:p . objective:o cdv:parent issue:i . objective:p cdv:partOf issue:j . "
        "issue:j cdv:parent pillar:p .",
        "articulation:x cdv:contract contract:c . sheet:s cdv:inContract contract:d . contract:d cdv:amends contract:c .",
    ],
)
def test_rules_write_what_the_axioms_entail(turtle: str, store: EmbeddedStore) -> None:
    fixture = given(turtle, store)
    found = entailed(fixture)
    fixture.add(infer(fixture, ["d"]))
    assert found and held(fixture) == found


@needs_java
def test_rules_write_what_the_axioms_entail_of_the_shipped_graph(store: EmbeddedStore) -> None:
    """Its trees alone: HermiT would take minutes for the whole."""
    trees = {expand(name) for name in ASSERTED}
    fixture = given("", store)
    fixture.add(quad for quad in store.quads() if quad.predicate.value in trees)
    found = entailed(fixture)
    shipped = held(store)
    assert found <= shipped
    # that an element is in a contract is stated by itself as well
    assert {name for name, _, _ in shipped - found} == {"cdv:inContract"}


# Python objects


@pytest.fixture(scope="module")
def objects(graph: Graph) -> Iterator[Any]:
    copy = world(graph)
    yield copy
    copy.close()


def test_classes_and_individuals_are_those_of_the_graph(objects: Any, graph: Graph) -> None:
    cdv = objects.get_namespace(PREFIXES["cdv"])
    assert issubclass(cdv.PriorityNeighbourhood, cdv.Territory) and repr(cdv.Territory) == "cdv.Territory"
    sheet = objects[expand("sheet:montpellier-2016.1.19")]
    assert isinstance(sheet, cdv.StrategicElement) and sheet.notation == ["1.19"]
    assert sheet.inContract == [objects[expand("contract:montpellier-2016")]]
    assert objects[expand("theme:sante")].prefLabel.fr == ["Santé"]
    asked = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a ?c . ?c a owl:Class }"
    ((count,),) = graph.store.query(prologue() + asked).rows
    assert count is not None and len(list(objects.individuals())) == int(count.value)


def test_dates_are_dates_and_years_are_text() -> None:
    copy = world(
        given(
            "cdv:date a owl:DatatypeProperty . cdv:Contract a owl:Class . contract:d a cdv:Contract ; "
            'cdv:date "2024-03-15"^^xsd:date , "2024"^^xsd:gYear , "2024-03"^^xsd:gYearMonth .'
        )
    )
    assert set(copy[expand("contract:d")].date) == {datetime.date(2024, 3, 15), "2024", "2024-03"}
    copy.close()


def test_a_world_is_of_its_own_and_only_to_read(store: EmbeddedStore) -> None:
    before = len(owlready2.default_world.graph)
    own = given("place:a a cdv:Commune ; cdv:directlyWithin place:b . place:b a cdv:Region .", store)
    count = len(own)
    copy, other = world(own), world(own)
    place = copy[expand("place:a")]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        place.directlyWithin = []
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy[expand("cdv:Commune")]("place-c")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        owlready2.destroy_entity(copy[expand("place:b")])
    assert other[expand("place:a")].directlyWithin == [other[expand("place:b")]]
    assert len(own) == count and len(owlready2.default_world.graph) == before
    copy.close()
    other.close()


def test_imports_are_not_followed() -> None:
    """An address that answers nothing would make it fail, or wait."""
    own = given(
        "<urn:x:extension> a owl:Ontology ; owl:imports <http://localhost:9/none> . "
        "cdv:Commune a owl:Class . place:a a cdv:Commune ."
    )
    copy = world(own)
    assert [one.iri for one in copy.individuals()] == [expand("place:a")]
    copy.close()
    if shutil.which("java"):
        assert check_consistency(own).consistent
