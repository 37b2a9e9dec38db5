"""What stands before every route: bounds of what a request may hold, and headers that every answer carries."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cdv_graph.server.limits import Limits
from cdv_graph.server.problem import RequestError, problem
from cdv_graph.server.protocol import language, response

__all__ = ["Guarded"]

_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guarded:
    """Refuses what is too long or too many, and adds the headers of security that a route did not set itself."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(said: Message) -> None:
            if said["type"] == "http.response.start":
                headers = MutableHeaders(scope=said)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(said)

        if error := self._fault(scope):
            refused = response(problem(error.message, language(Headers(scope=scope))))
            await refused(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)

    def _fault(self, scope: Scope) -> RequestError | None:
        limits, headers = self._limits, scope["headers"]
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.target:
            return RequestError("server.target", limit=limits.target)
        if len(headers) > limits.headers:
            return RequestError("server.headers", limit=limits.headers)
        if sum(len(name) + len(value) for name, value in headers) > limits.header_size:
            return RequestError("server.header-size", limit=limits.header_size)
        return None
