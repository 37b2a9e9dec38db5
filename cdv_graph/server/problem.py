"""What is wrong with a request, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from cdv_graph.errors import InputError
from cdv_graph.messages import LANGUAGES, Message
from cdv_graph.server.job import Reply

__all__ = ["ProblemError", "problem", "problem_of"]

# errors whose status is not 400
_STATUS = {"store.service": 403}


class ProblemError(InputError):
    """A request is at fault, with the HTTP status that says how; keywords of its message are told as members."""

    def __init__(self, status: int, key: str, /, **data: object) -> None:
        super().__init__(key, **data)
        self.status = status


def problem(status: int, said: Message, lang: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A problem.

    Args:
        status: the HTTP status.
        said: what is wrong and what to do.
        lang: the language of the detail, `fr` or `en`; French where it is neither.
        headers: others than the type.

    Returns:
        The reply: `type`, `title`, `status`, `detail`, and the numbers of the message (`limit`, `line`, `column`).

    Example:
        >>> json.loads(problem(403, Message("store.service"), "en").body)["title"]
        'Forbidden'
    """
    numbers = {name: int(str(value)) for name, value in said.data.items() if str(value).isdecimal()}
    told = {
        "type": f"urn:x-cdv-graph:problem:{said.key}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": said.told(lang if lang in LANGUAGES else LANGUAGES[0]),
        **numbers,
    }
    return Reply(
        json.dumps(told, ensure_ascii=False).encode() + b"\n", "application/problem+json", status, headers or {}
    )


def problem_of(error: InputError, lang: str) -> Reply:
    """The problem that an error tells: its own status, or 400."""
    status = error.status if isinstance(error, ProblemError) else _STATUS.get(error.message.key, 400)
    return problem(status, error.message, lang)
