"""The data that a server serves: loaded into memory, known by a digest, watched for change."""

from __future__ import annotations

import hashlib
import operator
from dataclasses import dataclass
from pathlib import Path

from cdv_graph.build import load_store
from cdv_graph.errors import InputError, StoreError
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore, read_rdf

__all__ = ["Loaded", "Source"]


@dataclass(frozen=True)
class Loaded:
    """One version of the data.

    Attributes:
        version: the digest of its quads.
        statements: how many there are.
    """

    version: str
    statements: int


@dataclass(frozen=True)
class Source:
    """Where the data comes from.

    Attributes:
        graph: the folder of a store, or an RDF file.
        data: a folder of tables; the shipped one where neither is given.
    """

    graph: Path | None = None
    data: Path | None = None

    def load(self) -> tuple[EmbeddedStore, Loaded]:
        """The data in memory (a folder answers several times slower), and what it is.

        Raises:
            InputError: there is nothing there, it cannot be read, or holds no statement.
        """
        store = self._read()
        quads = store.nquads()
        if not quads:
            raise StoreError("graph.empty-store", path=self.graph or self.data)
        if self.graph and self.graph.is_dir():
            store = EmbeddedStore.memory()
            store.load_nquads(quads)
        lines = quads.splitlines()
        stated = [line.rsplit(b" ", 2)[0] for line in lines]
        if any(map(operator.eq, stated, stated[1:])):
            store.merge()
        return store, Loaded(hashlib.sha256(quads).hexdigest()[:16], len(lines))

    def _read(self) -> EmbeddedStore:
        if self.graph is None:
            return load_store(self.data)
        if not self.graph.exists():
            raise InputError("graph.nothing-there", path=self.graph)
        return EmbeddedStore.open(self.graph) if self.graph.is_dir() else read_rdf(self.graph)

    def fingerprint(self) -> frozenset[tuple[str, int, int]]:
        """What changes when the data does: name, size and time of each file; nothing where there is none."""
        place = self.graph or self.data or folder("data")
        paths = [place, *place.rglob("*")] if place.is_dir() else [place]
        found = set()
        for path in paths:
            try:
                seen = path.stat()
            except OSError:  # being replaced at this moment
                continue
            # readers of a RocksDB folder may write its log
            if path.is_file() and not path.name.startswith("LO"):
                found.add((str(path), seen.st_size, seen.st_mtime_ns))
        return frozenset(found)
