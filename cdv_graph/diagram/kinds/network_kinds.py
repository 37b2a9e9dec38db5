"""The kinds dispositif, partner, partners and governance, asked of a graph."""

from __future__ import annotations

from cdv_graph.analysis.networks.build import build_network
from cdv_graph.diagram.kinds.dispositif import dispositif_diagram
from cdv_graph.diagram.kinds.governance import governance_diagram
from cdv_graph.diagram.kinds.partner import partner_diagram
from cdv_graph.diagram.kinds.partners import partners_diagram
from cdv_graph.diagram.model import Diagram
from cdv_graph.query import resolve, value_of
from cdv_graph.questions import ask, network_rows, question
from cdv_graph.questions.labels import contract_names, element_names
from cdv_graph.store import Store

__all__ = ["dispositif", "governance", "partner", "partners"]


def dispositif(store: Store, dispositif: str, *, contract: str = "", lang: str = "fr") -> Diagram:
    """Who articulates a dispositif and how.

    Args:
        store: the graph.
        dispositif: a type or a local dispositif (acronym, code or name).
        contract: only this contract.
        lang: `fr` or `en`.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: the language is unknown.
    """
    answer = ask(store, "articulations", {"dispositif": dispositif, "contract": contract})
    return dispositif_diagram(answer, contract_names(store) | element_names(store), lang=lang, title=dispositif)


def partner(store: Store, partner: str, *, contract: str = "", lang: str = "fr") -> Diagram:
    """What a partner does, by role, and with whom.

    Args:
        store: the graph.
        partner: a partner (code or name).
        contract: only this contract.
        lang: `fr` or `en`.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: the language is unknown.
    """
    own = ask(store, "partner-roles", {"partner": partner, "contract": contract})
    others = ask(store, "partner-roles", {"contract": contract})
    return partner_diagram(own, others, contract_names(store), lang=lang, title=partner)


def partners(store: Store, contract: str, *, theme: str = "", lang: str = "fr") -> Diagram:
    """Who works with whom on the fiches of a contract.

    Args:
        store: the graph.
        contract: a contract, amendment or call for projects (code, slug or name).
        theme: only fiches of this theme and its sub-themes.
        lang: `fr` or `en`.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: the language is unknown.
    """
    given = {"contract": contract, "theme": theme}
    network = build_network(network_rows(store, "partner-sheet", given))
    bridging = ask(store, "brokers", given)
    return partners_diagram(network, bridging, _categories(store, contract), _name(store, contract), lang=lang)


def _categories(store: Store, contract: str) -> dict[str, str]:
    rows = ask(store, "partner-roles", {"contract": contract}).records()
    return {str(row["partner"]): str(row["category"]) for row in rows}


def _name(store: Store, contract: str) -> str:
    (parameter,) = (one for one in question("governance").parameters if one.name == "contract")
    slug = str(value_of(resolve(store, parameter, contract)))
    return contract_names(store).get(slug, slug)


def governance(store: Store, contract: str, *, lang: str = "fr") -> Diagram:
    """Who governs a contract: bodies, who chairs and sits, what they share with dispositifs.

    Args:
        store: the graph.
        contract: a contract, amendment or call for projects (code, slug or name).
        lang: `fr` or `en`.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: the language is unknown.
    """
    asked = ("governance", "shared-governance", "role-gaps")
    seats, shared, gaps = (ask(store, name, {"contract": contract}) for name in asked)
    called = _name(store, contract)
    return governance_diagram(
        seats, shared, gaps, _categories(store, contract), called, names=element_names(store), lang=lang
    )
