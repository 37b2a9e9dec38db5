"""The measures by the name that the command line gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.centrality import centrality
from cdv_graph.analysis.networks.chance import chance
from cdv_graph.analysis.networks.communities import communities
from cdv_graph.analysis.networks.cuts import bridges, cut_points
from cdv_graph.analysis.networks.holes import holes
from cdv_graph.analysis.networks.projection import projection
from cdv_graph.analysis.networks.robustness import robustness
from cdv_graph.analysis.networks.similarity import similarity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES"]

MEASURES: Mapping[str, Callable[..., pd.DataFrame]] = {
    "bridges": bridges,
    "centrality": centrality,
    "chance": chance,
    "communities": communities,
    "cut-points": cut_points,
    "holes": holes,
    "projection": projection,
    "robustness": robustness,
    "similarity": similarity,
}
