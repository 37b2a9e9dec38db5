"""Places for questions: so many at once, so many waiting, each place with a worker that is kept between two of them."""

from __future__ import annotations

import asyncio
import threading

from cdv_graph.server.job import Reply
from cdv_graph.server.jobs import Failure
from cdv_graph.server.limits import Limits
from cdv_graph.server.processes import CutError, Keeper, Order, Worker

__all__ = ["BusyError", "Lane"]


class BusyError(Exception):
    """No place came free."""


class Lane:
    """A number of places. `async with lane` takes one, or raises `BusyError`.

    Args:
        name: for logs.
        places: how many.
        effort: seconds that a question may compute.
        hurry: the same while others wait.
        limits: of those who wait, and of how long anything may take.
        low: whether its workers have the lowest priority.
    """

    def __init__(self, name: str, places: int, effort: float, hurry: float, limits: Limits, *, low: bool) -> None:
        self.name, self.places, self._effort, self._hurry = name, places, effort, hurry
        self._limits, self._low = limits, low
        self._free, self._waiting = asyncio.Semaphore(places), 0
        self._lock, self._idle, self._busy = threading.Lock(), list[Worker](), set[Worker]()

    async def __aenter__(self) -> None:
        if self._free.locked() and self._waiting >= self._limits.queue:
            raise BusyError
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), self._limits.timeout)
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._free.release()

    def run(self, keeper: Keeper, order: Order, left: threading.Event) -> Reply | Failure:
        """Ask a worker of a keeper, a new one where none is idle; blocks.

        Args:
            keeper: whose.
            order: a job and what is asked.
            left: set where nobody waits for the answer any more.

        Raises:
            CutError: a bound was met.
        """

        def effort() -> float:
            return 0 if left.is_set() else self._hurry if self._waiting else self._effort

        worker = self._take(keeper)
        try:
            reply = worker.ask(order, self._limits.timeout, effort)
        except CutError:
            with self._lock:
                self._busy.discard(worker)
            raise
        with self._lock:
            self._busy.discard(worker)
            self._idle.append(worker)
        if keeper.retired:
            self.sweep()
        return reply

    def _take(self, keeper: Keeper) -> Worker:
        with self._lock:
            worker = next((one for one in self._idle if one.keeper is keeper), None)
            if worker:
                self._idle.remove(worker)
        worker = worker or keeper.worker(low=self._low)
        with self._lock:
            self._busy.add(worker)
        return worker

    def fill(self, keeper: Keeper) -> None:
        """Make the workers of a keeper, one for each place; blocks."""
        made = [keeper.worker(low=self._low) for _ in range(self.places)]
        with self._lock:
            self._idle += made

    def sweep(self) -> None:
        """End the idle workers of keepers that are retired."""
        with self._lock:
            gone = [worker for worker in self._idle if worker.keeper.retired]
            self._idle = [worker for worker in self._idle if worker not in gone]
        for worker in gone:
            worker.end()

    def end(self) -> None:
        """End every worker, those that answer included."""
        with self._lock:
            gone = [*self._idle, *self._busy]
            self._idle = []
        for worker in gone:
            worker.end()

    def health(self) -> dict[str, int]:
        """How many places there are, are taken, and are waited for."""
        return {"places": self.places, "busy": len(self._busy), "waiting": self._waiting}
