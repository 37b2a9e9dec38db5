"""What a request asks of a worker process, and what comes back.

Everything that reads the graph is a job: a function of the store and of plain text, which a worker process runs and
which may be ended at any moment. The process that speaks HTTP never reads the graph.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from cdv_graph.store import EmbeddedStore

__all__ = ["Job", "Reply", "Run"]


@dataclass(frozen=True)
class Reply:
    """What is answered over HTTP.

    Attributes:
        body: the bytes.
        media_type: what they are.
        status: the HTTP status.
        headers: others than the type and the length.
    """

    body: bytes
    media_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


# in a worker: the store, and what is asked (text by name; `limit.rows` and `limit.size` bound the answer,
# `lang` is the language of errors)
Job = Callable[[EmbeddedStore, Mapping[str, str]], Reply]
# where HTTP is spoken: the name of a job, and what is asked of it
Run = Callable[[str, Mapping[str, str]], Awaitable[Reply]]
