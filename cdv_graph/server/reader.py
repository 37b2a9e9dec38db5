"""Who reads, and what is asked: the language, the format, the parameters of an address, checked before any work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from cdv_graph.errors import InputError
from cdv_graph.messages import LANGUAGES
from cdv_graph.server.negotiate import preferred
from cdv_graph.server.protocol import language

__all__ = ["LONGEST", "Reader", "chosen_form", "parameters"]

LONGEST = 500  # characters of one value; the longest IRI of the shipped data has fewer than 200


@dataclass(frozen=True)
class Reader:
    """Who reads.

    Attributes:
        lang: `fr` or `en`.
        chosen: the address says the language, so that links from the page must say it too.
        path: the path that was asked.
        pages: would rather read pages than what programs read.
    """

    lang: str = LANGUAGES[0]
    chosen: bool = False
    path: str = "/"
    pages: bool = False

    @classmethod
    def of(cls, request: Request) -> Reader:
        """Who sends a request: `?lang=` where it is known, else `Accept-Language`, else French."""
        named = request.query_params.get("lang", "")
        liked = language(request.headers)
        pages = request.query_params.get("format") == "html" or "text/html" in request.headers.get("accept", "")
        return cls(named if named in LANGUAGES else liked, named in LANGUAGES, request.url.path, pages)

    @classmethod
    def from_asked(cls, asked: Mapping[str, str]) -> Reader:
        """The reader that `to_asked` tells."""
        return cls(asked["lang"], bool(asked["@chosen"]), asked["@path"], bool(asked["@pages"]))

    def to_asked(self) -> dict[str, str]:
        """The same as text by name, for a job; no parameter of a question begins with `@` or is called `lang`."""
        told = {"@chosen": self.chosen, "@pages": self.pages}
        return {"lang": self.lang, "@path": self.path, **{name: "yes" if yes else "" for name, yes in told.items()}}


def chosen_form(request: Request, forms: Mapping[str, str]) -> str:
    """The format that is asked: `?format=`, else what `Accept` likes.

    Args:
        request: what was sent.
        forms: media types by name, the one for those who take anything first.

    Raises:
        InputError: there is no such format, or none that the client takes.
    """
    if named := str(request.query_params.get("format", "")):
        if named not in forms:
            raise InputError("server.unknown-format", form=named[:LONGEST], known=", ".join(forms))
        return named
    types: dict[str, str] = {}
    for form, media_type in forms.items():
        types.setdefault(media_type.partition(";")[0], form)
    liked = preferred(request.headers.get("accept", ""), list(types))
    if not liked:
        raise InputError("server.not-acceptable", known=", ".join(types))
    return types[liked]


def parameters(request: Request, known: Collection[str]) -> dict[str, str]:
    """The parameters of an address that are not empty, beside `format` and `lang`.

    Raises:
        InputError: one is unknown, is given twice, or is too long.
    """
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known and name not in ("format", "lang"):
            raise InputError("server.unknown-parameter", parameter=name[:LONGEST], known=", ".join(known) or "–")
        if name in given:
            raise InputError("server.repeated", parameter=name)
        if len(value) > LONGEST:
            raise InputError("server.too-long", parameter=name, count=len(value), most=LONGEST)
        given[name] = value
    if given.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise InputError("server.unknown-language", lang=given["lang"], known=", ".join(LANGUAGES))
    return {name: value for name, value in given.items() if value.strip() and name in known}
