"""Runs the rules of `rules/*.rq` and keeps what is new, in a graph of its own.

A rule says where it applies in its first lines: `#+ scope: document` (what one document says, with the authority
and the vocabularies; results go to `inferred/{document}`) or `#+ scope: all` (results go to `inferred`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from cdv_graph.namespaces import graph_iri, prologue
from cdv_graph.resources import folder
from cdv_graph.store import Store

__all__ = ["Rule", "infer", "rules"]

_SHARED = ("ontology", "vocabulary", "authority")


@dataclass(frozen=True)
class Rule:
    """One CONSTRUCT rule.

    Attributes:
        name: the file name without ending.
        scope: `document` or `all`.
        sparql: the query, without prefixes.
    """

    name: str
    scope: str
    sparql: str


def rules() -> list[Rule]:
    """Every rule, by name.

    Example:
        >>> [rule.scope for rule in rules() if rule.name == "shortcut-signatory"]
        ['document']
    """
    found = []
    for path in sorted(folder("rules").glob("*.rq")):
        text = path.read_text("utf-8")
        scope = re.search(r"^#\+ scope: (\w+)$", text, re.M)
        found.append(Rule(path.stem, scope[1] if scope else "document", text))
    return found


def _constructed(store: Store, rule: Rule, graphs: list[str], target: str) -> list[ox.Quad]:
    name = ox.NamedNode(target)
    triples = store.query(prologue() + rule.sparql, graphs).triples or ()
    return [ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in dict.fromkeys(triples)]


def infer(store: Store, documents: list[str]) -> list[ox.Quad]:
    """What the rules add to a store, without adding it.

    Args:
        store: holds the ontology, the vocabularies, the authority and the documents.
        documents: slugs of the documents.

    Returns:
        The inferred quads; a triple that is asserted, or inferred from another document already, is left out.
    """
    found: list[ox.Quad] = []
    for document in documents:
        seen = [graph_iri(name) for name in (*_SHARED, document)]
        for rule in rules():
            if rule.scope == "document":
                found += _constructed(store, rule, seen, graph_iri(f"inferred/{document}"))
    for rule in rules():
        if rule.scope == "all":
            found += _constructed(store, rule, [], graph_iri("inferred"))
    kept: dict[ox.Triple, ox.Quad] = {}
    for quad in found:
        if quad.triple not in store:
            kept.setdefault(quad.triple, quad)
    return list(kept.values())
