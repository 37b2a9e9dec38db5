"""The rules as people read them: what each checks, why, and how to mend what breaks it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rdflib
from rdflib import DCTERMS, SH
from rdflib.term import Node

from cdv_graph.errors import InputError
from cdv_graph.namespaces import PREFIXES, shorten
from cdv_graph.resources import parsed
from cdv_graph.validate.shapes import Shapes, read_shapes

__all__ = [
    "NO_TEXT",
    "PROFILES",
    "SEVERITIES",
    "Rule",
    "Text",
    "expected",
    "known_profiles",
    "parameter",
    "rule_of",
    "rules",
    "words",
]

PROFILES = ("structure", "quality", "completeness", "legal")
SEVERITIES = ("violation", "warning", "info")
_WORDS = Path(__file__).with_name("words.yaml")
_CDVSH = rdflib.Namespace(PREFIXES["cdvsh"])


@functools.cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """What a report says: section -> key -> language -> words."""
    read: dict[str, dict[str, dict[str, str]]] = parsed(_WORDS.read_text("utf-8"))
    return read


@dataclass(frozen=True)
class Text:
    """The same words in both languages; empty where there are none."""

    fr: str = ""
    en: str = ""

    def told(self, lang: str) -> str:
        """The words in a language, in the other one where they are missing."""
        first, second = (self.fr, self.en) if lang == "fr" else (self.en, self.fr)
        return first or second

    def filled(self, value: str) -> Text:
        """The words with the value in the place that SHACL gives it, `{?value}`."""
        return Text(*(words.replace("{?value}", value).replace("{$value}", value) for words in (self.fr, self.en)))


NO_TEXT = Text()


@dataclass(frozen=True)
class Rule:
    """One rule: a shape that has targets, or a property shape of one.

    Attributes:
        code: the name of the shape (`Articulation-mode`), its IRI where it is not one of the project's.
        iri: its IRI, or the label of a blank node.
        profile: `structure`, `quality`, `completeness` or `legal`.
        severity: `violation`, `warning` or `info`.
        name: what it is about, in two or three words.
        message: what is wrong where it is broken.
        why: why it exists.
        remedy: how to mend what breaks it.
        source: the IRI of the text that asks for it, or empty.
    """

    code: str
    iri: str
    profile: str
    severity: str
    name: Text = NO_TEXT
    message: Text = NO_TEXT
    why: Text = NO_TEXT
    remedy: Text = NO_TEXT
    source: str = ""


def rule_of(shapes: Shapes, shape: Node) -> Rule:
    """The rule that a shape is; shapes of others may say less than ours."""
    severity = shorten(shapes.severity(shape)).removeprefix("sh:").lower()
    severity = severity if severity in SEVERITIES else "violation"
    profile = shorten(str(shapes.one(shape, _CDVSH.profile) or "")).removeprefix("cdvsh:")
    constraints = shapes.all(shape, SH.sparql)
    return Rule(
        code=shorten(str(shape)).removeprefix("cdvsh:"),
        iri=str(shape),
        profile=profile if profile in PROFILES else "structure" if severity == "violation" else "quality",
        severity=severity,
        name=_text(shapes, SH.name, shape),
        message=_text(shapes, SH.message, shape, *constraints),
        why=_text(shapes, SH.description, shape),
        remedy=_text(shapes, _CDVSH.remedy, shape),
        source=str(shapes.one(shape, DCTERMS.source) or ""),
    )


def _text(shapes: Shapes, predicate: Node, *nodes: Node) -> Text:
    said: dict[str, str] = {}
    for node in nodes:
        for text in shapes.all(node, predicate):
            if isinstance(text, rdflib.Literal):
                said.setdefault(text.language or "", str(text))
    other = said.get("") or next(iter(said.values()), "")
    return Text(said.get("fr", other), said.get("en", other))


def rules(place: Path | None = None, profiles: tuple[str, ...] = ()) -> list[Rule]:
    """The rules of a folder or file of shapes, by profile, then by code.

    Args:
        place: the shapes; the shipped ones by default.
        profiles: only these profiles; all by default.

    Raises:
        InputError: the shapes cannot be read, or a profile is unknown.

    Example:
        >>> next(rule.name.fr for rule in rules() if rule.code == "Articulation-theme")
        'un thème'
    """
    known_profiles(profiles)
    shapes = Shapes(read_shapes(place))
    found = [rule_of(shapes, shape) for shape in {one for top in shapes.targeted() for one in shapes.below(top)}]
    kept = [rule for rule in found if not profiles or rule.profile in profiles]
    return sorted(kept, key=lambda rule: (PROFILES.index(rule.profile), rule.code))


def known_profiles(profiles: tuple[str, ...]) -> None:
    """Refuses a profile that does not exist."""
    if unknown := sorted(set(profiles) - set(PROFILES)):
        raise InputError("validate.unknown-profile", profile=unknown[0], known=", ".join(PROFILES))


def parameter(component: str) -> rdflib.URIRef:
    """The parameter of a constraint component: `sh:lessThan` of `sh:LessThanConstraintComponent`."""
    name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    return rdflib.URIRef(str(SH) + name[:1].lower() + name[1:])


def expected(shapes: Shapes, shape: Node, component: str) -> Text:
    """What a constraint of a shape asks for, as a value that a person can put there."""
    name = shorten(component).removeprefix("sh:").removesuffix("ConstraintComponent")
    phrase = words()["expected"].get(name)
    if phrase is None:  # a query, or a component of the shapes' own: its name is told instead
        return Text()
    values = shapes.all(shape, parameter(component))
    told: dict[str, Any] = {
        lang: phrase[lang].replace("{value}", ", ".join(_spelt(shapes, value, lang) for value in values))
        for lang in ("fr", "en")
    }
    return Text(**told)


def _spelt(shapes: Shapes, value: Node, lang: str) -> str:
    """A parameter in words: the members of a list, the name of a shape, a code."""
    if (value, rdflib.RDF.first, None) in shapes.graph:
        return ", ".join(_spelt(shapes, one, lang) for one in shapes.members(value))
    if named := _text(shapes, SH.name, value).told(lang):
        return named
    return shorten(str(value)).removeprefix("sh:") if isinstance(value, rdflib.URIRef) else str(value)
