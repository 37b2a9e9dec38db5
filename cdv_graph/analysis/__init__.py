"""Networks and measures over the answers of the questions."""

from cdv_graph.analysis.measures import MEASURES
from cdv_graph.analysis.network import build_network, edge_table, simple
from cdv_graph.analysis.projection import project

__all__ = ["MEASURES", "build_network", "edge_table", "project", "simple"]
