"""How wide a text is, how to make it fit, and what no file takes.

Widths are those of DejaVu Sans, which PNG and PDF use; the fonts that browsers use instead are narrower, so a text that
fits here fits there.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

__all__ = ["clean", "fit", "one_line", "shrunk", "width", "wrap"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_WIDE = 1.05
_UNKNOWN = 0.85


def clean(text: str) -> str:
    """A text without the characters that no file format takes; a space stands for each."""
    return _CONTROL.sub(" ", text)


def one_line(text: object) -> str:
    """A text on one line, without the characters that no file format takes.

    Example:
        >>> one_line("Contrat  local\\nde santé")
        'Contrat local de santé'
    """
    return " ".join(clean(str(text)).split())


@functools.cache
def _widths(bold: bool) -> Mapping[str, float]:
    stored = json.loads(Path(__file__).with_name("metrics.json").read_text("utf-8"))
    by_width: dict[str, str] = stored["bold" if bold else "regular"]
    return {char: int(thousandths) / 1000 for thousandths, chars in by_width.items() for char in chars}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text.

    Example:
        >>> width("Santé", 10) < width("Santé", 10, bold=True)
        True
    """
    known = _widths(bold)
    return size * sum(known[char] if char in known else _guess(char) for char in text)


def _guess(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _UNKNOWN


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text cut at a word, with an ellipsis, where there is no room for it.

    Example:
        >>> fit("Contrat local de santé", 10, 80)
        'Contrat local…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and width(cut + "…", size, bold=bold) > room:
        cut = cut[:-1]
    whole, space, _ = cut.rpartition(" ") if len(cut) < len(text) and text[len(cut)] != " " else (cut, "", "")
    kept = whole if space and len(whole) > len(cut) * 0.6 else cut
    return kept.rstrip(" ,;:-–('«’") + "…"


def shrunk(text: str, size: float, room: float, *, least: float = 24.0, bold: bool = False) -> float:
    """The size at which a text fits on one line: `size` or less, but `least` at the least.

    Example:
        >>> shrunk("Santé", 32, 500), shrunk("Santé " * 100, 32, 500)
        (32, 24.0)
    """
    return min(size, max(least, size * room / max(width(text, size, bold=bold), 1)))


def wrap(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """A text on several lines, the last one cut where there is no room.

    Example:
        >>> wrap("Communauté de communes du Clermontais", 10, 140, 2)
        ('Communauté de', 'communes du Clermontais')
    """
    words = text.split() or [""]
    found: list[str] = []
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line += " " + words.pop(0)
        found.append(fit(line, size, room))
    if words:
        found.append(fit(" ".join(words), size, room))
    return tuple(found)
