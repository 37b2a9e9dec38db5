"""What every store does, wherever the graph lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

__all__ = ["Answer", "Store", "Term"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Answer:
    """What a SPARQL query returned.

    Attributes:
        variables: the names of the columns of a SELECT, in order.
        rows: one tuple per solution, `None` where a variable is unbound.
        boolean: the answer of an ASK, else `None`.
        triples: the triples of a CONSTRUCT or DESCRIBE, else `None`.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None


class Store(Protocol):
    """A set of named graphs that answers SPARQL; the default graph of a query is the union of all of them."""

    def query(self, sparql: str, graphs: Sequence[str] = ()) -> Answer:
        """Answer a query.

        Args:
            sparql: a SPARQL 1.1 query with every prefix it uses.
            graphs: the IRIs of the graphs that the query sees as one; all by default.

        Raises:
            QueryError: the query is not SPARQL 1.1, or fails.
        """
        ...

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads."""
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        ...

    def quads(self, graph: str = "") -> Iterable[ox.Quad]:
        """The quads of one graph, or of all."""
        ...

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether any graph states the triple."""
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...
