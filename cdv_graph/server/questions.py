"""The named questions over HTTP: `/questions` lists them, `/questions/{name}` answers one.

The parameters of a question are those of the address; an answer has the columns that it has on the command line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.routing import BaseRoute

from cdv_graph.errors import AmbiguousValueError, InputError, UnknownValueError
from cdv_graph.namespaces import PREFIXES, expand
from cdv_graph.query import NOTED, Parameter, Result, write_result
from cdv_graph.questions import Question, ask, explain, names, question
from cdv_graph.server.cells import Linker
from cdv_graph.server.endpoint import route
from cdv_graph.server.faults import fault_reply, status_of
from cdv_graph.server.html import HTML, page
from cdv_graph.server.job import Reply, Run
from cdv_graph.server.labels import named, rows
from cdv_graph.server.reader import Reader, parameters
from cdv_graph.server.subjects import subjects
from cdv_graph.store import EmbeddedStore

__all__ = ["FORMS", "answer", "routes"]

FORMS = {
    "json": "application/json",
    "html": HTML,
    "csv": "text/csv; charset=utf-8; header=present",
    "excel": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "sparql": "application/sparql-query; charset=utf-8",
}
_ENDINGS = {"excel": "csv", "sparql": "rq"}
_SHOWN = 500  # rows of a table on a page; the other formats have them all
_MOST_OPTIONS = 150  # a field with more values is typed, not chosen


def answer(store: EmbeddedStore, asked: Mapping[str, str]) -> Reply:
    """The job `question`: its name in `@question`, the format in `@form`, the parameters by name."""
    reader, form, name = Reader.from_asked(asked), asked["@form"], asked["@question"]
    given = {one.name: asked[one.name] for one in question(name).parameters if one.name in asked}
    try:
        if form == "html":
            return _page(store, question(name), given, reader)
        if form == "sparql":
            body, notes = explain(store, name, given).encode(), False
        else:
            result = ask(store, name, given)
            body = write_result(result, "csv" if form == "excel" else form, excel=form == "excel", lang=reader.lang)
            notes = bool(result.notes) and form not in NOTED
    except InputError as error:
        return fault_reply(error, reader)
    headers = {"Vary": "Accept, Accept-Language", "Content-Disposition": _file(name, form)}
    if notes:  # rows alone hold no notes: they stand in the Markdown of the same answer
        noted = urlencode({**given, "lang": reader.lang, "format": "md"})
        headers["Link"] = f'</questions/{name}?{noted}>; rel="describedby"; type="text/markdown"'
    return Reply(body, FORMS[form], headers=headers)


def _file(name: str, form: str) -> str:
    kind = "inline" if form in ("json", "md", "sparql") else "attachment"
    return f'{kind}; filename="{name}.{_ENDINGS.get(form, form)}"'


def _page(store: EmbeddedStore, asked: Question, given: Mapping[str, str], reader: Reader) -> Reply:
    """The question as a page: its form, and the answer unless a parameter is still to be given."""
    result: Result | None = None
    fault: InputError | None = None
    if given or not any(parameter.required for parameter in asked.parameters):
        try:
            result = ask(store, asked.name, given)
        except InputError as error:
            fault = error
    linker = Linker(store)
    shown = (
        []
        if result is None
        else [linker.row(dict(zip(result.columns, row, strict=True))) for row in result.rows[:_SHOWN]]
    )
    return page(
        "question",
        reader,
        status=200 if fault is None else status_of(fault),
        question=asked,
        given=given,
        options={parameter.name: _options(store, parameter, reader.lang) for parameter in asked.parameters},
        result=result,
        rows=shown,
        fault=fault,
        candidates=fault.candidates if isinstance(fault, UnknownValueError | AmbiguousValueError) else (),
        forms=[form for form in FORMS if form not in ("html", "sparql")],
    )


def _options(store: EmbeddedStore, parameter: Parameter, lang: str) -> list[tuple[str, str]]:
    """The values that a field offers, with their names; none where there are too many to choose from."""
    if parameter.type == "choice":
        return [(choice, choice) for choice in parameter.choices]
    bases = [ox.Literal(PREFIXES[prefix]) for prefix in parameter.prefixes]
    found = [
        node
        for name in parameter.classes
        for (node,) in rows(store, "members", {"class": ox.NamedNode(expand(name)), "base": bases})
        if isinstance(node, ox.NamedNode)
    ]
    if len(found) > _MOST_OPTIONS:
        return []
    return [(iri.rpartition("/")[2], label) for iri, label in named(store, found, lang).items()]


def routes(run: Run) -> list[BaseRoute]:
    """`/questions` and `/questions/{name}`."""

    async def listing(request: Request, reader: Reader, form: str) -> Reply:
        parameters(request, ())
        if form == "html":
            return page("questions", reader, subjects=subjects())
        told = [
            {
                "name": one.name,
                "title": one.title[reader.lang],
                "description": one.description[reader.lang],
                "parameters": [parameter.name for parameter in one.parameters],
                "columns": list(one.columns),
                "href": f"/questions/{one.name}",
            }
            for one in map(question, names())
        ]
        return Reply((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(), FORMS["json"])

    async def one(request: Request, reader: Reader, form: str) -> Reply:
        asked = question(request.path_params["name"])
        given = parameters(request, [parameter.name for parameter in asked.parameters])
        return await run("question", {**given, **reader.to_asked(), "@question": asked.name, "@form": form})

    listed = {form: FORMS[form] for form in ("json", "html")}
    return [route("/questions", listing, listed), route("/questions/{name}", one, FORMS)]
