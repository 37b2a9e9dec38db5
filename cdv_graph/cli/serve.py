"""`cdv-graph serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option
from cdv_graph.errors import InputError

__all__ = ["command"]

_LEVELS = ("debug", "info", "warning", "error")


@click.command("serve")
@graph_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--public", is_flag=True, help="Allow an address that other machines reach.")
@click.option("--name", "names", multiple=True, help="With --public: a name that requests may call the server by.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of ORIGIN read answers; « * » for all.")
@click.option("--workers", type=click.IntRange(2, 64), default=8, show_default=True, help="Questions answered at once.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="Seconds of a question."
)
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of an answer.")
@click.option("--max-bytes", type=click.IntRange(1024), default=16 << 20, show_default=True, help="Bytes of an answer.")
@click.option("--max-memory", type=click.IntRange(16), default=512, show_default=True, help="MB of a question.")
@click.option("--queue", type=click.IntRange(1, 10_000), default=128, show_default=True, help="Questions that wait.")
@click.option(
    "--cache", type=click.IntRange(0), default=32, show_default=True, help="MB of answers kept; 0 keeps none."
)
@click.option(
    "--watch", type=click.FloatRange(0.1), default=2, show_default=True, help="Seconds between looks at the data."
)
@click.option("--log-level", type=click.Choice(_LEVELS), default="info", show_default=True, help="What is logged.")
@lang_option
def command(
    graph_path: Path | str | None,
    data: Path | None,
    host: str,
    port: int,
    public: bool,
    names: tuple[str, ...],
    cors: tuple[str, ...],
    workers: int,
    timeout: float,
    max_rows: int,
    max_bytes: int,
    max_memory: int,
    queue: int,
    cache: int,
    watch: float,
    log_level: str,
    lang: str,
) -> None:
    """Serve the graph over HTTP, read-only: a SPARQL 1.1 endpoint at /sparql, /health.

    The address is written to stdout once the server answers; logs, one JSON object per line, go to stderr. A question
    past its bounds (time, rows, bytes, memory) is ended and told which bound it met, and the next one is answered. New
    data at the same place (--graph or --data) is served as soon as it is whole; broken data is logged, and what was
    served stays.
    Ctrl-C or SIGTERM stops the server once answers under way are given.

    \b
    Examples:
      cdv-graph serve
      cdv-graph serve --graph graphe.nq --port 0 --timeout 10
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?p a cdv:Partner } LIMIT 5' \\
           http://127.0.0.1:8000/sparql
      cdv-graph serve --host 0.0.0.0 --public --name graphe.example.org    # behind a proxy that speaks TLS
    """
    try:
        from cdv_graph.server.app import Settings, serve
        from cdv_graph.server.limits import MEGABYTE, Limits
        from cdv_graph.server.log import configure
        from cdv_graph.server.source import Source
    except ImportError as error:
        raise InputError("server.needs", package=error.name) from error
    if graph_path and data:
        raise InputError("cli.data-or-graph")
    if isinstance(graph_path, str):
        raise InputError("server.address", address=graph_path)
    limits = Limits(
        workers=workers,
        timeout=timeout,
        rows=max_rows,
        size=max_bytes,
        memory=max_memory * MEGABYTE,
        queue=queue,
        cache=cache * MEGABYTE,
    )
    settings = Settings(host, port, cors, names, watch, limits)
    if not (settings.loopback or public):
        raise InputError("server.public", host=host)
    configure(log_level)
    serve(Source(graph_path, data), settings, click.echo)
