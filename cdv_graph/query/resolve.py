"""What a user writes (a code, a slug, an acronym, a label, an IRI) to the term that it names.

Exact names come first, then the words that the asked contract itself uses (« la Ville »), then names that hold all the
words. One thing found is the answer; several are told, with the way to write each; none gives the nearest names.
Nothing is guessed.
"""

from __future__ import annotations

import difflib
import re
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from cdv_graph.errors import AmbiguousValueError, InputError, UnknownValueError
from cdv_graph.namespaces import PREFIXES, expand, fold, prologue, shorten
from cdv_graph.resources import text
from cdv_graph.store import Store
from cdv_graph.store.bind import bind

__all__ = ["Parameter", "resolve"]

_SHOWN = 5
_WHOLE = re.compile(r"-?[0-9]{1,18}")  # what an integer of 64 bits holds


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question.

    Attributes:
        name: as users write it.
        type: `node` (any node), `notation` (the printed code of a thing), `text`, `integer`, `choice`, or `thing`.
        variable: the variable of the query that it binds, or empty where a finisher takes it.
        description: by language.
        required: it must be given.
        default: the value where it is not given, or empty.
        classes: prefixed names of the classes that the thing may be of.
        prefixes: prefixes of the things it may name; a bare slug is tried under each.
        choices: the values of a `choice`.
    """

    name: str
    type: str
    variable: str
    description: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    default: str = ""
    classes: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Names:
    """The things that a parameter may name: IRI -> the folded forms of their names."""

    forms: Mapping[str, frozenset[str]]


_seen: weakref.WeakKeyDictionary[Store, dict[str, _Names]] = weakref.WeakKeyDictionary()


def _names(store: Store, parameter: Parameter) -> _Names:
    """The names of one class of things, asked once per store."""
    known = _seen.setdefault(store, {})
    for name in parameter.classes:
        if name not in known:
            asked = bind(text("queries", "internal/names.rq"), {"class": ox.NamedNode(expand(name))})
            forms: dict[str, set[str]] = {}
            for node, key in store.query(prologue() + asked).rows:
                if isinstance(node, ox.NamedNode):
                    forms.setdefault(node.value, {fold(_tail(node.value))}).add(
                        key.value if isinstance(key, ox.Literal) else ""
                    )
            known[name] = _Names({node: frozenset(keys) for node, keys in forms.items()})
    bases = tuple(PREFIXES[prefix] for prefix in parameter.prefixes)
    found = {node: keys for name in parameter.classes for node, keys in known[name].forms.items()}
    return _Names({node: keys for node, keys in found.items() if node.startswith(bases)})


def _tail(iri: str) -> str:
    return iri.rpartition("/")[2]


def _by_slug(store: Store, parameter: Parameter, value: str) -> str:
    """The IRI that a value is, as an IRI, a prefixed name or a slug; or empty."""
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    prefix, colon, _ = value.partition(":")
    if "://" in value or (colon and prefix in PREFIXES):
        return expand(value)
    known = _names(store, parameter).forms
    for candidate in parameter.prefixes:
        if (iri := PREFIXES[candidate] + value) in known:
            return iri
    return ""


def _iri(text: str) -> ox.NamedNode | None:
    """The node that a text is the IRI of; none where it is no IRI."""
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def _exists(store: Store, node: ox.NamedNode) -> bool:
    asked = bind(text("queries", "internal/exists.rq"), {"node": node})
    return bool(store.query(prologue() + asked).boolean)


def _shown(iri: str) -> str:
    return _tail(iri) if shorten(iri) != iri else iri


def _named_by(store: Store, listing: ox.NamedNode) -> dict[str, set[str]]:
    """The partners that a contract names, with its own words for them, folded."""
    asked = bind(text("queries", "internal/written.rq"), {"listing": listing})
    named: dict[str, set[str]] = {}
    for node, written in store.query(prologue() + asked).rows:
        if isinstance(node, ox.NamedNode) and isinstance(written, ox.Literal):
            named.setdefault(node.value, set()).add(fold(written.value))
    return named


def _by_name(store: Store, parameter: Parameter, value: str, names: _Names, listing: ox.NamedNode | None) -> str:
    wanted = fold(value)
    words = set(wanted.split())
    exact = {node for node, forms in names.forms.items() if wanted in forms}
    if len(exact) != 1 and listing and "cdv:Partner" in parameter.classes:
        named = _named_by(store, listing)
        exact = {node for node, forms in named.items() if wanted in forms} or exact & named.keys() or exact
    found = exact or {node for node, forms in names.forms.items() if any(words <= set(form.split()) for form in forms)}
    if len(found) == 1 and words:
        return found.pop()
    if found and words:
        raise AmbiguousValueError(parameter.name, value, sorted(map(_shown, found))[:20])
    near: dict[str, str] = {form: node for node, forms in names.forms.items() for form in sorted(forms)}
    close = difflib.get_close_matches(wanted, near, n=_SHOWN, cutoff=0.55)
    raise UnknownValueError(parameter.name, value, list(dict.fromkeys(_shown(near[form]) for form in close)))


def resolve(
    store: Store, parameter: Parameter, value: object, listing: ox.NamedNode | None = None
) -> ox.NamedNode | ox.Literal:
    """The term that a value names.

    Args:
        store: where names are looked up.
        parameter: what kind of thing is expected.
        value: a code, slug, acronym, label or IRI; a number or text where the parameter is one.
        listing: the contract asked about, whose own words for its partners count as names.

    Raises:
        UnknownValueError: nothing has that name; the error holds the nearest names.
        AmbiguousValueError: several things have it; the error holds them.
        InputError: the value is of the wrong type.
    """
    said = str(value).strip()
    if parameter.type == "text":
        if not fold(said):
            raise InputError("query.no-text", parameter=parameter.name, value=said)
        return ox.Literal(fold(said))
    if parameter.type == "integer":
        if not _WHOLE.fullmatch(said):
            raise InputError("query.not-whole", parameter=parameter.name, value=said)
        return ox.Literal(int(said))
    if parameter.type == "code":
        return ox.Literal(said)
    if parameter.type == "notation":
        return ox.Literal(_notation(store, parameter, said, listing))
    if parameter.type == "choice":
        if said not in parameter.choices:
            raise UnknownValueError(parameter.name, said, parameter.choices)
        return ox.Literal(said)
    if parameter.type == "node":
        return _node(store, parameter, said)
    if iri := _by_slug(store, parameter, said):
        if iri not in (forms := _names(store, parameter).forms):
            near = difflib.get_close_matches(_tail(iri), list(map(_tail, forms)), n=_SHOWN)
            raise UnknownValueError(parameter.name, said, near)
        return ox.NamedNode(iri)
    return ox.NamedNode(_by_name(store, parameter, said, _names(store, parameter), listing))


def _notation(store: Store, parameter: Parameter, said: str, listing: ox.NamedNode | None) -> str:
    """The printed code that a value is (« 1-19 » is 1.19), or the code of the one thing whose name it is."""
    source = text("queries", "internal/notations.rq")
    names: dict[str, set[str]] = {}
    for name in parameter.classes:
        asked = bind(source, {"class": ox.NamedNode(expand(name)), "listing": listing})
        for printed, key in store.query(prologue() + asked).rows:
            if isinstance(printed, ox.Literal) and isinstance(key, ox.Literal):
                names.setdefault(printed.value, set()).add(key.value)
    if (code := said.replace("-", ".")) in names:
        return code
    found: list[str] = []
    if any(map(str.isalpha, said)):  # a code that is not printed names no title, whatever numbers stand in one
        words = set(fold(said).split())
        found = [code for code, keys in names.items() if fold(said) in keys]
        found = found or [code for code, keys in names.items() if any(words <= set(key.split()) for key in keys)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousValueError(parameter.name, said, found[:20])
    near = difflib.get_close_matches(said, names, n=_SHOWN) or list(names)[:_SHOWN]
    raise UnknownValueError(parameter.name, said, near)


def _node(store: Store, parameter: Parameter, said: str) -> ox.NamedNode:
    prefix, _, name = said.strip("<>").partition(":")
    iri = said.strip("<>") if "://" in said else PREFIXES.get(prefix, "") + name if prefix in PREFIXES else ""
    if (node := _iri(iri)) and _exists(store, node):
        return node
    wanted = bind(text("queries", "internal/nodes.rq"), {"text": ox.Literal(_tail(iri or said).lower())})
    found = [row[0].value for row in store.query(prologue() + wanted).rows if isinstance(row[0], ox.NamedNode)]
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        raise AmbiguousValueError(parameter.name, said, [shorten(one) for one in found[:20]])
    raise UnknownValueError(parameter.name, said, [])
