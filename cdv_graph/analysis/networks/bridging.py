"""Partners that tie otherwise separate themes or dispositifs together: what the question `brokers` computes."""

from __future__ import annotations

from collections import defaultdict

from cdv_graph.analysis.networks.concepts import Concept, concepts, top_theme
from cdv_graph.analysis.networks.cuts import cut_off
from cdv_graph.analysis.networks.frames import rounded
from cdv_graph.analysis.networks.paths import betweenness
from cdv_graph.query import Result
from cdv_graph.query.result import Cell

__all__ = ["brokers"]


def brokers(ties: Result) -> Result:
    """How much each partner stands between others in the network of partners and dispositifs.

    Args:
        ties: `who` (a partner), `partner` (its label), `category`, `type` (a dispositif), `theme` (or none): one row
            per theme on which the partner takes part in the articulation of the dispositif.

    Returns:
        One row per partner, the highest betweenness first: `partner`, `degree` (dispositifs), `betweenness` (Freeman
        1977, 0 to 1, unweighted, over all partners and dispositifs), `themes_bridged` (number of top themes of its
        ties, 0 where all are of one), `themes` (their labels), `category` and `cut_off` (nodes that fall off the
        largest part of the rest without it).

    Example:
        >>> columns = ("who", "partner", "category", "type", "theme")
        >>> rows = [["caf", "CAF", "caf", "clas", "parentalite"], ["caf", "CAF", "caf", "cls", "sante"],
        ...         ["ars", "ARS", "ars", "cls", "sante"]]
        >>> brokers(Result(columns, rows)).rows[0]
        ['CAF', 2, 0.666667, 2, ['Santé', 'Éducation et jeunesse'], 'caf', 1]
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    themes: dict[str, set[str]] = defaultdict(set)
    about: dict[str, list[Cell]] = {}
    for row in ties.records():
        partner, dispositif = f"partner/{row['who']}", f"dispositif/{row['type']}"
        graph.add_edge(partner, dispositif)
        about[partner] = [row["partner"], row["category"]]
        if row["theme"]:
            themes[partner].add(top_theme(str(row["theme"])))
    between = betweenness(graph)
    cutting = set(nx.articulation_points(graph))
    rows: list[list[Cell]] = []
    for node, (label, category) in about.items():
        ours = sorted(concepts("theme").get(code, Concept(code)).label for code in themes[node])
        bridged = len(ours) if len(ours) > 1 else 0
        lost = len(cut_off(graph, node)[1]) if node in cutting else 0
        rows.append([label, graph.degree(node), rounded(between[node]), bridged, ours, category, lost])
    rows.sort(key=lambda row: (-float(str(row[2])), -int(str(row[1])), str(row[0]), str(row[5])))
    return Result(("partner", "degree", "betweenness", "themes_bridged", "themes", "category", "cut_off"), rows)
