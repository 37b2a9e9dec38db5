"""A document as lines, with the hash that tells whether it is the one that was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cdv_graph.errors import InputError, system_reason

__all__ = ["Document", "open_document", "read_text"]


@dataclass(frozen=True)
class Document:
    """A source document.

    Attributes:
        slug: its name in the graph.
        lines: its lines, in order; line 1 is `lines[0]`.
    """

    slug: str
    lines: tuple[str, ...]

    def passage(self, first: int, last: int) -> str:
        """The text of a range of lines, both ends included, blank lines left out.

        Raises:
            InputError: the range lies beyond the document.
        """
        if not 1 <= first <= last <= len(self.lines):
            raise InputError("corpus.beyond", document=self.slug, first=first, last=last, count=len(self.lines))
        return "\n".join(line.strip() for line in self.lines[first - 1 : last] if line.strip())


def read_text(path: Path, slug: str = "") -> Document:
    """A document from a UTF-8 text file.

    Raises:
        InputError: the file cannot be read as UTF-8 text.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError("files.unreadable", path=path, why=system_reason(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("files.not-utf8", path=path, byte=error.start) from error
    lines = text.split("\n")
    return Document(slug or path.stem, tuple(lines[:-1] if text.endswith("\n") else lines))


def open_document(corpus: Path, file: str, sha256: str, slug: str) -> Document:
    """A document of a corpus folder, if it is the very one that was read.

    Args:
        corpus: the folder.
        file: the file's name in it.
        sha256: the hash that `SOURCES.csv` gives.
        slug: its name in the graph.

    Raises:
        InputError: the file is missing, or another version: its lines may not be the ones that were cited.
    """
    path = corpus / file
    if not path.is_file():
        raise InputError("corpus.missing", path=path, file=file)
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise InputError("corpus.other-version", path=path)
    return read_text(path, slug)
