"""Every job by name, and what a worker makes of one: an answer, or a problem told in full."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from cdv_graph.errors import InputError
from cdv_graph.messages import message
from cdv_graph.server.job import Job, Reply
from cdv_graph.server.limits import SIZE
from cdv_graph.server.problem import problem
from cdv_graph.store import EmbeddedStore

__all__ = ["JOBS", "Failure", "answer", "import_jobs"]

JOBS = {
    "sparql": "cdv_graph.server.sparql:answer",
    "question": "cdv_graph.server.questions:answer",
    "entity": "cdv_graph.server.entities:answer",
    "home": "cdv_graph.server.pages:home",
    "query": "cdv_graph.server.query:query",
}


@dataclass(frozen=True)
class Failure:
    """A job that failed by our fault.

    Attributes:
        trace: where, for the log.
    """

    trace: str


def _job(name: str) -> Job:
    module, _, function = JOBS[name].partition(":")
    found: Job = getattr(import_module(module), function)
    return found


def import_jobs() -> None:
    """Import every job and read the words of errors, before workers are made: none of them waits for it again."""
    str(message("server.fault"))
    for name in JOBS:
        _job(name)


def answer(store: EmbeddedStore, name: str, asked: Mapping[str, str]) -> Reply | Failure:
    """Run a job.

    Args:
        store: the graph.
        name: a key of `JOBS`.
        asked: what is asked, and the bounds of the answer.

    Returns:
        The job's reply; a problem (`application/problem+json`) where what was asked is at fault or the answer too big;
        where the code of a job is at fault, what to log.
    """
    try:
        reply = _job(name)(store, asked)
    except InputError as error:
        return problem(error.message, asked.get("lang", ""))
    except Exception:
        return Failure(traceback.format_exc())
    if len(reply.body) > int(asked[SIZE]):
        return problem(message("server.too-big", limit=asked[SIZE]), asked.get("lang", ""))
    return reply
