"""A graph as data for other programs: GraphML and GEXF (Gephi, yEd), cytoscape JSON, CSV of nodes and of edges."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.text import clean, one_line

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["cytoscape_json", "edges_csv", "gexf", "graphml", "nodes_csv"]

_SEPARATOR = " ; "


def _plain(value: object) -> str | int | float:
    """A value that every format takes: numbers as they are, lists joined."""
    if isinstance(value, float):
        return float(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (list, tuple)):
        return one_line(_SEPARATOR.join(map(str, value)))
    return one_line(value)


def _plains(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {one_line(name): _plain(value) for name, value in attributes.items()}


def _idents(network: Network) -> dict[str, str]:
    """What each node is called in a file: on one line, and no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for node in network:
        ident = one_line(node)
        while ident in taken:
            ident += "'"
        taken.add(ident)
        found[node] = ident
    return found


def _flat(network: Network, up: bool) -> Network:
    """A copy with plain attributes only, each edge under a key of its own; y goes up in Gephi, down in the picture."""
    import networkx as nx

    flat: Network = nx.MultiDiGraph()
    flat.graph.update(_plains(network.graph))
    idents = _idents(network)
    for node, attributes in network.nodes(data=True):
        plain = _plains(attributes)
        flat.add_node(idents[node], **(plain | {"y": -plain["y"]} if up and "y" in plain else plain))
    for number, (start, end, attributes) in enumerate(network.edges(data=True), 1):
        flat.add_edge(idents[start], idents[end], key=f"e{number}", **_plains(attributes))
    return flat


def graphml(network: Network) -> bytes:
    """The graph as GraphML; lists are joined by ` ; `, `y` goes up."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(_flat(network, up=True), buffer)
    return buffer.getvalue()


def gexf(network: Network) -> bytes:
    """The graph as GEXF 1.2, places, sizes and colours as `viz`, without the date that the writer would add."""
    import networkx as nx

    flat = _flat(network, up=True)
    for _, node in flat.nodes(data=True):
        place = {"x": node.pop("x", None), "y": node.pop("y", None), "z": 0.0}
        _viz(node, {"size": node.pop("size", None), "position": place if place["x"] is not None else None})
    for *_, edge in flat.edges(data=True):
        _viz(edge, {"thickness": edge.pop("width", None)})
    buffer = io.BytesIO()
    nx.write_gexf(flat, buffer, version="1.2draft")
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1)


def _viz(attributes: dict[str, Any], look: dict[str, Any]) -> None:
    if colour := attributes.pop("color", None):
        look["color"] = {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}
    attributes["viz"] = {name: value for name, value in look.items() if value is not None}


def cytoscape_json(network: Network) -> bytes:
    """The graph as the JSON that Cytoscape and cytoscape.js read, with places; lists stay lists."""
    import networkx as nx

    data = nx.cytoscape_data(nx.relabel_nodes(network, _idents(network)))
    for node in data["elements"]["nodes"]:
        told = node["data"]
        if "x" in told:
            node["position"] = {"x": told.pop("x"), "y": told.pop("y")}
    return (json.dumps(_cleaned(data), ensure_ascii=False, indent=1) + "\n").encode()


def _cleaned(value: Any) -> Any:
    """The same without the characters that no file takes."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(name): _cleaned(held) for name, held in value.items()}
    return [_cleaned(held) for held in value] if isinstance(value, (list, tuple)) else value


def nodes_csv(network: Network) -> bytes:
    """The nodes, one a line: `id`, then their attributes; lists are joined by ` ; `."""
    return _csv(
        ("id", "label", "kind"), ({**about, "id": node} for node, about in _flat(network, up=False).nodes(data=True))
    )


def edges_csv(network: Network) -> bytes:
    """The edges, one a line: `source` and `target` (the `id` of a node), then their attributes."""
    edges = _flat(network, up=False).edges(data=True)
    return _csv(
        ("source", "target", "kind"), ({**about, "source": one, "target": other} for one, other, about in edges)
    )


def _csv(first: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    told = list(rows)
    columns = list(dict.fromkeys([*first, *(name for row in told for name in row)]))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)
    return buffer.getvalue().encode()
