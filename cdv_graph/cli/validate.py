"""`cdv-graph validate`: the graph against the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cdv_graph.cli.common import (
    format_of,
    graph_options,
    lang_option,
    load_graph,
    output_options_of,
    say,
    write_bytes,
    write_rows,
)
from cdv_graph.messages import message

if TYPE_CHECKING:
    from cdv_graph.validate import Report

__all__ = ["command"]

_ROWS = ("table", "csv", "xlsx", "md")
_ENDINGS = {"txt": "text", **{form: form for form in ("csv", "xlsx", "md", "json", "html", "sarif", "ttl")}}
# for --fail-on: the severities that make the command fail
_GRAVE = {"violation": ("violation",), "warning": ("violation", "warning"), "none": ()}


@click.command("validate")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(("structure", "quality", "completeness", "legal")),
    help="Only these rules; all by default. Repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice(tuple(_GRAVE)),
    default="violation",
    show_default=True,
    help="The severity from which the exit code is 1.",
)
@click.option("--contract", default="", help="Only what concerns this contract (slug).")
@click.option("--document", default="", help="Only what was read in this document (slug).")
@click.option(
    "--engine",
    type=click.Choice(("auto", "compiled", "pyshacl")),
    default="auto",
    show_default=True,
    help="Both find the same; pyshacl is the reference, and slower.",
)
@click.option(
    "--shapes", type=click.Path(path_type=Path), help="Folder or file of shapes, instead of the shipped ones."
)
@click.option("--list", "listed", is_flag=True, help="Tell the rules instead: what each checks, why, how to mend.")
@graph_options
@output_options_of(_ENDINGS, "table")
@lang_option
def command(
    profiles: tuple[str, ...],
    fail_on: str,
    contract: str,
    document: str,
    engine: str,
    shapes: Path | None,
    listed: bool,
    graph_path: Path | None,
    data: Path | None,
    excel: bool,
    form: str | None,
    output: Path | None,
    lang: str,
) -> int:
    """Check the graph against the rules, and tell which row of which table to mend.

    Exit code 0: nothing of the severity of --fail-on or above; 1: something is; 2: tables that cannot be read, whose
    faults are told first, or a wrong call.

    \b
    Profiles:
      structure     must hold, or nothing is published
      quality       looks odd, deserves a second look
      completeness  a part that is expected is missing
      legal         what a law asks of a contract, and the graph does not find

    \b
    Examples:
      cdv-graph validate
      cdv-graph validate --data my-tables --profile structure
      cdv-graph validate --contract clermont-2024 --fail-on warning -o problems.xlsx
      cdv-graph validate --data my-tables -o report.html
      cdv-graph validate --list --profile legal
    """
    from cdv_graph.validate import validate

    if listed:
        click.echo(_rules(shapes, profiles, lang))
        return 0
    chosen = format_of(output, form, _ENDINGS)
    graph = load_graph(graph_path, data, lang)
    say(message("cli.validating"), lang)
    report = validate(graph.store, shapes, profiles=profiles, engine=engine, data=graph.data).only(contract, document)
    _write(report, output, chosen, excel, lang, graph.data)
    return int(report.worst() in _GRAVE[fail_on])


def _rules(shapes: Path | None, profiles: tuple[str, ...], lang: str) -> str:
    from cdv_graph.validate import rules
    from cdv_graph.validate.rules import words

    def told(profile: str) -> str:
        return words()["profile"][profile][lang]

    return "\n\n".join(
        f"{rule.code} ({told(rule.profile)}, {words()['severity'][rule.severity][lang]}) {rule.name.told(lang)}\n"
        f"  {rule.message.told(lang)}\n  {rule.why.told(lang)}\n  → {rule.remedy.told(lang)}"
        for rule in rules(shapes, profiles)
    )


def _write(report: Report, output: Path | None, form: str, excel: bool, lang: str, tables: Path | None) -> None:
    from cdv_graph.query import Result
    from cdv_graph.validate.report import COLUMNS
    from cdv_graph.validate.write import write_report

    if form in _ROWS:
        write_rows(Result(COLUMNS, [list(row) for row in report.rows(lang)]), output, form, excel)
    else:
        write_bytes(write_report(report, form, lang, data=_relative(tables)), output)


def _relative(tables: Path | None) -> str:
    """The folder of the tables as a forge names it: from the current folder, where it is below it."""
    if tables is None:
        return ""
    place = tables.resolve()
    return place.relative_to(Path.cwd()).as_posix() if place.is_relative_to(Path.cwd()) else place.as_posix()
