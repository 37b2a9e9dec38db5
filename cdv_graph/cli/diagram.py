"""`cdv-graph diagram`: pictures of the graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, say
from cdv_graph.messages import message

if TYPE_CHECKING:
    from cdv_graph.diagram.model import Diagram

__all__ = ["command"]

F = TypeVar("F", bound=Callable[..., Any])


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
      matrix       who articulates what: dispositifs by contract, or themes by partner
      flow         what became of the sheets from one document to the next
      rates        shares of contracts: stated, and computed with their intervals
      compare      two contracts, generations or documents: common and own parts
      gaps         what one contract is expected to articulate and does not
    """


def _output(endings: str) -> Callable[[F], F]:
    kind = click.Path(path_type=Path)
    return click.option("-o", "--output", type=kind, required=True, help=f"FILE{endings}.")


_of_picture = _output(".html, .svg, .png or .pdf")
_everything = click.option("--all", "everything", is_flag=True, help="Draw all of it, not only the main part.")


def _drawn(diagram: Diagram, output: Path, lang: str) -> None:
    from cdv_graph.diagram import draw

    draw(diagram, output, lang=lang)
    say(message("cli.drawn", path=output), lang)


@command.command("contract")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@click.option("--theme", default="", help="Keep one theme and its sub-themes.")
@click.option("--all", "everything", is_flag=True, help="Draw every dispositif, not only the strongest of each theme.")
@_output(".html, .svg, .png, .pdf, .graphml, .gexf or .json")
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


def _of_network(kind: str, output: Path, graph_path: Path | None, data: Path | None, lang: str, **given: str) -> None:
    """Ask for a kind of diagram of a network and draw it."""
    from cdv_graph.diagram.kinds import network_kinds

    _drawn(getattr(network_kinds, kind)(load_graph(graph_path, data, lang).store, **given, lang=lang), output, lang)


@command.command("dispositif")
@click.option("--dispositif", required=True, help="Dispositif, type or local (acronym, code or name).")
@click.option("--contract", default="", help="Only this contract.")
@_of_picture
@graph_options
@lang_option
def dispositif(**given: Any) -> None:
    """Who articulates a dispositif, by which elements, how, with which local one, carried by whom.

    \b
    Example:
      cdv-graph diagram dispositif --dispositif cls -o cls.svg
    """
    _of_network("dispositif", **given)


@command.command("partner")
@click.option("--partner", required=True, help="Partner (code or name).")
@click.option("--contract", default="", help="Only this contract.")
@_of_picture
@graph_options
@lang_option
def partner(**given: Any) -> None:
    """A partner among what it pilots, signs, sits in, carries …, and who shares its fiches.

    \b
    Example:
      cdv-graph diagram partner --partner CAF --contract montpellier-2016 -o caf.svg
    """
    _of_network("partner", **given)


@command.command("partners")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@click.option("--theme", default="", help="Only fiches of this theme and its sub-themes.")
@_of_picture
@graph_options
@lang_option
def partners(**given: Any) -> None:
    """Who works with whom on the fiches of a contract.

    \b
    Example:
      cdv-graph diagram partners --contract montpellier-2016 -o partners.svg
    """
    _of_network("partners", **given)


@command.command("governance")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@_of_picture
@graph_options
@lang_option
def governance(**given: Any) -> None:
    """Bodies of a contract, who chairs and sits, what is shared with dispositifs, who sits without signing.

    \b
    Example:
      cdv-graph diagram governance --contract clermont-2024 -o governance.svg
    """
    _of_network("governance", **given)


@command.command("matrix")
@click.option("--generation", default="", help="Only contracts of this generation (2015-2023, 2024-2030).")
@click.option("--of", "what", type=click.Choice(["contracts", "partners"]), default="contracts", show_default=True)
@_everything
@_of_picture
@graph_options
@lang_option
def matrix(
    generation: str,
    what: str,
    everything: bool,
    output: Path,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """Who articulates what, strongest mode: dispositifs by contract, or themes by partner.

    \b
    Examples:
      cdv-graph diagram matrix -o matrice.svg
      cdv-graph diagram matrix --of partners --generation 2024-2030 --lang en -o partners.png
    """
    from cdv_graph.diagram.kinds.matrix import ROWS, articulations_of, matrix, partner_matrix

    graph, top = load_graph(graph_path, data, lang), None if everything else ROWS
    asked = {"generation": generation} if generation else {}
    table, contracts = graph.answer("articulation-matrix", **asked), graph.answer("contracts", **asked)
    articulations = graph.answer("articulations")
    if what == "partners":
        if generation:
            articulations = articulations_of(articulations, contracts)
        _drawn(partner_matrix(articulations, lang=lang, top=top), output, lang)
    else:
        _drawn(matrix(table, articulations, contracts, lang=lang, top=top), output, lang)


@command.command("flow")
@click.option("--earlier", required=True, help="The earlier document (slug).")
@click.option("--later", required=True, help="The later document (slug).")
@_of_picture
@graph_options
@lang_option
def flow(earlier: str, later: str, output: Path, graph_path: Path | None, data: Path | None, lang: str) -> None:
    """What became of the sheets from one document to the next.

    \b
    Example:
      cdv-graph diagram flow --earlier montpellier-2016 --later montpellier-2021 -o fiches.svg
    """
    from cdv_graph.diagram.kinds.flow import flow

    graph = load_graph(graph_path, data, lang)
    answer = graph.answer("continuity", earlier=earlier, later=later)
    _drawn(flow(answer, graph.answer("sheets"), graph.answer("strategy"), lang=lang), output, lang)


@command.command("rates")
@click.option("--of", "what", type=click.Choice(["articulations", "signatures"]), default="articulations")
@click.option("--generation", default="", help="Only contracts of this generation (2015-2023, 2024-2030).")
@click.option("--theme", default="", help="Only articulations on this theme and its sub-themes.")
@_everything
@_of_picture
@graph_options
@lang_option
def rates(
    what: str,
    generation: str,
    theme: str,
    everything: bool,
    output: Path,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """Shares of contracts: what a document states beside what the graph counts, with its interval.

    \b
    Examples:
      cdv-graph diagram rates -o taux.svg
      cdv-graph diagram rates --of signatures --generation 2024-2030 -o signatures.pdf
    """
    from cdv_graph.diagram.kinds.rates import ROWS, rates

    asked = {name: value for name, value in (("generation", generation), ("theme", theme)) if value}
    name = "articulation-rates" if what == "articulations" else "signature-rates"
    answer = load_graph(graph_path, data, lang).answer(name, **asked)
    _drawn(rates(answer, lang=lang, top=None if everything else ROWS), output, lang)


@command.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--aspect", "chosen", multiple=True, metavar="ASPECT", help="Only this aspect. Repeatable.")
@click.option("--theme", default="", help="Only what is on this theme and its sub-themes.")
@_everything
@_of_picture
@graph_options
@lang_option
def compare(
    a: str,
    b: str,
    chosen: tuple[str, ...],
    theme: str,
    everything: bool,
    output: Path,
    graph_path: Path | None,
    data: Path | None,
    lang: str,
) -> None:
    """What two contracts, generations or documents have in common, and what is only, or stronger, in one.

    \b
    Examples:
      cdv-graph diagram compare montpellier-2016 montpellier-2021 -o deux.svg
      cdv-graph diagram compare clermont-2024 occitanie-2025 --aspect dispositifs -o dispositifs.png
    """
    from cdv_graph.diagram.kinds.compare import TOP, compare

    found = load_graph(graph_path, data, lang).comparison(a, b, aspect=chosen, theme=theme)
    _drawn(compare(found, lang=lang, top=None if everything else TOP), output, lang)


@command.command("gaps")
@click.option("--contract", required=True, help="Contract (code, slug or name).")
@_everything
@_of_picture
@graph_options
@lang_option
def gaps(contract: str, everything: bool, output: Path, graph_path: Path | None, data: Path | None, lang: str) -> None:
    """What one contract is expected to articulate and does not, beside what it does.

    \b
    Example:
      cdv-graph diagram gaps --contract clermont-2024 -o manques.svg
    """
    from cdv_graph.diagram.kinds.gaps import TOP, gaps

    graph = load_graph(graph_path, data, lang)
    answer, done = (graph.answer(name, contract=contract) for name in ("articulation-gaps", "articulations"))
    _drawn(gaps(answer, done, graph.answer("contracts"), lang=lang, top=None if everything else TOP), output, lang)
