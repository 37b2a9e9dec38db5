"""The sides of a comparison: a contract (amendment, call), a generation, or a document about several contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cdv_graph.errors import UnknownValueError
from cdv_graph.namespaces import PREFIXES, prologue
from cdv_graph.query import Parameter, bind, resolve, value_of
from cdv_graph.resources import text
from cdv_graph.store import Store

__all__ = ["Side", "named", "side"]


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: the slug of the contract, generation or document.
        listings: the contracts, amendments and calls that it is made of; none for a document about several contracts.
        documents: the documents that print them, or the one that it is.
        contracts: the contract that each listing belongs to.
    """

    name: str
    listings: tuple[ox.NamedNode, ...]
    documents: tuple[ox.NamedNode, ...]
    contracts: Mapping[str, str]

    @property
    def single(self) -> bool:
        """Whether it is one contract, amendment or call."""
        return len(self.listings) == 1

    def nodes(self, by: str) -> tuple[ox.NamedNode, ...]:
        """What a query is bound to, where facts belong to the `listing`, or to the `document`."""
        return self.listings if self.listings and by == "listing" else self.documents


def side(store: Store, node: ox.NamedNode) -> Side:
    """The side that a node stands for.

    Args:
        store: the graph.
        node: a contract, amendment, call, generation or document.
    """
    asked = bind(text("queries", "internal/side.rq"), {"side": node})
    contracts: dict[str, str] = {}
    documents: dict[str, ox.NamedNode] = {}
    for listing, contract, document in store.query(prologue() + asked).rows:
        if isinstance(listing, ox.NamedNode) and isinstance(contract, ox.NamedNode):
            contracts[listing.value] = contract.value
        if isinstance(document, ox.NamedNode):
            documents[document.value] = document
    if not contracts and node.value.startswith(PREFIXES["document"]):
        documents = {node.value: node}
    return Side(str(value_of(node)), tuple(map(ox.NamedNode, contracts)), tuple(documents.values()), contracts)


def named(store: Store, value: str, kinds: Sequence[Parameter]) -> Side:
    """The side that a user names.

    Args:
        store: the graph.
        value: a code, slug, name or IRI.
        kinds: what it may be, in the order to try.

    Raises:
        UnknownValueError: it is none of them; the error holds the nearest names.
        AmbiguousValueError: several things have that name.
    """
    near: list[str] = []
    for kind in kinds:
        try:
            return side(store, ox.NamedNode(resolve(store, kind, value).value))
        except UnknownValueError as error:
            near += error.candidates
    raise UnknownValueError("contract", value, list(dict.fromkeys(near)))
