"""Parameters of a query, bound as RDF terms.

A query declares a parameter as `VALUES ?name { UNDEF }`: as it stands it says nothing, so the file runs in any SPARQL
tool. Binding fills the block with a term that pyoxigraph writes (escaped, never the user's text), or drops it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from cdv_graph.errors import QueryError

__all__ = ["bind"]


_Term = ox.NamedNode | ox.Literal


def bind(sparql: str, terms: Mapping[str, _Term | Sequence[_Term] | None]) -> str:
    """A query with its parameters bound.

    Args:
        sparql: a query with one `VALUES ?name { UNDEF }` block or more per parameter.
        terms: the term of each parameter, or several that it may stand for; `None` where it is not given.

    Raises:
        QueryError: the query has no block for a parameter.

    Example:
        >>> bind("SELECT * { VALUES ?s { UNDEF } ?s ?p ?o }", {"s": ox.NamedNode("urn:a")})
        'SELECT * { VALUES ?s { <urn:a> } ?s ?p ?o }'
        >>> bind("SELECT * { VALUES ?s { UNDEF } ?s ?p ?o }", {"s": None})
        'SELECT * {  ?s ?p ?o }'
    """
    for name, term in terms.items():
        block = re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{\s*UNDEF\s*\}}")
        if not block.search(sparql):
            raise QueryError("query.no-block", name=name)
        several = term if isinstance(term, Sequence) else [term]
        text = f"VALUES ?{name} {{ {' '.join(_written(one) for one in several if one)} }}" if term is not None else ""
        sparql = block.sub(lambda _, text=text: text, sparql)  # type: ignore[misc]
    return sparql


# a backslash that is escaped, then a letter that would make it look like the escape of a character
_LOOKS_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


def _written(term: _Term) -> str:
    r"""A term as every engine reads it: some decode `\u0022` before they look for strings (SPARQL 1.1, 19.2).

    Example:
        >>> print(_written(ox.Literal(r"\u0022 }")))
        "\\\U000000750022 }"
    """
    return _LOOKS_ESCAPED.sub(lambda found: f"{found[1]}\\U{ord(found[2]):08X}", str(term))
