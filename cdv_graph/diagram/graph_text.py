"""A graph as text that draws itself: DOT (Graphviz), and Mermaid (GitHub, GitLab, many wikis and slide tools).

Nodes are called n1, n2 … in the order of the graph; what they stand for is only ever written as a label.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from cdv_graph.diagram.style import style
from cdv_graph.diagram.text import fit, one_line

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["dot", "mermaid"]

# a shape per kind, in the order of the kinds: that of DOT, and what stands around a label in Mermaid
_SHAPES = (
    ("box", "[", "]"),
    ("ellipse", "([", "])"),
    ("hexagon", "{{", "}}"),
    ("note", "[[", "]]"),
    ("oval", "(", ")"),
)
_LONGEST = 600.0
_SAFE = re.compile(r"[^\w '’,()/«»·…–—-]")


def _named(network: Network) -> dict[str, str]:
    return {node: f"n{number}" for number, node in enumerate(network, 1)}


def _kinds(network: Network) -> dict[str, tuple[str, str, str]]:
    """The shape of each kind of node; shapes come again where there are many kinds."""
    kinds = sorted({str(kind or "") for _, kind in network.nodes(data="kind")})
    return {kind: _SHAPES[number % len(_SHAPES)] for number, kind in enumerate(kinds)}


def _label(node: str, about: dict[str, Any]) -> str:
    return fit(one_line(about.get("label") or node), 10, _LONGEST)


def dot(network: Network) -> bytes:
    r"""The graph as DOT, each node where it is drawn (`neato -n` keeps it there; `dot` finds places of its own).

    Example:
        >>> import networkx
        >>> print(dot(networkx.MultiDiGraph([("a", 'b "c"', {"kind": "tie"})])).decode().splitlines()[5])
          n2 [label="b \"c\"", shape=box, class=""];
    """
    names, kinds = _named(network), _kinds(network)
    lines = [
        f"digraph {_quoted(network.graph.get('title', ''))} {{",
        f"  graph [label={_quoted(network.graph.get('title', ''))}, labelloc=t, rankdir=LR, overlap=false];",
        f'  node [style=filled, fillcolor="{style().paper}", fontname="DejaVu Sans", penwidth=2];',
        f'  edge [color="{style().carrier["link"]}", arrowhead=none];',
    ]
    for node, about in network.nodes(data=True):
        kind = str(about.get("kind") or "")
        look = {"label": _quoted(_label(node, about)), "shape": kinds[kind][0], "class": _quoted(kind)}
        if "x" in about:
            look["pos"] = f'"{about["x"]:.2f},{-about["y"]:.2f}"'
        if "color" in about:
            look["color"] = _quoted(about["color"])
        lines.append(f"  {names[node]} [{_listed(look)}];")
    for start, end, about in network.edges(data=True):
        look = {"class": _quoted(about.get("kind") or ""), "tooltip": _quoted(_tie(network, start, end, about))}
        if "color" in about:
            look |= {"color": _quoted(about["color"]), "penwidth": f"{about['width']:g}"}
        lines.append(f"  {names[start]} -> {names[end]} [{_listed(look)}];")
    return "\n".join([*lines, "}", ""]).encode()


def _listed(look: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in look.items())


def _quoted(text: object) -> str:
    """A text that Graphviz shows as it is: it would read entities and escapes in it."""
    said = one_line(text).replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"')
    return f'"{said}"'


def _tie(network: Network, start: str, end: str, about: dict[str, Any]) -> str:
    """What a tie is called: its label, else its two ends."""
    ends = [_label(node, network.nodes[node]) for node in (start, end)]
    return one_line(about.get("label") or " – ".join(ends))


def mermaid(network: Network) -> bytes:
    """The graph as a Mermaid flowchart: a class per kind of node, in the colour that most of them are drawn in.

    On a tie stands what it means, where the legend of the diagram says so.

    Example:
        >>> import networkx
        >>> print(mermaid(networkx.MultiDiGraph([("a", 'b "c"', {"means": "Volet"})])).decode())
        flowchart LR
          n1["a"]:::k1
          n2["b #34;c#34;"]:::k1
          n1 ---|"Volet"| n2
          classDef k1 fill:#ffffff,stroke:#52606d,stroke-width:2px,color:#1f2933
        <BLANKLINE>
    """
    names, kinds = _named(network), _kinds(network)
    classes = {kind: f"k{number}" for number, kind in enumerate(kinds, 1)}
    lines = ["flowchart LR"]
    colours: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for node, about in network.nodes(data=True):
        kind = str(about.get("kind") or "")
        colours[kind][about.get("color", style().soft)] += 1
        _, opening, closing = kinds[kind]
        lines.append(f'  {names[node]}{opening}"{_coded(_label(node, about))}"{closing}:::{classes[kind]}')
    for start, end, about in network.edges(data=True):
        said = _coded(about.get("means", ""))
        lines.append(f"  {names[start]} ---" + (f'|"{said}"| ' if said else " ") + names[end])
    for kind, name in classes.items():
        colour = colours[kind].most_common(1)[0][0]
        look = f"fill:{style().paper},stroke:{colour},stroke-width:2px,color:{style().ink}"
        lines.append(f"  classDef {name} {look}")
    return "\n".join([*lines, ""]).encode()


def _coded(text: object) -> str:
    """A text that Mermaid shows as it is: whatever it could read as its own, as HTML or as Markdown is a code."""
    return _SAFE.sub(lambda found: f"#{ord(found[0])};", one_line(text))
