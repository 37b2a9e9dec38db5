"""`cdv-graph pull`: the graph of a server, in a file or a folder."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, say, write_bytes
from cdv_graph.cli.servers import endpoint_options
from cdv_graph.errors import InputError
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("pull")
@endpoint_options()
@click.option(
    "--named-graph", "graphs", multiple=True, help="IRI of a named graph to read; all by default. Repeatable."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FOLDER of a store, or FILE (.nq .trig, or without named graphs .ttl .nt .rdf .jsonld).",
)
@lang_option
def command(endpoint: str, graph_store: str, graphs: tuple[str, ...], output: Path, lang: str) -> None:
    """Read the named graphs of a SPARQL 1.1 server into a file or the folder of a store.

    Everything is read before OUTPUT is swapped in. A graph of which the server sends fewer statements than it counts is
    an error. With --graph-store each graph comes in one request; without it, page by page.

    \b
    Examples:
      cdv-graph pull --endpoint http://localhost:8890/sparql -o graph.nq
      cdv-graph pull --endpoint http://localhost:8890/sparql -o store/
      cdv-graph pull --endpoint http://localhost:8890/sparql -o graph.nq && cdv-graph diff shipped graph.nq
    """
    from cdv_graph.build import publish
    from cdv_graph.opening import open_server
    from cdv_graph.store import FORMATS, write_rdf
    from cdv_graph.store.transfer import pull

    ending = output.suffix.lstrip(".").lower()
    if ending and ending not in FORMATS and not output.is_dir():
        raise InputError("cli.unknown-ending", path=output, ending=f".{ending}", known=", ".join(FORMATS))
    server = open_server(endpoint, graph_store=graph_store)
    store = pull(server, graphs, progress=lambda graph: say(message("cli.pulling", graph=graph), lang))
    if not len(store):
        raise InputError("graph.empty-store", path=endpoint)
    if ending in FORMATS and ending != "nq":
        write_bytes(write_rdf(store.quads(), ending), output)
    else:
        publish(store, output)
    say(message("cli.built", count=len(store), path=output), lang)
