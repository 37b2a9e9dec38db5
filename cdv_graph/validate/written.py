"""How an RDF file writes a term, and on which line: parsers of RDF keep neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cdv_graph.namespaces import shorten

__all__ = ["Written"]

_PREFIX = re.compile(r"""(?:prefix\s+([\w.-]*)\s*:\s*<|xmlns:([\w.-]+)\s*=\s*["'])([^>"'\s]+)""", re.IGNORECASE)


class Written:
    """The text of an RDF file, with the prefixes that it declares.

    Example:
        >>> file = Written("@prefix ex: <urn:ex/> .\\n\\nex:Fund a ex:Thing .\\n")
        >>> file.name("urn:ex/Fund"), file.line("urn:ex/Fund")
        ('ex:Fund', 3)
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        declared = [(turtle or xml, base) for turtle, xml, base in _PREFIX.findall(text)]
        self._prefixes = sorted(declared, key=lambda pair: -len(pair[1]))

    def name(self, iri: str) -> str:
        """The prefixed form of an IRI in this file; else in this project; else the IRI."""
        for prefix, base in self._prefixes:
            if iri.startswith(base) and iri != base:
                return f"{prefix}:{iri[len(base) :]}"
        return shorten(iri)

    def line(self, term: str, value: str = "") -> int:
        """The line of a value said of a term, counted from 1; else that of the term; 0 where there is none."""
        subject = re.compile(rf"^\s*{self._plain(term)}|rdf:(?:about|ID){_attribute(term)}")
        start = self._first(subject, 0) or self._first(self._anywhere(term), 0)
        return (self._first(self._anywhere(value), max(start - 1, 0)) if value else 0) or start

    def _plain(self, iri: str) -> str:
        forms = "|".join(map(re.escape, (f"<{iri}>", f'"{iri}"', self.name(iri))))
        return rf"(?<![\w:.-])(?:{forms})(?![\w-]|\.\w)"

    def _anywhere(self, iri: str) -> re.Pattern[str]:
        return re.compile(f"{self._plain(iri)}|{_attribute(iri)}")

    def _first(self, wanted: re.Pattern[str], start: int) -> int:
        lines: Sequence[str] = self._lines[start:]
        return next((number for number, line in enumerate(lines, start + 1) if wanted.search(line)), 0)


def _attribute(iri: str) -> str:
    """An IRI as the value of an attribute in RDF/XML: whole, or the end of it after the base of the file."""
    local = re.split(r"[#/]", iri)[-1]
    return rf"""=["'](?:{re.escape(iri)}|#?{re.escape(local)})["']"""
