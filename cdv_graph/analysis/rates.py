"""Shares of few contracts, told honestly: the interval of a share, what is sure of it, what a stated one allows.

Every share is in percent, over a list of contracts that can be counted. Nothing here estimates what was not read.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from cdv_graph.errors import InputError

__all__ = ["Computed", "Stated", "bounds", "contracts_of", "is_whole", "verdict", "wilson"]

_ABOUT = 5  # points on either side of a share said in words: « près de la moitié », « un tiers »


def wilson(found: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of a share, in percent, to one decimal.

    It holds for contracts drawn at random from those that one wants to speak of. Contracts that happen to be published
    are no such sample: the interval is the least doubt that remains, not the most.

    Source: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », Journal of the
    American Statistical Association 22 (158), 1927, p. 209-212; without continuity correction, method 3 of R. G.
    Newcombe, « Two-sided confidence intervals for the single proportion », Statistics in Medicine 17, 1998, p. 857-872.

    Args:
        found: the contracts that have it.
        total: the contracts looked at.
        confidence: between 0 and 1.

    Returns:
        The lower and the upper end; 0 is the lower end where none has it, 100 the upper end where all have it.

    Raises:
        InputError: there is no contract, `found` is not between 0 and `total`, or `confidence` not between 0 and 1.

    Example:
        >>> wilson(1, 1), wilson(5, 10), wilson(0, 5)
        ((20.7, 100.0), (23.7, 76.3), (0.0, 43.4))
    """
    if not 0 <= found <= total or not total or not 0 < confidence < 1:
        raise InputError("rates.not-a-share", found=found, total=total, confidence=confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = found / total
    centre = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    low = 0.0 if found == 0 else (centre - half) / scale
    high = 1.0 if found == total else (centre + half) / scale
    return round(100 * low, 1), round(100 * high, 1)


def bounds(having: int, lacking: int, total: int) -> tuple[float, float]:
    """What is sure of a share over a list of which only some contracts are known: worst cases, in percent.

    No assumption is made on the contracts that are not known: none of them has it at one end, all of them at the other.

    Source: C. F. Manski, « Nonparametric bounds on treatment effects », American Economic Review 80 (2), 1990,
    p. 319-323.

    Args:
        having: contracts known to have it.
        lacking: contracts known to lack it.
        total: contracts of the whole list.

    Raises:
        InputError: more are known than there are.

    Example:
        >>> bounds(having=4, lacking=1, total=40)
        (10.0, 97.5)
    """
    if min(having, lacking) < 0 or not 0 < total >= having + lacking:
        raise InputError("rates.not-a-share", found=having + lacking, total=total, confidence=1)
    return 100 * having / total, 100 * (total - lacking) / total


def contracts_of(population: str | None) -> int | None:
    """How many contracts a stated population counts, where it is a number of contracts and nothing else.

    Example:
        >>> contracts_of("des 40 contrats"), contracts_of("des sites"), contracts_of("des 6 contrats dont un groupe …")
        (40, None, None)
    """
    found = re.fullmatch(r"(?:des )?(\d+) contrats(?: de ville)?", population or "")
    return int(found[1]) if found and int(found[1]) else None


def _printed(value: float) -> tuple[Fraction, Fraction]:
    """A printed number and the unit of its last digit."""
    exact = Decimal(str(value)).normalize()
    exponent = min(int(exact.as_tuple().exponent), 0)
    return Fraction(exact), Fraction(10) ** exponent


def _rounded_to(value: float) -> tuple[Fraction, Fraction]:
    """What a printed number may have been before it was rounded, or cut: the first included, the last not."""
    number, unit = _printed(value)
    return number - unit / 2, number + unit


def is_whole(percent: float, total: int) -> bool:
    """Whether some whole number of contracts gives a printed percentage, rounded or cut.

    Source: N. J. L. Brown and J. A. J. Heathers, « The GRIM test: a simple technique detects numerous anomalies in the
    reporting of results in psychology », Social Psychological and Personality Science 8 (4), 2017, p. 363-369.

    Example:
        >>> is_whole(57, 40), is_whole(97.5, 40), is_whole(54, 40)
        (True, True, False)
    """
    low, high = _rounded_to(percent)
    return any(low <= Fraction(100 * count, total) < high for count in range(total + 1))


@dataclass(frozen=True)
class Stated:
    """A share, or a number of contracts, as a document states it.

    Attributes:
        rate: in percent, or None where a count is stated.
        count: contracts, or None where a share is stated.
        most: the upper end of a stated range of shares.
        qualifier: `exact`, `about`, `more-than` or `less-than`.
        population: of what, in the words of the tables.
    """

    rate: float | None = None
    count: float | None = None
    most: float | None = None
    qualifier: str = "exact"
    population: str | None = None

    def allows(self) -> tuple[float, float] | None:
        """The shares that the statement allows, in percent; None where its population is not a number of contracts.

        A printed number may be rounded or cut; « environ », « la moitié », « un tiers » leave five points on each side.

        Example:
            >>> Stated(rate=50, qualifier="about", population="des 40 contrats").allows()
            (45.0, 55.0)
        """
        total = contracts_of(self.population)
        if total is None:
            return None
        if self.count is not None:
            first = last = Fraction(100) * _printed(self.count)[0] / total
        elif self.rate is not None:
            first, last = _rounded_to(self.rate)[0], _rounded_to(self.most or self.rate)[1]
        else:
            return None
        if self.qualifier == "about":
            number = self.rate if self.rate is not None else float(first)
            first, last = Fraction(number) - _ABOUT, Fraction(self.most or number) + _ABOUT
        low = 0.0 if self.qualifier == "less-than" else float(first)
        high = 100.0 if self.qualifier == "more-than" else float(last)
        return max(low, 0.0), min(high, 100.0)


@dataclass(frozen=True)
class Computed:
    """What the graph knows about one share over a population of contracts.

    Attributes:
        found: contracts read whole that have it.
        total: contracts read whole.
        uncertain: contracts read whole where it may be, though it is not read.
        named: other contracts of the population that a document says to have it.
    """

    found: int
    total: int
    uncertain: int = 0
    named: int = 0

    def interval(self) -> tuple[float, float] | None:
        """The interval of the share, what is uncertain left open on both sides; None where nothing was read.

        Example:
            >>> Computed(found=0, total=1).interval(), Computed(found=0, total=1, uncertain=1).interval()
            ((0.0, 79.3), (0.0, 100.0))
        """
        if not self.total:
            return None
        return wilson(self.found, self.total)[0], wilson(self.found + self.uncertain, self.total)[1]

    def sure(self, total: int) -> tuple[float, float]:
        """What is sure of the share over a population of `total` contracts."""
        lacking = self.total - self.found - self.uncertain
        return bounds(self.found + self.named, lacking, max(total, self.found + self.named + lacking))


def verdict(stated: Stated, computed: Computed) -> str:
    """Whether a stated share agrees with what the graph knows.

    Returns:
        `not-comparable`: its population is no number of contracts, or no contract was read whole that could speak for
        or against it. `contradicted`: it is impossible whatever the unknown contracts hold. `outside`: possible, but
        out of the interval of the contracts read. `compatible`: the rest.

    Example:
        >>> of_forty = Stated(rate=73, population="des 40 contrats")
        >>> verdict(of_forty, Computed(found=1, total=1)), verdict(of_forty, Computed(found=0, total=5))
        ('compatible', 'outside')
        >>> verdict(Stated(count=3, population="des 40 contrats"), Computed(found=1, total=1, named=3))
        'contradicted'
    """
    said, interval = stated.allows(), computed.interval()
    total = contracts_of(stated.population)
    if said is None or total is None:
        return "not-comparable"
    if not _meet(said, computed.sure(total)):
        return "contradicted"
    if interval in (None, (0.0, 100.0)):
        return "not-comparable"
    return "compatible" if interval and _meet(said, interval) else "outside"


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
