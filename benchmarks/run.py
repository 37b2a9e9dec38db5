"""Times of what a user waits for, beside what one would write without us (rdflib + pySHACL) and raw Oxigraph.

    python benchmarks/run.py [SIZE …]      sizes are multiples of the shipped graph; 1 and 10 by default

Each figure is the median of five runs (one for what takes over ten seconds). Output is Markdown, for
`docs/performance.md`. Times vary from machine to machine; ratios hold.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from cdv_graph.build import build
from cdv_graph.namespaces import prologue
from cdv_graph.questions import ask, explain, names
from cdv_graph.store import EmbeddedStore

LIMIT = 120  # seconds for one run of what we are compared with
GIVEN = {
    "evidence": {"node": "commitment:clermont-2024.pays-coeur-d-herault-4"},
    "search": {"text": "sante"},
    "sheet": {"contract": "montpellier-2016", "code": "2.1"},
    "what-others-do": {"contract": "clermont-2024", "dispositif": "cls"},
}
COMPARED = ("signatories", "governance", "indicators", "articulations")


def timed(run: Callable[[], object], times: int = 5) -> float:
    """The median of several runs, in seconds; one run where it takes over ten."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
        if taken[0] > 10:
            break
    return statistics.median(taken)


def bounded(run: Callable[[], object]) -> float | None:
    """The time of one run in seconds, or None where it does not end within the limit."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        return timed(run, 1)
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def scaled(content: bytes, size: int, document: str = "clermont-2024") -> bytes:
    """The graph with a document `size` times over, each under another slug."""
    slug = document.encode()
    own = b"".join(line for line in content.splitlines(keepends=True) if slug in line)
    return content + b"".join(own.replace(slug, slug + b"x%d" % n) for n in range(1, size))


def cold_start(cache: Path, *, warm: bool) -> float:
    """A new process, from the command to its first answer."""
    environment = {**os.environ, "CDV_CACHE": str(cache)}
    code = "from cdv_graph.cli.main import main; main()"
    command = [sys.executable, "-c", code, "query", "signatories", "--contract", "clermont-2024", "-f", "json"]

    def run() -> None:
        if not warm:
            for kept in cache.glob("*"):
                kept.unlink()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

    run()
    return timed(run)


def raw_store(content: bytes) -> ox.Store:
    store = ox.Store()
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    return store


def line(*cells: object) -> None:
    print("| " + " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells) + " |", flush=True)


def main(sizes: list[int]) -> None:
    content = build().nquads()
    print("## Cold start to the first answer (seconds)\n")
    line("with the cache", "without")
    line("---", "---")
    with tempfile.TemporaryDirectory() as folder:
        line(cold_start(Path(folder), warm=True), cold_start(Path(folder), warm=False))
    print("\n## Load (seconds)\n")
    line("size", "statements", "raw Oxigraph", "cdv-graph", "ratio", "rdflib", "ratio")
    line(*["---"] * 7)
    stores: dict[int, tuple[EmbeddedStore, rdflib.Dataset]] = {}
    for size in sizes:
        data = scaled(content, size)
        floor = timed(lambda data=data: raw_store(data))  # type: ignore[misc]
        store = EmbeddedStore.memory()
        ours = timed(lambda data=data: EmbeddedStore.memory().load_nquads(data))  # type: ignore[misc]
        store.load_nquads(data)
        dataset = rdflib.Dataset(default_union=True)
        plain = timed(lambda data=data, dataset=dataset: dataset.parse(data=data, format="nquads"), 1)  # type: ignore[misc]
        stores[size] = store, dataset
        line(f"×{size}", len(store), floor, ours, f"{ours / floor:.1f}", plain, f"{plain / ours:.0f}")
    print("\n## Named questions (milliseconds, one contract or all)\n")
    line("question", *(f"×{size}" for size in sizes))
    line(*["---"] * (len(sizes) + 1))
    for name in names():
        taken = [timed(lambda s=s, name=name: ask(s, name, GIVEN.get(name))) * 1000 for s, _ in stores.values()]  # type: ignore[misc]
        line(f"`{name}`", *(f"{ms:.1f}" for ms in taken))
    print("\n## The same SPARQL on plain rdflib, one contract (milliseconds)\n")
    line("question", "size", "cdv-graph", "rdflib", "ratio")
    line(*["---"] * 5)
    for size, (store, dataset) in stores.items():
        for name in COMPARED if size == min(sizes) else ():
            sparql = explain(store, name, {"contract": "clermont-2024"})
            ours = timed(lambda store=store, sparql=sparql: store.query(sparql).rows) * 1000  # type: ignore[misc]
            plain = bounded(lambda d=dataset, q=sparql: list(d.query(q)))  # type: ignore[misc]
            told = (f"{plain * 1000:.0f}", f"{plain * 1000 / ours:.0f}") if plain else (f"> {LIMIT} s", "")
            line(f"`{name}`", f"×{size}", f"{ours:.1f}", *told)


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, pyoxigraph {ox.__version__}, rdflib {rdflib.__version__}\n")
    print(f"{os.cpu_count()} cores; prologue of {len(prologue())} bytes in every query\n")
    main([int(word) for word in sys.argv[1:]] or [1, 10])
