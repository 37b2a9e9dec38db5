"""Where a server answers, how long it is waited for, and who asks."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cdv_graph.errors import InputError

__all__ = ["PASSWORD", "USER", "Endpoint"]

USER, PASSWORD = "CDV_ENDPOINT_USER", "CDV_ENDPOINT_PASSWORD"


def _from_environment(name: str) -> str:
    return os.environ.get(name, "")


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL 1.1 endpoint.

    The user and the password come from the environment (`CDV_ENDPOINT_USER`, `CDV_ENDPOINT_PASSWORD`), are sent only to
    these addresses and only when the server asks for them (basic or digest), and stand in no message.

    Attributes:
        query: the address that answers queries.
        update: the address that takes updates; that of queries by default.
        graph_store: the address of the graph store protocol, where the server has one.
        connect_timeout: seconds to wait for a connection.
        answer_timeout: seconds to wait for a whole answer.
        retries: how many times a read is tried again where the server is not reached, or says 429, 502, 503 or 504.
        page: how many rows are asked for at once where a graph is read page by page.
        url_limit: the longest address of a GET; longer queries are sent by POST.

    Raises:
        InputError: an address is not `http://…` or `https://…`, or holds a user or a password.

    Example:
        >>> Endpoint("http://localhost:8890/sparql").updated_at
        'http://localhost:8890/sparql'
    """

    query: str
    update: str = ""
    graph_store: str = ""
    connect_timeout: float = 10.0
    answer_timeout: float = 300.0
    retries: int = 3
    page: int = 10_000
    url_limit: int = 2_000
    user: str = field(default_factory=lambda: _from_environment(USER), repr=False)
    password: str = field(default_factory=lambda: _from_environment(PASSWORD), repr=False)

    def __post_init__(self) -> None:
        for url in filter(None, (self.query, self.update, self.graph_store)):
            parts = urlsplit(url)
            if parts.username is not None or parts.password is not None:
                raise InputError("remote.credentials-in-url", host=parts.hostname, user=USER, password=PASSWORD)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise InputError("remote.not-a-url", url=url)

    @property
    def updated_at(self) -> str:
        """The address that takes updates."""
        return self.update or self.query

    @property
    def name(self) -> str:
        """The address as messages tell it, without what follows « ? »: it may hold a key."""
        return self.query.partition("?")[0]

    def scrubbed(self, words: str) -> str:
        """Words of the server without the password, should it repeat it."""
        return words.replace(self.password, "***") if self.password else words
