"""What is at fault in a request: `application/problem+json` for programs, a page for people."""

from __future__ import annotations

import json
from http import HTTPStatus

from cdv_graph.errors import AmbiguousValueError, InputError, UnknownValueError
from cdv_graph.server.html import page, words
from cdv_graph.server.job import Reply
from cdv_graph.server.reader import Reader

__all__ = ["fault_reply", "status_of"]

_STATUS = {
    "server.no-entity": HTTPStatus.NOT_FOUND,
    "server.nothing-here": HTTPStatus.NOT_FOUND,
    "server.not-acceptable": HTTPStatus.NOT_ACCEPTABLE,
}


def status_of(error: InputError) -> int:
    """404 where the thing asked for is not there, 422 where a value names nothing or several things, else 400."""
    if isinstance(error, UnknownValueError) and error.parameter == "question":
        return HTTPStatus.NOT_FOUND
    if isinstance(error, UnknownValueError | AmbiguousValueError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return _STATUS.get(error.message.key, HTTPStatus.BAD_REQUEST)


def fault_reply(error: InputError, reader: Reader) -> Reply:
    """An error, in the reader's language: a page for who reads pages.

    Args:
        error: what is at fault.
        reader: who reads.

    Returns:
        Members `type` (which error, stable), `title`, `status`, `detail`, and for a value that names nothing or several
        things `parameter`, `value` and `candidates`, the nearest names, each usable as a value. Source: RFC 9457.
    """
    status = status_of(error)
    title = words(f"status-{status}", reader.lang)
    if reader.pages:
        return page("problem", reader, status=status, title=title, detail=error.told(reader.lang))
    said: dict[str, object] = {
        "type": f"urn:x-cdv-graph:problem:{error.message.key}",
        "title": title,
        "status": status,
        "detail": error.told(reader.lang),
    }
    if isinstance(error, UnknownValueError | AmbiguousValueError):
        said |= {"parameter": error.parameter, "value": error.value, "candidates": list(error.candidates)}
    body = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    headers = {"Content-Language": reader.lang, "Vary": "Accept, Accept-Language"}
    return Reply(body, "application/problem+json", status, headers)
