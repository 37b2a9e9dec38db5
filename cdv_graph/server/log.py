"""Logs: one JSON object per line on stderr, with neither the text of questions nor what a client says of itself."""

from __future__ import annotations

import json
import logging
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOG", "Logged", "configure", "note"]

LOG = logging.getLogger("cdv_graph.server")
_PLAIN = vars(logging.makeLogRecord({})).keys() | {"message", "color_message"}
_noted: ContextVar[dict[str, object] | None] = ContextVar("noted", default=None)


def note(**facts: object) -> None:
    """Say something about the request that is being answered, for its line of the log."""
    if (noted := _noted.get()) is not None:
        noted.update(facts)


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        said.update((name, value) for name, value in vars(record).items() if name not in _PLAIN)
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """Send what the server and uvicorn log to stderr.

    Args:
        level: `debug`, `info`, `warning` or `error`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    for name in (LOG.name, "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        # uvicorn tells each step of its own life
        logger.setLevel(level.upper() if name == LOG.name or level == "debug" else "WARNING")


class Logged:
    """A line per request: method, path, status, milliseconds, bytes, and what was noted while it was answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        facts: dict[str, object] = {"method": scope["method"], "path": scope["path"][:200], "status": 500, "bytes": 0}
        size = 0

        async def counted(said: Message) -> None:
            nonlocal size
            if said["type"] == "http.response.start":
                facts["status"] = said["status"]
            size += len(said.get("body", b""))
            await send(said)

        token = _noted.set(facts)
        try:
            await self._app(scope, receive, counted)
        finally:
            _noted.reset(token)
            facts |= {"bytes": size, "ms": round(1000 * (time.perf_counter() - start), 1)}
            LOG.info("request", extra=facts)
