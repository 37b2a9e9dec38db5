"""What is wrong with a request, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from cdv_graph.errors import InputError
from cdv_graph.messages import LANGUAGES, Message
from cdv_graph.server.job import Reply

__all__ = ["RequestError", "problem"]

# what is not 400, by the key of its message
_STATUS = {
    "errors.ambiguous": 422,
    "errors.unknown": 422,
    "server.body": 413,
    "server.busy": 503,
    "server.cut-crash": 500,
    "server.cut-memory": 507,
    "server.cut-time": 504,
    "server.fault": 500,
    "server.header-size": 431,
    "server.headers": 431,
    "server.media-type": 415,
    "server.no-entity": 404,
    "server.not-acceptable": 406,
    "server.nothing-here": 404,
    "server.read-only": 403,
    "server.slow": 408,
    "server.target": 414,
    "server.too-big": 413,
    "server.too-many": 413,
    "store.service": 403,
}


class RequestError(InputError):
    """A request cannot be answered as it is."""


def problem(
    said: Message,
    lang: str,
    headers: Mapping[str, str] | None = None,
    *,
    status: int = 0,
    members: Mapping[str, object] | None = None,
) -> Reply:
    """A problem, with the HTTP status that its key has.

    Args:
        said: what is wrong and what to do.
        lang: the language of the detail, `fr` or `en`; French where it is neither.
        headers: others than the type.
        status: another HTTP status than that of the key.
        members: others than the usual ones.

    Returns:
        The reply: `type`, `title`, `status`, `detail`, and the numbers of the message (`limit`, `line`, `column`).

    Example:
        >>> json.loads(problem(Message("store.service"), "en").body)["title"]
        'Forbidden'
    """
    status = status or _STATUS.get(said.key, 400)
    numbers = {name: int(str(value)) for name, value in said.data.items() if str(value).isdecimal()}
    told = {
        "type": f"urn:x-cdv-graph:problem:{said.key}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": said.told(lang if lang in LANGUAGES else LANGUAGES[0]),
        **numbers,
        **(members or {}),
    }
    return Reply(
        json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n",
        "application/problem+json",
        status,
        headers or {},
    )
