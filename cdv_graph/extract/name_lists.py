"""Lists of organisations as rubrics print them: « Métropole, Ville et CAF (service X) / bailleurs… »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from cdv_graph.authority import Names
from cdv_graph.extract.model import Unread
from cdv_graph.messages import message
from cdv_graph.namespaces import fold
from cdv_graph.tables import labels

__all__ = ["examples", "line_of", "meant", "resolved", "split_names"]

_OPEN, _CLOSE = "([«", ")]»"
# what separates two names outside brackets; « et » and dashes only between spaces
_SEPARATOR = re.compile(r"\s*[,;/•]\s*|\s+[-–—]\s+|\s+et\s+(?=\S)|\s+ainsi que\s+|\s+en lien avec\s+", re.I)
_ARTICLE = re.compile(r"^(?:(?:l|d)['’]\s*|(?:les?|la|des?|du|et|dont|notamment)\s+)+", re.I)
# what heads a list of names (« Institutions : … »)
_HEAD = re.compile(r"^[^(),;/]{1,40}\s:\s+")
_BRACKET = re.compile(r"\(([^()]*)\)?")
_SERVICES = re.compile(r"^(?:services?|directions?)\b", re.I)
# what a name may say before itself (« dispositif (label) X »)
_GENERIC = re.compile(r"^(?:dispositif|programme)\s+(?:\(\w+\)\s+)?", re.I)
_COMMA = re.compile(r"\s*,\s*(?![^()]*\))")
# a capital after the brackets of a name begins another name, its comma lost
_BRACKETED = re.compile(r"(\b[A-ZÀ-Ý]\S* \([^()]*\)) (?=[A-ZÀ-Ý])")
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


def _known(name: str, names: Names, scheme: str = "") -> Set[str]:
    """The partners that a name may mean, or the concepts of a scheme, with or without a generic word or its brackets.

    Example:
        >>> names = Names({"caf": ("partner/caf-gard",)})
        >>> _known("CAF (accueil)", names), _known("dispositif CTG", names, "dispositif-type")
        (frozenset({'caf-gard'}), frozenset({'ctg'}))
    """
    for form in (name, _GENERIC.sub("", name), name.partition("(")[0]):
        partners = frozenset(one.partition("/")[2] for one in names.find(form, ["partner"]))
        if found := labels(scheme).get(fold(form), frozenset()) if scheme else partners:
            return found
    return frozenset()


def line_of(name: str, body: list[tuple[int, str]]) -> int:
    """The line where a name begins, a name cut by the end of a line included."""
    wanted = fold(name)
    for place, (number, line) in enumerate(body):
        if wanted in fold(line):
            return number
        after = body[place + 1][1] if place + 1 < len(body) else ""
        if wanted in fold(f"{line} {after}") and wanted not in fold(after):
            return number
    return body[0][0]


def _written(body: list[tuple[int, str]]) -> list[str]:
    """The names between the commas of a list; one cut by the end of a line goes on in small letters.

    Example:
        >>> _written([(3, "Maison du"), (4, "vélo, CTL (lecture) FSE, plan…"), (5, "Un stade")])
        ['Maison du vélo', 'CTL (lecture)', 'FSE', 'plan', 'Un stade']
    """
    text = body[0][1]
    for _, line in body[1:]:
        text += (" " if text.endswith(",") or line[0].islower() else ", ") + line
    text = _BRACKETED.sub(r"\1, ", text)
    return [name.strip(' ."…') for name in _COMMA.split(text) if name.strip(' ."…')]


def resolved(
    body: list[tuple[int, str]], names: Names, scheme: str, unread: list[Unread]
) -> Iterator[tuple[str, str, int]]:
    """Every name that means one thing, with the thing and its line; a name unknown as a whole is taken apart.

    Args:
        body: the numbered lines of the list.
        names: the authority, to know the partners.
        scheme: the scheme whose concepts are named instead of partners, or empty.
        unread: where the names go that mean nothing, or several things.
    """
    for name in _written(body):
        parts = [part.strip() for part in name.split("/")]
        # names joined by a slash are several things, even where the authority has them as one name
        if not all(_known(part, names, scheme) for part in parts):
            parts = [name] if _known(name, names, scheme) else split_names(name)
        for part in parts:
            found, line = _known(part, names, scheme), line_of(part, body)
            if len(found) == 1:
                yield part, next(iter(found)), line
            else:
                why = message("extract.unknown-dispositif") if scheme else message("extract.unknown-partner")
                unread.append(Unread(line, part, why))


def meant(acronym: str, meaning: str, names: Names, scheme: str = "") -> tuple[str, int]:
    """The one thing that an acronym and its meaning name, or empty, and how many of the two name it."""
    first, second = _known(acronym, names, scheme), _known(meaning, names, scheme)
    found = first & second if first and second else first | second
    return (next(iter(found)), bool(first) + bool(second)) if len(found) == 1 else ("", 0)
