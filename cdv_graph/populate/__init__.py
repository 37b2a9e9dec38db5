"""Rows to triples: IRIs, evidence, named graphs. Nothing else in the project writes triples of the sources."""

from cdv_graph.populate.dataset import authority_quads, document_quads, ontology_quads
from cdv_graph.populate.terms import serialize

__all__ = ["authority_quads", "document_quads", "ontology_quads", "serialize"]
