"""The command line as a user types it: formats, exit codes, messages; never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cdv_graph.questions import names


def run(*words: str, stdin: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    code = "from cdv_graph.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_help_teaches_every_command() -> None:
    text = run("--help").stdout
    for command in (
        *("demo", "build", "validate", "query", "sparql", "compare", "diff", "search", "evidence", "diagram"),
        *("report", "push", "pull", "check-ontology"),
    ):
        assert command in text
        done = run(command, "--help")
        assert done.returncode == 0 and "Usage: cdv-graph" in done.stdout, command


def test_every_question_has_help_with_columns_and_an_example() -> None:
    listed = run("query", "--help").stdout
    assert all(name in listed for name in names())
    text = run("query", "articulations", "--help").stdout
    assert "--theme" in text and "Columns:" in text and "cdv-graph query articulations --contract" in text


def test_json_on_stdout_is_the_answer_and_nothing_else() -> None:
    done = run("query", "signatories", "--contract", "clermont-2024", "--format", "json")
    assert done.returncode == 0 and done.stderr == ""
    assert {row["contract"] for row in json.loads(done.stdout)} == {"clermont-2024"}


def test_an_empty_answer_is_fine() -> None:
    done = run("query", "articulations", "--dispositif", "cls-securite", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "md", "txt"])
def test_the_ending_chooses_the_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"signatories.{ending}"
    done = run("query", "signatories", "-o", str(path))
    assert done.returncode == 0 and done.stdout == ""
    content = path.read_bytes()
    if ending == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet["A1"].value == "contract" and sheet["A2"].value == "clermont-2024"
    elif ending == "csv":
        assert next(csv.DictReader(io.StringIO(content.decode("utf-8"))))["contract"] == "clermont-2024"
    else:
        assert "clermont-2024" in content.decode("utf-8")


def test_excel_option() -> None:
    assert run("query", "signatories", "-f", "csv", "--excel").stdout.startswith("\ufeffcontract;partner;")


def test_explain_shows_sparql_that_the_sparql_command_runs() -> None:
    text = run("query", "signatories", "--contract", "Clermont", "--explain").stdout
    assert "PREFIX cdv:" in text and "<https://w3id.org/contrat-de-ville/id/contract/clermont-2024>" in text
    done = run("sparql", "-", "-f", "json", stdin=text)
    assert done.returncode == 0
    wanted = json.loads(run("query", "signatories", "--contract", "Clermont", "-f", "json").stdout)
    assert json.loads(done.stdout) == wanted


def test_sparql_forms(tmp_path: Path) -> None:
    ask = run("sparql", "ASK { contract:clermont-2024 a cdv:CityContract }", "-f", "json")
    assert json.loads(ask.stdout) == [{"answer": True}]
    described = run("sparql", "DESCRIBE contract:clermont-2024").stdout
    assert "cdv:CityContract" in described
    assert run("sparql", "CONSTRUCT WHERE { ?s a cdv:Partner }", "-o", str(tmp_path / "p.nt")).returncode == 0
    assert "/id/partner/caf-herault>" in (tmp_path / "p.nt").read_text("utf-8")
    dotted = "SELECT ?l { commitment:clermont-2024.pays-coeur-d-herault-4 rdfs:label ?l }"
    assert len(json.loads(run("sparql", dotted, "-f", "json").stdout)) == 1


def test_search_and_evidence() -> None:
    assert "partner/caf-herault" in run("search", "caf", "--kind", "partner").stdout
    done = run("evidence", "commitment/pays-coeur-d-herault-4", "-f", "json")
    assert {row["document"] for row in json.loads(done.stdout)} == {"clermont-2024"}


def test_evidence_shows_the_sentence_where_the_corpus_is_at_hand(corpus: Path) -> None:
    done = run("evidence", "figure:clermont-2024.taux-de-pauvrete-clermont", "--corpus", str(corpus), "-f", "json")
    texts = [row["text"] for row in json.loads(done.stdout)]
    assert texts and all("23 %" in text for text in texts)


def test_another_version_of_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "002_dcee5bc01a08ff79.txt").write_text("another text\n", "utf-8")
    done = run("evidence", "contract:clermont-2024", "--corpus", str(tmp_path))
    assert done.returncode == 2 and "SHA-256" in done.stderr


def test_build_publishes_what_conforms(tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    assert run("build", "--no-validate", "-o", str(target)).returncode == 0
    done = run("query", "contracts", "--graph", str(target), "-f", "json")
    assert {"clermont-2024", "montpellier-2016", "ales-2015"} <= {row["contract"] for row in json.loads(done.stdout)}


def test_the_demo_does_everything(tmp_path: Path) -> None:
    done = run("demo", "-o", str(tmp_path / "demo"))
    assert done.returncode == 0, done.stderr
    assert "conforme" in done.stdout and "CLS" in done.stdout
    written = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"graph.nq", "clermont-2024.html", "clermont-2024.svg"} <= written


def test_what_must_be_known_follows_on_stderr() -> None:
    done = run("query", "signature-rates", "--format", "json")
    assert json.loads(done.stdout)[0]["total"] == 1
    assert done.stderr.startswith("* Contrats dont le document imprime les signatures, et comptés : 1 (clermont-2024).")
    done = run("query", "signature-rates", "--lang", "en", "-f", "md")
    assert done.stderr == "" and "> Contracts whose document prints the signatures" in done.stdout


def test_the_cross_reading_is_the_same_twice(tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page, seed in zip(pages, "12", strict=True):
        done = run("report", "cross-reading", "-o", str(page), env={"PYTHONHASHSEED": seed})
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert pages[0].read_bytes() == pages[1].read_bytes()
    done = run("report", "cross-reading", "--lang", "en", "--generation", "2015-2023")
    assert done.stdout.startswith("# The cross-reading recomputed: contrats de ville 2015-2023, Occitanie\n")
    assert run("report", "cross-reading", "-o", str(tmp_path / "reading.pdf")).returncode == 2


class TestBadInput:
    """One clear message with file, line and value; exit code 2; what was there before is untouched."""

    def test_a_damaged_table(self, data: Path, tmp_path: Path) -> None:
        table = data / "clermont-2024" / "articulations.csv"
        table.write_text(table.read_text("utf-8").replace(",stated,", ",certain,", 1), "utf-8")
        target = tmp_path / "graph.nq"
        target.write_text("before", "utf-8")
        done = run("build", "--data", str(data), "-o", str(target))
        assert done.returncode == 2
        assert "1 faute dans les tables" in done.stderr
        assert "clermont-2024/articulations.csv:" in done.stderr and "« certain » ; attendu : un code" in done.stderr
        assert target.read_text("utf-8") == "before"

    def test_a_graph_that_does_not_conform_is_not_published(self, data: Path, tmp_path: Path) -> None:
        table = data / "clermont-2024" / "articulations.csv"
        text = table.read_text("utf-8")
        first = next(line for line in text.splitlines() if ",intention,intended," in line)
        table.write_text(text.replace(first, first.replace(",intention,intended,", ",intention,stated,")), "utf-8")
        target = tmp_path / "graph.nq"
        done = run("build", "--data", str(data), "-o", str(target))
        assert done.returncode == 1, done.stderr
        assert "non conforme" in done.stderr and "non publié" in done.stderr and not target.exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["query", "evidence"], "Missing option '--node'"),
            (["frobnicate"], "No such command"),
            (["query", "signatories", "--lang", "de"], "'de' is not one of 'fr', 'en'"),
        ],
    )
    def test_a_call_that_cannot_be_parsed(self, words: list[str], said: str) -> None:
        done = run(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr

    @pytest.mark.parametrize("lang", ["fr", "en"])
    @pytest.mark.parametrize(
        ("words", "french", "english"),
        [
            (
                ["query", "articulations", "--dispositif", "zzz"],
                "valeur inconnue pour « dispositif » : « zzz »",
                "unknown dispositif « zzz »",
            ),
            (
                ["query", "articulations", "--dispositif", "CLS"],
                "valeur ambiguë pour « dispositif » : « CLS » ; dites laquelle : cls, cls-securite",
                "ambiguous dispositif « CLS »; say which: cls, cls-securite",
            ),
            (["query", "articulation"], "(au plus proche : articulations", "(nearest: articulations"),
            (["query", "signatories", "--contract", ""], "un paramètre est vide", "a parameter is empty"),
            (
                ["query", "search", "--text", "!!"],
                "text « !! » : il faut des lettres ou des chiffres",
                "text « !! »: letters or digits are needed",
            ),
            (
                ["query", "signatories", "-o", "answer.docx"],
                "terminaison « .docx » inconnue",
                "unknown ending « .docx »",
            ),
            (
                ["query", "signatories", "-o", "/nowhere/at/all.csv"],
                "impossible d'écrire /nowhere/at/all.csv : fichier ou dossier introuvable",
                "cannot write /nowhere/at/all.csv: no such file or folder",
            ),
            (["query", "signatories", "--graph", "/nowhere"], "il n'y a rien à cet endroit", "nothing there"),
            (["query", "signatories", "--data", "/nowhere"], "pas de SOURCES.csv", "no SOURCES.csv"),
            (["query", "signatories", "--data", "a", "--graph", "b"], "pas les deux", "not both"),
            (["sparql", "SELECT * { ?s ?p"], "la requête SPARQL échoue", "the SPARQL query fails"),
            (
                ["sparql", "@/nowhere.rq"],
                "/nowhere.rq : lecture impossible : fichier ou dossier introuvable",
                "/nowhere.rq: cannot be read: no such file or folder",
            ),
            (
                ["evidence", "nothing-of-that-name"],
                "valeur inconnue pour « node » : « nothing-of-that-name »",
                "unknown node « nothing-of-that-name »",
            ),
            (
                ["diagram", "contract", "--contract", "clermont-2024", "-o", "x.docx"],
                "format « docx » inconnu pour un schéma",
                "unknown format « docx » for a diagram",
            ),
            (
                ["validate", "--shapes", "/nowhere"],
                "lecture impossible : fichier ou dossier introuvable",
                "cannot be read: no such file or folder",
            ),
        ],
    )
    def test_each_is_one_message_and_exit_code_2(self, words: list[str], french: str, english: str, lang: str) -> None:
        done = run(*words, *(["--lang", "en"] if lang == "en" else []))
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        said, other = (english, french) if lang == "en" else (french, english)
        assert said in done.stderr and other not in done.stderr

    def test_broken_turtle(self, tmp_path: Path) -> None:
        (tmp_path / "g.ttl").write_text("<urn:a> <urn:b> .\n", "utf-8")
        done = run("query", "contracts", "--graph", str(tmp_path / "g.ttl"))
        assert done.returncode == 2 and "g.ttl:1 : ce n'est pas du Turtle" in done.stderr

    def test_an_empty_store(self, tmp_path: Path) -> None:
        (tmp_path / "g.nq").write_text("", "utf-8")
        done = run("query", "contracts", "--graph", str(tmp_path / "g.nq"))
        assert done.returncode == 2 and "aucun énoncé" in done.stderr

    @pytest.mark.parametrize(
        ("words", "said"),
        [("'x'", "de notre fait"), ("'x', '--lang=en'", "our fault"), ("'--lang', 'en'", "our fault")],
    )
    def test_our_own_faults_are_exit_code_3(self, words: str, said: str) -> None:
        code = (
            "import cdv_graph.cli.query as q, cdv_graph.cli.main as m\n"
            "m.import_module = lambda name: 1 / 0\n"
            f"m.main(['search', {words}])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
        assert done.returncode == 3 and said in done.stderr and "Traceback" not in done.stderr
