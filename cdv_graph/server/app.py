"""The server: what stands before the routes, the routes, and its life from the first load to a graceful stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from cdv_graph.errors import InputError
from cdv_graph.server import entities, openapi, pages, protocol, questions
from cdv_graph.server.cache import Cached
from cdv_graph.server.connection import BoundedConnection
from cdv_graph.server.endpoint import nothing_here
from cdv_graph.server.guard import Guarded
from cdv_graph.server.limits import Limits
from cdv_graph.server.log import LOG, Logged
from cdv_graph.server.pool import VERSION_HEADER, Pool
from cdv_graph.server.source import Source

__all__ = ["Settings", "serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
_STOP = 5  # seconds in which answers under way may end
_HEADERS_AT_MOST = 65_536  # what h11 reads before it gives up


@dataclass(frozen=True)
class Settings:
    """How to serve.

    Attributes:
        host: the address to listen on.
        port: the port; 0 for a free one.
        cors: the origins whose pages may read answers, `*` for all.
        names: the names that a request may call the server by; those of this machine alone where there are none and
            the address is loopback.
        watch: seconds between two looks at the data.
        limits: the bounds.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    cors: Sequence[str] = ()
    names: Sequence[str] = ()
    watch: float = 2.0
    limits: Limits = field(default_factory=Limits)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in _LOOPBACK


def _application(pool: Pool, settings: Settings) -> Starlette:
    async def health(request: Request) -> JSONResponse:
        said = pool.health()
        headers = {"Cache-Control": "no-store", VERSION_HEADER: pool.version}
        # `/health` says that the server lives, `/ready` that it can answer
        return JSONResponse(said, 200 if said["ready"] or request.url.path == "/health" else 503, headers)

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(pool.watch(settings.watch))
        yield
        watching.cancel()

    routes: list[BaseRoute] = [
        Route("/health", health),
        Route("/ready", health),
        *protocol.routes(pool.run, settings.limits),
        *(route for module in (questions, openapi, entities, pages) for route in module.routes(pool.run)),
    ]
    middleware = [Middleware(Logged), Middleware(Guarded, limits=settings.limits)]
    if names := settings.names or (_LOOPBACK if settings.loopback else ()):
        # a page elsewhere whose name is made to point here (DNS rebinding) is not answered
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*names], www_redirect=False))
    if settings.cors:
        exposed = ["ETag", "Retry-After", VERSION_HEADER]
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[*settings.cors],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["If-None-Match"],
                expose_headers=exposed,
            )
        )
    middleware.append(Middleware(Cached, version=lambda: pool.version, size=settings.limits.cache))
    return Starlette(routes=routes, middleware=middleware, lifespan=life, exception_handlers={404: nothing_here})


class _Server(uvicorn.Server):
    """Tells its address once it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(source: Source, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until told to stop (SIGINT, SIGTERM).

    Args:
        source: the data.
        settings: how.
        ready: called with the address once the server answers.

    Raises:
        InputError: the data cannot be served, or the address cannot be listened on.
    """
    listening = _listen(settings)
    host, port = listening.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def told() -> None:
        LOG.info("listening", extra={"address": address})
        ready(address)

    with listening:
        pool = Pool(source, settings.limits)
        try:
            _run(_application(pool, settings), settings, listening, told)
        finally:
            pool.end()
    LOG.info("stopped")


def _run(application: Starlette, settings: Settings, listening: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        http=BoundedConnection,
        ws="none",
        lifespan="on",
        h11_max_incomplete_event_size=_HEADERS_AT_MOST,
        limit_concurrency=settings.limits.connections,
        timeout_graceful_shutdown=_STOP,
    )

    stopped = [signal.signal(number, _stopped) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        _Server(config, ready).run(sockets=[listening])
    finally:
        for number, before in zip((signal.SIGINT, signal.SIGTERM), stopped, strict=True):
            signal.signal(number, before)


def _stopped(number: int, frame: FrameType | None) -> None:
    """Uvicorn stops by itself, then raises the signal again: stopping a server is no error."""


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except OSError as error:
        raise InputError(
            "server.cannot-listen", host=settings.host, port=settings.port, why=error.strerror or str(error)
        ) from error
