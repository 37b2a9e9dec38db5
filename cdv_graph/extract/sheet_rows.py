"""Rows of action sheets, whatever the layout they were read from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cdv_graph.authority import Names
from cdv_graph.extract.model import Unread
from cdv_graph.extract.name_lists import examples, line_of, split_names
from cdv_graph.messages import message
from cdv_graph.namespaces import slug

__all__ = ["SheetRows", "short_words", "span"]

_WORDS = 12
# field -> the column that holds its value
_COLUMNS = {"pillar": "parent", "issue": "parent", "pilot": "reason"}
_NO_PILOT = "Aucun pilote nommé"


def span(first: int, last: int) -> str:
    """A range of lines as tables write it."""
    return str(first) if first == last else f"{first}-{last}"


def short_words(words: str) -> str:
    """Words of the source, cut where they are long."""
    kept = words.split()
    return " ".join(kept[:_WORDS]) + (" […]" if len(kept) > _WORDS else "")


@dataclass
class SheetRows:
    """Writes the rows of sheets; partners are resolved by the authority, those unknown are listed."""

    names: Names
    sheets: list[dict[str, str]] = field(default_factory=list)
    participations: list[dict[str, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _rows: set[str] = field(default_factory=set)

    def field(self, code: str, name: str, value: str, words: str, lines: tuple[int, int]) -> None:
        """One field of a sheet; a field that comes again gets the next number."""
        key = f"{code}.{name}"
        self._seen[key] += 1
        self.sheets.append(
            {
                "id": key if self._seen[key] == 1 else f"{key}-{self._seen[key]}",
                "code": code,
                "field": name,
                _COLUMNS.get(name, name): value,
                "as_written": "" if name == "title" else short_words(words),
                "lines": span(*lines),
                "method": "reader",
            }
        )

    def partners(self, code: str, role: str, body: list[tuple[int, str]]) -> None:
        """The organisations of a rubric; no pilot at all is told as such."""
        text = " ".join(line for _, line in body)
        found = split_names(text)
        if role == "pilot" and not found:
            self.field(code, "pilot", _NO_PILOT, text, (body[0][0], body[-1][0]))
        for name in found:
            if self._partner(code, role, name, body):
                continue
            self.unread.append(Unread(line_of(name, body), name, message("extract.unknown-partner")))
            # those whom the brackets of a collective name are partners too
            for example in examples(name) if role != "pilot" else ():
                self._partner(code, role, example, body)

    def _partner(self, code: str, role: str, name: str, body: list[tuple[int, str]]) -> bool:
        """One row, if the authority knows the name, with or without its brackets, as that of one partner."""
        partners = self.names.find(name, kinds=["partner"]) or self.names.find(name.partition("(")[0], ["partner"])
        if len(partners) != 1:
            return False
        partner, line = partners[0].partition("/")[2], line_of(name, body)
        row = {
            "id": f"sheet.{code}.{role}.{slug(partner)}.{line}",
            "activity": f"sheet/{code}",
            "role": role,
            "partner": partner,
            "as_written": name,
            "lines": str(line),
            "method": "reader",
        }
        if row["id"] not in self._rows:
            self._rows.add(row["id"])
            self.participations.append(row)
        return True
