"""`cdv-graph sparql`: any SPARQL query, every prefix predeclared."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, output_options, write_bytes, write_rows
from cdv_graph.errors import InputError, system_reason

__all__ = ["command"]

_RDF_ENDINGS = ("ttl", "nt", "rdf", "jsonld")


@click.command("sparql")
@click.argument("query")
@graph_options
@output_options
@lang_option
def command(
    query: str,
    graph_path: Path | None,
    data: Path | None,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
) -> None:
    """Run a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE).

    QUERY is the text of the query, @FILE.rq, or « - » for stdin. Every prefix of the project is predeclared, and the
    default graph is the union of all named graphs. Triples are written as Turtle, or as the ending of FILE says
    (.ttl .nt .rdf .jsonld).

    \b
    Examples:
      cdv-graph sparql 'SELECT ?p ?l { ?p a cdv:Partner ; rdfs:label ?l }'
      cdv-graph sparql @question.rq -o answer.csv
      cdv-graph sparql 'DESCRIBE contract:clermont-2024'
    """
    from cdv_graph.namespaces import prologue
    from cdv_graph.query import Result, value_of
    from cdv_graph.store import write_rdf

    text = _text(query)
    answer = load_graph(graph_path, data, lang).store.query(prologue() + text)
    if answer.triples is not None:
        import pyoxigraph as ox

        ending = output.suffix.lstrip(".").lower() if output and output.suffix else "ttl"
        if ending not in _RDF_ENDINGS:
            raise InputError("cli.triples-ending", path=output, known=", ".join("." + e for e in _RDF_ENDINGS))
        quads = [ox.Quad(triple.subject, triple.predicate, triple.object, None) for triple in answer.triples]
        write_bytes(write_rdf(quads, ending), output)
        return
    if answer.boolean is not None:
        write_rows(Result(("answer",), [[answer.boolean]]), output, form, excel)
        return
    rows = [[value_of(term) for term in row] for row in answer.rows]
    write_rows(Result(answer.variables, rows), output, form, excel)


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.startswith("@"):
        path = Path(query[1:])
        try:
            return path.read_text("utf-8-sig")
        except OSError as error:
            raise InputError("files.unreadable", path=path, why=system_reason(error)) from error
        except UnicodeDecodeError as error:
            raise InputError("files.not-utf8", path=path, byte=error.start) from error
    return query
