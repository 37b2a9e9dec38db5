"""Validation: more than thirty faults planted in a copy of the shipped graph, each named where it is; reports people can read."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from cdv_graph.errors import InputError, StoreError
from cdv_graph.namespaces import PREFIXES, graph_iri, prologue
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate import Report, validate
from cdv_graph.validate.report import COLUMNS
from cdv_graph.validate.turtle import turtle_report

DOCUMENT = f"<{graph_iri('clermont-2024')}>"


def node(store: EmbeddedStore, pattern: str, skip: int = 0) -> str:
    """The IRI of a node of the document that fits a pattern, in brackets."""
    text = f"SELECT DISTINCT ?n {{ GRAPH {DOCUMENT} {{ {pattern} }} }} ORDER BY ?n OFFSET {skip} LIMIT 1"
    found = store.query(prologue() + text).rows
    assert found and found[0][0] is not None, pattern
    return str(found[0][0])


# fault -> (the node at fault, as a pattern on ?n; which one of them; what is done to it; the rule that names it)
FAULTS = {
    "a mode left out": ("?n a cdv:Articulation ; cdv:status status:stated ; cdv:mode mode:funding", 0, "DELETE { G { ?n cdv:mode ?o } } WHERE { G { ?n cdv:mode ?o } }", "Articulation-modeKnown"),
    "two dispositif types": ("?n a cdv:Articulation", 10, "INSERT DATA { G { ?n cdv:dispositifType dtype:scot } }", "Articulation-dispositifType"),
    "an intention that is stated": ("?n a cdv:Articulation ; cdv:status status:intended", 1, "DELETE { G { ?n cdv:status ?o } } INSERT { G { ?n cdv:status status:stated } } WHERE { G { ?n cdv:status ?o } }", "Articulation-modeIntention"),
    "intended without intention": ("?n a cdv:Articulation ; cdv:status status:intended", 3, "DELETE DATA { G { ?n cdv:mode mode:intention } } ; INSERT DATA { G { ?n cdv:mode mode:mention } }", "Articulation-statusIntended"),
    "absent and stated": ("?n a cdv:Articulation ; cdv:status status:stated", 20, "INSERT DATA { G { ?n cdv:status status:absent } }", "Articulation-statusAbsent"),
    "no status": ("?n a cdv:Articulation ; cdv:status status:stated", 22, "DELETE { G { ?n cdv:status ?o } } WHERE { G { ?n cdv:status ?o } }", "Articulation-status"),
    "nothing articulated": ("?n a cdv:Articulation ; cdv:status status:stated", 24, "DELETE { G { ?n cdv:articulatedElement ?o } } WHERE { G { ?n cdv:articulatedElement ?o } }", "Articulation-articulatedElement"),
    "a mode without a reading": ("?n a cdv:Articulation ; cdv:status status:stated ; cdv:mode mode:mention", 2, "INSERT DATA { G { ?n cdv:mode mode:volet } }", "Articulation-modeReading"),
    "a mode of another scheme": ("?n a cdv:Articulation ; cdv:status status:stated", 26, "INSERT DATA { G { ?n cdv:mode theme:sante } }", "Articulation-mode"),
    "a commitment of nobody": ("?n a cdv:Commitment", 0, "DELETE { G { ?n cdv:partner ?o } } WHERE { G { ?n cdv:partner ?o } }", "Commitment-partner"),
    "an amount in words": ("?n a cdv:Commitment", 2, "INSERT DATA { G { ?n cdv:amount \"beaucoup\" } }", "Commitment-amount"),
    "a commitment without label": ("?n a cdv:Commitment", 4, "DELETE { G { ?n rdfs:label ?o } } WHERE { G { ?n rdfs:label ?o } }", "Resource-label"),
    "a commitment without passage": ("?n a cdv:Commitment", 6, "DELETE { G { ?n cdv:statedIn ?o } } WHERE { G { ?n cdv:statedIn ?o } }", "Assertion-statedIn"),
    "a label in no language": ("?n a cdv:Commitment", 8, "DELETE { G { ?n rdfs:label ?o } } INSERT { G { ?n rdfs:label \"sans langue\" } } WHERE { G { ?n rdfs:label ?o } }", "Resource-label"),
    "a participation without role": ("?n a cdv:Participation ; cdv:role role:member", 0, "DELETE { G { ?n cdv:role ?o } } WHERE { G { ?n cdv:role ?o } }", "Participation-role"),
    "a participation in nothing": ("?n a cdv:Participation ; cdv:role role:member", 2, "DELETE { G { ?n cdv:activity ?o } } WHERE { G { ?n cdv:activity ?o } }", "Participation-activity"),
    "a partner that is a place": ("?n a cdv:Participation ; cdv:role role:member ; cdv:partner ?p", 4, "DELETE { G { ?n cdv:partner ?o } } INSERT { G { ?n cdv:partner place:herault } } WHERE { G { ?n cdv:partner ?o } }", "Participation-partner"),
    "a body without type": ("?n a cdv:GovernanceBody", 0, "DELETE { G { ?n cdv:bodyType ?o } } WHERE { G { ?n cdv:bodyType ?o } }", "GovernanceBody-bodyType"),
    "a body that is a partner": ("?n a cdv:GovernanceBody", 1, "INSERT DATA { G { ?n a cdv:Partner } }", "GovernanceBody-type"),
    "an action without parent": ("?n a cdv:Action", 0, "DELETE { G { ?n cdv:parent ?o } } WHERE { G { ?n cdv:parent ?o } }", "Action-placed"),
    "an element above itself": ("?n a cdv:Objective", 3, "INSERT DATA { G { ?n cdv:parent ?n } }", "StrategicElement-acyclic"),
    "a priority number used twice": ("?n a cdv:Issue ; skos:notation \"2\"", 0, "DELETE DATA { G { ?n skos:notation \"2\" } } ; INSERT DATA { G { ?n skos:notation \"1\" } }", "Listing-codes"),
    "a figure without value": ("?n a cdv:StatisticalStatement", 0, "DELETE { G { ?n cdv:value ?o } } WHERE { G { ?n cdv:value ?o } }", "StatisticalStatement-value"),
    "a figure in two units": ("?n a cdv:StatisticalStatement ; cdv:unit unit:percent", 2, "INSERT DATA { G { ?n cdv:unit unit:euro } }", "StatisticalStatement-unit"),
    "a range upside down": ("?n a cdv:StatisticalStatement ; cdv:unit unit:percent", 4, "INSERT DATA { G { ?n cdv:maxValue -5.0 } }", "StatisticalStatement-value"),
    "more than a hundred percent": ("?n a cdv:StatisticalStatement ; cdv:unit unit:percent", 6, "DELETE { G { ?n cdv:value ?o } } INSERT { G { ?n cdv:value 140.0 } } WHERE { G { ?n cdv:value ?o } }", "StatisticalStatement-percent"),
    "an end before its start": ("?n a cdv:Milestone ; cdv:earliest ?e ; cdv:latest ?l", 0, "DELETE { G { ?n cdv:latest ?o } } INSERT { G { ?n cdv:latest \"1999-01-01\"^^xsd:date } } WHERE { G { ?n cdv:latest ?o } }", "Resource-earliest"),
    "a passage beyond its document": ("?n a cdv:Passage", 0, "DELETE { G { ?n cdv:endLine ?o } } INSERT { G { ?n cdv:endLine 99999 } } WHERE { G { ?n cdv:endLine ?o } }", "Document-passages"),
    "a reading in two passages": ("?n a cdv:Reading", 5, "INSERT DATA { G { ?n cdv:statedIn passage:clermont-2024.8 } }", "Reading-statedIn"),
    "a reading by nobody": ("?n a cdv:Reading ; cdv:statedIn/cdv:document document:clermont-2024", 9, "DELETE { G { ?n cdv:method ?o } } WHERE { G { ?n cdv:method ?o } }", "Reading-method"),
    "an acronym without kind": ("?n a cdv:AcronymUse", 0, "DELETE { G { ?n cdv:acronymKind ?o } } WHERE { G { ?n cdv:acronymKind ?o } }", "AcronymUse-acronymKind"),
    "a term that the ontology does not define": ("?n a cdv:Commitment", 12, "INSERT DATA { G { ?n cdv:budget 12 } }", "Term-"),
    "a confidence in the published graph": ("?n a cdv:Commitment", 14, "INSERT DATA { G { ?n cdv:confidence 0.9 } }", "Resource-confidence"),
    "an indicator of nothing": ("?n a cdv:Indicator", 0, "DELETE { G { ?n cdv:indicatorOf ?o } } WHERE { G { ?n cdv:indicatorOf ?o } }", "Indicator-indicatorOf"),
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(store: EmbeddedStore) -> tuple[dict[str, str], Report]:
    """All faults planted in one copy, each on a node of its own, and what one validation says."""
    copy = EmbeddedStore.memory()
    copy.add(store.quads())
    where: dict[str, str] = {}
    for name, (pattern, skip, update, _) in FAULTS.items():
        focus = node(store, pattern, skip)
        while focus in where.values():
            skip += 1
            focus = node(store, pattern, skip)
        where[name] = focus
        text = re.sub(r"\bG\b", f"GRAPH {DOCUMENT}", update).replace("?n", focus)
        copy.oxigraph.update(prologue() + text)
    return where, validate(copy)


def test_at_least_twenty_five_faults_are_planted_on_distinct_nodes(planted: tuple[dict[str, str], Report]) -> None:
    where, report = planted
    assert len(set(where.values())) == len(FAULTS) >= 25
    assert not report.conforms


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_named(name: str, planted: tuple[dict[str, str], Report]) -> None:
    where, report = planted
    rule = FAULTS[name][3]
    focus = where[name].strip("<>")
    about = [
        p for p in report.problems if PREFIXES.get(p.focus.partition(":")[0], "") + p.focus.partition(":")[2] == focus
    ]
    if rule in ("Document-passages", "Listing-codes"):  # said of the document, of the listing
        about = list(report.problems)
    if rule == "Term-":  # said of the term itself
        about = [p for p in report.problems if "budget" in p.focus + p.value]
    assert any(p.rule.code.startswith(rule) for p in about), [p.reason() for p in about]


def test_the_shipped_graph_conforms_and_warnings_are_told(store: EmbeddedStore) -> None:
    report = validate(store)
    assert report.conforms
    assert report.to_text("fr").startswith("conforme")
    assert {problem.severity for problem in report.problems} <= {"warning"}


def test_problems_are_told_in_both_languages_with_their_lines(planted: tuple[dict[str, str], Report]) -> None:
    _, report = planted
    assert report.to_text("fr").startswith("non conforme (") and report.to_text("en").startswith("does not conform (")
    for problem in report.problems:
        assert problem.message("fr") and problem.message("en") and problem.rule.remedy.en, problem
    assert any(problem.document == "clermont-2024" and problem.lines for problem in report.problems)
    assert list(report.to_frame().columns) == list(COLUMNS)
    assert len(report.to_frame("en")) == len(report.problems)
    severities = [problem.severity for problem in report.problems]
    assert severities == sorted(severities)  # violations before warnings


def test_the_turtle_report_is_standard_shacl(planted: tuple[dict[str, str], Report]) -> None:
    _, report = planted
    triples = [quad.triple for quad in ox.parse(turtle_report(report), format=ox.RdfFormat.TURTLE)]
    results = [t for t in triples if t.object == ox.NamedNode("http://www.w3.org/ns/shacl#ValidationResult")]
    assert len(results) == len(report.problems)


def test_validating_leaves_the_graph_as_it_is(store: EmbeddedStore) -> None:
    before = len(store)
    validate(store)
    assert len(store) == before


def test_an_empty_graph_and_broken_shapes_are_errors(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="empty"):
        validate(EmbeddedStore.memory())
    with pytest.raises(InputError, match="no shapes"):
        validate(store, tmp_path)
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b>", "utf-8")
    with pytest.raises(InputError, match=r"bad\.ttl:1: not Turtle"):
        validate(store, tmp_path)
