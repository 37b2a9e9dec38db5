"""The life of a server: new data, broken data, stopping, and what is left when it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from server_process import serving

from cdv_graph.errors import InputError, StoreError
from cdv_graph.files import swap_in
from cdv_graph.server.processes import CutError, Keeper
from cdv_graph.server.source import Source

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def write(path: Path, count: int) -> None:
    swap_in(path, b"".join(b"<urn:%d> <urn:p> <urn:o> <urn:g> .\n" % n for n in range(count)))


def test_new_data_is_served_without_a_gap_and_broken_data_is_not(tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    write(file, 3)
    with serving("--graph", str(file)) as server:
        assert server.values(COUNT) == ["3"]
        old = server.ask("/health").json()["version"]
        swap_in(file, b"<urn:broken")
        assert server.logged(lambda line: line["event"] == "kept")["version"] == old
        swap_in(file, b"")
        server.logged(lambda line: line["event"] == "kept" and line is not server.log[0] and "aucun" not in line["why"])
        assert server.values(COUNT) == ["3"]

        seen, stop = [], threading.Event()

        def ask() -> None:
            while not stop.is_set():
                seen.append(server.sparql(COUNT).status)

        asking = threading.Thread(target=ask)
        asking.start()
        write(file, 5)
        new = server.logged(lambda line: line["event"] == "serving" and line["version"] != old)
        stop.set()
        asking.join()
        assert set(seen) == {200}
        assert server.values(COUNT) == ["5"]
        health = server.ask("/health").json()
        assert (health["version"], health["statements"], health["ready"]) == (new["version"], 5, True)


def test_a_keeper_that_is_killed_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    write(file, 3)
    with serving("--graph", str(file)) as server:
        keeper = max(psutil.Process(server.process.pid).children(), key=lambda one: len(one.children()))
        for worker in keeper.children():
            worker.kill()
        keeper.kill()
        server.logged(lambda line: line["event"] == "serving" and line is not server.log[0])
        assert server.values(COUNT) == ["3"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_ends_every_process_and_is_no_error(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "g.nq"
    write(file, 500)
    with serving("--graph", str(file), "--timeout", "60") as server:
        asking = threading.Thread(target=lambda: server.sparql(COUNT))
        asking.start()
        asking.join()
        server.process.send_signal(number)
        assert server.process.wait(20) == 0
        server.logged(lambda line: line["event"] == "stopped")


def test_nothing_is_left_when_the_server_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    write(file, 500)
    with serving("--graph", str(file), "--timeout", "1") as server:

        def ask() -> None:
            with pytest.raises(OSError):
                server.sparql(LONG)

        asking = threading.Thread(target=ask)
        asking.start()
        server.logged(lambda line: True)
        server.process.kill()
        asking.join()  # `serving` sees that every process ends, those that answer included


def test_data_that_cannot_be_served_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_bytes(b"")
    for name in (str(tmp_path / "missing.nq"), str(tmp_path / "empty.nq"), "http://127.0.0.1:9/sparql"):
        command = [sys.executable, "-c", "from cdv_graph.cli.main import main; main()", "serve", "--port", "0"]
        ended = subprocess.run([*command, "--graph", name], capture_output=True, text=True, timeout=60)
        assert ended.returncode == 2 and name in ended.stderr and "Traceback" not in ended.stderr


def test_workers_that_cannot_be_copied_load_for_themselves(tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    write(file, 500)
    keeper = Keeper(Source(file), 1 << 30, forks=False)
    worker = keeper.worker(low=False)
    asked = {"query": COUNT, "accept": "text/csv", "limit.rows": "9", "limit.size": "999"}
    reply = worker.ask(("sparql", asked), 20, lambda: 20)
    assert reply.body == b"n\r\n500\r\n"  # type: ignore[union-attr]
    with pytest.raises(CutError, match="time"):
        worker.ask(("sparql", asked | {"query": LONG}), 0.2, lambda: 20)
    keeper.end()


def test_a_folder_of_a_store_is_a_source(tmp_path: Path) -> None:
    from cdv_graph.build import publish
    from cdv_graph.store import read_rdf

    write(tmp_path / "g.nq", 3)
    publish(read_rdf(tmp_path / "g.nq"), tmp_path / "store")
    source = Source(tmp_path / "store")
    before = source.fingerprint()
    store, loaded = source.load()
    assert (len(store), loaded) == (3, Source(tmp_path / "g.nq").load()[1])
    assert source.fingerprint() == before
    with pytest.raises(InputError):
        Source(tmp_path / "nothing").load()
    with pytest.raises(StoreError):
        (tmp_path / "broken.nq").write_bytes(b"<urn:a>")
        Source(tmp_path / "broken.nq").load()
