"""Names: the base IRI, the prefixes, and how a text becomes a slug or a search key."""

from __future__ import annotations

import functools
import re
import unicodedata

__all__ = [
    "BASE",
    "KINDS",
    "PREFIXES",
    "SCHEMES",
    "expand",
    "fold",
    "graph_iri",
    "prologue",
    "shorten",
    "slug",
]

BASE = "https://w3id.org/contrat-de-ville/"

# one prefix per SKOS scheme: prefix -> scheme
SCHEMES = {
    "theme": "theme",
    "role": "role",
    "mode": "mode",
    "status": "status",
    "nature": "nature",
    "scale": "scale",
    "public": "public",
    "generation": "generation",
    "unit": "unit",
    "qualifier": "qualifier",
    "method": "method",
    "dtype": "dispositif-type",
    "pcat": "partner-category",
    "btype": "body-type",
    "lkind": "legal-kind",
    "block": "statutory-block",
    "ckind": "continuation",  # `continuation:` is the prefix of the nodes
    "akind": "acronym-kind",
    "mkind": "milestone-kind",
    "conflictkind": "conflict-kind",
}

# one prefix per kind of resource
KINDS = [
    "contract",
    "call",
    "pillar",
    "issue",
    "objective",
    "action",
    "principle",
    "sheet",
    "partner",
    "place",
    "dispositif",
    "body",
    "participation",
    "articulation",
    "commitment",
    "legal-text",
    "expectation",
    "challenge",
    "practice",
    "indicator",
    "expected-result",
    "specification",
    "figure",
    "continuation",
    "conflict",
    "cross-reference",
    "acronym-use",
    "milestone",
    "annex-entry",
    "article",
    "document",
    "passage",
    "reading",
]

PREFIXES = {
    "cdv": BASE + "ontology#",
    "cdvg": BASE + "graph/",
    **{prefix: f"{BASE}vocab/{scheme}/" for prefix, scheme in SCHEMES.items()},
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "cv": "http://data.europa.eu/m8g/",
    "spdx": "http://spdx.org/rdf/terms#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "cdvsh": BASE + "shapes/",
}

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def expand(name: str) -> str:
    """The IRI of a prefixed name; an absolute IRI is returned as it is.

    Raises:
        KeyError: the prefix is not one of `PREFIXES`.

    Example:
        >>> expand("theme:sante")
        'https://w3id.org/contrat-de-ville/vocab/theme/sante'
    """
    if "://" in name:
        return name
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


@functools.lru_cache(maxsize=1 << 16)
def shorten(iri: str) -> str:
    """The prefixed form of an IRI, or the IRI where no prefix fits.

    Example:
        >>> shorten("https://w3id.org/contrat-de-ville/vocab/theme/sante")
        'theme:sante'
    """
    for prefix, base in _LONGEST_FIRST:
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def graph_iri(name: str) -> str:
    """The IRI of a named graph: `authority`, `clermont-2024`, `inferred/clermont-2024` …"""
    return PREFIXES["cdvg"] + name


def prologue() -> str:
    """The PREFIX lines of every known prefix, for SPARQL and Turtle alike."""
    return "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


@functools.lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A text with case, accents, ligatures and punctuation ignored: the key that names are compared by.

    Example:
        >>> fold("  L’Évaluation du CŒUR  d'Hérault ")
        'l evaluation du coeur d herault'
    """
    opened = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain.lower()).split())


def slug(text: str) -> str:
    """A text as the last part of an IRI: `[a-z0-9-]`.

    Example:
        >>> slug("Contrat Bourg-Centre")
        'contrat-bourg-centre'
    """
    return fold(text).replace(" ", "-")
