"""Every SHACL rule accepts what it should and refuses what it should, and tells both in words.

A rule is a shape with a severity: a property shape, or a node shape whose constraint bears on the node itself.
`tests/shapes/` holds two files for each, `<rule>.pass.ttl` and `<rule>.fail.ttl`, read with `common.ttl`; and
`problems.csv`, the whole problem that each failing file must give (and no other).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH, SKOS

from cdv_graph.namespaces import BASE, expand
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate import Problem
from cdv_graph.validate.compiled import CompiledEngine, Nodes
from cdv_graph.validate.rules import PROFILES, rule_of
from cdv_graph.validate.run import findings, report
from cdv_graph.validate.shapes import Shapes, read_shapes

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "shapes"
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
NAMESPACE = BASE + "shapes/"
ONTOLOGY = (ROOT / "ontology" / "cdv.ttl", ROOT / "ontology" / "cdv-axioms.ttl")
COLUMNS = ("rule", "profile", "severity", "focus", "path", "value", "component", "message")


@functools.cache
def shapes() -> Shapes:
    return Shapes(read_shapes(ROOT / "shapes"))


def rules() -> list[str]:
    return sorted(str(shape).removeprefix(NAMESPACE) for shape in shapes().graph.subjects(SH.severity))


def shape_of(rule: str) -> rdflib.URIRef:
    return rdflib.URIRef(NAMESPACE + rule)


@functools.cache
def quads(*paths: Path) -> tuple[ox.Quad, ...]:
    return tuple(quad for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def stored(*paths: Path) -> EmbeddedStore:
    graph = ox.NamedNode("urn:examples")
    store = EmbeddedStore.memory()
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads(*paths))
    return store


def problems(rule: str, kind: str) -> list[dict[str, str]]:
    """What the fast engine finds in an example."""
    name = DATA / f"{rule}.{kind}.ttl"
    if name in together(kind)[0]:
        return together(kind)[1][name]
    if shape_of(rule) in set(shapes().targeted()):
        store = stored(*ONTOLOGY, DATA / "common.ttl", name)
        found, _ = findings(store, shapes(), "compiled")
    else:
        # a rule that others call on the concepts they meet: it is put to the concept of the file
        store = stored(name)
        concepts = {str(quad.subject) for quad in store.oxigraph.quads_for_pattern(None, ox.NamedNode(RDF.type), None)}
        nodes = Nodes(f"VALUES ?this {{ {' '.join(sorted(concepts))} }}")
        found = set(CompiledEngine(store, shapes()).check(shape_of(rule), nodes))
    return [told(problem) for problem in report(store, shapes(), found, "compiled", None).problems]


@functools.cache
def together(kind: str) -> tuple[dict[Path, bytes], dict[Path, list[dict[str, str]]]]:
    """The examples that speak of a contract of their own only, each under another year, and what is found in each."""
    graph = ox.NamedNode("urn:examples")
    store = stored(*ONTOLOGY)
    own: dict[Path, bytes] = {}
    for number, path in enumerate(sorted(DATA.glob(f"*.{kind}.ttl")), 3000):
        rows = expected().get(path.name.split(".")[0], []) if kind == "fail" else []
        named = [*(str(quad.subject) for quad in quads(path)), *(row["focus"] for row in rows)]
        if not all("exemple-2024" in name for name in named):
            continue
        own[path] = year = b"exemple-%d" % number
        for text in ((DATA / "common.ttl").read_bytes(), path.read_bytes()):
            parsed = ox.parse(text.replace(b"exemple-2024", year), format=ox.RdfFormat.TURTLE)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    results: dict[Path, list[dict[str, str]]] = {path: [] for path in own}
    paths = {year.decode(): path for path, year in own.items()}
    found, _ = findings(store, shapes(), "compiled")
    for problem in report(store, shapes(), found, "compiled", None).problems:
        row = told(problem)
        year = re.search(r"exemple-3\d\d\d", f"{row['focus']} {row['value']}")
        assert year, row
        results[paths[year[0]]].append({key: text.replace(year[0], "exemple-2024") for key, text in row.items()})
    return own, results


def told(problem: Problem) -> dict[str, str]:
    return {
        "rule": problem.rule.code,
        "profile": problem.rule.profile,
        "severity": problem.severity,
        "focus": problem.focus,
        "path": problem.path,
        "value": problem.value,
        "component": problem.component.removeprefix("sh:").removesuffix("ConstraintComponent"),
        "message": problem.message("fr"),
    }


@functools.cache
def expected() -> dict[str, list[dict[str, str]]]:
    """The problems of each failing example: its own first, then those that the flaw cannot but cause as well."""
    found: dict[str, list[dict[str, str]]] = {}
    with (DATA / "problems.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row.pop("example"), []).append(row)
    return found


@pytest.mark.parametrize("rule", rules())
def test_what_conforms_passes(rule: str) -> None:
    assert problems(rule, "pass") == []


@pytest.mark.parametrize("rule", rules())
def test_what_does_not_conform_gives_that_problem_alone(rule: str) -> None:
    found = problems(rule, "fail")
    assert sorted(found, key=str) == sorted(expected()[rule], key=str)
    assert rule in {problem["rule"] for problem in found}


def test_both_engines_find_the_same_in_all_failing_examples_together() -> None:
    graph = ox.NamedNode("urn:examples")
    store = stored(*ONTOLOGY)
    common = (DATA / "common.ttl").read_bytes()
    for year, path in enumerate(sorted(DATA.glob("*.fail.ttl")), 3000):
        # each example has a contract of its own, so that none fills the gap of another
        for text in (common, path.read_bytes()):
            own = text.replace(b"exemple-2024", f"exemple-{year}".encode())
            parsed = ox.parse(own, format=ox.RdfFormat.TURTLE)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    fast, _ = findings(store, shapes(), "compiled")
    reference, _ = findings(store, shapes(), "pyshacl")
    # a day and a year cannot be compared: a fault, says SHACL (4.5.4); pySHACL compares them all the same
    (more,) = fast - reference
    assert (more.shape, more.component) == (shape_of("Resource-earliest"), str(SH.LessThanOrEqualsConstraintComponent))
    assert fast - {more} == reference
    assert len({found.shape for found in fast}) > 190


def test_every_example_is_that_of_a_rule() -> None:
    named = {f"{rule}.{kind}.ttl" for rule in rules() for kind in ("pass", "fail")} | {"common.ttl", "problems.csv"}
    assert {path.name for path in DATA.glob("*")} == named
    assert set(expected()) == set(rules())


@pytest.mark.parametrize("rule", rules())
def test_a_rule_speaks_both_languages(rule: str) -> None:
    shape, graph = shape_of(rule), shapes().graph
    for predicate in (SH.name, SH.message, SH.description, rdflib.URIRef(NAMESPACE + "remedy")):
        texts = list(graph.objects(shape, predicate))
        assert sorted(str(text.language) for text in texts) == ["en", "fr"], predicate
        assert len({"{?value}" in text for text in texts}) == 1, predicate
    (profile,) = graph.objects(shape, rdflib.URIRef(NAMESPACE + "profile"))
    assert str(profile).removeprefix(NAMESPACE) in PROFILES
    (severity,) = graph.objects(shape, SH.severity)
    assert (severity, rule_of(shapes(), shape).profile == "structure") in [(SH.Violation, True), (SH.Warning, False)]
    assert rule.partition("-")[2], "a rule is named <Class>-<property>"


def test_a_value_is_told_only_where_there_always_is_one() -> None:
    empty = [
        row["rule"] for rows in expected().values() for row in rows if "« »" in row["message"] or "{" in row["message"]
    ]
    assert empty == []


def test_every_property_shape_is_a_rule_that_a_node_shape_lists() -> None:
    graph = shapes().graph
    properties = set(graph.subjects(RDF.type, SH.PropertyShape))
    assert properties <= set(graph.subjects(SH.severity))
    assert properties == set(graph.objects(None, SH.property))


def test_every_class_has_a_node_shape() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "cdv.ttl")
    classes = {
        str(term).partition("#")[2] for term in ontology.subjects(RDF.type, OWL.Class) if str(term).startswith(BASE)
    }
    nodes = {str(shape).removeprefix(NAMESPACE) for shape in shapes().graph.subjects(RDF.type, SH.NodeShape)}
    assert classes <= nodes


def test_every_scheme_has_a_shape_of_its_concepts() -> None:
    schemes = set()
    for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl"):
        schemes |= set(rdflib.Graph().parse(path).subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes <= set(shapes().graph.objects(None, SH.hasValue))


def test_no_shape_is_anonymous() -> None:
    def paths(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
        steps = (SH.path, SH["in"], SH["or"], SH.languageIn, RDF.first, RDF.rest, SH.alternativePath, SH.inversePath)
        for step in steps:
            yield from graph.objects(None, step)

    graph = shapes().graph
    allowed = set(paths(graph))
    assert {node for node in graph.subjects() if isinstance(node, rdflib.BNode)} <= allowed


def test_every_file_is_a_versioned_ontology_that_the_whole_lists() -> None:
    parts = set()
    for path in FILES:
        graph = rdflib.Graph().parse(path)
        (header,) = graph.subjects(RDF.type, OWL.Ontology)
        parts.add(header)
        assert {text.language for text in graph.objects(header, rdflib.DCTERMS["title"])} == {"fr", "en"}
        assert graph.value(header, rdflib.DCTERMS["license"]) == rdflib.URIRef(
            "https://creativecommons.org/licenses/by/4.0/"
        )
        assert str(graph.value(header, OWL.versionInfo)) == "0.1.0"
    whole = rdflib.URIRef(expand("cdvsh:").rstrip("/"))
    assert set(shapes().graph.objects(whole, rdflib.DCTERMS.hasPart)) == parts - {whole}
