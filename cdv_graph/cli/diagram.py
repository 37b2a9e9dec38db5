"""`cdv-graph diagram`: pictures of the graph."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, say
from cdv_graph.messages import message

__all__ = ["command"]


@click.group("diagram")
def command() -> None:
    """Draw the graph.

    \b
    Kinds:
      contract   one contract: themes, dispositifs, carriers
    """


@command.command("contract")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@click.option("--theme", default="", help="Keep one theme and its sub-themes.")
@click.option("--all", "everything", is_flag=True, help="Draw every dispositif, not only the strongest of each theme.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FILE.html, .svg, .png, .pdf, .graphml, .gexf or .json.",
)
@graph_options
@lang_option
def contract(
    contract: str,
    theme: str,
    everything: bool,
    output: Path,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """The articulations of one contract: themes, dispositifs, carriers.

    \b
    Examples:
      cdv-graph diagram contract --contract clermont-2024 -o clermont.html
      cdv-graph diagram contract --contract Clermont --theme santé -o sante.svg
    """
    from cdv_graph.diagram import draw

    network = load_graph(graph_path, data, lang).network("contract", contract=contract, theme=theme)
    draw(network, output, lang=lang, everything=everything)
    say(message("cli.drawn", path=output), lang)
