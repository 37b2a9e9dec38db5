"""The sentence behind a row, where the source documents are at hand."""

from __future__ import annotations

import functools
from pathlib import Path

import pyoxigraph as ox

from cdv_graph.corpus import Document, open_document
from cdv_graph.errors import InputError
from cdv_graph.namespaces import PREFIXES, prologue
from cdv_graph.query import Result, bind
from cdv_graph.resources import text
from cdv_graph.store import Store

__all__ = ["with_text"]


def with_text(store: Store, result: Result, corpus: Path) -> Result:
    """Rows that cite passages, with one more column: the text of the passage.

    Args:
        store: knows the file name and the hash of each document.
        result: rows with the columns `document`, `start_line`, `end_line`.
        corpus: the folder of the source documents; the text stays on the user's machine.

    Raises:
        InputError: a document is missing from the folder, or is not the version that was read.
    """

    @functools.cache
    def document(slug: str) -> Document:
        asked = bind(text("queries", "internal/document.rq"), {"document": ox.NamedNode(PREFIXES["document"] + slug)})
        found = store.query(prologue() + asked).rows
        if not found:
            raise InputError("evidence.no-file", document=slug)
        file, sha256 = (term.value if isinstance(term, ox.Literal) else "" for term in found[0])
        return open_document(corpus, file, sha256, slug)

    places = [result.columns.index(name) for name in ("document", "start_line", "end_line")]
    rows = []
    for row in result.rows:
        slug, first, last = (row[place] for place in places)
        said = document(str(slug)).passage(int(str(first)), int(str(last))) if slug and first else None
        rows.append([*row, said])
    return Result((*result.columns, "text"), rows)
