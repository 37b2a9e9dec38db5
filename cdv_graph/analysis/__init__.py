"""What is computed from answers: networks and measures, comparisons, rates, peers; no question is asked here."""

from cdv_graph.analysis.networks.build import build_network, edge_table, simple
from cdv_graph.analysis.networks.contract import contract_network
from cdv_graph.analysis.networks.measures import MEASURES
from cdv_graph.analysis.networks.projection import project

__all__ = ["MEASURES", "build_network", "contract_network", "edge_table", "project", "simple"]
