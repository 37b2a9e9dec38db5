"""What a reader read, beside what was reviewed: the share it gets right, and every difference, explained or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdv_graph.extract.model import Extract
from cdv_graph.namespaces import fold, slug
from cdv_graph.tables import Row, Schema, schemas

__all__ = ["Comparison", "Difference", "compare"]

# columns that are how a row was read, not what it says
_MANNER = {"id", "method", "as_written", "order", "lines", "level", "theme", "function"}
# table -> the columns that tell which row is which, where the id is not enough
_KEYS = {
    "acronyms": ("acronym", "meaning"),
    "challenges": ("lines",),
    "dispositif-facts": ("dispositif", "theme", "nature"),
    "openings": ("sheet",),
    "participations": ("activity", "role", "partner"),
    "sheets": ("code", "field"),
}
# table -> columns that a person writes in words of their own, or judges
_JUDGED = {"acronyms": {"kind"}, "challenges": {"label"}}


@dataclass(frozen=True)
class Difference:
    """One thing that the reader and the review do not say alike.

    Attributes:
        id: its stable name, the key of its row in `corrections.csv`.
        table: the table.
        row: which row, by its key.
        column: the column; empty where the whole row is missing or too much.
        reader: what the reader gave, or empty.
        right: what was reviewed, or empty.
        lines: where to look.
    """

    id: str
    table: str
    row: str
    column: str
    reader: str
    right: str
    lines: str


@dataclass(frozen=True)
class Comparison:
    """One table, read and reviewed.

    Attributes:
        table: its name.
        reviewed: rows that were reviewed, of the kinds that the reader reads.
        read: rows that the reader gave.
        alike: rows that both give, to the cell, on lines that meet.
        differences: all others.
    """

    table: str
    reviewed: int
    read: int
    alike: int
    differences: tuple[Difference, ...]

    @property
    def share(self) -> float:
        """The part of the reviewed rows that the reader gets right by itself, in percent."""
        return 100 * self.alike / self.reviewed if self.reviewed else 0.0


def _cells(row: Mapping[str, str] | Row) -> dict[str, str]:
    return dict(row.cells if isinstance(row, Row) else row)


def _key(schema: Schema, cells: Mapping[str, str]) -> str:
    if schema.name not in _KEYS:
        return cells["id"]
    return ".".join(_key_part(column, cells.get(column, "")) for column in _KEYS[schema.name])


def _key_part(column: str, value: str) -> str:
    """A code as it is, lines by the first one, words as a slug."""
    if column == "lines":
        return str(min(_span(value)))
    return slug(value) if column in ("acronym", "meaning") else value.replace("/", ".")


def _span(lines: str) -> set[int]:
    found: set[int] = set()
    for part in lines.split(";"):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _by_key(schema: Schema, rows: Sequence[Mapping[str, str] | Row]) -> dict[str, dict[str, str]]:
    """Rows by key; the lists and lines of rows under one key are joined, as the same field at several places."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = _cells(row)
        before = found.setdefault(key := _key(schema, cells), cells)
        if before is cells:
            continue
        merged = dict(before)
        merged["lines"] = f"{before['lines']};{cells['lines']}"
        for column in schema.columns:
            if column.separator and column.name != "lines":
                both = [*column.values(before.get(column.name, "")), *column.values(cells.get(column.name, ""))]
                merged[column.name] = column.separator.join(dict.fromkeys(both))
        found[key] = merged
    return found


def _alike(first: str, second: str, separator: str) -> bool:
    if separator:
        return {fold(part) for part in first.split(separator)} == {fold(part) for part in second.split(separator)}
    return fold(first) == fold(second)


def _between(
    schema: Schema, read: Mapping[str, Mapping[str, str]], right: Mapping[str, Mapping[str, str]]
) -> Iterator[Difference]:
    name = schema.name
    for key in sorted(read.keys() | right.keys()):
        given, reviewed = read.get(key), right.get(key)
        if given is None and reviewed is not None:
            yield Difference(f"{name}.{key}.missed", name, key, "", "", _told(schema, reviewed), reviewed["lines"])
        elif reviewed is None and given is not None:
            yield Difference(f"{name}.{key}.added", name, key, "", _told(schema, given), "", given["lines"])
        elif given is not None and reviewed is not None:
            for column in schema.columns:
                one, other = given.get(column.name, ""), reviewed.get(column.name, "")
                if column.name not in _MANNER | _JUDGED.get(name, set()) and not _alike(one, other, column.separator):
                    yield Difference(
                        f"{name}.{key}.{column.name}", name, key, column.name, one, other, reviewed["lines"]
                    )
            if not _span(given["lines"]) & _span(reviewed["lines"]):
                yield Difference(
                    f"{name}.{key}.lines", name, key, "lines", given["lines"], reviewed["lines"], reviewed["lines"]
                )


def _told(schema: Schema, cells: Mapping[str, str]) -> str:
    """What a row says, in a few words."""
    said = [cells.get(column.name, "") for column in schema.columns if column.name not in _MANNER | {"field", "code"}]
    return " ; ".join(value for value in said if value)


def _same_kind(schema: Schema, rows: Sequence[Row], given: Sequence[Mapping[str, str]]) -> list[Row]:
    """The reviewed rows of the kinds that a reader gives: it reads pilots, not every part that partners take."""
    selector = {"participations": "role", "strategy": "kind", "sheets": "field", "figures": "measure"}.get(schema.name)
    if not selector:
        return list(rows)
    kinds = {row.get(selector, "") for row in given}
    scope = {row["activity"].partition("/")[0] for row in given} if schema.name == "participations" else set()
    return [row for row in rows if row[selector] in kinds and (not scope or row["activity"].partition("/")[0] in scope)]


def compare(read: Extract, reviewed: Mapping[str, Sequence[Row]]) -> list[Comparison]:
    """Compare what a reader gave with the reviewed tables of the same document.

    Args:
        read: what `extract` returned.
        reviewed: table -> rows, as `read_dataset` gives them for a document.

    Returns:
        One comparison per table that the reader gives. Words quoted, ranks and the manner of reading are not compared;
        lines are right where they meet.
    """
    found = []
    for name, given in read.tables.items():
        schema = schemas()[name]
        rows = _same_kind(schema, reviewed.get(name, ()), given)
        if within := read.ranges.get(name):
            rows = [row for row in rows if _span(row["lines"]) & within]
        right, mine = _by_key(schema, rows), _by_key(schema, given)
        differences = tuple(_between(schema, mine, right))
        wrong = {one.row for one in differences}
        found.append(Comparison(name, len(right), len(mine), len(right.keys() - wrong), differences))
    return found
