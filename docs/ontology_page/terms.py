"""What the page of the ontology says: the terms with what the ontology, the shapes, the rules and the example say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS

from cdv_graph.messages import LANGUAGES
from cdv_graph.namespaces import shorten
from ontology_page.expected import Expected, expectations
from ontology_page.sources import (
    CDV,
    EXAMPLE,
    ROOT,
    Node,
    Words,
    by_name,
    groups,
    ontology,
    ours,
    read,
    shapes,
    step,
    words,
)


@dataclass(frozen=True)
class Rule:
    """What a shape demands: its prefixed name, and its message by language."""

    shape: str
    words: Words


@dataclass(frozen=True)
class Term:
    """A class or a property; other terms are named by their prefixed names.

    Attributes:
        name: the prefixed name.
        kind: `Class`, `ObjectProperty` or `DatatypeProperty`.
        above, below: the terms that it specialises, and those that specialise it.
        marks: `TransitiveProperty`, `AsymmetricProperty`.
        disjoint: the classes that share no instance with it.
        used_with: the classes whose instances have it.
        shown: which of `used` and `values` no shape says: they are what the example shows.
        values: what its values are: classes, schemes, datatypes or `IRI`; of a class, the properties that lead to it.
        properties: of a class, what its instances have.
        rules: what the shapes demand.
        derived: the files of the rules that derive it.
        see: terms of other vocabularies, with how they are linked.
        example: a few lines of Turtle, or nothing.
    """

    name: str
    kind: str
    group: str
    label: Words
    definition: Words
    notes: Words
    deprecated: bool
    above: tuple[str, ...]
    below: tuple[str, ...]
    marks: tuple[str, ...]
    disjoint: tuple[str, ...]
    used_with: tuple[str, ...]
    shown: frozenset[str]
    values: tuple[str, ...]
    properties: tuple[str, ...]
    rules: tuple[Rule, ...]
    derived: tuple[str, ...]
    see: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme."""

    name: str
    notation: str
    label: Words
    alternatives: dict[str, tuple[str, ...]]
    definition: Words
    broader: str


@dataclass(frozen=True)
class Scheme:
    """A SKOS scheme: the last part of its IRI, and its concepts by name."""

    code: str
    prefix: str
    title: Words
    description: Words
    concepts: tuple[Concept, ...]


@cache
def _derivations() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "rules").glob("*.rq")):
        made = re.search(r"CONSTRUCT\s*\{(.*?)\}", path.read_text("utf-8"), re.S)
        for name in re.findall(r"cdv:[a-z]\w*", made[1] if made else ""):
            found.setdefault(name, set()).add(path.name)
    return {name: tuple(sorted(files)) for name, files in found.items()}


def _blocks() -> list[str]:
    return re.split(r"\n\n", EXAMPLE.read_text("utf-8"))


def _example(term: Node, kind: str) -> str:
    """The first resource of a class, whole; of a property, the first statement."""
    name = shorten(str(term))
    for block in _blocks():
        if kind == "Class" and re.search(rf" a {name} ", block):
            return block.strip()
        lines = block.strip().splitlines()
        said = next((line for line in lines if re.search(rf"(?<![\w:]){name} ", line)), "")
        if kind == "Class" or not said or block.startswith("#"):
            continue
        return said.rstrip(" ;.") + " ." if said is lines[0] else f"{lines[0]}\n    # …\n{said.rstrip(' ;.')} ."
    return ""


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted({shorten(str(node)) for node in nodes}, key=by_name))


def terms() -> list[Term]:
    """Every class and property, in the order of the file."""
    return [_term(name) for name in groups()]


def _term(name: str) -> Term:
    graph = ontology()
    term = CDV[name.removeprefix("cdv:")]
    types = {str(kind).partition("#")[2] for kind in graph.objects(term, RDF.type)}
    (kind,) = types & {"Class", "ObjectProperty", "DatatypeProperty"}
    above = step(term)
    said = expectations().get(term, Expected())
    values = said.values
    if kind == "Class":
        family = {shorten(str(one)) for one in {term, *graph.transitive_objects(term, above)}}
        values = {shorten(str(one)) for one, other in expectations().items() if name in other.values}
        properties = {
            shorten(str(one))
            for one, other in expectations().items()
            if family & {shorten(str(by)) for by in other.used}
        }
    else:
        properties = set()
    # stated once, under the first of the two names
    disjoint = {*graph.objects(term, OWL.disjointWith), *graph.subjects(OWL.disjointWith, term)}
    see = [(shorten(str(one)), "seeAlso") for one in graph.objects(term, RDFS.seeAlso)]
    see += [(shorten(str(one)), str(above).partition("#")[2]) for one in graph.objects(term, above) if not ours(one)]
    see += [(shorten(str(one)), "closeMatch") for one in graph.objects(term, SKOS.closeMatch)]
    return Term(
        name=name,
        kind=kind,
        group=groups()[name],
        label=words(graph, term, RDFS.label),
        definition=words(graph, term, SKOS.definition),
        notes=words(graph, term, SKOS.scopeNote),
        deprecated=(term, OWL.deprecated, None) in graph,
        above=_names(one for one in graph.objects(term, above) if ours(one)),
        below=_names(one for one in graph.subjects(above, term) if ours(one)),
        marks=tuple(sorted(types - {kind})),
        disjoint=_names(disjoint),
        used_with=_names(said.used),
        shown=frozenset(said.shown),
        values=tuple(sorted(values, key=by_name)),
        properties=tuple(sorted(properties, key=by_name)),
        rules=tuple(
            Rule(shorten(str(rule)), words(shapes(), rule, SH.message)) for rule in sorted(said.rules, key=str)
        ),
        derived=_derivations().get(name, ()),
        see=tuple(sorted(see)),
        example=_example(term, kind),
    )


def schemes() -> list[Scheme]:
    """Every scheme, by code."""
    found = []
    for path in sorted((ROOT / "ontology" / "vocabularies").glob("*.ttl")):
        graph = read([path])
        (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
        members = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        prefix = shorten(str(members[0])).partition(":")[0]
        title, said = words(graph, scheme, rdflib.DCTERMS.title), words(graph, scheme, rdflib.DCTERMS.description)
        found.append(Scheme(path.stem, prefix, title, said, tuple(_concept(graph, one) for one in members)))
    return found


def _concept(graph: rdflib.Graph, concept: Node) -> Concept:
    others = sorted(graph.objects(concept, SKOS.altLabel), key=str)
    return Concept(
        name=shorten(str(concept)),
        notation=", ".join(sorted(str(one) for one in graph.objects(concept, SKOS.notation))),
        label=words(graph, concept, SKOS.prefLabel),
        alternatives={
            lang: tuple(str(one) for one in others if getattr(one, "language", "") == lang) for lang in LANGUAGES
        },
        definition=words(graph, concept, SKOS.definition),
        broader=", ".join(sorted(shorten(str(one)) for one in graph.objects(concept, SKOS.broader))),
    )
