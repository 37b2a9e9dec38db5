"""The files that the page of the ontology is made from, as graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS

from cdv_graph.namespaces import BASE, PREFIXES

ROOT = Path(__file__).parents[2]
CDV = rdflib.Namespace(PREFIXES["cdv"])
HEADER = rdflib.URIRef(BASE + "ontology")
EXAMPLE = ROOT / "examples" / "contract.ttl"

Node = rdflib.term.Node
Words = dict[str, str]


def ours(node: Node) -> bool:
    """Whether a node is a class or a property of our ontology."""
    return str(node).startswith(CDV)


def by_name(name: str) -> tuple[str, str]:
    """The order of names, whatever their case; capitals first."""
    return name.lower(), name


def words(graph: rdflib.Graph, subject: Node, predicate: rdflib.URIRef) -> Words:
    """The texts of a property, by language."""
    return {str(language): str(text) for text in graph.objects(subject, predicate) if (language := _language(text))}


def _language(text: Node) -> str | None:
    return text.language if isinstance(text, rdflib.Literal) else None


@cache
def ontology() -> rdflib.Graph:
    """The declarations, axioms and alignments."""
    return read(sorted((ROOT / "ontology").glob("*.ttl")))


@cache
def shapes() -> rdflib.Graph:
    """The shapes."""
    return read(sorted((ROOT / "shapes").glob("*.ttl")))


@cache
def example() -> rdflib.Graph:
    """The invented contract from which the examples are taken."""
    return read([EXAMPLE])


def read(paths: Iterable[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


@cache
def groups() -> dict[str, str]:
    """The heading of the file under which each term is declared: prefixed name -> `Classes: strategy`."""
    found: dict[str, str] = {}
    heading = ""
    for line in (ROOT / "ontology" / "cdv.ttl").read_text("utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif declared := re.match(r"(cdv:\w+) a ", line):
            found[declared[1]] = heading
    return found


def below(term: Node) -> set[Node]:
    """What specialises a class or a property, near or far."""
    return {one for one in ontology().transitive_subjects(step(term), term) if one is not None and one != term}


def step(term: Node) -> rdflib.URIRef:
    """The property that leads from a term to the one that it specialises."""
    return RDFS.subClassOf if (term, RDF.type, OWL.Class) in ontology() else RDFS.subPropertyOf
