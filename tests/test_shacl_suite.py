"""The engines find what the SHACL test suite of W3C expects; `tests/w3c-shacl/README.md` tells which part of it.

The suite is not in the repository: `CDV_SHACL_SUITE` names its folder.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest
import rdflib
from rdflib.namespace import RDF
from shacl_results import compared, found, stored, told

from cdv_graph.errors import InputError
from cdv_graph.validate.run import ENGINES, findings
from cdv_graph.validate.shapes import Shapes, read_shapes

SUITE = Path(os.environ.get("CDV_SHACL_SUITE", ""))
pytestmark = pytest.mark.skipif(
    "CDV_SHACL_SUITE" not in os.environ, reason="needs the SHACL test suite: set CDV_SHACL_SUITE to its folder"
)

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")

# folder -> how many of its tests are taken
TAKEN = {
    "core/complex": 2,
    "core/misc": 5,
    "core/node": 32,
    "core/path": 13,
    "core/property": 38,
    "core/targets": 7,
    "sparql/node": 4,
    "sparql/pre-binding": 6,
    "sparql/property": 1,
}
LEFT_OUT = {
    # W3C wants them refused; a SELECT of all variables or of others than $this within the query has a meaning all the same
    "sparql/pre-binding/pre-binding-006",
    "sparql/pre-binding/unsupported-sparql-004",
    # asks for $shapesGraph, which SHACL lets an engine do without
    "sparql/pre-binding/shapesGraph-001",
}
REFUSED = [f"sparql/pre-binding/unsupported-sparql-00{number}" for number in (1, 2, 3, 5, 6)]

_DECIMAL = "Oxigraph writes the decimal 4.0 as 4"
_INTEGER = "Oxigraph keeps the integers derived from xsd:integer as xsd:integer"
# engine -> test -> why it finds something else than W3C expects
DIFFERENCES: dict[str, dict[str, str]] = {
    "compiled": {
        "core/node/maxExclusive-001": _DECIMAL,
        "core/node/minExclusive-001": _DECIMAL,
        "core/property/datatype-ill-formed": _INTEGER,
    },
    "pyshacl": {
        "core/property/datatype-001": 'rdflib reads "2011-01-01"^^xsd:dateTime as midnight and writes it so',
        "core/property/datatype-ill-formed": _INTEGER,
        "core/property/uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean as true',
        "sparql/node/prefixes-001": "pySHACL does not look for prefixes through owl:imports",
    },
}


def names() -> list[str]:
    return sorted(
        name
        for folder in TAKEN
        for path in (SUITE / folder).glob("*.ttl")
        if (name := f"{folder}/{path.stem}") not in {*LEFT_OUT, *REFUSED} and "sht:Validate" in path.read_text("utf-8")
    )


def cases() -> list[object]:
    return [
        pytest.param(
            engine,
            name,
            marks=pytest.mark.xfail(strict=True, reason=differs[name]) if name in differs else (),
        )
        for engine, differs in DIFFERENCES.items()
        for name in (names() if "CDV_SHACL_SUITE" in os.environ else [])
    ]


def place(iri: rdflib.term.Node | None) -> Path:
    return Path(url2pathname(urlparse(str(iri)).path))


def test_all_tests_of_the_folders_are_taken() -> None:
    assert Counter(name.rpartition("/")[0] for name in names()) == TAKEN


@pytest.mark.parametrize(("engine", "name"), cases())
def test_finds_what_the_suite_expects(engine: str, name: str) -> None:
    manifest = read_shapes(SUITE / f"{name}.ttl")  # an RDF file like another
    test = manifest.value(predicate=RDF.type, object=SHT.Validate)
    action, report = manifest.value(test, MF.action), manifest.value(test, MF.result)
    data, shapes = (place(manifest.value(action, graph)) for graph in (SHT.dataGraph, SHT.shapesGraph))
    graph = read_shapes(shapes)

    results, _ = findings(stored(data), Shapes(graph), engine)

    assert compared(found(graph, results)) == compared(told(manifest, report))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", REFUSED)
def test_refuses_what_shacl_forbids(engine: str, name: str) -> None:
    place = SUITE / f"{name}.ttl"
    with pytest.raises(InputError):
        findings(stored(place), Shapes(read_shapes(place)), engine)
