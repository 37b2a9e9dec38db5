"""Dates as calendars print them, as precise as printed."""

from __future__ import annotations

import re

from cdv_graph.namespaces import fold

__all__ = ["first_date", "last_date"]

_NAMES = [
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
]
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_DATE = re.compile(rf"(?:(?:(\d{{1,2}})(?:er)? )?({'|'.join(_MONTHS)}) )?\b((?:19|20)\d\d)\b")


def _dates(text: str) -> list[str]:
    found = []
    for day, month, year in _DATE.findall(fold(text)):
        parts = [year, *([_MONTHS[month]] if month else []), *([f"{int(day):02}"] if day else [])]
        found.append("-".join(parts))
    return found


def first_date(text: str) -> str:
    """The first date of a text, or empty.

    Example:
        >>> first_date("1er janvier 2016"), first_date("2015 / 2016"), first_date("durée du contrat")
        ('2016-01-01', '2015', '')
    """
    return next(iter(_dates(text)), "")


def last_date(text: str) -> str:
    """The latest date of a text, or empty.

    Example:
        >>> last_date("2017-2020 : réunion annuelle")
        '2020'
    """
    return max(_dates(text), default="")
