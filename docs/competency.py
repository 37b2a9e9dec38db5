"""The competency questions (`tests/competency/*.yaml`) and the terms that their queries read.

A competency question is one that a user asks, with answers that were read in the source before the graph was asked. The same
files are run by `tests/test_competency.py` and shown by `docs/competency.md`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from cdv_graph.namespaces import BASE, PREFIXES, SCHEMES, expand
from cdv_graph.questions import question

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "competency"
ONTOLOGY = ROOT / "ontology" / "cdv.ttl"
SCHEME = BASE + "vocab/"

# what a prefixed name may hide in is read first: a string, an IRI, a comment
_TOKENS = re.compile(
    r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|<(?P<iri>[^<>\s]*)>|#[^\n]*|\b(?P<name>[a-z][a-z-]*:[\w.-]*\w)'
)


@dataclass(frozen=True)
class Competency:
    """One competency question.

    Attributes:
        name: the file name without ending; its first three digits are the number.
        fr, en: the question as a user asks it.
        ask: the named question that answers, or empty where a `.rq` file of the same name does.
        given: the parameters of the named question.
        graph: `shipped`, or `example`, the invented contract that uses every term.
        answers: rows that must be there, each a part of the columns, with `document` and `lines` where it was read.
        excluded: rows that must not be there; `because` says what trap they are.
        only: what every row says, by column.
        count: how many different values the columns named by the key have.
        empty: the right answer is no row.
        refused: the right answer is an error: its `error` (`unknown`, `ambiguous`, `input`) and what is `near`.
        source: passages read, where rows carry none.
        because: why nothing is there, or why the value is refused.
    """

    name: str
    fr: str
    en: str
    ask: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    graph: str = "shipped"
    answers: tuple[Mapping[str, Any], ...] = ()
    excluded: tuple[Mapping[str, Any], ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    count: Mapping[str, int] = field(default_factory=dict)
    empty: bool = False
    refused: Mapping[str, Any] = field(default_factory=dict)
    source: tuple[Mapping[str, Any], ...] = ()
    because: str = ""

    @property
    def number(self) -> int:
        return int(self.name[:3])

    @property
    def sparql(self) -> str:
        """The query as it is written, without prefixes."""
        return question(self.ask).sparql if self.ask else (FOLDER / f"{self.name}.rq").read_text("utf-8")

    @property
    def command(self) -> str:
        """What to type, or the query to read."""
        if not self.ask:
            return f"[`{self.name}.rq`](../tests/competency/{self.name}.rq)"
        told = [f"--{key.replace('_', '-')} {_quoted(str(value))}" for key, value in self.given.items()]
        return "`" + " ".join(["cdv-graph query", self.ask, *told]) + "`"

    @property
    def passages(self) -> list[tuple[str, str]]:
        """Where its answers were read: document and lines, each once."""
        told = [(str(row["document"]), str(row["lines"])) for row in (*self.source, *self.answers) if "lines" in row]
        return list(dict.fromkeys(told))


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[\w.:/-]+", value) else f'"{value}"'


@functools.cache
def competencies() -> tuple[Competency, ...]:
    """Every competency question, in the order of the numbers."""
    found = []
    for path in sorted(FOLDER.glob("[0-9][0-9][0-9]-*.yaml")):
        said = yaml.safe_load(path.read_text("utf-8"))
        for plural in {"answers", "source", "not"} & said.keys():
            said[plural] = tuple(said[plural])
        said["given"] = said.pop("with", {})
        said["excluded"] = said.pop("not", ())
        found.append(Competency(name=path.stem, **said))
    return tuple(found)


def terms_of(sparql: str) -> set[str]:
    """The IRIs of the project that a query names, comments and strings left out."""
    found = set()
    for token in _TOKENS.finditer(sparql):
        if token["iri"]:
            found.add(token["iri"])
        elif token["name"] and token["name"].partition(":")[0] in PREFIXES:
            found.add(expand(token["name"]))
    return {iri for iri in found if iri.startswith(BASE)}


def declared() -> list[str]:
    """What the competency questions must reach: every term that the ontology declares and every concept scheme."""
    terms = {
        quad.subject.value
        for quad in ox.parse(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(PREFIXES["cdv"])
    }
    return sorted(terms) + sorted(SCHEME + scheme for scheme in SCHEMES.values())


def reached(one: Competency) -> set[str]:
    """The terms and concept schemes that a competency question reads.

    A scheme is read where the query names it or one of its concepts, or where a parameter that was given is one of its concepts. A
    question that is refused runs no query.
    """
    if one.refused:
        return set()
    terms = terms_of(one.sparql)
    parameters = question(one.ask).parameters if one.ask else ()
    prefixes = {prefix for parameter in parameters if parameter.name in one.given for prefix in parameter.prefixes}
    terms |= {SCHEME + SCHEMES[prefix] for prefix in prefixes & SCHEMES.keys()}
    return terms | {SCHEME + iri.removeprefix(SCHEME).partition("/")[0] for iri in terms if iri.startswith(SCHEME)}


def coverage() -> dict[str, list[int]]:
    """By term or scheme declared, the numbers of the competency questions that read it."""
    every = [(one.number, reached(one)) for one in competencies()]
    return {term: [number for number, terms in every if term in terms] for term in declared()}


HEAD = """# Ce que le graphe sait répondre / What the graph can answer

{count} questions de compétence : ce que demandent des chefs de projet, des préfectures, des centres de ressources et des
chercheurs, avec des réponses lues à la main dans les documents avant d'interroger le graphe. Chacune est un fichier de
`tests/competency/` et tourne avec les tests : les réponses attendues y sont, aux lignes dites, les pièges n'y sont pas. Les
{terms} termes de l'ontologie et ses {schemes} vocabulaires sont tous lus par au moins une d'elles (dernière partie).

*{count} competency questions: what users ask, with answers read by hand in the documents before the graph was asked. Each is a
file of `tests/competency/` and is run by the tests. Every term of the ontology and every vocabulary is read by at least one.*
"""
_FIRST = 8  # of the questions that read a term, as many are named
EXAMPLE = " (sur l'exemple inventé / *on the invented example* `examples/contract.ttl`)"


def _checked(one: Competency) -> str:
    by_document: dict[str, list[str]] = {}
    for document, lines in one.passages:
        by_document.setdefault(document, []).append(lines)
    return " ; ".join(f"{document} l. {', '.join(lines)}" for document, lines in by_document.items())


def _row(one: Competency) -> str:
    kind = "refusée / *refused*" if one.refused else "vide / *empty*"
    checked = f"{kind} : {one.because}" if one.because else _checked(one)
    command = one.command.replace("|", "\\|") + (EXAMPLE if one.graph == "example" else "")
    return f"| {one.number} | {one.fr} / *{one.en}* | {command} | {checked} |\n"


def _groups() -> Iterator[tuple[str, list[Competency]]]:
    for name in dict.fromkeys(one.ask for one in competencies()):
        yield name, [one for one in competencies() if one.ask == name]


def _short(term: str) -> str:
    return "cdv:" + term.removeprefix(PREFIXES["cdv"]) if term.startswith(PREFIXES["cdv"]) else term.removeprefix(BASE)


def _numbers(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:_FIRST]))
    return first if len(numbers) <= _FIRST else f"{first} … ({len(numbers)})"


def page() -> str:
    """The page of the competency questions."""
    found = coverage()
    schemes = sum(term.startswith(SCHEME) for term in found)
    parts = [HEAD.format(count=len(competencies()), terms=len(found) - schemes, schemes=schemes)]
    for name, group in _groups():
        if name:
            title = question(name).title
            parts.append(f"\n## `{name}` : {title['fr']} / *{title['en']}*\n")
            read = sorted(_short(term) for term in terms_of(question(name).sparql) if term in found)
            parts.append("\nTermes lus / *terms read*: " + ", ".join(f"`{term}`" for term in read) + "\n")
        else:
            parts.append("\n## En SPARQL / *In SPARQL*\n\nCe qu'aucune question nommée n'atteint.\n")
        parts.append("\n| n° | question | commande / *command* | lu / *read* |\n|---|---|---|---|\n")
        parts += [_row(one) for one in group]
    parts.append("\n## Les termes et les questions qui les lisent / *Terms and the questions that read them*\n")
    parts.append("\n| terme / *term* | n° |\n|---|---|\n")
    parts += [f"| `{_short(term)}` | {_numbers(numbers)} |\n" for term, numbers in found.items()]
    return "".join(parts)
