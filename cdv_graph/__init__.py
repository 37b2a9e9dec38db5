"""Contrats de ville as a knowledge graph: build it, check it, question it, draw it.

    >>> import cdv_graph
    >>> g = cdv_graph.load()
    >>> g.articulations(contract="Clermont", theme="santé").columns[:3].tolist()
    ['contract', 'element', 'dispositif']

Everything heavy is imported where it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cdv_graph.errors import (
    AmbiguousValueError,
    Fault,
    InputError,
    OutputError,
    QueryError,
    ReasonerError,
    StoreError,
    TableError,
    UnknownValueError,
)

if TYPE_CHECKING:
    from cdv_graph.builds import diff
    from cdv_graph.diagram import draw
    from cdv_graph.graph import Graph
    from cdv_graph.opening import connect, load, open_graph

__version__ = "0.1.0"

__all__ = [
    "AmbiguousValueError",
    "Fault",
    "Graph",
    "InputError",
    "OutputError",
    "QueryError",
    "ReasonerError",
    "StoreError",
    "TableError",
    "UnknownValueError",
    "connect",
    "diff",
    "draw",
    "load",
    "open_graph",
]

_LAZY = {
    "Graph": "graph",
    "connect": "opening",
    "load": "opening",
    "open_graph": "opening",
    "draw": "diagram",
    "diff": "builds",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(f"cdv_graph.{_LAZY[name]}"), name)
    raise AttributeError(f"module « cdv_graph » has no attribute « {name} »")
