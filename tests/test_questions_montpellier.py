"""Answers checked by hand against the sources: Montpellier 2016 (`montpellier-2016`) and 2021 (`montpellier-2021`)."""

from __future__ import annotations

from collections import Counter

import pytest

from cdv_graph.errors import AmbiguousValueError, UnknownValueError
from cdv_graph.graph import Graph


def codes(graph: Graph, name: str, **parameters: object) -> list[object]:
    """The codes of an answer, each once, in its order."""
    return list(dict.fromkeys(row["code"] for row in graph.answer(name, **parameters).records()))


class TestAnnouncedCounts:
    def test_seventy_six_sheets(self, graph: Graph) -> None:
        """2016, l. 257: « 76 fiches opérationnelles »; the index (l. 1471-1491) groups them by issue."""
        found = codes(graph, "sheets", contract="montpellier-2016")
        assert len(found) == 76
        assert Counter(str(code).partition(".")[0] for code in found) == {
            **{"1": 22, "2": 15, "3": 5, "5": 12, "6": 15, "9": 5, "10": 2}
        }

    def test_pillars_issues_and_priorities(self, graph: Graph) -> None:
        """2016, l. 8 and 14: three pillars, seven priorities; l. 237: eleven issues; l. 259: five objectives."""
        rows = graph.answer("strategy", contract="montpellier-2016").records()
        level = {(row["level"], row["code"]) for row in rows}
        assert {code for kind, code in level if kind == "pillar"} == {"1", "2", "3"}
        assert {code for kind, code in level if kind == "issue" and str(code).isdigit()} == set(map(str, range(1, 12)))
        assert sum("priorite-" in str(code) for kind, code in level if kind == "issue") == 7
        assert (
            sum(str(code).rpartition(".")[2].startswith("objectif-") for kind, code in level if kind == "objective")
            == 5
        )

    def test_seven_working_groups(self, graph: Graph) -> None:
        """2016, l. 970-983."""
        rows = graph.answer("governance", contract="montpellier-2016", body_type="working-group").records()
        assert len({row["body"] for row in rows if str(row["body"]).startswith("Groupe de travail projet ")}) == 7

    def test_the_call_of_2021_has_eleven_issues_and_no_eighth(self, graph: Graph) -> None:
        """2021: headings at l. 6, 31, 52, 61, 64, 78, 95, 102, 106, 109, 111."""
        rows = graph.answer("strategy", contract="montpellier-2021").records()
        lines = {row["code"]: row["start_line"] for row in rows if row["level"] == "issue"}
        assert len(lines) == 11 and "8" not in lines
        assert (lines["1"], lines["12"]) == (6, 111)

    def test_thirty_nine_sheets_are_open_of_sixty_nine(self, graph: Graph) -> None:
        """2021: an X or x in the fourth column."""
        assert len(codes(graph, "sheets", contract="montpellier-2021")) == 69
        assert len(codes(graph, "calls", contract="montpellier-2021", year=2021)) == 39
        assert graph.answer("calls", year=2020).rows == []


class TestSheets:
    def test_pilots_and_partners(self, graph: Graph) -> None:
        """2016, l. 5022-5028: two pilots; nine associated partners, the Ville (« Mairie ») among them too."""
        rows = graph.answer("sheet-pilots", contract="montpellier-2016", code="2.1").records()
        pilots = {row["as_written"]: row["partner"] for row in rows if row["role"] == "pilot"}
        assert pilots["Ville"] == "Ville de Montpellier" and set(pilots) == {"Ville", "DSDEN"}
        partners = {row["as_written"] for row in rows if row["role"] == "associated-partner"}
        assert len(partners) == 9
        assert {"Rectorat", "CAF", "Université Montpellier", "ESPE", "Mairie de Montpellier"} <= partners

    def test_services_in_brackets_stay_with_their_partner(self, graph: Graph) -> None:
        """2021, l. 22: « Région et Etat (DDCS/DIRECCTE/SGAR) »."""
        rows = graph.answer("sheet-pilots", contract="montpellier-2021", code="1.12").records()
        assert {(row["partner"], row["as_written"]) for row in rows} == {
            ("Région Occitanie", "Région"),
            ("État", "Etat (DDCS/DIRECCTE/SGAR)"),
        }

    def test_sheets_without_a_pilot(self, graph: Graph) -> None:
        """2016, l. 7348: nothing after « PILOTES : »; l. 8630: who carries the team is left to a study."""
        rows = graph.answer("sheets-without-pilot").records()
        assert [(row["code"], row["contract"], row["start_line"]) for row in rows] == [
            ("6.8", "montpellier-2016", 7348),
            ("10.1", "montpellier-2016", 8630),
        ]

    def test_codes_are_text_and_come_in_their_order(self, graph: Graph) -> None:
        found = codes(graph, "sheets", contract="montpellier-2016", issue="4")
        assert found.index("1.3") < found.index("1.14")
        assert all(isinstance(code, str) for code in found)

    def test_dates_as_precise_as_printed(self, graph: Graph) -> None:
        """2016, l. 1697-1698: « janvier 2016 », « décembre 2020 »; l. 5057: « Durée du contrat »."""
        rows = graph.answer("sheet", contract="montpellier-2016", code="1.1").records()
        assert {(row["field"], row["value"]) for row in rows if row["field"] in ("start", "end")} == {
            ("start", "2016-01"),
            ("end", "2020-12"),
        }
        rows = graph.answer("sheet", contract="montpellier-2016", code="2.1").records()
        assert {(row["value"], row["as_written"]) for row in rows if row["field"] in ("start", "end")} == {
            (None, "Durée du contrat")
        }

    def test_filters_meet(self, graph: Graph) -> None:
        """2016, l. 6354-6489: fiche 3.2 targets Gély, Saint-Martin, Paillade, Hauts de Massane and Petit Bard."""
        asked = {"contract": "montpellier-2016", "neighbourhood": "Gély"}
        assert codes(graph, "sheets", **asked, issue="3") == ["3.2", "3.3"]
        assert "3.2" in codes(graph, "sheets", contract="montpellier-2016", neighbourhood="Paillade")
        assert codes(graph, "sheets", **asked, issue="9") == []

    def test_a_partner_may_be_asked_in_the_words_of_the_contract(self, graph: Graph) -> None:
        """2021, l. 60: « 3M » is the Métropole; « Ville » is Montpellier's there, and nobody's without the contract."""
        assert "3.4" in codes(graph, "sheets", contract="montpellier-2021", pilot="Métropole")
        assert "6.3" in codes(graph, "sheets", contract="montpellier-2021", pilot="Ville")
        with pytest.raises(AmbiguousValueError):
            graph.answer("sheets", pilot="Ville")

    def test_a_sheet_is_asked_by_code_or_title(self, graph: Graph) -> None:
        for code in (
            "1.19",
            "1-19",
            "Consolidation et développement des dispositifs d’insertion par l’activité économique",
        ):
            rows = graph.answer("sheet", contract="montpellier-2016", code=code).records()
            assert {row["code"] for row in rows} == {"1.19"}
        with pytest.raises(UnknownValueError):
            graph.answer("sheet", code="77.7")

    def test_neighbourhoods_keep_what_the_source_names(self, graph: Graph) -> None:
        """2016, l. 5893-5897: « Hauts de Massane » and « Saint-Martin » are parts of QPV, named for themselves."""
        rows = graph.answer("neighbourhoods", contract="montpellier-2016").records()
        found = {row["neighbourhood"]: (row["code"], row["commune"]) for row in rows}
        assert found["Mosson"] == ("QP034005", "Montpellier")
        assert found["Hauts de Massane"][0] is None and "Saint-Martin" in found

    def test_load_over_both(self, graph: Graph) -> None:
        for contract in ("montpellier-2016", "montpellier-2021"):
            load = {row["partner"]: row["piloted"] for row in graph.answer("partner-load", contract=contract).records()}
            assert load["Montpellier Méditerranée Métropole"] == max(load.values())
            listed = graph.answer("sheets", contract=contract, pilot="CAF de l'Hérault").records()
            assert load["CAF de l'Hérault"] == len({row["code"] for row in listed})


class TestContinuity:
    def test_every_sheet_of_both_is_placed(self, graph: Graph) -> None:
        rows = graph.answer("continuity", earlier="montpellier-2016", later="montpellier-2021").records()
        assert {row["earlier_code"] for row in rows} - {None} == set(
            codes(graph, "sheets", contract="montpellier-2016")
        )
        assert {row["later_code"] for row in rows} - {None} == set(codes(graph, "sheets", contract="montpellier-2021"))

    def test_the_same_sheet_under_another_number(self, graph: Graph) -> None:
        """2016, l. 3389 and 2021, l. 23: « Plateforme collaborative métropolitaine Clause sociale », 1.18 then 1.13,
        with the same objectives (2016, l. 3428)."""
        rows = graph.answer("continuity", earlier="montpellier-2016", later="montpellier-2021").records()
        (kind,) = {row["kind"] for row in rows if (row["earlier_code"], row["later_code"]) == ("1.18", "1.13")}
        assert kind == "continued"
        lines = {(row["document"], row["start_line"]) for row in rows if row["earlier_code"] == "1.18"}
        assert lines == {("montpellier-2016", 3389), ("montpellier-2016", 3428), ("montpellier-2021", 23)}

    def test_new_dropped_and_split(self, graph: Graph) -> None:
        """2021, l. 96: the NPNRU of la Mosson had no sheet; 2016, l. 6593: training of animators has none left;
        2016, l. 7822: culture and sport in one sheet, two in 2021 (l. 91, 92)."""
        rows = graph.answer("continuity", earlier="montpellier-2016", later="montpellier-2021").records()
        kinds = {(row["earlier_code"], row["later_code"]): row["kind"] for row in rows}
        assert (kinds[None, "7.1"], kinds["3.4", None]) == ("new", "dropped")
        assert {later for (earlier, later), kind in kinds.items() if earlier == "6.14" and kind == "split"} == {
            "6.9",
            "6.10",
        }

    def test_the_proposal_finds_most_pairs(self, graph: Graph) -> None:
        settled = graph.continuity(earlier="montpellier-2016", later="montpellier-2021")
        proposed = graph.propose_continuity("montpellier-2016", "montpellier-2021")
        pairs = {(a, b) for a, b in zip(settled.earlier_code, settled.later_code, strict=True)}
        found = {(a, b) for a, b in zip(proposed.earlier_code, proposed.later_code, strict=True)}
        assert len(pairs & found) > 0.75 * len(pairs)
        assert set(proposed.earlier_code) - {None} == set(settled.earlier_code) - {None}

    def test_without_one_document_nothing_ties_them(self) -> None:
        from cdv_graph.build import build

        store = build(documents=["montpellier-2021"])
        assert Graph(store).answer("continuity").rows == []


class TestReferences:
    def test_a_number_that_no_longer_exists_is_kept_as_written(self, graph: Graph) -> None:
        """2021, l. 21: « (Fiche 1.17) », the number of 2016; l. 24 names a sheet by its title."""
        rows = graph.answer("cross-references", contract="montpellier-2021").records()
        assert {(row["from_code"], row["to_code"], row["to_label"] is None) for row in rows} == {
            ("1.11", "1.17", True),
            ("1.14", "1.13", False),
        }

    def test_the_framework_contract_is_known_by_the_amendment(self, graph: Graph) -> None:
        """2016, l. 6: signed on 10 July 2015; l. 56: 2015-2020; 2021, l. 3: 2015-2022. Both periods stay."""
        rows = graph.sparql(
            "SELECT ?end ?line { ?r cdv:subject contract:montpellier-2015 ; cdv:property cdv:endDate ;"
            " cdv:objectValue ?end ; cdv:statedIn/cdv:document ?line }"
        )
        assert set(zip(rows["end"], rows["line"], strict=True)) == {
            ("2020", "montpellier-2016"),
            ("2022", "montpellier-2021"),
        }

    def test_a_new_signatory(self, graph: Graph) -> None:
        """2016, l. 1328-1342: ADOMA joins the contract; names of persons stay out."""
        rows = graph.answer("signatories", contract="montpellier-2016").records()
        assert "ADOMA" in {row["partner"] for row in rows}
