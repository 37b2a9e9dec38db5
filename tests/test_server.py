"""`cdv-graph serve` as clients see it: the protocol, the formats, real clients, tags, and what stands before it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_process import Server, serving

DATA = "http://example.org/protocol/{}"
CASES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("protocol_cases.yaml").read_text("utf-8"))
NAMES = {"data1": DATA.format("data1"), "data2": DATA.format("data2")}
# what every format must carry: a comma, a quote, a newline, a tab, markup, another alphabet, a language, a number
HARD = 'a,"b"\n<c>&\t{},{"x"é漢'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    lines = [
        f"<urn:s/{name}> {ox.NamedNode(rdflib.RDF.type)} <urn:t/{name}> <{DATA.format(graph)}> ."
        for graph, name in (("data1", "one"), ("data2", "two"), ("data3", "three"))
    ]
    hard = [ox.Literal(HARD), ox.Literal("été", language="fr"), ox.Literal(7)]
    lines += [f"<urn:hard> <urn:says> {value} <urn:more> ." for value in hard]
    # stated by two graphs, true once
    lines += [f"<urn:twice> <urn:stated> <urn:once> <urn:{graph}> ." for graph in ("more", "again")]
    file = tmp_path_factory.mktemp("server") / "small.nq"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with serving("--graph", str(file), "--cors", "https://pages.example.org") as running:
        yield running


def filled(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("{data1}", NAMES["data1"]).replace("{data2}", NAMES["data2"])
    return [filled(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", CASES)
def test_protocol(server: Server, name: str) -> None:
    case = CASES[name]
    url = urllib.parse.urlencode({key: filled(value) for key, value in case.get("url", {}).items()}, doseq=True)
    body, kind = None, case.get("type")
    if "form" in case:
        form = {key: filled(value) for key, value in case["form"].items()}
        body, kind = urllib.parse.urlencode(form, doseq=True).encode(), "application/x-www-form-urlencoded"
    elif "body" in case:
        body = filled(case["body"]).encode(case.get("encoding", "utf-8"))
    headers = {"Accept": case.get("accept", "application/sparql-results+json")}
    headers |= {} if kind is None else {"Content-Type": kind}
    found = server.ask("/sparql" + (f"?{url}" if url else ""), body, headers, case.get("method"))
    expected = case["expect"]
    if type(expected) is int:
        assert found.status == expected, found.body
        if found.headers["Content-Type"] != "text/plain; charset=utf-8":
            problem = found.json()
            assert problem["status"] == expected and problem["detail"]
        return
    assert found.status == 200, found.body
    if isinstance(expected, str):
        assert found.headers.get_content_type() == expected
    elif isinstance(expected, bool):
        assert found.json()["boolean"] is expected
    else:
        rows = found.json()["results"]["bindings"]
        assert sorted(row["t"]["value"].removeprefix("urn:t/") for row in rows) == expected


def test_an_error_tells_the_place(server: Server) -> None:
    found = server.sparql("SELECT * {\n  ?s ?p }")
    assert found.json()["line"] == 2 and found.json()["column"] in (9, 10)
    assert found.headers.get_content_type() == "application/problem+json"
    english = server.ask("/sparql?query=ASK", headers={"Accept-Language": "en-GB,fr;q=0.5"}).json()
    assert english["detail"].startswith("not a SPARQL query, line 1")


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
    ],
)
def test_results_are_read_by_another_parser(server: Server, kind: str, reader: str) -> None:
    found = server.sparql("SELECT ?o ?unbound { <urn:hard> ?p ?o }", kind)
    assert found.headers.get_content_type() == kind
    if reader == "tsv":  # rdflib takes no escape in TSV
        read = ox.parse_query_results(found.body, format=ox.QueryResultsFormat.TSV)
        assert isinstance(read, ox.QuerySolutions)
        values = {(row["o"].value, row["o"].language) for row in read}
    else:
        rows = rdflib.query.Result.parse(__import__("io").BytesIO(found.body), format=reader)
        values = {(str(row[0]), getattr(row[0], "language", None)) for row in rows}
    french = ("été", None if reader == "csv" else "fr")  # CSV has no languages
    said = HARD.replace("\n", "\r\n") if reader == "csv" and (HARD.replace("\n", "\r\n"), None) in values else HARD
    assert values == {(said, None), french, ("7", None)}


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_triples_are_read_by_another_parser(server: Server, kind: str, reader: str) -> None:
    found = server.sparql("CONSTRUCT WHERE { <urn:hard> <urn:says> ?o }", kind)
    assert found.headers.get_content_type() == kind
    read = rdflib.Graph().parse(data=found.body, format=reader)
    assert {str(value) for value in read.objects()} == {HARD, "été", "7"}


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        ("", 200, "application/sparql-results+json"),
        ("*/*", 200, "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200, "application/sparql-results+json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", 200, "application/sparql-results+xml"),
        ("text/*", 200, "text/csv"),
        ("*/*, application/sparql-results+json;q=0", 200, "application/json"),
        ("image/png", 406, "application/problem+json"),
        ("text/turtle", 406, "application/problem+json"),
        (";;;q=x,,/,", 406, "application/problem+json"),
    ],
)
def test_the_client_chooses_the_format(server: Server, accept: str, status: int, kind: str) -> None:
    found = server.sparql("SELECT * { ?s a ?t }", accept)
    assert (found.status, found.headers.get_content_type()) == (status, kind)


def test_the_endpoint_describes_itself(server: Server) -> None:
    read = rdflib.Graph().parse(data=server.ask("/sparql").body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert read.value(None, rdflib.RDF.type, sd.Service) is not None
    assert list(read.objects(None, sd.endpoint)) == [rdflib.URIRef(server.address + "sparql")]
    assert sd.SPARQL11Query in set(read.objects(None, sd.supportedLanguage))


def test_a_triple_that_two_graphs_state_counts_once(server: Server) -> None:
    assert server.values("SELECT (COUNT(*) AS ?n) { <urn:twice> ?p ?o }") == ["1"]
    assert server.values("SELECT (COUNT(*) AS ?n) { GRAPH ?g { <urn:twice> ?p ?o } }") == ["2"]


def test_sparqlwrapper(server: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.address + "sparql")
    client.setQuery("SELECT ?o { <urn:hard> <urn:says> ?o }")
    for method in (wrapper.GET, wrapper.POST):
        client.setMethod(method)
        client.setReturnFormat(wrapper.JSON)
        assert len(client.query().convert()["results"]["bindings"]) == 3
    client.setQuery("SELECT ?o {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="ligne 1"):
        client.query()


def test_rdflib_sparqlstore(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(server.address + "sparql"))
    assert {str(value) for value in graph.objects(rdflib.URIRef("urn:hard"), rdflib.URIRef("urn:says"))} == {
        HARD,
        "été",
        "7",
    }
    assert len(list(graph.query("SELECT ?t { ?s a ?t }"))) == 3


def test_curl(server: Server) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: apt-get install curl")
    command = [
        "curl",
        "-sS",
        "--fail",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        "query=SELECT ?t { ?s a ?t } ORDER BY ?t",
    ]
    said = subprocess.run([*command, server.address + "sparql"], capture_output=True, check=True, timeout=30).stdout
    assert said.decode().split() == ["t", "urn:t/one", "urn:t/three", "urn:t/two"]
    head = subprocess.run(["curl", "-sSI", server.address + "sparql?query=ASK%7B%7D"], capture_output=True, check=True)
    assert head.stdout.startswith(b"HTTP/1.1 200")


def test_an_answer_has_a_tag_and_is_not_sent_twice(server: Server) -> None:
    path = "/sparql?" + urllib.parse.urlencode({"query": "SELECT ?t { ?s a ?t }"})
    first = server.ask(path)
    tag = first.headers["ETag"]
    assert tag.startswith(f'"{first.headers["CDV-Data-Version"]}-')
    again = server.ask(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert server.ask(path, headers={"Accept": "text/csv", "If-None-Match": tag}).status == 200
    assert server.ask("/health").headers["Cache-Control"] == "no-store"
    head = server.ask(path, method="HEAD")
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(first.body)))


def test_only_named_origins_may_read(server: Server) -> None:
    def allowed(origin: str) -> str | None:
        found: str | None = server.ask("/health", headers={"Origin": origin}).headers["Access-Control-Allow-Origin"]
        return found

    assert allowed("https://pages.example.org") == "https://pages.example.org"
    assert allowed("https://elsewhere.example.org") is None


def test_a_name_that_is_made_to_point_here_is_not_answered(server: Server) -> None:
    assert server.ask("/health", headers={"Host": "elsewhere.example.org"}).status == 400
    port = server.address.rstrip("/").rpartition(":")[2]
    assert server.ask("/health", headers={"Host": f"localhost:{port}"}).status == 200


def test_every_answer_carries_headers_of_security(server: Server) -> None:
    for path in ("/sparql", "/health", "/nothing"):
        headers = server.ask(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["Server"] is None


def test_logs_keep_secrets(server: Server) -> None:
    headers = {"Authorization": "Bearer hidden-token", "Cookie": "hidden-cookie"}
    assert server.ask("/sparql?query=ASK%7B%3Fs%20%3Fp%20%22hidden-text%22%7D", headers=headers).status == 200
    assert server.ask("/seen").status == 404
    server.logged(lambda line: line.get("path") == "/seen")
    line = next(line for line in reversed(server.log) if line.get("job") == "sparql")
    assert {"time", "level", "method", "path", "status", "ms", "bytes", "question", "lane"} <= line.keys()
    assert "hidden" not in json.dumps(server.log)


def test_a_port_that_is_taken_and_an_address_that_others_reach_are_told() -> None:
    from click.testing import CliRunner

    from cdv_graph.cli.main import cli
    from cdv_graph.errors import InputError

    refused = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0"])
    assert isinstance(refused.exception, InputError) and "--public" in str(refused.exception)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = CliRunner().invoke(cli, ["serve", "--port", port])
    assert isinstance(refused.exception, InputError) and port in str(refused.exception)
