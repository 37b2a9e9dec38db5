"""The page where queries are written."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from cdv_graph.namespaces import PREFIXES, SCHEMES, shorten
from cdv_graph.questions import Question
from cdv_graph.server.html import page, script_words
from cdv_graph.server.job import Reply
from cdv_graph.server.labels import rows
from cdv_graph.server.reader import Reader
from cdv_graph.server.subjects import subjects
from cdv_graph.store import EmbeddedStore

__all__ = ["query"]

# of other vocabularies, what queries on this graph need
_OTHERS = [
    "rdf:type",
    "rdfs:label",
    "rdfs:subClassOf",
    "skos:prefLabel",
    "skos:notation",
    "skos:broader",
    "dcterms:title",
]


def query(store: EmbeddedStore, asked: Mapping[str, str]) -> Reply:
    """The job `query`: the page, with the questions, and the names that the editor completes."""
    reader = Reader.from_asked(asked)
    data = {
        "lang": reader.lang,
        "words": script_words(reader.lang),
        "prefixes": PREFIXES,
        "terms": _terms(store),
        "subjects": [
            {"title": one.title[reader.lang], "questions": [_told(each, reader.lang) for each in one.questions]}
            for one in subjects()
        ],
    }
    return page("query", reader, styles=True, data=data)


def _terms(store: EmbeddedStore) -> list[str]:
    """The prefixed names of the terms of the ontology and of the vocabularies."""
    concept = ox.NamedNode(PREFIXES["skos"] + "Concept")
    bases = [ox.Literal(PREFIXES[prefix]) for prefix in SCHEMES]
    found = rows(store, "terms", {"language": ox.Literal("fr")}) + rows(
        store, "members", {"class": concept, "base": bases}
    )
    return sorted({shorten(row[0].value) for row in found if row[0] is not None} | set(_OTHERS))


def _told(question: Question, lang: str) -> dict[str, object]:
    """A question as the script of the query page reads it."""
    return {
        "name": question.name,
        "title": question.title[lang],
        "finished": bool(question.finish),
        "parameters": [
            {
                "name": one.name,
                "description": one.description.get(lang, ""),
                "required": one.required,
                "default": one.default,
                "choices": one.choices,
            }
            for one in question.parameters
        ],
    }
