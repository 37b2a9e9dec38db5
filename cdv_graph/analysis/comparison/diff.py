"""What changed from one build of the graph to the next: facts added, removed, changed, by class, with lines.

A fact is a value of a property of a node. A node that is in one build only is told once, with its facts; a property
that has one value in each is changed; where the facts stay and only the lines they were read at differ, the node has
moved. Evidence (readings, passages) gives the lines and is not told for itself, and what is derived (the graphs of
inference, search keys, bounds of dates) follows from the rest: both are told only if asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.analysis.comparison.blank import canonical
from cdv_graph.analysis.comparison.change import COLUMNS, SUMMARY_COLUMNS, Change
from cdv_graph.analysis.comparison.facts import Known, Node, Place
from cdv_graph.namespaces import expand, graph_iri, shorten
from cdv_graph.query import Result
from cdv_graph.store import Store, Term, difference

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Difference", "diff"]

_EVIDENCE = {expand(name) for name in ("cdv:Reading", "cdv:Passage", "oa:FragmentSelector")}
_STATED_IN = ox.NamedNode(expand("cdv:statedIn"))
_SUBJECT = ox.NamedNode(expand("cdv:subject"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_DERIVED = {ox.NamedNode(expand(name)) for name in ("cdv:searchKey", "cdv:earliest", "cdv:latest")}
_OWN = expand("cdv:")


@dataclass(frozen=True)
class Difference:
    """What differs between two builds.

    Attributes:
        removed: the quads that only the old build has, evidence included.
        added: those that only the new one has; the old build without the ones and with the others is the new one.
        rows: one row per change and passage, columns `COLUMNS`.
        counts: by class, numbers in the order of `SUMMARY_COLUMNS`.
        untold: how many quads of evidence differ, where they are not told.
    """

    removed: Set[ox.Quad]
    added: Set[ox.Quad]
    rows: Result
    counts: dict[str, list[int]]
    untold: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.rows.rows)

    def to_frame(self) -> pd.DataFrame:
        """The rows as a `pandas.DataFrame`."""
        return self.rows.to_frame()

    def summary(self) -> Result:
        """One row per class, columns `SUMMARY_COLUMNS`; facts of nodes that are new or gone are counted too."""
        return Result(SUMMARY_COLUMNS, [[name, *numbers] for name, numbers in sorted(self.counts.items())])


def diff(before: Store, after: Store, *, evidence: bool = False, inferred: bool = False) -> Difference:
    """Compare two builds.

    Args:
        before: the old build.
        after: the new one.
        evidence: tell readings and passages for themselves too.
        inferred: tell what is derived too.
    """
    names = {*before.graphs(), *after.graphs()}
    derived = {name for name in names if name == graph_iri("inferred") or name.startswith(graph_iri("inferred/"))}
    graphs = sorted(names if inferred else names - derived)
    removed, added = canonical(before, after, *difference(before, after, graphs))
    gone, come = {quad.triple for quad in removed}, {quad.triple for quad in added}
    # the same fact in another named graph too is no change
    gone, come = gone - _stated(after, gone, graphs), come - _stated(before, come, graphs)
    work = _Work(before, after, gone, come, evidence, inferred)
    changes = sorted(work.changes(), key=Change.rank)
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * (len(SUMMARY_COLUMNS) - 1))
    for change in changes:
        change.count(counts[change.kind])
    return Difference(
        removed, added, Result(COLUMNS, [row for change in changes for row in change.rows()]), dict(counts), work.untold
    )


class _Work:
    def __init__(
        self, before: Store, after: Store, gone: Set[ox.Triple], come: Set[ox.Triple], evidence: bool, inferred: bool
    ) -> None:
        self.evidence, self.inferred = evidence, inferred
        self.gone, self.come = _by_subject(gone), _by_subject(come)
        witnesses = {one.subject for triples in (gone, come) for one in triples if _is_evidence(one)}
        # a reading that is new or gone concerns the node that it speaks of
        about = (one.object for triples in (gone, come) for one in triples if one.predicate == _SUBJECT)
        nodes: set[Node] = {*self.gone, *self.come, *(node for node in about if isinstance(node, ox.NamedNode))}
        nodes -= set() if evidence else witnesses
        self.old, self.new = Known.of(before, nodes), Known.of(after, nodes)
        self.nodes = {node for node in nodes if evidence or not _EVIDENCE & self._classes(node)}
        hidden = (one for found in (gone, come) for one in found if self._is_hidden(one))
        self.untold = 0 if evidence else sum(1 for _ in hidden)

    def _is_hidden(self, one: ox.Triple) -> bool:
        return one.predicate == _STATED_IN or one.subject not in self.nodes

    def _classes(self, node: Node) -> set[str]:
        known = self.old.classes.get(node, set()) | self.new.classes.get(node, set())
        # of a blank node, only what changed is known
        changed = (one for found in (self.gone, self.come) for one in found.get(node, ()) if one.predicate == _TYPE)
        return known | {one.object.value for one in changed if isinstance(one.object, ox.NamedNode)}

    def changes(self) -> Iterator[Change]:
        for node in self.nodes:
            was, known = node in self.old.classes, node in self.new.classes
            blank = isinstance(node, ox.BlankNode)
            if blank or was != known:
                yield from self._whole(node)
            else:
                yield from self._parts(node)

    def _name(self, node: Node) -> tuple[str, str, str]:
        classes = sorted(self._classes(node), key=lambda iri: (not iri.startswith(_OWN), iri))
        label = self.new.labels.get(node) or self.old.labels.get(node, "")
        return shorten(classes[0]) if classes else "", _spelt(node), label

    def _told(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        return [
            one
            for one in triples
            if (self.evidence or one.predicate != _STATED_IN) and (self.inferred or one.predicate not in _DERIVED)
        ]

    def _whole(self, node: Node) -> Iterator[Change]:
        for change, found, known in (("removed", self.gone, self.old), ("added", self.come, self.new)):
            if facts := self._told(found.get(node, ())):
                said = " ; ".join(
                    f"{_spelt(one.predicate)} {_spelt(one.object)}"
                    for one in sorted(facts, key=str)
                    if one.predicate != _TYPE
                )
                sides = (said, "") if change == "removed" else ("", said)
                places = frozenset(known.places.get(node, ()))
                yield Change(change, *self._name(node), "", *sides, places, len(facts))

    def _parts(self, node: Node) -> Iterator[Change]:
        values: dict[tuple[ox.NamedNode, str], tuple[list[Term], list[Term]]] = defaultdict(lambda: ([], []))
        for place, found in enumerate((self.gone, self.come)):
            for one in self._told(found.get(node, ())):
                values[one.predicate, _language(one.object)][place].append(one.object)  # type: ignore[arg-type]
        told: set[Place] = set()
        for (own, language), (olds, news) in values.items():
            were = [(value, self.old.lines(node, own, value)) for value in olds]
            are = [(value, self.new.lines(node, own, value)) for value in news]
            told = told.union(*(places for _, places in (*were, *are)))
            named = (*self._name(node), _spelt(own))
            if len(olds) == len(news) == 1 and self._single(node, own, language):
                yield Change("changed", *named, _spelt(olds[0]), _spelt(news[0]), are[0][1] or were[0][1])
                continue
            for value, places in were:
                yield Change("removed", *named, _spelt(value), "", places)
            for value, places in are:
                yield Change("added", *named, "", _spelt(value), places)
        yield from self._moved(node, told)

    def _single(self, node: Node, own: ox.NamedNode, language: str) -> bool:
        """Whether a property of a node has one value in a language, in both builds."""
        return all(
            sum(_language(value) == language for value in known.values.get((node, own), ())) == 1
            for known in (self.old, self.new)
        )

    def _moved(self, node: Node, told: Set[Place]) -> Iterator[Change]:
        """What says the same and was read elsewhere: values, and the node itself where no value tells it."""
        moves: dict[tuple[frozenset[Place], frozenset[Place]], set[str]] = defaultdict(set)
        before, after = self.old.readings.get(node, {}), self.new.readings.get(node, {})
        for fact in before.keys() & after.keys():
            if before[fact] != after[fact]:
                moves[frozenset(before[fact] - after[fact]), frozenset(after[fact] - before[fact])].add(_spelt(fact[0]))
        told = {*told, *(place for move in moves for places in move for place in places)}
        were, are = self.old.places.get(node, set()), self.new.places.get(node, set())
        if (old := frozenset(were - are - told)) | (new := frozenset(are - were - told)):
            moves[old, new].add(_spelt(_STATED_IN))
        for (old, new), properties in moves.items():
            said = " ; ".join(sorted(properties))
            yield Change("moved", *self._name(node), said, _lines(old), _lines(new), new or old)


def _stated(store: Store, triples: Set[ox.Triple], graphs: Sequence[str]) -> set[ox.Triple]:
    """Those of some triples that one of some graphs states."""
    known = (one for one in triples if one in store)
    return {one for one in known if store.query(f"ASK {{ {one} }}", graphs).boolean}


def _by_subject(triples: Iterable[ox.Triple]) -> dict[Node, list[ox.Triple]]:
    found: dict[Node, list[ox.Triple]] = defaultdict(list)
    for one in triples:
        if isinstance(one.subject, ox.NamedNode | ox.BlankNode):  # never a statement (RDF 1.2)
            found[one.subject].append(one)
    return dict(found)


def _is_evidence(one: ox.Triple) -> bool:
    return one.predicate == _TYPE and isinstance(one.object, ox.NamedNode) and one.object.value in _EVIDENCE


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _spelt(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _lines(places: Iterable[Place]) -> str:
    return " ; ".join(f"{document}:{first}-{last}" for document, first, last in sorted(places))
