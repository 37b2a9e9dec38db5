"""Every error that a caller can act on, with the data to act on it.

Two families: `InputError` (what was given is at fault: exit code 2 on the command line) and the rest of
Python's exceptions (our fault: exit code 3). Each message names the file, line and value, and says what to do, in
French and in English (`messages.yaml`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.messages import Message, message

__all__ = [
    "AmbiguousValueError",
    "Fault",
    "InputError",
    "OutputError",
    "QueryError",
    "ReasonerError",
    "StoreError",
    "TableError",
    "UnknownValueError",
    "nearest",
    "system_reason",
]


def _blank(kind: type[InputError], *args: object) -> InputError:
    return kind.__new__(kind, *args)


class InputError(Exception):
    """What was given (a file, a value, a call) is at fault; the message says where and what to do.

    `str(error)` is English, `error.told("fr")` French.

    Attributes:
        message: the message, in no language yet.
    """

    def __init__(self, key: str, /, **data: object) -> None:
        super().__init__(key)
        self.message = message(key, **data)

    def told(self, lang: str) -> str:
        """The message in a language, `fr` or `en`."""
        return self.message.told(lang)

    def __str__(self) -> str:
        return self.told("en")

    def __reduce__(self) -> tuple[Any, ...]:
        # a copy keeps the attributes: Python's own way calls the class again, with `args` alone
        return _blank, (type(self), *self.args), self.__dict__


@functools.total_ordering
@dataclass(frozen=True)
class Fault:
    """One fault of one cell of a table; faults are in the order of files, lines, columns and values.

    Attributes:
        file: the table, relative to the data folder (`clermont-2024/articulations.csv`).
        line: the line in the file (1-based; the header is line 1).
        column: the column, empty where the whole row or file is at fault.
        value: what the cell holds.
        expected: what it should hold; `str(expected)` is English.
    """

    file: str
    line: int
    column: str
    value: str
    expected: Message

    def __lt__(self, other: Fault) -> bool:
        return (self.file, self.line, self.column, self.value) < (other.file, other.line, other.column, other.value)

    def reason(self, lang: str = "en") -> str:
        """The fault in one sentence, `file:line: column « value »: expected …`."""
        column = f" {self.column}" if self.column else ""
        told = message(
            "errors.fault", file=self.file, line=self.line, column=column, value=self.value, expected=self.expected
        )
        return told.told(lang)


class TableError(InputError):
    """Tables cannot be read; `faults` holds every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("errors.one-fault" if len(self.faults) == 1 else "errors.faults", count=len(self.faults))

    def told(self, lang: str) -> str:
        """How many faults there are, then one line for each."""
        return "\n".join([super().told(lang), *("  " + fault.reason(lang) for fault in self.faults)])


class UnknownValueError(InputError):
    """A parameter names nothing in the graph; `candidates` holds the nearest names."""

    def __init__(self, parameter: str, value: str, candidates: Sequence[str]) -> None:
        self.parameter, self.value, self.candidates = parameter, value, tuple(candidates)
        super().__init__("errors.unknown", parameter=parameter, value=value, nearest=nearest(self.candidates))


class AmbiguousValueError(InputError):
    """A parameter names several things; `candidates` holds them, each usable as a value."""

    def __init__(self, parameter: str, value: str, candidates: Sequence[str]) -> None:
        self.parameter, self.value, self.candidates = parameter, value, tuple(candidates)
        super().__init__("errors.ambiguous", parameter=parameter, value=value, candidates=", ".join(self.candidates))


class QueryError(InputError):
    """A SPARQL query or a question's header cannot be used."""


class ReasonerError(InputError):
    """The reasoner is not installed, cannot take the graph, or is not done in time."""


class StoreError(InputError):
    """A store is empty, unreadable, or holds RDF that cannot be parsed."""


class OutputError(InputError):
    """A result cannot be written where or how it was asked; nothing was left half written."""

    def __init__(self, path: Path | str, why: Message | str) -> None:
        self.path = str(path)
        super().__init__("errors.cannot-write", path=self.path, why=why)


def nearest(names: Sequence[str]) -> Message | str:
    """The nearest names in brackets, to end a sentence with; empty where there are none."""
    return message("errors.nearest", names=", ".join(names)) if names else ""


_SYSTEM_REASONS = {
    FileNotFoundError: message("errors.no-such-file"),
    IsADirectoryError: message("errors.is-a-folder"),
    NotADirectoryError: message("errors.not-a-folder"),
    PermissionError: message("errors.access-denied"),
}


def system_reason(error: OSError) -> Message | str:
    """Why the system refused; the usual reasons in both languages, the others in the system's own words."""
    return _SYSTEM_REASONS.get(type(error)) or error.strerror or str(error)
