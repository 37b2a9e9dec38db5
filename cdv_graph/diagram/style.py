"""What the data files of this folder hold: colours and shapes by mode and theme, and words by language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdv_graph.errors import InputError
from cdv_graph.resources import parsed

__all__ = ["GroupStyle", "MarkStyle", "ModeStyle", "StatusStyle", "Style", "ThemeStyle", "style", "worded", "words"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class ModeStyle:
    """How a mode looks: its colour, the corners of its marker (none: a circle) and the size of the marker."""

    colour: str
    points: tuple[float, ...]
    scale: float


@dataclass(frozen=True)
class StatusStyle:
    """How a status looks: dashes of the line (none: solid), and whether the marker is hollow."""

    dash: tuple[float, ...]
    hollow: bool


@dataclass(frozen=True)
class ThemeStyle:
    """How a theme looks: the ground of its heading and the line that its dispositifs hang on."""

    fill: str
    spine: str


@dataclass(frozen=True)
class GroupStyle(ModeStyle):
    """How a family of partners, or a part that they take, looks; the categories or roles that make it."""

    members: tuple[str, ...]


@dataclass(frozen=True)
class MarkStyle:
    """How something marked looks: the colour, corners and size of its marker, dashes of its line, hollow or not."""

    colour: str
    points: tuple[float, ...]
    scale: float
    dash: tuple[float, ...]
    hollow: bool = False


@dataclass(frozen=True)
class Style:
    """The whole look; modes go from the strongest to the weakest, themes in the order of reading."""

    font: str
    ink: str
    soft: str
    paper: str
    rule: str
    carrier: Mapping[str, str]
    modes: Mapping[str, ModeStyle]
    statuses: Mapping[str, StatusStyle]
    themes: Mapping[str, ThemeStyle]
    families: Mapping[str, GroupStyle]
    parts: Mapping[str, GroupStyle]
    marks: Mapping[str, MarkStyle]

    def mode(self, code: str) -> ModeStyle:
        """The style of a mode; of a declared absence where the mode is empty, of a mention where it is unknown."""
        return self.modes.get(code, self.modes["mention"])

    def theme(self, code: str) -> ThemeStyle:
        """The style of a theme; that of no theme where it is unknown."""
        return self.themes.get(code, self.themes[""])

    def family(self, category: str) -> str:
        """The family of a category of partners; none where it is unknown."""
        return next((code for code, look in self.families.items() if category in look.members), "")

    def part(self, role: str) -> str:
        """The part that a role is; `mentioned` where it is unknown."""
        return next((code for code, look in self.parts.items() if role in look.members), "mentioned")


def _groups(raw: Mapping[str, Any], members: str) -> dict[str, GroupStyle]:
    return {
        code: GroupStyle(look["colour"], tuple(look["points"]), look["scale"], tuple(look[members]))
        for code, look in raw.items()
    }


@functools.cache
def style() -> Style:
    """The look of every picture.

    Example:
        >>> list(style().modes)[0]
        'volet'
    """
    raw = parsed(_HERE.joinpath("style.yaml").read_text("utf-8"))
    return Style(
        font=raw["font"],
        ink=raw["ink"],
        soft=raw["soft"],
        paper=raw["paper"],
        rule=raw["rule"],
        carrier=raw["carrier"],
        modes={code: ModeStyle(m["colour"], tuple(m["points"]), m["scale"]) for code, m in raw["modes"].items()},
        statuses={code: StatusStyle(tuple(s["dash"]), s["hollow"]) for code, s in raw["statuses"].items()},
        themes={code: ThemeStyle(**look) for code, look in raw["themes"].items()},
        families=_groups(raw["families"], "categories"),
        parts=_groups(raw["parts"], "roles"),
        marks={
            code: MarkStyle(m["colour"], tuple(m["points"]), m["scale"], tuple(m["dash"]), m.get("hollow", False))
            for code, m in raw["marks"].items()
        },
    )


@functools.cache
def worded(path: Path, lang: str) -> Mapping[str, Any]:
    """The words of a file that holds them by language.

    Raises:
        InputError: the file does not hold the language.
    """
    known: Mapping[str, Mapping[str, Any]] = parsed(path.read_text("utf-8"))
    if lang not in known:
        raise InputError("diagram.unknown-language", lang=lang, known=", ".join(known))
    return known[lang]


def words(lang: str) -> Mapping[str, Any]:
    """What pictures say in a language.

    Raises:
        InputError: the language is neither `fr` nor `en`.

    Example:
        >>> words("fr")["carriers"]
        'Porteurs'
    """
    return worded(_HERE / "words.yaml", lang)
