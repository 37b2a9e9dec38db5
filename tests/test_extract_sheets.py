"""The readers of action sheets, on passages written for the tests in the same layouts, whole and damaged."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.authority import Names
from cdv_graph.cli.main import cli
from cdv_graph.corpus import Document
from cdv_graph.errors import InputError
from cdv_graph.extract import Extract, compare, extract, read_sheet_pages, read_sheet_table
from cdv_graph.extract.dates import first_date, last_date
from cdv_graph.extract.name_lists import split_names
from cdv_graph.namespaces import fold
from cdv_graph.tables.files import Row

NAMES = Names(
    {
        fold(name): (thing,)
        for name, thing in {
            "Ville": "partner/ville",
            "Métropole": "partner/metropole",
            "CAF": "partner/caf",
            "bailleurs": "partner/bailleurs",
            "Les Pins": "place/qpv-les-pins",
            "la métropole entière": "place/metropole",
        }.items()
    }
)


def page(code: str, **changes: str) -> list[str]:
    """One sheet as its pages print it; a rubric set to « - » is left out."""
    rubrics = {
        "number": f"FICHE N° {code}",
        "title": "INTITULE DE L’ACTION :",
        "words": "Ouvrir un jardin \nau pied des tours",
        "pillar": "PILIER N° 2 : Cadre de vie",
        "issue": "ENJEUX N° 3 - 7 : Mieux habiter",
        "diagnosis": "RAPPEL DES ELEMENTS CLES DU DIAGNOSTIC",
        "objectives": "OBJECTIFS ET RESULTATS ATTENDUS",
        "parts": "PILOTES ET PARTENAIRES ASSOCIES",
        "pilots": "PILOTES : Ville et CAF",
        "partners": "PARTENAIRES ASSOCIES : Métropole (service jardins), les bailleurs, \nClub des jardiniers…",
        "perimeter": "PERIMETRE DE L’ACTION\n\nLes Pins, puis la métropole entière",
        "publics": "PUBLICS VISES\nHabitants des Pins",
        "start": "CALENDRIER PREVISIONNEL\n\nDate de début : septembre 2016",
        "end": "Date de fin : durée du contrat",
        **changes,
    }
    return "\n".join(["CONTRAT DE VILLE DE LA MÉTROPOLE", *(r for r in rubrics.values() if r != "-")]).split("\n")


def pages(*sheets: list[str]) -> Extract:
    return read_sheet_pages(Document("d", tuple(line for sheet in sheets for line in sheet)), NAMES)


def fields(read: Extract, code: str) -> dict[str, tuple[str, str]]:
    """Field -> value and lines, of one sheet."""
    columns = ("title", "parent", "perimeter", "covers", "start", "end", "reason")
    return {
        row["field"]: (next((row[c] for c in columns if row.get(c)), ""), row["lines"])
        for row in read.tables["sheets"]
        if row["code"] == code
    }


def parts(read: Extract, code: str) -> list[tuple[str, str, str]]:
    return [
        (row["role"], row["partner"], row["lines"])
        for row in read.tables["participations"]
        if row["activity"] == f"sheet/{code}"
    ]


def table(*rows: str) -> Extract:
    head = "intitulé des fiches\tN° Fiche\tObjectifs\tAppel à projet\tPilote"
    return read_sheet_table(Document("d", (head, *rows)), NAMES)


class TestPages:
    def test_a_sheet_gives_its_fields_with_their_lines(self) -> None:
        read = pages(page("1-4"))
        assert fields(read, "1.4") == {
            "title": ("Ouvrir un jardin au pied des tours", "4-5"),
            "pillar": ("pillar/p2", "6"),
            "issue": ("issue/3 ; issue/7", "7"),
            "perimeter": ("metropole", "16"),
            "covers": ("qpv-les-pins", "16"),
            "start": ("2016-09", "19-21"),
            "end": ("", "19-22"),
        }
        assert parts(read, "1.4") == [
            ("pilot", "ville", "11"),
            ("pilot", "caf", "11"),
            ("associated-partner", "metropole", "12"),
            ("associated-partner", "bailleurs", "12"),
        ]
        assert [(u.line, u.text, u.why.key) for u in read.unread] == [
            (13, "Club des jardiniers", "extract.unknown-partner")
        ]

    def test_words_without_a_date_are_kept_as_written(self) -> None:
        read = pages(page("1.4", start="CALENDRIER PREVISIONNEL\nDurée du contrat", end="-"))
        words = {row["field"]: row["as_written"] for row in read.tables["sheets"]}
        assert (words["start"], words["end"]) == ("Durée du contrat", "Durée du contrat")

    def test_an_empty_rubric_of_pilots_is_told_not_filled(self) -> None:
        read = pages(page("1.4", pilots="PILOTES :"), page("1.5"))
        assert fields(read, "1.4")["pilot"][0] == "Aucun pilote nommé"
        assert [role for role, *_ in parts(read, "1.4")] == ["associated-partner"] * 2
        assert ("pilot", "ville", "33") in parts(read, "1.5")

    def test_an_index_begins_no_sheet(self) -> None:
        read = pages(["FICHE N° 1.4  Ouvrir un jardin 35", "FICHE N° 1.5  Fermer un jardin 37"])
        assert read.tables == {"sheets": [], "participations": []}

    def test_page_footers_are_no_words(self) -> None:
        read = pages(page("1.4", perimeter="PERIMETRE DE L’ACTION\nMairie – 1er juillet 2016 | 18\nLes Pins"))
        assert fields(read, "1.4")["covers"] == ("qpv-les-pins", "16")

    def test_a_lost_number_shifts_nothing_to_the_sheet_before(self) -> None:
        read = pages(page("1.4"), page("", number="-", pilots="PILOTES : Métropole"), page("1.6"))
        assert {row["code"] for row in read.tables["sheets"]} == {"1.4", "1.6"}
        assert [who for role, who, _ in parts(read, "1.4") if role == "pilot"] == ["ville", "caf"]
        lost = {u.text for u in read.unread if u.why.key == "extract.no-number"}
        assert {"INTITULE DE L’ACTION :", "PILOTES :", "PARTENAIRES ASSOCIES :"} <= lost

    def test_a_lost_rubric_is_listed_with_the_sheet(self) -> None:
        read = pages(page("1.4", pilots="-", publics="-"))
        (missing,) = [u for u in read.unread if u.why.key == "extract.missing-rubrics"]
        assert (missing.line, missing.why.data["rubrics"]) == (2, "pilots, publics")

    def test_a_number_printed_twice_is_read_once(self) -> None:
        read = pages(page("1.4"), page("1.4", pilots="PILOTES : Métropole"))
        assert [who for role, who, _ in parts(read, "1.4") if role == "pilot"] == ["ville", "caf"]
        assert [u.line for u in read.unread if u.why.key == "extract.code-twice"] == [24]

    @given(st.sets(st.integers(0, 20), max_size=12))
    def test_lines_lost_anywhere_move_no_value_to_another_sheet(self, lost: set[int]) -> None:
        """Whatever lines of a sheet are lost, those of the next one say the same as without it."""
        damaged = [line for place, line in enumerate(page("1.4")) if place not in lost]
        whole, read = (
            pages(page("1.5", pilots="PILOTES : Métropole")),
            pages(damaged, page("1.5", pilots="PILOTES : Métropole")),
        )
        values = {name: value for name, (value, _) in fields(whole, "1.5").items()}
        assert {name: value for name, (value, _) in fields(read, "1.5").items()} == values
        assert [part[:2] for part in parts(read, "1.5")] == [part[:2] for part in parts(whole, "1.5")]


class TestTable:
    def test_a_row_is_a_sheet(self) -> None:
        read = table(
            "ENJEU 3 : Mieux habiter\t\t\t\t",
            "Un jardin\t3.1\t<ul><li>Semer</li></ul>\tX\tVille/CAF",
            "Un banc\t3-2\t\t\tMétropole (voirie)",
        )
        assert read.tables["strategy"][0]["label"] == "Mieux habiter"
        assert fields(read, "3.1")["issue"] == ("issue/3", "2")
        assert parts(read, "3.1") == [("pilot", "ville", "3"), ("pilot", "caf", "3")]
        assert [(row["sheet"], row["as_written"]) for row in read.tables["openings"]] == [("sheet/3.1", "X")]
        assert parts(read, "3.2") == [("pilot", "metropole", "4")]
        assert read.unread == ()

    def test_the_header_comes_again_on_every_page(self) -> None:
        head = "intitulé des fiches\tN° Fiche\tObjectifs\tAppel à projet\tPilote"
        read = table(
            "ENJEU 3 : A\t\t\t\t", "Un\t3.1\t\tx\tVille", "APPEL A PROJETS 2021", "", head, "Deux\t3.2\t\t\tVille"
        )
        assert [row["code"] for row in read.tables["sheets"] if row["field"] == "title"] == ["3.1", "3.2"]

    def test_a_cut_row_is_listed_and_its_neighbours_stand(self) -> None:
        read = table(
            "ENJEU 3 : A\t\t\t\t",
            "Un\t3.1\t\tx\tVille",
            "Deux\t3.2\tSemer",
            "Trois\t3.3\t\t\tCAF",
            "Quatre\tiv\t\t\tCAF",
        )
        assert [(u.line, u.why.key) for u in read.unread] == [(4, "extract.cells"), (6, "extract.no-code")]
        assert parts(read, "3.3") == [("pilot", "caf", "5")]

    def test_sheets_before_any_issue_are_listed(self) -> None:
        assert [u.why.key for u in table("Un\t3.1\t\tx\tVille").unread] == ["extract.no-issue"]


class TestWords:
    @pytest.mark.parametrize(
        ("words", "names"),
        [
            ("Métropole, Ville et CAF", ["Métropole", "Ville", "CAF"]),
            (
                "l’Etat (DDCS/DIRECCTE), la Région (SPRO) / bailleurs",
                ["Etat (DDCS/DIRECCTE)", "Région (SPRO)", "bailleurs"],
            ),
            ("les collèges – PJJ – APS34, etc.", ["collèges", "PJJ", "APS34"]),
            ("CAF (service social, Ville", ["CAF (service social", "Ville"]),
            ("…", []),
            ("", []),
        ],
    )
    def test_lists_of_names(self, words: str, names: list[str]) -> None:
        assert split_names(words) == names

    @given(st.text())
    def test_any_text_gives_names_that_stand_in_it(self, words: str) -> None:
        assert all(name in words for name in split_names(words))

    @pytest.mark.parametrize(
        ("words", "first", "last"),
        [
            ("Janvier 2016", "2016-01", "2016-01"),
            ("1er septembre 2016", "2016-09-01", "2016-09-01"),
            ("2017-2020 : réunion annuelle", "2017", "2020"),
            ("mi 2016", "2016", "2016"),
            ("signature du contrat", "", ""),
        ],
    )
    def test_dates(self, words: str, first: str, last: str) -> None:
        assert (first_date(words), last_date(words)) == (first, last)


class TestLayouts:
    def test_the_layout_is_the_one_that_reads_most(self) -> None:
        assert (
            "openings"
            in extract(Document("d", ("intitulé des fiches\tN°", "ENJEU 1 : A", "Un\t1.1\t\tX\tVille")), NAMES).tables
        )
        assert "openings" not in extract(Document("d", tuple(page("1.1"))), NAMES).tables

    def test_another_document_is_an_error_that_names_the_layouts(self) -> None:
        with pytest.raises(InputError, match="sheet-pages"):
            extract(Document("recettes", ("Faire revenir les oignons.",)), NAMES)
        with pytest.raises(InputError, match="unknown layout"):
            extract(Document("d", ("x",)), NAMES, "roman")


class TestComparison:
    REVIEWED: ClassVar = {
        "openings": [
            Row(
                "openings.csv",
                line,
                {"id": code, "sheet": f"sheet/{code}", "as_written": "X", "lines": lines, "method": "eye"},
            )
            for line, code, lines in ((2, "1.1", "3"), (3, "1.2", "9"), (4, "1.3", "5"))
        ]
    }

    def test_missed_added_and_elsewhere_are_differences(self) -> None:
        read = Extract(
            {
                "openings": [
                    {"id": c, "sheet": f"sheet/{c}", "lines": n} for c, n in (("1.1", "3"), ("1.2", "4"), ("1.4", "6"))
                ]
            }
        )
        (found,) = compare(read, self.REVIEWED)
        assert (found.reviewed, found.read, found.alike, round(found.share, 1)) == (3, 3, 1, 33.3)
        assert [one.id for one in found.differences] == [
            "openings.sheet.1.2.lines",
            "openings.sheet.1.3.missed",
            "openings.sheet.1.4.added",
        ]


@pytest.mark.parametrize("document", ["clermont-2024", "montpellier-2016", "montpellier-2021"])
def test_every_difference_with_the_reviewed_tables_is_explained(document: str, corpus: Path) -> None:
    result = CliRunner().invoke(cli, ["extract", document, "--corpus", str(corpus), "--check"], standalone_mode=False)
    assert result.return_value == 0, result.output


def test_the_command_writes_the_tables_it_read(tmp_path: Path) -> None:
    text = tmp_path / "contrat.txt"
    text.write_text("\n".join(page("1.1")), encoding="utf-8")
    result = CliRunner().invoke(
        cli, ["extract", str(text), "-o", str(tmp_path / "out"), "--lang", "en"], standalone_mode=False
    )
    assert result.return_value == 0
    with (tmp_path / "out" / "sheets.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == "Ouvrir un jardin au pied des tours"
