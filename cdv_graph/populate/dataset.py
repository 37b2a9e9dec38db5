"""A whole data folder to quads: ontology, vocabularies, authority, documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from cdv_graph.errors import StoreError
from cdv_graph.namespaces import graph_iri
from cdv_graph.populate.mapping import TableMapping, search_keys
from cdv_graph.populate.names import articulation_key
from cdv_graph.resources import folder
from cdv_graph.tables import Dataset, Row, Schema, schemas

__all__ = ["across_quads", "authority_quads", "document_quads", "mapped_tables", "ontology_quads"]


def _file_quads(path: Path, graph: str) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph_iri(graph))
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise StoreError("files.not-rdf", path=path, line=error.lineno, form="Turtle", why=error.msg) from error


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology (graph `ontology`) and the SKOS schemes with their search keys (graph `vocabulary`)."""
    root = folder("ontology")
    for path in sorted(root.glob("*.ttl")):
        yield from _file_quads(path, "ontology")
    for path in sorted(root.joinpath("vocabularies").glob("*.ttl")):
        for quad in _file_quads(path, "vocabulary"):
            yield quad
            if isinstance(quad.subject, ox.NamedNode):
                for subject, predicate, value in search_keys(quad.subject, quad.predicate, quad.object):
                    yield ox.Quad(subject, predicate, value, quad.graph_name)


def authority_quads(dataset: Dataset) -> Iterator[ox.Quad]:
    """Documents, partners, places, dispositifs, contracts, legal texts: every name that tables refer to."""
    return _quads(_authority(dataset))


def document_quads(dataset: Dataset, document: str) -> Iterator[ox.Quad]:
    """What one document says, in the graph of its name."""
    return _quads(_document(dataset, document))


def across_quads(dataset: Dataset) -> Iterator[ox.Quad]:
    """What ties documents together: what became of each fiche from one to the next."""
    return _quads(_across(dataset))


def mapped_tables(dataset: Dataset) -> Iterator[tuple[TableMapping, Schema, list[Row]]]:
    """Every table that gives quads, with its mapping."""
    yield from _authority(dataset)
    for document in dataset.documents:
        yield from _document(dataset, document)
    yield from _across(dataset)


_Tables = Iterator[tuple[TableMapping, Schema, list[Row]]]


def _quads(tables: _Tables) -> Iterator[ox.Quad]:
    for mapping, schema, rows in tables:
        yield from mapping.quads(schema, rows)


def _authority(dataset: Dataset) -> _Tables:
    mapping = TableMapping("authority")
    yield mapping, schemas()["SOURCES"], dataset.sources
    for name, rows in dataset.authority.items():
        yield mapping, schemas()[name], rows


def _document(dataset: Dataset, document: str) -> _Tables:
    bodies = dataset.documents[document].get("bodies", [])
    mapping = TableMapping(
        document,
        dataset.listing(document),
        contract=dataset.contract(document),
        amended=dataset.amended(document),
        shared=True,
        bodies={f"body/{row['id']}": f"contract/{row['contract']}" for row in bodies if row["contract"]},
    )
    for name, rows in _with_carriers(dataset.documents[document]).items():
        if schemas()[name].about:
            yield mapping, schemas()[name], rows


def _across(dataset: Dataset) -> _Tables:
    mapping = TableMapping("across")
    for name, rows in dataset.across.items():
        yield mapping, schemas()[name], rows


def _with_carriers(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The tables, with one participation more for each carrier that a row of the articulations names."""
    carrier = next(column for column in schemas()["articulations"].columns if column.name == "carrier")
    carriers = [
        Row(
            row.file,
            row.line,
            {
                "activity": "articulation/" + articulation_key(row),
                "role": "carrier",
                "partner": partner,
                "as_written": "",
                "lines": row["lines"],
                "method": row["method"],
            },
        )
        for row in tables.get("articulations", [])
        for partner in carrier.values(row["carrier"])
    ]
    return {**tables, "participations": [*tables.get("participations", []), *carriers]}
