"""The other processes, as the one that speaks HTTP sees them: to be asked, watched and ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from typing import cast

import psutil

from cdv_graph.errors import InputError
from cdv_graph.server.job import Reply
from cdv_graph.server.jobs import Failure
from cdv_graph.server.source import Loaded, Source
from cdv_graph.server.worker import FORKS, keep

__all__ = ["CutError", "Keeper", "Order", "Worker"]

Order = tuple[str, Mapping[str, str]]  # a job, and what is asked of it
_TICK = 0.05  # seconds between two looks at a worker's memory
_CROWDED = 4  # times what it computes that a question may last
_STOP = 5.0  # seconds in which a process may end by itself
_SPAWN = multiprocessing.get_context("spawn")


class CutError(Exception):
    """A question was ended with its worker: for its `time`, `effort` or `memory`, or as the worker ended (`crash`)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker:
    """A process that answers one question at a time."""

    def __init__(self, keeper: Keeper, process: psutil.Process, pipe: Connection) -> None:
        self.keeper, self._process, self._pipe = keeper, process, pipe
        self._shared = process.memory_info().rss  # the graph, most of it the keeper's

    def ask(self, order: Order, bound: float, effort: Callable[[], float]) -> Reply | Failure:
        """Ask, and end the worker past a bound; blocks.

        Args:
            order: a job and what is asked.
            bound: seconds.
            effort: seconds of computing, asked for again while the worker answers: they may become fewer.

        Raises:
            CutError: the worker was ended, or ended.
        """
        start, computed = time.monotonic(), self._computed()
        end = start + bound
        try:
            self._pipe.send((*order, bound))
            while not self._pipe.poll(max(0.0, min(_TICK, end - time.monotonic()))):
                if time.monotonic() >= end:
                    self._cut("time")
                # a machine that is busy makes a question last, not long; but others wait for its place
                if max(self._computed() - computed, (time.monotonic() - start) / _CROWDED) >= effort():
                    self._cut("effort")
                if self._process.memory_info().rss - self._shared > self.keeper.memory:
                    self._cut("memory")
            return cast("Reply | Failure", self._pipe.recv())
        except (EOFError, OSError, psutil.NoSuchProcess):
            self._cut("crash")
            raise  # unreachable: a cut raises

    def _computed(self) -> float:
        times = self._process.cpu_times()
        return times.user + times.system

    def _cut(self, reason: str) -> None:
        self.end()
        raise CutError(reason) from None

    def end(self) -> None:
        """End the process at once."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.kill()
        self._pipe.close()


class Keeper:
    """One version of the data in memory, and the workers that share it; blocks until it is loaded.

    Args:
        source: the data.
        memory: bytes that one question may take beside it.
        forks: whether workers are copies of the keeper, or load the data for themselves.

    Raises:
        InputError: the data cannot be served; the message says why.
    """

    def __init__(self, source: Source, memory: int, *, forks: bool = FORKS) -> None:
        self._source, self.memory, self._forks = source, memory, forks
        self._lock = threading.Lock()
        self._process, self._pipe, self.loaded = self._start(forks=forks, low=False)
        self.retired = False

    def _start(self, *, forks: bool, low: bool) -> tuple[multiprocessing.process.BaseProcess, Connection, Loaded]:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(
            target=keep, args=(theirs, self._source, self.memory), kwargs={"forks": forks, "low": low}, daemon=True
        )
        process.start()
        theirs.close()
        told = ours.recv()
        if isinstance(told, InputError):
            process.join(_STOP)
            raise told
        return process, ours, told

    @property
    def alive(self) -> bool:
        """Whether workers can be made."""
        return self._process.is_alive()

    def worker(self, *, low: bool) -> Worker:
        """A new worker; blocks.

        Args:
            low: at the lowest priority.

        Raises:
            CutError: the keeper has ended.
        """
        try:
            return self._forked(low) if self._forks else self._spawned(low)
        except (EOFError, OSError, psutil.NoSuchProcess):
            raise CutError("crash") from None

    def _forked(self, low: bool) -> Worker:
        ours, theirs = _SPAWN.Pipe()
        with self._lock, theirs:
            self._pipe.send("low" if low else "")
            send_handle(self._pipe, theirs.fileno(), self._process.pid)
            pid = self._pipe.recv()
        return Worker(self, psutil.Process(pid), ours)

    def _spawned(self, low: bool) -> Worker:
        process, pipe, _ = self._start(forks=False, low=low)
        return Worker(self, psutil.Process(process.pid), pipe)

    def retire(self) -> None:
        """Make no more workers; the process ends when the last of them has."""
        self.retired = True
        with self._lock:
            self._pipe.close()

    def end(self) -> None:
        """End the keeper, whose workers end as their pipes close."""
        self.retire()
        self._process.join(_STOP)
        if self._process.is_alive():
            self._process.kill()
