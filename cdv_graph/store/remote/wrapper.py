"""Queries and updates as HTTP requests, which SPARQLWrapper makes."""

from __future__ import annotations

import urllib.request
from collections.abc import Sequence

from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from cdv_graph.store.remote.endpoint import Endpoint

__all__ = ["query_request", "update_request"]

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper that makes requests and leaves the sending to `transport`.

    Its own sending knows one timeout, keeps the headers of a busy server (`Retry-After`) from us, and installs digest
    credentials for the whole process.
    """

    def request(self, sparql: str, form: str, method: str) -> urllib.request.Request:
        # not `setQuery`: it guesses the form, and warns where it cannot
        self.queryString, self.queryType = sparql, form
        self.setMethod(method)
        made: urllib.request.Request = self._createRequest()
        return made


def query_request(endpoint: Endpoint, sparql: str, form: str, graphs: Sequence[str]) -> urllib.request.Request:
    """A query as a request, by GET unless its address is longer than the endpoint allows.

    Args:
        endpoint: where to.
        sparql: the query.
        form: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`.
        graphs: the IRIs of the graphs that make its default graph; the server's own by default.
    """
    of_rows = form in ("SELECT", "ASK")
    wrapper = _Wrapper(endpoint.query, returnFormat=JSON if of_rows else TURTLE)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", _ROWS if of_rows else _TRIPLES)
    for graph in graphs:
        wrapper.addParameter("default-graph-uri", graph)
    request = wrapper.request(sparql, form, GET)
    short = len(request.full_url) <= endpoint.url_limit and "?" not in endpoint.query  # SPARQLWrapper adds a « ? »
    return request if short else wrapper.request(sparql, form, POST)


def update_request(endpoint: Endpoint, sparql: str) -> urllib.request.Request:
    """An update as a request."""
    wrapper = _Wrapper(endpoint.query, updateEndpoint=endpoint.updated_at, returnFormat=JSON)
    wrapper.addCustomHttpHeader("Accept", "*/*")
    return wrapper.request(sparql, "INSERT", POST)
