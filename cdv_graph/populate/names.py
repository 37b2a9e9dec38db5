"""How a row names its node: IRIs from codes and slugs, never from counters, clocks or blank nodes."""

from __future__ import annotations

import pyoxigraph as ox

from cdv_graph.namespaces import slug
from cdv_graph.populate.terms import iri
from cdv_graph.tables import Row, Schema

__all__ = ["about", "articulation_key", "node"]


def articulation_key(row: Row) -> str:
    """Element, dispositif (the local one where known), theme or `none`, and `absent` where the source says so."""
    theme = row["theme"] or "none"
    absent = ".absent" if row["status"] == "absent" else ""
    return f"{_dotted(row['element'])}.{row['local'] or row['dispositif']}.{theme}{absent}"


def _participation_key(row: Row) -> str:
    """Activity, role and partner; a seat without an organisation is told by its function, else by its lines."""
    who = row["partner"] or slug(row["function"]) or "l" + row["lines"].replace(";", "-")
    return f"{_dotted(row['activity'])}.{row['role']}.{who}"


def _contract_prefix(row: Row) -> str:
    return "call" if row["kind"] == "call" else "contract"


# kinds whose nodes belong to no document
_SHARED = ("contract", "call", "dispositif")


def _dotted(reference: str) -> str:
    return reference.replace("/", ".")


# what a template may use beside the columns of its table
_VARIABLES = {
    "articulations": ("key", articulation_key),
    "participations": ("key", _participation_key),
    "contracts": ("prefix", _contract_prefix),
}


def node(reference: str, document: str, listing: str) -> ox.NamedNode:
    """The node that a cell names: `contract` (the listing), `action/p1.os1.oo1.a2`, `body/…`, `dispositif/…`.

    A document before a colon (`montpellier-2016:sheet/1.4`) names a node of that document.
    """
    other, _, reference = reference.rpartition(":")
    document = other or document
    if reference == "contract":
        return iri(listing.replace("/", ":"))
    kind, _, name = reference.partition("/")
    if kind in _SHARED:
        return iri(f"{kind}:{name}")
    return iri(f"{kind}:{document}.{name}")


def about(schema: Schema, row: Row, document: str, listing: str) -> ox.NamedNode:
    """The node that a row is about."""
    if schema.about == "{listing}":
        other = row.cells.get("contract")
        return node(f"contract/{other}" if other else "contract", document, listing)
    if schema.about == "{element}":
        return node(row["element"], document, listing)
    variables = {"document": document, **row.cells}
    if schema.name in _VARIABLES:
        name, compute = _VARIABLES[schema.name]
        variables[name] = compute(row)
    return iri(schema.about.format_map(variables))
