"""The embedded store: what it answers, and what it refuses to do."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from cdv_graph.errors import QueryError, StoreError
from cdv_graph.store import EmbeddedStore
from cdv_graph.store.sparql import prepared

DATA = b"""<urn:p/a.b.c> <urn:p/says> "SERVICE" <urn:g> .
<urn:p/a.b.c> <urn:p/service> <urn:p/x> <urn:h> .
"""


@pytest.fixture
def small() -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.load_nquads(DATA)
    return store


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes who calls it."""
    calls: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sparql", calls
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{url}> {{ ?s ?p ?o }}",
        "service silent <{url}> {{ ?s ?p ?o }}",
        "BIND(<{url}> AS ?there) SERVICE ?there {{ ?s ?p ?o }}",
        "# a comment\n SERVICE<{url}>{{ ?s ?p ?o }}",
        "SERVICESILENT<{url}>{{ ?s ?p ?o }}",
        "?s ?p trueSERVICE <{url}> {{ ?a ?b ?c }}",
        "#\rSERVICE <{url}> {{ ?s ?p ?o }}",
        "SERVICE # a\n SILENT# b\n <{url}># c\n {{ ?s ?p ?o }}",
        "BIND('''\\''' x ''' AS ?q) SERVICE <{url}> {{ }} #'''\n",
        "?s ?p ?o FILTER(?o<'>'||'x') SERVICE <{url}> {{ ?a ?b ?c }} #'\n",
        "?s ?p p:x\\# . SERVICE <{url}> {{ ?a ?b ?c }}",
        "\\u0053ERVICE <{url}> {{ ?s ?p ?o }}",
        "{{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_a_query_never_reaches_another_server(
    small: EmbeddedStore, elsewhere: tuple[str, list[str]], clause: str
) -> None:
    url, calls = elsewhere
    with pytest.raises(QueryError):
        small.query("SELECT * { " + clause.format(url=url) + " }")
    assert calls == []


def test_the_word_service_may_stand_in_names_strings_and_comments(small: EmbeddedStore) -> None:
    query = """PREFIX p: <urn:p/> # SERVICE <urn:x>
    SELECT ?service { p:a.b.c p:service ?service ; p:says "SERVICE" . FILTER(?service != 'service {') }"""
    assert len(small.query(query).rows) == 1


def test_graphs_are_one_by_default_and_can_be_chosen(small: EmbeddedStore) -> None:
    every = "SELECT ?o { ?s ?p ?o }"
    assert len(small.query(every).rows) == 2
    assert len(small.query(every, ["urn:g"]).rows) == 1
    assert small.graphs() == ["urn:g", "urn:h"]
    assert len(list(small.quads("urn:h"))) == 1


def test_ask_and_construct(small: EmbeddedStore) -> None:
    assert small.query("ASK { <urn:p/a.b.c> ?p ?o }").boolean is True
    assert len(small.query("CONSTRUCT WHERE { ?s ?p ?o }").triples or ()) == 2


def test_strings_keep_what_looks_like_a_name() -> None:
    query = 'PREFIX p: <urn:p/> ASK { ?s ?p """p:a.b.c "quoted" p:d.e.f""" , "p:a.b.c" }'
    assert prepared(query) == query


def test_broken_data_and_queries_are_errors(small: EmbeddedStore) -> None:
    with pytest.raises(StoreError, match="line 2"):
        small.load_nquads(b"<urn:a> <urn:b> <urn:c> .\nbroken")
    assert len(small) == 2
    for query in ("SELECT", "SELECT * { ?s ?p", "DELETE WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError):
            small.query(query)
