"""What a query goes through before an engine reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cdv_graph.errors import QueryError

__all__ = ["form", "names_dataset", "prepared"]

# what may hold any word without being one: IRIs, strings, comments, variables, prefixed names
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\s]*> | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]* | [?$]\w+
    | (?P<prefix>[A-Za-z][\w-]*)?:(?P<local>(?:[\w-]|\\.)*(?:\.(?:[\w-]|\\.)+)*)""",
    re.S | re.X,
)
_PREFIX = re.compile(r"""\bPREFIX\s+([A-Za-z][\w-]*|):\s*<([^<>"{}|^`\\\s]*)>""", re.I)
# looked for in the bare text, inside strings and comments too: Oxigraph's parser reads some texts otherwise than a
# tokenizer does (`trueSERVICE`, `?a<'>'`), and what it alone sees would reach the network
_SKIP = r"(?:\s|\#[^\n\r]*(?:[\n\r]|\Z))*"
_SERVICE = re.compile(
    rf"""SERVICE {_SKIP} (?:SILENT {_SKIP})?
    (?:<[^<>]*> | [?$][^\s{{}}\#]+ | [^\s{{}}\#:<>]{{0,200}}:(?:[^\s{{}}\#\\]|\\.)*) {_SKIP} \{{""",
    re.I | re.X,
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", re.I)
_FROM = re.compile(r"\bFROM\b", re.I)
_READS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WRITES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_FORM = re.compile(rf"\b({'|'.join(_READS + _WRITES)})\b", re.I)


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


def prepared(sparql: str, known: Mapping[str, str] | None = None) -> str:
    """A query as Oxigraph may run it.

    Prefixed names with two dots or more become IRIs: Oxigraph's SPARQL parser stops at the second dot. `SERVICE` is
    refused: Oxigraph would follow it to the network.

    Args:
        sparql: the query.
        known: prefixes that are declared outside it.

    Raises:
        QueryError: the query calls another server.

    Example:
        >>> prepared("PREFIX a: <urn:a/> ASK { a:b.c.d ?p 'a:b.c.d' }")
        "PREFIX a: <urn:a/> ASK { <urn:a/b.c.d> ?p 'a:b.c.d' }"
    """
    prefixes = {**(known or {}), **dict(_PREFIX.findall(sparql))}

    def spell(token: re.Match[str]) -> str:
        base, local = prefixes.get(token["prefix"] or ""), token["local"] or ""
        return f"<{base}{local}>" if base is not None and local.count(".") > 1 else token[0]

    spelt = _TOKEN.sub(spell, sparql)
    if _SERVICE.search(spelt) or _SERVICE.search(_ESCAPE.sub(_unescaped, spelt)):
        raise QueryError("store.service")
    return spelt


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else escape[0]


def names_dataset(sparql: str) -> bool:
    """Whether a query says itself which graphs it is about (`FROM`).

    Example:
        >>> names_dataset("SELECT * FROM <urn:g> { ?s ?p ?o }"), names_dataset("ASK { ?from ?p 'from' }")
        (True, False)
    """
    return bool(_FROM.search(_TOKEN.sub(" ", sparql)))
