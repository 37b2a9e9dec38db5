"""A validation report as objects: frozen problems, grouped by the table row that caused them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rdflib.term import Node

from cdv_graph.validate.finding import Finding
from cdv_graph.validate.locate import Place
from cdv_graph.validate.rules import NO_TEXT, SEVERITIES, Rule, Text, words
from cdv_graph.validate.shapes import Shapes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "Problem", "Report"]

COLUMNS = (
    *("severity", "profile", "rule", "file", "line", "contract", "label", "focus", "path", "value", "expected"),
    *("message", "remedy", "document", "lines"),
)
_SHOWN = 5  # rows of tables named in one sentence


@dataclass(frozen=True)
class Problem:
    """One result of a validation.

    Attributes:
        rule: the rule that is broken.
        focus: the node at fault, as a prefixed name.
        path: the property, as a prefixed name or a path of several, or empty.
        value: the value at fault, or empty.
        component: the SHACL constraint that failed, as a prefixed name.
        severity: `violation`, `warning` or `info`.
        label: the name of the node at fault, or empty.
        contract: the slug of the contract that it is in, or empty.
        expected: what the constraint asks for.
        document: the document where the node was read, or empty.
        lines: its lines there, or empty.
        rows: the table rows that caused it; none where no table says it, or where no tables were given.
        finding: the result as the engine found it.
    """

    rule: Rule
    focus: str
    path: str
    value: str
    component: str
    severity: str
    label: Text = NO_TEXT
    contract: str = ""
    expected: Text = NO_TEXT
    document: str = ""
    lines: str = ""
    rows: tuple[Place, ...] = ()
    finding: Finding | None = field(default=None, repr=False, compare=False)

    def message(self, lang: str = "fr") -> str:
        """What is wrong, with the value at fault."""
        return self.rule.message.filled(self.value).told(lang) or f"{self.component} {self.expected.told(lang)}".strip()

    def reason(self, lang: str = "fr") -> str:
        """The problem in one sentence.

        Example:
            >>> rule = Rule("X-y", "urn:y", "structure", "violation", message=Text("Il faut non.", "No is needed."))
            >>> Problem(rule, "sheet:d.1", "cdv:mode", "oui", "sh:In", "violation", document="d", lines="3-4").reason()
            '[faute] sheet:d.1 : Il faut non. (valeur : oui ; lu dans d, l. 3-4 ; règle X-y)'
        """
        return f"[{words()['severity'][self.severity][lang]}] {self.name(lang)}{_colon(lang)}{self._said(lang)}"

    def name(self, lang: str = "fr") -> str:
        """The node at fault as people know it: its name and its code."""
        label = self.label.told(lang)
        return f"« {label} » ({self.focus})" if label else self.focus

    def rows_in(self, document: str) -> bool:
        """Whether a row of a document's tables caused it."""
        return any(place.file.startswith(document + "/") for place in self.rows)

    def passage(self) -> str:
        """Where the node at fault was read: the document and its lines, or empty."""
        return f"{self.document}, l. {self.lines}" if self.document and self.lines else self.document

    def _said(self, lang: str) -> str:
        said, heading = self.message(lang), words()["heading"]
        more = []
        if self.value and self.value not in said:
            more.append(f"{heading['value'][lang]}{_colon(lang)}{self.value}")
        if self.document:
            more.append(f"{heading['read-in'][lang]} {self.passage()}")
        more.append(f"{heading['rule'][lang]} {self.rule.code}")
        return f"{said} ({(' ; ' if lang == 'fr' else '; ').join(more)})"


def _colon(lang: str) -> str:
    return " : " if lang == "fr" else ": "


@dataclass(frozen=True)
class Report:
    """What a validation found.

    Attributes:
        problems: every result, violations first, then by table row.
        engine: the engine that found them, `compiled` or `pyshacl`.
        shapes: the shapes that were checked.
        profiles: the profiles of rules that were asked for; all where there are none.
        found: what the compiled engine found, by shape, for `revalidate`; None where pySHACL was used.
    """

    problems: tuple[Problem, ...]
    engine: str = "compiled"
    shapes: Shapes | None = field(default=None, repr=False, compare=False)
    profiles: tuple[str, ...] = field(default=(), repr=False, compare=False)
    found: Mapping[Node, frozenset[Finding]] | None = field(default=None, repr=False, compare=False)

    @property
    def conforms(self) -> bool:
        """No violation; warnings are allowed."""
        return not any(problem.severity == "violation" for problem in self.problems)

    def worst(self) -> str:
        """The gravest severity found, or `none`."""
        return next((kind for kind in SEVERITIES if any(p.severity == kind for p in self.problems)), "none")

    def only(self, contract: str = "", document: str = "") -> Report:
        """The part of the report about one contract, or read in one document, by slug."""
        kept = tuple(
            problem
            for problem in self.problems
            if (not contract or problem.contract == contract or problem.focus == f"contract:{contract}")
            and (not document or problem.document == document or problem.rows_in(document))
        )
        return replace(self, problems=kept)

    def by_row(self) -> dict[Place | None, list[Problem]]:
        """The problems grouped by the first table row that caused them; under `None` those that no table says."""
        groups: dict[Place | None, list[Problem]] = {}
        for problem in self.problems:
            groups.setdefault(problem.rows[0] if problem.rows else None, []).append(problem)
        return groups

    def rows(self, lang: str = "fr") -> list[list[str | int | None]]:
        """One row per problem, with the columns `COLUMNS`."""
        return [
            [
                *(p.severity, p.rule.profile, p.rule.code),
                *((p.rows[0].file, p.rows[0].line) if p.rows else (None, None)),
                *(p.contract or None, p.label.told(lang) or None, p.focus, p.path or None, p.value or None),
                *(p.expected.told(lang) or None, p.message(lang), p.rule.remedy.told(lang) or None),
                *(p.document or None, p.lines or None),
            ]
            for p in self.problems
        ]

    def to_frame(self, lang: str = "fr") -> pd.DataFrame:
        """One row per problem, as a `pandas.DataFrame`."""
        import pandas as pd

        return pd.DataFrame(self.rows(lang), columns=list(COLUMNS))

    def summary(self, lang: str = "fr") -> str:
        """The verdict and the counts: `conforme (18 avertissements)`."""
        counts = Counter(problem.severity for problem in self.problems)
        told = ", ".join(
            f"{counts[kind]} {words()['severities' if counts[kind] > 1 else 'severity'][kind][lang]}"
            for kind in SEVERITIES
            if counts[kind]
        )
        return words()["verdict"]["conforms" if self.conforms else "fails"][lang] + (f" ({told})" if told else "")

    def to_text(self, lang: str = "fr") -> str:
        """The verdict, then the problems under the table row to look at, with what to do."""
        heading = words()["heading"]
        lines = [self.summary(lang)]
        mended: set[Rule] = set()  # of warnings, what to do is said once, where a rule is broken first
        for place, problems in self.by_row().items():
            lines.append("")
            if place is None:
                lines.append(f"({heading['no-row'][lang]})")
            else:
                lines.append(f"{place.file}, {heading['line'][lang]} {place.line}")
            for problem in problems:
                lines.append("  " + problem.reason(lang))
                if len(problem.rows) > 1:
                    others = ", ".join(map(str, problem.rows[1:_SHOWN]))
                    left = len(problem.rows) - _SHOWN
                    lines.append(f"      + {others}" + (f" … (+{left})" if left > 0 else ""))
                remedy, asked = problem.rule.remedy.told(lang), problem.expected.told(lang)
                if remedy and (problem.severity == "violation" or problem.rule not in mended):
                    lines.append(f"      {heading['remedy'][lang]}{_colon(lang)}{remedy}")
                elif asked and not remedy:
                    lines.append(f"      {heading['expected'][lang]}{_colon(lang)}{asked}")
                mended.add(problem.rule)
        return "\n".join(lines)
