"""From a data folder to a graph: read, check, populate, infer, all aside; then publish at once, or cached.

The graph is a function of its inputs: the same tables, ontology and rules give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from cdv_graph.errors import OutputError, StoreError, TableError, system_reason
from cdv_graph.files import swap_in
from cdv_graph.messages import Message, message
from cdv_graph.namespaces import BASE
from cdv_graph.populate import across_quads, authority_quads, document_quads, ontology_quads
from cdv_graph.reason import infer
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore, swap_folder
from cdv_graph.tables import check, read_dataset

__all__ = ["build", "load_store", "publish"]

Progress = Callable[[Message], None]
_PACKAGE = Path(__file__).parent


def _silent(_: Message) -> None:
    pass


def build(data: Path | None = None, documents: Iterable[str] = (), progress: Progress = _silent) -> EmbeddedStore:
    """Build the graph of a data folder in memory.

    Args:
        data: the folder of reviewed tables; the shipped one by default.
        documents: slugs of the documents to take in; all by default.
        progress: called with one message per step.

    Returns:
        A store with the graphs `ontology`, `vocabulary`, `authority`, one per document, and what the rules infer.

    Raises:
        TableError: tables hold faults; the error lists every one.
        InputError: the folder or a file in it cannot be read.

    Example:
        >>> store = build(documents=["clermont-2024"])
        >>> len(store) > 10_000
        True
    """
    progress(message("build.reading"))
    dataset = read_dataset(data or folder("data"), documents)
    progress(message("build.checking"))
    if faults := check(dataset):
        raise TableError(faults)
    store = EmbeddedStore.memory()
    progress(message("build.authority"))
    store.add(ontology_quads())
    store.add(authority_quads(dataset))
    for document in dataset.documents:
        progress(message("build.populating", document=document))
        store.add(document_quads(dataset, document))
    store.add(across_quads(dataset))
    progress(message("build.inferring"))
    store.add(infer(store, list(dataset.documents)))
    return store


def _fingerprint(data: Path) -> str:
    """The hash of everything that the graph is a function of."""
    roots = [
        data,
        *(folder(name) for name in ("ontology", "rules")),
        *(_PACKAGE / name for name in ("populate", "reason")),
    ]
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in {".csv", ".xlsx", ".json", ".ttl", ".rq", ".py"}:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def load_store(data: Path | None = None, *, cache: bool = True, progress: Progress = _silent) -> EmbeddedStore:
    """The graph of a data folder, from the user's cache if it was built before.

    Args:
        data: the folder of reviewed tables; the shipped one by default.
        cache: read and write the cache (`CDV_CACHE` names its folder; the system's cache folder by default).
        progress: called with one message per step where the graph is built.

    Raises:
        TableError, InputError: as `build`.
    """
    if not cache:
        return build(data, progress=progress)
    place = _cache_folder() / f"{_fingerprint(data or folder('data'))}.nq"
    store = EmbeddedStore.memory()
    if place.is_file():
        try:
            store.load_nquads(place.read_bytes())
        except StoreError:
            store = EmbeddedStore.memory()  # a damaged cache is made again
    if not len(store):
        store = build(data, progress=progress)
        _keep(place, store.nquads())
    return store


def _cache_folder() -> Path:
    if named := os.environ.get("CDV_CACHE"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("cdv-graph", appauthor=False))


def _keep(place: Path, content: bytes) -> None:
    """Write a cached graph, and drop the ones of earlier inputs; a cache that cannot be written is no error."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.glob("*.nq"):
            old.unlink(missing_ok=True)
        swap_in(place, content)
    except (OSError, OutputError):
        return


def publish(store: EmbeddedStore, target: Path, *, base: str = BASE) -> None:
    """Write a graph to a file (N-Quads) or to a folder (Oxigraph stores), aside first, then swapped in.

    Who reads the folder meanwhile keeps the version that was opened (`cdv_graph.store.folder`).

    Args:
        store: what to publish.
        target: a path ending in `.nq`, or the folder of a store.
        base: the base IRI to publish under, instead of `https://w3id.org/contrat-de-ville/`.

    Raises:
        OutputError: the target cannot be written; what was there before is untouched.
    """
    content = store.nquads()
    if base != BASE:
        content = content.replace(f"<{BASE}".encode(), f"<{base}".encode())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".nq":
            swap_in(target, content)
        else:
            swap_folder(target, content, partial(_write_folder, content))
    except OSError as error:
        raise OutputError(target, system_reason(error)) from error


def _write_folder(content: bytes, place: Path) -> None:
    written = EmbeddedStore.open(place, read_only=False)
    written.load_nquads(content)
    written.optimize()
