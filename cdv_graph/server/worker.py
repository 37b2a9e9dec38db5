"""The processes that read the graph: a keeper holds one version of it, its workers answer one question at a time.

Where processes can fork, a worker is a copy of the keeper: it shares its memory and is there in milliseconds. Elsewhere
each worker loads the data for itself. All of them end when the process that speaks HTTP does: their pipe closes, and a
question that runs is ended by a timer that needs no Python to run.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import IO, Any

import psutil

from cdv_graph.errors import InputError
from cdv_graph.server.jobs import answer, import_jobs
from cdv_graph.server.source import Source
from cdv_graph.store import EmbeddedStore

__all__ = ["FORKS", "keep"]

FORKS = hasattr(os, "fork")
_STACKS = 64 << 20  # bytes of addresses that threads and allocators reserve
_GRACE = 2.0  # seconds after its bound in which a worker is ended from outside


def keep(orders: Connection, source: Source, memory: int, *, forks: bool, low: bool = False) -> None:
    """The life of a keeper: load, tell what was loaded (or the error), make workers until the pipe closes.

    Args:
        orders: the pipe to the process that speaks HTTP.
        source: what to load.
        memory: bytes that one question may take beside the data.
        forks: whether it makes workers, or is one itself.
        low: a worker's priority, where it is one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells the whole group; the first process ends the others
    try:
        store, loaded = source.load()
    except InputError as error:
        _send(orders, error)
        return
    import_jobs()
    gc.collect()
    gc.freeze()  # a collection would touch, and so copy, the memory that workers share
    _send(orders, loaded)
    if not forks:
        _serve(store, orders, memory, low=low)
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended workers are gone at once
    while (order := _next(orders)) is not None:
        pipe = recv_handle(orders)
        if pid := os.fork():
            os.close(pipe)
            _send(orders, pid)
            continue
        try:
            orders.close()
            _serve(store, Connection(pipe), memory, low=bool(order))
        finally:
            os._exit(0)  # nothing of the keeper's is ended twice
    try:
        os.wait()  # until the last worker has ended
    except ChildProcessError:
        return


def _next(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _serve(store: EmbeddedStore, orders: Connection, memory: int, *, low: bool) -> None:
    if low:
        psutil.Process().nice(getattr(psutil, "IDLE_PRIORITY_CLASS", 19))  # Windows has classes, others degrees
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)  # what a process says when it runs out of memory or of stack is no line of the log
        _wall(memory)
        while (order := _next(orders)) is not None:
            _one(store, orders, order, nowhere)


def _wall(memory: int) -> None:
    """Let the system refuse what is taken between two looks from outside, twice the bound; POSIX has such a limit."""
    try:
        import resource

        most = psutil.Process().memory_info().vms + 2 * memory + _STACKS
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        return


def _one(store: EmbeddedStore, orders: Connection, order: Any, nowhere: IO[str]) -> None:
    name, asked, bound = order
    faulthandler.dump_traceback_later(bound + _GRACE, exit=True, file=nowhere)
    reply = answer(store, name, asked)
    faulthandler.cancel_dump_traceback_later()
    _send(orders, reply)


def _send(pipe: Connection, said: object) -> None:
    try:
        pipe.send(said)
    except OSError:  # nobody waits for it any more
        return
