"""Pages: templates of the folder `web`, filled by Jinja, which escapes all that it is given."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2

from cdv_graph.messages import LANGUAGES
from cdv_graph.namespaces import BASE, shorten
from cdv_graph.resources import parsed
from cdv_graph.server.job import Reply
from cdv_graph.server.reader import Reader

__all__ = ["HTML", "WEB", "local", "page", "script_words", "words"]

HTML = "text/html; charset=utf-8"
WEB = Path(__file__).with_name("web")

# nothing is fetched from elsewhere, and no script or style stands in a page; the editor draws its cursor by attributes
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'{styles}; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


@functools.cache
def _all_words() -> Mapping[str, Mapping[str, str]]:
    known: Mapping[str, Mapping[str, str]] = parsed(WEB.joinpath("words.yaml").read_text("utf-8"))
    return known


def words(key: str, lang: str, **data: object) -> str:
    """What pages say in a language.

    Example:
        >>> words("more", "en", count=3)
        '3 more'
    """
    return _all_words()[key][lang].format(**data)


def script_words(lang: str) -> dict[str, str]:
    """What the script of the query page says; it fills the placeholders itself."""
    return {key.removeprefix("query-"): said[lang] for key, said in _all_words().items() if key.startswith("query-")}


def local(iri: str) -> str:
    """Where this server shows what an IRI names; any other place is asked as `/entity?iri=`.

    Example:
        >>> local("https://w3id.org/contrat-de-ville/vocab/theme/sante")
        '/vocab/theme/sante'
        >>> local("https://w3id.org/contrat-de-ville/ontology#theme")
        '/entity?iri=https%3A%2F%2Fw3id.org%2Fcontrat-de-ville%2Fontology%23theme'
    """
    here = iri.removeprefix(BASE)
    if here != iri and "#" not in here and here.startswith(("id/", "vocab/", "graph/")):
        return "/" + quote(here, safe="/:@!$&'()*+,;=~.-_")
    return "/entity?" + urlencode({"iri": iri})


@functools.cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(shorten=shorten)
    made.filters["linkable"] = lambda iri: iri.startswith(("http://", "https://"))
    return made


def page(template: str, reader: Reader, *, status: int = 200, styles: bool = False, **data: object) -> Reply:
    """A page.

    Args:
        template: its file in `web/templates`, without the ending.
        reader: who reads.
        status: the HTTP status.
        styles: let scripts write `style` attributes.
        data: what the template takes; texts are escaped where they stand.
    """

    def url(path: str, parameters: Mapping[str, str] | None = None, **more: str) -> str:
        """An address of this server, in the language of the page where the reader chose it."""
        asked = {
            **(parameters or {}),
            **more,
            **({"lang": reader.lang} if reader.chosen and "lang" not in more else {}),
        }
        return path + ("&" if "?" in path else "?") * bool(asked) + urlencode(asked)

    text = (
        _templates()
        .get_template(f"{template}.html")
        .render(
            reader=reader,
            lang=reader.lang,
            other=next(lang for lang in LANGUAGES if lang != reader.lang),
            t=functools.partial(words, lang=reader.lang),
            url=url,
            entity=lambda iri, **more: url(local(iri), **more),
            **data,
        )
    )
    policy = _POLICY.format(styles=" 'unsafe-inline'" if styles else "")
    headers = {"Content-Security-Policy": policy, "Vary": "Accept, Accept-Language", "Content-Language": reader.lang}
    return Reply(text.encode("utf-8", "replace"), HTML, status, headers)
