"""Every kind of store, made to hold the same graphs. A store that is added here runs all behaviours and all questions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from server_process import serving
from standin import StandIn

from cdv_graph import connect
from cdv_graph.build import publish
from cdv_graph.store import EmbeddedStore, Store, to_rdflib

__all__ = ["STORES", "Factory"]

# what a store must hold, and the test that asks for it -> the store
Factory = Callable[[EmbeddedStore, pytest.FixtureRequest], Store]


def _folder(held: EmbeddedStore, request: pytest.FixtureRequest) -> Store:
    place = request.getfixturevalue("tmp_path_factory").mktemp("folder") / "store"
    publish(held, place)
    return connect(place).store


def _server(held: EmbeddedStore, request: pytest.FixtureRequest, *, union: bool) -> Store:
    server = StandIn(union=union)
    request.addfinalizer(server.close)
    server.store.bulk_extend(held.quads())
    return connect(server.sparql).store


def _endpoint(held: EmbeddedStore, request: pytest.FixtureRequest) -> Store:
    """Our own endpoint, in a process of its own."""
    file = request.getfixturevalue("tmp_path_factory").mktemp("endpoint") / "graph.nq"
    file.write_bytes(held.nquads())
    running = contextlib.ExitStack()
    request.addfinalizer(running.close)
    server = running.enter_context(serving("--graph", str(file)))
    return connect(server.address.rstrip("/") + "/sparql").store


STORES: dict[str, Factory] = {
    "memory": lambda held, _: held,
    "folder": _folder,
    "rdflib": lambda held, _: connect(to_rdflib(held.quads())).store,
    "server": lambda held, request: _server(held, request, union=True),
    "server-without-union": lambda held, request: _server(held, request, union=False),
    "endpoint": _endpoint,
    "virtuoso": lambda held, request: request.getfixturevalue("virtuoso").holding(held),
}
