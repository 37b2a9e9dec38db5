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
        "participation:d.r cdv:role role:associated-partner ; cdv:activity sheet:d.1 ; cdv:partner partner:c .",
        {("sheet:d.1", "cdv:associatedPartner", "partner:c")},
    ),
    "shortcut-funder": (
        "participation:d.f cdv:role role:funder ; cdv:activity sheet:d.1 ; cdv:partner partner:c .",
        {("sheet:d.1", "cdv:funder", "partner:c")},
    ),
    "shortcut-member": (
        "participation:d.m cdv:role role:member ; cdv:activity body:d.copil ; cdv:partner partner:a . "
        'participation:d.n cdv:role role:member ; cdv:activity body:d.copil ; cdv:function "élus"@fr .',
        {("body:d.copil", "cdv:member", "partner:a")},
    ),
    "shortcut-chair": (
        "participation:d.c cdv:role role:co-chair ; cdv:activity body:d.copil ; cdv:partner partner:a .",
        {("body:d.copil", "cdv:chair", "partner:a")},
    ),
    "shortcut-carrier": (
        "participation:d.c cdv:role role:carrier ; cdv:activity articulation:d.x ; cdv:partner partner:a .",
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
