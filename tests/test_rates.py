"""Shares of few contracts: intervals, what is sure, what a stated share allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.analysis.rates import Computed, Stated, bounds, contracts_of, is_whole, verdict, wilson
from cdv_graph.errors import InputError

OF_FORTY = "des 40 contrats"
shares = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


class TestWilson:
    @pytest.mark.parametrize(
        ("found", "total", "low", "high"),
        [
            # R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3 (score, no continuity correction)
            (81, 263, 25.53, 36.62),
            (15, 148, 6.24, 16.05),
            (0, 20, 0.00, 16.11),
            (1, 29, 0.61, 17.18),
        ],
    )
    def test_published_values(self, found: int, total: int, low: float, high: float) -> None:
        assert wilson(found, total) == pytest.approx((low, high), abs=0.055)  # ours to one decimal, theirs to two

    @pytest.mark.parametrize(
        ("found", "total", "ends"),
        [
            # by hand, z² = 3.8415: at 0 of n the upper end is z² / (n + z²); at n of n the lower one is n / (n + z²)
            (0, 1, (0.0, 79.3)),
            (1, 1, (20.7, 100.0)),
            (0, 5, (0.0, 43.4)),
            (5, 5, (56.6, 100.0)),
            # at half, 50 ± 50 · z / √(n + z²): 1.96 / √13.8415 = 0.5268
            (5, 10, (23.7, 76.3)),
        ],
    )
    def test_values_by_hand(self, found: int, total: int, ends: tuple[float, float]) -> None:
        assert wilson(found, total) == ends

    @given(shares)
    def test_it_holds_the_share_within_0_and_100(self, share: tuple[int, int]) -> None:
        found, total = share
        low, high = wilson(found, total)
        assert 0 <= low <= round(100 * found / total, 1) <= high <= 100
        assert low < high

    @given(shares, st.integers(2, 9))
    def test_it_narrows_as_contracts_come_in(self, share: tuple[int, int], times: int) -> None:
        found, total = share
        low, high = wilson(found, total)
        closer_low, closer_high = wilson(times * found, times * total)
        assert closer_high - closer_low <= high - low

    @given(shares)
    def test_having_and_lacking_mirror_each_other(self, share: tuple[int, int]) -> None:
        found, total = share
        low, high = wilson(found, total)
        assert wilson(total - found, total) == pytest.approx((100 - high, 100 - low), abs=0.1)

    def test_a_wider_confidence_is_a_wider_interval(self) -> None:
        assert wilson(2, 3, 0.99)[0] < wilson(2, 3)[0] < wilson(2, 3, 0.8)[0]

    @pytest.mark.parametrize(("found", "total", "confidence"), [(1, 0, 0.95), (3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
    def test_what_is_no_share_is_an_error(self, found: int, total: int, confidence: float) -> None:
        with pytest.raises(InputError, match=f"{found} of {total}"):
            wilson(found, total, confidence)


class TestStated:
    @pytest.mark.parametrize(
        ("percent", "total", "whole"),
        [
            (73, 40, True),  # 29 of 40 is 72.5, rounded
            (57, 40, True),  # 23 of 40 is 57.5, cut
            (97.5, 40, True),
            (54, 40, False),  # 21 of 40 is 52.5, 22 is 55
            (61, 40, False),
            (36, 40, False),
            (54, 37, True),  # 20 of 37 is 54.05
            (33.3, 3, True),
            (33.3, 40, False),  # 13 of 40 is 32.5
        ],
    )
    def test_a_percentage_is_of_whole_contracts(self, percent: float, total: int, whole: bool) -> None:
        assert is_whole(percent, total) is whole

    @given(shares)
    def test_every_share_of_whole_contracts_is_one(self, share: tuple[int, int]) -> None:
        found, total = share
        assert is_whole(round(100 * found / total), total)
        assert is_whole(100 * found // total, total)

    @pytest.mark.parametrize(
        ("population", "contracts"),
        [
            *(
                (OF_FORTY, 40),
                ("40 contrats de ville", 40),
                ("des sites", None),
                (None, None),
                ("des 0 contrats", None),
            ),
            ("des contrats de ville dont le territoire possède un PRE", None),
            ("des 6 contrats dont un groupe inclut la culture", None),
        ],
    )
    def test_only_a_number_of_contracts_is_a_population(self, population: str | None, contracts: int | None) -> None:
        assert contracts_of(population) == contracts

    @pytest.mark.parametrize(
        ("stated", "allowed"),
        [
            (Stated(rate=73, population=OF_FORTY), (72.5, 74)),
            (Stated(rate=57.5, population=OF_FORTY), (57.45, 57.6)),
            (Stated(rate=40, most=60, population=OF_FORTY), (39.5, 61)),
            (Stated(rate=50, qualifier="about", population=OF_FORTY), (45, 55)),  # « la moitié »
            (Stated(rate=50, qualifier="less-than", population=OF_FORTY), (0, 51)),  # « près de la moitié »
            (Stated(rate=50, qualifier="more-than", population=OF_FORTY), (49.5, 100)),  # « la majorité »
            (Stated(count=3, population=OF_FORTY), (7.5, 7.5)),
            (Stated(rate=100, population=OF_FORTY), (99.5, 100)),
            (Stated(rate=80, population="des contrats de ville dont le territoire possède un PRE"), None),
            (Stated(count=5), None),
        ],
    )
    def test_what_a_statement_allows(self, stated: Stated, allowed: tuple[float, float] | None) -> None:
        assert stated.allows() == (pytest.approx(allowed) if allowed else None)


class TestAgreement:
    def test_what_is_sure_needs_no_sample(self) -> None:
        """4 of 40 have it, 1 lacks it: from 10 % to 97.5 %."""
        assert bounds(having=4, lacking=1, total=40) == (10, 97.5)
        with pytest.raises(InputError):
            bounds(having=30, lacking=11, total=40)

    @given(shares, st.data())
    def test_what_is_sure_holds_the_truth(self, share: tuple[int, int], data: st.DataObject) -> None:
        truth, total = share
        having, lacking = data.draw(st.integers(0, truth)), data.draw(st.integers(0, total - truth))
        low, high = bounds(having, lacking, total)
        assert low <= 100 * truth / total <= high

    @given(shares, st.data())
    def test_a_true_statement_is_never_contradicted(self, share: tuple[int, int], data: st.DataObject) -> None:
        truth, total = share
        found, named = data.draw(st.integers(0, truth)), data.draw(st.integers(0, truth))
        named = min(named, truth - found)
        read = found + data.draw(st.integers(0, total - truth))
        stated = Stated(count=truth, population=f"des {total} contrats")
        assert verdict(stated, Computed(found, read, named=named)) != "contradicted"

    @pytest.mark.parametrize(
        ("computed", "told"),
        [
            (Computed(1, 1), "compatible"),
            (Computed(0, 0), "not-comparable"),
            (Computed(0, 1, uncertain=1), "not-comparable"),  # it may have signed: nothing speaks against it
            (Computed(0, 5), "outside"),  # 0 to 43 %, yet 73 % of 40 remain possible
            (Computed(0, 12), "contradicted"),  # at most 28 of 40
            (Computed(1, 1, named=30), "contradicted"),  # at least 31 of 40
        ],
    )
    def test_seventy_three_percent_of_forty(self, computed: Computed, told: str) -> None:
        assert verdict(Stated(rate=73, population=OF_FORTY), computed) == told

    def test_another_population_is_not_compared(self) -> None:
        assert verdict(Stated(rate=80, population="des sites"), Computed(0, 5)) == "not-comparable"
