"""RDF files in and out, and rdflib as the type that other libraries take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.errors import InputError, StoreError, system_reason
from cdv_graph.namespaces import PREFIXES
from cdv_graph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    import rdflib

__all__ = ["FORMATS", "from_rdflib", "read_rdf", "to_rdflib", "write_rdf"]

FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,  # what Protégé writes
    "jsonld": ox.RdfFormat.JSON_LD,
}


def _format(name: str) -> ox.RdfFormat:
    try:
        return FORMATS[name]
    except KeyError:
        raise InputError("store.unknown-format", form=name, known=", ".join(FORMATS)) from None


def read_rdf(path: Path, graph: str = "") -> EmbeddedStore:
    """A store in memory from one RDF file; its ending names the format.

    Args:
        path: a `.nq`, `.trig`, `.ttl`, `.nt`, `.rdf`, `.owl` or `.jsonld` file.
        graph: the IRI of the named graph for triples that are in none; the file's own address by default.

    Raises:
        StoreError: the file cannot be parsed (the message tells the line) or holds no statement.
        InputError: there is no such file, or its ending names no RDF format.
    """
    kind = _format(path.suffix.lstrip(".").lower())
    store = EmbeddedStore.memory()
    default = ox.NamedNode(graph or path.resolve().as_uri())
    try:
        if kind.supports_datasets:
            store.oxigraph.bulk_load(path=str(path), format=kind)
            for quad in list(store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph())):
                store.oxigraph.add(ox.Quad(quad.subject, quad.predicate, quad.object, default))
                store.oxigraph.remove(quad)
        else:
            store.oxigraph.bulk_load(path=str(path), format=kind, to_graph=default)
    except SyntaxError as error:
        raise StoreError("files.not-rdf", path=path, line=error.lineno, form=kind.name, why=error.msg) from error
    except OSError as error:
        raise InputError("files.unreadable", path=path, why=system_reason(error)) from error
    if not len(store):
        raise StoreError("store.no-statement", path=path)
    return store


def write_rdf(quads: Iterable[ox.Quad], kind: str) -> bytes:
    """Quads in an RDF format; formats without named graphs hold the union.

    Args:
        quads: what to write.
        kind: a key of `FORMATS`.

    Returns:
        The bytes, the same for the same quads.
    """
    form = _format(kind)
    ordered = sorted(quads, key=str)
    prefixes = {name: base for name, base in PREFIXES.items() if name.replace("-", "").isalnum()}
    if form.supports_datasets:
        return ox.serialize(ordered, format=form, prefixes=prefixes) or b""
    triples = dict.fromkeys(quad.triple for quad in ordered)
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """The quads as an rdflib dataset (its default graph is the union).

    Example:
        >>> store = EmbeddedStore.memory()
        >>> store.load_nquads(b"<urn:a> <urn:b> <urn:c> <urn:g> .")
        >>> len(to_rdflib(store.quads()))
        1
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS), format="nquads")
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base)
    return dataset


def from_rdflib(graph: rdflib.Graph) -> EmbeddedStore:
    """A store in memory with the statements of an rdflib graph or dataset, which stays as it is.

    Triples without a named graph go to the graph `urn:x-cdv-graph:default`.
    """
    import rdflib

    store = EmbeddedStore.memory()
    if isinstance(graph, rdflib.Dataset):
        data, kind = graph.serialize(format="nquads", encoding="utf-8"), ox.RdfFormat.N_QUADS
    else:
        data, kind = graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES
    default = ox.NamedNode("urn:x-cdv-graph:default")
    for quad in ox.parse(data, format=kind):
        name = quad.graph_name
        if isinstance(name, ox.DefaultGraph) or name.value.startswith("urn:x-rdflib:default"):
            name = default
        store.oxigraph.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    return store
