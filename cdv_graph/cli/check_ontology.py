"""`cdv-graph check-ontology`: the ontology, or an extension of it, against the rules of ontologies."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, output_options, write_rows

__all__ = ["command"]


@click.command("check-ontology")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@output_options
@lang_option
def command(
    files: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> int:
    """Check an ontology: header, labels, definitions, namespaces, hierarchy, deprecated and undeclared terms.

    FILES are RDF files (.ttl .rdf .owl .nt .jsonld …) or folders of them, read together and checked with the shipped
    ontology at hand: yours extends it, or is a changed copy of it. Without FILES, the shipped ontology is checked.
    Every fault is told with its file, line and term, and how to mend it.

    Exit code 0: no fault; 1: faults; 2: a file cannot be read.

    \b
    Examples:
      cdv-graph check-ontology
      cdv-graph check-ontology my-extension.ttl
      cdv-graph check-ontology my-extension.ttl -o faults.xlsx --lang en
    """
    from cdv_graph.query import Result
    from cdv_graph.validate import check_ontology
    from cdv_graph.validate.ontology import ONTOLOGY_COLUMNS

    report = check_ontology(files)
    if output is not None or form is not None:
        write_rows(Result(ONTOLOGY_COLUMNS, [list(row) for row in report.rows(lang)]), output, form, excel)
    else:
        click.echo(report.to_text(lang))
    return 0 if report.conforms else 1
