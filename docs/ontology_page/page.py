"""The page of the ontology: what `terms.py` found, in HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import rdflib
import yaml
from rdflib import DCTERMS, OWL

from cdv_graph.messages import LANGUAGES
from cdv_graph.namespaces import BASE, PREFIXES, expand
from ontology_page.figures import figures
from ontology_page.sources import HEADER, Words, by_name, ontology, words
from ontology_page.terms import Concept, Scheme, Term, schemes, terms

__all__ = ["page"]

_HERE = Path(__file__).parent
_VOCAB = BASE + "vocab/"


def page(lang: str) -> str:
    """The page in a language, `fr` or `en`."""
    return _Page(lang).html()


@cache
def _yaml(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text("utf-8"))


class _Page:
    """One page: its words, and what it names in them."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.other = next(one for one in LANGUAGES if one != lang)
        self.say: dict[str, Any] = _yaml("words.yaml")[lang]
        self.terms = {term.name: term for term in terms()}
        self.schemes = {scheme.code: scheme for scheme in schemes()}

    def html(self) -> str:
        title = words(ontology(), HEADER, DCTERMS.title)[self.lang]
        makers: dict[str, Callable[[], str]] = {name: getattr(self, f"_{name}") for name in self.say["sections"]}
        filled = {
            "lang": self.lang,
            "title": escape(title),
            "version": self._said(OWL.versionInfo),
            "description": escape(words(ontology(), HEADER, DCTERMS.description)[self.lang]),
            "other_lang": self.other,
            "other_page": _yaml("words.yaml")[self.other]["page"],
            **{name: escape(self.say[name]) for name in ("other_name", "skip", "contents", "made")},
            "header": self._header(title),
            "toc": self._toc(),
            "sections": "\n".join(
                f'<section aria-labelledby="{name}">\n<h2 id="{name}">{self.say["sections"][name]}</h2>\n{make()}\n</section>'
                for name, make in makers.items()
            ),
        }
        return re.sub(r"@@(\w+)@@", lambda place: filled[place[1]], (_HERE / "template.html").read_text("utf-8"))

    # header and contents

    def _said(self, predicate: rdflib.URIRef) -> str:
        found = ontology().value(HEADER, predicate)
        return "" if found is None else escape(str(found))

    def _header(self, title: str) -> str:
        version, iri, date = self._said(OWL.versionInfo), self._said(OWL.versionIRI), self._said(DCTERMS.modified)
        licence, creator, previous = (
            self._said(DCTERMS.license),
            self._said(DCTERMS.creator),
            self._said(OWL.priorVersion),
        )
        cited = self.say["cite"].format(creator=creator, year=date[:4], title=escape(title), version=version, iri=iri)
        files = ", ".join(
            f'<a href="../../ontology/{name}">{name}</a> ({what})' for name, what in self.say["files"].items()
        )
        rows = {
            "iri": f"<code>{HEADER}</code>",
            "version": version,
            "version_iri": f"<code>{iri}</code>",
            "previous": f"<code>{previous}</code>" if previous else self.say["header"]["first"],
            "date": f'<time datetime="{date}">{date}</time>',
            "created": f'<time datetime="{self._said(DCTERMS.created)}">{self._said(DCTERMS.created)}</time>',
            "creator": creator,
            "licence": f'<a href="{licence}">{licence}</a>',
            "prefix": f"<code>cdv: &lt;{PREFIXES['cdv']}&gt;</code>",
            "cite": cited,
            "files": files,
        }
        return "\n".join(self._row(self.say["header"][key], value) for key, value in rows.items())

    def _toc(self) -> str:
        parts = {
            "classes": [(_anchor(group), self.say["groups"][group]) for group in self._groups("Classes")],
            "properties": [(_anchor(group), self.say["groups"][group]) for group in self._groups("Properties")],
            "schemes": [(f"vocab-{scheme.code}", scheme.title[self.lang]) for scheme in self.schemes.values()],
        }
        items = []
        for name, title in self.say["sections"].items():
            inner = "".join(f'<li><a href="#{anchor}">{escape(what)}</a></li>' for anchor, what in parts.get(name, []))
            items.append(f'<li><a href="#{name}">{title}</a>{f"<ul>{inner}</ul>" if inner else ""}</li>')
        return "<ul>\n" + "\n".join(items) + "\n</ul>"

    def _groups(self, kind: str) -> list[str]:
        return [group for group in dict.fromkeys(term.group for term in self.terms.values()) if group.startswith(kind)]

    # small things

    def _row(self, name: str, value: str) -> str:
        return f"<dt>{name}</dt><dd>{value}</dd>"

    def _list(self, sentences: Iterable[str]) -> str:
        return "<ul>\n" + "\n".join(f"<li>{escape(one)}</li>" for one in sentences) + "\n</ul>"

    def _beside(self, label: Words) -> str:
        """The label in the other language, where it is another word."""
        other = label[self.other]
        return f'<span class="other" lang="{self.other}">{escape(other)}</span>' if other != label[self.lang] else ""

    def _link(self, name: str) -> str:
        """A term of ours with its label, or one of another vocabulary by its IRI."""
        if name in self.terms:
            local = name.removeprefix("cdv:")
            return f'<a href="#{local}">{escape(self.terms[name].label[self.lang])}</a> <code>{name}</code>'
        if name.startswith(_VOCAB):
            scheme = self.schemes[name.removeprefix(_VOCAB)]
            title = escape(scheme.title[self.lang])
            return f'{self.say["scheme_word"]} <a href="#vocab-{scheme.code}">{title}</a> <code>{scheme.prefix}:</code>'
        if name in self.say["types"]:
            code = f" <code>{name}</code>" if ":" in name else ""
            return escape(self.say["types"][name]) + code
        known = name.partition(":")[0] in PREFIXES
        iri = expand(name) if known else name
        return f'<a href="{escape(iri)}"><code>{escape(name)}</code></a>'

    def _links(self, names: Sequence[str]) -> str:
        return ", ".join(map(self._link, names))

    # sections

    def _reading(self) -> str:
        return self._list(self.say["reading"])

    def _figures(self) -> str:
        parts = [f"<p>{escape(self.say['legend'])}</p>"]
        for figure in figures(self.terms, self.schemes, self.lang, self.say["anything"]):
            links = "\n".join(
                f"<li>{self._end(start)} – {self._link(link)} → {self._end(end)}</li>"
                for start, link, end in figure.links
            )
            parts.append(
                f'<figure id="figure-{figure.id}">\n<figcaption>{escape(figure.title)}</figcaption>\n{figure.svg}'
                f"<details><summary>{self.say['in_words']}</summary>\n<ul>\n{links}\n</ul></details>\n</figure>"
            )
        return "\n".join(parts)

    def _end(self, name: str) -> str:
        scheme = next((scheme for scheme in self.schemes.values() if f"{scheme.prefix}:" == name), None)
        if scheme:
            return self._link(_VOCAB + scheme.code)
        return self._link(name) if name in self.terms else escape(name)

    def _tree(self) -> str:
        def branch(name: str) -> str:
            below = "".join(map(branch, self.terms[name].below))
            return f"<li>{self._link(name)}{f'<ul>{below}</ul>' if below else ''}</li>"

        tops = [term.name for term in self.terms.values() if term.kind == "Class" and not term.above]
        return "<ul>\n" + "\n".join(map(branch, sorted(tops, key=by_name))) + "\n</ul>"

    def _index(self) -> str:
        ordered = sorted(self.terms.values(), key=lambda term: by_name(term.name))
        items = (
            f'<li><a href="#{t.name[4:]}"><code>{t.name}</code></a> {escape(t.label[self.lang])}</li>' for t in ordered
        )
        return '<ul class="index">\n' + "\n".join(items) + "\n</ul>"

    def _classes(self) -> str:
        return self._grouped("Classes")

    def _properties(self) -> str:
        return self._grouped("Properties")

    def _grouped(self, kind: str) -> str:
        parts = []
        for group in self._groups(kind):
            parts.append(f'<h3 id="{_anchor(group)}">{self.say["groups"][group]}</h3>')
            parts += [self._term(term) for term in self.terms.values() if term.group == group]
        return "\n".join(parts)

    def _term(self, term: Term) -> str:
        fields = self.say["fields"]
        rows = [(fields["iri"], f"<code>{expand(term.name)}</code>")]
        rows += [(fields["notes"], escape(term.notes.get(self.lang, "")))]
        rows += [
            (fields["above"][term.kind], self._links(term.above)),
            (fields["below"][term.kind], self._links(term.below)),
        ]
        if term.kind == "Class":
            rows += [
                (fields["properties"], self._links(term.properties)),
                (fields["pointed"], self._links(term.values)),
            ]
        else:
            for part, names in (("used", term.used_with), ("values", term.values)):
                shown = f" {fields['shown']}" if part in term.shown else ""
                rows += [(fields[part], self._links(names) + shown if names else "")]
        rows += [(fields["derived"], ", ".join(f"<code>rules/{rule}</code>" for rule in term.derived))]
        rows += [(fields["see"], ", ".join(f"{self.say['links'][how]} {self._link(name)}" for name, how in term.see))]
        kind = ", ".join([self.say["kinds"][term.kind], *(self.say["marks"][mark] for mark in term.marks)])
        parts = [
            f'<article class="term{" deprecated" if term.deprecated else ""}" id="{term.name[4:]}">',
            f"<h4>{escape(term.label[self.lang])} <code>{term.name}</code> "
            f'{self._beside(term.label)} <span class="kind">{kind}</span></h4>',
            f"<p>{fields['deprecated']}</p>" if term.deprecated else "",
            f"<p>{escape(term.definition[self.lang])}</p>",
            "<dl>\n" + "\n".join(self._row(name, value) for name, value in rows if value) + "\n</dl>",
            self._rules(term),
            self._disjoint(term),
            self._example(term),
            "</article>",
        ]
        return "\n".join(part for part in parts if part)

    def _rules(self, term: Term) -> str:
        said = [
            f"<li>{escape(rule.words[self.lang].replace('{?value}', '…'))} <code>{rule.shape}</code></li>"
            for rule in term.rules
            if self.lang in rule.words
        ]
        if not said:
            return ""
        head = self.say["fields"]["rules"].format(count=len(said))
        return f"<details><summary>{head}</summary>\n<ul>\n" + "\n".join(said) + "\n</ul></details>"

    def _disjoint(self, term: Term) -> str:
        if not term.disjoint:
            return ""
        head = self.say["fields"]["disjoint"].format(count=len(term.disjoint))
        return f"<details><summary>{head}</summary>\n<p>{self._links(term.disjoint)}</p></details>"

    def _example(self, term: Term) -> str:
        if not term.example:
            return ""
        # the words of the example are French in both pages
        return f'<p>{self.say["fields"]["example"]}</p>\n<pre lang="fr"><code>{escape(term.example)}</code></pre>'

    def _schemes(self) -> str:
        return "\n".join(map(self._scheme, self.schemes.values()))

    def _scheme(self, scheme: Scheme) -> str:
        said = self.say["concept"]
        caption = said["caption"].format(count=len(scheme.concepts), prefix=f"<code>{scheme.prefix}:</code>")
        head = "".join(f'<th scope="col">{said[name]}</th>' for name in ("code", "label", "definition"))
        rows = "\n".join(map(self._concept, scheme.concepts))
        return (
            f'<h3 id="vocab-{scheme.code}">{escape(scheme.title[self.lang])}</h3>\n'
            f"<p>{escape(scheme.description[self.lang])}<br><code>{_VOCAB}{scheme.code}</code></p>\n"
            f"<table>\n"
            f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
        )

    def _concept(self, concept: Concept) -> str:
        said = self.say["concept"]
        notation = f" ({escape(concept.notation)})" if concept.notation else ""
        more = []
        if others := concept.alternatives[self.lang]:
            more.append(f"{said['others']} {escape(' ; '.join(others))}")
        if concept.broader:
            more.append(f"{said['broader']} <code>{concept.broader}</code>")
        definition = "<br>".join([escape(concept.definition.get(self.lang, "")), *more])
        anchor = concept.name.replace(":", ".")
        return (
            f'<tr id="{anchor}"><th scope="row"><code>{concept.name}</code></th>'
            f"<td>{escape(concept.label[self.lang])}{notation} {self._beside(concept.label)}</td><td>{definition}</td></tr>"
        )

    def _table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        head = "".join(f'<th scope="col">{self.say["columns"][name]}</th>' for name in columns)
        body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"

    def _alignments(self) -> str:
        rows = [
            (self._link(term.name), self.say["links"][how], self._link(name))
            for term in self.terms.values()
            for name, how in term.see
        ]
        return self._table(("term", "link", "other"), rows)

    def _namespaces(self) -> str:
        def holds(base: str) -> str:
            part = base.removeprefix(BASE).partition("/")[0].rstrip("#") if base.startswith(BASE) else "other"
            return str(self.say["holds"][part])

        rows = [(f"<code>{name}:</code>", f"<code>{base}</code>", holds(base)) for name, base in PREFIXES.items()]
        return self._table(("prefix", "iri", "holds"), rows)

    def _changes(self) -> str:
        parts = []
        for version, said in _yaml("changes.yaml").items():
            parts.append(f'<h3>{version} – <time datetime="{said["date"]}">{said["date"]}</time></h3>')
            parts.append(self._list(said[self.lang]))
        return "\n".join(parts)

    def _policy(self) -> str:
        return self._list(self.say["policy"])


def _anchor(group: str) -> str:
    return re.sub(r"[^a-z]+", "-", group.lower()).strip("-")
