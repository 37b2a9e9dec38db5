"""Opening a graph: the shipped one, one built before, one on a server, one of rdflib."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cdv_graph.build import load_store
from cdv_graph.errors import InputError, StoreError
from cdv_graph.graph import Graph
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore, from_rdflib, read_rdf

if TYPE_CHECKING:
    import rdflib

    from cdv_graph.messages import Message
    from cdv_graph.store.remote import SparqlStore

__all__ = ["connect", "load", "open_graph", "open_server"]


def load(
    data: Path | str | None = None, *, cache: bool = True, progress: Callable[[Message], None] | None = None
) -> Graph:
    """The graph of a data folder, from the cache if it was built before.

    Args:
        data: a folder of reviewed tables; the shipped one by default.
        cache: use the user's cache folder (`CDV_CACHE` names another).
        progress: called with one message per step of a build; `str(message)` is English.

    Raises:
        TableError: tables hold faults; the error lists every one.
        InputError: the folder cannot be read.

    Example:
        >>> len(load()) > 10_000
        True
    """
    place = Path(data) if data is not None else None
    return Graph(load_store(place, cache=cache, progress=progress or (lambda _: None)), place or folder("data"))


def open_graph(path: Path | str) -> Graph:
    """A graph that was built before: the folder of a store, or an RDF file.

    Args:
        path: a folder written by `cdv-graph build -o FOLDER`, or a `.nq .trig .ttl .nt .rdf .jsonld` file.

    Raises:
        StoreError: it holds no statement, or cannot be parsed (the message tells the line).
        InputError: there is nothing there.
    """
    place = Path(path)
    if not place.exists():
        raise InputError("graph.nothing-there", path=place)
    store = EmbeddedStore.open(place) if place.is_dir() else read_rdf(place)
    if not len(store):
        raise StoreError("graph.empty-store", path=place)
    return Graph(store)


def open_server(url: str, *, update: str = "", graph_store: str = "") -> SparqlStore:
    """The store on a server; nothing is asked of it yet.

    Args:
        url: the address that answers queries.
        update: the address that takes updates, where it is another.
        graph_store: the address of the graph store protocol, where the server has one.

    Raises:
        InputError: an address is none, or holds a user or a password.
        StoreError: SPARQLWrapper is not installed (`pip install 'cdv-graph[remote]'`).
    """
    try:
        from cdv_graph.store.remote import Endpoint, SparqlStore
    except ImportError as error:
        raise StoreError("remote.not-installed") from error
    return SparqlStore(Endpoint(url, update, graph_store))


def connect(source: str | Path | rdflib.Graph, *, update: str = "", graph_store: str = "") -> Graph:
    """A graph wherever it lives, with the same questions everywhere.

    Args:
        source: the address of a SPARQL 1.1 endpoint (`http://…`, `https://…`; user and password in the environment
            variables `CDV_ENDPOINT_USER` and `CDV_ENDPOINT_PASSWORD`); an rdflib graph or dataset, which is copied as
            it is now and left alone; or what `open_graph` opens.
        update: the address that takes updates, where it is another.
        graph_store: the address of the graph store protocol, where the server has one.

    Raises:
        StoreError, InputError: as `open_graph`; a server is first asked by the first question.

    Example:
        >>> import rdflib
        >>> mine = rdflib.Graph().parse(data="<urn:a> <urn:b> 'c' .")
        >>> len(connect(mine))
        1
    """
    if not isinstance(source, str | Path):
        return Graph(from_rdflib(source))
    if isinstance(source, str) and "://" in source:
        return Graph(open_server(source, update=update, graph_store=graph_store))
    return open_graph(source)
