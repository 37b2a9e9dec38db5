"""What a server answers, as RDF terms: read from the connection as it comes, in whatever format was agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Generic, TypeVar, cast

import pyoxigraph as ox

from cdv_graph.errors import InputError, QueryError, StoreError
from cdv_graph.store.base import Answer, Term
from cdv_graph.store.remote.body import Body
from cdv_graph.store.remote.endpoint import Endpoint

__all__ = ["answer", "rows", "triples"]

T = TypeVar("T")
Row = tuple[Term | None, ...]


class _Here(Generic[T]):
    """What pyoxigraph lets no other thread drop: an error, which may end up in any thread, must not hold it."""

    def __init__(self, held: T) -> None:
        self._held: T | None = held

    def __enter__(self) -> Callable[[], T]:
        return lambda: cast(T, self._held)

    def __exit__(self, *_: object) -> None:
        self._held = None


def answer(endpoint: Endpoint, body: Body, form: str) -> Answer:
    """The whole answer to a query.

    Raises:
        StoreError: the server does not answer what was asked for, or breaks off.
        QueryError: the server cut the answer short.
    """
    with body:
        if form in ("CONSTRUCT", "DESCRIBE"):
            return Answer(triples=tuple(triples(endpoint, body)))
        with _Here(_solutions(endpoint, body)) as found:
            if isinstance(told := found(), ox.QueryBoolean):
                return Answer(boolean=bool(told))
            variables = tuple(variable.value for variable in told.variables)
            del told
            held = tuple(_whole(endpoint, body, found))
        if form == "ASK":  # Virtuoso answers with one number, 1 or 0, or with nothing
            return Answer(
                boolean=any(isinstance(term, ox.Literal) and term.value != "0" for row in held for term in row)
            )
        return Answer(variables, held)


def rows(endpoint: Endpoint, body: Body) -> Iterator[Row]:
    """The rows of a SELECT, one by one: none is kept.

    Raises:
        StoreError, QueryError: as `answer`.
    """
    with body, _Here(_solutions(endpoint, body)) as found:
        if isinstance(found(), ox.QueryBoolean):
            raise StoreError("remote.not-understood", endpoint=endpoint.name, media=body.media_type, why="boolean")
        yield from _whole(endpoint, body, found)


def triples(endpoint: Endpoint, body: Body) -> Iterator[ox.Triple]:
    """Triples, one by one.

    Raises:
        StoreError: as `answer`.
    """
    with body:
        kind = ox.RdfFormat.from_media_type(body.media_type)
        if kind is None:
            raise StoreError("remote.not-understood", endpoint=endpoint.name, media=body.media_type, why="?")
        with _Here(_understood(endpoint, body, lambda: ox.parse(cast(IO[bytes], body), format=kind))) as found:
            while (quad := _understood(endpoint, body, lambda: next(found(), None))) is not None:
                yield quad.triple


def _solutions(endpoint: Endpoint, body: Body) -> ox.QuerySolutions | ox.QueryBoolean:
    kind = ox.QueryResultsFormat.from_media_type(body.media_type)
    if kind is None:
        raise StoreError("remote.not-understood", endpoint=endpoint.name, media=body.media_type, why="?")
    return _understood(endpoint, body, lambda: ox.parse_query_results(cast(IO[bytes], body), format=kind))


def _whole(endpoint: Endpoint, body: Body, found: Callable[[], ox.QuerySolutions | ox.QueryBoolean]) -> Iterator[Row]:
    """The rows, and an error after the last where the server held others back."""
    count = 0
    while (row := _understood(endpoint, body, lambda: next(cast(ox.QuerySolutions, found()), None))) is not None:
        count += 1
        yield cast(Row, tuple(row))
    # Virtuoso: the most rows that it sends, told where it stopped there; and a search ended before its time
    if body.header("X-SPARQL-MaxRows") == str(count) or body.header("X-SQL-State") == "S1TAT":
        raise QueryError("remote.cut", endpoint=endpoint.name, rows=count)


def _understood(endpoint: Endpoint, body: Body, parse: Callable[[], T]) -> T:
    try:
        return parse()
    except (SyntaxError, ValueError, OSError, InputError) as error:
        if body.failure:
            raise body.failure from None
        media = body.media_type
        raise StoreError("remote.not-understood", endpoint=endpoint.name, media=media, why=str(error)) from error
