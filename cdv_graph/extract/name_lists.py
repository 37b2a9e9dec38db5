"""Lists of organisations as rubrics print them: « Métropole, Ville et CAF (service X) / bailleurs… »."""

from __future__ import annotations

import re

__all__ = ["examples", "split_names"]

_OPEN, _CLOSE = "([«", ")]»"
# what separates two names outside brackets; « et » and dashes only between spaces
_SEPARATOR = re.compile(r"\s*[,;/•]\s*|\s+[-–—]\s+|\s+et\s+(?=\S)|\s+ainsi que\s+|\s+en lien avec\s+", re.I)
_ARTICLE = re.compile(r"^(?:(?:l|d)['’]\s*|(?:les?|la|des?|du|et|dont|notamment)\s+)+", re.I)
# what heads a list of names (« Institutions : … »)
_HEAD = re.compile(r"^[^(),;/]{1,40}\s:\s+")
_BRACKET = re.compile(r"\(([^()]*)\)?")
_SERVICES = re.compile(r"^(?:services?|directions?)\b", re.I)
_NOTHING = re.compile(r"^(?:etc\.?|autres partenaires|autres|…|\.*)$", re.I)


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character; one that is never closed opens nothing."""
    depths, depth = [], 0
    for place, character in enumerate(text):
        if character in _OPEN and any(close in text[place:] for close in _CLOSE):
            depth += 1
        depths.append(depth)
        if character in _CLOSE:
            depth = max(0, depth - 1)
    return depths


def split_names(text: str) -> list[str]:
    """The names of a list, as written, without articles; « etc. » and « … » add nothing.

    Args:
        text: the words of the rubric, on one line.

    Returns:
        The names in order; brackets stay with the name before them.

    Example:
        >>> split_names("l'Etat (DDCS, DDTM), la Ville et les bailleurs sociaux / CAF, etc.")
        ['Etat (DDCS, DDTM)', 'Ville', 'bailleurs sociaux', 'CAF']
    """
    depths = _depths(text)
    parts, start = [], 0
    for found in _SEPARATOR.finditer(text):
        if depths[found.start()] == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    names = [_ARTICLE.sub("", _HEAD.sub("", part).strip(" .…:-–")).strip(" .…") for part in parts]
    return [name for name in names if name and not _NOTHING.match(name)]


def examples(name: str) -> list[str]:
    """The names that the brackets of a collective list (« prescripteurs (CAF, CCAS) »), none where they are services.

    Example:
        >>> examples("prescripteurs (Pôle emploi, CCAS…)"), examples("services de l'Etat (DDCS, DDTM)")
        (['Pôle emploi', 'CCAS'], [])
    """
    found = _BRACKET.search(name)
    return split_names(found[1]) if found and not _SERVICES.match(name) else []
