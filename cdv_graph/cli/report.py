"""`cdv-graph report`: answers put together as documents."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import format_of, graph_options, lang_option, load_graph, write_bytes

__all__ = ["command"]

_ENDINGS = {"txt": "md", "md": "md", "html": "html"}


@click.group("report")
def command() -> None:
    """Write a document made of answers.

    \b
    Kinds:
      cross-reading   what a document states of many contracts, beside what the graph knows of them
    """


@command.command("cross-reading")
@click.option("--generation", default="2024-2030", show_default=True, help="Generation of the contracts.")
@click.option("--territory", default="Occitanie", show_default=True, help="Where they are (code, slug or name).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="FILE.md or FILE.html; Markdown on stdout by default.",
)
@click.option("-f", "--format", "form", type=click.Choice(("md", "html")), help="Overrides the ending of FILE.")
@graph_options
@lang_option
def cross_reading(
    generation: str,
    territory: str,
    output: Path | None,
    form: str | None,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """The rates of articulation and of signature, recomputed beside those that a document states.

    Each share with its numerator, denominator, list and interval; whether it agrees with what is stated; and what may,
    and may not, be concluded. One file, nothing to fetch.

    \b
    Examples:
      cdv-graph report cross-reading -o lecture.html
      cdv-graph report cross-reading --lang en -o reading.md
    """
    from cdv_graph.report import cross_reading, document, write_document

    chosen = format_of(output, form, _ENDINGS)
    store = load_graph(graph_path, data, lang).store
    write_bytes(write_document(document(cross_reading(store, generation, territory), lang), chosen), output)
