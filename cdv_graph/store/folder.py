"""A store in a folder that readers use while a writer swaps a new version in.

The folder holds versions, each an Oxigraph store, and a small file that names the one to open. A new version is written
aside; renaming that file over the old one is the whole swap, so a reader finds one version or the other, never none.
A reader keeps the version that it opened. The version before stays until the next swap; older ones are removed then, or
later where a system keeps files that are open.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from cdv_graph.errors import OutputError
from cdv_graph.files import swap_in
from cdv_graph.messages import message

__all__ = ["current", "swap_folder"]

_POINTER = "cdv-graph.version"
_VERSION, _ASIDE = "version-", "aside-"


def current(place: Path) -> Path:
    """The folder of the Oxigraph store to open: the version that is named, or the folder itself where there is none."""
    try:
        return place / (place / _POINTER).read_text("utf-8").strip()
    except OSError:
        return place


def swap_folder(target: Path, content: bytes, write: Callable[[Path], None]) -> None:
    """Make a new version the one that readers open.

    Args:
        target: the folder of versions; it is made, and a plain Oxigraph store in it becomes its first version.
        content: what the version holds; the same content is the same version, and written once.
        write: writes an Oxigraph store into an empty folder.

    Raises:
        OutputError: something else than a store is there.
        OSError: the folder cannot be written; readers keep the version that there was.
    """
    if target.exists() and not (target.is_dir() and _holds_store(target)):
        raise OutputError(target, message("build.not-a-store"))
    target.mkdir(exist_ok=True)
    before = current(target)
    pointer = target / _POINTER
    since = pointer.stat().st_mtime if pointer.is_file() else None
    version = target / f"{_VERSION}{hashlib.sha256(content).hexdigest()[:16]}"
    if not version.is_dir():
        _written_aside(version, write)
    swap_in(pointer, version.name.encode())
    if version != before and since is not None:
        _remove_older(target, {version, before}, since)


def _holds_store(target: Path) -> bool:
    return (target / _POINTER).is_file() or (target / "CURRENT").is_file() or not any(target.iterdir())


def _written_aside(version: Path, write: Callable[[Path], None]) -> None:
    aside = Path(tempfile.mkdtemp(dir=version.parent, prefix=_ASIDE))
    try:
        write(aside)
        if not version.is_dir():  # another writer was faster
            aside.replace(version)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _remove_older(target: Path, kept: set[Path], since: float) -> None:
    """Remove what was there when the version before was swapped in; what came since may be another writer's."""
    for path in target.iterdir():
        if path.name == _POINTER or path in kept or path.stat().st_mtime > since:
            continue
        with contextlib.suppress(OSError):  # a system that keeps open files keeps it; the next swap removes it
            if path.is_dir():
                # half of a version must not pass for one
                shutil.rmtree(path if path.name.startswith(_ASIDE) else path.rename(target / f"{_ASIDE}{path.name}"))
            elif target not in kept:  # the plain store that was there first
                path.unlink()
