"""The things of the graph, each at the path of its IRI: a page for people, its description for programs."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
from starlette.requests import Request
from starlette.routing import BaseRoute

from cdv_graph.errors import InputError
from cdv_graph.namespaces import BASE, graph_iri
from cdv_graph.resources import text
from cdv_graph.server.endpoint import route
from cdv_graph.server.facts import EACH, counts, facts, held, said_of
from cdv_graph.server.faults import fault_reply
from cdv_graph.server.html import HTML, page
from cdv_graph.server.job import Reply, Run
from cdv_graph.server.labels import named, rows
from cdv_graph.server.reader import Reader, parameters
from cdv_graph.store import EmbeddedStore, bind, write_rdf

__all__ = ["FORMS", "answer", "routes"]

FORMS = {
    "html": HTML,
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
_ONTOLOGY = BASE + "ontology"


def _node(iri: str) -> ox.NamedNode:
    """The node of an IRI.

    Raises:
        InputError: it is no IRI, or a relative one.
    """
    try:
        if "://" in iri or iri.startswith("urn:"):
            return ox.NamedNode(iri)
    except ValueError:
        pass
    raise InputError("server.not-an-iri", iri=iri)


def answer(store: EmbeddedStore, asked: Mapping[str, str]) -> Reply:
    """The job `entity`: its IRI in `iri`, the format in `@form`; `by` and `from` page through one property."""
    reader, form = Reader.from_asked(asked), asked["@form"]
    try:
        node = _node(asked["iri"])
        if form == "html":
            return _property_page(store, node, asked, reader) if "by" in asked else _page(store, node, reader)
        return _description(store, node, form)
    except InputError as error:
        return fault_reply(error, reader)


def _description(store: EmbeddedStore, node: ox.NamedNode, form: str) -> Reply:
    """What the node says, as RDF; of a named graph, and of the ontology, all that it holds."""
    graph = ox.NamedNode(graph_iri("ontology")) if node.value == _ONTOLOGY else node
    if held(store, graph):
        triples = {quad.triple for quad in store.quads(graph.value)}
    else:
        source = bind(text("queries", "internal/server/description.rq"), {"node": node})
        triples = set(store.query(source).triples or ())
    if not triples:
        raise InputError("server.no-entity", iri=node.value)
    body = write_rdf((ox.Quad(*triple) for triple in triples), form)
    return Reply(body, FORMS[form], headers={"Vary": "Accept"})


def _page(store: EmbeddedStore, node: ox.NamedNode, reader: Reader) -> Reply:
    told = facts(store, node, reader.lang)
    if told is None:
        raise InputError("server.no-entity", iri=node.value)
    terms = rows(store, "terms", {"language": ox.Literal(reader.lang)}) if node.value == _ONTOLOGY else []
    values = [[cell.value if cell is not None else "" for cell in row] for row in terms]
    return page("entity", reader, facts=told, terms=values, forms=[form for form in FORMS if form != "html"])


def _property_page(store: EmbeddedStore, node: ox.NamedNode, asked: Mapping[str, str], reader: Reader) -> Reply:
    """Of which nodes a node is said by one property, a hundred at a time."""
    prop, start = _node(asked["by"]), asked.get("from", "0")
    if not (start.isascii() and start.isdigit() and len(start) <= 9):
        raise InputError("query.not-whole", parameter="from", value=start)
    count = counts(store, node).get(prop, 0)
    if not count:
        raise InputError("server.no-entity", iri=node.value)
    group = said_of(store, node, prop, count, min(int(start), count), EACH, reader.lang)
    label = named(store, [node], reader.lang)[node.value]
    return page("said", reader, iri=node.value, label=label, group=group, each=EACH)


def routes(run: Run) -> list[BaseRoute]:
    """`/id/…`, `/vocab/…`, `/graph/…`, `/ontology`, each also with the ending of a format, and `/entity?iri=`."""

    async def asked(iri: str, request: Request, reader: Reader, form: str) -> Reply:
        given = parameters(request, ("iri", "by", "from"))
        return await run("entity", {**given, "iri": iri, **reader.to_asked(), "@form": form})

    async def by_path(request: Request, reader: Reader, form: str) -> Reply:
        path = request.url.path.removeprefix(request.scope.get("root_path", "")).lstrip("/")
        stem, _, ending = path.rpartition(".")
        if stem and ending in FORMS:
            path, form = stem, ending
        return await asked(BASE + path, request, reader, form)

    async def by_iri(request: Request, reader: Reader, form: str) -> Reply:
        given = parameters(request, ("iri", "by", "from"))
        if "iri" not in given:
            raise InputError("server.needed", parameter="iri")
        return await asked(given["iri"], request, reader, form)

    paths = ["/id/{kind}/{slug}", "/vocab/{scheme}", "/vocab/{scheme}/{code}", "/graph/{name:path}", "/ontology"]
    paths += [f"/ontology.{form}" for form in FORMS]
    return [route("/entity", by_iri, FORMS), *(route(path, by_path, FORMS) for path in paths)]
