"""Where things go: columns and blocks without overlap, the same from one run to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Block", "blocks", "column", "near", "sides", "slots"]


K = TypeVar("K", bound=Hashable)


def near(wanted: Sequence[tuple[float, float]], gap: float, bottom: float) -> list[float]:
    """The tops of boxes in a column from 0 to `bottom`, each as near as can be to the middle that it wants.

    Args:
        wanted: the middle that is wanted and the height, in the order of the column.
        gap: between two boxes.
        bottom: where the column ends; it is passed where the boxes need more.

    Example:
        >>> near([(10, 10), (12, 10), (90, 10)], 2, 100)
        [5.0, 17.0, 85.0]
    """
    need = sum(height + gap for _, height in wanted) - gap
    tops: list[float] = []
    floor = 0.0
    for centre, height in wanted:
        tops.append(max(floor, centre - height / 2))
        floor = tops[-1] + height + gap
    ceiling = max(bottom, need)
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], ceiling - wanted[place][1])
        ceiling = tops[place] - gap
    return tops


def column(wanted: Iterable[tuple[float, float, K]], gap: float, start: float, bottom: float) -> dict[K, float]:
    """The tops of boxes in a column from `start` to `bottom`, by what they stand for.

    Args:
        wanted: the middle that is wanted, the height, and what the box stands for, in the order of the column.
        gap, bottom: see `near`.
        start: where the column starts.

    Example:
        >>> column([(60, 10, "CAF"), (62, 10, "ARS")], 2, 50, 150)
        {'CAF': 55.0, 'ARS': 67.0}
    """
    boxes = [(middle - start, height, what) for middle, height, what in wanted]
    tops = near([box[:2] for box in boxes], gap, bottom - start)
    return {what: start + top for (_, _, what), top in zip(boxes, tops, strict=True)}


def sides(heights: Sequence[float]) -> tuple[list[int], list[int]]:
    """The places of boxes shared out to two columns of about the same height, each in order.

    Example:
        >>> sides([50, 30, 20, 10])
        ([0, 3], [1, 2])
    """
    columns: tuple[list[int], list[int]] = ([], [])
    tall = [0.0, 0.0]
    for place in sorted(range(len(heights)), key=lambda place: (-heights[place], place)):
        side = 0 if tall[0] <= tall[1] else 1
        columns[side].append(place)
        tall[side] += heights[place]
    return sorted(columns[0]), sorted(columns[1])


@dataclass(frozen=True)
class Block:
    """A rectangle of slots: so many columns and rows."""

    x: float
    y: float
    w: float
    h: float
    columns: int
    rows: int


def blocks(counts: Sequence[int], width: float, slot: tuple[float, float], head: float, gap: float) -> list[Block]:
    """One block per group, on shelves as wide as the picture; the blocks of a shelf end together.

    Args:
        counts: how many things each group holds, the largest first.
        width: of a shelf.
        slot: the least width and height of what holds one thing.
        head: the height kept free at the top of each block.
        gap: between blocks.
    """
    most = max(1, int((width + gap) // slot[0]))
    shapes: list[tuple[int, int]] = []
    for count in counts:
        columns = next((one for one in range(2, most) if one >= 1.35 * -(-count // one)), most)
        columns = min(columns, count)
        shapes.append((columns, -(-count // columns)))
    shelves: list[list[int]] = []
    used = 0.0
    for place, (columns, _) in enumerate(shapes):
        need = columns * slot[0] + gap
        if not shelves or used + need > width + gap:
            shelves.append([])
            used = 0.0
        shelves[-1].append(place)
        used += need
    found: list[Block] = []
    y = 0.0
    for shelf in shelves:
        rows = max(shapes[place][1] for place in shelf)
        total = sum(shapes[place][0] for place in shelf)
        wide = min((width - gap * (len(shelf) - 1)) / total, slot[0] * 1.9)
        x = 0.0
        for place in shelf:
            columns = shapes[place][0]
            found.append(Block(x, y, columns * wide, rows * slot[1] + head, columns, rows))
            x += columns * wide + gap
        y += rows * slot[1] + head + gap
    return found


def slots(
    groups: Sequence[Sequence[str]],
    places: Sequence[Sequence[tuple[float, float]]],
    ties: Mapping[tuple[str, str], float],
) -> dict[str, tuple[float, float]]:
    """Which place of its group each node gets: two swap where that makes the ties shorter, until none does.

    Args:
        groups: the nodes of each group.
        places: the places of each group, at least as many.
        ties: the weight of each tie.
    """
    at = {
        node: place
        for nodes, free in zip(groups, places, strict=True)
        for node, place in zip(nodes, free, strict=False)
    }
    weights: dict[str, list[tuple[str, float]]] = {node: [] for node in at}
    for (one, other), weight in sorted(ties.items()):
        weights[one].append((other, weight))
        weights[other].append((one, weight))

    def pull(node: str, place: tuple[float, float], swapped: str, left: tuple[float, float]) -> float:
        total = 0.0
        for other, weight in weights[node]:
            x, y = left if other == swapped else at[other]
            total += weight * ((x - place[0]) ** 2 + (y - place[1]) ** 2) ** 0.5
        return total

    for _ in range(12):
        moved = False
        for nodes in groups:
            for first, one in enumerate(nodes):
                for other in nodes[first + 1 :]:
                    here, there = at[one], at[other]
                    now = pull(one, here, other, there) + pull(other, there, one, here)
                    then = pull(one, there, other, here) + pull(other, here, one, there)
                    if then < now - 1e-6:
                        at[one], at[other], moved = there, here, True
        if not moved:
            break
    return at
