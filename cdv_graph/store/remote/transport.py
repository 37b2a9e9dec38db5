"""Requests to a server and what may go wrong with them: waits, new attempts, errors with their words."""

from __future__ import annotations

import contextlib
import email.utils
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from cdv_graph.errors import InputError, QueryError, StoreError
from cdv_graph.store.remote.body import Body
from cdv_graph.store.remote.connection import opener
from cdv_graph.store.remote.endpoint import PASSWORD, USER, Endpoint
from cdv_graph.store.remote.wrapper import query_request, update_request

__all__ = ["Transport"]

_BUSY = frozenset({429, 502, 503, 504})
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_SHOWN = 400
_NTRIPLES = "application/n-triples"
_NOWHERE = "urn:x-cdv-graph:nowhere"


class Transport:
    """Sends to one endpoint.

    Args:
        endpoint: where to.
        sleep: what waits between two attempts.
    """

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self._open = opener(endpoint).open
        self._sleep = sleep
        self._introduced = False

    def query(self, sparql: str, form: str, graphs: Sequence[str] = ()) -> Body:
        """Send a query: by GET where it is short, by POST where it is long; tried again where the server is busy."""
        return self._sent(lambda: query_request(self.endpoint, sparql, form, graphs), safe=True)

    def update(self, sparql: str) -> None:
        """Send an update, once: nobody knows whether one that gets no answer was done."""
        self._sent(lambda: update_request(self.endpoint, sparql), safe=False).close()

    def get_graph(self, graph: str) -> Body | None:
        """Read a named graph by the graph store protocol; nothing where the server has none of that name."""
        request = urllib.request.Request(self._graph_url(graph), headers={"Accept": f"{_NTRIPLES}, text/turtle;q=0.8"})  # noqa: S310
        try:
            return self._sent(lambda: request, safe=True)
        except StoreError as error:
            if error.message.key != "remote.nothing-there":
                raise
            return None

    def put_graph(self, graph: str, ntriples: bytes) -> None:
        """Replace a named graph by the graph store protocol, in one request.

        Turtle is asked of every server, N-Triples of none: N-Triples is sent as the Turtle that it is.
        """
        self._introduce()
        url = self._graph_url(graph)
        request = urllib.request.Request(url, ntriples, {"Content-Type": "text/turtle; charset=utf-8"}, method="PUT")  # noqa: S310
        self._sent(lambda: request, safe=False).close()

    def _introduce(self) -> None:
        """Be asked who we are before a large body is sent: the server would close the connection while it comes."""
        if self.endpoint.user and not self._introduced:
            with contextlib.suppress(QueryError, StoreError):  # whatever is wrong, what follows tells it
                if body := self.get_graph(_NOWHERE):
                    body.close()
            self._introduced = True

    def _graph_url(self, graph: str) -> str:
        base = self.endpoint.graph_store
        return f"{base}{'&' if '?' in base else '?'}{urlencode({'graph': graph}, quote_via=quote, safe='')}"

    def _sent(self, request: Callable[[], urllib.request.Request], *, safe: bool) -> Body:
        attempts = 1 + (self.endpoint.retries if safe else 0)
        for attempt in range(1, attempts + 1):
            wait = min(_FIRST_WAIT * 2 ** (attempt - 1), _LONGEST_WAIT)
            try:
                return Body(self.endpoint, self._open(request(), timeout=self.endpoint.answer_timeout))
            except urllib.error.HTTPError as error:
                asked = _retry_after(error.headers.get("Retry-After", ""))
                wait = wait if asked is None else asked
                last = error.code not in _BUSY or attempt == attempts or wait > _LONGEST_WAIT
                refused = self._refused(error, asked) if last else None
                if error.fp:
                    error.close()
                if refused:
                    raise refused from None
            except ValueError as error:  # a way to identify oneself that urllib does not know
                raise self._denied(401) from error
            except (OSError, http.client.HTTPException) as error:
                reason = error.reason if isinstance(error, urllib.error.URLError) else error
                if isinstance(reason, TimeoutError):
                    raise self._slow() from None
                if attempt == attempts:
                    raise StoreError("remote.unreachable", endpoint=self.endpoint.name, why=reason) from None
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _denied(self, status: int) -> InputError:
        return StoreError("remote.denied", endpoint=self.endpoint.name, status=status, user=USER, password=PASSWORD)

    def _slow(self) -> InputError:
        connect, seconds = self.endpoint.connect_timeout, self.endpoint.answer_timeout
        return StoreError("remote.no-answer", endpoint=self.endpoint.name, connect=connect, seconds=seconds)

    def _refused(self, error: urllib.error.HTTPError, asked: float | None) -> InputError:
        """The error that an HTTP status stands for."""
        name, status = self.endpoint.name, error.code
        if status in (401, 403):
            return self._denied(status)
        if status == 404:
            return StoreError("remote.nothing-there", endpoint=name, status=status)
        if 300 <= status < 400:
            there = error.headers.get("Location", "?").partition("?")[0]
            return StoreError("remote.moved", endpoint=name, status=status, there=there)
        if status in _BUSY:
            wait = "?" if asked is None else f"{asked:.0f}"
            return StoreError("remote.busy", endpoint=name, status=status, wait=wait)
        words = error.read(8 * _SHOWN).decode("utf-8", "replace")
        why = " ".join(self.endpoint.scrubbed(words).split())[:_SHOWN]
        return QueryError("remote.query-fails", endpoint=name, status=status, why=why)


def _retry_after(value: str) -> float | None:
    """The seconds that a `Retry-After` asks to wait, given as such or as a date."""
    if value.isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(when.tzinfo or UTC)).total_seconds()) if when.tzinfo else None
