"""Source documents as numbered lines. Their text stays on the user's machine: nothing of it is shipped."""

from cdv_graph.corpus.document import Document, open_document, read_text

__all__ = ["Document", "open_document", "read_text"]
