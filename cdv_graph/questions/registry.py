"""Questions as they are declared: the `#+` header of each `.rq` file, read as YAML (the habit of grlc)."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from cdv_graph.errors import QueryError, UnknownValueError
from cdv_graph.query import Parameter
from cdv_graph.resources import folder, headed, parsed, text

__all__ = ["Question", "names", "network_kinds", "network_query", "question"]


@dataclass(frozen=True)
class Question:
    """One named question.

    Attributes:
        name: the file name without ending.
        title: by language.
        description: by language; says what a row is.
        parameters: in order.
        columns: in order; a query may compute more, which are not shown.
        lists: the columns that hold lists.
        example: what to type.
        finish: the function that completes the rows, or empty.
        sparql: the query, without prefixes.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    lists: tuple[str, ...]
    example: str
    finish: str
    sparql: str


def names() -> list[str]:
    """The names of all questions, sorted."""
    return sorted(path.stem for path in folder("queries").glob("*.rq"))


@functools.cache
def _shared_parameters() -> dict[str, dict[str, Any]]:
    declared: dict[str, dict[str, Any]] = parsed(text("queries", "parameters.yaml"))
    return declared


def _parameter(name: str, own: dict[str, Any] | None) -> Parameter:
    said = {**_shared_parameters().get(name, {}), **(own or {})}
    if "type" not in said:
        raise QueryError("questions.no-type", name=name)
    return Parameter(
        name=name,
        type=said["type"],
        variable=said.get("variable", name),
        description=said.get("description", {}),
        required=said.get("required", False),
        default=str(said.get("default", "")),
        classes=tuple(said.get("classes", ())),
        prefixes=tuple(said.get("prefixes", ())),
        choices=tuple(map(str, said.get("choices", ()))),
    )


@functools.cache
def question(name: str) -> Question:
    """One question.

    Raises:
        UnknownValueError: there is none of that name; the error holds the nearest.
        QueryError: its header cannot be read.

    Example:
        >>> [parameter.name for parameter in question("signatories").parameters]
        ['contract', 'document']
    """
    known = names()
    if name not in known:
        raise UnknownValueError("question", name, difflib.get_close_matches(name, known, n=3))
    return _read(name, f"{name}.rq")


def network_kinds() -> list[str]:
    """The kinds of networks that a query of their own makes, sorted."""
    return sorted(path.stem for path in folder("queries").joinpath("networks").glob("*.rq"))


@functools.cache
def network_query(kind: str) -> Question:
    """The query that makes a network, `queries/networks/<kind>.rq`, declared as questions are.

    Raises:
        UnknownValueError: there is none of that kind; the error holds them all.
        QueryError: its header cannot be read.

    Example:
        >>> network_query("territory").title["en"]
        'Territory levels'
    """
    if kind not in (known := network_kinds()):
        raise UnknownValueError("network", kind, ["contract", *known])
    return _read(kind, f"networks/{kind}.rq")


def _read(name: str, file: str) -> Question:
    try:
        said, sparql = headed("queries", file)
        return Question(
            name=name,
            title=said["title"],
            description=said["description"],
            parameters=tuple(_parameter(key, own) for key, own in (said.get("parameters") or {}).items()),
            columns=tuple(said["columns"].split()),
            lists=tuple(said.get("lists", "").split()),
            example=said["example"],
            finish=said.get("finish", ""),
            sparql=sparql,
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise QueryError("questions.bad-header", name=file.removesuffix(".rq"), why=str(error)) from error
