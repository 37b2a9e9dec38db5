"""Entailments that are materialised: CONSTRUCT rules over the graph of a document, or over all of them."""

from cdv_graph.reason.rules import infer, rules

__all__ = ["infer", "rules"]
