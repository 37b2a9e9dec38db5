"""Tables in and out of files: CSV (comma or semicolon, with or without BOM) and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdv_graph.errors import Fault, InputError, TableError
from cdv_graph.messages import message

__all__ = ["Row", "read_table", "write_table"]


@dataclass(frozen=True)
class Row:
    """One row of a table, with its place in the file.

    Attributes:
        file: the table, relative to the data folder.
        line: the line in the file where the row starts (1-based; the header is line 1).
        cells: column name -> text, stripped; every column of the schema is present.
    """

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def _csv_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("tables.not-utf8", path=path, byte=error.start) from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    start = 1
    try:
        for record in reader:
            yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError("tables.not-csv", path=path, line=reader.line_num, why=str(error)) from error


def _xlsx_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        import openpyxl
    except ImportError as error:
        raise InputError("files.reading-needs", path=path, form="XLSX", package="openpyxl", extra="xlsx") from error
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    for number, record in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, ["" if value is None else str(value) for value in record]


def read_table(path: Path, header: Sequence[str], *, name: str = "") -> list[Row]:
    """The rows of one table.

    Args:
        path: a `.csv` or `.xlsx` file.
        header: the columns that the table must have, in any order.
        name: how faults name the file; its path by default.

    Returns:
        The rows, blank lines left out.

    Raises:
        TableError: columns are missing, unknown or twice there, or rows have more cells than the header.
        InputError: the file cannot be read as a table.
    """
    name = name or str(path)
    records = iter(_xlsx_records(path) if path.suffix.lower() == ".xlsx" else _csv_records(path))
    _, first = next(records, (1, []))
    given = [cell.strip() for cell in first]
    expected = message("tables.columns", names=", ".join(header))
    faults = [Fault(name, 1, column, "", message("tables.column")) for column in header if column not in given]
    faults += [Fault(name, 1, column, column, expected) for column in given if column not in header]
    faults += [Fault(name, 1, column, column, message("tables.once")) for column in header if given.count(column) > 1]
    rows = []
    for line, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(given):
            cells = message("tables.cells", expected=len(given), found=len(record))
            faults.append(Fault(name, line, "", record[0], cells))
            continue
        rows.append(Row(name, line, {column: cell.strip() for column, cell in zip(given, record, strict=True)}))
    if faults:
        raise TableError(faults)
    return rows


def write_table(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as UTF-8 CSV with commas and `\\n`, the form that the repository keeps."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: row.get(column, "") for column in header} for row in rows)
    path.write_text(buffer.getvalue(), "utf-8", newline="\n")
