"""Random single faults in the shipped tables: which kinds there are, and how one is drawn.

A fault changes one row of one table: a cell, or two, or the row as a whole. Its kind tells what may be asked of the
checks: a fault of *structure* must always be found; one of *quality* is found by a rule that warns; a *plausible* one
is as well formed as the truth, so that only a reader of the source can tell.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from cdv_graph.namespaces import shorten
from cdv_graph.populate.dataset import mapped_tables
from cdv_graph.populate.names import articulation_key
from cdv_graph.tables import Column, Dataset, Row, Schema, schemas
from cdv_graph.tables.vocabularies import codes
from cdv_graph.validate import Place

Record = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell of the tables, where a fault may be planted; `document` is empty for the authority."""

    document: str
    schema: Schema
    column: Column
    row: Row

    @property
    def text(self) -> str:
        return self.row[self.column.name]

    @property
    def place(self) -> Place:
        return Place(self.row.file, self.row.line)

    @property
    def record(self) -> Record:
        return tuple(self.row[name] for name in self.schema.header)

    def put(self, value: str, column: str = "") -> Record:
        """The row with one cell changed: this one, or another."""
        return self.puts({column or self.column.name: value})

    def puts(self, values: dict[str, str]) -> Record:
        return tuple(values.get(name, self.row[name]) for name in self.schema.header)

    def values(self) -> list[str]:
        return self.column.values(self.text)

    def swap(self, old: str, new: str) -> Record:
        """The row with one value of a list changed."""
        join = self.column.separator or ""
        return self.put(join.join(new if value == old else value for value in self.values()))


class World:
    """The shipped tables, with what a fault must know of them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        self.refer: dict[tuple[str, str], set[Place]] = defaultdict(set)
        for document, name, rows in self._tables():
            schema = schemas()[name]
            for row in rows:
                for column in schema.columns:
                    cell = Cell(document, schema, column, row)
                    self.cells[name, column.name].append(cell)
                    for value in cell.values():
                        self.refer[self._cited(cell, value)].add(cell.place)

    def _tables(self) -> Iterable[tuple[str, str, list[Row]]]:
        yield "", "SOURCES", self.dataset.sources
        for document, tables in (
            *(("", tables) for tables in (self.dataset.authority, self.dataset.across)),
            *self.dataset.documents.items(),
        ):
            for name, rows in tables.items():
                yield document, name, rows

    @staticmethod
    def _cited(cell: Cell, value: str) -> tuple[str, str]:
        """What a value names: a row of a table, or a node of a document."""
        if cell.column.reference:
            return ("" if cell.column.reference != "bodies" else cell.document) + cell.column.reference, value
        if cell.column.node:
            document, _, name = value.rpartition(":")
            shared = name.partition("/")[0] in ("contract", "call", "dispositif")
            return "" if shared else document or cell.document, name
        return "", ""

    @cached_property
    def named(self) -> dict[tuple[str, Place], str]:
        """How other rows name the node that a row is about: (document, row) -> `kind/slug`."""
        found: dict[tuple[str, Place], str] = {}
        for mapping, schema, rows in mapped_tables(self.dataset):
            for row in rows if schema.classes else ():
                kind, _, name = shorten(mapping.subject(schema, row).value).partition(":")
                document = mapping.document if name.startswith(mapping.document + ".") else ""
                here = document, Place(row.file, row.line)
                found.setdefault(here, f"{kind}/{name.removeprefix(mapping.document + '.')}")
        return found

    @cached_property
    def nodes(self) -> dict[str, list[str]]:
        """The nodes of each document."""
        found: dict[str, list[str]] = defaultdict(list)
        for (document, _), name in self.named.items():
            found[document].append(name)
        return found

    def name(self, cell: Cell) -> str:
        return self.named.get((cell.document, cell.place), "")

    def citing(self, cell: Cell) -> frozenset[Place]:
        """The rows that refer to the row of a cell."""
        key, table = cell.row[cell.schema.key], cell.schema.name
        folder = {Place("SOURCES.csv", 1)} if table == "SOURCES" and key in self.dataset.documents else set()
        own = self.refer.get((cell.document + table, key), set())
        others = self.refer.get((cell.document, self.name(cell)), set()) if self.name(cell) else set()
        return frozenset((own | others | folder) - {cell.place})

    def known(self, cell: Cell) -> list[str]:
        """The values that a cell may hold, where they are listed somewhere."""
        if cell.column.vocabulary:
            return sorted(codes()[cell.column.vocabulary])
        if cell.column.reference:
            document = cell.document if cell.column.reference == "bodies" else ""
            table = schemas()[cell.column.reference]
            return [one.text for one in self.cells[table.name, table.key] if one.document == document]
        return self.nodes[cell.document] if cell.column.node else []

    def last_line(self, cell: Cell, lines: str) -> int:
        """The last line of the document that a range of lines is of."""
        source = self.dataset.source(lines.rpartition(":")[0] or cell.document)
        assert source
        return int(source["line_count"])

    def column(self, cell: Cell) -> list[Cell]:
        """The other cells of the same column of the same table."""
        cells = self.cells[cell.schema.name, cell.column.name]
        return [other for other in cells if other.document == cell.document and other.row != cell.row]

    @cached_property
    def told(self) -> dict[tuple[str, str], list[Row]]:
        """The rows of each articulation."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for cell in self.cells["articulations", "id"]:
            found[cell.document, articulation_key(cell.row)].append(cell.row)
        return found

    def alone(self, cell: Cell) -> bool:
        """Whether no other row speaks of the same articulation."""
        return len(self.told[cell.document, articulation_key(cell.row)]) == 1

    def beside(self, cell: Cell, column: str) -> list[Cell]:
        """Those of them whose row says the same in another column."""
        return [other for other in self.column(cell) if other.row[column] == cell.row[column]]


@dataclass(frozen=True)
class Planted:
    """A row changed, and the other rows where the fault may be told as well as in its own."""

    record: Record
    elsewhere: frozenset[Place] = frozenset()


Change = Callable[["World", Cell, random.Random], Planted | Record | str | None]
Where = Callable[[Schema, Column], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Attributes:
        fr, en: its name.
        nature: `structure`, `quality` or `plausible`.
        where: the columns it is planted in.
        change: the changed row, or the new text of the cell; nothing where the cell does not lend itself to it.
        rules: the rules that tell it, where the tables alone cannot.
    """

    fr: str
    en: str
    nature: str
    where: Where
    change: Change
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Mutation:
    """A fault drawn: one row of one table, with what it becomes."""

    kind: Kind
    cell: Cell
    record: Record
    places: frozenset[Place]

    @property
    def changed(self) -> dict[str, tuple[str, str]]:
        """What it changes: column -> before, after; nothing where the row no longer fits the header."""
        if len(self.record) != len(self.cell.record):
            return {}
        cells = zip(self.cell.schema.header, self.cell.record, self.record, strict=True)
        return {name: (before, after) for name, before, after in cells if before != after}

    def __str__(self) -> str:
        told = ", ".join(f"{name} « {before} » -> « {after} »" for name, (before, after) in self.changed.items())
        return f"{self.kind.en}: {self.cell.place}: {told or self.record or 'deleted'}"


def draw(world: World, one: Kind, number: int, rng: random.Random) -> list[Mutation]:
    """Some faults of one kind, spread over the tables and columns that it applies to."""
    columns = [key for key in sorted(world.cells) if one.where(schemas()[key[0]], _column(*key))]
    waiting = [rng.sample(world.cells[key], len(world.cells[key])) for key in rng.sample(columns, len(columns))]
    found: list[Mutation] = []
    while len(found) < number and (waiting := [cells for cells in waiting if cells]):
        for cells in waiting:
            if len(found) < number and (mutation := _next(world, one, cells, rng)):
                found.append(mutation)
    return found


def _column(table: str, name: str) -> Column:
    return next(column for column in schemas()[table].columns if column.name == name)


def _next(world: World, one: Kind, cells: list[Cell], rng: random.Random) -> Mutation | None:
    """The next cell that lends itself to the fault; those tried are taken off the list."""
    while cells:
        cell = cells.pop()
        made = one.change(world, cell, rng)
        if isinstance(made, str):
            made = cell.put(made)
        if isinstance(made, tuple):
            made = Planted(made)
        if made is not None and made.record != cell.record:
            return Mutation(one, cell, made.record, made.elsewhere | {cell.place})
    return None
