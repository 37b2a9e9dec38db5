"""A proposal of what became of each action sheet from one listing to the next, for a reader to settle.

Method: sheets are bags of words (title counted twice, objectives once), weighted by inverse document frequency over
both listings (Spärck Jones, 1972) and compared by cosine. A later sheet continues every earlier one whose best match it
is; an earlier sheet that is also the best match of other later sheets is split among them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from cdv_graph.namespaces import fold
from cdv_graph.query import Result

__all__ = ["propose_continuity"]

_TITLE_WEIGHT = 2
_SHORT_WORD = 3
# titles share nearly all their words: the sheet is continued, not renamed
_SAME_TITLE = 0.75
_COLUMNS = ("kind", "earlier_code", "earlier_title", "later_code", "later_title", "score")


@dataclass
class _Sheet:
    title: str = ""
    objectives: set[str] = field(default_factory=set)

    def words(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for text, weight in [(self.title, _TITLE_WEIGHT), *((one, 1) for one in sorted(self.objectives))]:
            for word in fold(text).split():
                if len(word) > _SHORT_WORD:
                    found[word] += weight
        return found


def _sheets(strategy: Result) -> dict[str, _Sheet]:
    found: dict[str, _Sheet] = defaultdict(_Sheet)
    for row in strategy.records():
        if row["level"] == "sheet":
            found[str(row["code"])].title = str(row["label"])
        elif row["level"] == "objective" and row["parent_level"] == "sheet":
            found[str(row["parent_code"])].objectives.add(str(row["label"]))
    return dict(found)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(value * other[word] for word, value in one.items() if word in other)
    norms = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return both / norms if norms else 0.0


def _scores(earlier: Mapping[str, _Sheet], later: Mapping[str, _Sheet]) -> dict[tuple[str, str], float]:
    bags = {
        (side, code): sheet.words() for side, sheets in enumerate((earlier, later)) for code, sheet in sheets.items()
    }
    spread = Counter(word for bag in bags.values() for word in bag)
    vectors = {
        key: {word: count * math.log(len(bags) / spread[word]) for word, count in bag.items()}
        for key, bag in bags.items()
    }
    return {(one, other): _cosine(vectors[0, one], vectors[1, other]) for one in earlier for other in later}


def _kind(one: _Sheet, other: _Sheet) -> str:
    first, second = set(fold(one.title).split()), set(fold(other.title).split())
    return "continued" if len(first & second) >= _SAME_TITLE * max(len(first), len(second)) else "renamed"


def propose_continuity(earlier: Result, later: Result, *, least: float = 0.25) -> Result:
    """Propose what became of each sheet.

    Args:
        earlier: the answer to `strategy` for the earlier listing.
        later: the same for the later one.
        least: the cosine below which two sheets are held for different ones (0 to 1).

    Returns:
        `kind` (continued, renamed, merged, split, new, dropped), `earlier_code`, `earlier_title`, `later_code`,
        `later_title`, `score` (cosine, 0 to 1); every sheet of both listings is there.

    Example:
        >>> columns = ("code", "label", "level", "parent_code", "parent_level")
        >>> old = Result(columns, [["1", "Jardins partagés", "sheet", None, None]])
        >>> new = Result(columns, [["7", "Jardins partagés", "sheet", None, None], ["8", "Santé", "sheet", None, None]])
        >>> [(row["kind"], row["later_code"]) for row in propose_continuity(old, new).records()]
        [('continued', '7'), ('new', '8')]
    """
    before, after = _sheets(earlier), _sheets(later)
    scores = _scores(before, after)
    pairs: set[tuple[str, str]] = set()
    for one in before:
        best = max(after, key=lambda other, one=one: (scores[one, other], other), default=None)  # type: ignore[misc]
        if best and scores[one, best] >= least:
            pairs.add((one, best))
    for other in after.keys() - {later_code for _, later_code in pairs}:
        best = max(before, key=lambda one, other=other: (scores[one, other], one), default=None)  # type: ignore[misc]
        if best and scores[best, other] >= least:
            pairs.add((best, other))
    ahead, back = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    rows: list[list[str | int | float | bool | list[str] | None]] = []
    for one, other in sorted(pairs, key=lambda pair: (list(before).index(pair[0]), list(after).index(pair[1]))):
        kind = "merged" if back[other] > 1 else "split" if ahead[one] > 1 else _kind(before[one], after[other])
        score = round(scores[one, other], 3)
        rows.append([kind, one, before[one].title, other, after[other].title, score])
    rows += [["dropped", one, sheet.title, None, None, 0.0] for one, sheet in before.items() if one not in ahead]
    rows += [["new", None, None, other, sheet.title, 0.0] for other, sheet in after.items() if other not in back]
    return Result(_COLUMNS, rows)
