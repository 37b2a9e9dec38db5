"""`cdv-graph build`: tables to graph, checked, then published at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, say
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("build")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of reviewed tables; the shipped one by default.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    help="Slug of a document to take in; all by default. Repeatable.",
)
@click.option("--base", default="", help="Base IRI to publish under, instead of https://w3id.org/contrat-de-ville/.")
@click.option("--no-validate", is_flag=True, help="Skip the rules of structure (table checks always run).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FOLDER of a store, or FILE.nq (N-Quads).",
)
@lang_option
def command(
    data: Path | None, documents: tuple[str, ...], base: str, no_validate: bool, output: Path, lang: str
) -> int:
    """Build the graph of a data folder and publish it.

    The graph is made aside, its tables are checked cell by cell, and the graph against the rules of structure; only
    then is OUTPUT swapped in. A graph that breaks one is not published (exit code 1): the rows to mend are told.

    \b
    Examples:
      cdv-graph build -o graph.nq
      cdv-graph build --data my-tables -o store/
    """
    from cdv_graph.build import build, publish
    from cdv_graph.namespaces import BASE

    store = build(data, documents, progress=partial(say, lang=lang))
    if not no_validate:
        from cdv_graph.resources import folder
        from cdv_graph.validate import validate

        say(message("cli.validating"), lang)
        report = validate(store, profiles=("structure",), data=data or folder("data"))
        if not report.conforms:
            click.echo(report.to_text(lang), err=True)
            click.echo(message("cli.not-published", path=output).told(lang), err=True)
            return 1
    publish(store, output, base=base or BASE)
    say(message("cli.built", count=len(store), path=output), lang)
    return 0
