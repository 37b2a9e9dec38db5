"""`cdv-graph validate`: the graph against the shapes."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import (
    graph_options,
    lang_option,
    load_graph,
    output_options,
    say,
    write_bytes,
    write_rows,
)
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("validate")
@click.option(
    "--shapes", type=click.Path(path_type=Path), help="Folder or file of shapes, instead of the shipped ones."
)
@graph_options
@output_options
@lang_option
def command(
    shapes: Path | None,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> int:
    """Check the graph against the SHACL shapes.

    Exit code 0: the graph conforms (warnings are shown); 1: it does not. The standard SHACL report is written to a file
    ending in .ttl; other endings give the problems as rows.

    \b
    Examples:
      cdv-graph validate
      cdv-graph validate --data my-tables -o problems.xlsx
      cdv-graph validate -o report.ttl
    """
    from cdv_graph.query import Result
    from cdv_graph.validate import validate
    from cdv_graph.validate.report import COLUMNS

    graph = load_graph(graph_path, data, lang)
    say(message("cli.validating"), lang)
    report = validate(graph.store, shapes)
    if output is not None and output.suffix == ".ttl":
        write_bytes(report.turtle, output)
    elif output is not None or form is not None:
        write_rows(Result(COLUMNS, [list(row) for row in report.rows(lang)]), output, form, excel)
    else:
        click.echo(report.to_text(lang))
    return 0 if report.conforms else 1
