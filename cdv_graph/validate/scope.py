"""Where a constraint is checked: nodes, and the values that a path leads to from them, as SPARQL patterns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib.term import Node

from cdv_graph.store import Term

__all__ = ["Nodes", "Scope"]


@dataclass(frozen=True)
class Nodes:
    """The nodes that a SPARQL pattern binds to a variable.

    Attributes:
        pattern: the pattern.
        variable: the variable.
        few: the pattern lists them one by one.
    """

    pattern: str
    variable: str = "?this"
    few: bool = False

    @property
    def selected(self) -> str:
        """A pattern that binds them to `?this` and shares no other variable with what is beside it."""
        column = "?this" if self.variable == "?this" else f"({self.variable} AS ?this)"
        return f"{{ SELECT DISTINCT {column} WHERE {{ {self.pattern} }} }}"

    @classmethod
    def listed(cls, terms: Iterable[Term], variable: str = "?this") -> Nodes:
        """Some nodes by name; blank ones have none that a query could use."""
        return cls(f"VALUES {variable} {{ {' '.join(sorted(map(str, terms)))} }}", variable, True)


@dataclass(frozen=True)
class Scope:
    """A shape, its path, and the nodes to look at.

    Attributes:
        shape: the shape.
        path: its path, as SPARQL; empty for a node shape.
        nodes: the nodes.
        mark: tells its variables from those of other scopes in one query.
    """

    shape: Node
    path: str
    nodes: Nodes
    mark: str = ""

    @property
    def this(self) -> str:
        """The variable of the nodes."""
        return self.nodes.variable

    @property
    def value(self) -> str:
        """The variable of the values; of the nodes themselves in a node shape."""
        return f"{self.this}v{self.mark}" if self.path else self.this

    @property
    def other(self) -> str:
        """The variable of another value of the same node."""
        return f"?other{self.mark}"

    @property
    def step(self) -> str:
        """The pattern from a node to a value."""
        return f"{self.this} {self.path} {self.value}"

    @property
    def values(self) -> str:
        """The pattern that binds the nodes and their values."""
        return f"{self.nodes.pattern} {self.step} ." if self.path else self.nodes.pattern

    @property
    def nested(self) -> Nodes:
        """The values, as the nodes that a nested shape is checked on."""
        if not self.path:
            return self.nodes
        return Nodes(f"{{ SELECT DISTINCT {self.value} WHERE {{ {self.values} }} }}", self.value)

    @property
    def one_step(self) -> bool:
        """Whether the path is one property, along which a node has few values."""
        return self.path.startswith("<") and self.path.endswith(">") and self.path.count("<") == 1
