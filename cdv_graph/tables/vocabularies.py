"""The codes of the SKOS schemes, as tables may use them, and the names that texts give them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pyoxigraph as ox

from cdv_graph.namespaces import BASE, expand, fold
from cdv_graph.resources import folder

__all__ = ["codes", "labels"]

_SCHEMES = BASE + "vocab/"
_NAMES = {expand(f"skos:{kind}") for kind in ("prefLabel", "altLabel", "notation")}


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


@functools.cache
def labels(scheme: str) -> Mapping[str, frozenset[str]]:
    """The French names and the acronyms of the concepts of a scheme, folded: name -> the codes that it may mean.

    Example:
        >>> labels("theme")["jeunesse"]
        frozenset({'education-jeunesse'})
    """
    found: dict[str, set[str]] = {}
    path = folder("ontology").joinpath("vocabularies", f"{scheme}.ttl")
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        named = quad.predicate.value in _NAMES and isinstance(quad.object, ox.Literal)
        if named and isinstance(quad.subject, ox.NamedNode) and quad.object.language in (None, "fr"):
            found.setdefault(fold(quad.object.value), set()).add(quad.subject.value.rpartition("/")[2])
    return {name: frozenset(concepts) for name, concepts in found.items()}
