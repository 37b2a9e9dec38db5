"""SHACL property paths: read from a shapes graph, written as SPARQL.

Source: SHACL, section 2.3.1, https://www.w3.org/TR/shacl/#property-paths.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection

from cdv_graph.errors import InputError
from cdv_graph.namespaces import shorten

__all__ = ["prefixes_of", "short_path", "sparql_path"]

_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _spell(graph: rdflib.Graph, node: rdflib.term.Node, name: Callable[[str], str]) -> str:
    if isinstance(node, rdflib.URIRef):
        return name(str(node))
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return "^" + _group(_spell(graph, inverse, name))
    if (alternatives := graph.value(node, SH.alternativePath)) is not None:
        return "|".join(_group(_spell(graph, one, name)) for one in Collection(graph, alternatives))
    for predicate, mark in _REPEATED.items():
        if (step := graph.value(node, predicate)) is not None:
            return _group(_spell(graph, step, name)) + mark
    if (node, RDF.first, None) in graph:
        return "/".join(_group(_spell(graph, step, name)) for step in Collection(graph, node))
    raise InputError("validate.not-a-path", path=node)


def _group(path: str) -> str:
    """Brackets around a path of several steps; IRIs hold operators of their own."""
    return f"({path})" if re.search(r"[/|^*+?]", re.sub(r"<[^>]*>|\w[\w-]*:[\w.-]*", "", path)) else path


def sparql_path(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    """A path with full IRIs, for a query.

    Raises:
        InputError: the node is no SHACL path.
    """
    return _spell(graph, node, lambda iri: f"<{iri}>")


def short_path(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    """A path with prefixed names, for people: `cdv:date|cdv:frequency`, `^cdv:subject`, `a/b`."""
    return _spell(graph, node, shorten)


def prefixes_of(graph: rdflib.Graph, node: rdflib.term.Node) -> list[str]:
    """The SPARQL paths to every node that a path goes through, its end included.

    A triple added or taken away anywhere along the path changes one of these nodes.
    """
    if isinstance(node, rdflib.URIRef) or (node, RDF.first, None) not in graph:
        if (alternatives := graph.value(node, SH.alternativePath)) is not None:
            return [path for one in Collection(graph, alternatives) for path in prefixes_of(graph, one)]
        return [sparql_path(graph, node)]
    found, before = [], ""
    for step in Collection(graph, node):
        found += [before + _group(path) for path in prefixes_of(graph, step)]
        before += _group(sparql_path(graph, step)) + "/"
    return found
