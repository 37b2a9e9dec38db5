"""What is expected of each property: which classes have it, what its values are; read from the SHACL shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rdflib import RDF, RDFS, SH, SKOS, BNode
from rdflib.collection import Collection

from cdv_graph.namespaces import shorten
from ontology_page.sources import CDV, Node, below, example, ours, shapes


def _steps(path: Node | None) -> tuple[list[Node], Node | None]:
    """The properties of a path, and what it then asks of their values; none of an inverse path."""
    graph = shapes()
    if path is None or (path, SH.inversePath, None) in graph:
        return [], None
    if choice := graph.value(path, SH.alternativePath):
        return list(Collection(graph, choice)), None
    if (path, RDF.first, None) in graph:
        steps = list(Collection(graph, path))
        return steps[:1], steps[1] if len(steps) == 2 else None
    return [path], None


def _listed() -> Iterator[tuple[Node, Node]]:
    """A class, and a property shape that its instances follow."""
    for shape, target in sorted(shapes().subject_objects(RDFS.seeAlso), key=str):
        if (shape, RDF.type, SH.NodeShape) in shapes():
            for rule in sorted(shapes().objects(shape, SH.property), key=str):
                yield target, rule


def _forbidden(rule: Node) -> bool:
    return str(shapes().value(rule, SH.maxCount)) == "0"


def _values(rule: Node, then: Node | None) -> set[str]:
    """What a property shape says of values."""
    graph = shapes()
    found = {shorten(str(value)) for kind in (SH["class"], SH.datatype) for value in graph.objects(rule, kind)}
    if then == RDF.type and (listed := graph.value(rule, SH["in"])):
        found |= {shorten(str(one)) for one in Collection(graph, listed)}
    if then == SKOS.inScheme:
        found |= {str(scheme) for scheme in graph.objects(rule, SH.hasValue)}
    if graph.value(rule, SH.languageIn) is not None:
        found.add("rdf:langString")
    for node in graph.objects(rule, SH.node):
        for inner in graph.objects(node, SH.property):
            found |= {str(scheme) for scheme in graph.objects(inner, SH.hasValue)}
        for choice in graph.objects(node, SH["or"]):
            found |= {shorten(str(graph.value(one, SH.datatype))) for one in Collection(graph, choice)}
    kinds: dict[Node, str] = {SH.IRI: "IRI", SH.Literal: "rdfs:Literal"}
    return found or {kinds[kind] for kind in graph.objects(rule, SH.nodeKind) if kind in kinds}


@dataclass
class Expected:
    """What is expected of a property: the classes that have it, its values, the shapes that say so; or what the example shows."""

    used: set[Node] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    rules: set[Node] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)


@cache
def expectations() -> dict[Node, Expected]:
    """What is expected of each property."""
    found: defaultdict[Node, Expected] = defaultdict(Expected)
    for target, rule in _listed():
        properties, then = _steps(shapes().value(rule, SH.path))
        for one in properties:
            if isinstance(one, BNode):  # a path within the path
                continue
            found[one].rules.add(rule)
            if not _forbidden(rule):
                found[one].used.add(target)
                found[one].values |= _values(rule, then)
    # a rule that stands on the values themselves
    for rule, one in shapes().subject_objects(SH.targetObjectsOf):
        if shapes().value(rule, SH.path) == RDF.type:
            found[one].values |= _values(rule, RDF.type)
    for broad, narrow in ((CDV.within, CDV.directlyWithin), (CDV.partOf, CDV.parent)):
        found[broad].used, found[broad].values = set(found[narrow].used), set(found[narrow].values)
    for said in found.values():
        said.shown = {part for part in ("used", "values") if not getattr(said, part)}
    for subject, predicate, value in sorted(example(), key=str):
        if not ours(predicate):
            continue
        said = found.setdefault(predicate, Expected(shown={"used", "values"}))
        if "used" in said.shown:
            said.used |= set(example().objects(subject, RDF.type))
        if "values" in said.shown:
            said.values |= {shorten(str(kind)) for kind in example().objects(value, RDF.type)}
    for said in found.values():
        said.used -= {one for one in said.used if any(one in below(other) for other in said.used)}
        said.values -= {
            shorten(str(one)) for value in said.values if value[:4] == "cdv:" for one in below(CDV[value[4:]])
        }
        if len(said.values) > 1:  # it says less than the others
            said.values.discard("IRI")
    return dict(found)
