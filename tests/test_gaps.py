"""Gaps and what others do, checked by hand against the sources; peers and their likeness as properties.

Lines are those of the documents: the contrat de ville of Clermont-l'Hérault (`clermont-2024`), the amendment of Montpellier
(`montpellier-2016`), the action plan of Alès (`ales-2015`), the cross-reading of Occitanie (`occitanie-2025`).
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.analysis.peers import LEAST, PEERS, SHARE, jaccard, lacks, peers
from cdv_graph.graph import Graph
from cdv_graph.query.result import Cell

Row = dict[str, Cell]
TYPES = st.sets(st.sampled_from("abcdefgh"))
CONTRACTS = st.dictionaries(st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), TYPES, min_size=1)


def gaps(graph: Graph, contract: str, reference: str) -> list[Row]:
    return graph.answer("articulation-gaps", contract=contract, reference=reference).records()


def names(rows: Iterable[Row], column: str = "dispositif") -> set[Cell]:
    return {row[column] for row in rows}  # type: ignore[misc]


class TestLaw:
    def test_the_text_the_article_and_what_to_judge_are_told(self, graph: Graph) -> None:
        """occitanie-2025 l. 697: the decree of 2024 confirms that citizens' councils are an obligation; l. 589: the
        instruction of 2024 admits other forms. A contract that has a thing is no proof that a text asks for it."""
        rows = [r for r in gaps(graph, "clermont-2024", "law") if r["dispositif"] == "conseil-citoyen"]
        assert {r["document"] for r in rows} == {"occitanie-2025"}
        assert all("décret n° 2024-1037" in str(r["expected_because"]) for r in rows)
        assert all("À juger" in str(r["expected_because"]) for r in rows)
        assert "pacte-financier-et-fiscal" not in names(gaps(graph, "clermont-2024", "law"))

    def test_no_plan_against_discriminations(self, graph: Graph) -> None:
        """occitanie-2025 l. 2357: one in each contract of 2015; ales-2015 has none, montpellier-2016 l. 1425-1427 has."""
        (row,) = gaps(graph, "ales-2015", "law")
        assert (row["dispositif"], row["start_line"]) == ("plan-territorial-de-lutte-contre-les-discriminations", 2357)
        assert gaps(graph, "montpellier-2016", "law") == []

    def test_one_of_two_councils_is_enough(self, graph: Graph) -> None:
        """clermont-2024 l. 496-497, 595: a CISPD, so that no CLSPD is missing (occitanie-2025 l. 1880)."""
        assert not names(gaps(graph, "clermont-2024", "law")) & {"CLSPD", "CISPD"}

    def test_a_body_of_the_contract_answers_as_well(self, graph: Graph) -> None:
        """montpellier-2016 l. 1166-1196: citizens' councils; clermont-2024 names none (decree 2024-1037, occitanie-2025 l. 697)."""
        assert "conseil-citoyen" not in names(gaps(graph, "montpellier-2016", "law"))
        rows = [r for r in gaps(graph, "clermont-2024", "law") if r["dispositif"] == "conseil-citoyen"]
        assert 697 in names(rows, "start_line")

    def test_an_expectation_of_one_generation_says_nothing_of_the_other(self, graph: Graph) -> None:
        """occitanie-2025 l. 1859: the instruction of 2024 on credits of the FIPD; montpellier-2016 names no FIPD."""
        assert "FIPD" in names(gaps(graph, "clermont-2024", "law"))
        assert "FIPD" not in names(gaps(graph, "montpellier-2016", "law"))

    def test_contracts_not_read_whole_are_left_out(self, graph: Graph) -> None:
        rows = graph.answer("articulation-gaps", reference="law").records()
        assert names(rows, "contract") <= {"clermont-2024", "ales-2015", "montpellier-2016"}


class TestTerritory:
    def test_what_exists_in_the_departement(self, graph: Graph) -> None:
        """montpellier-2016 l. 6843: MAIA Est Héraultaise; montpellier-2021 l. 48: the committee of the Hérault on parenthood."""
        rows = gaps(graph, "clermont-2024", "territory")
        assert {("MAIA", "montpellier-2016", 6843), ("CDSP", "montpellier-2021", 48)} <= {
            (r["dispositif"], r["document"], r["start_line"]) for r in rows
        }
        assert all("à vérifier" in str(r["expected_because"]) for r in rows)

    def test_an_annex_is_enough(self, graph: Graph) -> None:
        """clermont-2024 l. 1185: TZCLD is named in the annex of the Département only; l. 1149-1157: the CLS in that of the Pays."""
        every = graph.answer("articulation-gaps", contract="clermont-2024").records()
        assert not names(every) & {"TZCLD", "SLIME", "CLSM"}

    def test_nothing_later_than_the_contract(self, graph: Graph) -> None:
        """Schemes of the Hérault told by clermont-2024 (l. 1176-1179) are no gap of the contract of 2016."""
        assert gaps(graph, "montpellier-2016", "territory") == []


class TestDocument:
    @pytest.mark.parametrize(("dispositif", "line"), [("budget-participatif", 658), ("TAPAJ", 2019)])
    def test_what_the_cross_reading_deplores(self, graph: Graph, dispositif: str, line: int) -> None:
        (row,) = [r for r in gaps(graph, "clermont-2024", "document") if r["dispositif"] == dispositif]
        assert (row["document"], row["start_line"]) == ("occitanie-2025", line)
        assert "sans viser ce contrat" in str(row["expected_because"])

    def test_absent_here_and_articulated_there_is_no_gap(self, graph: Graph) -> None:
        """montpellier-2016 l. 8205: no GUSP in other neighbourhoods; l. 1371: GUSP all the same. occitanie-2025 l. 996: TZCLD."""
        assert "GUSP" not in names(gaps(graph, "montpellier-2016", "document"))
        assert "TZCLD" not in names(gaps(graph, "montpellier-2024", "document"))

    def test_an_absence_without_any_articulation_is_one(self, graph: Graph) -> None:
        """The rule by itself, on a copy where the other articulations of montpellier-2024 with TZCLD are gone."""
        from cdv_graph.store import EmbeddedStore

        copy = EmbeddedStore.memory()
        stated = "id/articulation/occitanie-2025.contract.montpellier-2024.tzcld-mosson.emploi"
        copy.add(q for q in graph.store.quads() if not str(getattr(q.subject, "value", "")).endswith(stated))
        (row,) = gaps(Graph(copy), "montpellier-2024", "document")
        assert (row["dispositif"], row["document"], row["start_line"]) == ("TZCLD", "occitanie-2025", 996)


class TestPeers:
    def test_renewal_projects_of_the_nearest(self, graph: Graph) -> None:
        """occitanie-2025 l. 639 (Béziers) and l. 1688 (Toulouse) articulate an urban renewal project, Nîmes none."""
        rows = [r for r in gaps(graph, "nimes-2024", "peers") if r["dispositif"] == "PRU"]
        assert {(r["document"], r["start_line"]) for r in rows} == {("occitanie-2025", 639), ("occitanie-2025", 1688)}
        assert "2 des 5 contrats" in str(rows[0]["expected_because"]) and "4 types connus" in str(
            rows[0]["expected_because"]
        )

    def test_another_generation_is_no_peer(self, graph: Graph) -> None:
        """Alès 2015 has one contract of its generation beside it, Montpellier: the word of one alone is not enough."""
        assert gaps(graph, "ales-2015", "peers") == []
        for row in graph.answer("articulation-gaps", reference="peers").records():
            assert not str(row["evidence"]).startswith(("montpellier-2015", "montpellier-2016", "ales-2015"))

    def test_what_most_peers_have_and_it_has_too_is_no_gap(self, graph: Graph) -> None:
        assert gaps(graph, "clermont-2024", "peers") == []

    @given(TYPES, TYPES)
    def test_jaccard_is_symmetric_and_between_0_and_1(self, one: set[str], other: set[str]) -> None:
        assert jaccard(one, other) == jaccard(other, one)
        assert 0 <= jaccard(one, other) <= 1
        assert jaccard(one, one) == (1 if one else 0)

    @given(TYPES, TYPES, st.sampled_from("xyz"))
    def test_one_more_in_common_never_makes_less_alike(self, one: set[str], other: set[str], more: str) -> None:
        assert jaccard(one | {more}, other | {more}) >= jaccard(one, other)

    @given(CONTRACTS, st.data())
    def test_peers_are_others_in_order(self, types: dict[str, set[str]], data: st.DataObject) -> None:
        contract = data.draw(st.sampled_from(sorted(types)))
        found = peers(contract, types)
        assert contract not in {peer.contract for peer in found} and len(found) <= PEERS
        assert [peer.likeness for peer in found] == sorted((peer.likeness for peer in found), reverse=True)
        assert all(types[peer.contract] & types[contract] and peer.types == len(types[peer.contract]) for peer in found)
        for lack in lacks(types[contract], types, found):
            assert lack.type not in types[contract]
            assert len(lack.having) >= LEAST and len(lack.having) >= SHARE * lack.asked


class TestOthers:
    def test_the_health_contract_of_lodeve_and_montauban(self, graph: Graph) -> None:
        """occitanie-2025 l. 1194-1196: in Montauban the CLS makes the health component of the contract; l. 378: Nîmes."""
        rows = graph.answer("what-others-do", contract="clermont-2024", dispositif="dtype:cls").records()
        told = {(r["contract"], r["mode"], r["citation"]) for r in rows}
        assert ("montauban-2024", "volet", "Occitanie 2025, l. 1194-1196") in told
        assert ("nimes-2024", "governance", "Occitanie 2025, l. 378") in told
        assert "clermont-2024" not in names(rows, "contract") and names(rows) == {"CLS"}
        likeness = [float(str(r["likeness"])) for r in rows]
        assert likeness == sorted(likeness, reverse=True) and likeness[0] <= 1

    def test_an_objective_by_its_theme_and_words(self, graph: Graph) -> None:
        """clermont-2024 l. 422: objective « Renforcer le pouvoir d'agir … portées par des jeunes », in Éducation et jeunesse."""
        rows = graph.answer(
            "what-others-do", contract="clermont-2024", objective="objective:clermont-2024.p1.os1"
        ).records()
        assert rows
        assert all(r["contract"] != "clermont-2024" for r in rows)

    def test_the_amendment_is_no_other_for_its_contract(self, graph: Graph) -> None:
        rows = graph.answer("what-others-do", contract="montpellier-2016", theme="sante").records()
        assert not names(rows, "contract") & {"montpellier-2015", "montpellier-2016", "montpellier-2021"}


class TestRoles:
    def test_a_signature_of_the_framework_counts_for_its_amendment(self, graph: Graph) -> None:
        """montpellier-2016 l. 1381-1383, 1265, 332-334: State, Métropole, Ville, Région, Pôle emploi signed in 2015."""
        rows = graph.answer("role-gaps", contract="montpellier-2016").records()
        assert names(rows, "partner") == {"CCI de Montpellier", "CMA de l'Hérault"}  # l. 1293-1318
        assert all("contrat modifié" in str(row["expected_because"]) for row in rows)

    def test_nothing_is_concluded_where_nothing_was_read(self, graph: Graph) -> None:
        """ales-2015 prints no page of signatures, no commitment and no list of annexes."""
        assert graph.answer("role-gaps", contract="ales-2015").records() == []

    def test_each_gap_tells_why_and_where_one_looked(self, graph: Graph) -> None:
        """clermont-2024 l. 614: the DRAC, a service of the State; l. 875-876: a signature without an organisation; l. 131-142."""
        rows = graph.answer("role-gaps", contract="clermont-2024").records()
        assert all(row["expected_because"] and row["looked_at"] for row in rows)
        (drac,) = [r for r in rows if (r["partner"], r["has"], r["lacks"]) == ("DRAC Occitanie", "copil", "signature")]
        assert "préfet" in str(drac["expected_because"]) and "sans organisation" in str(drac["expected_because"])
        assert drac["looked_at"] == "11 signataires relevés"
        (cma,) = [
            r for r in rows if (r["partner"], r["lacks"], r["start_line"]) == ("CMA de l'Hérault", "annex-list", 933)
        ]
        assert cma["looked_at"] == "12 annexes annoncées au sommaire, l. 131-142"

    def test_blocks_tell_the_paragraph_and_keep_silent_on_what_was_not_read(self, graph: Graph) -> None:
        """montpellier-2016: 76 sheets are its actions; ales-2015 names no commitment of partners; albi-2024 is not read."""
        found = {(r["contract"], r["block"]): r for r in graph.answer("statutory-blocks").records()}
        assert found["montpellier-2016", "actions"]["present"] is True
        assert found["ales-2015", "moyens"]["present"] is False
        assert "engagements de partenaires" in str(found["ales-2015", "moyens"]["looked_at"])
        assert found["albi-2024", "actions"]["present"] is None and found["albi-2024", "actions"]["elements"] is None
        assert "article 6, IV" in str(found["clermont-2024", "objectifs"]["expected_because"])
