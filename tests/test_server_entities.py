"""The things of the graph at the path of their IRIs: all that is said, both ways, with where it was read; quickly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'cdv-graph[server]'")
pytest.importorskip("jinja2", reason="jinja2 is not installed: pip install 'cdv-graph[server]'")

import pyoxigraph as ox
import rdflib
from served import BROWSER, Elements, client

from cdv_graph.namespaces import BASE, PREFIXES, expand, prologue
from cdv_graph.server.facts import SHOWN, facts
from cdv_graph.server.html import local
from cdv_graph.store import EmbeddedStore

LABEL, THEME, SUBJECT = (expand(name) for name in ("rdfs:label", "cdv:theme", "dcterms:subject"))


@pytest.fixture(scope="module")
def http(store):
    with client(store) as made:
        yield made


def said(store, iri):
    node = ox.NamedNode(iri)
    return {quad.triple for quad in store.oxigraph.quads_for_pattern(node, None, None)}


@pytest.mark.parametrize(
    "path", ["id/contract/clermont-2024", "vocab/theme/sante", "vocab/theme", "id/partner/caf", "vocab/method/eye"]
)
@pytest.mark.parametrize(
    ("ending", "media_type", "form"),
    [
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_the_description_in_every_format(http, store, path, ending, media_type, form):
    by_ending = http.get(f"/{path}.{ending}", headers=BROWSER)
    by_accept = http.get(f"/{path}", headers={"Accept": media_type})
    by_iri = http.get("/entity", params={"iri": BASE + path, "format": ending})
    assert by_ending.headers["content-type"].partition(";")[0] == media_type
    assert by_ending.content == by_accept.content == by_iri.content
    assert {quad.triple for quad in ox.parse(by_ending.content, format=form)} == said(store, BASE + path)


def test_rdflib_reads_the_turtle(http, store):
    read = rdflib.Graph().parse(data=http.get("/id/contract/clermont-2024.ttl").text, format="turtle")
    assert len(read) == len(said(store, BASE + "id/contract/clermont-2024"))


def test_the_page_of_a_contract(http):
    page = Elements(http.get("/id/contract/clermont-2024", headers=BROWSER).text)
    assert page.harmless()
    assert "Contrat de ville « Engagements Quartiers 2030 » de Clermont-l'Hérault" in page.text
    assert {"/id/partner/caf-herault", "/id/passage/clermont-2024.30"} <= set(page.links)
    assert "autre nom" in page.text and "altLabel" not in page.text
    assert "CAF de l'Hérault déduit" in page.text  # a shortcut: who signs is read of the participation
    english = Elements(http.get("/id/contract/clermont-2024?lang=en", headers=BROWSER).text)
    assert "other name" in english.text
    assert "/id/partner/caf-herault?lang=en" in english.links


def test_facts_cite_what_was_read(store):
    """Clermont-l'Hérault signs in lines 30 to 32 of its contract; the reading of each signatory says so."""
    told = facts(store, ox.NamedNode(PREFIXES["contract"] + "clermont-2024"), "fr")
    names = next(group for group in told.says if group.iri == expand("skos:altLabel"))
    cited = {fact.text: [passage.place for passage in fact.passages] for fact in names.facts}
    assert cited["contrat « Engagements Quartiers 2030 »"] == ["l. 30"]
    assert len(cited["CV"]) == 5
    articulation = next(
        quad.subject
        for quad in store.oxigraph.quads_for_pattern(
            None, ox.NamedNode(THEME), ox.NamedNode(PREFIXES["theme"] + "sante")
        )
        if "/articulation/" in quad.subject.value
    )
    told = facts(store, articulation, "fr")
    assert " – " in told.label  # an articulation is called by what it ties
    assert told.passages and all(fact.passages for group in told.says if group.iri == THEME for fact in group.facts)


def test_a_hub_is_bounded_and_its_rest_is_paged(http, store):
    node = ox.NamedNode(PREFIXES["theme"] + "sante")
    everyone = {q.subject.value for q in store.oxigraph.quads_for_pattern(None, ox.NamedNode(THEME), node)}
    group = next(one for one in facts(store, node, "fr").said if one.iri == THEME)
    assert (group.count, len(group.facts)) == (len(everyone), SHOWN)
    page = Elements(http.get("/vocab/theme/sante", headers=BROWSER).text)
    more = next(link for link in page.links if "by=" in link)
    seen = {fact.iri for fact in group.facts}
    while more:
        page = Elements(http.get(more, headers=BROWSER).text)
        found = [link for link in page.links if link.startswith("/id/") and "/passage/" not in link]
        seen |= {BASE + link.lstrip("/") for link in found}
        more = next((link for link in page.links if "by=" in link and _start(link) > _start(more)), "")
    assert everyone <= seen


def _start(link):
    return int(link.partition("from=")[2].partition("&")[0] or 0) if "lang=" not in link else -1


@pytest.mark.parametrize("name", ["cdv:Reading", "method:eye", "contract:clermont-2024", "document:montpellier-2016"])
def test_the_biggest_come_quickly(http, name):
    """Under a tenth of a second on a quiet core. The time of this process is counted, whatever else the machine does."""
    iri = expand(name)
    http.get("/entity", params={"iri": iri})
    times = []
    for _ in range(3):
        began = time.process_time()
        assert http.get("/entity", params={"iri": iri}, headers=BROWSER).status_code == 200
        times.append(time.process_time() - began)
    assert min(times) < 0.3


def test_the_ontology_whole_and_term_by_term(http, store):
    turtle = http.get("/ontology", headers={"Accept": "text/turtle"}).content
    told = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert told == {quad.triple for quad in store.quads(PREFIXES["cdvg"] + "ontology")}
    page = http.get("/ontology", headers=BROWSER).text
    assert 'id="Articulation"' in page and "Thème de politique publique" in page
    term = Elements(http.get("/entity", params={"iri": expand("cdv:theme")}, headers=BROWSER).text)
    assert "thème" in term.text


def test_a_named_graph_is_what_it_holds(http, store):
    told = http.get("/graph/inferred/clermont-2024.nt").text.splitlines()
    assert len(told) == len(list(store.quads(PREFIXES["cdvg"] + "inferred/clermont-2024")))
    assert str(len(told)) in Elements(http.get("/graph/inferred/clermont-2024", headers=BROWSER).text).text


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/id/contract/nowhere", 404, "server.no-entity"),
        ("/id/contract/nowhere.ttl", 404, "server.no-entity"),
        ("/entity", 400, "server.needed"),
        ("/entity?iri=clermont", 400, "server.not-an-iri"),
        ("/entity?iri=http://a%3E%20%7D%20UNION", 400, "server.not-an-iri"),
        ("/entity?iri=urn:a&iri=urn:b", 400, "server.repeated"),
        ("/vocab/theme/sante?by=urn:x", 404, "server.no-entity"),
        (f"/vocab/theme/sante?by={THEME}&from=-1", 400, "query.not-whole"),
        ("/id/contract/clermont-2024?what=1", 400, "server.unknown-parameter"),
    ],
)
def test_faults_are_told(http, address, status, kind):
    address = address.replace("#", "%23")
    for ending in ("", "&" if "?" in address else "?"):
        response = http.get(address + ending, headers={"Accept": "*/*"})
        assert (response.status_code, response.json()["type"]) == (status, f"urn:x-cdv-graph:problem:{kind}")
    page = http.get(address, headers=BROWSER)
    assert page.status_code == status and (Elements(page.text).harmless() or address.endswith(".ttl"))


HOSTILES = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"quoted\" & 'so' <!-- {{ 7*7 }} {% raw %}",
    "עברית (ראשון), שני",
    "👩🏽‍🌾 ferme = 1+1",
]


@settings(max_examples=25, deadline=None)
@given(label=st.one_of(st.sampled_from(HOSTILES), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)))
def test_hostile_labels_stay_data(label):
    store = EmbeddedStore.memory()
    node, other = ox.NamedNode(BASE + "id/partner/a"), ox.NamedNode("javascript://x/%0aalert(1)")
    graph, lang = ox.NamedNode(BASE + "graph/a"), "fr"
    for subject, prop, value in [
        (node, LABEL, ox.Literal(label, language=lang)),
        (node, SUBJECT, other),
        (other, SUBJECT, node),
        (ox.NamedNode(SUBJECT), LABEL, ox.Literal(label, language=lang)),
    ]:
        store.add([ox.Quad(subject, ox.NamedNode(prop), value, graph)])
    with client(store) as http:
        page = Elements(http.get("/id/partner/a", headers=BROWSER).text)
        assert page.harmless()
        assert page.text.count(" ".join(label.split())) >= 2
        outside = Elements(http.get("/entity", params={"iri": other.value}, headers=BROWSER).text)
        assert outside.harmless()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_local_addresses_stay_here(tail):
    for iri in (BASE + tail, BASE + "id/" + tail, tail):
        assert local(iri).startswith("/") and not local(iri).startswith("//")


def test_every_iri_that_is_said_has_its_page(http, store):
    """A sample of every kind of node, in the order of their IRIs."""
    asked = "SELECT ?class (MIN(?node) AS ?one) { ?node a ?class } GROUP BY ?class ORDER BY ?class"
    for _, one in store.query(prologue() + asked).rows:
        page = http.get(local(one.value), headers=BROWSER)
        assert page.status_code == 200, one
        assert one.value in Elements(page.text).text
