"""Who answers: worker processes in two lanes, each ended past its bounds, of one version of the data at a time.

A question starts in the lane of short ones. One that computes longer is ended there and starts over in the other lane,
at the lowest priority and with the time that `--timeout` gives: however many long questions there are, places for short
ones come free after `Limits.short` seconds of computing. What was long once goes to its lane at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from cdv_graph.errors import InputError
from cdv_graph.messages import Message, message
from cdv_graph.server.job import Reply
from cdv_graph.server.jobs import Failure
from cdv_graph.server.lane import BusyError, Lane
from cdv_graph.server.limits import MEGABYTE, Limits
from cdv_graph.server.log import LOG, note
from cdv_graph.server.problem import problem
from cdv_graph.server.processes import CutError, Keeper
from cdv_graph.server.source import Source

__all__ = ["VERSION_HEADER", "Pool"]

VERSION_HEADER = "CDV-Data-Version"
_REMEMBERED = 1024  # questions known to be long


class Pool:
    """Everything that answers. Made where an event loop runs.

    Args:
        source: the data.
        limits: the bounds.

    Raises:
        InputError: the data cannot be served.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        short = max(1, limits.workers // 2)
        self._short = Lane("short", short, limits.short, limits.hurry, limits, low=False)
        self._long = Lane("long", max(1, limits.workers - short), math.inf, math.inf, limits, low=True)
        self._threads = ThreadPoolExecutor(self._short.places + self._long.places, "worker")
        self._known_long: OrderedDict[str, None] = OrderedDict()
        self._seen = source.fingerprint()
        self._keeper = self._load()

    def _load(self) -> Keeper:
        keeper = Keeper(self.source, self.limits.memory)
        for lane in (self._short, self._long):
            lane.fill(keeper)
        LOG.info("serving", extra={"version": keeper.loaded.version, "statements": keeper.loaded.statements})
        return keeper

    @property
    def version(self) -> str:
        """The version of the data that is served."""
        return self._keeper.loaded.version

    def health(self) -> dict[str, object]:
        """What runs, for people and for those who watch the server."""
        lanes = {lane.name: lane.health() for lane in (self._short, self._long)}
        said = {"ready": self._keeper.alive, "version": self.version, "statements": self._keeper.loaded.statements}
        return {**said, "lanes": lanes}

    async def run(self, name: str, asked: Mapping[str, str]) -> Reply:
        """Answer a job; see `Run`. Where a bound is met, the reply tells which, and what to do."""
        key = hashlib.sha256(json.dumps([name, sorted(asked.items())]).encode()).hexdigest()[:16]
        note(job=name, question=key)
        order = (name, {**asked, **self.limits.told})
        try:
            version, reply = await self._run(key, order)
        except BusyError:
            note(cut="queue")
            later = {"Retry-After": str(round(max(1.0, self.limits.timeout / 4)))}
            return problem(message("server.busy"), asked.get("lang", ""), later)
        except CutError as cut:
            note(cut=cut.reason)
            return problem(self._told(cut.reason), asked.get("lang", ""))
        if isinstance(reply, Failure):
            LOG.error("failed", extra={"job": name, "question": key, "trace": reply.trace})
            return problem(message("server.fault"), asked.get("lang", ""))
        return Reply(reply.body, reply.media_type, reply.status, {**reply.headers, VERSION_HEADER: version})

    def _told(self, reason: str) -> Message:
        if reason == "time":
            return message("server.cut-time", limit=f"{self.limits.timeout:g}")
        if reason == "memory":
            return message("server.cut-memory", limit=self.limits.memory // MEGABYTE)
        return message("server.cut-crash")

    async def _run(self, key: str, order: tuple[str, Mapping[str, str]]) -> tuple[str, Reply | Failure]:
        if key not in self._known_long:
            with suppress(_TooLong):
                return await self._in(self._short, order)
            self._remember(key)
        start = time.monotonic()
        found = await self._in(self._long, order)
        if time.monotonic() - start < self.limits.short:  # the machine was busy, not the question long
            self._known_long.pop(key, None)
        return found

    async def _in(self, lane: Lane, order: tuple[str, Mapping[str, str]]) -> tuple[str, Reply | Failure]:
        note(lane=lane.name)
        loop, left = asyncio.get_running_loop(), threading.Event()
        async with lane:
            while True:
                keeper = self._keeper
                try:
                    found = loop.run_in_executor(self._threads, lane.run, keeper, order, left)
                    return keeper.loaded.version, await found
                except asyncio.CancelledError:  # nobody waits for it any more
                    left.set()
                    raise
                except CutError as cut:
                    if cut.reason == "crash" and keeper.retired:  # new data came in between
                        continue
                    if cut.reason == "effort":
                        raise _TooLong from None
                    raise

    def _remember(self, key: str) -> None:
        self._known_long[key] = None
        while len(self._known_long) > _REMEMBERED:
            self._known_long.popitem(last=False)

    async def watch(self, every: float) -> None:
        """Serve new data as it appears; what cannot be served is logged, and what was served stays.

        Data is taken once two looks in a row see the same: it may be in the middle of being written.

        Args:
            every: seconds between two looks.
        """
        before = self._seen
        while True:
            await asyncio.sleep(every)
            now = await asyncio.to_thread(self.source.fingerprint)
            if (now != self._seen and now == before) or not self._keeper.alive:
                self._seen = now
                await asyncio.to_thread(self._reload)
            before = now

    def _reload(self) -> None:
        old = self._keeper
        try:
            self._keeper = self._load()
        except (InputError, CutError, EOFError) as error:
            LOG.error("kept", extra={"version": self.version, "why": str(error)})
            return
        self._known_long.clear()
        old.retire()
        for lane in (self._short, self._long):
            lane.sweep()

    def end(self) -> None:
        """End every process."""
        self._keeper.retire()
        for lane in (self._short, self._long):
            lane.end()
        self._keeper.end()
        self._threads.shutdown(cancel_futures=True)


class _TooLong(Exception):  # noqa: N818
    """A question is not for the lane of short ones."""
