"""From a handler to a route: the format chosen, faults told as the client reads them, a reply sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cdv_graph.errors import InputError
from cdv_graph.server.faults import fault_reply
from cdv_graph.server.job import Reply
from cdv_graph.server.protocol import response
from cdv_graph.server.reader import Reader, chosen_form

__all__ = ["Handler", "nothing_here", "route"]

# the request, who reads, the format: what is answered
Handler = Callable[[Request, Reader, str], Awaitable[Reply]]


def route(path: str, handler: Handler, forms: Mapping[str, str]) -> Route:
    """A route that reads.

    Args:
        path: as Starlette writes it.
        handler: what answers; an `InputError` that it raises is told to the client.
        forms: the media types that it offers, by name.
    """

    async def answer(request: Request) -> Response:
        reader = Reader.of(request)
        try:
            return response(await handler(request, reader, chosen_form(request, forms)))
        except InputError as error:
            return response(fault_reply(error, reader))

    return Route(path, answer, methods=["GET", "HEAD"])


async def nothing_here(request: Request, _: Exception) -> Response:
    """What is answered where no route is."""
    return response(fault_reply(InputError("server.nothing-here", path=request.url.path), Reader.of(request)))
