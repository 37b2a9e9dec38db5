"""SHACL property paths: read from a shapes graph, written as SPARQL.

Source: SHACL, section 2.3.1, https://www.w3.org/TR/shacl/#property-paths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection

from cdv_graph.errors import InputError
from cdv_graph.namespaces import shorten

__all__ = ["short_path", "sparql_path", "steps"]

_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _spell(graph: rdflib.Graph, node: rdflib.term.Node, name: Callable[[str], str]) -> str:
    if isinstance(node, rdflib.URIRef):
        return name(str(node))
    if (node, RDF.first, None) in graph:
        return "/".join(_group(_spell(graph, step, name)) for step in Collection(graph, node))
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return "^" + _group(_spell(graph, inverse, name))
    if (alternatives := graph.value(node, SH.alternativePath)) is not None:
        return "|".join(_group(_spell(graph, one, name)) for one in Collection(graph, alternatives))
    for predicate, mark in _REPEATED.items():
        if (step := graph.value(node, predicate)) is not None:
            return _group(_spell(graph, step, name)) + mark
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


def steps(
    graph: rdflib.Graph, node: rdflib.term.Node, before: str = "", *, back: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Every triple that a path may go along, as (path to its near end, predicate, which end that is).

    Args:
        graph: the shapes graph.
        node: the path.
        before: the path that leads to its start.
        back: the path is gone along backwards.
    """

    def way(one: rdflib.term.Node) -> str:
        return ("^" if back else "") + _group(sparql_path(graph, one))

    if isinstance(node, rdflib.URIRef):
        yield before, node.n3(), "object" if back else "subject"
    elif (inverse := graph.value(node, SH.inversePath)) is not None:
        yield from steps(graph, inverse, before, back=not back)
    elif (alternatives := graph.value(node, SH.alternativePath)) is not None:
        for one in Collection(graph, alternatives):
            yield from steps(graph, one, before, back=back)
    elif (node, RDF.first, None) in graph:
        members = list(Collection(graph, node))
        for one in reversed(members) if back else members:
            yield from steps(graph, one, before, back=back)
            before = _joined(before, way(one))
    else:
        for predicate in _REPEATED:
            if (repeated := graph.value(node, predicate)) is not None:
                # from any node that the repeated part leads to, it may go on
                yield from steps(graph, repeated, _joined(before, f"({way(repeated)})*"), back=back)


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))
