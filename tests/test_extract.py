"""The readers, on passages written for the tests, and on the document they were made for."""

from __future__ import annotations

from pathlib import Path

from cdv_graph.authority import Names
from cdv_graph.corpus import Document, read_text
from cdv_graph.extract import read_annexes, read_objectives
from cdv_graph.namespaces import fold
from cdv_graph.resources import folder
from cdv_graph.tables import read_dataset, read_table, schemas

HEAD = "Objectifs stratégiques\tObjectifs opérationnels\tPlan d'action"


def read(*lines: str) -> tuple[list[tuple[str, str, str, str]], list[tuple[int, str]]]:
    rows, unread = read_objectives(Document("d", lines))
    return [(r["id"], r["label"], r["parent"], r["lines"]) for r in rows], [(u.line, str(u.why)) for u in unread]


def test_a_table_gives_objectives_and_actions_with_their_lines() -> None:
    rows, unread = read(
        "## Priorité 1 - Le sport",
        HEAD,
        "Bouger\tCourir\t<ul><li>• Un club</li><li>• Deux :<ul><li>○ un stade</li></ul></li></ul>",
        "\tNager\t",
    )
    assert unread == []
    assert rows == [
        ("p1.os1", "Bouger", "issue/p1", "3"),
        ("p1.os1.oo1", "Courir", "objective/p1.os1", "3"),
        ("p1.os1.oo1.a1", "Un club", "objective/p1.os1.oo1", "3"),
        ("p1.os1.oo1.a2", "Deux :", "objective/p1.os1.oo1", "3"),
        ("p1.os1.oo1.a2.1", "un stade", "action/p1.os1.oo1.a2", "3"),
        ("p1.os1.oo2", "Nager", "objective/p1.os1", "4"),
    ]


def test_a_page_break_continues_title_objective_and_numbering() -> None:
    rows, unread = read(
        "## Priorité 2 – La santé",
        HEAD,
        "Soigner les enfants et\tVacciner\t<ul><li>A</li></ul>",
        "# ORIENTATIONS",
        "## Priorité 2 – La santé",
        HEAD,
        "les parents\t\t<ul><li>B</li></ul>",
        "\tDépister\t<ul><li>C</li></ul>",
    )
    assert unread == []
    assert ("p2.os1", "Soigner les enfants et les parents", "issue/p2", "3;7") in rows
    assert ("p2.os1.oo1", "Vacciner", "objective/p2.os1", "3;7") in rows
    assert ("p2.os1.oo1.a2", "B", "objective/p2.os1.oo1", "7") in rows
    assert ("p2.os1.oo2.a1", "C", "objective/p2.os1.oo2", "8") in rows


def test_the_next_priority_starts_anew() -> None:
    rows, _ = read(
        *("## Priorité 1 - A", HEAD, "X\tY\t<ul><li>Z</li></ul>"),
        *("## Priorité 2 - B", HEAD, "U\tV\t<ul><li>W</li></ul>"),
    )
    assert [row[0] for row in rows] == [
        "p1.os1",
        "p1.os1.oo1",
        "p1.os1.oo1.a1",
        "p2.os1",
        "p2.os1.oo1",
        "p2.os1.oo1.a1",
    ]


def test_what_cannot_be_placed_is_listed_never_shifted() -> None:
    rows, unread = read(
        *(HEAD, "Sans priorité\tX\t<ul><li>Y</li></ul>"),
        *("## Priorité 1 - A", HEAD, "\t\t<ul><li>orpheline</li></ul>", "Deux\tcellules", "X\tY\tsans liste"),
    )
    assert unread == [
        (2, "no priority heading above"),
        (5, "actions without an operational objective"),
        (6, "2 cells instead of 3"),
        (7, "a cell without a list"),
    ]
    assert [row[0] for row in rows] == ["p1.os1", "p1.os1.oo1"]


def test_text_outside_tables_and_other_documents_give_nothing() -> None:
    assert read("# Autre chose", "a\tb\tc", "## Priorité 1 - A", "texte\tavec\ttabulations") == ([], [])


def test_the_reader_reads_the_shipped_rows_of_clermont(corpus: Path) -> None:
    """Every row marked `reader` is what the reader gives, to the letter; no line of the tables is left unread."""
    rows, unread = read_objectives(read_text(corpus / "002_dcee5bc01a08ff79.txt"))
    assert unread == []
    table = read_table(folder("data") / "clermont-2024" / "strategy.csv", schemas()["strategy"].header)
    columns = ("id", "kind", "level", "label", "parent", "lines")
    reviewed = [tuple(row[c] for c in columns) for row in table if row["method"] == "reader"]
    assert sorted(reviewed) == sorted(tuple(row[c] for c in columns) for row in rows)


NAMES = Names(
    {
        fold(name): (f"partner/{slug}",)
        for name, slug in (("CAF", "caf"), ("Région", "region"), ("EN", "en"), ("CCI", "cci"))
    }
)


def annexes(*lines: str) -> list[tuple[str, str, str, str]]:
    return [(r["id"], r["label"], r["partner"], r["lines"]) for r in read_annexes(Document("d", lines), NAMES)]


def test_annexes_announced_and_present_are_three_lists() -> None:
    rows = annexes(
        *("## LES ANNEXES", "", "Engagement de la CAF", "Tableau des moyens", "# INTRODUCTION", "La CAF finance."),
        *("# ANNEXE 1 : SOMMAIRE", "- Engagement de la Région", "• Engagement EN"),
        *("# ENGAGEMENTS DE LA RÉGION", "texte", "# ENGAGEMENTS DE LA CAF", "# ENGAGEMENTS DE LA RÉGION", "suite"),
    )
    assert rows == [
        ("sommaire.1", "Engagement de la CAF", "caf", "3"),
        ("sommaire.2", "Tableau des moyens", "", "4"),
        ("annexe-1.1", "Engagement de la Région", "region", "8"),
        ("annexe-1.2", "Engagement EN", "en", "9"),
        ("corps.1", "ENGAGEMENTS DE LA RÉGION", "region", "10;13"),
        ("corps.2", "ENGAGEMENTS DE LA CAF", "caf", "12"),
    ]


def test_an_annex_of_several_partners_names_none_and_small_words_are_no_acronyms() -> None:
    rows = annexes("# ANNEXE : SOMMAIRE", "- Engagements CAF et CCI", "- Engagement en matière de données")
    assert [partner for _, _, partner, _ in rows] == ["", ""]


def test_the_reader_reads_the_shipped_annexes_of_clermont(corpus: Path) -> None:
    """Every row marked `reader` is what the reader gives; it misses two partners, which the eye filled."""
    names = Names.from_dataset(read_dataset(folder("data")), "clermont-2024")
    rows = {row["id"]: row for row in read_annexes(read_text(corpus / "002_dcee5bc01a08ff79.txt"), names)}
    table = read_table(folder("data") / "clermont-2024" / "annex-entries.csv", schemas()["annex-entries"].header)
    assert {row["id"] for row in table} == set(rows)
    for row in table:
        if row["method"] == "reader":
            assert dict(row.cells) == rows[row["id"]]
    assert [row["partner"] for row in table if row["method"] == "eye"] == ["departement-herault", "cci-herault"]
