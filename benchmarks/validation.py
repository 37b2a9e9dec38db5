"""Time and memory of validation: our two engines, and pySHACL on rdflib as one would write it without us.

    python benchmarks/validation.py [SIZE …]      shipped, 1, 10 and 100 by default

`shipped` is the graph of all documents; a number is so many times one document (the call of Montpellier, 2021), each
under another name. Every run is a process of its own, ended after ten minutes or beyond 16 GB. Output is Markdown, for
`docs/performance.md`; `results` is a digest of what was found: the same digest, the same results.
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from run import line, scaled

from cdv_graph.build import build
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.reference import findings_of, reference_findings
from cdv_graph.validate.run import findings
from cdv_graph.validate.shapes import Shapes, read_shapes

UNIT = "montpellier-2021"  # small enough for all three to end at the first size
LIMIT = 600  # seconds
MEMORY = 16 * 2**30
ENGINES = {"compiled": "cdv-graph", "pyshacl": "pySHACL, Oxigraph", "rdflib": "pySHACL, rdflib"}


def content(size: str) -> bytes:
    if size == "shipped":
        return build().nquads()
    return scaled(build(documents=[UNIT]).nquads(), int(size), UNIT)


def digest(found: Iterable[Finding]) -> str:
    told = sorted(f"{one.focus} {one.shape} {one.component} {one.value}" for one in set(found))
    return f"{len(told)} · {hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:8]}"


def one(engine: str, path: Path) -> None:
    """One run, in this process: seconds of validation alone, peak megabytes, digest."""
    shapes = Shapes(read_shapes())
    if engine == "rdflib":
        import pyshacl
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path, format="nquads")
        graph = rdflib.Graph()
        for triple in dataset.triples((None, None, None)):
            graph.add(triple)
        start = time.perf_counter()
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes.graph, inplace=True)
        found = set(findings_of(report, shapes))
    else:
        store = EmbeddedStore.memory()
        store.load_nquads(path.read_bytes())
        start = time.perf_counter()
        found = set(reference_findings(store, shapes)) if engine == "pyshacl" else findings(store, shapes, engine)[0]
    taken = time.perf_counter() - start
    print(f"{taken:.2f} s", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} Mo", digest(found), sep="\t")


def measured(engine: str, path: Path) -> list[str]:
    command = [sys.executable, __file__, "--one", engine, str(path)]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return [f"> {LIMIT} s", "", ""]
    return ran.stdout.strip().split("\t") if ran.returncode == 0 else ["> 16 Go", "", ""]


def main(sizes: list[str]) -> None:
    line("size", "statements", "engine", "time", "memory", "results")
    line(*["---"] * 6)
    place = Path(os.environ.get("TMPDIR", "/tmp")) / f"cdv-benchmark-{os.getpid()}.nq"
    over: set[str] = set()  # what did not end at one size is not tried at the next
    for size in sizes:
        place.write_bytes(content(size))
        count = sum(1 for _ in place.open("rb"))
        for engine, name in ENGINES.items():
            if engine in over:
                line(size, count, name, "not tried: did not end before", "", "")
                continue
            told = measured(engine, place)
            if told[0].startswith(">"):
                over.add(engine)
            line(size, count, name, *told)
    place.unlink(missing_ok=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(sys.argv[1:] or ["1", "shipped", "10", "100"])
