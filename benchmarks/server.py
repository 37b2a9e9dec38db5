"""What the server answers: questions a second, how long the slowest wait, alone and beside heavy questions; memory.

    python benchmarks/server.py [--minutes 10] [--rate 200] [--seconds 10]

The server and its workers run on one core, the client on another; all on loopback. Simple questions are asked at a
steady rate whatever the answers do (so that a slow answer delays no question), heavy ones one after the other beside
them. The same questions are asked of pyoxigraph and of rdflib in this process. Output is Markdown, for
`docs/performance.md`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psutil
import pyoxigraph as ox

from cdv_graph.build import load_store
from cdv_graph.namespaces import PREFIXES, prologue
from cdv_graph.store import EmbeddedStore

_MAIN = "from cdv_graph.cli.main import main; main()"
# simple questions, asked of a resource
SIMPLE = (
    "SELECT ?label {{ <{iri}> rdfs:label ?label }}",
    "SELECT ?property ?value {{ <{iri}> ?property ?value }}",
    "SELECT ?type ?label {{ <{iri}> a ?type . ?type rdfs:label ?label }}",
    "ASK {{ ?other ?property <{iri}> }}",
)
HEAVY = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(?c != {n}) }}",
    "SELECT (COUNT(*) AS ?n) {{ ?a (cdv:inContract|^cdv:inContract|!rdf:type)* ?b FILTER(?b != {n}) }}",
    "SELECT (COUNT(*) AS ?n) {{ ?a rdfs:label ?x . ?b rdfs:label ?y FILTER(REGEX(CONCAT(?x, ?y, '{n}'), '(a+)+b$')) }}",
)
_IN_FLIGHT = 64


@dataclass
class Seen:
    """What a client saw."""

    taken: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0

    def told(self) -> str:
        ordered = sorted(self.taken) or [0.0]
        at = [1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)]
        most = 1000 * ordered[-1]
        rate = len(self.taken) / self.seconds
        return f"{rate:.0f} | {at[0]:.1f} | {at[1]:.1f} | {at[2]:.1f} | {most:.0f} | {self.statuses}"


@contextlib.contextmanager
def serving(core: int, *options: str) -> Iterator[tuple[int, psutil.Process]]:
    """The server of the shipped graph on one core; gives its port and process."""
    command = [
        sys.executable,
        "-c",
        _MAIN,
        "serve",
        "--port",
        "0",
        "--timeout",
        "5",
        "--log-level",
        "warning",
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    psutil.Process(process.pid).cpu_affinity([core])  # what it starts is on the same
    assert process.stdout
    port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    try:
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


async def ask(port: int, query: str) -> int:
    """The status of an answer, over a connection of its own: the dearest way."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    path = "/sparql?" + urllib.parse.urlencode({"query": query})
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    said = await reader.read()
    writer.close()
    return int(said.split(b" ", 2)[1])


async def steady(port: int, queries: Callable[[], str], rate: float, seconds: float) -> Seen:
    """Ask so many times a second."""
    seen, asking = Seen(), set[asyncio.Task[None]]()

    async def one(query: str) -> None:
        start = time.perf_counter()
        try:
            status = await ask(port, query)
        except (OSError, IndexError):
            status = 0
        seen.taken.append(time.perf_counter() - start)
        seen.statuses[status] = seen.statuses.get(status, 0) + 1

    begin = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(begin + number / rate - time.perf_counter())
        asking.add(task := asyncio.create_task(one(queries())))
        task.add_done_callback(asking.discard)
        while len(asking) > _IN_FLIGHT:
            await asyncio.sleep(0.001)
    while asking:
        await asyncio.sleep(0.01)
    seen.seconds = time.perf_counter() - begin
    return seen


async def flood(port: int, queries: Callable[[], str], seconds: float) -> Seen:
    """Ask as fast as eight clients can."""
    seen, begin = Seen(), time.perf_counter()

    async def client() -> None:
        while time.perf_counter() - begin < seconds:
            start = time.perf_counter()
            status = await ask(port, queries())
            seen.taken.append(time.perf_counter() - start)
            seen.statuses[status] = seen.statuses.get(status, 0) + 1

    await asyncio.gather(*(client() for _ in range(8)))
    seen.seconds = time.perf_counter() - begin
    return seen


async def beside_heavy(port: int, queries: Callable[[], str], rate: float, seconds: float) -> tuple[Seen, Seen]:
    """Simple questions at a rate, and two clients that ask one heavy question after the other."""
    heavy, chance = Seen(), random.Random(2)
    stop = time.perf_counter() + seconds

    async def asker() -> None:
        while time.perf_counter() < stop:
            start = time.perf_counter()
            status = await ask(port, chance.choice(HEAVY).format(n=chance.randrange(10**9)))
            heavy.taken.append(time.perf_counter() - start)
            heavy.statuses[status] = heavy.statuses.get(status, 0) + 1

    askers = [asyncio.create_task(asker()) for _ in range(2)]
    seen = await steady(port, queries, rate, seconds)
    await asyncio.gather(*askers)
    heavy.seconds = seconds
    return seen, heavy


def memory(process: psutil.Process) -> float:
    """MB of all processes, what they share counted once (Linux)."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # cut at this moment
            told = one.memory_full_info()
            total += told.pss if hasattr(told, "pss") else told.rss
    return total / (1 << 20)


def subjects(store: EmbeddedStore) -> list[str]:
    """Two thousand resources, always the same."""
    rows = store.query(prologue() + "SELECT DISTINCT ?s { ?s rdfs:label ?l } ORDER BY ?s").rows
    return random.Random(1).sample([row[0].value for row in rows], 2000)  # type: ignore[union-attr]


def chosen(iris: list[str], chance: random.Random) -> Callable[[], str]:
    """A simple question, another one each time."""
    return lambda: chance.choice(SIMPLE).format(iri=chance.choice(iris))


def in_process(store: EmbeddedStore, iris: list[str]) -> None:
    """The same questions without a server."""
    import rdflib

    print("\n| simple questions | median ms |\n|---|---|")
    ask_ = chosen(iris, random.Random(3))
    queries = [ask_() for _ in range(200)]

    def median(run: Callable[[str], object]) -> float:
        taken = []
        for query in queries:
            start = time.perf_counter()
            run(query)
            taken.append(1000 * (time.perf_counter() - start))
        return statistics.median(taken)

    def raw(query: str) -> object:
        found = store.oxigraph.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
        return found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]

    print(f"| pyoxigraph | {median(raw):.2f} |", flush=True)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=store.nquads(), format="nquads")
    print(f"| rdflib | {median(lambda q: list(dataset.query(prologue() + q))):.2f} |")


async def measure(rate: float, seconds: float, minutes: float, cores: tuple[int, int]) -> None:
    store = load_store()
    iris = subjects(store)
    print("| | questions/s | p50 ms | p95 | p99 | worst | statuses |\n|---|---|---|---|---|---|---|")
    for cache in ("0", "32"):
        with serving(cores[0], "--cache", cache) as (port, process):
            ask_ = chosen(iris, random.Random(4))
            await steady(port, ask_, rate, 2)  # workers are warm
            named = "answers kept" if cache != "0" else "no answer kept"
            print(f"| {rate:.0f} a second, {named} | {(await steady(port, ask_, rate, seconds)).told()} |", flush=True)
            print(f"| eight clients, {named} | {(await flood(port, ask_, seconds)).told()} |", flush=True)
            seen, heavy = await beside_heavy(port, ask_, rate, seconds)
            print(f"| {rate:.0f} a second beside heavy ones, {named} | {seen.told()} |")
            print(f"| the heavy ones | {heavy.told()} |", flush=True)
            if cache == "0" and minutes:
                await soak(port, process, ask_, rate, minutes)
    in_process(store, iris)


async def soak(port: int, process: psutil.Process, queries: Callable[[], str], rate: float, minutes: float) -> None:
    """Minutes of load, heavy questions included, with the memory of all processes after each."""
    used = [memory(process)]
    all_seen = Seen()
    for _ in range(round(minutes)):
        seen, heavy = await beside_heavy(port, queries, rate, 54)
        await asyncio.sleep(6)  # what was cut is gone
        used.append(memory(process))
        all_seen.taken += seen.taken
        all_seen.seconds += seen.seconds
        for part in (seen, heavy):
            for status, count in part.statuses.items():
                all_seen.statuses[status] = all_seen.statuses.get(status, 0) + count
        print(f"<!-- {seen.told()} ; heavy {heavy.told()} ; {used[-1]:.0f} MB -->", flush=True)
    print(f"| {minutes:.0f} minutes, heavy ones included | {all_seen.told()} |")
    print(f"\nMB before, and after each minute: {json.dumps([round(one) for one in used])}\n", flush=True)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=0)
    options.add_argument("--rate", type=float, default=200)
    options.add_argument("--seconds", type=float, default=10)
    given = options.parse_args()
    me = psutil.Process()
    cores = sorted(me.cpu_affinity() or range(os.cpu_count() or 1))
    load_store()  # the cache is there
    me.cpu_affinity([cores[-1]])
    asyncio.run(measure(given.rate, given.seconds, given.minutes, (cores[0], cores[-1])))


if __name__ == "__main__":
    main()
