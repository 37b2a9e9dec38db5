"""Connections that send nothing whole are closed: uvicorn waits for a request for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["BoundedConnection"]

_PATIENCE = 10.0  # seconds in which the headers of a request must be there


class BoundedConnection(H11Protocol):
    """HTTP/1.1 whose requests must begin in time."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A client sends."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """A client has left."""
        self._cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        cycle: Any = self.cycle  # the request that is being answered, or was last
        if cycle is not None and not cycle.response_complete:
            self._cancel()
        elif self._timer is None:
            self._timer = self.loop.call_later(_PATIENCE, self._give_up)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
