"""Each rule against results written by hand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from cdv_graph.namespaces import expand, graph_iri, prologue
from cdv_graph.reason import infer, rules
from cdv_graph.store import EmbeddedStore

CASES = {
    "shortcut-signatory": (
        "participation:d.s cdv:role role:signatory ; cdv:activity contract:d ; cdv:partner partner:a . "
        "participation:d.m cdv:role role:member ; cdv:activity contract:d ; cdv:partner partner:b .",
        {("contract:d", "cdv:signatory", "partner:a")},
    ),
    "shortcut-pilot": (
        "participation:d.p cdv:role role:pilot ; cdv:activity sheet:d.1 ; cdv:partner partner:a . "
        "participation:d.q cdv:role role:co-pilot ; cdv:activity sheet:d.1 ; cdv:partner partner:b . "
        "participation:d.r cdv:role role:associated-partner ; cdv:activity sheet:d.1 ; cdv:partner partner:c .",
        {("sheet:d.1", "cdv:pilot", "partner:a"), ("sheet:d.1", "cdv:pilot", "partner:b")},
    ),
    "shortcut-associated-partner": (
        "participation:d.r cdv:role role:associated-partner ; cdv:activity sheet:d.1 ; cdv:partner partner:c . "
        "participation:d.p cdv:role role:pilot ; cdv:activity sheet:d.1 ; cdv:partner partner:a .",
        {("sheet:d.1", "cdv:associatedPartner", "partner:c")},
    ),
    "shortcut-funder": (
        "participation:d.f cdv:role role:funder ; cdv:activity sheet:d.1 ; cdv:partner partner:c . "
        "participation:d.g cdv:role role:funder ; cdv:activity call:d ; cdv:partner partner:b . "
        "participation:d.p cdv:role role:pilot ; cdv:activity sheet:d.1 ; cdv:partner partner:a .",
        {("sheet:d.1", "cdv:funder", "partner:c"), ("call:d", "cdv:funder", "partner:b")},
    ),
    "shortcut-member": (
        "participation:d.m cdv:role role:member ; cdv:activity body:d.copil ; cdv:partner partner:a . "
        'participation:d.n cdv:role role:member ; cdv:activity body:d.copil ; cdv:function "élus"@fr .',
        {("body:d.copil", "cdv:member", "partner:a")},
    ),
    "shortcut-chair": (
        "participation:d.c cdv:role role:chair ; cdv:activity body:d.copil ; cdv:partner partner:a . "
        "participation:d.o cdv:role role:co-chair ; cdv:activity body:d.copil ; cdv:partner partner:b . "
        "participation:d.m cdv:role role:member ; cdv:activity body:d.copil ; cdv:partner partner:c .",
        {("body:d.copil", "cdv:chair", "partner:a"), ("body:d.copil", "cdv:chair", "partner:b")},
    ),
    "shortcut-carrier": (
        "participation:d.c cdv:role role:carrier ; cdv:activity articulation:d.x ; cdv:partner partner:a . "
        "participation:d.o cdv:role role:operator ; cdv:activity articulation:d.x ; cdv:partner partner:b .",
        {("articulation:d.x", "cdv:carrier", "partner:a")},
    ),
    "carrier-of-commitment": (
        "commitment:d.1 a cdv:Commitment ; cdv:partner partner:a . "
        "articulation:d.x a cdv:Articulation ; cdv:articulatedElement commitment:d.1 . "
        "articulation:d.y a cdv:Articulation ; cdv:articulatedElement commitment:d.1 . "
        "participation:d.c cdv:role role:carrier ; cdv:activity articulation:d.y ; cdv:partner partner:b .",
        # the carrier that the source names comes from the shortcut of its role
        {("articulation:d.x", "cdv:carrier", "partner:a"), ("articulation:d.y", "cdv:carrier", "partner:b")},
    ),
    "mobilises": (
        "commitment:d.1 a cdv:Commitment . "
        "articulation:d.x cdv:articulatedElement commitment:d.1 ; cdv:dispositifType dtype:cls ; cdv:status status:stated . "
        "articulation:d.y cdv:articulatedElement commitment:d.1 ; cdv:dispositifType dtype:ctg ; cdv:status status:absent .",
        {("commitment:d.1", "cdv:mobilises", "dtype:cls")},
    ),
    "shared-with": (
        "body:d.copil a cdv:GovernanceBody . "
        "articulation:d.x cdv:articulatedElement body:d.copil ; cdv:dispositifType dtype:pvd ; cdv:localDispositif dispositif:p ; "
        "cdv:mode mode:governance ; cdv:status status:intended . "
        "articulation:d.y cdv:articulatedElement body:d.copil ; cdv:dispositifType dtype:ctg ; cdv:mode mode:mention ; "
        "cdv:status status:stated .",
        {("body:d.copil", "cdv:sharedWith", "dtype:pvd"), ("body:d.copil", "cdv:sharedWith", "dispositif:p")},
    ),
    "part-of": (
        "action:d.a cdv:parent objective:d.o . objective:d.o cdv:parent issue:d.i .",
        {
            ("action:d.a", "cdv:partOf", "objective:d.o"),
            ("action:d.a", "cdv:partOf", "issue:d.i"),
            ("objective:d.o", "cdv:partOf", "issue:d.i"),
        },
    ),
    "conflict-figures": (
        'figure:d.a cdv:about dtype:ctg ; cdv:measure "articulation-rate" ; cdv:population "des 40 contrats"@fr ; cdv:unit unit:percent ; '
        'cdv:qualifier qualifier:exact ; cdv:value 73.0 ; cdv:place place:o ; rdfs:label "CTG"@fr ; cdv:searchKey "ctg" . '
        'figure:d.b cdv:about dtype:ctg ; cdv:measure "articulation-rate" ; cdv:population "des 40 contrats"@fr ; cdv:unit unit:percent ; '
        'cdv:qualifier qualifier:exact ; cdv:value 75.0 ; cdv:place place:o ; rdfs:label "CTG"@fr ; cdv:searchKey "ctg" . '
        # of another population, and about: no contradiction
        'figure:d.c cdv:about dtype:ctg ; cdv:measure "articulation-rate" ; cdv:population "des communes"@fr ; cdv:unit unit:percent ; '
        'cdv:qualifier qualifier:exact ; cdv:value 10.0 ; cdv:place place:o ; rdfs:label "CTG"@fr ; cdv:searchKey "ctg" . '
        'figure:d.e cdv:about dtype:ctg ; cdv:measure "articulation-rate" ; cdv:population "des 40 contrats"@fr ; cdv:unit unit:percent ; '
        'cdv:qualifier qualifier:about ; cdv:value 70.0 ; cdv:place place:o ; rdfs:label "CTG"@fr ; cdv:searchKey "ctg" . '
        "reading:a cdv:subject figure:d.a ; cdv:property cdv:value ; cdv:statedIn passage:d.1 . "
        "reading:b cdv:subject figure:d.b ; cdv:property cdv:value ; cdv:statedIn passage:d.2 . "
        "reading:c cdv:subject figure:d.c ; cdv:property cdv:value ; cdv:statedIn passage:d.3 . "
        "reading:e cdv:subject figure:d.e ; cdv:property cdv:value ; cdv:statedIn passage:d.4 .",
        {("conflict:d.a.d.b", "cdv:between", "reading:a"), ("conflict:d.a.d.b", "cdv:between", "reading:b")},
    ),
    "conflict-expansions": (
        'acronym-use:d.w cdv:acronymKind akind:error ; cdv:acronym "CTG" ; cdv:refersTo dtype:ctg ; cdv:meaning "contrat global"@fr ; cdv:searchKey "ctg" . '
        'acronym-use:d.r cdv:acronymKind akind:correct ; cdv:acronym "CTG" ; cdv:refersTo dtype:ctg ; cdv:meaning "convention globale"@fr ; cdv:searchKey "ctg" . '
        # another thing of the same acronym: no pair
        'acronym-use:d.o cdv:acronymKind akind:correct ; cdv:acronym "CTG" ; cdv:refersTo dtype:pre ; cdv:meaning "autre"@fr ; cdv:searchKey "ctg" . '
        'acronym-use:x.r cdv:acronymKind akind:correct ; cdv:acronym "CTG" ; cdv:refersTo dtype:ctg ; cdv:meaning "ailleurs"@fr ; cdv:searchKey "ctg" . '
        "reading:w cdv:subject acronym-use:d.w ; cdv:property cdv:meaning ; cdv:statedIn passage:d.1 . "
        "reading:r cdv:subject acronym-use:d.r ; cdv:property cdv:meaning ; cdv:statedIn passage:d.2 . "
        "reading:o cdv:subject acronym-use:d.o ; cdv:property cdv:meaning ; cdv:statedIn passage:d.3 . "
        "reading:x cdv:subject acronym-use:x.r ; cdv:property cdv:meaning ; cdv:statedIn passage:x.4 .",
        {
            ("conflict:d.w.d.r", "cdv:between", "reading:w"),
            ("conflict:d.w.d.r", "cdv:between", "reading:r"),
            ("conflict:d.w.x.r", "cdv:between", "reading:w"),
            ("conflict:d.w.x.r", "cdv:between", "reading:x"),
        },
    ),
    "conflict-dates": (
        'contract:d a cdv:CityContract ; rdfs:label "Contrat"@fr ; cdv:searchKey "contrat" . '
        'reading:a cdv:subject contract:d ; cdv:property cdv:endDate ; cdv:objectValue "2020"^^xsd:gYear ; cdv:statedIn passage:d.1 . '
        'reading:b cdv:subject contract:d ; cdv:property cdv:endDate ; cdv:objectValue "2022"^^xsd:gYear ; cdv:statedIn passage:d.2 . '
        # the same date, only more precise
        'reading:c cdv:subject contract:d ; cdv:property cdv:startDate ; cdv:objectValue "2015"^^xsd:gYear ; cdv:statedIn passage:d.1 . '
        'reading:e cdv:subject contract:d ; cdv:property cdv:startDate ; cdv:objectValue "2015-06"^^xsd:gYearMonth ; cdv:statedIn passage:d.2 .',
        {("conflict:a.b", "cdv:between", "reading:a"), ("conflict:a.b", "cdv:between", "reading:b")},
    ),
    "conflict-counts": (
        'issue:d.1 rdfs:label "Un"@fr ; cdv:searchKey "un" . issue:d.2 rdfs:label "Deux"@fr ; cdv:searchKey "deux" . '
        "objective:d.1.1 a cdv:Objective ; cdv:partOf issue:d.1 . objective:d.2.1 a cdv:Objective ; cdv:partOf issue:d.2 . "
        'figure:d.a cdv:about issue:d.1 ; cdv:measure "announced-objectives" ; cdv:value 2.0 . '
        'figure:d.b cdv:about issue:d.2 ; cdv:measure "announced-objectives" ; cdv:value 1.0 . '
        "reading:a cdv:subject figure:d.a ; cdv:property cdv:value ; cdv:statedIn passage:d.1 . "
        "reading:b cdv:subject figure:d.b ; cdv:property cdv:value ; cdv:statedIn passage:d.2 . "
        "reading:c cdv:subject issue:d.1 ; cdv:property rdfs:label ; cdv:statedIn passage:d.3 . "
        "reading:e cdv:subject issue:d.2 ; cdv:property rdfs:label ; cdv:statedIn passage:d.4 .",
        {("conflict:d.a", "cdv:between", "reading:a"), ("conflict:d.a", "cdv:between", "reading:c")},
    ),
    "in-contract": (
        "call:d cdv:contract contract:a . commitment:d.1 cdv:contract contract:a ; cdv:inContract contract:a . "
        "sheet:d.1 cdv:inContract contract:b .",
        # what is stated already is left out
        {("call:d", "cdv:inContract", "contract:a")},
    ),
    "within": (
        "place:qpv cdv:directlyWithin place:town . place:town cdv:directlyWithin place:country .",
        {
            ("place:qpv", "cdv:within", "place:town"),
            ("place:qpv", "cdv:within", "place:country"),
            ("place:town", "cdv:within", "place:country"),
        },
    ),
}


def given(turtle: str) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    graph = ox.NamedNode(graph_iri("d"))
    store.add(
        ox.Quad(q.subject, q.predicate, q.object, graph)
        for q in ox.parse(prologue() + turtle, format=ox.RdfFormat.TURTLE)
    )
    return store


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in rules()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_rule_gives_what_is_written_by_hand(name: str) -> None:
    turtle, wanted = CASES[name]
    scope = next(rule.scope for rule in rules() if rule.name == name)
    found = infer(given(turtle), ["d"])
    predicates = {expand(predicate) for _, predicate, _ in wanted}
    triples = {
        (q.subject.value, q.predicate.value, q.object.value)  # type: ignore[union-attr]
        for q in found
        if q.predicate.value in predicates
    }
    assert triples == {tuple(expand(term) for term in triple) for triple in wanted}
    graph = graph_iri("inferred/d" if scope == "document" else "inferred")
    assert {q.graph_name.value for q in found if q.predicate.value in predicates} == {graph}  # type: ignore[union-attr]


def test_what_is_asserted_is_not_inferred_again() -> None:
    turtle, _ = CASES["within"]
    found = infer(given(turtle + " place:qpv cdv:within place:town ."), ["d"])
    assert (expand("place:qpv"), expand("place:town")) not in {(q.subject.value, q.object.value) for q in found}  # type: ignore[union-attr]
