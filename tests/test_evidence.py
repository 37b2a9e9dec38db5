"""Rows against the documents: what the tables quote stands in the lines that they cite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdv_graph.authority import Names, unresolved
from cdv_graph.corpus import open_document, read_text
from cdv_graph.errors import InputError
from cdv_graph.namespaces import fold
from cdv_graph.resources import folder
from cdv_graph.tables import read_dataset, schemas
from cdv_graph.tables.check import personal_name

DATASET = read_dataset(folder("data"))


def _said(text: str) -> str:
    """A text as words, without the marks of extraction."""
    return fold(re.sub(r"[*_#|]", " ", re.sub(r"<[^>]+>", "", text)))


@pytest.mark.parametrize("table", [name for name, schema in schemas().items() if "as_written" in schema.header])
def test_quoted_words_stand_in_the_cited_lines(corpus: Path, table: str) -> None:
    wrong = []
    for slug, tables in DATASET.documents.items():
        source = DATASET.source(slug)
        assert source is not None
        document = open_document(corpus, source["file"], source["sha256"], slug)
        for row in tables.get(table, []):
            passages = []
            for lines in row["lines"].split(";"):
                first, _, last = lines.strip().partition("-")
                passages.append(document.passage(int(first), int(last or first)))
            text = _said(" ".join(passages))
            pieces = re.split(r"\[…\]|…|\.\.\.|\s;\s", row["as_written"])
            if not all(_said(piece) in text for piece in pieces):
                wrong.append(f"{row.file}:{row.line}: « {row['as_written']} » is not in lines {row['lines']}")
    assert wrong == []


def test_no_sentence_of_a_source_is_copied() -> None:
    """Words of the source stay shorter than a title; our own labels are at most fifteen words and a few."""
    for tables in DATASET.documents.values():
        for name, rows in tables.items():
            for row in rows:
                assert len(row["as_written"].split()) <= 25, (row.file, row.line)
                if name == "commitments":
                    assert len(row["label"].split()) <= 18, (row.file, row.line)


def test_no_personal_name_anywhere() -> None:
    known = {
        word
        for rows in DATASET.authority.values()
        for row in rows
        for word in fold(" ".join(row.cells.values())).split()
    }
    known |= {fold(row["acronym"]) for tables in DATASET.documents.values() for row in tables.get("acronyms", [])}
    for tables in [DATASET.authority, *DATASET.documents.values()]:
        for rows in tables.values():
            for row in rows:
                for cell in row.cells.values():
                    assert not personal_name(cell, known), (row.file, row.line, cell)


def test_a_range_beyond_the_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_text("un\ndeux\n\ntrois\n", "utf-8")
    document = read_text(path)
    assert document.lines == ("un", "deux", "", "trois")
    assert document.passage(2, 4) == "deux\ntrois"
    for first, last in ((0, 1), (3, 2), (4, 5)):
        with pytest.raises(InputError, match="beyond the document"):
            document.passage(first, last)


def test_names_are_found_in_any_form_and_ambiguity_is_an_answer() -> None:
    names = Names.from_dataset(DATASET)
    assert names.find("Caisse d’Allocations Familiales de l'HERAULT") == ("partner/caf-herault",)
    assert names.find("CN03404N") == ("contract/clermont-2024",)
    assert len(names.find("Pays Cœur d'Hérault")) == 2  # the organisation and its territory
    assert names.find("personne") == ()


def test_unresolved_acronyms_are_listed_with_their_line() -> None:
    listed = unresolved(DATASET)
    assert all(fault.file.endswith("acronyms.csv") and fault.line > 1 for fault in listed)
    assert "CLS" not in {fault.value for fault in listed}
