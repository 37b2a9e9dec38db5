"""Every SHACL rule accepts what it should and refuses what it should, and the real graph follows them all.

A rule is a shape with a severity: a property shape, or a node shape whose constraint bears on the node itself.
`tests/shapes/` holds two files for each, `<rule>.pass.ttl` and `<rule>.fail.ttl`, read with `common.ttl`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH, SKOS

from cdv_graph.build import load_store
from cdv_graph.namespaces import BASE
from cdv_graph.validate.run import data_graph

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "shapes"
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
NAMESPACE = BASE + "shapes/"
CDVSH = rdflib.Namespace(NAMESPACE)

# what a rule of each severity is for
PROFILES = {
    SH.Violation: {CDVSH.structure},
    SH.Warning: {CDVSH.quality, CDVSH.completeness, CDVSH.legal},
}

# rules that a flaw cannot break alone: rule -> the others that its example breaks as well
ACCOMPANIED = {
    "Action-parent": {"StrategicElement-parent"},
    "Articulation-statusAbsent": {"Articulation-modeKnown"},
    "Concept-broader": {"Concept-broaderScheme", "Term-concept"},
    "Passage-document": {"Passage-hasSource", "Document-lineCountKnown"},
    "Reading-method": {"Reading-methodScheme"},
    "StrategicElement-parent": {"Action-parent"},
}


@functools.cache
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in FILES:
        graph.parse(path)
    return graph


def local(iri: rdflib.term.Node) -> str:
    return str(iri).removeprefix(NAMESPACE)


def rules() -> list[str]:
    return sorted(local(shape) for shape in shapes().subjects(SH.severity))


def targeted(rule: str) -> bool:
    shape = rdflib.URIRef(NAMESPACE + rule)
    return any(
        (shape, target, None) in shapes()
        for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    )


def violated(store: ox.Store, **options: object) -> dict[str, set[str]]:
    """The rules that a store breaks, by severity."""
    _, report, _ = pyshacl.validate(data_graph(store), shacl_graph=shapes(), inplace=True, **options)
    assert isinstance(report, rdflib.Graph), report
    found: dict[str, set[str]] = {"Violation": set(), "Warning": set()}
    for result in report.objects(None, SH.result):
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        found[severity].add(local(report.value(result, SH.sourceShape)))
    return found


@functools.cache
def quads(*paths: Path) -> tuple[ox.Quad, ...]:
    return tuple(quad for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def example(name: str) -> ox.Store:
    ontology = (ROOT / "ontology" / "cdv.ttl", ROOT / "ontology" / "cdv-axioms.ttl")
    store = ox.Store()
    store.extend(quads(*ontology, DATA / "common.ttl", DATA / name))
    return store


def broken_by(rule: str, kind: str) -> set[str]:
    name = f"{rule}.{kind}.ttl"
    if targeted(rule):
        return set().union(*violated(example(name)).values())
    # a rule that others call on the concepts they meet: it is put to the concept of the file
    store = ox.Store()
    store.extend(quads(DATA / name))
    concepts = [quad.subject.value for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), None)]
    return set().union(*violated(store, use_shapes=[NAMESPACE + rule], focus_nodes=concepts).values())


@pytest.mark.parametrize("rule", rules())
def test_what_conforms_passes(rule: str) -> None:
    assert broken_by(rule, "pass") == set()


@pytest.mark.parametrize("rule", rules())
def test_what_does_not_conform_is_found_by_that_rule_alone(rule: str) -> None:
    assert broken_by(rule, "fail") == {rule, *ACCOMPANIED.get(rule, ())}


def test_every_example_is_that_of_a_rule() -> None:
    expected = {f"{rule}.{kind}.ttl" for rule in rules() for kind in ("pass", "fail")} | {"common.ttl"}
    assert {path.name for path in DATA.glob("*")} == expected


@pytest.mark.parametrize("rule", rules())
def test_a_rule_speaks_both_languages(rule: str) -> None:
    shape, graph = rdflib.URIRef(NAMESPACE + rule), shapes()
    for predicate in (SH.name, SH.description, CDVSH.remedy, SH.message):
        assert sorted(str(text.language) for text in graph.objects(shape, predicate)) == ["en", "fr"]
    (severity,) = graph.objects(shape, SH.severity)
    (profile,) = graph.objects(shape, CDVSH.profile)
    assert profile in PROFILES[severity]
    assert rule.partition("-")[2], "a rule is named <Class>-<property>"


def test_every_property_shape_is_a_rule_that_a_node_shape_lists() -> None:
    graph = shapes()
    properties = set(graph.subjects(RDF.type, SH.PropertyShape))
    assert properties <= set(graph.subjects(SH.severity))
    assert properties == set(graph.objects(None, SH.property))


def test_every_class_has_a_node_shape() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "cdv.ttl")
    classes = {
        str(term).partition("#")[2] for term in ontology.subjects(RDF.type, OWL.Class) if str(term).startswith(BASE)
    }
    assert classes <= {local(shape) for shape in shapes().subjects(RDF.type, SH.NodeShape)}


def test_every_scheme_has_a_shape_of_its_concepts() -> None:
    schemes = set()
    for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl"):
        schemes |= set(rdflib.Graph().parse(path).subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes <= set(shapes().objects(None, SH.hasValue))


def test_no_shape_is_anonymous() -> None:
    def paths(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
        steps = (SH.path, SH["in"], SH["or"], SH.languageIn, RDF.first, RDF.rest, SH.alternativePath, SH.inversePath)
        for step in steps:
            yield from graph.objects(None, step)

    graph = shapes()
    allowed = set(paths(graph))
    assert {node for node in graph.subjects() if isinstance(node, rdflib.BNode)} <= allowed


def test_every_file_is_a_versioned_ontology() -> None:
    for path in FILES:
        graph = rdflib.Graph().parse(path)
        (header,) = graph.subjects(RDF.type, OWL.Ontology)
        assert {text.language for text in graph.objects(header, rdflib.DCTERMS["title"])} == {"fr", "en"}
        assert graph.value(header, rdflib.DCTERMS["license"]) == rdflib.URIRef(
            "https://creativecommons.org/licenses/by/4.0/"
        )
        assert str(graph.value(header, OWL.versionInfo)) == "0.1.0"


def test_the_real_graph_conforms() -> None:
    assert violated(load_store().oxigraph)["Violation"] == set()
