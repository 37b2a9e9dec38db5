"""A network as data for other programs: GraphML and GEXF (Gephi, yEd), and cytoscape JSON."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from cdv_graph.diagram.text import one_line

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["cytoscape_json", "gexf", "graphml"]

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


def _flat(network: Network) -> Network:
    """A copy with plain attributes only."""
    import networkx as nx

    flat: Network = nx.MultiDiGraph()
    flat.graph.update({name: _plain(value) for name, value in network.graph.items()})
    for node, attributes in network.nodes(data=True):
        flat.add_node(one_line(node), **{name: _plain(value) for name, value in attributes.items()})
    for start, end, key, attributes in network.edges(keys=True, data=True):
        plain = {name: _plain(value) for name, value in attributes.items()}
        flat.add_edge(one_line(start), one_line(end), key=one_line(key), **plain)
    return flat


def graphml(network: Network) -> bytes:
    """The network as GraphML; lists are joined by ` ; `."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(_flat(network), buffer)
    return buffer.getvalue()


def gexf(network: Network) -> bytes:
    """The network as GEXF 1.2, without the date that the writer would add."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_gexf(_flat(network), buffer, version="1.2draft")
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1)


def cytoscape_json(network: Network) -> bytes:
    """The network as the JSON that Cytoscape and cytoscape.js read; lists stay lists."""
    import networkx as nx

    return (json.dumps(nx.cytoscape_data(network), ensure_ascii=False, indent=1) + "\n").encode()
