"""The things that a text names, by the names of the authority."""

from __future__ import annotations

import re
from collections.abc import Collection

from cdv_graph.authority.names import Names
from cdv_graph.namespaces import fold

__all__ = ["mentions"]

_SHORT = 3


def mentions(names: Names, text: str, kinds: Collection[str] = ()) -> list[str]:
    """The things that a text names, in order.

    The longest name wins, and a name with several meanings gives none. A name of two or three letters is an acronym: it
    counts only in capitals (« EN » is Éducation nationale, « en » is a word), one of two letters only where the rest of
    the text is not in capitals.

    Args:
        names: the names of the authority.
        text: any text; case, accents and ligatures do not count.
        kinds: keep only `partner`, `place`, `dispositif`, `contract` or `legal-text`.

    Returns:
        Things as `kind/slug`, each once.

    Example:
        >>> names = Names({"caf": ("partner/caf-herault",), "caf de l herault": ("partner/caf-herault",)})
        >>> mentions(names, "Engagement de la CAF de l'Hérault")
        ['partner/caf-herault']
    """
    written = re.findall(r"\w+", text)
    words = [fold(word) for word in written]
    longest = max((len(name.split()) for name in names.meanings), default=0)
    found: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            name = " ".join(words[place : place + length])
            if len(name) <= _SHORT and (not written[place].isupper() or (len(name) < _SHORT and text.isupper())):
                continue
            things = names.find(name, kinds)
            if len(things) == 1:
                found.append(things[0])
            if things:
                place += length - 1
                break
        place += 1
    return list(dict.fromkeys(found))
