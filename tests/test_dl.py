"""Each restriction of OWL 2 DL is found broken where it is, and only there; the ontology keeps them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdv_graph.namespaces import graph_iri, prologue
from cdv_graph.reason import dl_faults
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore, read_rdf

DL = Path(__file__).parent / "dl"
RESTRICTIONS = sorted(path.stem for path in folder("queries").joinpath("internal", "dl").glob("*.rq"))
ONTOLOGY = graph_iri("ontology")


def test_every_restriction_has_a_graph_that_keeps_it_and_one_that_breaks_it() -> None:
    assert {path.name for path in DL.iterdir()} == {
        f"{name}.{kind}.ttl" for name in RESTRICTIONS for kind in ("pass", "fail")
    }


@pytest.mark.parametrize("name", RESTRICTIONS)
def test_a_restriction_is_kept_or_broken(name: str) -> None:
    assert dl_faults(read_rdf(DL / f"{name}.pass.ttl")) == []
    assert {fault.restriction for fault in dl_faults(read_rdf(DL / f"{name}.fail.ttl"))} == {name}


@pytest.mark.parametrize(
    ("name", "wanted"),
    {
        # by way of the inverse, and of a chain
        "non-simple-cardinality": {("partOf", "within")},
        "non-simple-characteristic": {("partOf", "partOf"), ("nephew", "uncle")},
        "irregular-chain": {("within", "seat"), ("seat", "place"), ("near", "near"), ("far", "far")},
    }.items(),
)
def test_a_fault_names_the_term_and_what_with(name: str, wanted: set[tuple[str, str]]) -> None:
    found = dl_faults(read_rdf(DL / f"{name}.fail.ttl"))
    base = "https://example.org/"
    assert {(fault.term, fault.value) for fault in found} == {(base + term, base + value) for term, value in wanted}


def test_the_ontology_and_the_vocabularies_are_in_owl_2_dl(store: EmbeddedStore) -> None:
    assert dl_faults(store, [ONTOLOGY, graph_iri("vocabulary")]) == []


def test_of_the_data_only_the_dates_and_a_property_of_web_annotation_are_not(store: EmbeddedStore) -> None:
    faults = dl_faults(store)
    assert {(fault.restriction, fault.value) for fault in faults} == {
        ("datatype", "xsd:date"),
        ("datatype", "xsd:gYear"),
        ("datatype", "xsd:gYearMonth"),
        ("reserved-use", ""),
    }
    assert [fault.term for fault in faults if fault.restriction == "reserved-use"] == ["rdf:value"]


def test_an_extension_is_checked_with_what_it_extends(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "extension.ttl"
    path.write_text(
        prologue() + "cdv:partOf a owl:IrreflexiveProperty . cdv:Atelier a owl:Class ; rdfs:subClassOf cdv:Action .",
        "utf-8",
    )
    extension = read_rdf(path)
    assert {fault.restriction for fault in dl_faults(extension)} == {"undeclared-property", "undeclared-class"}
    extension.add(store.quads(ONTOLOGY))
    (fault,) = dl_faults(extension)
    assert fault.term == fault.value == "cdv:partOf"
    assert fault.restriction == "non-simple-characteristic" and "11.2" in fault.reference
    assert "fonctionnelle" in fault.reason("fr") and "functional" in fault.reason("en")
