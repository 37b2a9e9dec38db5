"""RDF terms from cells."""

from __future__ import annotations

import calendar
import functools

import pyoxigraph as ox

from cdv_graph.namespaces import expand
from cdv_graph.tables.schema import Column

__all__ = ["bounds", "iri", "literal", "local_name"]

_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_TYPES = {"integer": "xsd:integer", "decimal": "xsd:decimal"}


@functools.lru_cache(maxsize=1 << 16)
def iri(name: str) -> ox.NamedNode:
    """The node of a prefixed name."""
    return ox.NamedNode(expand(name))


def local_name(node: ox.NamedNode) -> str:
    """The last part of an IRI: what follows the last `/` or `#`."""
    return node.value.replace("#", "/").rpartition("/")[2]


def literal(column: Column, value: str) -> ox.Literal | ox.NamedNode:
    """The term of a value that is not an IRI by template: typed, language-tagged or plain; a web address is a node."""
    if column.datatype == "anyURI":
        return ox.NamedNode(value)
    if column.datatype == "date":
        return ox.Literal(value, datatype=iri(_DATES[len(value)]))
    if column.datatype in _TYPES:
        return ox.Literal(value, datatype=iri(_TYPES[column.datatype]))
    return ox.Literal(value, language=column.lang) if column.lang else ox.Literal(value)


def bounds(value: str) -> tuple[ox.Literal, ox.Literal]:
    """The first and the last day of a date that may be a year or a month.

    Example:
        >>> [day.value for day in bounds("2022-02")]
        ['2022-02-01', '2022-02-28']
    """
    year, month, day = (value + "--").split("-")[:3]
    last_month = int(month or 12)
    last_day = int(day) if day else calendar.monthrange(int(year), last_month)[1]
    first = f"{year}-{month or '01'}-{day or '01'}"
    last = f"{year}-{last_month:02}-{last_day:02}"
    return ox.Literal(first, datatype=iri("xsd:date")), ox.Literal(last, datatype=iri("xsd:date"))
