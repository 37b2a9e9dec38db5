"""The routes of the server over a graph in this process, and what its pages are made of."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from starlette.applications import Starlette
from starlette.testclient import TestClient

from cdv_graph.server import entities, openapi, pages, questions
from cdv_graph.server.jobs import Failure, answer
from cdv_graph.server.limits import Limits

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def client(store) -> TestClient:
    async def run(name, asked):
        reply = answer(store, name, {**asked, **Limits().told})
        assert not isinstance(reply, Failure), reply.trace
        return reply

    routes = [route for module in (questions, entities, openapi, pages) for route in module.routes(run)]
    return TestClient(Starlette(routes=routes), follow_redirects=False)


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.links: list[str] = []
        self.parts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data):
        self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.parts).split())

    def harmless(self) -> bool:
        """Nothing in the page runs, and nothing leads out of the web."""
        runs = self.tags.keys() & {"script", "img", "iframe", "object", "svg", "style", "base", "meta http-equiv"}
        handlers = [name for name in self.attributes if name.startswith("on") or name in ("style", "srcdoc")]
        schemes = [link for link in self.links if not link.startswith(("/", "#", "http://", "https://"))]
        return not runs and not handlers and not schemes
