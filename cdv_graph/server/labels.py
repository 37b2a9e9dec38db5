"""Queries of the pages, and what to call the nodes that they show."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from cdv_graph.messages import LANGUAGES
from cdv_graph.namespaces import prologue, shorten
from cdv_graph.query import bind
from cdv_graph.resources import parsed, text
from cdv_graph.server.html import WEB
from cdv_graph.store import EmbeddedStore, Term

__all__ = ["named", "rows", "tail"]

_Given = ox.NamedNode | ox.Literal


def rows(
    store: EmbeddedStore, name: str, terms: Mapping[str, _Given | Sequence[_Given] | None]
) -> list[tuple[Term | None, ...]]:
    """The rows of a query of `queries/internal/server`."""
    return list(store.query(prologue() + bind(text("queries", f"internal/server/{name}.rq"), terms)).rows)


def named(store: EmbeddedStore, nodes: Iterable[ox.NamedNode], lang: str) -> dict[str, str]:
    """What to call nodes in a language: a label, the labels of what a node ties, else the end of its IRI."""
    asked = sorted(set(nodes), key=str)
    ranks = {lang: 0, **{other: 2 for other in LANGUAGES if other != lang}}
    found: dict[str, tuple[tuple[int, int], str]] = {}
    for node, *parts in rows(store, "names", {"node": asked}) if asked else ():
        said = [part for part in parts if isinstance(part, ox.Literal)]
        rank = (sum(ranks.get(part.language or "", 1) for part in said), -len(said))
        if isinstance(node, ox.NamedNode) and (node.value not in found or rank < found[node.value][0]):
            found[node.value] = rank, " – ".join(part.value for part in said)
    return {node.value: found[node.value][1] if node.value in found else _named(node.value, lang) for node in asked}


@functools.cache
def _others() -> Mapping[str, Mapping[str, str]]:
    """What to call the terms of other vocabularies."""
    told: Mapping[str, Mapping[str, str]] = parsed(WEB.joinpath("names.yaml").read_text("utf-8"))
    return told


def _named(iri: str, lang: str) -> str:
    other = _others().get(shorten(iri))
    return other[lang] if other else tail(iri)


def tail(iri: str) -> str:
    """The end of an IRI, after its prefix; all of it where it has none."""
    short = shorten(iri)
    return short.partition(":")[2] or short if short != iri else iri
