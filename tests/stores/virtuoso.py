"""A Virtuoso of our own on loopback: made in a folder, ended with the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cdv_graph.store import EmbeddedStore
from cdv_graph.store.remote import Endpoint, SparqlStore

USER = PASSWORD = "dba"  # of every new Virtuoso; this one listens on loopback only
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


class Virtuoso:
    """A server that runs.

    Attributes:
        store: reads and writes, as `dba`.
        reader: what anyone may do: read.
    """

    def __init__(self, root: str) -> None:
        writes = Endpoint(
            f"{root}/sparql-auth", graph_store=f"{root}/sparql-graph-crud-auth", user=USER, password=PASSWORD
        )
        self.store = SparqlStore(writes)
        self.by_updates = SparqlStore(Endpoint(f"{root}/sparql-auth", user=USER, password=PASSWORD))
        self.reader = SparqlStore(Endpoint(f"{root}/sparql", user="", password=""))

    def holding(self, store: EmbeddedStore) -> SparqlStore:
        """The reader, once the server holds these graphs and no others."""
        for name in {*self.store.graphs()} - {*store.graphs()}:
            self.store.replace(name, [])
        for name in store.graphs():
            self.store.replace(name, store.quads(name))
        return self.reader


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path) -> Iterator[Virtuoso]:
    """A new Virtuoso in a folder, once it answers; ended with the block."""
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    ports = {"sql": _free_port(), "http": _free_port()}
    (folder / "virtuoso.ini").write_text(_INI.format(**ports), "utf-8")
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen([binary, "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=out, stderr=out)
    try:
        root = f"http://127.0.0.1:{ports['http']}"
        deadline = time.monotonic() + 60
        while not _answers(f"{root}/sparql"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "out.txt").read_text("utf-8", "replace")[-2000:])
            time.sleep(0.05)
        yield Virtuoso(root)
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False
