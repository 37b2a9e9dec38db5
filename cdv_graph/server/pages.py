"""The home page, the page where queries are written, and the files that pages load: all from this server."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

import pyoxigraph as ox
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from cdv_graph.namespaces import PREFIXES
from cdv_graph.server.endpoint import route
from cdv_graph.server.html import HTML, WEB, page, words
from cdv_graph.server.job import Reply, Run
from cdv_graph.server.labels import rows
from cdv_graph.server.reader import Reader, parameters
from cdv_graph.server.subjects import subjects
from cdv_graph.store import EmbeddedStore

__all__ = ["home", "routes"]

_COUNTED = ["CityContract", "Articulation", "DispositifType", "Partner", "ActionSheet", "Reading"]


def home(store: EmbeddedStore, asked: Mapping[str, str]) -> Reply:
    """The job `home`: what this is, and what it holds."""
    reader = Reader.from_asked(asked)
    counts = [
        (PREFIXES["cdv"] + name, words(f"count-{name}", reader.lang), int(count.value))
        for name in _COUNTED
        for (count,) in rows(store, "counts", {"class": ox.NamedNode(PREFIXES["cdv"] + name)})
        if isinstance(count, ox.Literal)
    ]
    documents = [[cell.value if cell is not None else "" for cell in row] for row in rows(store, "documents", {})]
    return page(
        "home",
        reader,
        counts=counts,
        documents=documents,
        statements=len(store),
        version=version("cdv-graph"),
        subjects=subjects(),
    )


def routes(run: Run) -> list[BaseRoute]:
    """`/`, `/query`, and the files of `/static` and `/vendor`."""

    async def front(request: Request, reader: Reader, form: str) -> Reply:
        parameters(request, ())
        return await run("home", reader.to_asked())

    async def query(request: Request, reader: Reader, form: str) -> Reply:
        parameters(request, ())
        return await run("query", reader.to_asked())

    pages = {"html": HTML}
    return [
        route("/", front, pages),
        route("/query", query, pages),
        Mount("/static", StaticFiles(directory=WEB / "static")),
        Mount("/vendor", StaticFiles(directory=WEB / "vendor")),
    ]
