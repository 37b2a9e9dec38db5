"""`cdv-graph diff OLD NEW`: what changed from one build of the graph to the next."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, output_options, say, write_told
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--evidence", is_flag=True, help="Tell readings and passages for themselves too.")
@click.option(
    "--inferred", is_flag=True, help="Tell what is derived too: inferred graphs, search keys, bounds of dates."
)
@click.option("--summary", is_flag=True, help="Only one line per class: how many nodes and facts changed.")
@click.option("--exit-code", "as_code", is_flag=True, help="Exit with 1 where something differs, as git diff does.")
@output_options
@lang_option
def command(
    old: str,
    new: str,
    evidence: bool,
    inferred: bool,
    summary: bool,
    as_code: bool,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> int:
    """What changed from one build of the graph to the next, fact by fact, with lines.

    OLD and NEW are the folder of a store, an RDF file (.nq .trig .ttl …), a folder of tables (built aside, not
    published), or « shipped ».

    \b
    Changes:
      added, removed  a node with its facts, or one value of a property of a node that is in both
      changed         a property that has one value in each: old and new
      moved           the same facts, read at other lines: old and new hold the lines

    Columns: change, class, node, label, property (empty for a whole node), old, new, document, start_line, end_line;
    one row per passage. A table on a terminal comes after the summary by class. Readings and passages give the lines
    and are not told for themselves without --evidence.

    \b
    Examples:
      cdv-graph diff shipped my-tables/
      cdv-graph diff before.nq after.nq -o changes.csv
      cdv-graph diff data-of-yesterday/ data/ --summary
      cdv-graph diff shipped graph.nq --exit-code --format json
    """
    from cdv_graph.builds import diff

    found = diff(old, new, evidence=evidence, inferred=inferred)
    write_told(found.summary(), found.rows, output, form, excel, lang, only_summary=summary)
    if found.untold:
        say(message("cli.untold", count=found.untold), lang)
    return int(as_code and bool(found))
