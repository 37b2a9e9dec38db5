"""Where the project's own files are: ontology, rules, shapes, queries, data.

They are the source of truth at the top of the repository and travel in the wheel under `_resources/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cdv_graph.errors import InputError

__all__ = ["folder", "headed", "parsed", "text"]

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


def parsed(source: str) -> Any:
    """A text read as YAML by the safe loader, the one in C where PyYAML has it.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    import yaml

    return yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def headed(kind: str, name: str) -> tuple[Any, str]:
    """The `#+` header of a resource, read as YAML (the habit of grlc), and the rest of its text.

    Raises:
        yaml.YAMLError: the header is not YAML.

    Example:
        >>> header, sparql = headed("queries", "signatories.rq")
        >>> header["title"]["en"], sparql.split()[0]
        ('The signatories', 'SELECT')
    """
    lines = text(kind, name).splitlines()
    header = "\n".join(line[3:] for line in lines if line.startswith("#+ "))
    return parsed(header), "\n".join(line for line in lines if not line.startswith("#+ ")) + "\n"
