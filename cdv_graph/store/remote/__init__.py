"""A graph on a server that speaks the SPARQL 1.1 protocol. Needs the extra `remote` (SPARQLWrapper)."""

from cdv_graph.store.remote.endpoint import Endpoint
from cdv_graph.store.remote.store import SparqlStore

__all__ = ["Endpoint", "SparqlStore"]
