"""Rows to triples: IRIs, evidence, named graphs. Nothing else in the project writes triples of the sources."""

from cdv_graph.populate.dataset import across_quads, authority_quads, document_quads, ontology_quads
from cdv_graph.populate.trace import Origin, origins

__all__ = ["Origin", "across_quads", "authority_quads", "document_quads", "ontology_quads", "origins"]
