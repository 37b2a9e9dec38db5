"""`cdv-graph search`: find anything by its name."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, output_options, write_rows

__all__ = ["command"]


@click.command("search")
@click.argument("text")
@click.option("--kind", help="Keep one kind: partner, dispositif-type, commitment, place …")
@graph_options
@output_options
@lang_option
def command(
    text: str,
    kind: str | None,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> None:
    """Find anything by label, acronym or code, case and accents ignored.

    \b
    Examples:
      cdv-graph search "contrat local de sante"
      cdv-graph search CAF --kind partner
    """
    write_rows(load_graph(graph_path, data, lang).answer("search", text=text, kind=kind), output, form, excel)
