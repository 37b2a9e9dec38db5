"""The store on a server: what it sends, what it does when the server fails, and what it never tells."""

from __future__ import annotations

import base64
import socket
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standin import JSON, NT, Reply, StandIn

from cdv_graph import connect
from cdv_graph.errors import InputError, QueryError, StoreError
from cdv_graph.store import EmbeddedStore
from cdv_graph.store.remote import Endpoint, SparqlStore
from cdv_graph.store.remote.transport import Transport
from cdv_graph.store.transfer import pull, push

EVERY = "SELECT ?s { ?s ?p ?o }"
BUSY = Reply(b"busy", status=503)
SECRET = "s3cr3t-word"


def quads(count: int, graph: str = "urn:g") -> list[ox.Quad]:
    name = ox.NamedNode(graph)
    return [ox.Quad(ox.NamedNode(f"urn:s{n:05}"), ox.NamedNode("urn:p"), ox.Literal(n), name) for n in range(count)]


class Waits(list[float]):
    """What was waited, without waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


def opened(server: StandIn, waits: Waits | None = None, **options: object) -> SparqlStore:
    endpoint = Endpoint(server.sparql, **options)  # type: ignore[arg-type]
    return SparqlStore(endpoint, Transport(endpoint, waits if waits is not None else Waits()))


class TestWhatIsSent:
    def test_a_short_query_by_get_and_a_long_one_by_post(self, server: StandIn) -> None:
        store = opened(server, url_limit=300)
        store.query(EVERY)
        assert server.calls[-1].method == "GET"
        store.query(EVERY + " #" + "x" * 300)
        assert server.calls[-1].method == "POST"
        assert server.calls[-1].query["query"][0].startswith(EVERY)

    def test_chosen_graphs_make_the_default_graph(self, server: StandIn) -> None:
        server.store.extend([*quads(2), *quads(1, "urn:h")])
        assert len(opened(server).query(EVERY, ["urn:h"]).rows) == 1
        assert server.calls[-1].query["default-graph-uri"] == ["urn:h"]

    def test_where_the_default_graph_is_no_union_the_graphs_are_named(self, server: StandIn) -> None:
        server.union = False
        server.store.extend([*quads(2), *quads(1, "urn:h")])
        store = opened(server)
        assert len(store.query(EVERY).rows) == 3
        assert server.calls[-1].query["default-graph-uri"] == ["urn:g", "urn:h"]
        store.query("SELECT ?s FROM <urn:h> { ?s ?p ?o }")
        assert "default-graph-uri" not in server.calls[-1].query

    def test_an_update_is_never_sent_as_a_query(self, server: StandIn) -> None:
        for text in ("CLEAR ALL", "PREFIX select: <urn:x> DELETE WHERE { ?s ?p ?o }", "# SELECT\nDROP ALL"):
            with pytest.raises(QueryError):
                opened(server).query(text)
        assert server.calls == []


class TestFailures:
    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_a_busy_server_is_asked_again(self, server: StandIn, waits: Waits, status: int) -> None:
        store = opened(server, waits)
        store.query(EVERY)
        server.plan = [Reply(b"", status=status)] * 2
        assert store.query(EVERY).rows == ()
        assert waits == [0.5, 1.0]

    def test_it_waits_as_long_as_the_server_asks(self, server: StandIn, waits: Waits) -> None:
        store = opened(server, waits)
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
        server.plan = [
            Reply(b"", status=503, headers={"Retry-After": "7"}),
            Reply(b"", status=503, headers={"Retry-After": soon}),
        ]
        store.graphs()
        assert waits[0] == 7
        assert 15 < waits[1] <= 20

    def test_it_gives_up(self, server: StandIn, waits: Waits) -> None:
        server.plan = [BUSY] * 4
        with pytest.raises(StoreError, match=r"busy.*503"):
            opened(server, waits).graphs()
        assert len(waits) == 3
        server.plan = [Reply(b"", status=503, headers={"Retry-After": "3600"})]
        with pytest.raises(StoreError, match="3600"):
            opened(server, waits).graphs()
        assert len(waits) == 3

    def test_an_update_is_sent_once(self, server: StandIn, waits: Waits) -> None:
        server.plan = [BUSY]
        with pytest.raises(StoreError):
            opened(server, waits).add(quads(1))
        assert waits == []
        assert len(server.calls) == 1

    @pytest.mark.parametrize(
        "reply, error, words",
        [
            (Reply(b"syntax error at 3", status=400), QueryError, "syntax error at 3"),
            (Reply(b"out of memory", status=500), QueryError, "out of memory"),
            (Reply(b"", status=401), StoreError, "CDV_ENDPOINT_PASSWORD"),
            (Reply(b"", status=403), StoreError, "CDV_ENDPOINT_USER"),
            (Reply(b"", status=404), StoreError, "nothing at this address"),
            (
                Reply(b"", status=302, headers={"Location": "https://elsewhere.example/?key=1"}),
                StoreError,
                "elsewhere.example/$",
            ),
            (Reply(b"<html>", "text/html"), StoreError, "text/html"),
            (Reply(b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 3', JSON), StoreError, "SPARQL endpoint"),
            (Reply(b"", JSON), StoreError, "SPARQL endpoint"),
            (Reply(b'{"head": {}, "boolean": "maybe"}', JSON), StoreError, "SPARQL endpoint"),
        ],
    )
    def test_what_goes_wrong_is_told(self, server: StandIn, reply: Reply, error: type[InputError], words: str) -> None:
        server.plan = [Reply(b'{"head":{"vars":["g","n"]},"results":{"bindings":[]}}', JSON), reply]
        with pytest.raises(error, match=words) as caught:
            opened(server).query(EVERY)
        assert server.sparql in str(caught.value)
        assert caught.value.told("fr") != str(caught.value)

    def test_an_answer_that_breaks_off_is_not_taken_for_whole(self, server: StandIn) -> None:
        store = opened(server)
        store.query(EVERY)
        line = b"<urn:a> <urn:b> <urn:c> .\n"
        server.plan = [Reply(line, NT, length=2 * len(line))]
        with pytest.raises(StoreError, match="broke off"):
            store.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def test_an_error_may_end_in_another_thread(self, server: StandIn) -> None:
        """What pyoxigraph lets no other thread drop is not held by the error."""
        store = opened(server)
        store.query(EVERY)
        body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}},'
        server.plan = [Reply(body, JSON, length=2 * len(body))]
        with pytest.raises(StoreError, match="broke off") as told:
            store.query(EVERY)
        frames = [frame for frame, _ in traceback.walk_tb(told.tb)]
        assert "_whole" in {frame.f_code.co_name for frame in frames}
        assert not [one for frame in frames for one in frame.f_locals.values() if isinstance(one, ox.QuerySolutions)]

    def test_an_answer_that_the_server_cut_is_not_taken_for_whole(self, server: StandIn) -> None:
        server.store.extend(quads(3))
        store = opened(server)
        store.query(EVERY)
        body = server.true(server.calls[-1]).body
        server.plan = [Reply(body, JSON, headers={"X-SPARQL-MaxRows": "3"})]
        with pytest.raises(QueryError, match="cut the answer at 3 rows"):
            store.query(EVERY)

    def test_nobody_there(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
        endpoint = Endpoint(url)
        waits = Waits()
        with pytest.raises(StoreError, match="not reached"):
            SparqlStore(endpoint, Transport(endpoint, waits)).graphs()
        assert len(waits) == 3

    def test_a_server_that_accepts_and_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
            start = time.monotonic()
            with pytest.raises(StoreError, match=r"no answer within 0\.2 s"):
                SparqlStore(Endpoint(url, answer_timeout=0.2)).graphs()
            assert time.monotonic() - start < 5


class TestWhoAsks:
    @pytest.fixture
    def guarded(self, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
        """A server that asks for a password by the basic way."""
        monkeypatch.setenv("CDV_ENDPOINT_USER", "reader")
        monkeypatch.setenv("CDV_ENDPOINT_PASSWORD", SECRET)
        true = server.true

        def asked(call: object) -> Reply:
            known = "Basic " + base64.b64encode(f"reader:{SECRET}".encode()).decode()
            if call.headers.get("Authorization") != known:  # type: ignore[attr-defined]
                return Reply(b"", status=401, headers={"WWW-Authenticate": 'Basic realm="SPARQL"'})
            return true(call)  # type: ignore[arg-type]

        server.true = asked  # type: ignore[method-assign, assignment]
        yield server

    def test_credentials_come_from_the_environment_when_asked_for(self, guarded: StandIn) -> None:
        guarded.store.extend(quads(2))
        assert len(connect(guarded.sparql)) == 2
        assert "Authorization" not in guarded.calls[0].headers

    def test_a_wrong_password_is_told_and_not_shown(
        self, guarded: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setenv("CDV_ENDPOINT_PASSWORD", SECRET + "x")
        store = connect(guarded.sparql).store
        with pytest.raises(StoreError, match="denies access") as caught:
            store.graphs()
        assert SECRET not in str(caught.value) + repr(caught.value) + repr(vars(store)) + caplog.text

    def test_what_the_server_repeats_is_scrubbed(self, guarded: StandIn) -> None:
        store = connect(guarded.sparql).store
        store.query(EVERY)
        guarded.plan = [Reply(f"user reader/{SECRET} may not".encode(), status=500)]
        with pytest.raises(QueryError, match=r"reader/\*\*\* may not"):
            store.query(EVERY)

    @pytest.mark.parametrize("url", [f"http://reader:{SECRET}@127.0.0.1/sparql", f"http://{SECRET}@127.0.0.1/sparql"])
    def test_an_address_holds_no_password(self, url: str) -> None:
        with pytest.raises(InputError, match="CDV_ENDPOINT_USER") as caught:
            connect(url)
        assert SECRET not in str(caught.value)

    @pytest.mark.parametrize("url", ["ftp://127.0.0.1/sparql", "file:///etc/passwd", "http://", "://"])
    def test_an_address_is_http(self, url: str) -> None:
        with pytest.raises(InputError, match="not the address"):
            connect(url)


class TestPieces:
    @pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 25])
    def test_a_graph_is_read_page_by_page(self, server: StandIn, count: int) -> None:
        server.store.extend(quads(count))
        assert sorted(opened(server, page=10).quads("urn:g"), key=str) == quads(count)

    def test_rows_come_as_they_are_sent(self, server: StandIn) -> None:
        server.store.extend(quads(5000))
        store = opened(server)
        found = store.rows(EVERY)
        assert next(found) != next(found)
        assert sum(1 for _ in found) == 4998

    def test_quads_are_added_in_updates_of_a_bounded_size(self, server: StandIn) -> None:
        opened(server).add(quads(1100))
        assert len(server.calls) == 3
        assert len(server.store) == 1100


class TestReplacing:
    @pytest.fixture(params=["updates", "graph store"])
    def store(self, server: StandIn, request: pytest.FixtureRequest) -> SparqlStore:
        return opened(server, graph_store=server.data if request.param == "graph store" else "")

    def test_a_graph_holds_the_new_and_no_other(self, server: StandIn, store: SparqlStore) -> None:
        server.store.extend([*quads(700), *quads(3, "urn:other")])
        store.replace("urn:g", quads(600))
        assert sorted(store.quads("urn:g"), key=str) == quads(600)
        assert store.graphs() == ["urn:g", "urn:other"]
        store.replace("urn:g", [])
        assert list(server.store.quads_for_pattern(None, None, None, ox.NamedNode("urn:g"))) == []

    def test_where_it_fails_the_graph_stays_and_nothing_is_left_aside(
        self, server: StandIn, store: SparqlStore
    ) -> None:
        server.store.extend(quads(700))
        whole = Reply(b"no room", status=500)
        server.plan = [whole] if store.endpoint.graph_store else [lambda: server.true(server.calls[-1]), whole]
        with pytest.raises(QueryError, match="no room"):
            store.replace("urn:g", quads(600))
        assert sorted(store.quads("urn:g"), key=str) == quads(700)
        assert store.graphs() == ["urn:g"]
        assert len(server.store) == 700

    _terms = st.one_of(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20).map(ox.Literal),
        st.sampled_from(["fr", "en", "fr-ca"]).flatmap(
            lambda tag: st.text("aé\n\"'\\ \t", max_size=8).map(lambda text: ox.Literal(text, language=tag))
        ),
        st.integers().map(ox.Literal),
        st.booleans().map(ox.Literal),
    )

    @given(terms=st.lists(_terms, min_size=1, max_size=8))
    @settings(max_examples=25, deadline=None)
    def test_what_is_written_is_read_back(self, terms: list[ox.Literal]) -> None:
        server = StandIn()
        try:
            graph, one, p = ox.NamedNode("urn:g"), ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
            written = {ox.Quad(one, p, term, graph) for term in terms}
            for graph_store in ("", server.data):
                store = opened(server, graph_store=graph_store)
                store.replace("urn:g", written)
                assert set(store.quads("urn:g")) == written
        finally:
            server.close()


class TestTransfer:
    @pytest.fixture
    def here(self) -> EmbeddedStore:
        store = EmbeddedStore.memory()
        store.add([*quads(3), *quads(2, "urn:h")])
        return store

    def test_only_what_differs_is_written(self, server: StandIn, here: EmbeddedStore) -> None:
        server.store.extend([*quads(3), *quads(4, "urn:h"), *quads(1, "urn:theirs")])
        store = opened(server)
        told = list(push(here, store, dry_run=True))
        assert [(s.graph, s.here, s.there, s.missing, s.extra, s.replaced) for s in told] == [
            ("urn:g", 3, 3, 0, 0, False),
            ("urn:h", 2, 4, 0, 2, False),
        ]
        assert len(server.store) == 8
        assert [(s.graph, s.same, s.replaced) for s in push(here, store)] == [
            ("urn:g", True, False),
            ("urn:h", True, True),
        ]
        assert store.graphs() == ["urn:g", "urn:h", "urn:theirs"]

    def test_blank_nodes_are_the_same_by_what_they_say(self, server: StandIn) -> None:
        here = EmbeddedStore.memory()
        here.load_nquads(b'<urn:a> <urn:b> _:x <urn:g> .\n_:x <urn:c> "d" <urn:g> .')
        store = opened(server, graph_store=server.data)
        assert [state.same for state in push(here, store)] == [True]
        assert [state.replaced for state in push(here, store)] == [False]

    def test_what_is_pulled_is_what_was_pushed(self, server: StandIn, here: EmbeddedStore) -> None:
        store = opened(server)
        list(push(here, store))
        assert pull(store).nquads() == here.nquads()
        assert len(pull(store, ["urn:h"])) == 2
        with pytest.raises(StoreError, match="no named graph urn:none"):
            pull(store, ["urn:none"])

    def test_a_graph_that_is_not_sent_whole_is_an_error(self, server: StandIn, here: EmbeddedStore) -> None:
        store = opened(server)
        list(push(here, store))
        truth = server.true
        server.plan = [
            lambda: truth(server.calls[-1]),
            Reply(b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}', JSON),
        ]
        with pytest.raises(StoreError, match="counts 3 statements in urn:g, 0 were read"):
            pull(store)
