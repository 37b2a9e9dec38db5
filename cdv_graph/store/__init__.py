"""Where a graph lives: an embedded Oxigraph store in memory or in a folder, a server, and RDF files in and out.

The store on a server is `cdv_graph.store.remote`, which needs the extra `remote`.
"""

from cdv_graph.store.base import Answer, Store, Term
from cdv_graph.store.bind import bind
from cdv_graph.store.difference import difference
from cdv_graph.store.embedded import EmbeddedStore
from cdv_graph.store.folder import swap_folder
from cdv_graph.store.formats import FORMATS, from_rdflib, read_rdf, to_rdflib, write_rdf

__all__ = [
    "FORMATS",
    "Answer",
    "EmbeddedStore",
    "Store",
    "Term",
    "bind",
    "difference",
    "from_rdflib",
    "read_rdf",
    "swap_folder",
    "to_rdflib",
    "write_rdf",
]
