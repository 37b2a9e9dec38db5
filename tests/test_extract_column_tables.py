"""The reader of listings by codes, on a text written for the tests, and on the document it was made for."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.authority import Names
from cdv_graph.cli.main import cli
from cdv_graph.corpus import Document
from cdv_graph.extract import Extract, extract, read_column_tables

NAMES = Names({"val fleuri": ("place/val-fleuri",), "pont rouge": ("place/pont-rouge",)})

BEFORE = ["Le contrat de ville de Val", "Fleuri couvre 2031-2036. Il est beau.", " 2. TABLEAU ", "", "RECAPITULATIF "]
SUMMARY = """
Jardins et
vergers

partagés

• Semer des graines dans
les cours

• Cueillir

Musique

• Chanter
 Orientations stratégiques Objectifs opérationnels Actions""".split("\n")
LISTING = """
PILIER N°1 : JARDINS ET VERGERS PARTAGES

1.1 SEMER DES GRAINES

DANS LES COURS

! 2 objectifs opérationnels

! 3 actions

1.1.1 Bêcher la terre avant
l’hiver (feuilles, paille,

1.1.1.a. Prêter des bêches et des
râteaux

1.1.1.b. Trier les graines avec
 fumier…)

les voisins du square
1.1.2 Arroser les  1.1.2.a. Poser des gouttières
 1.2 CUEILLIR

! 1objectif opérationnel

! 1 actions

jeunes plants

1.2.1 Ramasser les fruits

1.2.1.a. Cf. objectifs opérationnels 1.1.1 et 1.1.2

PILIER N°2 : MUSIQUE

2.1 CHANTER

! 1 objectifs opérationnels

! 0 action

2.1.1 Répéter

Pour les salles : cf. orientation stratégique 1.2
 3.1 Jardins(et(vergers(""".split("\n")
SHEETS = """
1. JARDINS ET VERGERS PARTAGES
1.1. SEMER DES GRAINES DANS LES COURS
OBJECTIF

OPERATIONNEL
1.1.1. BECHER LA TERRE AVANT L’HIVER (FEUILLES,

PAILLE, FUMIER,…) 1.1.2. ARROSER LES
JEUNES PLANTS

1.1.1.b. Trier les
graines avec les

voisins du square

INDICATEURS

• Nombre de bêches""".split("\n")


def read(listing: list[str] = LISTING, summary: list[str] = SUMMARY, before: list[str] = BEFORE) -> Extract:
    return read_column_tables(Document("d", (*before, *summary, *listing, *SHEETS)), NAMES)


def without(lines: list[str], *beginnings: str) -> list[str]:
    """The lines, those that begin so left empty: the numbers of the others stay."""
    return ["" if line.startswith(beginnings) else line for line in lines]


def elements(read: Extract) -> dict[str, tuple[str, str, str]]:
    return {row["id"]: (row["kind"], row["label"], row["parent"]) for row in read.tables["strategy"]}


def references(read: Extract) -> list[tuple[str, str, str]]:
    return [(row["element"], row["to_code"], row["to"]) for row in read.tables["cross-references"]]


def counts(read: Extract) -> dict[str, str]:
    return {row["id"]: row["value"] for row in read.tables["figures"]}


def unread(read: Extract) -> list[tuple[str, str]]:
    return [(one.text, one.why.key) for one in read.unread]


WHOLE = read()
# the chapter after the listing has a number, but is no orientation
CHAPTER = ("3.1 Jardins(et(vergers(", "extract.no-element")


def test_codes_give_the_elements_with_their_parents_in_order() -> None:
    assert list(elements(WHOLE).items()) == [
        ("p1", ("pillar", "Jardins et vergers partagés", "")),
        ("1.1", ("issue", "Semer des graines dans les cours", "pillar/p1")),
        ("1.1.1", ("objective", "Bêcher la terre avant l’hiver (feuilles, paille, fumier…)", "issue/1.1")),
        ("1.1.1.a", ("action", "Prêter des bêches et des râteaux", "objective/1.1.1")),
        ("1.1.1.b", ("action", "Trier les graines avec les voisins du square", "objective/1.1.1")),
        ("1.1.2", ("objective", "Arroser les jeunes plants", "issue/1.1")),
        ("1.1.2.a", ("action", "Poser des gouttières", "objective/1.1.2")),
        ("1.2", ("issue", "Cueillir", "pillar/p1")),
        ("1.2.1", ("objective", "Ramasser les fruits", "issue/1.2")),
        ("1.2.1.a", ("action", "Cf. objectifs opérationnels 1.1.1 et 1.1.2", "objective/1.2.1")),
        ("p2", ("pillar", "Musique", "")),
        ("2.1", ("issue", "Chanter", "pillar/p2")),
        ("2.1.1", ("objective", "Répéter", "issue/2.1")),
    ]
    assert unread(WHOLE) == [CHAPTER]


def test_lines_are_those_of_the_summary_of_the_listing_and_of_the_sheets() -> None:
    text = [*BEFORE, *SUMMARY, *LISTING, *SHEETS]
    rows = {row["id"]: row["lines"] for row in WHOLE.tables["strategy"]}

    def words(id: str) -> list[str]:
        bounds = [part.split("-") for part in rows[id].split(";")]
        return [" / ".join(filter(None, text[int(b[0]) - 1 : int(b[-1])])).strip() for b in bounds]

    assert words("1.1") == [
        "• Semer des graines dans / les cours",
        "1.1 SEMER DES GRAINES",
        "DANS LES COURS",
        "1.1. SEMER DES GRAINES DANS LES COURS",
    ]
    assert words("1.1.1.b")[:2] == ["1.1.1.b. Trier les graines avec", "les voisins du square"]
    assert words("1.1.2")[1:2] == ["jeunes plants"]


def test_references_go_to_what_was_read() -> None:
    assert references(WHOLE) == [
        ("action/1.2.1.a", "1.1.1", "objective/1.1.1"),
        ("action/1.2.1.a", "1.1.2", "objective/1.1.2"),
        ("objective/2.1.1", "1.2", "issue/1.2"),
    ]
    lost = read([line.replace("stratégique 1.2", "stratégique 4.7") for line in LISTING])
    assert references(lost)[-1] == ("objective/2.1.1", "4.7", "")


def test_counts_are_those_that_the_orientations_announce() -> None:
    assert list(counts(WHOLE).values()) == ["2", "3", "1", "1", "1", "0"]
    first = WHOLE.tables["figures"][0]
    assert (first["id"], first["place"], first["period"]) == ("announced-objectives-1.1", "val-fleuri", "2031-2036")
    assert first["population"] == "objectifs opérationnels de l’orientation 1.1"


def test_two_places_or_two_periods_are_not_chosen_from() -> None:
    several = ["Le contrat de ville de Val Fleuri et de Pont Rouge couvre 2031-2036 puis 2037-2042.", *BEFORE[2:]]
    first = read(before=several).tables["figures"][0]
    assert (first["place"], first["period"]) == ("", "")


def test_a_count_that_is_not_what_was_read_is_told() -> None:
    found = read(without(LISTING, "1.1.1.a.", "râteaux"))
    assert unread(found) == [("! 3 actions", "extract.announced"), CHAPTER]
    assert counts(found) == counts(WHOLE)


def test_a_lost_orientation_gives_nothing_to_the_one_above() -> None:
    found = read(without(LISTING, " 1.2 CUEILLIR"))
    # the summary no longer fits: the titles of this pillar are those of the listing, in capitals
    assert elements(found)["1.1"][1] == "SEMER DES GRAINES DANS LES COURS"
    assert elements(found)["2.1"] == elements(WHOLE)["2.1"]
    assert "1.2.1" not in elements(found)
    assert counts(found) == {id: value for id, value in counts(WHOLE).items() if not id.endswith("1.2")}
    assert {why for _, why in unread(found)} == {
        "extract.summary-differs",
        "extract.no-element",
        "extract.no-parent",
    }


def test_a_lost_objective_takes_its_actions_and_references_along() -> None:
    found = read(without(LISTING, "1.2.1 Ramasser"))
    assert not [id for id in elements(found) if id.startswith("1.2.1")]
    assert [one for one in references(found) if one[0] == "action/1.2.1.a"] == []
    assert ("1.2.1.a", "extract.no-parent") in unread(found)


def test_text_that_the_sheets_do_not_explain_leaves_out_what_it_may_belong_to() -> None:
    """Nobody knows whether the words go on with the objective or with the action."""
    found = read([line.replace("les voisins du square", "les amis") for line in LISTING])
    assert ("les amis", "extract.no-element") in unread(found)
    assert "1.1.1.b" not in elements(found)
    assert ("1.1.1.b", "extract.cut-title") in unread(found)


def test_text_that_begins_anew_is_listed_and_its_neighbours_stand() -> None:
    place = LISTING.index("2.1.1 Répéter")
    found = read([*LISTING[: place + 1], "", "Salles ouvertes :", "", "• Kiosque", *LISTING[place + 1 :]])
    assert elements(found) == elements(WHOLE)
    assert unread(found)[:2] == [("Salles ouvertes :", "extract.no-element"), ("• Kiosque", "extract.no-element")]
    # after such a text, nobody knows what a reference stands under
    assert ("Pour les salles : cf. orientation stratégique 1.2", "extract.no-element") in unread(found)
    assert len(references(found)) == 2


def test_a_code_printed_twice_is_read_once() -> None:
    found = read([line.replace("1.2.1 Ramasser", "1.1.2 Ramasser") for line in LISTING])
    assert elements(found)["1.1.2"] == elements(WHOLE)["1.1.2"]
    assert ("1.1.2", "extract.element-twice") in unread(found)


def test_without_a_summary_titles_are_those_of_the_listing() -> None:
    found = read(summary=SUMMARY[-1:])
    assert elements(found)["p1"][1] == "JARDINS ET VERGERS PARTAGES"
    assert elements(found).keys() == elements(WHOLE).keys()


def test_a_summary_of_other_pillars_is_told() -> None:
    found = read(summary=[line.replace("Musique", "Lecture et écriture") for line in SUMMARY])
    assert ("Lecture et écriture", "extract.summary-differs") in unread(found)
    assert elements(found)["p2"][1] == "MUSIQUE"
    assert elements(found)["p1"] == elements(WHOLE)["p1"]


def test_a_document_without_listing_gives_nothing() -> None:
    found = read_column_tables(Document("d", (*BEFORE, *SHEETS)), NAMES)
    assert not any(found.tables.values())


@given(st.sets(st.integers(0, len(LISTING) - 1), max_size=6))
def test_lines_lost_anywhere_move_no_words_to_another_element(lost: set[int]) -> None:
    """A title may be cut with the document; it never takes words that are not its own, nor another parent."""
    found = read(["" if place in lost else line for place, line in enumerate(LISTING)])
    for id, (kind, label, parent) in elements(found).items():
        right_kind, right_label, right_parent = elements(WHOLE)[id]
        assert (kind, parent) == (right_kind, right_parent)
        assert set(label.casefold().split()) <= set(right_label.casefold().replace("é", "e").split()) | set(
            right_label.casefold().split()
        )
    assert counts(found).items() <= counts(WHOLE).items()


def test_the_layout_is_found_without_being_named() -> None:
    document = Document("d", (*BEFORE, *SUMMARY, *LISTING, *SHEETS))
    assert extract(document, NAMES).tables == WHOLE.tables


def test_every_difference_with_the_reviewed_tables_is_explained(corpus: Path) -> None:
    asked = ["extract", "ales-2015", "--corpus", str(corpus), "--check"]
    result = CliRunner().invoke(cli, asked, standalone_mode=False)
    assert result.return_value == 0, result.output


def test_what_is_not_placed_in_the_document_is_text_without_code(corpus: Path) -> None:
    result = CliRunner().invoke(
        cli, ["extract", "ales-2015", "--corpus", str(corpus), "--lang", "en"], standalone_mode=False
    )
    told = [line for line in result.output.splitlines() if line[:1].isdigit()]
    assert told
    assert all(line.endswith("text without a code, that nothing ties to an element") for line in told)
