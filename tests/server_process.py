"""A server as users run it, in a process of its own, for the tests that ask it."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psutil

_MAIN = "from cdv_graph.cli.main import main; main()"


@dataclass
class Answer:
    """What came back over HTTP."""

    status: int
    headers: Any
    body: bytes
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A server that runs; `log` holds its lines."""

    process: subprocess.Popen[str]
    address: str
    log: list[dict[str, Any]] = field(default_factory=list)
    _lines: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
    ) -> Answer:
        request = urllib.request.Request(self.address.rstrip("/") + path, body, dict(headers or {}), method=method)
        start = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as found:
                return Answer(found.status, found.headers, found.read(), time.monotonic() - start)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read(), time.monotonic() - start)

    def sparql(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> Answer:
        asked = urllib.parse.urlencode({"query": query, **more}).encode()
        return self.ask("/sparql", asked, {"Accept": accept})

    def values(self, query: str) -> list[str]:
        """The values of a SELECT of one variable."""
        found = self.sparql(query).json()
        return [row[found["head"]["vars"][0]]["value"] for row in found["results"]["bindings"]]

    def logged(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 30) -> dict[str, Any]:
        """The first line of the log, past or to come, that is wanted."""
        end = time.monotonic() + seconds
        for line in list(self.log):
            if wanted(line):
                return line
        while True:
            line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            if wanted(line):
                return line

    def read(self) -> None:
        assert self.process.stderr
        for text in self.process.stderr:
            line = json.loads(text)
            self.log.append(line)
            self._lines.put(line)


@contextlib.contextmanager
def serving(*options: str) -> Iterator[Server]:
    """A server on a free port, stopped afterwards; nothing of it may be left."""
    command = [sys.executable, "-c", _MAIN, "serve", "--port", "0", "--watch", "0.1", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    server = Server(process, "")
    reader = threading.Thread(target=server.read)
    reader.start()
    assert process.stdout
    server.address = process.stdout.readline().strip()
    assert server.address.startswith("http://127.0.0.1:"), server.log
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    try:
        yield server
    finally:
        if process.poll() is None:
            family += psutil.Process(process.pid).children(recursive=True)
            process.terminate()
        process.wait(20)
        reader.join(20)
        process.stdout.close()
        assert process.stderr
        process.stderr.close()
    _, left = psutil.wait_procs(family, 10)
    assert not [one for one in left if one.status() != psutil.STATUS_ZOMBIE]
