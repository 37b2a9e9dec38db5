"""`cdv-graph build`: tables to graph, checked, then published at once."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, say

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
@click.option("--no-validate", is_flag=True, help="Skip the SHACL check (table checks always run).")
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

    The graph is made aside, its tables are checked cell by cell and its shapes by SHACL; only then is OUTPUT
    swapped in.
    A graph that does not conform is not published (exit code 1).

    \b
    Examples:
      cdv-graph build -o graph.nq
      cdv-graph build --data my-tables -o store/
    """
    from cdv_graph.build import build, publish
    from cdv_graph.namespaces import BASE

    store = build(data, documents, progress=say)
    if not no_validate:
        from cdv_graph.validate import validate

        say("validating")
        report = validate(store)
        if not report.conforms:
            click.echo(report.to_text(lang), err=True)
            click.echo(f"not published: {output}", err=True)
            return 1
    publish(store, output, base=base or BASE)
    say(f"{len(store)} statements in {output}")
    return 0
