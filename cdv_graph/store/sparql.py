"""What a query goes through before an engine reads it."""

from __future__ import annotations

import re

from cdv_graph.errors import QueryError

__all__ = ["form", "prepared", "says_from"]

# what may hold any word without being one: IRIs, strings, comments, variables, prefixed names
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\s]*> | "{3}.*?"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \#[^\n]* | [?$]\w+
    | (?P<prefix>[A-Za-z][\w-]*)?:(?P<local>[\w-]*(?:\.[\w-]+)*)""",
    re.S | re.X,
)
_PREFIX = re.compile(r"\bPREFIX\s+([A-Za-z][\w-]*|):\s*<([^>]*)>", re.I)
# an escape outside strings and IRIs could spell the keyword
_SERVICE = re.compile(r"\bSERVICE\b|\\u", re.I)
_READS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WRITES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_FORM = re.compile(rf"\b({'|'.join(_READS + _WRITES)})\b", re.I)
_FROM = re.compile(r"\bFROM\b", re.I)


def form(sparql: str) -> str:
    """What a query asks for: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`.

    Raises:
        QueryError: it is none of these: it changes something, or is no SPARQL.

    Example:
        >>> form("PREFIX ask: <urn:insert> # DELETE\\n select ?add { ?add a ask:x }")
        'SELECT'
    """
    found = _FORM.search(_TOKEN.sub(" ", sparql))
    if not found or found[1].upper() not in _READS:
        raise QueryError("store.not-a-query", forms=", ".join(_READS))
    return found[1].upper()


def says_from(sparql: str) -> bool:
    """Whether a query chooses its graphs itself, with `FROM`."""
    return _FROM.search(_TOKEN.sub(" ", sparql)) is not None


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
