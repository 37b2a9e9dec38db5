"""`cdv-graph push`: the graph onto a server, named graph by named graph."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, output_options, say, write_rows
from cdv_graph.cli.servers import endpoint_options
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("push")
@endpoint_options(updated=True)
@click.option("--dry-run", is_flag=True, help="Only tell what differs; write nothing.")
@graph_options
@output_options
@lang_option
def command(
    endpoint: str,
    update: str,
    graph_store: str,
    dry_run: bool,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> int:
    """Load the graph onto a SPARQL 1.1 server, read it back, and tell what differs.

    A named graph that is the same there is not written. The others are replaced one by one, each at once: by the graph
    store protocol with --graph-store, which is faster, else by updates. Graphs that only the server has are left alone.
    User and password: the environment variables CDV_ENDPOINT_USER and CDV_ENDPOINT_PASSWORD.

    Columns: graph, here, there (statements), missing (here only), extra (there only), digest, done (same, replaced,
    differs). Exit code 1 where a graph still differs once it is written.

    \b
    Examples:
      cdv-graph push --endpoint http://localhost:8890/sparql-auth --graph-store http://localhost:8890/sparql-graph-crud-auth
      cdv-graph push --endpoint http://localhost:3030/cdv/query --update http://localhost:3030/cdv/update --dry-run
    """
    from cdv_graph.opening import open_server
    from cdv_graph.query import Cell, Result
    from cdv_graph.store.transfer import push

    store = load_graph(graph_path, data, lang).store
    server = open_server(endpoint, update=update, graph_store=graph_store)
    states = list(
        push(store, server, dry_run=dry_run, progress=lambda graph: say(message("cli.pushing", graph=graph), lang))
    )
    columns = ("graph", "here", "there", "missing", "extra", "digest", "done")
    rows: list[list[Cell]] = [
        [
            *(state.graph, state.here, state.there, state.missing, state.extra, state.digest),
            "differs" if not state.same else "replaced" if state.replaced else "same",
        ]
        for state in states
    ]
    write_rows(Result(columns, rows), output, form, excel, lang)
    return int(not dry_run and not all(state.same for state in states))
