"""The checks of an ontology: each accepts what it should and finds what it should, with file, line, term and remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cdv_graph.cli.main import _run
from cdv_graph.errors import InputError
from cdv_graph.resources import folder, headed
from cdv_graph.store import read_rdf, write_rdf
from cdv_graph.validate import OntologyReport, check_ontology
from cdv_graph.validate.ontology import ONTOLOGY_COLUMNS
from cdv_graph.validate.written import Written

DATA = Path(__file__).parent / "ontology"
EXTENSION = Path(__file__).parents[1] / "examples" / "extension.ttl"
QUERIES = sorted(path.stem for path in folder("queries").joinpath("internal", "ontology").glob("*.rq"))

# what each failing file gets wrong: check -> the line, the term, the value, words of the French message
FAULTS = {
    "concept-label": (18, "ex:local", "fr", "un libellé préféré et un seul en « fr »"),
    "concept-scheme": (14, "ex:local", "", "dans aucun schéma"),
    "cycle": (18, "ex:Fund", "ex:LocalFund", "revient sur elle-même par ex:LocalFund"),
    "definition": (15, "ex:Fund", "en", "pas défini en « en »"),
    "deprecated": (18, "ex:Fund", "ex:Purse", "ex:Purse est abandonné"),
    "deprecated-explained": (15, "ex:Purse", "", "par quoi le remplacer"),
    "equivalence": (19, "ex:Fund", "cdv:Contract", "équivalent à cdv:Contract"),
    "header": (0, "", "", "de quelle ontologie"),
    "header-licence": (7, "<>", "", "ne dit pas la licence"),
    "header-title": (8, "<>", "en", "pas de titre en « en »"),
    "header-version": (7, "<>", "owl:versionIRI", "n'a pas de owl:versionIRI"),
    "imports": (13, "<>", "https://w3id.org/contrat-de-ville/ontology", "importe"),
    "label": (15, "ex:Fund", "en", "pas de libellé en « en »"),
    "namespace": (16, "prov:Entity", "https://example.org/extension#", "n'est pas dans l'espace de noms du fichier"),
    "one-kind": (15, "ex:fund", "owl:ObjectProperty", "déclaré owl:DatatypeProperty et aussi owl:ObjectProperty"),
    "our-namespace": (14, "cdv:Fund", "", "notre espace de noms"),
    "redefinition": (17, "cdv:Contract", "ex:Fund", "ajoute « rdfs:subClassOf » ex:Fund"),
    "undeclared": (19, "ex:Fund", "cdv:Contrat", "cdv:Contrat n'est déclaré nulle part (au plus proche : cdv:Contract"),
    "version-agrees": (11, "<>", "https://example.org/extension/1.0.0", "ne finit pas par le numéro de version"),
}  # fmt: skip
# a loop is told at each of its links
TWICE = {"cycle"}
HEADER = "https://example.org/extension"


@pytest.mark.parametrize("check", [*QUERIES, "syntax"])
def test_what_is_right_passes(check: str) -> None:
    assert check_ontology([DATA / f"{check}.pass.ttl"]).to_text() == "conforme (fichiers : 1)"


@pytest.mark.parametrize("check", QUERIES)
def test_what_is_wrong_is_found_by_that_check_alone_where_it_is(check: str) -> None:
    path = DATA / f"{check}.fail.ttl"
    report = check_ontology([path])
    assert {fault.check for fault in report.faults} == {check}, report.to_text()
    assert len(report.faults) == (2 if check in TWICE else 1)
    line, term, value, said = FAULTS[check]
    fault = report.faults[0]
    assert (fault.file, fault.term, fault.value) == (str(path), term.replace("<>", HEADER), value)
    assert said in fault.messages["fr"]
    assert fault.line == line, path.read_text("utf-8").splitlines()[fault.line - 1]


def test_every_check_has_its_two_files_and_no_file_is_left_over() -> None:
    expected = {f"{check}.{kind}.ttl" for check in [*QUERIES, "syntax"] for kind in ("pass", "fail")}
    assert {path.name for path in DATA.iterdir()} == expected
    assert set(FAULTS) == set(QUERIES)


@pytest.mark.parametrize("check", QUERIES)
def test_every_check_speaks_both_languages_and_names_its_reference(check: str) -> None:
    header, _ = headed("queries", f"internal/ontology/{check}.rq")
    assert header["reference"]
    for part in ("message", "remedy"):
        assert sorted(header[part]) == ["en", "fr"] and header[part]["fr"] != header[part]["en"]


def test_the_shipped_ontology_and_the_example_pass() -> None:
    shipped = check_ontology()
    assert shipped.conforms, shipped.to_text()
    assert shipped.files == len(list(folder("ontology").rglob("*.ttl")))
    assert check_ontology([EXTENSION]).conforms


def test_a_file_that_does_not_parse_is_told_with_its_line_and_hides_nothing() -> None:
    report = check_ontology([DATA / "syntax.fail.ttl", DATA / "label.fail.ttl"])
    assert [(fault.check, fault.line > 10) for fault in report.faults] == [("syntax", True), ("label", True)]
    assert "syntax.fail.ttl:19 : ce n'est pas du Turtle : " in report.faults[0].reason("fr")


def test_a_file_that_says_nothing_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("# rien\n", "utf-8")
    (fault,) = check_ontology([tmp_path]).faults
    assert (fault.check, fault.line, fault.messages["en"]) == ("syntax", 0, "the file holds no statement")


def test_a_changed_copy_of_ours_is_checked_as_ours(tmp_path: Path) -> None:
    copy = tmp_path / "ontology"
    shutil.copytree(folder("ontology"), copy)
    assert check_ontology([copy]).conforms
    declarations = copy / "cdv.ttl"
    text = declarations.read_text("utf-8")
    declarations.write_text(
        text.replace('"Avenant"@fr', '"Avenant"').replace("cdv:Pillar a ", "cdv:Piller a "), "utf-8"
    )
    report = check_ontology([copy])
    found = {(fault.check, fault.term, fault.value) for fault in report.faults}
    assert ("label", "cdv:Amendment", "fr") in found
    assert ("undeclared", "cdv:Pillar", "cdv:Pillar") in found
    assert {fault.check for fault in report.faults} == {"label", "undeclared"}
    # one file of ours alone is read with the rest of ours
    assert check_ontology([folder("ontology") / "cdv-axioms.ttl"]).conforms


@pytest.mark.parametrize("ending", ["nt", "rdf", "owl", "jsonld"])
def test_other_formats_are_read_and_lines_told_where_they_can_be(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"extension.{ending}"
    path.write_bytes(write_rdf(read_rdf(DATA / "undeclared.fail.ttl").quads(), ending))
    (fault,) = check_ontology([path]).faults
    assert (fault.check, fault.value) == ("undeclared", "cdv:Contrat")
    assert "https://w3id.org/contrat-de-ville/ontology#Contrat" in path.read_text("utf-8").splitlines()[fault.line - 1]


def test_files_are_read_together_and_each_fault_stays_with_its_file(tmp_path: Path) -> None:
    words = tmp_path / "words.ttl"
    words.write_text(
        "@prefix ex: <https://example.org/extension#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'ex:Fund rdfs:label "Fund"@en .\n',
        "utf-8",
    )
    report = check_ontology([DATA / "label.fail.ttl", words])
    assert [(fault.check, Path(fault.file).name) for fault in report.faults] == [("header", "words.ttl")]


def test_a_report_is_rows_a_frame_and_text() -> None:
    report = check_ontology([DATA / "cycle.fail.ttl"])
    frame = report.to_frame("en")
    assert list(frame.columns) == list(ONTOLOGY_COLUMNS) and len(frame) == 2
    assert report.to_text("en").splitlines()[0] == "does not conform (files: 1; faults: 2)"
    assert report.to_text("en").splitlines()[1].endswith("[cycle]")
    assert OntologyReport((), 1).conforms
    with pytest.raises(AttributeError):
        report.faults[0].line = 3  # type: ignore[misc]


def test_a_name_is_found_whole_and_as_the_file_writes_it() -> None:
    file = Written("PREFIX e: <urn:e#>\ne:Fund2 a e:X .\n\n<urn:e#Fund> a e:X ;\n  e:p e:Fund-local , e:X .\n")
    assert file.line("urn:e#Fund") == 4
    assert file.line("urn:e#Fund", "urn:e#X") == 4
    assert file.line("urn:e#Fund", "urn:e#Fund-local") == 5
    assert file.line("urn:e#Nothing") == 0
    assert file.name("urn:e#Fund") == "e:Fund" and file.name("urn:other") == "urn:other"


class TestCommand:
    def test_no_fault_is_exit_code_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert _run(["check-ontology", str(EXTENSION)]) == 0
        assert capsys.readouterr().out == "conforme (fichiers : 1)\n"

    def test_faults_are_exit_code_1_in_every_format(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        faulty = str(DATA / "undeclared.fail.ttl")
        assert _run(["check-ontology", faulty, "--lang", "en", "--format", "json"]) == 1
        (row,) = json.loads(capsys.readouterr().out)
        assert tuple(row) == ONTOLOGY_COLUMNS
        assert row["message"].startswith("cdv:Contrat is not declared anywhere (nearest: cdv:Contract")
        assert _run(["check-ontology", faulty, "-o", str(tmp_path / "faults.csv")]) == 1
        assert (tmp_path / "faults.csv").read_text("utf-8").startswith("check,file,line,term,")

    @pytest.mark.parametrize(
        ("name", "said"),
        [("none.ttl", "fichier ou dossier introuvable"), ("a.docx", "« docx »"), ("", "aucun fichier")],
    )
    def test_what_cannot_be_read_is_exit_code_2(
        self, name: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        assert _run(["check-ontology", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err

    def test_a_folder_of_nothing_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no RDF file in that folder"):
            check_ontology([tmp_path])


def test_what_owl_2_dl_forbids_is_told_where_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "extension.ttl"
    own = (DATA / "deprecated.pass.ttl").read_text("utf-8")
    path.write_text(own + "\nex:near a owl:TransitiveProperty , owl:FunctionalProperty .\n", "utf-8")
    told = [
        (fault.check, fault.term, fault.line) for fault in check_ontology([path]).faults if fault.check == "owl-2-dl"
    ]
    assert told == [("owl-2-dl", "ex:near", len(own.splitlines()) + 2)]
