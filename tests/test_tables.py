"""Tables: every fault told at once, with file, line, column, value and what was expected."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.build import build
from cdv_graph.errors import InputError, TableError
from cdv_graph.resources import folder
from cdv_graph.tables import check, read_dataset, read_table, schemas, write_table
from cdv_graph.tables.check import personal_name
from cdv_graph.tables.files import Row

ARTICULATIONS = "clermont-2024/articulations.csv"


def edit(path: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        header = list(reader.fieldnames or [])
    change(rows)
    write_table(path, header, rows)


def put(table: str, column: str, value: str, row: int = 0) -> tuple[str, Callable[[list[dict[str, str]]], None]]:
    def change(rows: list[dict[str, str]]) -> None:
        rows[row][column] = value

    return table, change


def repeat(table: str) -> tuple[str, Callable[[list[dict[str, str]]], None]]:
    return table, lambda rows: rows.append(dict(rows[0]))


# (table, change, column at fault, words of what is expected)
FAULTS = {
    "an unknown dispositif": (
        *put(ARTICULATIONS, "dispositif", "clz"),
        "dispositif",
        "a code of the scheme dispositif-type",
    ),
    "an unknown mode": (*put(ARTICULATIONS, "mode", "fusion"), "mode", "a code of the scheme mode"),
    "an unknown theme": (*put(ARTICULATIONS, "theme", "santé"), "theme", "nearest: sante"),
    "a status left out": (*put(ARTICULATIONS, "status", ""), "status", "a code of the scheme status"),
    "an unknown element": (*put(ARTICULATIONS, "element", "action/p9.os1"), "element", "a node of the document"),
    "an unknown local dispositif": (
        *put(ARTICULATIONS, "local", "cls-mars"),
        "local",
        "a key of the table dispositifs",
    ),
    "an unknown carrier": (
        *put(ARTICULATIONS, "carrier", "caf-herault ; caf-mars"),
        "carrier",
        "a key of the table partners",
    ),
    "a line beyond the document": (
        *put(ARTICULATIONS, "lines", "1830-1840"),
        "lines",
        "lines of the document, which ends at 1831",
    ),
    "lines backwards": (*put(ARTICULATIONS, "lines", "20-10"), "lines", "first line before last line"),
    "lines as words": (*put(ARTICULATIONS, "lines", "vers 20"), "lines", "a value of the form"),
    "a key used twice": (*repeat(ARTICULATIONS), "id", "a key used once"),
    "an id that is no slug": (*put(ARTICULATIONS, "id", "Été 1"), "id", "a value of the form"),
    "an amount in words": (*put("clermont-2024/commitments.csv", "amount", "3 M€"), "amount", "a number with a point"),
    "a partner left out": (*put("clermont-2024/commitments.csv", "partner", ""), "partner", "a value"),
    "a figure with a comma": (*put("clermont-2024/figures.csv", "value", "36,5"), "value", "a number with a point"),
    "an unknown unit": (*put("clermont-2024/figures.csv", "unit", "pour-cent"), "unit", "nearest: percent"),
    "a date of the 30 February": (*put("clermont-2024/milestones.csv", "date", "2024-02-30"), "date", "a date"),
    "a date in French": (*put("clermont-2024/milestones.csv", "date", "31/01/2024"), "date", "a date"),
    "an unknown role": (*put("clermont-2024/participations.csv", "role", "boss"), "role", "a code of the scheme role"),
    "a personal name": (
        *put("clermont-2024/participations.csv", "function", "Mme Durand, maire"),
        "function",
        "no personal name",
    ),
    "a name in capitals": (
        *put("clermont-2024/commitments.csv", "label", "Jeanne DURAND agit"),
        "label",
        "no personal name",
    ),
    "an order in words": (*put("clermont-2024/strategy.csv", "order", "premier"), "order", "a whole number"),
    "an unknown kind": (*put("clermont-2024/strategy.csv", "kind", "axe", 3), "kind", "a value of the form"),
    "a parent that is not there": (
        *put("clermont-2024/strategy.csv", "parent", "issue/p7", 1),
        "parent",
        "a node of the document",
    ),
    "a SIREN too short": (*put("authority/places.csv", "siren", "2434", 0), "siren", "a value of the form"),
    "a place within nowhere": (
        *put("authority/places.csv", "within", "atlantide"),
        "within",
        "a key of the table places",
    ),
    "an unknown category": (*put("authority/partners.csv", "category", "club"), "category", "partner-category"),
    "a hash too short": (*put("SOURCES.csv", "sha256", "abc"), "sha256", "a value of the form"),
    "a licence without address": (*put("SOURCES.csv", "licence", "CC BY"), "licence", "an address"),
    "a file with its folder": (*put("SOURCES.csv", "file", "corpus\\a.txt"), "file", "a value of the form"),
    "a document without its number of lines": (*put("SOURCES.csv", "line_count", ""), "line_count", "a value"),
    "a document of no line": (*put("SOURCES.csv", "line_count", "0"), "line_count", "a number from 1 up"),
    "a document whose rows speak of a contract that it does not print": (
        *put("SOURCES.csv", "listing", ""),
        "listing",
        "which ales-2015/articulations.csv:2 speaks of",
    ),
    "an order below zero": (*put("clermont-2024/strategy.csv", "order", "-1"), "order", "a number from 0 up"),
    "an amount below zero": (*put("clermont-2024/commitments.csv", "amount", "-5.5"), "amount", "a number from 0 up"),
    "a sheet code in capitals": (*put("montpellier-2016/sheets.csv", "code", "1.1A"), "code", "a value of the form"),
    "a practice without theme": (
        *put("occitanie-2025/practices.csv", "theme", ""),
        "theme",
        "a code of the scheme theme",
    ),
    "an end before its start": (
        *put("clermont-2024/contract.csv", "end", "2023-12"),
        "end",
        "a value that does not come before the one of the column start (2024)",
    ),
    "a maximum below its value": (
        *put("clermont-2024/figures.csv", "max_value", "3.5"),
        "max_value",
        "a value that does not come before the one of the column value (4)",
    ),
    "a person as a partner": (*put("authority/partners.csv", "label", "Jeanne MARTIN"), "label", "no personal name"),
    "an articulation that no other row may name": (
        *put(ARTICULATIONS, "element", "articulation/"),
        "element",
        "a node of the document",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_where_it_is(name: str, data: Path) -> None:
    table, change, column, expected = FAULTS[name]
    edit(data / table, change)
    # rows of other tables that name the damaged row may be at fault too; in its own table, only the cell
    faults = [fault for fault in check(read_dataset(data)) if fault.file == table]
    assert [fault.column for fault in faults] == [column]
    assert expected in str(faults[0].expected)
    assert faults[0].line > 1


def test_a_year_and_a_month_of_it_are_in_order(data: Path) -> None:
    edit(data / "clermont-2024/contract.csv", lambda rows: rows[0].update(start="2024-03", end="2024"))
    assert check(read_dataset(data)) == []


def test_across_documents_a_contract_is_named_in_full(data: Path) -> None:
    table, change = put("across/continuity.csv", "earlier", "montpellier-2016:contract")
    edit(data / table, change)
    assert [fault.column for fault in check(read_dataset(data))] == ["earlier"]


def test_shipped_tables_have_no_fault_together_or_one_document_at_a_time() -> None:
    dataset = read_dataset(folder("data"))
    assert check(dataset) == []
    for document in dataset.documents:
        assert check(read_dataset(folder("data"), [document])) == [], document


def test_all_faults_are_told_together(data: Path) -> None:
    for name in ("an unknown mode", "a figure with a comma", "a SIREN too short"):
        table, change, _, _ = FAULTS[name]
        edit(data / table, change)
    with pytest.raises(TableError) as caught:
        build(data)
    assert len(caught.value.faults) == 3
    assert "clermont-2024/articulations.csv:2: mode « fusion »" in str(caught.value)


def test_the_line_is_the_one_of_the_file_even_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n"one\ntwo",x\nthree,y\n', "utf-8")
    assert [(row.line, row["b"]) for row in read_table(path, ["a", "b"])] == [(2, "x"), (4, "y")]


def test_columns_missing_unknown_and_rows_too_long_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,c\n1,2,3\n", "utf-8")
    with pytest.raises(TableError) as caught:
        read_table(path, ["a", "b"])
    assert {(fault.line, fault.column) for fault in caught.value.faults} == {(1, "b"), (1, "c"), (2, "")}


def test_excel_csv_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("﻿a;b\r\né;x, y\r\n", "utf-8")
    assert dict(read_table(path, ["a", "b"])[0].cells) == {"a": "é", "b": "x, y"}


def test_latin1_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a\né\n".encode("latin-1"))
    with pytest.raises(InputError, match="CSV UTF-8"):
        read_table(path, ["a"])


def test_xlsx_reads_as_csv_does(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["é", None], ["x", 3]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "t.xlsx")
    rows = read_table(tmp_path / "t.xlsx", ["a", "b"])
    assert [dict(row.cells) for row in rows] == [{"a": "é", "b": ""}, {"a": "x", "b": "3"}]


def test_an_unknown_table_is_refused(data: Path) -> None:
    (data / "clermont-2024" / "articulation.csv").write_text("id\n", "utf-8")
    with pytest.raises(InputError, match=r"unknown table « articulation\.csv »"):
        read_dataset(data)


def test_a_folder_without_a_source_row_is_a_fault(data: Path) -> None:
    (data / "lodeve-2015").mkdir()
    assert [fault.value for fault in check(read_dataset(data))] == ["lodeve-2015"]


@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.text("ab,;\"'\n é")))
)
def test_tables_survive_a_round_trip(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("round") / "t.csv"
    rows = [{"a": "x" + a.strip(), "b": b.strip()} for a, b in cells]
    write_table(path, ["a", "b"], rows)
    assert [dict(row.cells) for row in read_table(path, ["a", "b"])] == [
        {"a": row["a"].strip(), "b": row["b"].strip()} for row in rows
    ]


def test_every_schema_documents_its_columns_in_both_languages() -> None:
    for schema in schemas().values():
        assert {"fr", "en"} <= set(schema.titles), schema.name
        for column in schema.columns:
            assert column.titles.get("fr") and column.titles.get("en"), (schema.name, column.name)


@pytest.mark.parametrize("text", ["M. Dupont", "Madame Durand-Lévy", "Projets ANRU, Jean-Luc MARTIN, maire"])
def test_personal_names_are_seen(text: str) -> None:
    assert personal_name(text, known={"anru"})


@pytest.mark.parametrize("text", ["Monsieur le maire", "Madame la présidente", "Convention ANRU", "OPAH RU du centre"])
def test_functions_and_acronyms_are_no_names(text: str) -> None:
    assert not personal_name(text, known={"anru"})


def test_rows_give_empty_text_for_a_column_they_lack() -> None:
    assert Row("f", 2, {"a": "1"})["b"] == ""
