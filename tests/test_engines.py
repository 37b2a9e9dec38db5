"""Both engines find what SHACL says: small cases of our own, one per constraint component, kind of path and of target.

`tests/engines/` holds a file per case: shapes, data, and the report that the Recommendation asks for, written by hand.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH
from shacl_results import compared, found, told

from cdv_graph.errors import InputError
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate.run import findings
from cdv_graph.validate.shapes import Shapes, read_shapes

CASES = sorted(path.stem for path in (Path(__file__).parent / "engines").glob("*.ttl"))

# case -> what the compiled engine leaves to pySHACL
REFUSED = {
    "component": "http://example.org/divisor",
    "component-property": "http://example.org/divisor",
    "recursion": "refers to itself",
    "path-absent": "a path of no step",
    "pattern-lookahead": "sh:pattern",
    "sparql-count-rows": "not DISTINCT",
    "sparql-limit": "Slice",
    "sparql-other-columns": "other variables than $this",
}
# case -> why pySHACL finds something else than SHACL says
DIFFERENCES = {
    "component-property": "pySHACL leaves the value out of the results of an ASK, for property shapes",
    "datatype-derived": "Oxigraph keeps the integers derived from xsd:integer as xsd:integer, which pySHACL holds to differ",
    "datatype-ill-formed": "rdflib reads 1e5 as a decimal and 2024-13 as a month",
    "less-than-day-and-year": "pySHACL compares a day with a year",
    "min-length-zero": "pySHACL passes over a length of 0",
    "path-inverse-optional": "pySHACL takes the steps of a sequence in their order, against the arrow too",
    "range-day-and-year": "pySHACL compares a day with a year",
}


def place(case: str) -> Path:
    return Path(__file__).parent / "engines" / f"{case}.ttl"


@functools.cache
def shapes(case: str) -> rdflib.Graph:
    return read_shapes(place(case))


def data(case: str) -> EmbeddedStore:
    """The data of a case alone, in two graphs: what is said twice is one triple."""
    first, data, _ = re.split("^# (?:data|what SHACL says)$", place(case).read_text("utf-8"), flags=re.M)
    prefixes = "".join(line for line in first.splitlines(keepends=True) if line.startswith("@prefix"))
    store = EmbeddedStore.memory()
    for triple in ox.parse(prefixes + data, format=ox.RdfFormat.TURTLE):
        for graph in ("urn:one", "urn:two"):
            store.add([ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))])
    return store


def cases(differences: dict[str, str]) -> list[object]:
    marks = {case: pytest.mark.xfail(strict=True, reason=why) for case, why in differences.items()}
    return [pytest.param(case, marks=marks.get(case, ())) for case in CASES]


def finds_what_shacl_says(case: str, engine: str) -> bool:
    graph = shapes(case)
    results, used = findings(data(case), Shapes(graph), engine)
    report = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    assert engine in ("auto", used)
    assert compared(found(graph, results)) == compared(told(graph, report))
    return True


@pytest.mark.parametrize("case", [case for case in CASES if case not in REFUSED])
def test_the_compiled_engine_finds_what_shacl_says(case: str) -> None:
    assert finds_what_shacl_says(case, "compiled")


@pytest.mark.parametrize("case", cases(DIFFERENCES))
def test_pyshacl_finds_what_shacl_says(case: str) -> None:
    assert finds_what_shacl_says(case, "pyshacl")


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_what_two_graphs_say_counts_once(engine: str) -> None:
    store = EmbeddedStore.memory()
    store.load_nquads(b"".join(b"<urn:a> <urn:p> <urn:b> <urn:graph:%d> .\n" % number for number in (1, 2)))
    graph = rdflib.Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:path <urn:p> ; sh:maxCount 1 ; "
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1 ; sh:minCount 2 .",
    )
    results, _ = findings(store, Shapes(graph), engine)
    assert [result.component for result in results] == [str(SH.MinCountConstraintComponent)]


@pytest.mark.parametrize("case", REFUSED)
def test_auto_leaves_to_pyshacl_what_the_compiled_engine_refuses(case: str) -> None:
    with pytest.raises(InputError, match=re.escape(REFUSED[case])):
        findings(data(case), Shapes(shapes(case)), "compiled")
    assert findings(data(case), Shapes(shapes(case)), "auto")[1] == "pyshacl"
    assert case in DIFFERENCES or finds_what_shacl_says(case, "auto")


def test_a_node_of_many_values_along_many_properties_is_told_all_the_same() -> None:
    """The combinations of its values are without number: whoever made rows of them would never end."""
    many, properties = 300, "abcdef"
    shapes_of = "".join(
        f"ex:{name} a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:{name}{name} ; sh:maxCount 1 .\n"
        for name in properties
    )
    graph = rdflib.Graph().parse(
        data=f"@prefix sh: <{SH}> . @prefix ex: <http://example.org/> .\n{shapes_of}", format="turtle"
    )
    store = EmbeddedStore.memory()
    node, graph_name = ox.NamedNode("http://example.org/n"), ox.NamedNode("urn:g")
    store.add([ox.Quad(node, ox.NamedNode(str(RDF.type)), ox.NamedNode("http://example.org/C"), graph_name)])
    for name in properties:
        along = ox.NamedNode(f"http://example.org/{name}{name}")
        store.add(ox.Quad(node, along, ox.Literal(number), graph_name) for number in range(many))
    results, _ = findings(store, Shapes(graph), "compiled")
    assert sorted(str(one.shape) for one in results) == [f"http://example.org/{name}" for name in properties]
