"""`cdv-graph evidence`: where a node was read, with the sentence where the corpus is at hand."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, output_options, write_rows

__all__ = ["command"]


@click.command("evidence")
@click.argument("node")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CDV_CORPUS",
    help="Folder of the source documents (CDV_CORPUS): adds the text of each passage; the hash of the file is checked.",
)
@graph_options
@output_options
@lang_option
def command(
    node: str,
    corpus: Path | None,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> None:
    """Show where a node was read: every value with its document and lines.

    NODE is an IRI, a prefixed name, or the end of one.

    \b
    Examples:
      cdv-graph evidence commitment:clermont-2024.pays-coeur-d-herault-4
      cdv-graph evidence action/p1.os1.oo1.a2 --corpus documents/
    """
    graph = load_graph(graph_path, data, lang)
    result = graph.answer("evidence", node=node)
    if corpus is not None:
        from cdv_graph.evidence import with_text

        result = with_text(graph.store, result, corpus)
    write_rows(result, output, form, excel)
