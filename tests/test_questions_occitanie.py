"""Answers checked by hand against the sources: Alès 2015 (`ales-2015`) and the cross-reading of Occitanie (`occitanie-2025`)."""

from __future__ import annotations

from collections import Counter

import pytest

from cdv_graph.errors import UnknownValueError
from cdv_graph.graph import Graph


class TestAles:
    def test_the_tree_has_what_the_document_announces(self, graph: Graph) -> None:
        """l. 88-1092: four pillars, fourteen orientations; the counts announced below each orientation are those listed."""
        rows = graph.answer("strategy", contract="ales-2015").records()
        elements = {(row["level"], row["code"]) for row in rows}
        assert Counter(level for level, _ in elements) == {"pillar": 4, "issue": 14, "objective": 75, "action": 199}
        announced = graph.answer("statistics", measure="announced-actions").records()
        assert len(announced) == 14 and sum(row["value"] for row in announced) == 199  # type: ignore[misc]
        assert not [
            row for row in graph.answer("conflicts", kind="count").records() if row["document_a"] == "ales-2015"
        ]

    def test_a_reference_with_its_reason(self, graph: Graph) -> None:
        """l. 690 and 2934-2936: objective 2.2.3 refers to 4.2.4 for the upkeep of public spaces."""
        rows = graph.answer("cross-references", contract="ales-2015").records()
        found = {(row["from_code"], row["to_code"], row["start_line"]) for row in rows}
        assert {("2.2.3", "4.2.4", 690), ("2.2.3", "4.2.4", 2934)} <= found

    def test_indicators_hang_on_objectives(self, graph: Graph) -> None:
        codes = {row["code"] for row in graph.answer("indicators", contract="ales-2015").records()}
        assert "1.1.3" in codes and all(str(code).count(".") in (1, 2, 3) for code in codes)

    def test_a_territory_finds_the_contracts_around_it(self, graph: Graph) -> None:
        """The contract of 2015 is of another intercommunality than today's: two SIREN, one before the other."""
        assert {row["contract"] for row in graph.answer("contracts", territory="ales").records()} == {
            "ales-2015",
            "ales-2024",
        }
        rows = graph.sparql("SELECT ?old { place:ales-agglomeration cdv:predecessor/cdv:siren ?old }")
        assert list(rows["old"]) == ["200035152"]


class TestGovernance:
    """The cross-reading names bodies of single contracts; each stands in its own contract."""

    def test_a_body_and_its_seats_stand_in_the_contract_that_has_it(self, graph: Graph) -> None:
        """l. 649: the councils of Alès led the commission of the fund in 2014-2022, not in the contract of 2024."""
        old = {
            row["body"] for row in graph.answer("governance", contract="ales-2015", document="occitanie-2025").records()
        }
        new = {row["body"] for row in graph.answer("governance", contract="ales-2024").records()}
        assert "Commission d'attribution du FPH d'Alès" in old
        assert new == {"Groupe de travail habitat / cadre de vie d'Alès"}
        seats = graph.answer("partner-roles", contract="pamiers-2024", role="co-chair").records()
        assert {row["function"] for row in seats} == {"Coordinatrice du CLS", "Directrice du CCAS"}

    def test_a_body_is_shared_with_the_dispositif_of_its_own_line(self, graph: Graph) -> None:
        """Nîmes: at l. 376 the representatives of the CLS are told what is decided, at l. 378 it sits in one body."""
        rows = graph.answer("shared-governance", contract="nimes-2024").records()
        cls = {(row["body"], row["how"], row["start_line"]) for row in rows if row["dispositif"] == "CLS"}
        assert cls == {
            (None, "Ses représentants sont informés des décisions", 376),
            ("Comité d'instruction Santé de Nîmes", "Siège au comité d'instruction santé", 378),
        }

    def test_what_is_only_hoped_for_is_intended(self, graph: Graph) -> None:
        """l. 1804: the steering committees of Foix « pourront se tenir conjointement »."""
        rows = graph.answer("shared-governance", contract="foix-2024").records()
        assert {(row["dispositif"], row["status"]) for row in rows} == {
            ("ACV", "intended"),
            ("anru-conventions", "intended"),
        }

    def test_a_contract_without_a_document_is_reproached_nothing(self, graph: Graph) -> None:
        """l. 364 and 741: Toulouse, of which five signatories and a steering committee are told in passing."""
        read = {"ales-2015", "clermont-2024", "montpellier-2016", "montpellier-2021"}
        assert {row["contract"] for row in graph.answer("role-gaps").records()} <= read
        blocks = graph.answer("statutory-blocks", contract="lodeve-2024").records()
        assert all(row["present"] is None and row["evidence"] is None for row in blocks)


class TestFigures:
    def test_two_rates_stand_side_by_side(self, graph: Graph) -> None:
        """l. 475: 73 %; l. 1585: 75 %; both of the 40 contracts."""
        rows = graph.answer("articulation-rates", generation="2024-2030").records()
        ctg = [row for row in rows if row["dispositif"] == "CTG"]
        assert {(row["stated_rate"], row["start_line"]) for row in ctg} == {(73, 475), (75, 1585)}
        assert all(row["rate"] == round(100 * row["contracts"] / row["total"], 1) for row in rows)  # type: ignore[operator]
        pair = [row for row in graph.answer("conflicts", kind="figure").records() if row["line_a"] == 475]
        assert [(row["value_a"], row["value_b"], row["line_b"]) for row in pair] == [("73", "75", 1585)]

    def test_rates_of_a_theme_leave_the_others_out(self, graph: Graph) -> None:
        """l. 474: CI(L)SPD, 80 %, security."""
        stated = {
            row["dispositif"]
            for row in graph.answer("articulation-rates", theme="securite").records()
            if row["stated_rate"]
        }
        assert "CISPD" in stated and "CTG" not in stated

    def test_the_share_of_contracts_that_aim_at_a_public(self, graph: Graph) -> None:
        """l. 893: seniors, 10 %; l. 876: young people, 75 %; said where the passage says it, nowhere else."""
        rows = graph.answer("target-groups", theme="emploi", document="occitanie-2025").records()
        shares = {(row["public"], row["start_line"]): row["stated_share"] for row in rows}
        assert shares["personnes-agees", 893] == 10 and shares["jeunes", 876] == 75 and shares["jeunes", 837] is None


class TestConflicts:
    def test_one_town_in_two_departments(self, graph: Graph) -> None:
        """l. 824: Pamiers, Ariège; l. 1188: Pamiers, Ardèche."""
        (row,) = graph.answer("conflicts", kind="department").records()
        assert (row["value_a"], row["line_a"], row["value_b"], row["line_b"]) == ("Ariège", 824, "Ardèche", 1188)

    def test_a_wrong_expansion_is_found_by_rule_where_it_is_printed(self, graph: Graph) -> None:
        """l. 880: contrat engagement jeune; l. 1476: contrat emploi jeune."""
        rows = graph.answer("conflicts", kind="expansion", document="occitanie-2025").records()
        assert (880, 1476) in {(row["line_a"], row["line_b"]) for row in rows if row["subject"] == "CEJ"}

    def test_three_values_give_three_pairs(self, graph: Graph) -> None:
        """l. 330: 2014-2022; l. 812: 2014-2023; l. 2442: 2015-2023."""
        rows = graph.answer("conflicts", kind="date").records()
        pairs = {
            (row["line_a"], row["line_b"])
            for row in rows
            if row["subject"] == "Période des contrats de ville précédents"
        }
        assert pairs == {(330, 812), (330, 2442), (812, 2442)}

    def test_between_two_documents(self, graph: Graph) -> None:
        """Montpellier 2016, l. 56: until 2020; 2021, l. 3: until 2022."""
        rows = graph.answer("conflicts", kind="date", document="montpellier-2021").records()
        assert ("montpellier-2016", "2020", "montpellier-2021", "2022") in {
            (row["document_a"], row["value_a"], row["document_b"], row["value_b"]) for row in rows
        }


class TestCatalogue:
    def test_homonyms_stay_apart(self, graph: Graph) -> None:
        """l. 2502: commission intercommunale du logement; l. 535: the conférence."""
        rows = graph.answer("acronyms", acronym="CIL", document="occitanie-2025").records()
        assert {str(row["meaning"]).partition(" ")[0] for row in rows if row["kind"] == "correct"} == {
            "Commission",
            "Conférence",
        }

    def test_a_dispositif_that_no_contract_articulates_is_in_the_catalogue(self, graph: Graph) -> None:
        """l. 488: the contrat enfance jeunesse, of the droit commun."""
        rows = graph.answer("dispositifs", nature="droit-commun", document="occitanie-2025").records()
        assert any(row["label"] == "Contrat enfance jeunesse" and row["start_line"] == 488 for row in rows)

    def test_challenges_of_a_chapter(self, graph: Graph) -> None:
        """l. 693-697: five challenges of participation."""
        rows = graph.answer("challenges", theme="participation").records()
        assert [row["start_line"] for row in rows] == [693, 694, 695, 696, 697]

    def test_practices_of_a_territory_and_of_what_is_in_it(self, graph: Graph) -> None:
        """l. 374-376: Nîmes; a department finds its towns."""
        rows = graph.answer("practices", territory="nimes").records()
        assert any(row["start_line"] == 374 and "NPNRU" in (row["dispositifs"] or ()) for row in rows)  # type: ignore[operator]
        assert {"Nîmes", "Alès"} <= {row["territory"] for row in graph.answer("practices", territory="gard").records()}
        with pytest.raises(UnknownValueError):
            graph.answer("practices", territory="nimesse")

    def test_practices_with_a_dispositif(self, graph: Graph) -> None:
        """l. 1979: Albi ties the GUSP and the CLSPD."""
        rows = graph.answer("practices", dispositif="GUSP").records()
        assert any(row["territory"] == "Albi" and row["start_line"] == 1979 for row in rows)

    def test_dispositifs_that_meet(self, graph: Graph) -> None:
        """l. 1979: the contract of Albi ties the CLSPD and the GUSP."""
        rows = graph.answer("co-articulation", contract="albi-2024").records()
        assert ("CLSPD", "GUSP", 1, 1) in {tuple(list(row.values())[:4]) for row in rows}
        every = graph.answer("co-articulation").records()
        assert all(row["contracts"] <= row["elements"] for row in every)  # type: ignore[operator]
        assert all(len({row["dispositif_a"], row["dispositif_b"]}) == 2 for row in every)


class TestAuthority:
    def test_who_came_before_whom(self, graph: Graph) -> None:
        rows = graph.sparql(
            "SELECT ?later ?earlier { ?later cdv:predecessor ?earlier . ?later a ?kind . FILTER(?kind = cdv:Partner) }"
        )
        pairs = set(zip(rows["later"], rows["earlier"], strict=True))
        assert {("france-travail", "pole-emploi"), ("ddets-herault", "ddcs-herault")} <= {
            (str(later).rpartition("/")[2], str(earlier).rpartition("/")[2]) for later, earlier in pairs
        }

    def test_named_contracts_have_their_official_code(self, graph: Graph) -> None:
        """Of the forty contracts, those that the cross-reading names; the official list has none for Frontignan alone."""
        rows = graph.answer("contracts", generation="2024-2030").records()
        assert len({row["contract"] for row in rows}) == 34
        without = {row["contract"] for row in rows if not str(row["code"]).startswith("CN")}
        assert without == {"frontignan-2024"}

    def test_a_name_that_several_bear_is_the_one_that_the_contract_names(self, graph: Graph) -> None:
        """« CAF »: of the Gard in Alès, of the Hérault in Clermont."""
        gard = graph.answer("partner-roles", partner="CAF", contract="ales-2015").records()
        herault = graph.answer("partner-roles", partner="CAF", contract="clermont-2024").records()
        assert {row["partner"] for row in gard} == {"CAF du Gard"} and {row["partner"] for row in herault} == {
            "CAF de l'Hérault"
        }
