"""The reader of a cross-reading of contracts, on passages written for the tests in its layout, whole and damaged."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.authority import Names
from cdv_graph.cli.main import cli
from cdv_graph.corpus import Document
from cdv_graph.extract import Extract, compare, extract
from cdv_graph.namespaces import fold
from cdv_graph.tables.files import Row

NAMES = Names(
    {
        fold(name): things
        for name, things in {
            "Club du lac": ("partner/club-du-lac",),
            "Foyer": ("partner/foyer",),
            "Les Amis du vélo": ("partner/amis-du-velo",),
            "Office": ("partner/office-nord", "partner/office-sud"),
            "Agence des eaux": ("partner/agence-des-eaux",),
        }.items()
    }
)
CONTENTS = [
    "SOMMAIRE",
    "",
    "GOUVERNANCE",
    "",
    "01",
    "",
    "THÈMES DES PROJETS",
    "",
    "02",
    "",
    "2.1 | SANTÉ",
    "",
    "2.2 | SPORT",
]
BOX = ["", "Les défis à relever", ""]


def read(*lines: str, contents: bool = True) -> Extract:
    return extract(Document("d", (*(CONTENTS if contents else ()), *lines)), NAMES, "cross-reading")


def line(text: str, *lines: str) -> int:
    """The number of a line of a passage that follows the contents."""
    return len(CONTENTS) + 1 + list(lines).index(text)


def reasons(found: Extract) -> list[tuple[int, str]]:
    return [(one.line, one.why.key) for one in found.unread]


class TestChapters:
    def test_a_chapter_stands_at_its_heading_or_else_in_the_contents(self) -> None:
        body = ["", "On commence.", "", "THÈMES DES PROJETS", "", "2.1 SANTÉ DE TOUS", "", "2.2 SPORT"]
        found = read(*body)
        assert [(row["code"], row["label"], row["parent"], row["lines"]) for row in found.tables["articles"]] == [
            ("01", "GOUVERNANCE", "", "3-5"),
            ("02", "THÈMES DES PROJETS", "", str(line("THÈMES DES PROJETS", *body))),
            ("2.1", "SANTÉ DE TOUS", "article/02", str(line("2.1 SANTÉ DE TOUS", *body))),
            ("2.2", "SPORT", "article/02", str(line("2.2 SPORT", *body))),
        ]
        assert [row["order"] for row in found.tables["articles"]] == ["1", "2", "1", "2"]
        assert [row["theme"] for row in found.tables["articles"]] == ["gouvernance", "", "sante", "sport"]
        assert found.unread == ()

    def test_a_heading_printed_again_on_the_next_page_moves_nothing(self) -> None:
        body = ["2.1 SANTÉ", "", "Du texte.", "", "2.1 SANTÉ", "", "2.2 SPORT"]
        found = read(*body)
        assert next(row["lines"] for row in found.tables["articles"] if row["code"] == "2.1") == "14"
        assert found.unread == ()

    def test_a_number_that_the_contents_do_not_hold_is_listed(self) -> None:
        body = ["2.2 SPORT", "3.5 MILLIONS", "2.1 SANTÉ"]
        found = read(*body)
        assert reasons(found) == [(15, "extract.no-chapter"), (16, "extract.no-chapter")]
        assert [row["code"] for row in found.tables["articles"]] == ["01", "02", "2.1", "2.2"]

    def test_sentences_with_a_number_are_no_headings(self) -> None:
        assert read("2.1 millions d'euros", "", "SANTÉ").unread == ()


class TestChallenges:
    def test_a_box_gives_its_bullets_in_the_chapter_above(self) -> None:
        body = [
            "THÈMES DES PROJETS",
            "",
            "2.1 SANTÉ",
            *BOX,
            "- Ouvrir un centre** : il en manque.",
            "- Former",
            "",
            "2.2 SPORT",
        ]
        found = read(*body)
        assert [(row["id"], row["theme"], row["label"], row["lines"]) for row in found.tables["challenges"]] == [
            ("2.1.d1", "sante", "Ouvrir un centre", "20"),
            ("2.1.d2", "sante", "Former", "21"),
        ]
        assert found.unread == ()

    def test_details_and_the_rest_of_a_cut_line_stay_with_their_challenge(self) -> None:
        body = [
            "2.1 SANTÉ",
            *BOX,
            "- ☑ Ouvrir un",
            "centre :",
            " - le jour",
            " - la nuit",
            "- ☑ Former",
            "",
            "2.2 SPORT",
        ]
        rows = read(*body).tables["challenges"]
        assert [(row["label"], row["lines"]) for row in rows] == [("Ouvrir un centre", "18-21"), ("Former", "22")]

    def test_a_lost_bullet_is_listed_and_keeps_its_number(self) -> None:
        found = read("2.1 SANTÉ", *BOX, "- Ouvrir", "Accueillir", "- Former", "", "2.2 SPORT")
        assert [row["id"] for row in found.tables["challenges"]] == ["2.1.d1", "2.1.d3"]
        assert reasons(found) == [(19, "extract.no-bullet")]

    def test_a_paragraph_after_the_bullets_ends_the_box(self) -> None:
        found = read("2.1 SANTÉ", *BOX, "- Ouvrir", "", "Quelques exemples", "", "- Un jardin", "", "2.2 SPORT")
        assert [row["label"] for row in found.tables["challenges"]] == ["Ouvrir"]

    def test_a_note_of_the_page_foot_ends_the_box(self) -> None:
        found = read("2.1 SANTÉ", *BOX, "- Ouvrir", "", "(12) Voir l'avis.", "", "- Un jardin", "", "2.2 SPORT")
        assert [row["label"] for row in found.tables["challenges"]] == ["Ouvrir"]

    @pytest.mark.parametrize(("tick", "labels"), [("", []), ("✓ ", ["Ouvrir", "Former"])])
    def test_bullets_below_a_paragraph_count_only_where_ticked(self, tick: str, labels: list[str]) -> None:
        found = read(
            "2.1 SANTÉ", *BOX, "Tout reste à faire.", "", f"- {tick}Ouvrir", f"- {tick}Former", "", "2.2 SPORT"
        )
        assert [row["label"] for row in found.tables["challenges"]] == labels
        assert reasons(found)[0] == (18, "extract.not-a-challenge")
        assert len(found.unread) == (1 if labels else 3)

    def test_a_lost_heading_gives_its_box_to_no_other_chapter(self) -> None:
        found = read("THÈMES DES PROJETS", "", "2.1 SANTÉ", *BOX, "- Ouvrir", "", *BOX, "- Nager")
        assert found.tables["challenges"] == []
        assert [key for _, key in reasons(found)] == ["extract.several-chapters"] * 2

    @given(st.sets(st.integers(0, 6), max_size=5))
    def test_lines_lost_in_one_chapter_change_nothing_in_the_next(self, lost: set[int]) -> None:
        first = ["2.1 SANTÉ", "", "Les défis à relever", "", "- Ouvrir", "- Former", ""]
        kept = [words for place, words in enumerate(first) if place not in lost]
        rows = read("THÈMES DES PROJETS", "", *kept, "2.2 SPORT", *BOX, "- Nager", "- Courir").tables["challenges"]
        assert [row["label"] for row in rows if row["id"].startswith("2.2")] == ["Nager", "Courir"]


class TestPartners:
    ANNOUNCED: ClassVar = ["2.1 SANTÉ", "", "2.2 SPORT", "", "Voici qui sont les partenaires des contrats.", ""]

    @staticmethod
    def rows(found: Extract) -> list[tuple[str, str, str, str]]:
        columns = ("activity", "role", "partner", "lines")
        return [tuple(row[c] for c in columns) for row in found.tables["participations"]]  # type: ignore[misc]

    def test_a_theme_names_the_chapter_that_mentions_its_partners(self) -> None:
        body = [
            *self.ANNOUNCED,
            "Santé",
            "",
            "Club du lac, Foyer / Office, Piscine",
            "",
            "Sport / Santé",
            "",
            "Foyer, Office",
        ]
        found = read(*body)
        assert self.rows(found) == [
            ("article/2.1", "mentioned", "club-du-lac", "22"),
            ("article/2.1", "mentioned", "foyer", "22"),
            ("article/2.1", "mentioned", "foyer", "26"),
            ("article/2.2", "mentioned", "foyer", "26"),
        ]
        assert [(u.line, u.text) for u in found.unread] == [(22, "Office"), (22, "Piscine"), (26, "Office")]

    def test_a_theme_without_a_chapter_is_mentioned_where_it_stands(self) -> None:
        found = read(*self.ANNOUNCED, "Parentalité*", "", "Foyer, Club du lac")
        assert [row[0] for row in self.rows(found)] == ["article/2.2"] * 2

    def test_a_name_cut_by_the_end_of_the_line_is_one_name(self) -> None:
        found = read(*self.ANNOUNCED, "Sport", "", "Foyer, Agence", "des eaux, Club du lac")
        assert [(row[2], row[3]) for row in self.rows(found)] == [
            ("foyer", "22"),
            ("agence-des-eaux", "22"),
            ("club-du-lac", "23"),
        ]

    def test_a_name_after_brackets_is_another_name(self) -> None:
        found = read(*self.ANNOUNCED, "Sport", "", "Foyer (accueil de jour) Club du lac, Agence des eaux")
        assert [row[2] for row in self.rows(found)] == ["foyer", "club-du-lac", "agence-des-eaux"]

    def test_a_lost_theme_gives_its_partners_to_no_other(self) -> None:
        found = read(*self.ANNOUNCED, "Santé", "", "Foyer, Office", "", "Club du lac, Agence des eaux")
        assert [row[2] for row in self.rows(found)] == ["foyer"]
        assert (24, "extract.several-chapters") in reasons(found)

    def test_the_words_of_a_drawing_are_no_list(self) -> None:
        found = read(*self.ANNOUNCED, "PARTENAIRES / SANTÉ", "", "Foyer", "", "Moins de 10%")
        assert (self.rows(found), found.unread) == ([], ())

    def test_themes_that_nothing_announces_head_no_list(self) -> None:
        assert self.rows(read("2.1 SANTÉ", "", "Du texte.", "", "Sport", "", "Foyer, Club du lac")) == []


class TestDispositifs:
    ANNOUNCED: ClassVar = [
        "2.1 SANTÉ",
        "",
        "2.2 SPORT",
        "",
        "Les articulations avec le droit commun et la politique de la ville :",
        "",
    ]

    @staticmethod
    def rows(found: Extract) -> list[tuple[str, str, str]]:
        return [(row["dispositif"], row["theme"], row["nature"]) for row in found.tables["dispositif-facts"]]

    def test_the_first_list_of_a_theme_is_droit_commun_and_the_next_ones_politique_de_la_ville(self) -> None:
        body = ["Santé", "", "PTSM, dispositif CLAS", "", "PRE", "", "GUSP, Machin", "", "Sport", "", "CTG, PRE"]
        found = read(*self.ANNOUNCED, *body)
        assert self.rows(found) == [
            ("ptsm", "sante", "droit-commun"),
            ("clas", "sante", "droit-commun"),
            ("pre", "sante", "politique-de-la-ville"),
            ("gusp", "sante", "politique-de-la-ville"),
            ("ctg", "sport", "droit-commun"),
            ("pre", "sport", "droit-commun"),
        ]
        assert [(u.text, u.why.key) for u in found.unread] == [("Machin", "extract.unknown-dispositif")]

    def test_names_joined_by_a_slash_are_several(self) -> None:
        assert [row[0] for row in self.rows(read(*self.ANNOUNCED, "Sport", "", "PEDT/PEL, CTG"))] == [
            "pedt",
            "pel",
            "ctg",
        ]

    def test_next_lists_after_several_themes_belong_to_none(self) -> None:
        body = ["Santé", "", "PTSM, CLAS", "", "Sport", "", "CTG, PEL", "", "PRE, GUSP"]
        found = read(*self.ANNOUNCED, *body)
        assert {row[2] for row in self.rows(found)} == {"droit-commun"}
        assert reasons(found) == [(28, "extract.several-themes")]

    def test_a_wider_gap_may_hide_the_heading_of_another_theme(self) -> None:
        found = read(
            *self.ANNOUNCED, "Santé", "", "PTSM, CLAS", "", "", "", "CTG, PEL", "", "PRE", "", "Sport", "", "GUSP, CTG"
        )
        assert [row[0] for row in self.rows(found)] == ["ptsm", "clas", "gusp", "ctg"]
        assert [key for _, key in reasons(found)] == ["extract.several-themes"] * 2

    def test_a_box_of_challenges_ends_the_lists(self) -> None:
        found = read(*self.ANNOUNCED, "Sport", "", "CTG, PEL", *BOX, "- Nager")
        assert (len(self.rows(found)), found.unread) == (2, ())


class TestGlossary:
    @staticmethod
    def entries(*lines: str) -> Extract:
        return read("GLOSSAIRE", "", "Mots des contrats", "", *lines, contents=False)

    def test_an_entry_gives_acronym_meaning_theme_and_what_both_name(self) -> None:
        found = self.entries(
            *(
                "SANTÉ",
                "",
                "- **PTSM** • Projet territorial de santé mentale",
                "- **Dispositif XYZ** • « Un essai »",
                "",
            ),
            *(
                "ÉDUCATION",
                "",
                "- **CTG** • Convention territoriale",
                "globale",
                "",
                "CONTACT",
                "",
                "Écrire à la ville",
            ),
        )
        columns = ("acronym", "meaning", "theme", "dispositif", "lines")
        assert [tuple(row[c] for c in columns) for row in found.tables["acronyms"]] == [
            ("PTSM", "Projet territorial de santé mentale", "sante", "ptsm", "7"),
            ("XYZ", "Un essai", "sante", "", "8"),
            ("CTG", "Convention territoriale globale", "education-jeunesse", "ctg", "12"),
        ]
        assert found.unread == ()

    def test_an_acronym_whose_meaning_names_another_thing_names_nothing(self) -> None:
        found = self.entries("SANTÉ", "", "- **PTSM** • Convention territoriale globale")
        assert [row["dispositif"] for row in found.tables["acronyms"]] == [""]

    def test_an_acronym_printed_twice_is_one_row_and_two_meanings_are_two(self) -> None:
        found = self.entries("- **PGD** • Plan global", "- **CTL** • Un", "- **CTL** • Deux", "- **PGD** • plan global")
        assert [(row["acronym"], row["lines"]) for row in found.tables["acronyms"]] == [
            ("PGD", "5;8"),
            ("CTL", "6"),
            ("CTL", "7"),
        ]

    def test_broken_entries_are_listed(self) -> None:
        found = self.entries("- **PTSM** • Projet", "- **CTG**", "Une Ligne seule", "- Sans sigle")
        assert [row["acronym"] for row in found.tables["acronyms"]] == ["PTSM"]
        assert reasons(found) == [(6, "extract.no-acronym"), (7, "extract.no-acronym"), (8, "extract.no-acronym")]


class TestComparison:
    def test_challenges_are_compared_by_their_lines_and_acronyms_within_the_glossary(self) -> None:
        def row(**cells: str) -> Row:
            return Row("t.csv", 2, {"method": "eye", **cells})

        found = read(
            "2.1 SANTÉ",
            *BOX,
            "- Ouvrir",
            "",
            "2.2 SPORT",
            "",
            "GLOSSAIRE",
            "",
            "- **CTG** • Convention territoriale globale",
        )
        acronym = {
            "acronym": "CTG",
            "meaning": "Convention territoriale globale",
            "dispositif": "ctg",
            "kind": "correct",
        }
        reviewed = {
            "challenges": [row(id="2.1.x", theme="sante", label="Tout autre chose", lines="18-19")],
            "acronyms": [row(id="a", lines="3;24", **acronym), row(id="b", lines="3", **acronym | {"meaning": ""})],
        }
        told = {one.table: one for one in compare(found, reviewed)}
        assert (told["challenges"].alike, told["challenges"].differences) == (1, ())
        assert (told["acronyms"].reviewed, told["acronyms"].alike) == (1, 1)


def test_every_difference_with_the_reviewed_tables_is_explained(corpus: Path) -> None:
    result = CliRunner().invoke(
        cli, ["extract", "occitanie-2025", "--corpus", str(corpus), "--check"], standalone_mode=False
    )
    assert result.return_value == 0, result.output
