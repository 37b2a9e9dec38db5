"""Named questions: headers, columns, and answers checked by hand against the source.

Lines are those of the contrat de ville of Clermont-l'Hérault 2024-2030 (`clermont-2024`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cdv_graph.errors import AmbiguousValueError, InputError, QueryError, UnknownValueError
from cdv_graph.graph import Graph
from cdv_graph.namespaces import prologue
from cdv_graph.query import bind, write_result
from cdv_graph.questions import ask, explain, names, question
from cdv_graph.questions.generate import helpers
from cdv_graph.store import EmbeddedStore

# the columns that do not change, by question
COLUMNS = {
    "contracts": "contract label kind generation start end territory code",
    "strategy": "code label level parent_code parent_level depth",
    "partner-load": "partner piloted associated signed bodies commitments themes",
    "partner-roles": "partner category role activity activity_label contract",
    "signatories": "contract partner category function",
    "role-gaps": "partner has lacks explanation",
    "governance": "body body_type partner role frequency",
    "shared-governance": "contract dispositif body how",
    "articulations": "contract element dispositif dispositif_label local_dispositif theme mode status carrier",
    "articulation-matrix": "contract",
    "dispositifs": "dispositif acronym label theme nature scale local_count",
    "acronyms": "acronym meaning kind theme",
    "commitments": "contract partner theme label dispositifs amount",
    "neighbourhoods": "neighbourhood code commune population sheets",
    "statistics": "about measure value unit qualifier population theme",
    "legal-texts": "kind number date title theme",
    "target-groups": "public theme elements stated_share",
    "indicators": "code label indicator",
    "statutory-blocks": "block present evidence",
    "evidence": "document start_line end_line page method",
    "sheets": "contract code title issues in_call start end",
    "sheet": "field value as_written",
    "sheet-pilots": "code title partner role as_written",
    "sheets-without-pilot": "code title reason",
    "calls": "call code title pilots",
    "conflicts": "subject property value_a document_a line_a value_b document_b line_b",
    "challenges": "theme challenge",
    "practices": "territory department theme practice dispositifs partners mode",
    "articulation-rates": "dispositif contracts total rate stated_rate stated_population",
    "signature-rates": "partner category contracts total rate low high stated_rate stated_population",
    "co-articulation": "dispositif_a dispositif_b contracts elements",
    "brokers": "partner degree betweenness themes_bridged",
    "continuity": "kind earlier_code earlier_title later_code later_title evidence",
    "cross-references": "from_code to_code how",
    "search": "node kind label matched",
    "articulation-gaps": "dispositif expected_because evidence",
    "what-others-do": "contract territory likeness what dispositif theme mode partners",
}
GIVEN = {
    "sheet": {"contract": "montpellier-2016", "code": "2.1"},
    "evidence": {"node": "commitment:clermont-2024.pays-coeur-d-herault-4"},
    "search": {"text": "caf"},
}
WITHOUT_PASSAGE = {
    "partner-load",
    "articulation-matrix",
    "search",
    "evidence",
    "conflicts",
    "co-articulation",
    "brokers",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_fixed_columns_come_first_and_the_passage_last(name: str, store: EmbeddedStore) -> None:
    result = ask(store, name, GIVEN.get(name))
    fixed = COLUMNS[name].split()
    assert list(result.columns[: len(fixed)]) == fixed
    assert len(result) > 0
    if name not in WITHOUT_PASSAGE:
        assert result.columns[-3:] == ("document", "start_line", "end_line")


@pytest.mark.parametrize("name", names())
def test_rows_come_once_and_in_a_stable_order(name: str, store: EmbeddedStore) -> None:
    first, second = (ask(store, name, GIVEN.get(name)).rows for _ in range(2))
    assert first == second
    assert len({json.dumps(row) for row in first}) == len(first)


@pytest.mark.parametrize("name", names())
def test_headers_say_what_users_need(name: str, store: EmbeddedStore) -> None:
    asked = question(name)
    assert asked.title["fr"] and asked.title["en"] and asked.description["fr"] and asked.description["en"]
    assert asked.example.startswith(("cdv-graph query " + name, "cdv-graph search", "cdv-graph evidence"))
    for parameter in asked.parameters:
        assert parameter.description["fr"] and parameter.description["en"], parameter.name
    assert "UNDEF" not in explain(store, name, GIVEN.get(name))


@pytest.mark.parametrize("name", names())
def test_queries_run_as_they_stand_in_any_tool(name: str, store: EmbeddedStore) -> None:
    store.query(prologue() + question(name).sparql)


@pytest.mark.parametrize("name", names())
def test_columns_come_from_declared_terms(name: str, store: EmbeddedStore) -> None:
    """Every `cdv:` term of a query is declared by the ontology."""
    declared = {
        row[0].value
        for row in store.query(prologue() + "SELECT ?t { ?t rdfs:isDefinedBy ?o }").rows
        if row[0] is not None
    }
    used = set(re.findall(r"\bcdv:([A-Za-z]+)", question(name).sparql))
    assert used
    assert {f"https://w3id.org/contrat-de-ville/ontology#{term}" for term in used} <= declared


def test_helpers_are_what_the_headers_ask_for() -> None:
    assert Path(Graph.__mro__[1].__module__.replace(".", "/") + ".py").name == "helpers.py"
    path = Path(__file__).parents[1] / "cdv_graph" / "questions" / "helpers.py"
    assert path.read_text("utf-8") == helpers()


class TestAnswersOfClermont:
    def test_the_contract(self, graph: Graph) -> None:
        """l. 5-8, 16: contrat de ville 2024/2030, Clermont-l'Hérault; CN03404N is the code of the public list."""
        rows = graph.answer("contracts", generation="2024-2030").records()
        row = next(row for row in rows if row["start_line"] == 8)
        assert (row["contract"], row["kind"], row["start"], row["end"]) == ("clermont-2024", "contract", "2024", "2030")
        assert (row["territory"], row["code"]) == ("Clermont-l'Hérault", "CN03404N")

    def test_the_tree_of_objectives(self, graph: Graph) -> None:
        """l. 417-529: four priorities, twelve strategic objectives, thirty-seven operational ones."""
        rows = graph.answer("strategy", contract="clermont-2024").records()
        elements = {(row["code"], row["level"], row["depth"]) for row in rows}
        assert {code for code, level, _ in elements if level == "issue" and str(code).isdigit()} == {"1", "2", "3", "4"}
        assert sum(level == "objective" and depth == 1 for _, level, depth in elements) == 12
        assert sum(level == "objective" and depth == 2 for _, level, depth in elements) == 37

    def test_a_title_cut_by_the_page_is_whole(self, graph: Graph) -> None:
        """l. 444 and 451: the title of the fourth objective of priority 1 goes on over the page."""
        rows = [row for row in graph.answer("strategy", contract="clermont-2024").records() if row["code"] == "p1.os4"]
        assert {(row["start_line"], row["end_line"]) for row in rows} == {(444, 444), (451, 451)}
        assert {row["label"] for row in rows} == {
            "Renforcement de l'offre culturelle, sportive et de loisirs, accessible aux jeunes "
            "comme levier de l'émancipation et l'épanouissement"
        }

    def test_sub_actions_hang_below_their_action(self, graph: Graph) -> None:
        """l. 422: three sub-bullets under the actions of the communauté de communes."""
        rows = graph.answer("strategy", contract="clermont-2024").records()
        below = [row for row in rows if row["parent_code"] == "p1.os1.oo1.a3"]
        assert {row["code"] for row in below} == {f"p1.os1.oo1.a3.{n}" for n in (1, 2, 3)}
        assert {(row["level"], row["parent_level"], row["depth"]) for row in below} == {("action", "action", 4)}

    def test_signatories_have_functions_and_no_names(self, graph: Graph) -> None:
        """l. 813-908: thirteen signature blocks; one prints neither organisation nor function, one only a function."""
        rows = graph.answer("signatories", contract="clermont-2024").records()
        page = [row for row in rows if 813 <= int(str(row["start_line"])) <= 908]
        assert len(page) == 12
        assert [row["function"] for row in page if row["partner"] is None] == ["Directrice Régionale Occitanie Est"]
        by_partner = {row["partner"]: row["function"] for row in page}
        assert by_partner["CAF de l'Hérault"] == "Directeur de la CAF de l'Hérault"
        assert not re.search(
            r"BESSIERE|MESQUIDA|DELGA|SOTO|POUJOL|REVEL|LAUCH", json.dumps(rows, ensure_ascii=False), re.I
        )

    def test_the_steering_committee(self, graph: Graph) -> None:
        """l. 603-620: two co-chairs and fifteen members (two chambers on one line), at least once a year (l. 622)."""
        rows = graph.answer("governance", contract="Clermont", body_type="copil").records()
        seats = {(row["role"], row["partner"]) for row in rows}
        assert {partner for role, partner in seats if role == "co-chair"} == {
            "Sous-préfecture de Lodève",
            "Commune de Clermont-l'Hérault",
        }
        members = {partner for role, partner in seats if role == "member"}
        assert len(members) == 15
        assert {
            "ARS Occitanie",
            "France Travail",
            "CCI de l'Hérault",
            "CMA de l'Hérault",
            "Hérault Logement",
        } <= members
        assert {row["frequency"] for row in rows} == {"autant que de besoin et au moins une fois par an"}

    def test_the_neighbourhood(self, graph: Graph) -> None:
        """l. 165-167: one QPV, Centre-ville, 3100 inhabitants; QN03421N is the code of the public list."""
        rows = graph.answer("neighbourhoods", contract="CN03404N").records()
        assert {(row["code"], row["commune"], row["population"]) for row in rows} == {
            ("QN03421N", "Clermont-l'Hérault", 3100)
        }

    def test_the_base_of_priority_three(self, graph: Graph) -> None:
        """l. 581: the PVD and ORT conventions found the programme of priority 3: a volet."""
        rows = graph.answer("articulations", contract="clermont-2024", mode="volet").records()
        found = {(row["element"], row["dispositif"]) for row in rows if row["start_line"] == 581}
        assert {("issue/p3", "PVD"), ("issue/p3", "ORT")} <= found

    def test_the_health_contract_of_the_pays(self, graph: Graph) -> None:
        """l. 1149-1152: CLS bodies are attended both ways, its data are shared, it acts in the quartier."""
        rows = graph.answer("articulations", contract="clermont-2024", dispositif="cls", theme="santé").records()
        mine = [row for row in rows if row["element"] == "commitment/pays-coeur-d-herault-4"]
        lines = {row["mode"]: row["start_line"] for row in mine}
        assert lines["governance"] == 1149 and lines["data"] == 1150
        assert {row["carrier"] for row in mine} == {"Pays Cœur d'Hérault"}

    def test_a_summer_programme_is_a_means_of_its_action(self, graph: Graph) -> None:
        """l. 453: Ville Vie Vacances is an action of its own under the leisure objective; l. 705: a specific credit."""
        rows = graph.answer("articulations", contract="clermont-2024", dispositif="VVV").records()
        assert ("action/p1.os4.oo3.a1", "operational", 453) in {
            (r["element"], r["mode"], r["start_line"]) for r in rows
        }
        assert 705 in {row["start_line"] for row in rows}

    def test_who_sits_without_signing(self, graph: Graph) -> None:
        """l. 615-616, 620: ARS, France Travail and Bpifrance sit in the COPIL and are not on the page of signatures."""
        rows = graph.answer("role-gaps", contract="clermont-2024").records()
        without = {row["partner"] for row in rows if (row["has"], row["lacks"]) == ("copil", "signature")}
        assert {"ARS Occitanie", "France Travail", "Bpifrance", "DRAC Occitanie", "DDETS de l'Hérault"} <= without
        assert not without & {"CAF de l'Hérault", "Région Occitanie", "Hérault Logement", "CMA de l'Hérault"}

    def test_an_annex_that_the_contents_do_not_announce(self, graph: Graph) -> None:
        """l. 926 and 1082 against l. 131-142: the annex of the Pays is not in the contents."""
        rows = graph.answer("role-gaps", contract="clermont-2024").records()
        gaps = {row["partner"] for row in rows if row["lacks"] == "annex-list"}
        assert "Pays Cœur d'Hérault" in gaps and "CAF de l'Hérault" not in gaps

    def test_a_commitment_with_its_dispositifs(self, graph: Graph) -> None:
        """l. 1443: the CAF instructs CLAS and REAAP projects through the ELAN platform."""
        rows = graph.answer("commitments", contract="clermont-2024", partner="CAF").records()
        named = {name for row in rows if row["start_line"] == 1443 for name in row["dispositifs"] or ()}  # type: ignore[union-attr]
        assert {"CLAS", "REAAP"} <= named

    def test_two_poverty_rates_stand_side_by_side(self, graph: Graph) -> None:
        """l. 38, 285, 411: 23 %; l. 364: 25 % (another year): both are kept."""
        rows = graph.answer("statistics", about="taux de pauvreté").records()
        values = {(row["value"], row["start_line"]) for row in rows if row["place"] == "Clermont-l'Hérault"}
        assert {(23, 38), (23, 285), (23, 411), (25, 364)} <= values

    def test_the_law_of_2014(self, graph: Graph) -> None:
        """l. 177: loi n° 2014-173."""
        rows = graph.answer("legal-texts", kind="loi").records()
        assert any(row["number"] == "2014-173" and row["start_line"] == 177 for row in rows)

    def test_a_wrong_expansion_is_kept_apart(self, graph: Graph) -> None:
        """l. 434: plate-forme de suivi et d'appui aux décrocheurs; l. 987: another expansion."""
        rows = graph.answer("acronyms", acronym="psad").records()
        kinds = {row["start_line"]: row["kind"] for row in rows}
        assert kinds[434] == "correct" and kinds[987] in ("error", "variant")

    def test_a_shared_committee_is_intended(self, graph: Graph) -> None:
        """l. 630: coordinating the steering committees of PVD, ORT and the contract remains to be studied."""
        rows = graph.answer("shared-governance", contract="clermont-2024").records()
        found = {(row["dispositif"], row["status"]) for row in rows if row["start_line"] == 630}
        assert found == {("PVD", "intended"), ("ORT", "intended")}

    def test_the_three_evaluation_questions(self, graph: Graph) -> None:
        """l. 774-776."""
        rows = graph.answer("indicators", contract="clermont-2024").records()
        assert [row["start_line"] for row in rows] == [774, 775, 776]

    def test_the_six_contents_of_the_law(self, graph: Graph) -> None:
        """Loi 2014-173, article 6 IV: in its order, with a passage for each that is present."""
        rows = graph.answer("statutory-blocks", contract="clermont-2024").records()
        assert [row["block"] for row in rows] == (
            "objectifs actions moyens ingenierie indicateurs structure-d-evaluation".split()
        )
        assert all(row["start_line"] for row in rows if row["present"])

    def test_the_matrix_shows_the_strongest_mode(self, graph: Graph) -> None:
        row = next(r for r in graph.answer("articulation-matrix").records() if r["contract"] == "clermont-2024")
        assert (row["ORT"], row["VVV"] in ("operational", "funding")) == ("volet", True)
        matrix = graph.answer("articulation-matrix", measure="elements").records()
        counted = next(r for r in matrix if r["contract"] == "clermont-2024")
        assert isinstance(counted["CLS"], int) and counted["CLS"] > 3

    def test_load_counts_what_the_other_questions_list(self, graph: Graph) -> None:
        load = {row["partner"]: row for row in graph.answer("partner-load", contract="clermont-2024").records()}
        roles = graph.answer("partner-roles", partner="CAF", contract="clermont-2024").records()
        committed = {
            row["activity"]
            for row in roles
            if row["role"] == "committed" and str(row["activity"]).startswith("commitment")
        }
        assert load["CAF de l'Hérault"]["commitments"] == len(committed) > 0
        assert load["CAF de l'Hérault"]["signed"] == 1

    def test_every_value_of_a_node_is_evidenced(self, graph: Graph) -> None:
        rows = graph.answer("evidence", node="commitment/pays-coeur-d-herault-4").records()
        assert {"label", "partner", "theme"} <= {row["property"] for row in rows}
        assert all(row["document"] == "clermont-2024" and row["method"] == "eye" for row in rows)

    def test_who_is_aimed_at(self, graph: Graph) -> None:
        rows = graph.answer("target-groups", contract="clermont-2024", theme="education-jeunesse").records()
        assert {"jeunes", "parents", "decrocheurs"} <= {row["public"] for row in rows}

    def test_search_finds_exact_names_first(self, graph: Graph) -> None:
        rows = graph.answer("search", text="CONTRAT local de Sante").records()
        assert rows[0]["matched"] == "contrat local de sante"
        assert {row["kind"] for row in graph.answer("search", text="caf", kind="partner").records()} == {"partner"}


class TestParameters:
    def test_a_theme_takes_in_its_sub_themes(self, graph: Graph) -> None:
        wide = graph.answer("articulations", theme="emploi").column("theme")
        assert {"emploi", "insertion", "developpement-economique"} <= set(wide)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "name", ["articulations", "dispositifs", "commitments", "statistics", "legal-texts", "target-groups"]
    )
    def test_a_theme_keeps_nothing_else_not_even_what_has_no_theme(self, graph: Graph, name: str) -> None:
        assert set(graph.answer(name, theme="sante").column("theme")) <= {"sante"}
        assert {None, "sante"} < set(graph.answer("articulations").column("theme"))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("parameter", "column", "value"), [("mode", "mode", "volet"), ("carrier", "carrier", "CAF de l'Hérault")]
    )
    def test_other_filters_keep_nothing_else(self, graph: Graph, parameter: str, column: str, value: str) -> None:
        assert set(graph.answer("articulations", **{parameter: value}).column(column)) == {value}

    @pytest.mark.parametrize(
        "value", ["clermont-2024", "CN03404N", "Clermont", "contract:clermont-2024", "CLERMONT L'HERAULT"]
    )
    def test_a_contract_is_found_by_any_of_its_names(self, graph: Graph, value: str) -> None:
        assert set(graph.answer("signatories", contract=value).column("contract")) == {"clermont-2024"}

    def test_an_ambiguous_acronym_is_told_not_guessed(self, graph: Graph) -> None:
        with pytest.raises(AmbiguousValueError) as caught:
            graph.articulations(dispositif="CLS")
        assert caught.value.candidates == ("cls", "cls-securite")

    @pytest.mark.parametrize(
        ("parameter", "value", "nearest"), [("dispositif", "CTGG", "ctg"), ("theme", "santee", "sante")]
    )
    def test_an_unknown_value_tells_the_nearest(self, graph: Graph, parameter: str, value: str, nearest: str) -> None:
        with pytest.raises(UnknownValueError) as caught:
            graph.answer("articulations", **{parameter: value})
        assert nearest in caught.value.candidates

    def test_an_unknown_parameter_lists_the_known(self, graph: Graph) -> None:
        with pytest.raises(InputError, match="parameters: contract, document"):
            graph.answer("signatories", partner="CAF")

    def test_a_required_parameter_is_asked_for(self, graph: Graph) -> None:
        with pytest.raises(InputError, match="evidence needs « node »"):
            graph.answer("evidence")

    @pytest.mark.parametrize("text", ['" } DROP ALL #', "'''", "\\", "<urn:x>", 'caf" . ?s ?p ?o', "contract:x> } #"])
    def test_text_stays_data(self, graph: Graph, text: str) -> None:
        for name, parameter in (
            ("search", "text"),
            ("signatories", "contract"),
            ("evidence", "node"),
            ("statistics", "measure"),
        ):
            try:
                graph.answer(name, **{parameter: text})
            except (UnknownValueError, AmbiguousValueError):
                continue
            except InputError as error:
                assert not isinstance(error, QueryError), (name, text, error)

    def test_binding_an_undeclared_parameter_is_an_error(self) -> None:
        with pytest.raises(QueryError, match="VALUES"):
            bind("SELECT * { ?s ?p ?o }", {"s": None})


class TestCells:
    def test_json_has_every_column_and_plain_values(self, graph: Graph) -> None:
        rows = json.loads(write_result(graph.answer("commitments", contract="clermont-2024"), "json"))
        assert all(list(row) == list(question("commitments").columns) for row in rows)
        assert all(isinstance(row["dispositifs"], list) and isinstance(row["start_line"], int) for row in rows)

    def test_nothing_found_is_an_empty_array(self, graph: Graph) -> None:
        assert json.loads(write_result(graph.answer("search", text="introuvable zzz"), "json")) == []

    def test_excel_csv_has_semicolons_decimal_commas_and_a_bom(self, graph: Graph) -> None:
        text = write_result(graph.answer("statistics", about="taux de pauvreté"), "csv", excel=True).decode("utf-8")
        assert text.startswith("\ufeffabout;measure;value")
        assert ";16,8;" in text
