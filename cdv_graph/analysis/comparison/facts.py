"""What a store knows of some nodes: their class and label, their values, and where each value was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from cdv_graph.namespaces import prologue
from cdv_graph.query import bind, value_of
from cdv_graph.resources import text
from cdv_graph.store import Store, Term

__all__ = ["Known", "Node", "Place"]

Node = ox.NamedNode | ox.BlankNode
Place = tuple[str, int, int]
_CHUNK = 1000  # nodes that one query names


@dataclass(frozen=True)
class Known:
    """What one store knows of some nodes.

    Attributes:
        classes: by node, the IRIs of its classes; a node without one has an empty set, an unknown node is not there.
        labels: by node, in French where it has one.
        values: by node and property, every value.
        places: by node, where it was read.
        readings: by node, then by property and value, where it was read.
    """

    classes: dict[Node, set[str]]
    labels: dict[Node, str]
    values: dict[tuple[Node, ox.NamedNode], set[Term]]
    places: dict[Node, set[Place]]
    readings: dict[Node, dict[tuple[ox.NamedNode, Term], set[Place]]]

    @classmethod
    def of(cls, store: Store, nodes: Iterable[Node]) -> Known:
        """Ask a store; a query cannot name a blank node, of which nothing is known."""
        named = sorted({node for node in nodes if isinstance(node, ox.NamedNode)}, key=lambda node: node.value)
        found = cls({}, {}, defaultdict(set), defaultdict(set), {})
        for node, kind, label in _rows(store, "diff-nodes", named):
            classes = found.classes.setdefault(node, set())
            if isinstance(kind, ox.NamedNode):
                classes.add(kind.value)
            if label is not None:
                found.labels.setdefault(node, label.value)
        for node, own, value in _rows(store, "diff-values", named):
            found.values[node, own].add(value)
        for node, *place in _rows(store, "diff-places", named):
            found.places[node].add(_place(place))
        for node, own, value, *place in _rows(store, "diff-readings", named):
            found.readings.setdefault(node, {}).setdefault((own, value), set()).add(_place(place))
        return found

    def lines(self, node: Node, own: ox.NamedNode, value: Term) -> frozenset[Place]:
        """Where a value was read, else where its node was."""
        return frozenset(self.readings.get(node, {}).get((own, value)) or self.places.get(node, set()))


def _rows(store: Store, name: str, nodes: list[ox.NamedNode]) -> Iterator[tuple[Any, ...]]:
    source, rest = prologue() + text("queries", f"internal/{name}.rq"), iter(nodes)
    while part := list(islice(rest, _CHUNK)):
        yield from store.query(bind(source, {"node": part})).rows


def _place(terms: list[Any]) -> Place:
    document, first, last = terms
    return str(value_of(document)), int(first.value), int(last.value)
