"""The declared schema of each table: CSVW metadata (W3C), read into plain objects.

What CSVW has no word for is prefixed `cdv:`: `cdv:vocabulary` (the SKOS scheme of a code), `cdv:reference` (the
table a slug comes from), `cdv:node` (a node of the same document, written `kind/slug`, or `contract`),
`cdv:passage` (lines of the document), `cdv:asWritten` (the words of the source), `cdv:quoted` (the column whose
value those words say), `cdv:atLeast` (the column of the same row that a value does not come before) and `cdv:when` (the
values of the column `field` for which a column speaks, in a table of one field per row).

Tables of the folder `across` tie documents together: there, nodes and lines are written with their document,
`montpellier-2016:sheet/1.4`, `montpellier-2016:1566-1574`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.resources import folder

__all__ = ["Column", "Schema", "schemas"]


@dataclass(frozen=True)
class Column:
    """One column: what a cell may hold and what it says.

    Attributes:
        name: the header.
        titles: the name people read, by language (`fr`, `en`).
        datatype: `string`, `integer`, `decimal`, `date` (as precise as the source), `anyURI`.
        pattern: the regular expression that a value matches as a whole, or empty.
        minimum: the least number that a value may be, or empty.
        at_least: the column of the same row whose value comes first (the start of an end), or empty.
        required: a cell may not be empty.
        separator: what joins the values of a list, or empty where the cell holds one value.
        vocabulary: the SKOS scheme that values are codes of, or empty.
        reference: the table that values are keys of, or empty.
        node: values are nodes of the same document.
        passage: values are lines of the document.
        as_written: the cell holds the words of the source.
        quoted: the words of the source say this column's value.
        property_url: the property that a value states, or empty.
        value_url: how a value becomes an IRI (`theme:{theme}`), or empty for a literal.
        lang: the language of a literal, or empty.
        when: the values of the column `field` for which this column speaks; none where it always does.
    """

    name: str
    titles: Mapping[str, str]
    datatype: str = "string"
    pattern: str = ""
    minimum: str = ""
    at_least: str = ""
    required: bool = False
    separator: str = ""
    vocabulary: str = ""
    reference: str = ""
    node: bool = False
    passage: bool = False
    as_written: bool = False
    quoted: bool = False
    property_url: str = ""
    value_url: str = ""
    lang: str = ""
    when: tuple[str, ...] = ()

    def speaks(self, field: str) -> bool:
        """Whether a row that gives this field may fill the column."""
        return not self.when or field in self.when

    def values(self, cell: str) -> list[str]:
        """The values of a cell, none where it is empty."""
        parts = cell.split(self.separator.strip()) if self.separator else [cell]
        return [value for part in parts if (value := part.strip())]


@dataclass(frozen=True)
class Schema:
    """One table: where it lies, what a row is about, its columns.

    Attributes:
        name: the file name without ending (`articulations`).
        titles: the name people read, by language.
        folder: `document` (one file per document), `across` (documents), `authority`, or empty (the root).
        about: how a row names its node (`articulation:{document}.{key}`), or empty where rows enter no graph.
        classes: the class of the node: by the value of the `kind` column, or under the empty key for every row.
        key: the column whose values are unique.
        listed: nodes are elements of the document's listing (`cdv:listedIn`, `cdv:inContract`).
        contract: nodes also state `cdv:contract`.
        columns: in the order of the file.
    """

    name: str
    titles: Mapping[str, str]
    folder: str
    about: str
    classes: Mapping[str, str]
    key: str
    listed: bool
    contract: bool
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    @property
    def passage(self) -> str:
        """The column that holds the lines of the document, or empty."""
        return next((column.name for column in self.columns if column.passage), "")


def _column(entry: dict[str, Any]) -> Column:
    datatype = entry.get("datatype", "string")
    base = datatype if isinstance(datatype, str) else datatype["base"]
    form = {} if isinstance(datatype, str) else datatype
    return Column(
        name=entry["name"],
        titles=entry["titles"],
        datatype=base,
        pattern=form.get("format", ""),
        minimum=str(form.get("minimum", "")),
        at_least=entry.get("cdv:atLeast", ""),
        required=entry.get("required", False),
        separator=entry.get("separator", ""),
        vocabulary=entry.get("cdv:vocabulary", ""),
        reference=entry.get("cdv:reference", ""),
        node=entry.get("cdv:node", False),
        passage=entry.get("cdv:passage", False),
        as_written=entry.get("cdv:asWritten", False),
        quoted=entry.get("cdv:quoted", False),
        property_url=entry.get("propertyUrl", ""),
        value_url=entry.get("valueUrl", ""),
        lang=entry.get("lang", ""),
        when=tuple(entry["cdv:when"].split("|")) if "cdv:when" in entry else (),
    )


def _schema(path: Path) -> Schema:
    entry = json.loads(path.read_text("utf-8"))
    table = entry["tableSchema"]
    classes = table["cdv:class"]
    return Schema(
        name=path.stem,
        titles=entry["dc:title"],
        folder=entry["cdv:folder"],
        about=table["aboutUrl"],
        classes=classes if isinstance(classes, dict) else {"": classes} if classes else {},
        key=table["primaryKey"],
        listed=table.get("cdv:listed", False),
        contract=table.get("cdv:contract", False),
        columns=tuple(_column(column) for column in table["columns"]),
    )


@functools.cache
def schemas() -> Mapping[str, Schema]:
    """The schema of every table, by name.

    Example:
        >>> schemas()["articulations"].header[:3]
        ['id', 'element', 'dispositif']
    """
    return {path.stem: _schema(path) for path in sorted(folder("data").joinpath("schema").glob("*.json"))}
