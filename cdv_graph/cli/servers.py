"""Options that name a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["endpoint_options"]

F = TypeVar("F", bound=Callable[..., Any])


def endpoint_options(*, updated: bool = False) -> Callable[[F], F]:
    """`--endpoint`, `--graph-store` and, where a command writes, `--update`."""

    def added(command: F) -> F:
        graph_store = "Address of the graph store protocol, where the server has one."
        command = click.option("--graph-store", default="", metavar="URL", help=graph_store)(command)
        if updated:
            update = "Address that takes updates, where it is another."
            command = click.option("--update", default="", metavar="URL", help=update)(command)
        endpoint = "Address of the SPARQL 1.1 endpoint."
        return click.option("--endpoint", required=True, metavar="URL", help=endpoint)(command)

    return added
