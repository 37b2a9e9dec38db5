"""Where the project's own files are: ontology, rules, shapes, queries, data.

They are the source of truth at the top of the repository and travel in the wheel under `_resources/`.
"""

from __future__ import annotations

from pathlib import Path

from cdv_graph.errors import InputError

__all__ = ["folder", "text"]

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder of a kind of resource.

    Args:
        name: `ontology`, `rules`, `shapes`, `queries` or `data`.

    Returns:
        Its path, in the package if installed from a wheel, else in the checkout.

    Raises:
        InputError: the folder is in neither place.

    Example:
        >>> folder("ontology").joinpath("cdv.ttl").is_file()
        True
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (found := root / name).is_dir():
            return found
    raise InputError("resources.missing", name=name)


def text(kind: str, name: str) -> str:
    """The text of one resource, for example `text("rules", "shortcut-pilot.rq")`."""
    return folder(kind).joinpath(name).read_text("utf-8")
