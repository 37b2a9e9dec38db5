"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from cdv_graph.errors import OutputError, system_reason

__all__ = ["swap_all_in", "swap_in"]


def swap_in(target: Path, content: bytes) -> None:
    """Write a file aside, then rename it over the target.

    Raises:
        OutputError: the file cannot be written; what was there before is untouched, and nothing is left aside.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     swap_in(Path(folder) / "a.txt", b"whole")
        ...     [path.read_bytes() for path in Path(folder).iterdir()]
        [b'whole']
    """
    swap_all_in({target: content})


def swap_all_in(contents: Mapping[Path, bytes]) -> None:
    """The same for files that belong together: all are written aside before the first is renamed.

    Raises:
        OutputError: a file cannot be written; see `swap_in`.
    """
    asides = {target: target.with_name(f".{target.name}.{os.getpid()}.tmp") for target in contents}
    target = Path()
    try:
        for target, aside in asides.items():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            aside.write_bytes(contents[target])
        for target, aside in asides.items():
            aside.replace(target)
    except OSError as error:
        raise OutputError(target, system_reason(error)) from error
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
