"""Comparison: rows checked by hand against the sources, and what must hold whatever is compared."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdv_graph.analysis.comparison.aspects import Held, Item, aspects
from cdv_graph.analysis.comparison.compare import COLUMNS, FOUND, Comparison, compare
from cdv_graph.analysis.comparison.sides import Side
from cdv_graph.errors import AmbiguousValueError, UnknownValueError
from cdv_graph.graph import Graph
from cdv_graph.namespaces import expand
from cdv_graph.query import select
from cdv_graph.query.result import Cell
from cdv_graph.resources import headed
from cdv_graph.store import EmbeddedStore

MIRROR = {"stronger-a": "stronger-b", "stronger-b": "stronger-a", "only-a": "only-b", "only-b": "only-a"}


def row(graph: Graph, a: str, b: str, aspect: str, item: str) -> Mapping[str, Cell]:
    (found,) = (one for one in graph.comparison(a, b, aspect=aspect).rows.records() if one["item"] == item)
    return found


class TestMontpellier:
    """2016 and 2021 (a call for projects: pilots, no associated partner, no commitment)."""

    a, b = "montpellier-2016", "montpellier-2021"

    def test_the_caf_pilots_as_often(self, graph: Graph) -> None:
        """2016: « PILOTES » of twelve sheets (l. 5329 … 7696); 2021: eleven rows (l. 32 … 85)."""
        found = row(graph, self.a, self.b, "pilots", "caf-herault")
        assert (found["found"], found["a"], found["b"]) == ("common", 12, 11)
        assert found["lines_b"] == [f"{self.b}:{n}-{n}" for n in (32, 33, 34, 36, 44, 48, 51, 53, 58, 84, 85)]
        assert (found["elements_a"], found["of_a"], found["elements_b"], found["of_b"]) == (12, 75, 11, 69)

    def test_a_pilot_of_2016_only(self, graph: Graph) -> None:
        """2016, l. 6839: the ARS and the Ville, helped by the CODES 34; no row of 2021 names it."""
        found = row(graph, self.a, self.b, "pilots", "codes-34")
        assert (found["found"], found["a"], found["b"]) == ("only-a", 1, None)
        assert (found["lines_a"], found["lines_b"]) == ([f"{self.a}:6839-6839"], [])

    def test_a_partner_that_changed_its_name_is_one(self, graph: Graph) -> None:
        """ARS: four sheets in 2016 (l. 6839, 6944, 7029, 7266), three in 2021 (l. 79, 80, 83)."""
        found = row(graph, self.a, self.b, "pilots", "ars-occitanie")
        assert (found["found"], found["a"], found["b"]) == ("common", 4, 3)
        items = graph.comparison(self.a, self.b, aspect="pilots").rows.column("item")
        assert "ars-languedoc-roussillon" not in items

    def test_a_dispositif_that_gained(self, graph: Graph) -> None:
        """CLSPD: the framework of one sheet's pilot in 2016 (l. 7197), the pilot itself in 2021 (l. 82)."""
        found = row(graph, self.a, self.b, "dispositifs", "clspd")
        assert (found["found"], found["a"], found["b"]) == ("stronger-b", "operational", "governance")
        assert (found["lines_a"], found["lines_b"]) == ([f"{self.a}:7197-7197"], [f"{self.b}:82-82"])

    def test_a_dispositif_that_2021_does_not_name(self, graph: Graph) -> None:
        """2016 names the free zones (l. 1593 …), 2021 never does."""
        found = row(graph, self.a, self.b, "dispositifs", "zfu-te")
        assert (found["found"], found["b"], found["elements_b"]) == ("only-a", None, 0)

    def test_levels_of_the_strategy(self, graph: Graph) -> None:
        """2016, l. 257: 76 sheets; 2021: 69 rows, eleven issues, no pillar."""
        assert (lambda r: (r["a"], r["b"]))(row(graph, self.a, self.b, "strategy", "sheet")) == (76, 69)
        assert row(graph, self.a, self.b, "strategy", "pillar")["found"] == "only-a"

    def test_what_2021_does_not_tell_is_not_known(self, graph: Graph) -> None:
        found = graph.comparison(self.a, self.b, aspect=("commitments", "associated-partners"))
        assert set(found.rows.column("found")) == {"not-known"}
        for told in found.summary("en").records():
            assert told["jaccard"] is None and "montpellier-2021" in str(told["note"])


class TestClermont:
    def test_bodies_of_ales_only(self, graph: Graph) -> None:
        """Alès, l. 814: citizens' councils; Clermont has none. Steering committee: Clermont l. 601, Alès l. 10."""
        found = row(graph, "clermont-2024", "ales-2015", "bodies", "citizen-council")
        assert found["found"] == "only-b" and "ales-2015:814-814" in found["lines_b"]  # type: ignore[operator]
        both = row(graph, "clermont-2024", "ales-2015", "bodies", "copil")
        assert both["found"] == "common"
        assert both["lines_a"][0] == "clermont-2024:601-601" and both["lines_b"][0] == "ales-2015:10-10"  # type: ignore[index]

    def test_the_security_council_of_clermont_only(self, graph: Graph) -> None:
        """Clermont, l. 1318 (intercommunal council); Alès names the communal one alone."""
        assert row(graph, "clermont-2024", "ales-2015", "dispositifs", "cispd")["found"] == "only-a"

    def test_the_region_states_two_rates_of_one_dispositif(self, graph: Graph) -> None:
        """Occitanie, l. 475: 73 %; l. 1585: 75 %. Clermont names the CTG at l. 343 and 593."""
        found = row(graph, "clermont-2024", "occitanie-2025", "dispositifs", "ctg")
        assert found["stated_b"] == ["73 % des 40 contrats", "75 % des 40 contrats"] and found["stated_a"] == []
        assert {"occitanie-2025:475-475", "occitanie-2025:1585-1585"} <= set(found["lines_b"])  # type: ignore[arg-type]
        assert {"clermont-2024:343-343", "clermont-2024:593-593"} <= set(found["lines_a"])  # type: ignore[arg-type]

    def test_three_contracts_rely_on_the_zero_unemployment_territory(self, graph: Graph) -> None:
        """Occitanie, l. 988: three contracts; Clermont, l. 1185."""
        found = row(graph, "clermont-2024", "occitanie-2025", "dispositifs", "tzcld")
        assert (found["contracts_a"], found["contracts_b"]) == (1, 3)
        assert found["lines_a"] == ["clermont-2024:1185-1185"]

    def test_the_fund_that_the_region_tells_of_alone(self, graph: Graph) -> None:
        """Occitanie, l. 643: 16 % announce a fund for inhabitants; Clermont names none."""
        found = row(graph, "clermont-2024", "occitanie-2025", "dispositifs", "fph")
        assert (found["found"], found["stated_b"]) == ("only-b", ["16 % des 40 contrats"])

    def test_a_signatory_of_both(self, graph: Graph) -> None:
        """Clermont, l. 882-884; Occitanie, l. 454."""
        found = row(graph, "clermont-2024", "occitanie-2025", "signatories", "caisse-des-depots")
        assert (found["found"], found["lines_a"]) == ("common", ["clermont-2024:882-884"])
        assert found["lines_b"] == ["occitanie-2025:454-454"]


class TestWhatIsNotKnown:
    def test_a_contract_known_through_the_region(self, graph: Graph) -> None:
        found = graph.comparison("ales-2015", "ales-2024", aspect="dispositifs")
        assert "only-a" not in found.rows.column("found") and "not-known" in found.rows.column("found")
        (told,) = found.summary("en").records()
        assert told["jaccard"] is None and "other documents" in str(told["note"])

    def test_a_theme_that_one_contract_does_not_use_is_not_known(self, graph: Graph) -> None:
        """With the themes of its strategy left out, nothing is only in Clermont."""
        bare = EmbeddedStore.memory()
        theme, ales = expand("cdv:theme"), expand("cdvg:ales-2015")
        bare.add(q for q in graph.store.quads() if (q.predicate.value, q.graph_name.value) != (theme, ales))
        found = Graph(bare).compare("clermont-2024", "ales-2015", aspect="strategy", theme="santé")["found"]
        assert set(found) == {"not-known"}
        assert set(graph.compare("clermont-2024", "ales-2015", aspect="strategy", theme="santé")["found"]) > {"common"}

    def test_a_theme_that_one_contract_uses_elsewhere_is_only_in_the_other(self, graph: Graph) -> None:
        found = graph.compare("clermont-2024", "ales-2015", aspect="dispositifs", theme="sante")
        assert {"only-a", "common"} <= set(found["found"]) <= set(FOUND) - {"not-known"}
        assert all("sante" in themes for themes in found["theme"])

    def test_counts_of_several_contracts_are_never_stronger(self, graph: Graph) -> None:
        found = graph.comparison("2015-2023", "2024-2030")
        stronger = {one["aspect"] for one in found.rows.records() if str(one["found"]).startswith("stronger")}
        assert stronger == {"dispositifs"}
        notes = " ".join(note.told("en") for note in found.rows.notes)
        assert "clermont-2024" in notes and "montpellier-2016" in notes


def test_jaccard_is_the_ratio_of_what_it_tells(graph: Graph) -> None:
    for told in graph.comparison("montpellier-2016", "montpellier-2021").summary().records():
        both, every = int(str(told["both"])), int(str(told["any"]))
        assert both == sum(int(str(told[one])) for one in ("common", "stronger_a", "stronger_b"))
        assert every == both + sum(int(str(told[one])) for one in ("only_a", "only_b", "not_known"))
        if told["jaccard"] is not None:
            assert told["jaccard"] == round(both / every, 3)


@pytest.mark.parametrize("name", ["clermont-2024", "ales-2024", "occitanie-2025", "2015-2023"])
def test_a_side_has_everything_in_common_with_itself(graph: Graph, name: str) -> None:
    assert set(graph.compare(name, name)["found"]) == {"common"}


@pytest.mark.parametrize(
    ("a", "b"), [("clermont-2024", "ales-2015"), ("clermont-2024", "occitanie-2025"), ("ales-2015", "ales-2024")]
)
def test_the_other_way_round_says_the_same(graph: Graph, a: str, b: str) -> None:
    def told(rows: list[dict[str, Cell]], sides: tuple[str, str]) -> set[tuple[str, ...]]:
        names = ("elements", "of", "contracts", "stated", "lines")
        columns = [name + "_" + side for name in names for side in sides]
        return {tuple(str(one[key]) for key in ("aspect", "item", *sides, *columns)) for one in rows}

    one, other = graph.comparison(a, b).rows.records(), graph.comparison(b, a).rows.records()
    assert told(one, ("a", "b")) == told(other, ("b", "a"))
    assert {(r["aspect"], r["item"], r["found"]) for r in one} == {
        (r["aspect"], r["item"], MIRROR.get(str(r["found"]), r["found"])) for r in other
    }


@pytest.mark.parametrize("name", ["clermont-2025", "nowhere"])
def test_an_unknown_side_is_told_with_the_nearest(graph: Graph, name: str) -> None:
    with pytest.raises(UnknownValueError) as told:
        graph.compare(name, "ales-2015")
    assert told.value.value == name
    assert name != "clermont-2025" or "clermont-2024" in told.value.candidates


def test_a_name_of_several_contracts_is_not_guessed(graph: Graph) -> None:
    with pytest.raises(AmbiguousValueError, match="montpellier-2016"):
        graph.compare("Montpellier", "ales-2015")


def test_an_unknown_aspect_is_told_with_all(graph: Graph) -> None:
    with pytest.raises(UnknownValueError, match="dispositifs, themes"):
        graph.compare("clermont-2024", "ales-2015", aspect="dispositif")


def test_every_aspect_answers_somewhere(graph: Graph) -> None:
    found = graph.comparison("clermont-2024", "montpellier-2016")
    assert set(found.rows.column("aspect")) == set(aspects())


@pytest.mark.parametrize("file", sorted({aspect.file for aspect in aspects().values()}))
def test_queries_run_as_they_stand_in_any_tool(graph: Graph, file: str) -> None:
    _, sparql = headed("queries", f"comparison/{file}")
    found = select(graph.store, sparql)
    assert set(found.column("aspect")) == {one.name for one in aspects().values() if one.file == file}
    assert set(found.column("side")) == {None}


items = st.builds(
    Item,
    mode=st.sampled_from(["", "mention", "volet", "absent"]),
    strength=st.integers(0, 3),
    elements=st.sets(st.sampled_from("abcdefgh"), min_size=1),
)
helds = st.builds(Held, items=st.dictionaries(st.sampled_from("uvwxyz"), items), read=st.booleans())


def compared(one: Held, other: Held, aspect: str) -> Comparison:
    sides = [Side(name, (), (), {}) for name in ("a", "b")]
    return compare(*sides, found={aspect: [one, other]})


@settings(deadline=None)
@given(helds, helds, st.sampled_from(["dispositifs", "pilots", "bodies"]))
def test_every_item_is_found_once_and_never_absent_where_nothing_was_read(one: Held, other: Held, aspect: str) -> None:
    found = compared(one, other, aspect).rows.records()
    present = {key for held in (one, other) for key, item in held.items.items() if item.present}
    assert sorted(str(r["item"]) for r in found) == sorted(present)
    for r in found:
        assert set(r) == set(COLUMNS) and r["found"] in FOUND
        assert one.read or r["found"] != "only-b"
        assert other.read or r["found"] != "only-a"


def test_a_share_is_stronger_only_beyond_chance() -> None:
    """Wilson at 95 %: 9 of 10 is 0.596-0.982, 1 of 10 is 0.018-0.404, 6 of 10 is 0.313-0.832."""
    sides = [Side(name, (ox.NamedNode("urn:contract"),), (), {}) for name in ("a", "b")]

    def held(count: int) -> Held:
        every = {str(n) for n in range(10)}
        return Held({"x": Item(elements={str(n) for n in range(count)}), "rest": Item(elements=every)}, True)

    def found(one: int, other: int) -> str:
        rows = compare(*sides, found={"pilots": [held(one), held(other)]}).rows.records()
        return next(str(r["found"]) for r in rows if r["item"] == "x")

    assert (found(9, 1), found(1, 9), found(9, 6), found(6, 1)) == ("stronger-a", "stronger-b", "common", "common")
