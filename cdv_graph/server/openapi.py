"""The questions as an OpenAPI 3.1 document, made from their headers, and as a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute

from cdv_graph.messages import LANGUAGES
from cdv_graph.query import Parameter
from cdv_graph.questions import Question, names, question
from cdv_graph.server.endpoint import route
from cdv_graph.server.examples import example
from cdv_graph.server.html import HTML, page, words
from cdv_graph.server.job import Reply, Run
from cdv_graph.server.questions import FORMS
from cdv_graph.server.reader import LONGEST, Reader, parameters
from cdv_graph.server.subjects import subjects

__all__ = ["document", "routes"]

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "value": {"type": "string"},
        "candidates": {"type": "array", "items": {"type": "string"}},
    },
}
_CELL = {"type": ["string", "number", "boolean", "null"]}
_LIST = {"type": "array", "items": {"type": "string"}}
# columns that the answer itself makes: one per dispositif
_OPEN = ("articulation-matrix",)


def _both(told: Mapping[str, str]) -> str:
    return " / ".join(told[lang] for lang in LANGUAGES if lang in told)


def _parameter(parameter: Parameter, examples: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if parameter.type == "integer" else "string"}
    if parameter.type != "integer":
        schema["maxLength"] = LONGEST
    if parameter.choices:
        schema = {"type": "string", "enum": list(parameter.choices)}
    if parameter.default:
        schema["default"] = parameter.default
    told = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _both(parameter.description),
        "schema": schema,
    }
    if parameter.name in examples:
        value = examples[parameter.name]
        told["example"] = int(value) if parameter.type == "integer" else value
    return told


def _operation(asked: Question) -> dict[str, Any]:
    rows = {
        "type": "array",
        "items": {
            "type": "object",
            "required": list(asked.columns),
            "properties": {name: _LIST if name in asked.lists else _CELL for name in asked.columns},
            "additionalProperties": _CELL if asked.name in _OPEN else False,
        },
    }
    content: dict[str, Any] = {FORMS["json"]: {"schema": rows}}
    for media_type in FORMS.values():
        content.setdefault(media_type.partition(";")[0], {"schema": {"type": "string"}})
    shared = [{"$ref": "#/components/parameters/format"}, {"$ref": "#/components/parameters/lang"}]
    faults = ("400", "406", "422")
    return {
        "operationId": asked.name,
        "summary": _both(asked.title),
        "description": "\n\n".join(asked.description[lang] for lang in LANGUAGES),
        "tags": [subject.title["en"] for subject in subjects() if asked in subject.questions],
        "parameters": [_parameter(one, example(asked)) for one in asked.parameters] + shared,
        "responses": {
            "200": {
                "description": "The rows / Les lignes",
                "headers": {"Link": {"$ref": "#/components/headers/Link"}},
                "content": content,
            },
            **{status: {"$ref": f"#/components/responses/{status}"} for status in faults},
        },
    }


def document() -> dict[str, Any]:
    """The document, the same for the same questions.

    Example:
        >>> told = document()
        >>> told["openapi"], "/questions/articulations" in told["paths"]
        ('3.1.0', True)
    """
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {
        status: " / ".join(words(f"status-{status}", lang) for lang in LANGUAGES) for status in (400, 404, 406, 422)
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cdv-graph: " + " / ".join(words("api-title", lang) for lang in LANGUAGES),
            "version": version("cdv-graph"),
            "description": "\n\n".join(words("api-lead", lang) for lang in LANGUAGES),
            "license": {"name": "etalab-2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": one.title["en"], "description": one.title["fr"]} for one in subjects()],
        "paths": {f"/questions/{name}": {"get": _operation(question(name))} for name in names()},
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "parameters": {
                "format": {
                    "name": "format",
                    "in": "query",
                    "description": "Instead of Accept / Plutôt que Accept",
                    "schema": {"type": "string", "enum": list(FORMS)},
                },
                "lang": {
                    "name": "lang",
                    "in": "query",
                    "description": "Instead of Accept-Language / Plutôt que Accept-Language",
                    "schema": {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
                },
            },
            "headers": {
                "Link": {
                    "description": "rel=describedby: where the notes that the rows need are told / où sont les notes",
                    "schema": {"type": "string"},
                }
            },
            "responses": {str(status): {"description": said, "content": problem} for status, said in told.items()},
        },
    }


def routes(run: Run) -> list[BaseRoute]:
    """`/openapi.json`, and the same as a page at `/api`."""

    async def told(request: Request, reader: Reader, form: str) -> Reply:
        body = json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
        return Reply(body.encode(), FORMS["json"])

    async def read(request: Request, reader: Reader, form: str) -> Reply:
        parameters(request, ())
        return page("api", reader, subjects=subjects(), forms=FORMS, example=example)

    return [route("/openapi.json", told, {"json": FORMS["json"]}), route("/api", read, {"html": HTML})]
