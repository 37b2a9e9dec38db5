"""Hostile requests: each is refused or cut at its bound, with the right status, and the next question is answered."""

from __future__ import annotations

import socket
import threading
import urllib.parse
from collections.abc import Iterator

import psutil
import pytest
from server_process import Answer, Server, serving

SECONDS = 2.0
PROMPT = 1.0  # seconds; the machine of the tests is busy


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    lines = [f"<urn:n/{n}> <urn:next> <urn:n/{(7 * n + 1) % 3000}> <urn:g> ." for n in range(3000)]
    lines += [f'<urn:n/{n}> <urn:name> "{"a" * 40}{n}" <urn:g> .' for n in range(3000)]
    file = tmp_path_factory.mktemp("hostile") / "chain.nq"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    bounds = ["--timeout", str(SECONDS), "--max-rows", "1000", "--max-bytes", "200000", "--max-memory", "32"]
    with serving("--graph", str(file), *bounds, "--queue", "24", "--cache", "0") as running:
        yield running


@pytest.fixture(autouse=True)
def next_question_is_answered(server: Server) -> Iterator[None]:
    yield
    found = server.sparql("SELECT ?o { <urn:n/1> <urn:next> ?o }")
    assert found.status == 200 and found.seconds < PROMPT


HEAVY = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "deep path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>|^<urn:next>)* ?b . ?b (<urn:next>/<urn:next>)+ ?c }",
    "regular expressions": "SELECT (COUNT(*) AS ?n) { ?a <urn:name> ?x . ?b <urn:name> ?y FILTER(REGEX(CONCAT(?x, ?y, ?x), '(a*)*(a|aa)+(a?){20}b$')) }",
    "not exists": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { { SELECT ?g { ?g ?h ?i . ?j ?k ?l } } } }",
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_takes_too_long_is_cut(server: Server, name: str) -> None:
    found = server.sparql(HEAVY[name])
    assert found.status in (504, 507), found.body
    assert found.json()["type"].startswith("urn:x-cdv-graph:problem:server.cut-")
    assert found.seconds < SECONDS + 2


MEMORY = "SELECT ?x { ?a <urn:name> ?x . ?b <urn:name> ?y } ORDER BY ?y"


def test_memory_is_bounded(server: Server) -> None:
    family = psutil.Process(server.process.pid).children(recursive=True)
    before = max(one.memory_info().rss for one in family if one.is_running())
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(server.sparql(MEMORY)))
    asking.start()
    most = 0
    while asking.is_alive():
        for one in psutil.Process(server.process.pid).children(recursive=True):
            try:
                most = max(most, one.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
        asking.join(0.02)
    assert answers[0].status == 507, answers[0].body
    assert answers[0].json()["limit"] == 32
    assert most - before < (2 * 32 + 64) << 20  # what the system refuses, should the server be too late


@pytest.mark.parametrize(
    "kind",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_rows_are_counted_in_each_format(server: Server, kind: str) -> None:
    # the texts hold what separates rows in each format
    query = "SELECT ?n ?t { ?n <urn:next> ?m BIND('a\\n},{\"<result>\"\\r\\n[{' AS ?t) } LIMIT "
    assert server.sparql(query + "1000", kind).status == 200
    refused = server.sparql(query + "1001", kind)
    assert (refused.status, refused.json()["limit"]) == (413, 1000)


def test_rows_without_values_and_triples_are_counted(server: Server) -> None:
    for query in ("SELECT ?none { ?s <urn:next> ?o }", "CONSTRUCT WHERE { ?s <urn:next> ?o }"):
        assert server.sparql(query, "*/*").json()["limit"] == 1000
        assert server.sparql(f"{query} LIMIT 1000", "*/*").status == 200


def test_bytes_are_bounded(server: Server) -> None:
    long = "CONCAT(?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x)"
    found = server.sparql(f"SELECT ({long} AS ?y) {{ ?s <urn:name> ?x }} LIMIT 900")
    assert (found.status, found.json()["limit"]) == (413, 200_000)
    # doubled until it would fill the machine between two looks at the worker
    doubling = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    assert server.sparql(f"SELECT ?x40 {{ BIND('{'a' * 99}' AS ?x0) {doubling} }}").status in (500, 504, 507)


def test_a_query_that_is_too_deep_ends_its_worker_alone(server: Server) -> None:
    for query in (f"ASK {'{' * 100_000}{'}' * 100_000}", f"ASK {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}"):
        assert server.sparql(query).status in (400, 500, 504, 507)


def test_huge_values(server: Server) -> None:
    values = " ".join(f"<urn:n/{n}>" for n in range(20_000))
    assert server.sparql(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?s {{ {values} }} ?s ?p ?o }}").status in (200, 504, 507)
    found = server.ask("/sparql", b"query=" + b"a" * (2 << 20), {"Content-Type": "application/x-www-form-urlencoded"})
    assert found.status == 413


def test_no_query_reaches_another_server(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0)
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        for query in (f"SELECT * {{ SERVICE <{url}> {{}} }}", f"SELECT * {{ ?s ?p trueSERVICESILENT<{url}>{{}} }}"):
            assert server.sparql(query).status == 403
        for query in (f"ASK FROM <{url}> {{ ?s ?p ?o }}", f"ASK {{ GRAPH <{url}> {{ ?s ?p ?o }} }}"):
            assert server.sparql(query).json()["boolean"] is False
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


@pytest.mark.parametrize(
    "injected",
    ["x> { } . GRAPH <urn:g", "urn:g> <urn:h", "urn:g urn:h", "urn:a\n\nurn:b", "", "g", "../g", "urn:\x00", "urn:g}"],
)
def test_the_name_of_a_graph_is_a_name(server: Server, injected: str) -> None:
    found = server.sparql("SELECT * { ?s ?p ?o } LIMIT 1", **{"default-graph-uri": injected})
    assert found.status == 400, found.body


def test_thousands_of_parameters(server: Server) -> None:
    many = "&".join(f"default-graph-uri=urn:{n}" for n in range(5000)).encode()
    found = server.ask("/sparql", b"query=ASK{}&" + many, {"Content-Type": "application/x-www-form-urlencoded"})
    assert (found.status, found.json()["limit"]) == (400, 64)


def raw(server: Server, request: bytes) -> bytes:
    """What is answered to bytes that no client sends."""
    host, _, port = server.address.removeprefix("http://").rstrip("/").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.settimeout(10)
        try:
            connection.sendall(request)
            return connection.recv(100)
        except (BrokenPipeError, ConnectionResetError):
            return b""


HOST = b"Host: 127.0.0.1\r\n"


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET /sparql?query=" + b"a" * 10_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414}),
        (b"GET /health HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n", {431}),
        (b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 20_000 + b"\r\n\r\n", {431}),
        (b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 500_000 + b"\r\n\r\n", {400, 431, 0}),
        (b"GET /health HTTP/1.1\r\n\r\n", {400}),
        (b"GET /health HTTP/1.1\r\n" + HOST + HOST + b"\r\n", {400}),
        (b"\x16\x03\x01\x00\xff\x00\r\n\r\n", {400}),
        (b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\n", {400}),
        (
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            {400, 415},
        ),
        (b"BREW /sparql HTTP/1.1\r\n" + HOST + b"\r\n", {405}),
        (b"GET /sparql?query=%00%ff HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
        (b"GET /../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
    ],
)
def test_malformed_requests(server: Server, request_: bytes, statuses: set[int]) -> None:
    said = raw(server, request_)
    assert (int(said.split()[1]) if said else 0) in statuses, said


def test_a_request_that_does_not_begin_is_closed(server: Server) -> None:
    host, _, port = server.address.removeprefix("http://").rstrip("/").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127")
        assert connection.recv(100) == b""


def test_many_heavy_questions_leave_room_for_short_ones(server: Server) -> None:
    answers: list[Answer] = []

    def heavy(number: int) -> None:
        answers.append(server.sparql(HEAVY["cartesian product"] + f" LIMIT {number + 1}"))

    threads = [threading.Thread(target=heavy, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    taken = []
    while any(thread.is_alive() for thread in threads):
        short = server.sparql("ASK { <urn:n/1> ?p ?o }")
        assert short.status == 200
        taken.append(short.seconds)
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} <= {503, 504, 507}
    busy = [answer for answer in answers if answer.status == 503]
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in busy)
    assert sorted(taken)[len(taken) // 2] < PROMPT
    assert len(psutil.Process(server.process.pid).children(recursive=True)) <= 4 + 2  # workers, keeper, tracker


def test_a_client_that_leaves_takes_nothing(server: Server) -> None:
    query = urllib.parse.urlencode({"query": HEAVY["cartesian product"] + " LIMIT 99"}).encode()
    host, _, port = server.address.removeprefix("http://").rstrip("/").rpartition(":")
    head = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(query) + query)
        while not server.ask("/health").json()["lanes"]["long"]["busy"]:
            pass
    server.logged(lambda line: line.get("cut") == "left", SECONDS)
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head + b"Content-Length: 1000\r\n\r\nquery=")
        assert server.sparql("ASK {}").status == 200
