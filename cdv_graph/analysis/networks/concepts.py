"""Concepts of the vocabularies, as networks need them: labels, the strength of a mode, the theme above a theme."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from cdv_graph.namespaces import expand
from cdv_graph.resources import folder

__all__ = ["Concept", "concepts", "named", "strength_of", "top_theme"]


@dataclass
class Concept:
    """A concept of a SKOS scheme: its labels, its strength (modes), the code of the one above."""

    label: str = ""
    label_en: str = ""
    strength: int = 0
    broader: str = ""


@functools.cache
def concepts(scheme: str) -> Mapping[str, Concept]:
    """The concepts of a SKOS scheme by code."""
    found: dict[str, Concept] = {}
    path = folder("ontology").joinpath("vocabularies", f"{scheme}.ttl")
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if not isinstance(quad.subject, ox.NamedNode) or not (code := quad.subject.value.rpartition(f"/{scheme}/")[2]):
            continue
        concept = found.setdefault(code, Concept())
        if quad.predicate.value == expand("skos:prefLabel") and isinstance(quad.object, ox.Literal):
            setattr(concept, "label" if quad.object.language == "fr" else "label_en", quad.object.value)
        elif quad.predicate.value == expand("cdv:strength") and isinstance(quad.object, ox.Literal):
            concept.strength = int(quad.object.value)
        elif quad.predicate.value == expand("skos:broader") and isinstance(quad.object, ox.NamedNode):
            concept.broader = quad.object.value.rpartition("/")[2]
    return found


def named(scheme: str, label: str, lang: str) -> str:
    """A French label of a scheme in the language asked, or as it is.

    Example:
        >>> named("dispositif-type", "Contrat local de santé", "en"), named("theme", "Inconnu", "en")
        ('Local health contract', 'Inconnu')
    """
    return _english(scheme).get(label) or label if lang == "en" else label


@functools.cache
def _english(scheme: str) -> Mapping[str, str]:
    return {concept.label: concept.label_en for concept in concepts(scheme).values()}


def strength_of(mode: str) -> int:
    """The `cdv:strength` of a mode, 1 (weakest) to 7; 0 for what is no mode.

    Example:
        >>> strength_of("mention") < strength_of("governance")
        True
    """
    return concepts("mode").get(mode, Concept()).strength


def top_theme(theme: str) -> str:
    """The top theme above a theme, the theme itself where there is none above.

    Example:
        >>> top_theme("insertion"), top_theme("sante")
        ('emploi', 'sante')
    """
    while broader := concepts("theme").get(theme, Concept()).broader:
        theme = broader
    return theme
