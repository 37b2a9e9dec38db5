"""Validating again after a change says what validating the whole says, whatever the change."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from cdv_graph.build import build
from cdv_graph.errors import InputError
from cdv_graph.namespaces import PREFIXES, graph_iri
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate import Report, revalidate, validate
from cdv_graph.validate.footprint import Touch, footprint, pivot, select_footprint
from cdv_graph.validate.shapes import Shapes, read_shapes

DOCUMENT = "montpellier-2021"
GRAPHS = [DOCUMENT, f"inferred/{DOCUMENT}", "authority"]


@pytest.fixture(scope="module")
def before() -> EmbeddedStore:
    return build(documents=[DOCUMENT])


@pytest.fixture(scope="module")
def earlier(before: EmbeddedStore) -> Report:
    return validate(before)


def changed(store: EmbeddedStore, seed: int) -> EmbeddedStore:
    """A copy with some triples taken away, some moved to another node, and one node that nothing types."""
    draw = random.Random(seed)
    copy = EmbeddedStore.memory()
    copy.add(store.quads())
    quads = sorted((quad for name in GRAPHS for quad in store.quads(graph_iri(name))), key=str)
    for quad in draw.sample(quads, 12):
        copy.oxigraph.remove(quad)
    for quad in draw.sample(quads, 8):
        other = draw.choice(quads)
        copy.oxigraph.add(ox.Quad(other.subject, quad.predicate, quad.object, quad.graph_name))
    nowhere = ox.NamedNode(PREFIXES["partner"] + "nowhere")
    quad = draw.choice([quad for quad in quads if quad.predicate.value == PREFIXES["cdv"] + "partner"])
    copy.oxigraph.add(ox.Quad(quad.subject, quad.predicate, nowhere, quad.graph_name))
    return copy


@pytest.mark.parametrize("seed", range(8))
def test_it_says_what_the_whole_says(seed: int, before: EmbeddedStore, earlier: Report) -> None:
    after = changed(before, seed)
    whole = validate(after)
    assert not whole.conforms
    assert revalidate(after, earlier, before, graphs=GRAPHS) == whole
    # and back: what was mended is no longer told
    assert revalidate(before, whole, after) == earlier


def test_a_document_that_is_dropped_takes_its_problems_along(before: EmbeddedStore, earlier: Report) -> None:
    rest = EmbeddedStore.memory()
    rest.add(quad for quad in before.quads() if DOCUMENT not in str(quad.graph_name))
    assert revalidate(rest, earlier, before) == validate(rest)


def test_a_report_of_pyshacl_cannot_be_continued(before: EmbeddedStore) -> None:
    with pytest.raises(InputError, match="compiled engine first"):
        revalidate(before, Report((), "pyshacl"), before)


def test_what_a_rule_reads_is_known() -> None:
    from rdflib import SH, URIRef

    shapes = Shapes(read_shapes())
    rule = URIRef(PREFIXES["cdvsh"] + "Indicator-indicatorOf")
    of, kind = f"<{PREFIXES['cdv']}indicatorOf>", f"<{PREFIXES['rdf']}type>"
    assert footprint(shapes, rule) == {Touch("", of), Touch(of, kind)}
    rule = URIRef(PREFIXES["cdvsh"] + "Listing-codes")
    (constraint,) = shapes.all(rule, SH.sparql)
    listed = f"<{PREFIXES['cdv']}listedIn>"
    assert pivot(shapes, constraint, "") == "this"
    assert Touch("", listed, "object") in (select_footprint(shapes, constraint, "") or set())
    whole = {
        str(shape).rpartition("/")[2]
        for shape in shapes.targeted()
        for constraint in shapes.all(shape, SH.sparql)
        if select_footprint(shapes, constraint, shapes.path(shape)) is None or footprint(shapes, shape) is None
    }
    # tied to $this by a BIND or a filter: asked of the whole graph each time
    assert whole == {"ActionSheet-period", "CityContract-localSignatories"}
