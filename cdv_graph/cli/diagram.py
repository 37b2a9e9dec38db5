"""`cdv-graph diagram`: pictures of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cdv_graph.cli.drawing import drawing, everything, generation, of_contract, theme

if TYPE_CHECKING:
    import networkx as nx

    from cdv_graph.diagram.model import Diagram
    from cdv_graph.graph import Graph

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
      matrix       who articulates what: dispositifs by contract, or themes by partner
      flow         what became of the sheets from one document to the next
      rates        shares of contracts: stated, and computed with their intervals
      compare      two contracts, generations or documents: common and own parts
      gaps         what one contract is expected to articulate and does not

    The ending of FILE chooses between a page, a picture and data. Networks of every kind: cdv-graph network.
    """


_one_contract = click.option("--contract", default="", help="Only this contract.")


@drawing(command, of_contract, theme, everything)
def contract(graph: Graph, *, contract: str, theme: str, **_: Any) -> nx.MultiDiGraph[str]:
    """The articulations of one contract: themes, dispositifs, carriers.

    \b
    Examples:
      cdv-graph diagram contract --contract clermont-2024 -o clermont.html
      cdv-graph diagram contract --contract Clermont --theme santé -o sante.svg
      cdv-graph diagram contract --contract Clermont -o clermont.gexf
    """
    return graph.network("contract", contract=contract, theme=theme)


@drawing(
    command,
    click.option("--dispositif", required=True, help="Dispositif, type or local (acronym, code or name)."),
    _one_contract,
)
def dispositif(graph: Graph, **given: str) -> Diagram:
    """Who articulates a dispositif, by which elements, how, with which local one, carried by whom.

    \b
    Examples:
      cdv-graph diagram dispositif --dispositif cls -o cls.svg
      cdv-graph diagram dispositif --dispositif cls --contract ales-2015 -o cls.mmd
    """
    from cdv_graph.diagram.kinds.network_kinds import dispositif

    return dispositif(graph.store, **given)


@drawing(command, click.option("--partner", required=True, help="Partner (code or name)."), _one_contract)
def partner(graph: Graph, **given: str) -> Diagram:
    """A partner among what it pilots, signs, sits in, carries …, and who shares its fiches.

    \b
    Example:
      cdv-graph diagram partner --partner CAF --contract montpellier-2016 -o caf.svg
    """
    from cdv_graph.diagram.kinds.network_kinds import partner

    return partner(graph.store, **given)


@drawing(command, of_contract, theme)
def partners(graph: Graph, **given: str) -> Diagram:
    """Who works with whom on the fiches of a contract.

    \b
    Examples:
      cdv-graph diagram partners --contract montpellier-2016 -o partners.svg
      cdv-graph diagram partners --contract montpellier-2016 -o partners.csv
    """
    from cdv_graph.diagram.kinds.network_kinds import partners

    return partners(graph.store, **given)


@drawing(command, of_contract)
def governance(graph: Graph, **given: str) -> Diagram:
    """Bodies of a contract, who chairs and sits, what is shared with dispositifs, who sits without signing.

    \b
    Example:
      cdv-graph diagram governance --contract clermont-2024 -o governance.svg
    """
    from cdv_graph.diagram.kinds.network_kinds import governance

    return governance(graph.store, **given)


@drawing(
    command,
    generation,
    click.option("--of", type=click.Choice(["contracts", "partners"]), default="contracts", show_default=True),
    everything,
)
def matrix(graph: Graph, *, generation: str, of: str, everything: bool, lang: str) -> Diagram:
    """Who articulates what, strongest mode: dispositifs by contract, or themes by partner.

    \b
    Examples:
      cdv-graph diagram matrix -o matrice.svg
      cdv-graph diagram matrix --of partners --generation 2024-2030 --lang en -o partners.png
    """
    from cdv_graph.diagram.kinds.matrix import ROWS, articulations_of, matrix, partner_matrix

    top = None if everything else ROWS
    asked = {"generation": generation} if generation else {}
    contracts, articulations = graph.answer("contracts", **asked), graph.answer("articulations")
    if of == "partners":
        kept = articulations_of(articulations, contracts) if generation else articulations
        return partner_matrix(kept, lang=lang, top=top)
    return matrix(graph.answer("articulation-matrix", **asked), articulations, contracts, lang=lang, top=top)


@drawing(
    command,
    click.option("--earlier", required=True, help="The earlier document (slug)."),
    click.option("--later", required=True, help="The later document (slug)."),
)
def flow(graph: Graph, *, earlier: str, later: str, lang: str) -> Diagram:
    """What became of the sheets from one document to the next.

    \b
    Example:
      cdv-graph diagram flow --earlier montpellier-2016 --later montpellier-2021 -o fiches.svg
    """
    from cdv_graph.diagram.kinds.flow import flow

    answer = graph.answer("continuity", earlier=earlier, later=later)
    return flow(answer, graph.answer("sheets"), graph.answer("strategy"), lang=lang)


@drawing(
    command,
    click.option("--of", type=click.Choice(["articulations", "signatures"]), default="articulations"),
    generation,
    theme,
    everything,
)
def rates(graph: Graph, *, of: str, everything: bool, lang: str, **asked: str) -> Diagram:
    """Shares of contracts: what a document states beside what the graph counts, with its interval.

    \b
    Examples:
      cdv-graph diagram rates -o taux.svg
      cdv-graph diagram rates --of signatures --generation 2024-2030 -o signatures.pdf
    """
    from cdv_graph.diagram.kinds.rates import ROWS, rates

    name = "articulation-rates" if of == "articulations" else "signature-rates"
    answer = graph.answer(name, **{option: value for option, value in asked.items() if value})
    return rates(answer, lang=lang, top=None if everything else ROWS)


@drawing(
    command,
    click.argument("a"),
    click.argument("b"),
    click.option("--aspect", multiple=True, metavar="ASPECT", help="Only this aspect. Repeatable."),
    theme,
    everything,
)
def compare(graph: Graph, *, a: str, b: str, everything: bool, lang: str, **asked: Any) -> Diagram:
    """What two contracts, generations or documents have in common, and what is only, or stronger, in one.

    \b
    Examples:
      cdv-graph diagram compare montpellier-2016 montpellier-2021 -o deux.svg
      cdv-graph diagram compare clermont-2024 occitanie-2025 --aspect dispositifs -o dispositifs.png
    """
    from cdv_graph.diagram.kinds.compare import TOP, compare

    return compare(graph.comparison(a, b, **asked), lang=lang, top=None if everything else TOP)


@drawing(command, of_contract, everything)
def gaps(graph: Graph, *, contract: str, everything: bool, lang: str) -> Diagram:
    """What one contract is expected to articulate and does not, beside what it does.

    \b
    Example:
      cdv-graph diagram gaps --contract clermont-2024 -o manques.svg
    """
    from cdv_graph.diagram.kinds.gaps import TOP, gaps

    answer, done = (graph.answer(name, contract=contract) for name in ("articulation-gaps", "articulations"))
    return gaps(answer, done, graph.answer("contracts"), lang=lang, top=None if everything else TOP)
