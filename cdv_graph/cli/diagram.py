"""`cdv-graph diagram`: pictures of the graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, say
from cdv_graph.messages import message

__all__ = ["command"]


@click.group("diagram")
def command() -> None:
    """Draw the graph.

    \b
    Kinds:
      contract     one contract: themes, dispositifs, carriers
      dispositif   who articulates a dispositif, and how
      partner      a partner among its roles, and who shares its fiches
      partners     who works with whom on the fiches of a contract
      governance   bodies of a contract, who chairs and sits, what is shared
    """


@command.command("contract")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@click.option("--theme", default="", help="Keep one theme and its sub-themes.")
@click.option("--all", "everything", is_flag=True, help="Draw every dispositif, not only the strongest of each theme.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FILE.html, .svg, .png, .pdf, .graphml, .gexf or .json.",
)
@graph_options
@lang_option
def contract(
    contract: str,
    theme: str,
    everything: bool,
    output: Path,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """The articulations of one contract: themes, dispositifs, carriers.

    \b
    Examples:
      cdv-graph diagram contract --contract clermont-2024 -o clermont.html
      cdv-graph diagram contract --contract Clermont --theme santé -o sante.svg
    """
    from cdv_graph.diagram import draw

    network = load_graph(graph_path, data, lang).network("contract", contract=contract, theme=theme)
    draw(network, output, lang=lang, everything=everything)
    say(message("cli.drawn", path=output), lang)


def _picture(kind: str, output: Path, graph_path: Path | None, data: Path | None, lang: str, **given: str) -> None:
    """Ask for a kind of diagram and draw it."""
    from cdv_graph.diagram import draw
    from cdv_graph.diagram.kinds import network_kinds

    draw(getattr(network_kinds, kind)(load_graph(graph_path, data, lang).store, **given, lang=lang), output)
    say(message("cli.drawn", path=output), lang)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    out = click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="FILE.svg, .png or .pdf.")
    return out(graph_options(lang_option(function)))


@command.command("dispositif")
@click.option("--dispositif", required=True, help="Dispositif, type or local (acronym, code or name).")
@click.option("--contract", default="", help="Only this contract.")
@_options
def dispositif(**given: Any) -> None:
    """Who articulates a dispositif, by which elements, how, with which local one, carried by whom.

    \b
    Example:
      cdv-graph diagram dispositif --dispositif cls -o cls.svg
    """
    _picture("dispositif", **given)


@command.command("partner")
@click.option("--partner", required=True, help="Partner (code or name).")
@click.option("--contract", default="", help="Only this contract.")
@_options
def partner(**given: Any) -> None:
    """A partner among what it pilots, signs, sits in, carries …, and who shares its fiches.

    \b
    Example:
      cdv-graph diagram partner --partner CAF --contract montpellier-2016 -o caf.svg
    """
    _picture("partner", **given)


@command.command("partners")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@click.option("--theme", default="", help="Only fiches of this theme and its sub-themes.")
@_options
def partners(**given: Any) -> None:
    """Who works with whom on the fiches of a contract.

    \b
    Example:
      cdv-graph diagram partners --contract montpellier-2016 -o partners.svg
    """
    _picture("partners", **given)


@command.command("governance")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@_options
def governance(**given: Any) -> None:
    """Bodies of a contract, who chairs and sits, what is shared with dispositifs, who sits without signing.

    \b
    Example:
      cdv-graph diagram governance --contract clermont-2024 -o governance.svg
    """
    _picture("governance", **given)
