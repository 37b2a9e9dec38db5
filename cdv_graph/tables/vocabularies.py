"""The codes of the SKOS schemes, as tables may use them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pyoxigraph as ox

from cdv_graph.namespaces import BASE, expand
from cdv_graph.resources import folder

__all__ = ["codes"]

_SCHEMES = BASE + "vocab/"


@functools.cache
def codes() -> Mapping[str, frozenset[str]]:
    """The codes of every scheme: `codes()["mode"]` holds `governance`, `volet` …

    Example:
        >>> sorted(codes()["status"])
        ['absent', 'intended', 'stated']
    """
    member = expand("skos:inScheme")
    found: dict[str, set[str]] = {}
    for path in sorted(folder("ontology").joinpath("vocabularies").glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == member and isinstance(quad.subject, ox.NamedNode):
                scheme, _, code = quad.subject.value.removeprefix(_SCHEMES).partition("/")
                found.setdefault(scheme, set()).add(code)
    return {scheme: frozenset(concepts) for scheme, concepts in found.items()}
