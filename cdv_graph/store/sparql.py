"""What a query goes through before Oxigraph reads it."""

from __future__ import annotations

import re

from cdv_graph.errors import QueryError

__all__ = ["prepared"]

# what may hold any word without being one: IRIs, strings, comments, variables, prefixed names
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\s]*> | "{3}.*?"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \#[^\n]* | [?$]\w+
    | (?P<prefix>[A-Za-z][\w-]*)?:(?P<local>[\w-]*(?:\.[\w-]+)*)""",
    re.S | re.X,
)
_PREFIX = re.compile(r"\bPREFIX\s+([A-Za-z][\w-]*):\s*<([^>]*)>", re.I)
# an escape outside strings and IRIs could spell the keyword
_SERVICE = re.compile(r"\bSERVICE\b|\\u", re.I)


def prepared(sparql: str) -> str:
    """A query as Oxigraph may run it.

    Prefixed names with two dots or more become IRIs: Oxigraph's SPARQL parser stops at the second dot. `SERVICE` is
    refused: Oxigraph would follow it to the network.

    Raises:
        QueryError: the query calls another server.

    Example:
        >>> prepared("PREFIX a: <urn:a/> ASK { a:b.c.d ?p 'a:b.c.d' }")
        "PREFIX a: <urn:a/> ASK { <urn:a/b.c.d> ?p 'a:b.c.d' }"
    """
    if _SERVICE.search(_TOKEN.sub(" ", sparql)):
        raise QueryError("store.service")
    prefixes = dict(_PREFIX.findall(sparql))

    def spell(token: re.Match[str]) -> str:
        base, local = prefixes.get(token["prefix"] or ""), token["local"] or ""
        return f"<{base}{local}>" if base is not None and local.count(".") > 1 else token[0]

    return _TOKEN.sub(spell, sparql)
