"""A data folder: the tables of every document and of the authority, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cdv_graph.errors import InputError, TableError
from cdv_graph.tables.files import Row, read_table
from cdv_graph.tables.schema import schemas

__all__ = ["Dataset", "read_dataset"]


@dataclass(frozen=True)
class Dataset:
    """Every row of a data folder.

    Attributes:
        root: the data folder.
        sources: the rows of `SOURCES.csv`.
        authority: table -> rows.
        documents: document slug -> table -> rows.
        across: table -> rows that tie documents together.
    """

    root: Path
    sources: list[Row]
    authority: Mapping[str, list[Row]]
    documents: Mapping[str, Mapping[str, list[Row]]]
    across: Mapping[str, list[Row]]

    def source(self, slug: str) -> Row | None:
        """The row of `SOURCES.csv` that describes a document or list."""
        return next((row for row in self.sources if row["slug"] == slug), None)

    def listing(self, document: str) -> str:
        """The listing that a document prints, as `kind/slug`, or empty."""
        source = self.source(document)
        return source["listing"] if source else ""

    def contract(self, document: str) -> str:
        """The contract that a document's elements are in: its listing, or the contract of its call for projects."""
        listing = self.listing(document)
        return f"contract/{other}" if (other := self._related(listing, "contract")) else listing

    def amended(self, document: str) -> str:
        """The contract that a document's listing amends, or empty."""
        return f"contract/{other}" if (other := self._related(self.listing(document), "amends")) else ""

    def _related(self, listing: str, column: str) -> str:
        slug = listing.partition("/")[2]
        return next((row[column] for row in self.authority.get("contracts", []) if row["slug"] == slug), "")


# folders of a data folder that hold no document
_NOT_DOCUMENTS = ("across", "authority", "schema")


def _between(tables: Mapping[str, list[Row]], documents: set[str]) -> dict[str, list[Row]]:
    """The rows that speak of some documents only."""

    def spoken_of(name: str, row: Row) -> set[str]:
        found = {lines.rpartition(":")[0] for lines in row[schemas()[name].passage].split(";")}
        return found | {row[column.name] for column in schemas()[name].columns if column.reference == "SOURCES"}

    return {name: [row for row in rows if spoken_of(name, row) <= documents] for name, rows in tables.items()}


def _read_folder(place: Path, root: Path, kind: str, faults: list[TableError]) -> dict[str, list[Row]]:
    known = [schema for schema in schemas().values() if schema.folder == kind]
    tables: dict[str, list[Row]] = {}
    for schema in known:
        found = [path for ending in (".csv", ".xlsx") if (path := place / (schema.name + ending)).is_file()]
        if len(found) > 1:
            raise InputError("tables.csv-or-xlsx", first=found[0], second=found[1])
        if found:
            try:
                tables[schema.name] = read_table(found[0], schema.header, name=found[0].relative_to(root).as_posix())
            except TableError as error:
                faults.append(error)
    unknown = {path.stem for path in place.glob("*.csv")} - {schema.name for schema in known}
    if unknown:
        names = ", ".join(schema.name for schema in known)
        raise InputError("tables.unknown-table", path=place, name=min(unknown), known=names)
    return tables


def read_dataset(root: Path, documents: Iterable[str] = ()) -> Dataset:
    """Read a data folder; what rows say is checked by `check`, not here.

    Args:
        root: the folder that holds `SOURCES.csv`, `authority/` and one folder per document.
        documents: slugs of the documents to read; all by default.

    Returns:
        The rows of every table.

    Raises:
        TableError: tables whose columns or cells cannot be told apart, all faults together.
        InputError: the folder or a file cannot be read, or a document is unknown.
    """
    if not (root / "SOURCES.csv").is_file():
        raise InputError("tables.no-sources", path=root)
    faults: list[TableError] = []
    found = sorted(path.name for path in root.iterdir() if path.is_dir() and path.name not in _NOT_DOCUMENTS)
    if unknown := sorted(set(documents) - set(found)):
        raise InputError("tables.no-document", path=root, name=unknown[0], known=", ".join(found))
    sources = _read_folder(root, root, "", faults).get("SOURCES", [])
    authority = _read_folder(root / "authority", root, "authority", faults)
    tables = {slug: _read_folder(root / slug, root, "document", faults) for slug in documents or found}
    across = _read_folder(root / "across", root, "across", faults)
    if faults:
        raise TableError([fault for error in faults for fault in error.faults])
    return Dataset(root, sources, authority, tables, _between(across, set(tables)) if documents else across)
