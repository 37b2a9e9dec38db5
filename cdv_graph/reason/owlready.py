"""The graph as Python objects, with owlready2: classes as Python classes, individuals as their instances."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import pyoxigraph as ox

from cdv_graph.errors import ReasonerError
from cdv_graph.namespaces import PREFIXES
from cdv_graph.store import Store

if TYPE_CHECKING:
    import owlready2

__all__ = ["individuals", "package", "statements", "world"]

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_IMPORTS = ox.NamedNode(PREFIXES["owl"] + "imports")
_INDIVIDUAL = ox.NamedNode(PREFIXES["owl"] + "NamedIndividual")
_SCHEMA = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs"))
# owlready2 cannot read literals of these; they are handed over as text
_PARTIAL_DATES = {ox.NamedNode(PREFIXES["xsd"] + name) for name in ("gYear", "gYearMonth")}


@runtime_checkable
class _Held(Protocol):
    @property
    def store(self) -> Store: ...


def package() -> Any:
    """The package owlready2.

    Raises:
        ReasonerError: it is not installed.
    """
    try:
        import owlready2
    except ImportError as error:
        raise ReasonerError("reason.no-owlready2") from error
    return owlready2


def statements(store: Store, graphs: Collection[str] = ()) -> Iterator[ox.Triple]:
    """Each triple of some graphs (all by default) once, without `owl:imports`: a reasoner would follow them online."""
    quads = (quad for graph in graphs or [""] for quad in store.quads(graph))
    return (triple for triple in dict.fromkeys(quad.triple for quad in quads) if triple.predicate != _IMPORTS)


def individuals(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """What has a class of some vocabulary, and so is no class or property itself."""
    return {
        triple.subject
        for triple in triples
        if triple.predicate == _TYPE
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and not triple.object.value.startswith(_SCHEMA)
    }


def _readable(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype in _PARTIAL_DATES:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(value.value))
    return triple


def world(graph: Store | _Held) -> owlready2.World:
    """A copy of a graph as an owlready2 world of its own, to read.

    Classes are Python classes and individuals their instances, with the properties that the ontology declares; several
    values come as a list, dates as `datetime.date`, a year or a month as text. Nothing done there reaches the graph:
    what would write in the world raises `sqlite3.OperationalError` (« attempt to write a readonly database »). To
    reason or to write, save the world to a file (`.save(path)`) and load that in a world that you made.

    Args:
        graph: a store, or what holds one, as `cdv_graph.load()` does.

    Returns:
        A world that shares nothing with owlready2's default one; close it (`.close()`) when done.

    Raises:
        ReasonerError: owlready2 is not installed.

    Example:
        >>> from cdv_graph.build import build
        >>> w = world(build(documents=["montpellier-2021"]))
        >>> cdv = w.get_namespace("https://w3id.org/contrat-de-ville/ontology#")
        >>> sheet = w["https://w3id.org/contrat-de-ville/id/sheet/montpellier-2021.1.1"]
        >>> isinstance(sheet, cdv.Action), sheet.notation
        (True, ['1.1'])
        >>> sheet.notation = ["2.1"]
        Traceback (most recent call last):
        sqlite3.OperationalError: attempt to write a readonly database
        >>> w.close()
    """
    owlready2 = package()
    triples = [_readable(triple) for triple in statements(graph.store if isinstance(graph, _Held) else graph)]
    declared = (ox.Triple(one, _TYPE, _INDIVIDUAL) for one in individuals(triples))
    copy = owlready2.World()
    ontology = copy.get_ontology(PREFIXES["cdv"])
    ontology.name = "cdv"  # how terms are shown: `cdv.Articulation`
    # N-Triples: owlready2 reads no Turtle
    data = ox.serialize(dict.fromkeys([*triples, *declared]), format=ox.RdfFormat.N_TRIPLES)
    ontology.load(only_local=True, fileobj=io.BytesIO(data or b""), format="ntriples")
    copy.graph.db.execute("PRAGMA query_only = ON")
    return copy
