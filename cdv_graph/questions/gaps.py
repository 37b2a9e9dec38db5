"""Completes the gaps with what the contracts most like one articulate; the rest of the rows is the query's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from cdv_graph.analysis.peers import PEERS, Lack, Peer, lacks, peers
from cdv_graph.messages import message
from cdv_graph.namespaces import prologue
from cdv_graph.query import Result, bind, value_of
from cdv_graph.query.result import Cell
from cdv_graph.resources import text
from cdv_graph.store import Store, Term

__all__ = ["Articulated", "articulation_gaps", "internal"]

Terms = Mapping[str, Term | None]


def internal(
    store: Store, name: str, terms: Mapping[str, ox.NamedNode | Sequence[ox.NamedNode] | None]
) -> list[tuple[Term | None, ...]]:
    """The rows of a query of `queries/internal/gaps`."""
    return list(store.query(prologue() + bind(text("queries", f"internal/gaps/{name}.rq"), terms)).rows)


class Articulated:
    """What every contract articulates, its amendments and calls for projects with it.

    Attributes:
        types: the IRIs of the dispositif types, by the IRI of the contract.
        generations: the IRI of the generation, by the IRI of the contract.
        known: the number of articulations, by the IRI of the contract.
        whole: the IRI of the contract that each contract, amendment or call asked for is part of.
    """

    def __init__(self, store: Store, contract: ox.NamedNode | None) -> None:
        self.types: dict[str, set[str]] = {}
        self.generations: dict[str, str] = {}
        self.known: dict[str, int] = {}
        for whole, generation, one, times in internal(store, "articulated", {}):
            if whole is None or one is None or generation is None or times is None:
                continue
            self.types.setdefault(whole.value, set()).add(one.value)
            self.generations[whole.value] = generation.value
            self.known[whole.value] = self.known.get(whole.value, 0) + int(times.value)
        rows = internal(store, "wholes", {"contract": contract})
        self.whole = {row[0].value: row[1].value for row in rows if row[0] is not None and row[1] is not None}

    def peers(self, whole: str, count: int | None) -> list[Peer]:
        """The contracts most like one, of its generation where there are others; none where nothing is known of it."""
        return peers(whole, self.types, self.generations, count=count) if whole in self.types else []

    def alike(self, whole: str) -> list[Peer]:
        """All contracts that share a type with one, of any generation."""
        return peers(whole, self.types, count=None) if whole in self.types else []


def _named(iri: str) -> str:
    return str(value_of(ox.NamedNode(iri)))


def _because(lack: Lack) -> str:
    each = " ; ".join(
        message(
            "questions.peer",
            contract=_named(peer.contract),
            likeness=f"{peer.likeness:.2f}".replace(".", ","),
            types=peer.types,
        ).told("fr")
        for peer in lack.having
    )
    return message("questions.peers-have", having=len(lack.having), asked=lack.asked, each=each).told("fr")


def _peer_rows(store: Store, terms: Terms, columns: tuple[str, ...]) -> list[list[Cell]]:
    asked = {name: term if isinstance(term, ox.NamedNode) else None for name, term in terms.items()}
    articulated = Articulated(store, asked["contract"])
    lacking = {
        contract: lacks(articulated.types.get(whole, set()), articulated.types, articulated.peers(whole, PEERS))
        for contract, whole in articulated.whole.items()
    }
    wanted = {(peer.contract, lack.type) for found in lacking.values() for lack in found for peer in lack.having}
    if not wanted:
        return []
    told: dict[tuple[str, str], list[dict[str, Cell]]] = {}
    names = ("dispositif", "label", "theme", "words", "document", "start_line", "end_line")
    given = {
        "type": [ox.NamedNode(iri) for iri in sorted({one for _, one in wanted})],
        "document": asked["document"],
        "theme_asked": asked["theme"],
    }
    for whole, one, *values in internal(store, "peers", given):
        if whole is not None and one is not None:
            row = dict(zip(names, map(value_of, values), strict=True))
            told.setdefault((whole.value, one.value), []).append(row)
    rows = []
    for contract, found in lacking.items():
        for lack in found:
            because = _because(lack)
            for peer in lack.having:
                for row in told.get((peer.contract, lack.type), ()):
                    cells = {
                        **row,
                        "expected_because": because,
                        "evidence": f"{_named(peer.contract)} : « {row['words']} »",
                        "reference": "peers",
                        "contract": _named(contract),
                        "local_dispositif": None,
                        "known": articulated.known.get(articulated.whole[contract], 0),
                    }
                    rows.append([cells[column] for column in columns])
    return rows


def articulation_gaps(store: Store, result: Result, terms: Terms) -> Result:
    """The gaps of the query, and those that the contracts most like each contract show, in one order."""
    reference = terms["reference"]
    rows = list(result.rows)
    if reference is None or reference.value == "peers":
        rows += _peer_rows(store, terms, result.columns)
    order = [
        result.columns.index(name)
        for name in ("contract", "reference", "dispositif", "label", "document", "start_line")
    ]

    def rank(row: list[Cell]) -> tuple[tuple[str, float], ...]:
        return tuple(
            ("", cell) if isinstance(cell, int | float) else (str(cell), 0)
            for cell in (*(row[at] for at in order), *row)
        )

    return Result(result.columns, sorted(rows, key=rank))
