"""A folder that readers use while a writer swaps new versions in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from cdv_graph.build import publish
from cdv_graph.errors import OutputError, StoreError
from cdv_graph.store import EmbeddedStore

SIZE = 300
READER = """
import sys
from pathlib import Path
from cdv_graph.store import EmbeddedStore
place, seen = Path(sys.argv[1]), 0
print("ready", flush=True)
while not (place.parent / "done").exists():
    store = EmbeddedStore.open(place)
    found = {row[0].value for row in store.query("SELECT ?v { ?s <urn:version> ?v }").rows}
    assert len(found) == 1 and len(store) == int(sys.argv[2]), (found, len(store))
    seen += 1
print(seen)
"""


def version(name: str) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    graph, says = ox.NamedNode("urn:g"), ox.NamedNode("urn:version")
    store.add(ox.Quad(ox.NamedNode(f"urn:s{n}"), says, ox.Literal(name), graph) for n in range(SIZE))
    return store


def held(store: EmbeddedStore) -> set[str]:
    return {row[0].value for row in store.query("SELECT ?v { ?s <urn:version> ?v }").rows if row[0]}


def versions(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.is_dir())


def test_readers_find_one_version_or_the_other_and_never_none(tmp_path: Path) -> None:
    place = tmp_path / "store"
    publish(version("first"), place)
    arguments = [sys.executable, "-c", READER, str(place), str(SIZE)]
    readers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    try:
        for reader in readers:
            assert reader.stdout and reader.stdout.readline() == "ready\n"
        for n in range(12):
            publish(version(f"number {n}"), place)
    finally:
        (tmp_path / "done").touch()
        told = [reader.communicate(timeout=60) for reader in readers]
    assert [error for _, error in told] == ["", "", ""]
    assert all(int(seen) > 0 for seen, _ in told)


def test_who_reads_keeps_the_version_that_was_opened(tmp_path: Path) -> None:
    place = tmp_path / "store"
    publish(version("first"), place)
    reader = EmbeddedStore.open(place)
    for name in ("second", "third", "fourth"):
        publish(version(name), place)
        assert held(EmbeddedStore.open(place)) == {name}
    assert held(reader) == {"first"}


def test_the_version_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    place = tmp_path / "store"
    for name in ("first", "second", "third", "fourth"):
        before = versions(place) if place.exists() else []
        publish(version(name), place)
        assert len(versions(place)) <= 2
        assert not before or set(before) & set(versions(place))
    publish(version("fourth"), place)
    assert len(versions(place)) == 2


def test_a_plain_store_is_opened_and_becomes_the_first_version(tmp_path: Path) -> None:
    place = tmp_path / "store"
    plain = EmbeddedStore.open(place, read_only=False)
    plain.add(version("plain").quads())
    plain.optimize()
    del plain
    reader = EmbeddedStore.open(place)
    for name in ("second", "third", "fourth"):
        publish(version(name), place)
    assert held(reader) == {"plain"}
    assert held(EmbeddedStore.open(place)) == {"fourth"}
    assert not (place / "CURRENT").exists()


def test_what_cannot_be_written_leaves_readers_their_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "store"
    publish(version("first"), place)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(EmbeddedStore, "optimize", full)
    with pytest.raises(OutputError, match="No space left"):
        publish(version("second"), place)
    assert held(EmbeddedStore.open(place)) == {"first"}
    assert len(versions(place)) == 1


def test_a_version_that_is_damaged_is_told(tmp_path: Path) -> None:
    place = tmp_path / "store"
    publish(version("first"), place)
    (place / versions(place)[0] / "CURRENT").unlink()
    with pytest.raises(StoreError):
        EmbeddedStore.open(place)
