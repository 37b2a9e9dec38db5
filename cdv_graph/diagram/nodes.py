"""How the nodes and the ties of a network look: a colour and a shape per kind of node, a colour and a width per tie."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.diagram.style import ModeStyle, style

__all__ = ["NodeStyle", "node_style", "tie_look", "tie_part"]

_WIDEST = 7.0


@dataclass(frozen=True)
class NodeStyle(ModeStyle):
    """How a kind of node looks, the column where its nodes stand, and what it is called, by language."""

    column: int
    called: Mapping[str, str]


@functools.cache
def _styles() -> Mapping[str, NodeStyle]:
    import yaml

    raw = yaml.safe_load(Path(__file__).with_name("nodes.yaml").read_text("utf-8"))
    return {
        kind: NodeStyle(
            look["colour"], tuple(look["points"]), look["scale"], look["column"], {"fr": look["fr"], "en": look["en"]}
        )
        for kind, look in raw.items()
    }


def node_style(kind: str) -> NodeStyle:
    """The look of a kind of node; that of no kind where it is unknown.

    Example:
        >>> node_style("sheet").called["fr"], node_style("what").called["en"]
        ('Fiche', 'Other')
    """
    return _styles().get(kind, _styles()[""])


def tie_part(tie: Mapping[str, Any]) -> tuple[str, str]:
    """What gives a tie its colour: its `mode`, else the `part` that its role is, else nothing.

    Example:
        >>> tie_part({"mode": "volet", "role": "carrier"}), tie_part({"role": "co-pilot"}), tie_part({})
        (('mode', 'volet'), ('part', 'pilots'), ('', ''))
    """
    if tie.get("mode"):
        return "mode", str(tie["mode"])
    if tie.get("role"):
        return "part", style().part(str(tie["role"]))
    return "", ""


def tie_look(tie: Mapping[str, Any]) -> tuple[str, float]:
    """The colour and the width of a tie: wide where its mode is strong, or where it rests on many elements."""
    by, code = tie_part(tie)
    colours = {"mode": lambda: style().mode(code).colour, "part": lambda: style().parts[code].colour}
    colour = colours[by]() if by else style().carrier["link"]
    strong = tie.get("strength") or tie.get("weight") or 1
    return colour, round(min(1.1 + 0.45 * float(strong), _WIDEST), 2)
