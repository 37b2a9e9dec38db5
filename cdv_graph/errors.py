"""Every error that a caller can act on, with the data to act on it.

Two families: `InputError` (what was given is at fault: exit code 2 on the command line) and the rest of
Python's exceptions (our fault: exit code 3). Each message names the file, line and value, and says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "AmbiguousValueError",
    "Fault",
    "InputError",
    "OutputError",
    "QueryError",
    "StoreError",
    "TableError",
    "UnknownValueError",
]


class InputError(Exception):
    """What was given (a file, a value, a call) is at fault; the message says where and what to do."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of one cell of a table.

    Attributes:
        file: the table, relative to the data folder (`clermont-2024/articulations.csv`).
        line: the line in the file (1-based; the header is line 1).
        column: the column, empty where the whole row or file is at fault.
        value: what the cell holds.
        expected: what it should hold.
    """

    file: str
    line: int
    column: str
    value: str
    expected: str

    def reason(self) -> str:
        """The fault in one sentence, `file:line: column « value »: expected …`."""
        where = f"{self.file}:{self.line}"
        column = f" {self.column}" if self.column else ""
        return f"{where}:{column} « {self.value} »: expected {self.expected}"


class TableError(InputError):
    """Tables cannot be read; `faults` holds every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        plural = "s" if len(self.faults) > 1 else ""
        lines = "\n".join("  " + fault.reason() for fault in self.faults)
        super().__init__(f"{len(self.faults)} fault{plural} in the tables:\n{lines}")


class UnknownValueError(InputError):
    """A parameter names nothing in the graph; `candidates` holds the nearest names."""

    def __init__(self, parameter: str, value: str, candidates: Sequence[str]) -> None:
        self.parameter, self.value, self.candidates = parameter, value, tuple(candidates)
        nearest = f"; nearest: {', '.join(self.candidates)}" if self.candidates else ""
        super().__init__(f"unknown {parameter} « {value} »{nearest}")


class AmbiguousValueError(InputError):
    """A parameter names several things; `candidates` holds them, each usable as a value."""

    def __init__(self, parameter: str, value: str, candidates: Sequence[str]) -> None:
        self.parameter, self.value, self.candidates = parameter, value, tuple(candidates)
        super().__init__(f"ambiguous {parameter} « {value} »; say which: {', '.join(self.candidates)}")


class QueryError(InputError):
    """A SPARQL query or a question's header cannot be used."""


class StoreError(InputError):
    """A store is empty, unreadable, or holds RDF that cannot be parsed."""


class OutputError(InputError):
    """A result cannot be written where or how it was asked; nothing was left half written."""

    def __init__(self, path: Path | str, why: str) -> None:
        self.path = str(path)
        super().__init__(f"cannot write {path}: {why}")
