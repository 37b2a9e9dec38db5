"""When a picture holds more than a slide can show: which other kind, or which part of it, is better."""

from __future__ import annotations

from cdv_graph.diagram.style import words

__all__ = ["LIMIT", "crowded"]

LIMIT = 80


def crowded(kind: str, drawn: int, lang: str) -> str:
    """What to ask instead, or nothing where as many ties or lines as are drawn can still be read.

    Example:
        >>> crowded("governance", LIMIT, "fr"), crowded("contract", 231, "en")[:9]
        ('', '231 ties:')
    """
    return str(words(lang)["crowded"][kind]).format(drawn=drawn) if drawn > LIMIT else ""
