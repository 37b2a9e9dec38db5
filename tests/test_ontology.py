"""The ontology, swept: every term labelled, defined, in its namespace; every scheme whole."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from cdv_graph.namespaces import BASE, PREFIXES, SCHEMES, prologue
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate import validate

# the closed schemes, as the vocabulary fixes them
CLOSED = {
    "role": "signatory pilot co-pilot associated-partner funder chair co-chair member committed carrier operator mentioned",
    "mode": "mention governance operational volet funding data intention",
    "status": "stated intended absent",
    "nature": "droit-commun politique-de-la-ville",
    "scale": "national regional departmental intercommunal communal neighbourhood",
    "continuation": "continued renamed merged split new dropped",
    "method": "reader eye import",
    "generation": "2015-2023 2024-2030",
    "qualifier": "exact about more-than less-than",
}
THEMES = (
    "emploi sante culture education-jeunesse acces-aux-droits cadre-de-vie securite transitions egalite-femmes-hommes "
    "lutte-contre-les-discriminations developpement-economique insertion logement renouvellement-urbain mobilite sport "
    "parentalite petite-enfance lien-social numerique langue citoyennete gouvernance participation evaluation observation "
    "financement"
)
BROADER = {
    "developpement-economique": "emploi",
    "insertion": "emploi",
    "logement": "cadre-de-vie",
    "renouvellement-urbain": "cadre-de-vie",
    "mobilite": "cadre-de-vie",
    "sport": "culture",
    "parentalite": "education-jeunesse",
    "petite-enfance": "education-jeunesse",
    "lien-social": "acces-aux-droits",
    "numerique": "acces-aux-droits",
    "langue": "acces-aux-droits",
}
# every class and property of the vocabulary
TERMS = """
Territory Commune Intercommunality Department Region Country TerritorialProject PriorityNeighbourhood Contract CityContract
Amendment CallForProjects StrategicElement Pillar Issue Objective Action ActionSheet Partner PartnerCategory DispositifType
Participation Dispositif Articulation GovernanceBody Commitment Challenge Practice Indicator ExpectedResult Specification
Milestone AnnexEntry LegalText StatisticalStatement Continuation Conflict CrossReference AcronymUse Document Passage Reading
inseeCode siren qpvCode contractCode edition directlyWithin within parent partOf order territory covers mentions perimeter
amends succeeds predecessor generation startDate endDate signatureDate date earliest latest inContract listedIn contract theme
targetGroup nature scale mode status bodyType legalKind category partner role function activity signatory pilot
associatedPartner funder member chair carrier dispositifType localDispositif articulatedElement sharedWith how frequency opens
amount mobilises indicatorOf resultOf specifies absenceReason from to continuationKind evidence about measure value maxValue
unit population qualifier legalNumber statedIn document startLine endLine page confidence searchKey subject property object
objectValue asWritten method
""".split()

# terms that the shipped graph does not use, and why they are there; each has a scope note that says so
UNUSED = {
    "Territory": "its subclasses are used",
    "Contract": "its subclasses are used",
    "StrategicElement": "its subclasses are used",
    "page": "the documents that were read have lines only",
    "confidence": "of the store of proposals",
    "succeeds": "no document that was read names the contract before it",
}


def values(store: EmbeddedStore, sparql: str) -> list[tuple[str, ...]]:
    return [tuple("" if t is None else t.value for t in row) for row in store.query(prologue() + sparql).rows]


@pytest.fixture(scope="module")
def declared(store: EmbeddedStore) -> list[str]:
    return sorted(
        {term for (term,) in values(store, "SELECT ?t { ?t rdfs:isDefinedBy ?o }") if term.startswith(PREFIXES["cdv"])}
    )


def test_every_term_of_the_vocabulary_is_declared(declared: list[str]) -> None:
    assert {PREFIXES["cdv"] + term for term in TERMS} <= set(declared)


@pytest.mark.parametrize(
    ("kind", "label", "definition"),
    [("term", "rdfs:label", "skos:definition"), ("concept", "skos:prefLabel", "skos:definition")],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_term_is_labelled_and_defined(
    store: EmbeddedStore, kind: str, label: str, definition: str, lang: str
) -> None:
    which = "?t rdfs:isDefinedBy ?o" if kind == "term" else "?t a skos:Concept"
    for name in (label, definition):
        without = values(
            store,
            f'SELECT ?t {{ {which} MINUS {{ ?t {name} ?text . FILTER(LANG(?text) = "{lang}" && STRLEN(?text) > 1) }} }}',
        )
        assert without == [], name


def test_every_term_is_a_class_or_a_property(store: EmbeddedStore, declared: list[str]) -> None:
    found = values(
        store,
        "SELECT ?t ?k { VALUES ?k { owl:Class owl:ObjectProperty owl:DatatypeProperty } ?t a ?k ; rdfs:isDefinedBy ?o }",
    )
    kinds: dict[str, set[str]] = {}
    for term, kind in found:
        kinds.setdefault(term, set()).add(kind)
    assert set(kinds) >= set(declared)
    assert all(len(kind) == 1 for kind in kinds.values()), "punning"


def test_everything_of_ours_that_the_graph_uses_is_declared(store: EmbeddedStore, declared: list[str]) -> None:
    used = {quad.predicate.value for quad in store.quads()} | {
        quad.object.value
        for quad in store.quads()
        if quad.predicate.value == PREFIXES["rdf"] + "type"  # type: ignore[union-attr]
    }
    assert {term for term in used if term.startswith(PREFIXES["cdv"])} <= set(declared)


@pytest.mark.parametrize(("scheme", "codes"), {**CLOSED, "theme": THEMES}.items())
def test_closed_schemes_are_whole(store: EmbeddedStore, scheme: str, codes: str) -> None:
    found = values(store, f"SELECT ?c {{ ?c skos:inScheme <{BASE}vocab/{scheme}> }}")
    assert {concept.rpartition("/")[2] for (concept,) in found} == set(codes.split())


def test_themes_are_part_of_the_ten(store: EmbeddedStore) -> None:
    found = values(store, f"SELECT ?c ?b {{ ?c skos:inScheme <{BASE}vocab/theme> ; skos:broader ?b }}")
    assert {c.rpartition("/")[2]: b.rpartition("/")[2] for c, b in found} == BROADER


@pytest.mark.parametrize("scheme", SCHEMES.values())
def test_each_scheme_has_a_header_and_concepts_without_two_equal_names(store: EmbeddedStore, scheme: str) -> None:
    iri = f"<{BASE}vocab/{scheme}>"
    assert (
        len(values(store, f"SELECT ?t {{ {iri} a skos:ConceptScheme ; dcterms:title ?t ; dcterms:license ?l }}")) == 2
    )
    names = [
        name
        for (name,) in values(
            store, f'SELECT ?n {{ ?c skos:inScheme {iri} ; skos:prefLabel ?n FILTER(LANG(?n) = "fr") }}'
        )
    ]
    assert len(names) == len(set(names)) > 0


def test_no_axiom_of_what_the_house_forbids(store: EmbeddedStore) -> None:
    """What OWL 2 DL forbids is in `test_dl.py`."""
    assert (
        values(
            store,
            "SELECT ?s { VALUES ?p { rdfs:domain owl:equivalentClass owl:equivalentProperty owl:imports } ?s ?p ?o }",
        )
        == []
    )
    transitive = {term for (term,) in values(store, "SELECT ?p { ?p a owl:TransitiveProperty }")}
    assert {PREFIXES["cdv"] + "within", PREFIXES["cdv"] + "partOf"} <= transitive


def test_files_hold_no_blank_node_and_no_triple_twice() -> None:
    seen: set[ox.Triple] = set()
    for path in sorted(folder("ontology").rglob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            assert not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode), path
            assert quad.triple not in seen, (path, quad.triple)
            seen.add(quad.triple)


def test_modes_are_ordered_by_strength(store: EmbeddedStore) -> None:
    found = values(store, "SELECT ?m { ?m cdv:strength ?s } ORDER BY DESC(?s)")
    order = "volet governance operational funding data intention mention".split()
    assert [mode.rpartition("/")[2] for (mode,) in found] == order


def test_every_term_is_in_our_namespace_and_defined_by_our_ontology(declared: list[str], store: EmbeddedStore) -> None:
    found = values(store, "SELECT ?t ?o { ?t rdfs:isDefinedBy ?o }")
    assert {defined for _, defined in found} == {BASE + "ontology"}
    assert {term for term, _ in found} == set(declared)
    assert [term for term in declared if not re.fullmatch(r"[A-Za-z0-9]+", term.removeprefix(PREFIXES["cdv"]))] == []
    classes = {term for (term,) in values(store, "SELECT ?t { ?t a owl:Class ; rdfs:isDefinedBy ?o }")}
    assert [term for term in declared if term.rpartition("#")[2][0].isupper() != (term in classes)] == []


def test_no_term_is_an_orphan(declared: list[str]) -> None:
    """Each term is tied to another by an axiom, stands in a shape, or is what a rule derives."""
    tied: set[str] = set()
    ties = {PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdfs"] + "subPropertyOf", PREFIXES["owl"] + "disjointWith"}
    for path in sorted(folder("ontology").glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value in ties:
                tied |= {quad.subject.value, quad.object.value}  # type: ignore[union-attr]
    for path in sorted(folder("shapes").glob("*.ttl")):
        tied |= {
            str(getattr(quad.object, "value", "")) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        }
    for path in sorted(folder("rules").glob("*.rq")):
        made = re.search(r"CONSTRUCT\s*\{(.*?)\}", path.read_text("utf-8"), re.S)
        assert made, path
        tied |= {PREFIXES["cdv"] + name for name in re.findall(r"cdv:(\w+)", made[1])}
    assert set(declared) - tied == set()


def test_every_term_is_used_or_says_why_it_is_not(store: EmbeddedStore, declared: list[str]) -> None:
    used: set[str] = set()
    for graph in store.graphs():
        if graph != PREFIXES["cdvg"] + "ontology":
            for quad in store.quads(graph):
                used |= {quad.predicate.value, str(getattr(quad.object, "value", ""))}
    unused = {term.removeprefix(PREFIXES["cdv"]) for term in set(declared) - used}
    assert unused == set(UNUSED)
    for lang in ("fr", "en"):
        noted = values(store, f'SELECT ?t {{ ?t skos:scopeNote ?note . FILTER(LANG(?note) = "{lang}") }}')
        assert {PREFIXES["cdv"] + term for term in unused} <= {term for (term,) in noted}


def test_the_example_conforms_and_uses_every_term(declared: list[str]) -> None:
    """It breaks no rule; the warnings on what a whole contract holds are not for a small example."""
    path = Path(__file__).parents[1] / "examples" / "contract.ttl"
    example = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    used = {term for triple in example for term in (triple.predicate.value, getattr(triple.object, "value", ""))}
    missing = {term.removeprefix(PREFIXES["cdv"]) for term in set(declared) - used}
    assert missing == {"Territory", "Contract", "StrategicElement", "confidence"}
    whole = EmbeddedStore.memory()
    graph = ox.NamedNode("urn:x-example")
    ontology = [
        quad.triple
        for file in sorted(folder("ontology").rglob("*.ttl"))
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
    ]
    whole.add([ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in {*ontology, *example}])
    report = validate(whole)
    assert report.conforms, report.to_text()


def test_one_version_for_the_ontology_the_schemes_and_the_shapes() -> None:
    """The version is the one that the history of the documentation begins with."""
    root = Path(__file__).parents[1]
    (current, *_) = yaml.safe_load((root / "docs" / "ontology_page" / "changes.yaml").read_text("utf-8"))
    owl = PREFIXES["owl"]
    seen = 0
    for path in [*sorted(folder("ontology").rglob("*.ttl")), *sorted(folder("shapes").glob("*.ttl"))]:
        said = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
        numbers = [t.object.value for t in said if t.predicate.value == owl + "versionInfo"]  # type: ignore[union-attr]
        assert numbers == [current], path
        for triple in said:
            if triple.predicate.value == owl + "versionIRI":
                seen += 1
                assert triple.object.value == f"{triple.subject.value}/{current}", path  # type: ignore[union-attr]
    assert seen == len(list(folder("ontology").glob("*.ttl"))) + len(list(folder("shapes").glob("*.ttl")))
    policy = (root / "docs" / "ontology-policy.md").read_text("utf-8")
    assert policy.count(f"version {current}.") == 2 and policy.count(f"{BASE}ontology/{current}") == 3
