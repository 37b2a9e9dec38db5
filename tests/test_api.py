"""The public face: what a user imports, and what an import costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cdv_graph
from cdv_graph.errors import QueryError
from cdv_graph.graph import Graph


def test_the_public_names_are_there_and_sorted() -> None:
    assert cdv_graph.__all__ == sorted(cdv_graph.__all__)
    for name in cdv_graph.__all__:
        assert getattr(cdv_graph, name).__doc__
    with pytest.raises(AttributeError, match="no attribute « nope »"):
        _ = cdv_graph.nope


@pytest.mark.parametrize("heavy", ["pandas", "rdflib", "pyshacl", "networkx", "matplotlib", "pyoxigraph"])
def test_heavy_packages_are_imported_where_they_are_used(heavy: str) -> None:
    code = f"import sys, cdv_graph; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_question_on_the_command_line_needs_no_pandas_and_no_rdflib() -> None:
    code = (
        "import sys, cdv_graph.cli.main as m\n"
        "m._run(['query', 'signatories', '-f', 'json', '-o', sys.argv[1]])\n"
        "sys.exit(any(name in sys.modules for name in ('pandas', 'rdflib', 'pyshacl', 'networkx')))"
    )
    import os

    assert subprocess.run([sys.executable, "-c", code, os.devnull], check=False).returncode == 0


def test_sparql_binds_terms(graph: Graph) -> None:
    frame = graph.sparql("SELECT ?l { VALUES ?p { UNDEF } ?p rdfs:label ?l }", p="partner:caf-herault")
    assert list(frame["l"]) == ["CAF de l'Hérault"]
    with pytest.raises(QueryError):
        graph.sparql("SELECT ?l { VALUES ?p { UNDEF } ?p rdfs:label ?l }", p="not an iri")
    with pytest.raises(QueryError):
        graph.sparql("ASK { ?s ?p ?o }")


def test_copies_leave_the_graph_alone(graph: Graph) -> None:
    before = len(graph)
    copy = graph.to_rdflib()
    assert len(copy) == before
    copy.remove((None, None, None))
    assert len(graph) == before
    assert graph.serialize("ttl").startswith(b"@prefix")
