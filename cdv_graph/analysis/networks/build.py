"""Typed and weighted networks from rows of one common form, and what the measures see of them.

Every query of `queries/networks/` answers with the same columns (`ROW`): two nodes with their kind, name and labels,
what ties them (kind, mode, role, theme), the element that makes the tie, and the passage that says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cdv_graph.analysis.networks.edges import Edge
from cdv_graph.errors import InputError, UnknownValueError
from cdv_graph.query import Result
from cdv_graph.query.result import Cell

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]
    Simple = nx.Graph[str]

__all__ = [
    *("EDGE_COLUMNS", "ROW", "build_network", "described", "edge_table", "kinds_of", "nodes_of"),
    *("simple", "two_sides"),
]

_SIDES = ("source", "target")
_NODE = ("kind", "name", "label", "label_en")
ROW = (
    *(column for side in _SIDES for column in (side, *(f"{side}_{name}" for name in _NODE))),
    *("kind", "mode", "role", "theme", "element", "contract", "document", "start_line", "end_line"),
)
EDGE_COLUMNS = (
    *(f"{side}_{name}" for side in _SIDES for name in ("kind", "name", "label")),
    *("kind", "role", "theme", "mode", "strength", "weight", "elements", "lines"),
)


def build_network(result: Result, **about: str) -> Network:
    """The network that rows of the common form tell.

    Args:
        result: rows with the columns `ROW`; the order of the rows changes nothing.
        about: attributes of the graph: `title`, `parameters` …

    Returns:
        A multigraph. Every node has `kind`, `name` (code or acronym), `label`, `label_en` (empty where there is
        none). Rows with the same nodes, kind, role and theme are one edge: `kind`, `role`, `theme`, `mode` (the
        strongest by `cdv:strength`), `strength` (of that mode; 0 without a mode), `modes`, `weight` (number of
        distinct elements, those of two contracts told apart), `elements` and `lines` (`document:start-end`). The
        graph has `source`, the documents, beside `about`.

    Example:
        >>> row = ["contract/c", "contract", "c", "C", None, "dispositif-type/cls", "dispositif", "CLS", "Santé", None,
        ...        "articulation", "mention", None, "sante", "sheet/1", "c", "d", 4, 5]
        >>> other = [*row[:11], "governance", *row[12:14], "sheet/2", *row[15:]]
        >>> network = build_network(Result(ROW, [row, other]), title="t")
        >>> [(edge["weight"], edge["mode"], edge["lines"]) for *_, edge in network.edges(data=True)]
        [(2, 'governance', ['d:4-5'])]
    """
    import networkx as nx

    nodes: dict[str, dict[str, str]] = {}
    edges: dict[tuple[str, ...], Edge] = defaultdict(Edge)
    for row in result.records():
        for side in _SIDES:
            told = {name: str(row[f"{side}_{name}"] or "") for name in _NODE}
            nodes.setdefault(str(row[side]), {**told, "label": told["label"] or told["name"]})
        key = tuple(str(row[column] or "") for column in ("source", "target", "kind", "role", "theme"))
        edges[key].take(row, _element(row))
    documents = sorted({line[0] for edge in edges.values() for line in edge.lines})
    network: Network = nx.MultiDiGraph()
    network.graph.update(about, source=" ; ".join(documents))
    network.add_nodes_from(sorted(nodes.items()))
    for (source, target, kind, role, theme), edge in sorted(edges.items(), key=lambda item: item[0]):
        said: dict[str, Any] = {"kind": kind, "role": role, "theme": theme, **edge.attributes()}
        network.add_edge(source, target, key=":".join(filter(None, (kind, role, theme))), **said)
    return network


def _element(row: Mapping[str, object]) -> str:
    element, contract = str(row["element"]), str(row["contract"])
    return element if element == contract else f"{contract}/{element}"


def edge_table(network: Network) -> Result:
    """The edges as rows, strongest ties first within each kind of edge: the columns `EDGE_COLUMNS`.

    Example:
        >>> len(edge_table(build_network(Result(ROW, []))))
        0
    """
    found: list[tuple[tuple[str, int], list[Cell]]] = []
    for source, target, edge in network.edges(data=True):
        ends = [network.nodes[node].get(name, "") for node in (source, target) for name in ("kind", "name", "label")]
        cells = [*(end or None for end in ends), *(edge.get(column) or None for column in EDGE_COLUMNS[len(ends) :])]
        found.append(((edge["kind"], -edge["weight"]), cells))
    return Result(EDGE_COLUMNS, [cells for _, cells in sorted(found, key=lambda item: item[0])])


def simple(network: Simple | Network) -> Simple:
    """What the measures see: one undirected edge between two nodes, whatever ties them and how often.

    Args:
        network: a network, or what this function or `project` made (which comes back as it is, in order).

    Returns:
        A graph with its nodes and edges in sorted order, so that nothing hangs on the order of sets. An edge has
        `weight`, the number of distinct elements over all parallel edges (an element that makes two edges counts
        once), `strength`, the strongest, and `roles`. No self-loops.

    Example:
        >>> import networkx as nx
        >>> network = nx.MultiDiGraph([("a", "b", {"elements": ["1"]}), ("b", "a", {"elements": ["1", "2"]})])
        >>> simple(network).edges["a", "b"]["weight"]
        2
    """
    import networkx as nx

    graph: Simple = nx.Graph()
    graph.graph.update(network.graph)
    graph.add_nodes_from(sorted(network.nodes(data=True), key=lambda item: item[0]))
    gathered: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one, other, edge in network.edges(data=True):
        if one != other:
            gathered[min(one, other), max(one, other)].append(edge)
    for (one, other), edges in sorted(gathered.items(), key=lambda item: item[0]):
        elements = {element for edge in edges for element in edge.get("elements", ())}
        graph.add_edge(
            one,
            other,
            weight=len(elements) if elements else max(edge.get("weight", 1) for edge in edges),
            strength=max(edge.get("strength", 0) for edge in edges),
            roles=sorted({role for edge in edges for role in (edge.get("role"), *edge.get("roles", ())) if role}),
            elements=sorted(elements),
        )
    return graph


def kinds_of(graph: Simple | Network) -> list[str]:
    """The kinds of nodes, sorted."""
    return sorted({str(kind) for _, kind in graph.nodes(data="kind")})


def nodes_of(graph: Simple, kind: str) -> list[str]:
    """The nodes of a kind, in the order of the graph; none in an empty graph.

    Raises:
        UnknownValueError: the graph has nodes, and none of that kind.
    """
    known = kinds_of(graph)
    if known and kind not in known:
        raise UnknownValueError("kind", kind, known)
    return [node for node in graph if str(graph.nodes[node].get("kind")) == kind]


def two_sides(graph: Simple, kind: str) -> tuple[list[str], list[str]]:
    """The nodes of a kind and the others, where every edge joins one with another.

    Raises:
        UnknownValueError: no node is of that kind.
        InputError: an edge joins two nodes of the kind, or two of the others.
    """
    ours = nodes_of(graph, kind)
    mine = set(ours)
    if any((one in mine) == (other in mine) for one, other in graph.edges):
        raise InputError("analysis.one-sided", kind=kind, kinds=", ".join(kinds_of(graph)))
    return ours, [node for node in graph if node not in mine]


def described(graph: Simple | Network, nodes: Iterable[str], side: str = "") -> list[dict[str, Any]]:
    """For each node `kind`, `name`, `label` and `label_en`, with a prefix to tell two nodes of a row apart."""
    return [{f"{side}{name}": graph.nodes[node].get(name, "") or None for name in _NODE} for node in nodes]
