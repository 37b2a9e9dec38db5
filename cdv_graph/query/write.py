"""Rows to text and files: table, CSV, JSON, XLSX, Markdown."""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from collections.abc import Callable

from cdv_graph.errors import InputError
from cdv_graph.messages import LANGUAGES
from cdv_graph.query.result import LIST_SEPARATOR, Cell, Result

__all__ = ["NOTED", "RESULT_FORMATS", "write_result"]

_WIDEST = 60


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return LIST_SEPARATOR.join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def _json(result: Result, excel: bool, lang: str) -> bytes:
    return (json.dumps(result.records(), ensure_ascii=False, indent=1) + "\n").encode()


def _csv(result: Result, excel: bool, lang: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow(result.columns)
    writer.writerows([_decimal(cell) if excel else _text(cell) for cell in row] for row in result.rows)
    return buffer.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _decimal(cell: Cell) -> str:
    """French Excel reads a comma in numbers."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else _text(cell)


def _markdown(result: Result, excel: bool, lang: str) -> bytes:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"

    head = line(list(result.columns)) + line(["---"] * len(result.columns))
    notes = "".join(f"\n> {note}\n" for note in result.told(lang))
    return (head + "".join(line([_text(cell) for cell in row]) for row in result.rows) + notes).encode()


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    return text if _width(text) <= width else text[: width - 1] + "…"


def _table(result: Result, excel: bool, lang: str) -> bytes:
    """Columns aligned; on a terminal the long ones are cut to fit."""
    rows = [[_cut(_text(cell).replace("\n", " "), _WIDEST) for cell in row] for row in result.rows]
    table = [list(result.columns), *rows]
    widths = [max(_width(row[i]) for row in table) for i in range(len(result.columns))]
    screen = shutil.get_terminal_size((200, 24)).columns
    while sum(widths) + 2 * len(widths) > screen and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1

    def line(row: list[str]) -> str:
        cells = [_cut(cell, width) for cell, width in zip(row, widths, strict=True)]
        return "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
        ).rstrip()

    lines = [line(table[0]), "  ".join("─" * width for width in widths), *map(line, rows)]
    return ("\n".join(lines) + "\n").encode()


def _xlsx(result: Result, excel: bool, lang: str) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise InputError("files.writing-needs", form="XLSX", package="openpyxl", extra="xlsx") from error
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(result.columns))
    for row in result.rows:
        sheet.append([_text(cell) if isinstance(cell, list) else cell for cell in row])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that starts with « = » stays text
    for place, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        longest = max([len(result.columns[place - 1]), *(len(_text(row[place - 1])) for row in result.rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    if result.notes:
        beside = book.create_sheet("notes")
        for note in result.told(lang):
            beside.append([note])
        beside.column_dimensions["A"].width = 2 * _WIDEST
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


RESULT_FORMATS: dict[str, Callable[[Result, bool, str], bytes]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "md": _markdown,
}


NOTED = ("md", "xlsx")  # the formats that carry the notes of an answer; the others are data alone


def write_result(result: Result, form: str, *, excel: bool = False, lang: str = LANGUAGES[0]) -> bytes:
    """Rows in a format.

    Args:
        result: the rows.
        form: `table`, `csv`, `json`, `xlsx` or `md`.
        excel: CSV as French Excel opens it: `;`, decimal commas, BOM.
        lang: the language of the notes, which `md` and `xlsx` carry; the other formats are data alone.

    Raises:
        InputError: the format is unknown, or needs a package that is not installed.

    Example:
        >>> write_result(Result(("code", "pilots"), [["1.10", ["Ville", "CAF"]]]), "csv").decode()
        'code,pilots\\n1.10,Ville ; CAF\\n'
    """
    if form not in RESULT_FORMATS:
        raise InputError("query.unknown-format", form=form, known=", ".join(RESULT_FORMATS))
    return RESULT_FORMATS[form](result, excel, lang)
