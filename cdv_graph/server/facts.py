"""What a graph tells of one node, both ways, each fact with the passages where it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from cdv_graph.namespaces import PREFIXES, graph_iri
from cdv_graph.server.labels import named, rows, tail
from cdv_graph.store import EmbeddedStore, Term

__all__ = ["Fact", "Facts", "Group", "Passage", "counts", "facts", "held", "said_of"]

SHOWN = 20  # facts of one property on the page of a node
EACH = 100  # facts on a page of one property
_MOST_SORTED = 5000  # sorting more subjects than this takes longer than a page may
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class Passage:
    """Where something was read.

    Attributes:
        iri: the passage.
        document: the slug of its document.
        place: `l. 48-50`, with the page where it is known.
        written: the words of the document, or empty.
    """

    iri: str
    document: str
    place: str
    written: str = ""


@dataclass(frozen=True)
class Fact:
    """One value.

    Attributes:
        text: what to show: a name, or the text of a literal.
        iri: the node that the value is, or empty.
        lang: the language of the text, or empty.
        passages: where it was read.
        inferred: a rule says it, from facts that were read.
    """

    text: str
    iri: str = ""
    lang: str = ""
    passages: tuple[Passage, ...] = ()
    inferred: bool = False


@dataclass(frozen=True)
class Group:
    """The values of one property.

    Attributes:
        iri: the property.
        label: its name.
        facts: those to show.
        count: how many there are.
        start: how many stand before those to show.
    """

    iri: str
    label: str
    facts: tuple[Fact, ...]
    count: int
    start: int = 0


@dataclass(frozen=True)
class Facts:
    """What a graph tells of one node.

    Attributes:
        iri: the node.
        label: its name.
        types: its classes.
        says: what it says.
        said: what is said of it.
        passages: where it is stated.
        statements: how many it holds, where it is a named graph.
    """

    iri: str
    label: str
    types: tuple[Fact, ...]
    says: tuple[Group, ...]
    said: tuple[Group, ...]
    passages: tuple[Passage, ...]
    statements: int = 0


def _passage(cells: Sequence[Term | None]) -> Passage:
    iri, document, page, first, last, *more = (cell.value if cell is not None else "" for cell in cells)
    place = f"l. {first}" if first == last else f"l. {first}-{last}"
    return Passage(iri, tail(document), f"p. {page}, {place}" if page else place, *more)


def _evidence(
    store: EmbeddedStore, subjects: Sequence[ox.NamedNode], value: ox.NamedNode | None = None
) -> dict[tuple[Term | None, ...], tuple[Passage, ...]]:
    """The passages of each subject, property and value."""
    found: dict[tuple[Term | None, ...], dict[Passage, None]] = {}
    for subject, prop, told, *place in (
        rows(store, "evidence", {"subject": subjects, "value": value}) if subjects else ()
    ):
        found.setdefault((subject, prop, told), {})[_passage(place)] = None
    return {key: tuple(passages) for key, passages in found.items()}


def said_of(
    store: EmbeddedStore, node: ox.NamedNode, prop: ox.NamedNode, count: int, start: int, most: int, lang: str
) -> Group:
    """Of which nodes a node is said by one property: some of them, in the order of their IRIs where they are few."""
    found = (quad.subject for quad in store.oxigraph.quads_for_pattern(None, prop, node))
    ordered = sorted(found, key=str) if count <= _MOST_SORTED else found
    subjects = [one for one in islice(ordered, start, start + most) if isinstance(one, ox.NamedNode)]
    evidence = _evidence(store, subjects, node)
    names = named(store, [*subjects, prop], lang)
    told = (
        Fact(names[one.value], one.value, "", evidence.get((one, prop, node), ()), _inferred(store, one, prop, node))
        for one in subjects
    )
    return Group(prop.value, names[prop.value], tuple(told), count, start)


def counts(store: EmbeddedStore, node: ox.NamedNode) -> dict[ox.NamedNode, int]:
    """How often a node is said of others, by property."""
    found = rows(store, "said-counts", {"node": node})
    return {
        prop: int(count.value)
        for prop, count in found
        if isinstance(prop, ox.NamedNode) and isinstance(count, ox.Literal)
    }


def held(store: EmbeddedStore, graph: ox.NamedNode) -> int:
    """How many statements a named graph holds; none where it is no named graph."""
    return sum(int(count.value) for (count,) in rows(store, "graph", {"graph": graph}) if isinstance(count, ox.Literal))


def facts(store: EmbeddedStore, node: ox.NamedNode, lang: str) -> Facts | None:
    """What the graph tells of a node; `None` where it knows none.

    Args:
        store: the graph.
        node: any node.
        lang: the language of names, `fr` or `en`.
    """
    said = rows(store, "says", {"node": node})
    counted = counts(store, node)
    statements = held(store, node)
    if not said and not counted and not statements:
        return None
    iris = [term for row in said for term in row if isinstance(term, ox.NamedNode)]
    names = named(store, [node, *iris], lang)
    evidence = _evidence(store, [node])
    groups: dict[str, list[Fact]] = {}
    types: list[Fact] = []
    for prop, value in said:
        if prop is None or value is None:
            continue
        fact = _fact(value, names, evidence.get((node, prop, value), ()), _inferred(store, node, prop, value))
        if prop == _TYPE:
            types.append(fact)
        else:
            groups.setdefault(prop.value, []).append(fact)
    return Facts(
        node.value,
        names[node.value],
        tuple(types),
        tuple(Group(prop, names[prop], tuple(told[:EACH]), len(told)) for prop, told in groups.items()),
        tuple(said_of(store, node, prop, count, 0, SHOWN, lang) for prop, count in counted.items()),
        tuple(_passage(row) for row in rows(store, "passages", {"node": node})),
        statements,
    )


def _inferred(store: EmbeddedStore, subject: Term, prop: Term, value: Term) -> bool:
    found = next(store.oxigraph.quads_for_pattern(subject, prop, value), None)  # type: ignore[arg-type]
    return found is not None and str(found.graph_name).removeprefix("<").startswith(graph_iri("inferred"))


def _fact(value: Term, names: Mapping[str, str], passages: tuple[Passage, ...], inferred: bool) -> Fact:
    if isinstance(value, ox.NamedNode):
        return Fact(names[value.value], value.value, "", passages, inferred)
    return Fact(value.value, "", (value.language or "") if isinstance(value, ox.Literal) else "", passages, inferred)
