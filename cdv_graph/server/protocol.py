"""The SPARQL 1.1 protocol: what a request asks, whichever of its three ways it takes. No SPARQL is read here."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Awaitable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cdv_graph.messages import LANGUAGES
from cdv_graph.server.job import Reply, Run
from cdv_graph.server.limits import Limits
from cdv_graph.server.log import note
from cdv_graph.server.negotiate import preferred
from cdv_graph.server.problem import RequestError, problem
from cdv_graph.server.sparql import GRAPH_FORMATS, written

__all__ = ["PATH", "language", "response", "routes"]

PATH = "/sparql"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_GRAPHS = {"default-graph-uri": "default", "named-graph-uri": "named"}
_UPDATING = ("update", "using-graph-uri", "using-named-graph-uri")
_DESCRIPTION = Path(__file__).with_name("description.ttl")


def routes(run: Run, limits: Limits) -> list[BaseRoute]:
    """The endpoint.

    Args:
        run: answers jobs.
        limits: of what a request may hold.
    """

    async def endpoint(request: Request) -> Response:
        try:
            asked = await _asked(request, limits)
            if asked is None:
                return response(_described(str(request.url.replace(query="")), request.headers, limits))
            return response(await _unless_left(request, run("sparql", asked)))
        except RequestError as error:
            return response(problem(error.message, language(request.headers)))

    return [Route(PATH, endpoint, methods=["GET", "POST"])]


def response(reply: Reply) -> Response:
    """A reply as Starlette sends it."""
    return Response(reply.body, reply.status, {**reply.headers, "Content-Type": reply.media_type})


def language(headers: Headers) -> str:
    """The language of errors that a client prefers, whatever its country."""
    accepted = re.sub(r"-\w+", "", headers.get("accept-language", "").replace("*", ""))
    return preferred(accepted, LANGUAGES) or LANGUAGES[0]


async def _asked(request: Request, limits: Limits) -> dict[str, str] | None:
    """What the job is asked; `None` where nothing is, which asks for the description."""
    given = _fields(request.url.query, limits)
    if request.method == "POST":
        given += await _posted(request, limits)
    if any(name in _UPDATING for name, _ in given):
        raise RequestError("server.read-only")
    queries = [value for name, value in given if name == "query"]
    if not queries and request.method in ("GET", "HEAD") and not any(name in _GRAPHS for name, _ in given):
        return None
    if len(queries) != 1:
        raise RequestError("server.one-query", count=len(queries))
    asked = {"query": queries[0], "accept": request.headers.get("accept", ""), "lang": language(request.headers)}
    for name, known in _GRAPHS.items():
        if graphs := [_iri(value) for given_name, value in given if given_name == name]:
            asked[known] = " ".join(graphs)
    return asked


def _fields(text: str, limits: Limits) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=limits.parameters)
    except UnicodeDecodeError as error:
        raise RequestError("server.not-utf8") from error
    except ValueError as error:
        raise RequestError("server.parameters", limit=limits.parameters) from error


async def _posted(request: Request, limits: Limits) -> list[tuple[str, str]]:
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
    kind = kind.strip()
    if kind == _UPDATE:
        raise RequestError("server.read-only")
    if kind not in (_FORM, _QUERY) or charset not in ("utf-8", "utf8"):
        raise RequestError("server.media-type", form=_FORM, query=_QUERY)
    try:
        text = (await _body(request, limits)).decode()
    except UnicodeDecodeError as error:
        raise RequestError("server.not-utf8") from error
    return _fields(text, limits) if kind == _FORM else [("query", text)]


async def _body(request: Request, limits: Limits) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(limits.receive):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.body:
                    raise RequestError("server.body", limit=limits.body)
    except TimeoutError as error:
        raise RequestError("server.slow", limit=round(limits.receive)) from error
    except ClientDisconnect as error:
        raise RequestError("server.slow", limit=round(limits.receive)) from error
    return bytes(body)


async def _unless_left(request: Request, answer: Awaitable[Reply]) -> Reply:
    """What is answered, as long as the client waits for it."""

    async def left() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    answering, leaving = asyncio.ensure_future(answer), asyncio.ensure_future(left())
    await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    if not answering.done():
        answering.cancel()
        note(cut="left")
        raise RequestError("server.left")
    return await answering


def _iri(text: str) -> str:
    try:
        if not urlsplit(text).scheme or any(character.isspace() for character in text):
            raise ValueError
        return ox.NamedNode(text).value
    except ValueError as error:
        raise RequestError("server.graph-iri", value=text[:200]) from error


@functools.lru_cache(maxsize=8)
def _description(address: str) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(path=_DESCRIPTION, format=ox.RdfFormat.TURTLE, base_iri=address))


def _described(address: str, headers: Headers, limits: Limits) -> Reply:
    kind = preferred(headers.get("accept", ""), [*GRAPH_FORMATS])
    if kind is None:
        raise RequestError("server.not-acceptable", known=", ".join(GRAPH_FORMATS))
    return written(_description(address), kind, limits.size)
