"""Names to things: which partner, place, local dispositif, contract or text a name means. Ambiguity is an answer."""

from cdv_graph.authority.mentions import mentions
from cdv_graph.authority.names import Names, unresolved

__all__ = ["Names", "mentions", "unresolved"]
