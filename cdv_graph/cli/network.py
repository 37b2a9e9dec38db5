"""`cdv-graph network`: the networks of the graph and the measures on them."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cdv_graph.analysis import MEASURES
from cdv_graph.cli.common import (
    format_of,
    graph_options,
    lang_option,
    load_graph,
    output_options_of,
    write_bytes,
    write_rows,
)
from cdv_graph.errors import InputError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network

__all__ = ["command"]

_TABLES = {"txt": "table", "csv": "csv", "json": "json", "xlsx": "xlsx", "md": "md"}
# tables come first: `.json` and `.csv` are the rows; what draws them is asked by its name
_DRAWN = {form: form for form in ("html", "svg", "png", "pdf", "mmd", "graphml", "gexf", "dot")}
_NAMED = {"cytoscape": "json", "nodes.csv": "nodes.csv", "edges.csv": "edges.csv"}
_ONLY = "Keep what is of one "


def _measured(network: Network, name: str, onto: str | None, given: dict[str, Any]) -> pd.DataFrame:
    """The frame of a measure, of the network or of its projection."""
    from cdv_graph.analysis import project
    from cdv_graph.analysis.networks.build import kinds_of

    taken = inspect.signature(MEASURES[name]).parameters
    weighting = {} if name == "projection" or not onto else {"weighting": given.pop("weighting", "newman")}
    for option in given:
        if option not in taken:
            flag = "--test" if option == "measure" else f"--{option}"
            raise InputError("cli.no-such-option", measure=name, option=flag)
    if name == "projection":
        if not onto:
            raise InputError("cli.needs-onto", kinds=", ".join(kinds_of(network)))
        return MEASURES[name](network, onto, **given)
    return MEASURES[name](project(network, onto, **weighting) if onto else network, **given)


@click.command("network")
@click.argument("kind")
@click.option("--contract", default="", help=f"{_ONLY}contract, amendment or call for projects (code, slug or name).")
@click.option("--theme", default="", help=f"{_ONLY}theme and its sub-themes.")
@click.option("--document", default="", help=f"{_ONLY}source document.")
@click.option("--generation", default="", help=f"{_ONLY}generation of contracts (2015-2023, 2024-2030).")
@click.option("--measure", type=click.Choice(list(MEASURES)), help="Measure it, instead of listing its edges.")
@click.option("--onto", metavar="KIND", help="Project it first onto the nodes of a kind: tied where they share a tie.")
@click.option("--weighting", type=click.Choice(["newman", "count"]), help="Of the projection.  [default: newman]")
@click.option("--of", "node_kind", metavar="KIND", help="Nodes to compare, take away or test.")
@click.option("--test", metavar="NAME", help="What chance tests: betweenness, shared, modularity, cut-points …")
@click.option("--samples", type=int, help="How many random networks chance draws.  [default: 199]")
@click.option("--seed", type=int, help="Seed of communities and chance.  [default: 1]")
@click.option("--all", "everything", is_flag=True, help="Draw all of it, not only the strongest nodes.")
@output_options_of({**_TABLES, **_DRAWN}, *_NAMED)
@graph_options
@lang_option
def command(
    kind: str,
    contract: str,
    theme: str,
    document: str,
    generation: str,
    measure: str | None,
    onto: str | None,
    weighting: str | None,
    node_kind: str | None,
    test: str | None,
    samples: int | None,
    seed: int | None,
    everything: bool,
    output: Path | None,
    form: str | None,
    excel: bool,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """Draw a network, list its edges, write it for other programs, or measure it.

    \b
    KIND (nodes and what ties them):
      contract                   one contract as it is drawn: themes, dispositifs, carriers
      contract-dispositif        contracts and what they are articulated with
      contract-dispositif-theme  the same, and the themes of each dispositif
      partner-dispositif         partners and the dispositifs that they carry
      partner-sheet              partners and the sheets that they pilot or are associated with
      partner-body               partners and the bodies that they sit in
      sheet-sheet                sheets tied by the partners they share
      territory                  places within places, contracts and neighbourhoods on them

    \b
    --measure:
      centrality     degree, strength, betweenness, core, for each node
      cut-points     nodes without which a part falls off;  bridges: edges likewise
      communities    groups of nodes (Louvain), with the modularity
      holes          constraint and effective size (best with --onto)
      projection     pairs of nodes of a kind (--onto) that share a tie
      similarity     contracts two by two (--of another kind): Jaccard, weighted by mode
      robustness     what is left where each partner (--of another kind) withdraws
      chance         which values (--test) are more than random networks with the same degrees have

    What each network and measure means: docs/networks.md.

    \b
    FILE or --format:
      .html .svg .png .pdf .mmd       drawn: page to explore, pictures, Mermaid; the strongest nodes, or --all
      .graphml .gexf .dot cytoscape   all of it, with places and colours: Gephi, yEd, Graphviz, Cytoscape
      nodes.csv edges.csv             the same as two tables, whose ids meet
      .txt .csv .json .xlsx .md       its edges, or a measure, as rows

    \b
    Examples:
      cdv-graph network contract-dispositif --generation 2024-2030 -o contrats.html
      cdv-graph network partner-sheet --contract montpellier-2016 -o fiches.gexf
      cdv-graph network partner-sheet --contract montpellier-2016 --measure robustness -o retraits.xlsx
      cdv-graph network partner-sheet --contract montpellier-2016 --onto partner --measure holes
      cdv-graph network contract-dispositif --measure chance --test shared --of contract
    """
    chosen = {"kind": node_kind, "measure": test, "samples": samples, "seed": seed, "weighting": weighting}
    given = {name: value for name, value in chosen.items() if value is not None}
    wanted = format_of(output, form, {**_TABLES, **_DRAWN})
    drawn = {**_DRAWN, **_NAMED}
    if measure is None and (given or onto):
        raise InputError("cli.needs-measure", known=", ".join(MEASURES))
    if measure is not None and wanted in drawn:
        raise UnknownValueError("format", wanted, list(_TABLES.values()))
    graph = load_graph(graph_path, data, lang)
    network = graph.network(kind, contract=contract, theme=theme, document=document, generation=generation)
    if wanted in drawn:
        from cdv_graph.diagram import render

        write_bytes(render(network, drawn[wanted], lang=lang, everything=everything), output)
        return
    from cdv_graph.analysis import edge_table
    from cdv_graph.analysis.networks.frames import to_result

    rows = edge_table(network) if measure is None else to_result(_measured(network, measure, onto, given))
    write_rows(rows, output, wanted, excel)
