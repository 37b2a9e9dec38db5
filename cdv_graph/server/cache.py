"""Answers kept and known by a tag: what is answered to a GET is a function of the data and of the request."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cdv_graph.server.log import note
from cdv_graph.server.pool import VERSION_HEADER

__all__ = ["Cached"]

_VARY = ("accept", "accept-language", "host", "origin")
_Kept = tuple[Message, bytes]


class Cached:
    """Gives each answer a strong tag, says that it has not changed to those who hold it, and keeps the last ones.

    Args:
        app: what answers.
        version: the version of the data that is served at this moment.
        size: bytes of answers to keep; 0 keeps none.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str], size: int) -> None:
        self._app, self._version, self._size = app, version, size
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        version = self._version()
        about = [scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")]
        about += [headers.get(name, "") for name in _VARY]
        tag = f'"{version}-{hashlib.sha256(chr(0).join(about).encode()).hexdigest()[:16]}"'
        if kept := self._kept.get(tag):
            self._kept.move_to_end(tag)
            note(kept=True)
        else:
            kept = await self._fresh(scope, receive, version, tag)
        start, body = kept
        known = {one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")}
        if start["status"] == 200 and Headers(scope=start).get("etag") == tag and known & {tag, "*"}:
            unchanged = [(name, value) for name, value in start["headers"] if name not in (b"content-length",)]
            await send({**start, "status": 304, "headers": unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({**start, "headers": list(start["headers"])})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _fresh(self, scope: Scope, receive: Receive, version: str, tag: str) -> _Kept:
        start: Message = {}
        parts: list[bytes] = []

        async def gather(said: Message) -> None:
            if said["type"] == "http.response.start":
                start.update(said)
            else:
                parts.append(said.get("body", b""))

        # a HEAD is answered as the GET is, and sent without its body
        await self._app({**scope, "method": "GET"}, receive, gather)
        kept = (start, b"".join(parts))
        headers = MutableHeaders(scope=start)
        if start["status"] == 200 and headers.get(VERSION_HEADER) == version and "Cache-Control" not in headers:
            headers["ETag"], headers["Cache-Control"] = tag, "no-cache"
            headers["Vary"] = "Accept, Accept-Language, Origin"
            self._keep(tag, kept)
        else:
            headers.setdefault("Cache-Control", "no-store")
        return kept

    def _keep(self, tag: str, kept: _Kept) -> None:
        if len(kept[1]) > self._size // 8:  # one answer must not push out all others
            return
        if previous := self._kept.pop(tag, None):
            self._held -= len(previous[1])
        self._kept[tag] = kept
        self._held += len(kept[1])
        while self._held > self._size:
            self._held -= len(self._kept.popitem(last=False)[1][1])
