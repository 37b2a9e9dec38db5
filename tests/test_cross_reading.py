"""Rates of the named questions and the cross-reading recomputed, checked by hand against the sources.

Lines are those of the document named; stated rates are those of the cross-reading of Occitanie (`occitanie-2025`).
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

import cdv_graph.report
from cdv_graph.graph import Graph
from cdv_graph.messages import LANGUAGES
from cdv_graph.namespaces import PREFIXES, expand
from cdv_graph.query import Cell, Result, write_result
from cdv_graph.report import CrossReading, Line, cross_reading, document, write_document
from cdv_graph.report.write import Document, Heading, Items, Paragraph, Table
from cdv_graph.store import EmbeddedStore

READ = ["ales-2015", "clermont-2024", "montpellier-2016"]
Row = dict[str, Cell]


def rows(graph: Graph, name: str, **given: str) -> list[Row]:
    return graph.answer(name, **given).records()


def about(found: list[Row], column: str, value: str) -> list[Row]:
    return [row for row in found if row[column] == value]


class TestArticulationRates:
    def test_a_dispositif_of_one_contract_of_three(self, graph: Graph) -> None:
        """clermont-2024 l. 315, 343, 593: the CTG; neither Alès nor the amendment of Montpellier has the word.

        Stated: 73 % (l. 475) and 75 % (l. 1585) of the 40 contracts. 1 of 3, Wilson: 6.1 to 79.2 %.
        """
        found = about(rows(graph, "articulation-rates"), "dispositif", "CTG")
        assert [(row["stated_rate"], row["start_line"]) for row in found] == [(73, 475), (75, 1585)]
        for row in found:
            assert (row["contracts"], row["total"], row["rate"], row["low"], row["high"]) == (1, 3, 33.3, 6.1, 79.2)
            assert (row["contract_list"], row["total_list"]) == (["clermont-2024"], READ)
            assert row["stated_population"] == "des 40 contrats"

    def test_a_dispositif_of_all_three(self, graph: Graph) -> None:
        """ales-2015 l. 334; clermont-2024 l. 434, 1197; montpellier-2016 l. 964: the PRE. 3 of 3: 43.9 to 100 %.

        Stated: 63 % of the 40 (l. 480), and 80 % of those whose territory has one (l. 1462), another population.
        """
        found = about(rows(graph, "articulation-rates"), "dispositif", "PRE")
        assert {(row["contracts"], row["total"], row["low"], row["high"]) for row in found} == {(3, 3, 43.9, 100)}
        assert [(row["stated_rate"], row["stated_population"], row["start_line"]) for row in found] == [
            (63, "des 40 contrats", 480),
            (80, "des contrats de ville dont le territoire possède un PRE", 1462),
        ]

    def test_contracts_that_are_only_named_are_apart(self, graph: Graph) -> None:
        """l. 376 Nîmes, 1190 Pamiers, 1196 Montauban, 1200 Lodève, 1620 Bédarieux: a CLS; named, so at least so many."""
        given = {"generation": "2024-2030", "territory": "Occitanie"}
        row = about(rows(graph, "articulation-rates", population="named", **given), "dispositif", "CLS")[0]
        assert row["contract_list"] == [
            *("bedarieux-2024", "lodeve-2024", "montauban-2024", "nimes-2024", "pamiers-2024"),
        ]
        assert row["total"] == 22 and row["uncertain"] == 17 and row["high"] == 100
        (read,) = {
            str(row["contract_list"]) for row in about(rows(graph, "articulation-rates", **given), "dispositif", "CLS")
        }
        assert read == "['clermont-2024']"
        both = about(rows(graph, "articulation-rates", population="all", **given), "dispositif", "CLS")[0]
        assert (both["contracts"], both["total"]) == (6, 23)

    def test_a_rate_of_a_theme_is_computed_on_it(self, graph: Graph) -> None:
        """PEDT: 42 % (l. 478), on health under 10 % (l. 1176); in the contracts it stands on education alone."""
        health = about(rows(graph, "articulation-rates", theme="sante"), "dispositif", "PEDT")
        assert [
            (row["stated_rate"], row["stated_qualifier"], row["stated_theme"], row["contracts"]) for row in health
        ] == [(10, "less-than", "sante", 0)]
        school = about(rows(graph, "articulation-rates", theme="education-jeunesse"), "dispositif", "PEDT")
        assert [(row["stated_rate"], row["contracts"]) for row in school] == [(42, 3)]

    def test_numbers_of_contracts_are_not_rates(self, graph: Graph) -> None:
        """l. 988: three contracts lean on TZCLD; l. 1152: one alone on the PTSM."""
        found = rows(graph, "articulation-rates")
        told = {row["dispositif"]: (row["stated_rate"], row["stated_count"], row["start_line"]) for row in found}
        assert told["TZCLD"] == (None, 3, 988) and told["PTSM"] == (None, 1, 1152)

    @pytest.mark.parametrize("population", ["read", "named", "all"])
    @pytest.mark.parametrize("name", ["articulation-rates", "signature-rates"])
    def test_every_rate_has_its_numerator_denominator_and_lists(self, graph: Graph, name: str, population: str) -> None:
        for row in rows(graph, name, population=population):
            listed, total = row["contract_list"], row["total_list"]
            assert isinstance(listed, list) and isinstance(total, list)
            assert len(total) == row["total"] and set(listed) <= set(total)
            if row["contracts"] is None:
                assert (row["rate"], row["low"], row["uncertain"]) == (None, None, None)
                continue
            assert len(listed) == row["contracts"]
            assert row["rate"] == round(100 * len(listed) / len(total), 1)
            assert row["low"] <= row["rate"] <= row["high"]  # type: ignore[operator]

    def test_nothing_counted_is_no_rate(self, graph: Graph) -> None:
        answer = graph.answer("articulation-rates", generation="2015-2023", territory="Tarn")
        assert {(row["total"], row["rate"], row["low"]) for row in answer.records()} == {(0, None, None)}
        assert "nothing is computed" in " ".join(answer.told("en"))


class TestSignatureRates:
    def test_who_signed_the_one_list_that_is_printed(self, graph: Graph) -> None:
        """clermont-2024 l. 821-908: commune, State, département, région, Pays, CAF, EPCI, Banque des Territoires, CCI, CMA,
        Hérault Logement; one function without organisation (l. 875)."""
        found = rows(graph, "signature-rates")
        assert {str(row["total_list"]) for row in found} == {"['clermont-2024']"}
        assert {row["category"] for row in found if row["contracts"]} == {
            *("commune", "etat", "departement", "region", "pays-petr", "caf", "epci", "caisse-des-depots"),
            *("chambre-consulaire", "bailleur-social"),
        }
        assert {(row["rate"], row["low"], row["high"]) for row in found if row["contracts"]} == {(100, 20.7, 100)}

    def test_a_signature_without_organisation_leaves_the_others_open(self, graph: Graph) -> None:
        """l. 875: « Directrice Régionale Occitanie Est », of what is not printed; l. 456, 1130: the ARS, about 50 %."""
        ars = about(rows(graph, "signature-rates"), "category", "ars")
        assert [(row["contracts"], row["uncertain"], row["low"], row["high"]) for row in ars] == [(0, 1, 0, 100)] * 2
        assert [(row["stated_rate"], row["stated_qualifier"], row["start_line"]) for row in ars] == [
            (50, "about", 456),
            (50, "about", 1130),
        ]

    def test_what_is_stated_of_a_group_is_beside_its_category(self, graph: Graph) -> None:
        """l. 454: missions locales 45 %, chambres consulaires half, France Travail 95 %; l. 462: bailleurs 92 %, l. 1783: 92.5 %."""
        stated = [
            (row["category"], row["stated_rate"], row["start_line"])
            for row in rows(graph, "signature-rates")
            if row["category"] in ("mission-locale", "chambre-consulaire", "france-travail", "bailleur-social")
            and row["stated_rate"] is not None
        ]
        assert sorted(stated, key=str) == [
            ("bailleur-social", 92, 462),
            ("bailleur-social", 92.5, 1783),
            ("chambre-consulaire", 50, 454),
            ("france-travail", 95, 454),
            ("mission-locale", 45, 454),
        ]

    def test_a_partner_that_is_not_its_category_has_its_own_row(self, graph: Graph) -> None:
        """l. 460: DRAC 5 %; l. 454: five contracts for the chamber of agriculture, which is not all chambers; l. 2244: one DRDFE."""
        found = {row["partner"]: row for row in rows(graph, "signature-rates")}
        assert found["DRAC Occitanie"]["stated_rate"] == 5 and found["DRAC Occitanie"]["contracts"] == 0
        farm = found["Chambres d'agriculture"]
        assert (farm["stated_count"], farm["stated_population"], farm["contracts"]) == (5, None, 0)
        assert found["Direction régionale aux droits des femmes et à l'égalité"]["stated_count"] == 1

    def test_a_group_that_nothing_identifies_is_not_counted(self, graph: Graph) -> None:
        """l. 1580: 97.5 % signed by one of CAF, CARSAT, CPAM, MSA, France Travail …: no partner, no numerator."""
        (row,) = [row for row in rows(graph, "signature-rates") if row["stated_rate"] == 97.5]
        assert (row["contracts"], row["rate"], row["low"], row["start_line"]) == (None, None, None, 1580)

    def test_lists_known_in_part_are_apart(self, graph: Graph) -> None:
        """l. 364: Airbus signs at Toulouse; montpellier-2016 l. 1328-1342: ADOMA joins, the other signatures are elsewhere."""
        named = rows(graph, "signature-rates", population="named")
        assert {str(row["total_list"]) for row in named} == {
            str(["mende-2024", "montpellier-2015", "montpellier-2016", "toulouse-2024"])
        }
        assert about(named, "category", "entreprise")[0]["contract_list"] == ["toulouse-2024"]
        assert about(named, "category", "bailleur-social")[0]["contract_list"] == [
            "montpellier-2015",
            "montpellier-2016",
        ]
        assert {row["high"] for row in named if row["contracts"] is not None} == {100}

    def test_one_category(self, graph: Graph) -> None:
        assert {row["category"] for row in rows(graph, "signature-rates", category="CAF")} == {"caf"}
        (state,) = rows(graph, "signature-rates", category="etat", document="clermont-2024")
        assert (state["partner"], state["contracts"]) == ("État", 1)


class TestOtherShares:
    def test_a_stated_share_has_its_population(self, graph: Graph) -> None:
        """l. 893: a focus on seniors in 10 % of the 40 contracts; l. 885: women in more than 20 %."""
        found = {
            (row["public"], row["start_line"]): row for row in rows(graph, "target-groups", document="occitanie-2025")
        }
        old, women = found["personnes-agees", 893], found["femmes", 885]
        assert (old["stated_share"], old["stated_population"], old["stated_measure"]) == (
            10,
            "des 40 contrats",
            "focus-rate",
        )
        assert (women["stated_share"], women["stated_qualifier"]) == (20, "more-than")

    def test_percentages_that_cannot_be_of_forty_are_told(self, graph: Graph) -> None:
        """l. 477: 54 % of 40 would be 21.6 contracts; 57 % (l. 476) is 23 of 40, cut."""
        told = " ".join(graph.answer("statistics", document="occitanie-2025").told("fr"))
        assert "54 % de 40 (occitanie-2025, l. 477)" in told and "l. 476)" not in told

    def test_percentages_without_population_are_told(self, graph: Graph) -> None:
        """clermont-2024 l. 1625: a loan at zero; l. 1726: « 100% digital »."""
        assert graph.answer("statistics", document="clermont-2024").told("fr") == [
            "Pourcentages dont la source n'énonce pas la population : 2."
        ]


@pytest.fixture(scope="module")
def altered(store: EmbeddedStore) -> Graph:
    """The shipped graph where Clermont's CTG is said to be absent, and a range is stated of a dispositif of nobody."""
    figure, passage, reading = (
        expand(f"{kind}:{name}")
        for kind, name in (
            ("figure", "occitanie-2025.fourchette"),
            ("passage", "occitanie-2025.10"),
            ("reading", "fourchette"),
        )
    )
    facts = f"""
        <{figure}> a cdv:StatisticalStatement ; cdv:about dtype:mildeca ; cdv:measure "articulation-rate" ;
            cdv:unit unit:percent ; cdv:qualifier qualifier:exact ; cdv:value 40.0 ; cdv:maxValue 60.0 ;
            cdv:population "des 40 contrats"@fr ; cdv:theme theme:securite .
        <{reading}> cdv:subject <{figure}> ; cdv:property cdv:value ; cdv:statedIn <{passage}> .
        <{passage}> cdv:document document:occitanie-2025 ; cdv:startLine 10 ; cdv:endLine 10 .
    """
    prefixes = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    added = [quad.triple for quad in ox.parse(prefixes + facts, format=ox.RdfFormat.TURTLE)]
    ctg = ox.NamedNode(expand("dtype:ctg"))
    of_ctg = {
        quad.subject
        for quad in store.quads()
        if quad.predicate.value == expand("cdv:dispositifType")
        and quad.object == ctg
        and "clermont" in str(quad.subject)
    }
    assert of_ctg
    status, absent = ox.NamedNode(expand("cdv:status")), ox.NamedNode(expand("status:absent"))
    changed = EmbeddedStore.memory()
    changed.add(
        ox.Quad(quad.subject, status, absent, quad.graph_name)
        if quad.predicate == status and quad.subject in of_ctg
        else quad
        for quad in store.quads()
    )
    changed.add(ox.Quad(*triple, ox.NamedNode(expand("cdvg:occitanie-2025"))) for triple in added)
    return Graph(changed)


class TestTraps:
    def test_an_absent_articulation_is_none(self, altered: Graph) -> None:
        found = about(rows(altered, "articulation-rates"), "dispositif", "CTG")
        assert {(row["contracts"], row["total"]) for row in found} == {(0, 3)}

    def test_a_range_keeps_both_ends(self, altered: Graph) -> None:
        found = [row for row in rows(altered, "articulation-rates") if row["start_line"] == 10]
        assert [(row["dispositif"], row["stated_rate"], row["stated_max"]) for row in found] == [("MILDECA", 40, 60)]
        line = next(
            line for line in cross_reading(altered.store).dispositifs if line.source == ("occitanie-2025", 10, 10)
        )
        assert line.stated and line.stated.allows() == (39.5, 61)
        assert "de 40 % à 60 %" in write_document(document(cross_reading(altered.store)), "md").decode()


class TestNotes:
    def test_they_say_what_the_rates_are_over(self, graph: Graph) -> None:
        """Three contracts read whole; 23 more are named; 54, 56, 61 and 16 % make no whole number of 40 contracts."""
        notes = graph.answer("articulation-rates").told("fr")
        assert notes[0] == "Lus en entier, et comptés : 3 (ales-2015, clermont-2024, montpellier-2016)."
        assert any(note.startswith("Non comptés : 23 contrats") for note in notes)
        assert "54 % de 40 (occitanie-2025, l. 477) ; 56 % de 40 (occitanie-2025, l. 480)" in notes[-1]

    def test_they_go_with_the_frame_and_not_with_the_json(self, graph: Graph) -> None:
        frame = graph.articulation_rates()
        assert set(frame.attrs["notes"]) == set(LANGUAGES)
        assert frame.attrs["notes"]["en"][0].startswith("Read whole, and counted: 3")
        answer = graph.answer("articulation-rates")
        assert json.loads(write_result(answer, "json")) == json.loads(json.dumps(answer.records()))
        assert graph.query("contracts").attrs == {}

    def test_markdown_and_a_workbook_carry_them(self, graph: Graph, tmp_path: Path) -> None:
        answer = graph.answer("signature-rates")
        assert (
            "> Contracts whose document prints the signatures, and counted: 1"
            in write_result(answer, "md", lang="en").decode()
        )
        place = tmp_path / "rates.xlsx"
        place.write_bytes(write_result(answer, "xlsx"))
        book = pytest.importorskip("openpyxl").load_workbook(place)
        assert book.sheetnames[1] == "notes"
        assert [cell.value for (cell,) in book["notes"].iter_rows()] == answer.told("fr")
        assert "notes" not in write_result(answer, "csv").decode()

    def test_a_result_without_notes_has_none(self) -> None:
        assert Result(("a",), [["b"]]).told("fr") == []
        assert write_result(Result(("a",), [["b"]]), "md").decode() == "| a |\n| --- |\n| b |\n"


@pytest.fixture(scope="module")
def reading(store: EmbeddedStore) -> CrossReading:
    return cross_reading(store)


def line_of(lines: tuple[Line, ...], name: str, first: int) -> Line:
    (found,) = [line for line in lines if line.name == name and line.source and line.source[1] == first]
    return found


class _Words(HTMLParser):
    """The text of a page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [str(value) for name, value in attrs if name in ("src", "href")]


class TestCrossReading:
    def test_over_which_contracts(self, reading: CrossReading) -> None:
        """Of the 40, one is read whole; two more are read whole and are of the generation before."""
        assert reading.read == ("clermont-2024",) and reading.other == ("ales-2015", "montpellier-2016")
        assert len(reading.named) == 22 and "agde-2024" in reading.silent and reading.population == 40
        assert reading.signed == ("clermont-2024",) and reading.partly_signed == ("mende-2024", "toulouse-2024")

    def test_a_number_that_what_is_read_contradicts(self, reading: CrossReading) -> None:
        """l. 988 three contracts lean on TZCLD: Lodève (988), Montpellier (996), Saint-Girons (1000); but also Clermont,
        whose département commits to it (clermont-2024 l. 1185)."""
        line = line_of(reading.dispositifs, "TZCLD", 988)
        assert line.found == ("clermont-2024",)
        assert line.named == ("lodeve-2024", "montpellier-2024", "saint-girons-2024")
        assert line.verdict() == "contradicted" and line.computed.sure(40) == (10, 100)
        assert [one.name for one in reading.stated if one.verdict() == "contradicted"] == ["TZCLD"]

    @pytest.mark.parametrize(
        ("name", "first", "verdict", "why"),
        [
            ("CTG", 475, "compatible", ""),
            ("CTG", 1585, "compatible", ""),
            ("PRE", 1462, "not-comparable", "population"),
            ("CLS", 1156, "not-comparable", "population"),
            ("budget-participatif", 658, "not-comparable", "population"),
            ("projet-de-territoire", 1317, "outside", ""),  # 15 %; the interval of 1 of 1 begins at 20.7 %
            ("PEDT", 1176, "compatible", ""),  # under 10 %, on health, where Clermont's is not
            ("Agence régionale de santé", 1130, "not-comparable", "open"),
            ("Acteurs de l’accès aux droits", 1580, "not-comparable", "group"),
            ("Chambre consulaire", 454, "compatible", ""),
        ],
    )
    def test_agreement(self, reading: CrossReading, name: str, first: int, verdict: str, why: str) -> None:
        line = line_of(reading.dispositifs + reading.partners, name, first)
        assert (line.verdict(), line.why()) == (verdict, why)

    def test_what_the_document_says_twice(self, reading: CrossReading) -> None:
        """CTG 73 % (l. 475) and 75 % (l. 1585); CISPD and CLSPD 80 % (l. 474) and 82 % (l. 1940)."""
        pairs = {(row["line_a"], row["line_b"]) for row in reading.conflicts}
        assert {(475, 1585), (474, 1940), (462, 1783), (477, 1586)} <= pairs
        assert (222, 238) not in pairs  # the share of the population in QPV is no rate of contracts

    def test_rates_of_other_things_are_told_and_left(self, reading: CrossReading) -> None:
        """l. 452, 456, 458, …: partners that contracts mention; nothing here computes it."""
        assert reading.beyond["mention-rate"] > 3 and "articulation-rate" not in reading.beyond

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_both_formats_say_the_same(self, reading: CrossReading, lang: str) -> None:
        made = document(reading, lang)
        page = _Words()
        page.feed(write_document(made, "html").decode())
        text = write_document(made, "md").decode().replace("\\", "")
        assert page.fetched == []
        for block in made.blocks:
            said = (
                [block.text]
                if isinstance(block, Heading | Paragraph)
                else block.texts
                if isinstance(block, Items)
                else [cell for row in (block.columns, *block.rows) for cell in row]
            )
            for words in said:
                assert words in text and words in page.words

    def test_it_says_in_words_what_may_not_be_concluded(self, reading: CrossReading) -> None:
        text = write_document(document(reading), "md").decode()
        assert "portent sur 40 contrats ; lus en entier parmi eux : 1." in text
        assert "73 %" in text and "Territoire zéro chômeur de longue durée (TZCLD), énoncé 3 contrats" in text

    def test_stated_and_computed_are_in_their_own_columns(self, reading: CrossReading) -> None:
        for block in document(reading).blocks:
            if isinstance(block, Table) and "Énoncé" in block.columns:
                stated, computed = block.columns.index("Énoncé"), block.columns.index("Calculé")
                assert all(" sur " not in row[stated] for row in block.rows)
                assert all(row[computed] == "–" or " sur 1, " in row[computed] for row in block.rows)

    def test_rates_of_one_generation_say_nothing_of_another(self, store: EmbeddedStore) -> None:
        """The document reads the contracts of 2024-2030; Alès and Montpellier, read whole, are of 2015-2023."""
        earlier = cross_reading(store, generation="2015-2023")
        assert earlier.read == ("ales-2015", "montpellier-2016") and earlier.signed == ()
        assert {line.why() for line in earlier.stated} == {"elsewhere", "group"}
        assert "autre génération" in write_document(document(earlier), "md").decode()

    def test_rates_of_a_region_say_nothing_of_a_department(self, store: EmbeddedStore) -> None:
        """Lodève and Clermont, in the Hérault, are no sample of the region."""
        within = cross_reading(store, territory="Hérault")
        assert within.read == ("clermont-2024",) and "lodeve-2024" in within.named and "nimes-2024" not in within.named
        assert {line.why() for line in within.dispositifs} == {"elsewhere"}

    def test_markup_in_names_stays_text(self) -> None:
        made = Document("a <b>", "fr", (Table(("x",), (("1 | 2 <script>",),)),))
        assert (
            "<script>" not in write_document(made, "html").decode()
            and "a &lt;b&gt;" in write_document(made, "html").decode()
        )
        assert "1 \\| 2 \\<script\\>" in write_document(made, "md").decode()

    def test_words_are_in_both_languages(self) -> None:
        words = yaml.safe_load((Path(cdv_graph.report.__file__).with_name("words.yaml")).read_text("utf-8"))
        flat = [one for said in words.values() for one in ([said] if "fr" in said else said.values())]
        assert flat and all(tuple(one) == LANGUAGES for one in flat)
