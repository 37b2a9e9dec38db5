"""What is at fault in a request: a problem for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus

from cdv_graph.errors import AmbiguousValueError, InputError, UnknownValueError
from cdv_graph.server.html import page, words
from cdv_graph.server.job import Reply
from cdv_graph.server.problem import problem
from cdv_graph.server.reader import Reader

__all__ = ["fault_reply", "status_of"]


def _told(error: InputError, lang: str) -> Reply:
    if not isinstance(error, UnknownValueError | AmbiguousValueError):
        return problem(error.message, lang)
    members = {"parameter": error.parameter, "value": error.value, "candidates": list(error.candidates)}
    # the name of a question is a part of the path
    return problem(
        error.message, lang, status=HTTPStatus.NOT_FOUND if error.parameter == "question" else 0, members=members
    )


def status_of(error: InputError) -> int:
    """404 where the thing asked for is not there, 422 where a value names nothing or several things, else 400."""
    return _told(error, "").status


def fault_reply(error: InputError, reader: Reader) -> Reply:
    """An error, in the reader's language: a page for who reads pages.

    Args:
        error: what is at fault.
        reader: who reads.

    Returns:
        A problem has, beside the usual members, for a value that names nothing or several things, `parameter`, `value`
        and `candidates`: the nearest names, each usable as a value.
    """
    reply = _told(error, reader.lang)
    if not reader.pages:
        return reply
    title = words(f"status-{reply.status}", reader.lang)
    return page("problem", reader, status=reply.status, title=title, detail=error.told(reader.lang))
