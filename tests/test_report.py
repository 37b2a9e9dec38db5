"""The report: which rules and engine made it, how it groups and counts problems, and each format it is written in."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH
from shacl_results import told, written
from test_cli import run

from cdv_graph.build import load_store
from cdv_graph.errors import InputError
from cdv_graph.namespaces import prologue
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore
from cdv_graph.validate import PROFILES, Place, Problem, Report, Rule, Text, rules, validate
from cdv_graph.validate.finding import Finding
from cdv_graph.validate.locate import rows
from cdv_graph.validate.report import COLUMNS
from cdv_graph.validate.rules import words
from cdv_graph.validate.turtle import turtle_report
from cdv_graph.validate.write import REPORT_FORMATS, write_report

GRAPH = """
contract:here a cdv:CityContract .
sheet:here.1 a cdv:ActionSheet ; cdv:inContract contract:here ; rdfs:label "Fiche <script>alert(1)</script> & « A »"@fr ;
  cdv:statedIn passage:here.3 ; cdv:mode "oui" , "non" .
sheet:there.1 a cdv:ActionSheet ; cdv:inContract contract:there ; rdfs:label "Autre"@fr , "Other"@en .
sheet:here.1 cdv:parent action:here.1 . action:here.1 cdv:order 8 .
passage:here.3 cdv:document document:here ; cdv:startLine 3 ; cdv:endLine 4 .
"""

SHAPES = """
cdvsh:Sheet a sh:NodeShape ; sh:targetClass cdv:ActionSheet ; sh:property cdvsh:Sheet-mode , cdvsh:Sheet-order , cdvsh:Sheet-label .
cdvsh:Sheet-mode a sh:PropertyShape ; sh:path cdv:mode ; sh:in ( "non" ) ; sh:severity sh:Violation ; cdvsh:profile cdvsh:structure ;
  sh:name "un mode"@fr , "a mode"@en ; sh:message "« {?value} » n'est pas un mode."@fr , "« {?value} » is no mode."@en ;
  sh:description "Pour compter."@fr , "To count."@en ; cdvsh:remedy "Corriger la colonne mode."@fr , "Mend the column mode."@en .
cdvsh:Sheet-order a sh:PropertyShape ; sh:path ( cdv:parent [ sh:inversePath cdv:parent ] cdv:parent cdv:order ) ; sh:maxInclusive 5 ;
  sh:severity sh:Warning ; cdvsh:profile cdvsh:quality .
cdvsh:Sheet-label a sh:PropertyShape ; sh:path rdfs:label ; sh:languageIn ( "fr" ) ; sh:severity sh:Info ; cdvsh:profile cdvsh:completeness ;
  sh:message "Un nom anglais."@fr .
"""

COMPONENT = """
<urn:our/> sh:declare [ sh:prefix "our" ; sh:namespace "urn:our/" ] .
<urn:our/OddConstraintComponent> a sh:ConstraintComponent ; sh:parameter [ sh:path <urn:our/odd> ] ; sh:validator [
  a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ( FLOOR($value / 2) * 2 != $value && $odd ) }" ] .
<urn:our/Order> a sh:NodeShape ; sh:targetObjectsOf cdv:order ; <urn:our/odd> true ; sh:minInclusive 9 .
"""


@pytest.fixture(scope="module")
def small() -> EmbeddedStore:
    """Two sheets: one with a faulty mode and a high order, one with an English name."""
    store = EmbeddedStore.memory()
    store.add(ox.parse(prologue() + GRAPH, format=ox.RdfFormat.TURTLE))
    return store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of these shapes."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "shapes.ttl").write_text(prologue() + SHAPES, "utf-8")
    (folder / "component.ttl").write_text(prologue() + COMPONENT, "utf-8")
    (folder / "graph.ttl").write_text(prologue() + GRAPH, "utf-8")
    return folder


@pytest.fixture(scope="module")
def report(small: EmbeddedStore, place: Path) -> Report:
    return validate(small, place / "shapes.ttl")


@pytest.fixture(scope="module")
def placed(report: Report) -> Report:
    """The same report, whose problems come from rows of tables."""
    mode, order, label = report.problems
    problems = (
        replace(mode, rows=(Place("here/sheets & co.csv", 12), Place("here/sheets & co.csv", 40))),
        replace(order, rows=(Place("here/sheets & co.csv", 12),)),
        label,
    )
    return replace(report, problems=problems)


class TestValidate:
    def test_a_problem_says_what_is_wrong_and_where(self, report: Report) -> None:
        mode, order, label = report.problems
        assert (mode.rule.code, mode.severity, mode.rule.profile) == ("Sheet-mode", "violation", "structure")
        assert (mode.focus, mode.path, mode.value, mode.component) == (
            "sheet:here.1",
            "cdv:mode",
            "oui",
            "sh:InConstraintComponent",
        )
        assert (mode.contract, mode.document, mode.lines) == ("here", "here", "3-4")
        assert (mode.message("fr"), mode.message("en")) == ("« oui » n'est pas un mode.", "« oui » is no mode.")
        assert (order.path, order.value) == ("cdv:parent/(^cdv:parent)/cdv:parent/cdv:order", "8")
        assert (order.expected.fr, order.expected.en) == ("au plus 5", "at most 5")
        assert (label.label.fr, label.label.en, label.document) == ("Autre", "Other", "")

    @pytest.mark.parametrize("profile", PROFILES)
    def test_a_profile_alone(self, small: EmbeddedStore, place: Path, profile: str, report: Report) -> None:
        found = validate(small, place / "shapes.ttl", profiles=(profile,))
        assert found.problems == tuple(problem for problem in report.problems if problem.rule.profile == profile)

    def test_a_profile_of_the_shipped_rules_gives_only_these(self) -> None:
        assert {rule.profile for rule in rules(profiles=("quality",))} == {"quality"}

    def test_unknown_profiles_engines_and_formats_are_errors(self, small: EmbeddedStore, report: Report) -> None:
        with pytest.raises(InputError, match="unknown profile of rules « legals »; known profiles: structure"):
            validate(small, profiles=("legals",))
        with pytest.raises(InputError, match="unknown profile"):
            rules(profiles=("legals",))
        with pytest.raises(InputError, match="unknown engine « fast »; known engines: auto, compiled, pyshacl"):
            validate(small, engine="fast")
        with pytest.raises(InputError, match="unknown report format « pdf »"):
            write_report(report, "pdf")

    def test_shapes_of_others_with_a_profile_of_their_own_have_one_of_ours(
        self, small: EmbeddedStore, tmp_path: Path
    ) -> None:
        path = tmp_path / "shapes.ttl"
        path.write_text(
            prologue() + "<urn:S> a sh:NodeShape ; sh:targetClass cdv:ActionSheet ; sh:nodeKind sh:BlankNode ; "
            'sh:severity <urn:Severe> ; cdvsh:profile "<b>" .',
            "utf-8",
        )
        found = validate(small, path)
        assert {(problem.severity, problem.rule.profile) for problem in found.problems} == {("violation", "structure")}
        assert [rule.profile for rule in rules(path)] == ["structure"]

    def test_a_component_of_the_shapes_own_goes_to_pyshacl_and_is_named(
        self, small: EmbeddedStore, place: Path
    ) -> None:
        found = validate(small, place / "component.ttl")
        assert found.engine == "pyshacl"
        known, own = sorted(found.problems, key=lambda problem: problem.component)
        assert known.component == "sh:MinInclusiveConstraintComponent"
        assert own.component == own.message("en") == "urn:our/OddConstraintComponent"
        assert (own.focus, own.value, own.expected) == ("8", "8", Text())
        for lang in ("fr", "en"):
            assert "urn:our/OddConstraintComponent" in found.to_text(lang)
        with pytest.raises(InputError, match="does not know urn:our/odd; choose the engine pyshacl, or auto"):
            validate(small, place / "component.ttl", engine="compiled")

    @pytest.mark.parametrize("engine", ["auto", "compiled", "pyshacl"])
    @pytest.mark.parametrize(
        "shape",
        [
            "sh:sparql [ sh:select 'SELECT $this WHERE {' ]",
            "sh:minLength 'three'",
            "sh:property [ sh:path cdv:mode ; sh:minCount 'three' ]",
            "sh:property [ sh:path cdv:mode ; sh:qualifiedValueShape [ sh:minLength 1 ] ; sh:qualifiedMinCount 'three' ]",
            "sh:property [ sh:path [ ] ; sh:minCount 1 ]",
        ],
    )
    def test_unusable_shapes_are_an_error(self, small: EmbeddedStore, tmp_path: Path, engine: str, shape: str) -> None:
        path = tmp_path / "shapes.ttl"
        path.write_text(prologue() + f"<urn:S> a sh:NodeShape ; sh:targetClass cdv:ActionSheet ; {shape} .", "utf-8")
        with pytest.raises(InputError):
            validate(small, path, engine=engine)


class TestReport:
    def test_violations_come_first_and_decide(self, report: Report) -> None:
        assert [problem.severity for problem in report.problems] == ["violation", "warning", "info"]
        assert (report.conforms, report.worst()) == (False, "violation")
        warned = replace(report, problems=report.problems[1:])
        assert (warned.conforms, warned.worst()) == (True, "warning")
        assert (Report(()).conforms, Report(()).worst()) == (True, "none")

    def test_the_summary_counts(self, report: Report) -> None:
        _, order, label = report.problems
        assert report.summary("fr") == "non conforme (1 faute, 1 avertissement, 1 information)"
        assert replace(report, problems=(order, order, label)).summary("en") == "conforms (2 warnings, 1 note)"
        assert Report(()).summary("fr") == "conforme"

    def test_only_a_contract_or_a_document(self, report: Report, placed: Report) -> None:
        assert [problem.focus for problem in report.only(contract="there").problems] == ["sheet:there.1"]
        assert len(report.only(contract="here", document="here").problems) == 2
        assert report.only(contract="there", document="here").problems == ()
        moved = replace(placed, problems=(replace(placed.problems[2], rows=(Place("there/sheets.csv", 2),)),))
        assert len(moved.only(document="there").problems) == 1 and not moved.only(document="the").problems
        itself = replace(report.problems[0], focus="contract:there", contract="")
        assert replace(report, problems=(itself,)).only(contract="there").problems == (itself,)

    def test_problems_are_grouped_by_the_row_to_look_at_first(self, placed: Report) -> None:
        mode, order, label = placed.problems
        assert placed.by_row() == {Place("here/sheets & co.csv", 12): [mode, order], None: [label]}

    def test_rows_and_frame_have_one_row_per_problem(self, placed: Report) -> None:
        first, second, third = (dict(zip(COLUMNS, row, strict=True)) for row in placed.rows("en"))
        assert (first["file"], first["line"], first["remedy"]) == ("here/sheets & co.csv", 12, "Mend the column mode.")
        assert (second["expected"], second["remedy"]) == ("at most 5", None)
        assert (third["file"], third["line"], third["label"]) == (None, None, "Other")
        frame = placed.to_frame("fr")
        assert list(frame.columns) == list(COLUMNS)
        assert list(frame["severity"]) == ["violation", "warning", "info"]
        assert frame["message"][0] == "« oui » n'est pas un mode."

    def test_an_empty_report_has_columns_all_the_same(self) -> None:
        assert list(Report(()).to_frame().columns) == list(COLUMNS)

    def test_the_row_of_a_node_is_the_one_that_says_it(self) -> None:
        file = folder("data") / "clermont-2024" / "commitments.csv"
        with file.open(encoding="utf-8", newline="") as table:
            line, row = next(
                (number, row) for number, row in enumerate(csv.DictReader(table), 2) if row["theme"] == "financement"
            )
        focus = ox.NamedNode(f"https://w3id.org/contrat-de-ville/id/commitment/clermont-2024.{row['id']}")
        found = Finding(focus, SH.NodeShape, str(SH.MinCountConstraintComponent), None, None, str(SH.Violation))
        assert rows(load_store(), [found], {found: "cdv:amount"}, {found: set()}, folder("data")) == {
            found: (Place("clermont-2024/commitments.csv", line),)
        }


class TestText:
    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("fr", ["here/sheets & co.csv, ligne 12", "que faire : Corriger la colonne mode.", "attendu : au plus 5"]),
            ("en", ["here/sheets & co.csv, line 12", "what to do: Mend the column mode.", "expected: at most 5"]),
        ],
    )
    def test_tells_rows_remedies_and_what_is_asked(self, placed: Report, lang: str, said: list[str]) -> None:
        text = write_report(placed, "text", lang).decode()
        assert text == placed.to_text(lang) + "\n"
        assert text.startswith(placed.summary(lang) + "\n\n")
        assert all(one in text for one in said), text
        assert "+ here/sheets & co.csv:40" in text

    def test_one_sentence_with_what_else_is_known(self, report: Report) -> None:
        mode, order, label = report.problems
        assert mode.reason("en").endswith("« oui » is no mode. (read in here, l. 3-4; rule Sheet-mode)")
        assert "(valeur : 8 ; lu dans here, l. 3-4 ; règle Sheet-order)" in order.reason("fr")
        assert label.reason("fr").startswith("[information] « Autre » (sheet:there.1) : Un nom anglais.")

    def test_a_document_without_lines_is_named_alone(self, report: Report) -> None:
        assert "(lu dans here ; règle Sheet-mode)" in replace(report.problems[0], lines="").reason("fr")

    def test_what_to_do_is_said_for_each_fault_and_once_per_rule_for_warnings(self, placed: Report) -> None:
        mode = placed.problems[0]
        twice = replace(placed, problems=(mode, replace(mode, value="si", rows=(Place("here/b.csv", 2),))))
        assert twice.to_text("fr").count("que faire") == 2
        warned = replace(twice, problems=tuple(replace(one, severity="warning") for one in twice.problems))
        assert warned.to_text("fr").count("que faire") == 1


def test_json_has_the_columns_and_the_rows(placed: Report) -> None:
    read = json.loads(write_report(placed, "json", "fr"))
    assert (read["conforms"], read["engine"], len(read["problems"])) == (False, "compiled", 3)
    first = read["problems"][0]
    assert list(first)[: len(COLUMNS)] == list(COLUMNS)
    assert first["rows"] == [{"file": "here/sheets & co.csv", "line": line} for line in (12, 40)]
    assert (first["why"], first["component"]) == ("Pour compter.", "sh:InConstraintComponent")


@pytest.fixture(scope="module")
def sarif(placed: Report) -> dict[str, Any]:
    """The only run of the SARIF report."""
    read = json.loads(write_report(placed, "sarif", "en", data="my data/tables"))
    assert read["version"] == "2.1.0" and read["$schema"].endswith("sarif-2.1.0.json")
    (only,) = read["runs"]
    return dict(only)


class TestSarif:
    def test_every_result_has_its_rule(self, sarif: dict[str, Any], placed: Report) -> None:
        listed = sarif["tool"]["driver"]["rules"]
        assert sarif["tool"]["driver"]["name"] == "cdv-graph"
        assert [rule["id"] for rule in listed] == ["Sheet-label", "Sheet-mode", "Sheet-order"]
        for result, problem in zip(sarif["results"], placed.problems, strict=True):
            assert listed[result["ruleIndex"]]["id"] == result["ruleId"] == problem.rule.code
            assert result["message"] == {"text": problem.reason("en")}
        assert [result["level"] for result in sarif["results"]] == ["error", "warning", "note"]
        mode = listed[1]
        assert mode["shortDescription"] == {"text": "a mode"} and mode["help"] == {"text": "Mend the column mode."}
        assert mode["defaultConfiguration"] == {"level": "error"} and mode["properties"] == {"tags": ["structure"]}
        assert all(
            value["text"] for rule in listed for value in rule.values() if isinstance(value, dict) and "text" in value
        )

    def test_every_result_has_a_place(self, sarif: dict[str, Any]) -> None:
        mode, order, label = sarif["results"]
        (location,) = mode["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "my%20data/tables/here/sheets%20%26%20co.csv"},
            "region": {"startLine": 12},
        }
        assert [one["physicalLocation"]["region"]["startLine"] for one in mode["relatedLocations"]] == [40]
        assert "relatedLocations" not in order
        assert label["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "sheet:there.1"}]}]

    @pytest.mark.parametrize(
        ("data", "uri"), [("", "a/b.csv"), ("data", "data/a/b.csv"), ("/my data", "file:///my%20data/a/b.csv")]
    )
    def test_a_place_is_a_uri(self, report: Report, data: str, uri: str) -> None:
        placed = replace(report, problems=(replace(report.problems[0], rows=(Place("a/b.csv", 2),)),))
        (result,) = json.loads(write_report(placed, "sarif", data=data))["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


class Page(HTMLParser):
    """The elements of a page, their texts, and whether each is closed where it should be."""

    VOID = frozenset({"meta", "input", "br", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data


class TestHtml:
    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_is_well_formed_and_says_everything(self, placed: Report, lang: str) -> None:
        page = Page(write_report(placed, "html", lang).decode())
        assert page.open == []
        assert ("html", {"lang": lang}) in page.elements
        articles = [attributes for tag, attributes in page.elements if tag == "article"]
        assert [one["data-severity"] for one in articles] == ["violation", "warning", "info"]
        assert page.texts["h2"] == ["here/sheets & co.csv:12", words()["heading"]["no-row"][lang]]
        assert placed.summary(lang) in page.texts["p"]
        for problem, title in zip(placed.problems, page.texts["h3"], strict=True):
            assert title.endswith(problem.message(lang))
            assert problem.name(lang) in page.texts["p"]
        options = [attributes["value"] for tag, attributes in page.elements if tag == "option"]
        assert options == ["", "violation", "warning", "info", "", "structure", "quality", "completeness"]

    def test_what_comes_from_data_and_shapes_is_text(self) -> None:
        evil = "\"><script>alert('x')</script>$title${title}&amp;"
        text = Text(evil, evil)
        rule = Rule(evil, evil, "structure", "violation", text, text, text, text)
        problem = Problem(
            rule, evil, evil, evil, evil, "violation", text, evil, text, evil, evil, (Place(evil, 1), Place(evil, 2))
        )
        plain, page = (
            Page(write_report(Report(()), "html").decode()),
            Page(write_report(Report((problem,)), "html").decode()),
        )
        assert page.open == []
        count = [sum(tag == "script" for tag, _ in one.elements) for one in (plain, page)]
        assert count == [1, 1]
        assert page.texts["h2"] == [f"{evil}:1"]
        assert all(text.count(evil) for text in page.texts["article"])
        assert sum(text.count(evil) for text in page.texts["dd"]) >= 6

    def test_a_report_without_problems_says_so(self) -> None:
        page = Page(write_report(Report(()), "html", "en").decode())
        assert "No problem." in page.texts["p"] and page.texts["h1"] == ["Validation report"]

    def test_needs_nothing_from_elsewhere(self, placed: Report) -> None:
        page = Page(write_report(placed, "html").decode())
        assert not [attributes for _, attributes in page.elements if {"src", "href"} & set(attributes)]


@pytest.fixture(scope="module")
def graph(report: Report) -> rdflib.Graph:
    """The Turtle report, read again."""
    return rdflib.Graph().parse(data=write_report(report, "ttl"), format="turtle")


class TestTurtle:
    def test_has_the_results_of_shacl(self, graph: rdflib.Graph) -> None:
        (one,) = graph.subjects(RDF.type, SH.ValidationReport)
        assert {str(result.component).strip("<>").removeprefix(str(SH)) for result in told(graph, one)} == {
            "InConstraintComponent",
            "MaxInclusiveConstraintComponent",
            "LanguageInConstraintComponent",
        }
        assert all(result.focus and result.shape and result.severity and result.value for result in told(graph, one))
        for result in graph.objects(one, SH.result):
            assert (result, RDF.type, SH.ValidationResult) in graph

    def test_a_path_of_several_steps_is_described(self, graph: rdflib.Graph) -> None:
        paths = {written(graph, path) for path in graph.objects(None, SH.resultPath)}
        cdv = "https://w3id.org/contrat-de-ville/ontology#"
        assert paths == {
            f"<{cdv}mode>",
            "<http://www.w3.org/2000/01/rdf-schema#label>",
            f"(<{cdv}parent>/^<{cdv}parent>/<{cdv}parent>/<{cdv}order>)",
        }

    def test_messages_have_the_value_and_both_languages(self, graph: rdflib.Graph) -> None:
        assert {(str(one), getattr(one, "language", None)) for one in graph.objects(None, SH.resultMessage)} >= {
            ("« oui » n'est pas un mode.", "fr"),
            ("« oui » is no mode.", "en"),
        }

    def test_conforms_as_shacl_has_it(self, graph: rdflib.Graph, small: EmbeddedStore, place: Path) -> None:
        def conforms(report: Report) -> bool:
            read = rdflib.Graph().parse(data=turtle_report(report), format="turtle")
            (said,) = read.objects(None, SH.conforms)
            return said == rdflib.Literal(True)

        shapes = place / "shapes.ttl"
        assert conforms(validate(small, shapes)) is False
        assert conforms(validate(small, shapes, profiles=("quality",))) is False  # a warning is a result too
        assert conforms(validate(small, shapes, profiles=("legal",))) is True

    def test_both_engines_write_the_same_results(self, small: EmbeddedStore, place: Path, report: Report) -> None:
        other = rdflib.Graph().parse(
            data=turtle_report(validate(small, place / "shapes.ttl", engine="pyshacl")), format="turtle"
        )
        own = rdflib.Graph().parse(data=turtle_report(report), format="turtle")
        (first,), (second,) = (graph.subjects(RDF.type, SH.ValidationReport) for graph in (own, other))
        assert told(own, first) == told(other, second)


class TestCommand:
    ENDINGS = ("txt", "csv", "xlsx", "md", "json", "sarif", "html", "ttl")

    def small_run(self, place: Path, *words: str) -> tuple[int, str, str]:
        done = run("validate", "--graph", str(place / "graph.ttl"), "--shapes", str(place / "shapes.ttl"), *words)
        return done.returncode, done.stdout, done.stderr

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ([], 1),
            (["--fail-on", "none"], 0),
            (["--profile", "quality"], 0),
            (["--profile", "quality", "--fail-on", "warning"], 1),
            (["--profile", "completeness", "--fail-on", "warning"], 0),
            (["--contract", "there", "--fail-on", "warning"], 0),
            (["--document", "here", "--engine", "pyshacl"], 1),
        ],
    )
    def test_the_exit_code_tells_what_was_found(self, place: Path, words: list[str], code: int) -> None:
        assert self.small_run(place, *words)[0] == code

    def test_shipped_data_has_warnings(self) -> None:
        done = run("validate", "--profile", "quality", "--fail-on", "warning", "-f", "json")
        read = json.loads(done.stdout)
        assert done.returncode == 1 and read["conforms"] is True
        assert {problem["profile"] for problem in read["problems"]} == {"quality"}
        assert run("validate", "--profile", "quality", "--fail-on", "none").returncode == 0

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_the_ending_chooses_the_format(self, place: Path, tmp_path: Path, ending: str) -> None:
        path = tmp_path / f"report.{ending.upper() if ending == 'csv' else ending}"
        code, out, err = self.small_run(place, "-o", str(path))
        assert (code, out, err) == (1, "", "")
        content = path.read_bytes()
        match ending:
            case "txt":
                assert content.decode().startswith("non conforme (1 faute")
            case "csv":
                assert next(csv.reader(io.StringIO(content.decode()))) == list(COLUMNS)
            case "xlsx":
                openpyxl = pytest.importorskip("openpyxl")
                sheet = openpyxl.load_workbook(path).active
                assert [cell.value for cell in sheet[1]] == list(COLUMNS) and sheet.max_row == 4
            case "md":
                assert content.decode().startswith("| severity |")
            case "json" | "sarif":
                assert json.loads(content)
            case "html":
                assert Page(content.decode()).open == []
            case "ttl":
                assert len(list(rdflib.Graph().parse(path).subjects(RDF.type, SH.ValidationResult))) == 3

    def test_every_format_has_an_ending(self) -> None:
        assert {"text" if ending == "txt" else ending for ending in self.ENDINGS} >= set(REPORT_FORMATS)

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_an_unknown_ending_is_said_before_anything_is_done(self, tmp_path: Path, lang: str) -> None:
        done = run("validate", "--graph", "/nowhere", "-o", str(tmp_path / "report.pdf"), "--lang", lang)
        assert (done.returncode, done.stdout) == (2, "")
        assert {"fr": "terminaison « .pdf » inconnue", "en": "unknown ending « .pdf »"}[lang] in done.stderr
        assert not (tmp_path / "report.pdf").exists()

    def test_the_format_overrides_the_ending(self, place: Path, tmp_path: Path) -> None:
        path = tmp_path / "report.pdf"
        assert self.small_run(place, "-o", str(path), "-f", "json")[0] == 1
        assert json.loads(path.read_text("utf-8"))["engine"] == "compiled"

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_the_rules_are_listed(self, lang: str) -> None:
        done = run("validate", "--list", "--profile", "quality", "--lang", lang)
        assert (done.returncode, done.stderr) == (0, "")
        listed = rules(profiles=("quality",))
        assert listed
        heads = re.findall(r"^(\S+) \(([^,]+), ([^)]+)\) (.+)$", done.stdout, re.M)
        assert [head[0] for head in heads] == [rule.code for rule in listed]
        for rule in listed:
            assert rule.why.told(lang) in done.stdout and f"→ {rule.remedy.told(lang)}" in done.stdout
