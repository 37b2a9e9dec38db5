"""What opens a connection: two waits, no redirection, credentials on demand."""

from __future__ import annotations

import http.client
import urllib.request
from typing import Any

from cdv_graph.store.remote.endpoint import Endpoint

__all__ = ["opener"]


def opener(endpoint: Endpoint) -> urllib.request.OpenerDirector:
    """An opener for one endpoint, with nothing installed for the rest of the process.

    Credentials are sent when the server asks for them, to the addresses of the endpoint only. Redirections are refused:
    they turn a POST into a GET, and may lead the credentials and the query elsewhere.
    """
    handlers: list[urllib.request.BaseHandler] = [_Http(endpoint.connect_timeout), _Https(endpoint.connect_timeout)]
    if endpoint.user:
        known = urllib.request.HTTPPasswordMgrWithPriorAuth()
        for url in filter(None, (endpoint.query, endpoint.update, endpoint.graph_store)):
            known.add_password(None, url, endpoint.user, endpoint.password)
        handlers += [urllib.request.HTTPBasicAuthHandler(known), _RememberedDigest(known)]
    return urllib.request.build_opener(_NoRedirection, *handlers)


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class _RememberedDigest(urllib.request.HTTPDigestAuthHandler):
    """Digest credentials that come with every request after the first challenge.

    A server that asks for them again after a large body closes the connection while it is sent.
    """

    _challenge: dict[str, str] | None = None

    def http_error_401(self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        scheme, _, challenge = headers.get("WWW-Authenticate", "").partition(" ")
        if scheme.lower() == "digest":
            parts = filter(None, urllib.request.parse_http_list(challenge))
            self._challenge = urllib.request.parse_keqv_list(list(parts))
        fp.close()  # urllib asks again and leaves it open
        return super().http_error_401(req, fp, code, msg, headers)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        known = self._challenge if not req.has_header(self.auth_header) else None
        if known and (answer := self.get_authorization(req, known)):
            req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


class _Patience(http.client.HTTPConnection):
    """Waits one time for the connection (TLS included) and another for the answer."""

    connect_timeout: float = 0

    def connect(self) -> None:
        answer, self.timeout = self.timeout, self.connect_timeout
        super().connect()
        self.timeout = answer
        self.sock.settimeout(answer)


class _SecurePatience(_Patience, http.client.HTTPSConnection):
    """The same over TLS."""


def _patient(kind: type[_Patience], connect_timeout: float) -> Any:
    def made(host: str, **options: Any) -> _Patience:
        connection = kind(host, **options)
        connection.connect_timeout = connect_timeout
        return connection

    return made


class _Http(urllib.request.HTTPHandler):
    def __init__(self, connect_timeout: float) -> None:
        super().__init__()
        self._made = _patient(_Patience, connect_timeout)

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, connect_timeout: float) -> None:
        super().__init__()
        self._made = _patient(_SecurePatience, connect_timeout)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)
