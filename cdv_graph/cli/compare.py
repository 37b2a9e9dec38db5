"""`cdv-graph compare A B`: two contracts, two generations, or a contract and a document about its region."""

from __future__ import annotations

from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, output_options, write_told

__all__ = ["command"]

# what a terminal shows; files hold every column
_SHOWN = ("aspect", "item", "label", "found", "a", "b", "lines_a", "lines_b")


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option(
    "--aspect",
    "chosen",
    multiple=True,
    metavar="ASPECT",
    help="Only this aspect; all by default. Repeatable.",
)
@click.option("--theme", default="", help="Only what is on this theme and its sub-themes.")
@click.option("--summary", is_flag=True, help="Only one line per aspect: how many common, only in one; Jaccard.")
@graph_options
@output_options
@lang_option
def command(
    a: str,
    b: str,
    chosen: tuple[str, ...],
    theme: str,
    summary: bool,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> None:
    """What two contracts have in common, and what is only, or stronger, in one.

    A and B are contracts, amendments or calls (code, slug or name), generations (2015-2023), or a document that speaks
    of several contracts (occitanie-2025): then what it states and what it says its contracts do.

    \b
    Aspects: dispositifs, themes, pilots, associated-partners, carriers, signatories, members, funders, bodies,
    publics, neighbourhoods, strategy, commitments, legal-texts.

    \b
    Found:
      common                  in both
      stronger-a, stronger-b  in both: a stronger mode (dispositifs), or a share of the elements that is higher beyond
                              chance (95 % intervals of Wilson lie apart; between two contracts only)
      only-a, only-b          in one, and the other was read for this aspect
      not-known               in one; the other was not read for this aspect, or is known through other documents only

    Columns: aspect, item, label, found, a, b (strongest mode, or number of elements), elements_a of of_a, elements_b of
    of_b, contracts_a, contracts_b (of how many contracts), stated_a, stated_b (rates that a document states), theme,
    category, lines_a, lines_b. A table on a terminal shows the main ones, after the summary.

    \b
    Examples:
      cdv-graph compare montpellier-2016 montpellier-2021
      cdv-graph compare 2015-2023 2024-2030 --aspect dispositifs --theme santé
      cdv-graph compare clermont-2024 occitanie-2025 -o clermont-region.xlsx
      cdv-graph compare Clermont ales-2015 --summary --format json
    """
    found = load_graph(graph_path, data, lang).comparison(a, b, aspect=chosen, theme=theme)
    write_told(found.summary(lang), found.rows, output, form, excel, lang, shown=_SHOWN, only_summary=summary)
