"""Which contracts are like a given one, and what most of them articulate that it does not.

Contracts are compared by the sets of dispositif types that they articulate (Jaccard, « Étude comparative de la
distribution florale », Bulletin de la Société vaudoise des sciences naturelles 37, 1901). A contract known by few
articulations has a small set, and its likeness says little: `Peer.types` tells on how many types it rests.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

__all__ = ["LEAST", "PEERS", "SHARE", "Lack", "Peer", "jaccard", "lacks", "peers"]

PEERS = 5  # how many contracts are asked
SHARE = 0.4  # of them, how many must articulate a dispositif for it to be expected
LEAST = 2  # and never on the word of one alone


@dataclass(frozen=True)
class Peer:
    """A contract like another.

    Attributes:
        contract: its name.
        likeness: the Jaccard index of both sets of types, 0 to 1.
        types: how many types it is known to articulate.
    """

    contract: str
    likeness: float
    types: int


@dataclass(frozen=True)
class Lack:
    """A dispositif type that peers articulate and the contract does not.

    Attributes:
        type: the dispositif type.
        having: the peers that articulate it, the most alike first.
        asked: the number of peers.
    """

    type: str
    having: tuple[Peer, ...]
    asked: int


def jaccard(one: Set[str], other: Set[str]) -> float:
    """What two sets have in common, over what either has (Jaccard, 1901): 0 to 1, and 0 for two empty sets.

    Example:
        >>> jaccard({"cls", "ctg"}, {"ctg", "pre", "npnru"})
        0.25
    """
    return len(one & other) / len(either) if (either := one | other) else 0.0


def peers(
    contract: str,
    types: Mapping[str, Set[str]],
    generations: Mapping[str, str] | None = None,
    *,
    count: int | None = PEERS,
) -> list[Peer]:
    """The contracts most like one, in what they articulate.

    Args:
        contract: a key of `types`.
        types: the dispositif types that each contract articulates.
        generations: the generation of contracts; those of the same one alone are compared, unless there are none.
        count: how many to tell; all by default of a number.

    Returns:
        The most alike first, those that share nothing left out, the contract itself never there; equal ones by name.

    Raises:
        KeyError: nothing is known of the contract.

    Example:
        >>> types = {"a": {"cls", "ctg"}, "b": {"cls"}, "c": {"cls", "ctg", "pre"}, "d": {"npnru"}}
        >>> [(peer.contract, round(peer.likeness, 2)) for peer in peers("a", types)]
        [('c', 0.67), ('b', 0.5)]
        >>> [peer.contract for peer in peers("a", types, {"a": "2024", "b": "2024", "c": "2015", "d": "2015"})]
        ['b']
    """
    others = [other for other in types if other != contract]
    era = (generations or {}).get(contract)
    same = [other for other in others if generations and era and generations.get(other) == era]
    alike = [Peer(other, jaccard(types[contract], types[other]), len(types[other])) for other in same or others]
    found = sorted((peer for peer in alike if peer.likeness > 0), key=lambda peer: (-peer.likeness, peer.contract))
    return found if count is None else found[:count]


def lacks(own: Set[str], types: Mapping[str, Set[str]], among: list[Peer]) -> list[Lack]:
    """What at least `SHARE` of the peers, and `LEAST` of them, articulate and the contract does not.

    Args:
        own: the types that the contract articulates.
        types: the types that each contract articulates.
        among: the peers, as `peers` tells them.

    Returns:
        Those that most peers have first, equal ones by type.

    Example:
        >>> types = {"b": {"cls", "pre"}, "c": {"cls", "pre"}, "d": {"npnru"}}
        >>> among = [Peer("b", 0.5, 2), Peer("c", 0.5, 2), Peer("d", 0.1, 1)]
        >>> [(lack.type, len(lack.having), lack.asked) for lack in lacks({"cls"}, types, among)]
        [('pre', 2, 3)]
    """
    found = []
    for one in {one for peer in among for one in types[peer.contract]} - own:
        having = tuple(peer for peer in among if one in types[peer.contract])
        if len(having) >= max(LEAST, SHARE * len(among)):
            found.append(Lack(one, having, len(among)))
    return sorted(found, key=lambda lack: (-len(lack.having), lack.type))
