"""A small SPARQL 1.1 server on loopback, over pyoxigraph: query, update, graph store protocol, and every fault on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

TEXT = "text/plain; charset=utf-8"
JSON = "application/sparql-results+json"
NT = "application/n-triples"


@dataclass
class Reply:
    """What is sent back; `length` is the length announced, where it is to be wrong."""

    body: bytes
    media: str = TEXT
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(frozen=True)
class Call:
    """What was asked."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class StandIn:
    """The server.

    Attributes:
        store: what it holds.
        union: its default graph is the union of the named graphs.
        calls: what it was asked, in order.
        plan: what to answer to the next calls instead of the truth; a reply, or something that acts first.
    """

    def __init__(self, *, union: bool = True) -> None:
        self.store = ox.Store()
        self.union = union
        self.calls: list[Call] = []
        self.plan: list[Reply | Callable[[], Reply]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                asked = parse_qs(parts.query)
                if "urlencoded" in self.headers.get("Content-Type", ""):
                    asked |= parse_qs(body.decode())
                call = Call(self.command, parts.path, asked, dict(self.headers), body)
                outer.calls.append(call)
                planned = outer.plan.pop(0) if outer.plan else None
                reply = (planned() if callable(planned) else planned) or outer.true(call)
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.media)
                self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_POST = do_PUT = answer  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def sparql(self) -> str:
        return self.root + "/sparql"

    @property
    def data(self) -> str:
        return self.root + "/data"

    def true(self, call: Call) -> Reply:
        """What a server of the standard answers."""
        try:
            if call.path == "/data":
                return self._graph(call)
            if "update" in call.query:
                self.store.update(call.query["update"][0])
                return Reply(b"")
            return self._query(call)
        except (SyntaxError, ValueError) as error:
            return Reply(str(error).encode(), status=400)

    def _query(self, call: Call) -> Reply:
        given = [ox.NamedNode(name) for name in call.query.get("default-graph-uri", [])]
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = list(given) or None
        found = self.store.query(
            call.query["query"][0], default_graph=default, use_default_graph_as_union=self.union and not given
        )
        if isinstance(found, ox.QueryTriples):
            return Reply(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", NT)
        return Reply(found.serialize(format=ox.QueryResultsFormat.JSON) or b"", JSON)

    def _graph(self, call: Call) -> Reply:
        graph = ox.NamedNode(call.query["graph"][0])
        if call.method == "PUT":
            self.store.remove_graph(graph)
            self.store.load(call.body, format=ox.RdfFormat.TURTLE, to_graph=graph)
            return Reply(b"", status=201)
        if graph not in self.store.named_graphs():
            return Reply(b"no such graph", status=404)
        return Reply(self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"", NT)
