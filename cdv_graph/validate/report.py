"""A validation report as objects: frozen problems, as text, rows, a frame, or the standard SHACL Turtle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdv_graph.namespaces import shorten

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "Problem", "Report"]

COLUMNS = ("severity", "rule", "focus", "path", "value", "message", "document", "lines")

_WORDS = {
    "fr": {
        "ok": "conforme",
        "ko": "non conforme",
        "at": "lu dans",
        "violation": "faute",
        "warning": "avertissement",
        "info": "information",
    },
    "en": {
        "ok": "conforms",
        "ko": "does not conform",
        "at": "read in",
        "violation": "fault",
        "warning": "warning",
        "info": "note",
    },
}
_ORDER = ("violation", "warning", "info")


@dataclass(frozen=True)
class Problem:
    """One result of a validation.

    Attributes:
        severity: `violation`, `warning` or `info`.
        rule: the shape, as a prefixed name or IRI.
        focus: the node at fault, as a prefixed name.
        path: the property, as a prefixed name, or empty.
        value: the value at fault, or empty.
        component: the SHACL constraint that failed.
        messages: what is wrong, by language.
        document: the document where the focus was read, or empty.
        lines: its lines there, or empty.
    """

    severity: str
    rule: str
    focus: str
    path: str
    value: str
    component: str
    messages: Mapping[str, str]
    document: str = ""
    lines: str = ""

    def reason(self, lang: str = "fr") -> str:
        """The problem in one sentence."""
        words = _WORDS[lang]
        said = self.messages.get(lang) or next(iter(self.messages.values()), self.component)
        what = f" {self.path}" if self.path else ""
        value = f" « {self.value} »" if self.value else ""
        where = f" ({words['at']} {self.document}, l. {self.lines})" if self.document else ""
        return f"[{words[self.severity]}] {self.focus}{what}{value}: {said} [{self.rule}]{where}"


@dataclass(frozen=True)
class Report:
    """What a validation found.

    Attributes:
        problems: every result, violations first.
        turtle: the SHACL report as Turtle.
    """

    problems: tuple[Problem, ...]
    turtle: bytes

    @property
    def conforms(self) -> bool:
        """No violation; warnings are allowed."""
        return not any(problem.severity == "violation" for problem in self.problems)

    def rows(self, lang: str = "fr") -> list[list[str]]:
        """One row per problem, with the columns `COLUMNS`."""
        return [
            [p.severity, p.rule, p.focus, p.path, p.value, p.messages.get(lang, ""), p.document, p.lines]
            for p in self.problems
        ]

    def to_frame(self, lang: str = "fr") -> pd.DataFrame:
        """One row per problem, as a `pandas.DataFrame`."""
        import pandas as pd

        return pd.DataFrame(self.rows(lang), columns=list(COLUMNS))

    def to_text(self, lang: str = "fr") -> str:
        """A verdict, the counts, and one sentence per problem."""
        words = _WORDS[lang]
        counts = Counter(problem.severity for problem in self.problems)
        told = ", ".join(
            f"{counts[kind]} {words[kind]}{'s' if counts[kind] > 1 else ''}" for kind in _ORDER if counts[kind]
        )
        head = words["ok" if self.conforms else "ko"] + (f" ({told})" if told else "")
        return "\n".join([head, *(problem.reason(lang) for problem in self.problems)])


def severity_of(iri: str) -> str:
    """`violation`, `warning` or `info` from the IRI of a SHACL severity."""
    name = shorten(iri).removeprefix("sh:").lower()
    return name if name in _ORDER else "violation"
