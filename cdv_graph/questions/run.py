"""Asks a question: parameters resolved and bound, rows completed, columns in their order."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from cdv_graph.errors import InputError
from cdv_graph.messages import message
from cdv_graph.namespaces import prologue
from cdv_graph.query import Result, bind, resolve, select
from cdv_graph.questions.finish import FINISHERS
from cdv_graph.questions.registry import Question, network_query, question
from cdv_graph.store import Store

__all__ = ["ask", "explain", "network_rows"]


def _terms(store: Store, asked: Question, given: Mapping[str, object]) -> dict[str, ox.NamedNode | ox.Literal | None]:
    known = {parameter.name: parameter for parameter in asked.parameters}
    if unknown := sorted(set(given) - set(known)):
        told = ", ".join(known) or message("questions.no-parameter")
        raise InputError("questions.unknown-parameter", question=asked.name, parameter=unknown[0], known=told)
    terms: dict[str, ox.NamedNode | ox.Literal | None] = {}
    for name, parameter in sorted(known.items(), key=lambda one: one[0] != "contract"):
        value = given.get(name)
        if value is None or value == "":
            value = parameter.default or None
        if value is None and parameter.required:
            raise InputError(
                "questions.needed",
                question=asked.name,
                parameter=name,
                description=parameter.description,
                example=asked.example,
            )
        contract = terms.get("contract")
        listing = contract if isinstance(contract, ox.NamedNode) else None
        terms[name] = None if value is None else resolve(store, parameter, value, listing)
    return terms


def _bound(asked: Question, terms: Mapping[str, ox.NamedNode | ox.Literal | None]) -> str:
    """The SPARQL of a question with its parameters bound; those without a variable are the finisher's."""
    variables = {parameter.variable: terms[parameter.name] for parameter in asked.parameters if parameter.variable}
    return bind(asked.sparql, variables)


def ask(store: Store, name: str, parameters: Mapping[str, object] | None = None) -> Result:
    """The answer to a named question.

    Args:
        store: the graph.
        name: one of `names()`.
        parameters: by name; what is `None` or empty is not given.

    Returns:
        The rows, with the question's columns in their order.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: a parameter is unknown, missing or of the wrong type.
    """
    asked = question(name)
    terms = _terms(store, asked, parameters or {})
    result = select(store, _bound(asked, terms), asked.lists)
    if asked.finish:
        return FINISHERS[asked.finish](store, result, terms)
    return result if result.columns == asked.columns else result.only(asked.columns)


def explain(store: Store, name: str, parameters: Mapping[str, object] | None = None) -> str:
    """The SPARQL that `ask` runs, prefixes and bound values included, ready for any SPARQL tool."""
    asked = question(name)
    return prologue() + _bound(asked, _terms(store, asked, parameters or {})).strip() + "\n"


def network_rows(store: Store, kind: str, parameters: Mapping[str, object] | None = None) -> Result:
    """The rows that a network of a kind is made of, `cdv_graph.analysis.networks.build.ROW`; one per tie and passage.

    Args:
        store: the graph.
        kind: one of `network_kinds()`.
        parameters: by name, as for a question.

    Raises:
        UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        InputError: a parameter is unknown.
    """
    asked = network_query(kind)
    return select(store, _bound(asked, _terms(store, asked, parameters or {})))
