"""Checks an ontology, ours or an extension of it: one `.rq` file per check, in `queries/internal/ontology/`.

A check is a SELECT whose rows are faults: `?file`, the named graph that holds the file; `?term`, what is at fault;
`?value`, what is said of it; and what else the words of its header name. Each file under check stands in a graph of its
own; the graph `cdvg:ontology` holds our ontology, so that whoever extends it is checked against it. The restrictions of
OWL 2 DL are those of `cdv_graph.reason.dl_faults`.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.errors import InputError, StoreError
from cdv_graph.messages import LANGUAGES, message
from cdv_graph.namespaces import PREFIXES, expand, graph_iri, prologue
from cdv_graph.reason import dl_faults
from cdv_graph.resources import folder, headed
from cdv_graph.store import FORMATS, EmbeddedStore, Term, read_rdf
from cdv_graph.validate.written import Written

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ONTOLOGY_COLUMNS", "OntologyFault", "OntologyReport", "check_ontology"]

ONTOLOGY_COLUMNS = ("check", "file", "line", "term", "value", "message", "remedy", "reference")

_CHECKS = "internal/ontology"
_HEADERS = [ox.NamedNode(PREFIXES["owl"] + "Ontology"), ox.NamedNode(PREFIXES["skos"] + "ConceptScheme")]


@dataclass(frozen=True)
class OntologyFault:
    """One fault of an ontology.

    Attributes:
        check: the check that found it: the name of its file in `queries/internal/ontology/`, `syntax` or `owl-2-dl`.
        file: the file, as it was given.
        line: the line, counted from 1; 0 where it is not known.
        term: the term at fault, as the file writes it; empty where the file itself is.
        value: what is said of it, or empty.
        messages: what is wrong, by language.
        remedies: how to mend it, by language.
        reference: the standard or the page that settles it.
    """

    check: str
    file: str
    line: int
    term: str
    value: str
    messages: Mapping[str, str]
    remedies: Mapping[str, str]
    reference: str

    def reason(self, lang: str = "fr") -> str:
        """The fault in one line: where, what, and how to mend it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        term = f"{self.term} : " if self.term and lang == "fr" else f"{self.term}: " if self.term else ""
        said, remedy = self.messages[lang], self.remedies[lang]
        return message(
            "validate.ontology-fault", place=place, term=term, said=said, remedy=remedy, check=self.check
        ).told(lang)


@dataclass(frozen=True)
class OntologyReport:
    """What a check of an ontology found.

    Attributes:
        faults: every fault, in the order of files and lines.
        files: how many files were checked.
    """

    faults: tuple[OntologyFault, ...]
    files: int

    @property
    def conforms(self) -> bool:
        """No fault."""
        return not self.faults

    def rows(self, lang: str = "fr") -> list[list[str | int | None]]:
        """One row per fault, with the columns `ONTOLOGY_COLUMNS`."""
        return [
            [f.check, f.file, f.line or None, f.term, f.value, f.messages[lang], f.remedies[lang], f.reference]
            for f in self.faults
        ]

    def to_frame(self, lang: str = "fr") -> pd.DataFrame:
        """One row per fault, as a `pandas.DataFrame`."""
        import pandas as pd

        return pd.DataFrame(self.rows(lang), columns=list(ONTOLOGY_COLUMNS), dtype=object)

    def to_text(self, lang: str = "fr") -> str:
        """A verdict, then one line per fault."""
        if self.conforms:
            return message("validate.ontology-conforms", files=self.files).told(lang)
        head = message("validate.ontology-does-not-conform", files=self.files, count=len(self.faults)).told(lang)
        return "\n".join([head, *(fault.reason(lang) for fault in self.faults)])


def check_ontology(paths: Iterable[Path] = ()) -> OntologyReport:
    """Check an ontology, or an extension of ours.

    A file whose header is one of ours takes the place of the shipped one: a changed copy of our ontology is checked as
    ours.

    Args:
        paths: RDF files, read together, and folders of them; the shipped ontology by default.

    Raises:
        InputError: a file cannot be read, its ending names no RDF format, or a folder holds none.

    Example:
        >>> check_ontology().conforms
        True
    """
    files = list(dict.fromkeys(_files([*paths] or [folder("ontology")])))
    store, written, faults = EmbeddedStore.memory(), dict[str, tuple[str, Written]](), list[OntologyFault]()
    for path in files:
        try:
            quads = list(read_rdf(path).quads())
        except StoreError as error:
            faults.append(_syntax(path, error))
            continue
        graph = path.resolve().as_uri()
        written[graph] = (str(path), Written(path.read_text("utf-8-sig", errors="replace")))
        store.add(_in_graph(quads, graph))
    _add_ours(store, list(written))
    for name in sorted(path.stem for path in folder("queries").joinpath(_CHECKS).glob("*.rq")):
        faults += _found(name, store, written)
    told = {term for fault in faults for term in (fault.term, fault.value)}
    faults += [fault for fault in _not_dl(store, written) if fault.term not in told]
    places = {str(path): place for place, path in enumerate(files)}
    faults.sort(key=lambda fault: (places[fault.file], fault.line, fault.term, fault.check, fault.value))
    return OntologyReport(tuple(faults), len(files))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(file for ending in FORMATS for file in path.rglob(f"*.{ending}"))
        if not found:
            raise InputError("validate.no-ontology", path=path, known=" ".join(f".{ending}" for ending in FORMATS))
        yield from found


def _in_graph(quads: Iterable[ox.Quad], graph: str) -> Iterator[ox.Quad]:
    name = ox.NamedNode(graph)
    return (ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)


def _headers(quads: Iterable[ox.Quad]) -> set[Term]:
    return {quad.subject for quad in quads if quad.object in _HEADERS}  # type: ignore[misc]


def _add_ours(store: EmbeddedStore, checked: Sequence[str]) -> None:
    """Adds our ontology, in which the checked files that are ours take the place of the shipped ones."""
    ours = graph_iri("ontology")
    mine = {graph: list(store.quads(graph)) for graph in checked}
    for headers, shipped in _shipped():
        same = [quads for quads in mine.values() if headers & _headers(quads)]
        for quads in same or [shipped]:
            store.add(_in_graph(quads, ours))


@functools.cache
def _shipped() -> list[tuple[set[Term], list[ox.Quad]]]:
    """Each shipped file: what its header names, and all that it says."""
    files = [list(read_rdf(path).quads()) for path in sorted(folder("ontology").rglob("*.ttl"))]
    return [(_headers(quads), quads) for quads in files]


def _syntax(path: Path, error: StoreError) -> OntologyFault:
    """The fault of a file that does not parse, or says nothing."""
    data = error.message.data
    line = data.get("line")
    if isinstance(line, int):
        said = message("validate.ontology-not-rdf", form=data["form"], why=data["why"])
    else:
        said = message("validate.ontology-empty")
    remedy = message("validate.ontology-syntax")
    return OntologyFault(
        check="syntax",
        file=str(path),
        line=line if isinstance(line, int) else 0,
        term="",
        value="",
        messages={lang: said.told(lang) for lang in LANGUAGES},
        remedies={lang: remedy.told(lang) for lang in LANGUAGES},
        reference="RDF 1.1",
    )


def _found(name: str, store: EmbeddedStore, written: Mapping[str, tuple[str, Written]]) -> Iterator[OntologyFault]:
    header, sparql = headed("queries", f"{_CHECKS}/{name}.rq")
    answer = store.query(prologue() + sparql)
    for row in answer.rows:
        found = {column: term for column, term in zip(answer.variables, row, strict=True) if term is not None}
        graph, term, value = (_text(found.get(column)) for column in ("file", "term", "value"))
        if graph not in written:  # our ontology, there for others to be checked against
            continue
        path, file = written[graph]
        said = dict.fromkeys(answer.variables, "") | {
            column: file.name(term.value) if isinstance(term, ox.NamedNode) else _text(term)
            for column, term in found.items()
        }
        close = [file.name(iri) for iri in _close(store, value)] if "{nearest}" in header["message"]["en"] else []
        yield OntologyFault(
            check=name,
            file=path,
            line=file.line(term, value if isinstance(found.get("value"), ox.NamedNode) else "") if term else 0,
            term=said.get("term", ""),
            value=said.get("value", ""),
            messages=_told(header["message"], said, close),
            remedies=_told(header["remedy"], said, close),
            reference=header["reference"],
        )


def _not_dl(store: EmbeddedStore, written: Mapping[str, tuple[str, Written]]) -> Iterator[OntologyFault]:
    """What keeps the ontology out of OWL 2 DL, where a file under check writes it."""
    remedy = message("validate.ontology-dl")
    for fault in dl_faults(store):
        iri = _expanded(fault.term)
        for path, file in written.values():
            if line := file.line(iri):
                yield OntologyFault(
                    check="owl-2-dl",
                    file=path,
                    line=line,
                    term=file.name(iri),
                    value=file.name(_expanded(fault.value)) if fault.value else "",
                    messages=fault.title,
                    remedies={lang: remedy.told(lang) for lang in LANGUAGES},
                    reference=fault.reference,
                )


def _expanded(name: str) -> str:
    return expand(name) if name.partition(":")[0] in PREFIXES else name


def _told(words: Mapping[str, str], said: Mapping[str, str], close: Sequence[str]) -> dict[str, str]:
    """The words of a header in each language, with what the row says and the nearest names."""
    near = message("errors.nearest", names=", ".join(close))
    return {
        lang: words[lang].format_map({**said, "nearest": near.told(lang) if close else ""}).strip()
        for lang in LANGUAGES
    }


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _close(store: EmbeddedStore, iri: str) -> list[str]:
    """The declared terms of the same namespace whose names are the nearest."""
    base = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    declared = {_text(quad.subject) for quad in store.oxigraph.quads_for_pattern(None, kind, None)}
    names = sorted(other.removeprefix(base) for other in declared if other.startswith(base))
    return [base + name for name in difflib.get_close_matches(iri.removeprefix(base), names, n=3)]
