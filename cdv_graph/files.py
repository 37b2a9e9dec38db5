"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from pathlib import Path

from cdv_graph.errors import OutputError, system_reason

__all__ = ["swap_in"]


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
    aside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        aside.write_bytes(content)
        aside.replace(target)
    except OSError as error:
        raise OutputError(target, system_reason(error)) from error
    finally:
        if aside.exists():
            aside.unlink()
