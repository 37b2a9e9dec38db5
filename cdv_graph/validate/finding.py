"""What an engine finds, before it is told to people."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib.term import Node

from cdv_graph.store import Term

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """One result of a validation, as SHACL defines it (section 3.6.2).

    Attributes:
        focus: the node at fault.
        shape: the shape that it does not conform to.
        component: the IRI of the constraint component that failed.
        path: the path, as a node of the shapes graph (a predicate of its own for `sh:closed`); None for a node shape.
        value: the value at fault, None where the fault is that there is none.
        severity: the IRI of the severity.
    """

    focus: Term
    shape: Node
    component: str
    path: Node | None
    value: Term | None
    severity: str
