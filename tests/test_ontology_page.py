"""The page of the ontology: valid HTML for people and screen readers, whole, without network or scripts."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ontology_page import figures, page, sources
from ontology_page.terms import schemes, terms

FOLDER = Path(__file__).parents[1] / "docs" / "ontology"
PAGES = {"fr": FOLDER / "index.html", "en": FOLDER / "index.en.html"}
VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """Reads a page strictly: every tag that opens closes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.langs: set[str] = set()
        self.unlabelled: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags[tag] += 1
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        self.langs |= {value for name, value in attrs if name == "lang" and value}
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th" and "scope" not in said:
            self.unlabelled.append("th")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, f"<{tag}/> outside a picture"
        self.tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())


@pytest.fixture(scope="module", params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def text(lang: str) -> str:
    return PAGES[lang].read_text("utf-8")


@pytest.fixture(scope="module")
def outline(text: str) -> Outline:
    return Outline(text)


def test_tags_are_balanced_and_ids_unique(outline: Outline) -> None:
    assert outline.open == []
    assert [one for one, count in Counter(outline.ids).items() if count > 1] == []
    assert outline.tags["h1"] == outline.tags["main"] == outline.tags["nav"] == 1


def test_it_asks_for_nothing_else_and_is_small(text: str, outline: Outline) -> None:
    assert len(text.encode()) < 1_000_000
    assert outline.tags["script"] == outline.tags["img"] == outline.tags["iframe"] == 0
    assert "@import" not in text and "url(" not in text


def test_every_link_within_the_page_and_the_repository_leads_somewhere(outline: Outline) -> None:
    inside = {link[1:] for link in outline.links if link.startswith("#")}
    assert inside and inside <= set(outline.ids)
    beside = [link for link in outline.links if not re.match(r"#|https?://", link)]
    assert beside and [link for link in beside if not (FOLDER / link).exists()] == []


def test_it_can_be_read_aloud(lang: str, text: str, outline: Outline) -> None:
    assert f'<html lang="{lang}">' in text and outline.langs == {"fr", "en"}
    assert '<a class="skip" href="#content">' in text
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert outline.unlabelled == []
    assert outline.tags["svg"] == text.count('role="img"') == text.count("<desc>") == outline.tags["figcaption"] == 5


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_their_ground(text: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text))
    grounds = ["#ffffff", named["ground"], *re.findall(r'<rect [^>]*fill="(#[0-9a-f]{6})" stroke', text)]
    inks = [named["ink"], named["soft"], named["link"], *re.findall(r'<text [^>]*fill="(#[0-9a-f]{6})"', text)]
    for ink in set(inks):
        for ground in set(grounds):
            light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_every_term_and_concept_has_its_place(outline: Outline, text: str, lang: str) -> None:
    for term in terms():
        assert term.name.removeprefix("cdv:") in outline.ids
    for scheme in schemes():
        assert {concept.name.replace(":", ".") for concept in scheme.concepts} <= set(outline.ids)
    shown = text.partition('<article class="term" id="articulatedElement">')[2].partition("</article>")[0]
    assert {"fr": "Employée avec", "en": "Used with"}[lang] in shown
    assert {"fr": "Engagement", "en": "Commitment"}[lang] in shown  # a class that the shapes expect
    assert "cdv:articulatedElement sheet:rive-2024.1 ." in shown


def test_what_is_expected_comes_from_the_shapes() -> None:
    found = {term.name: term for term in terms()}
    assert found["cdv:articulatedElement"].used_with == ("cdv:Articulation",)
    assert found["cdv:articulatedElement"].values == (
        "cdv:Commitment",
        "cdv:Contract",
        "cdv:GovernanceBody",
        "cdv:Practice",
        "cdv:StrategicElement",
    )
    assert found["cdv:mode"].values == ("https://w3id.org/contrat-de-ville/vocab/mode",)
    assert found["cdv:startDate"].values == ("xsd:date", "xsd:gYear", "xsd:gYearMonth")
    assert not any(found[name].shown for name in ("cdv:articulatedElement", "cdv:mode", "cdv:startDate"))
    # what no shape says, the example shows
    assert found["cdv:carrier"].shown == {"used", "values"} and found["cdv:carrier"].values == ("cdv:Partner",)
    assert found["cdv:signatory"].derived == ("shortcut-signatory.rq",)
    assert "cdv:pilot" in found["cdv:ActionSheet"].properties
    assert found["cdv:Commune"].above == ("cdv:Territory",)
    # only what has no place in a published graph has no example, and what is used through its subclasses
    assert {name for name, term in found.items() if not term.example} == {
        "cdv:Territory",
        "cdv:Contract",
        "cdv:StrategicElement",
        "cdv:confidence",
    }


def test_a_link_that_no_shape_expects_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"id": "x", "title": {"fr": "x", "en": "x"}, "boxes": {"Partner": [0, 0], "Reading": [1, 0]}}
    monkeypatch.setattr(figures, "_declared", lambda: [{**said, "links": [["Partner", "statedIn", "Reading"]]}])
    with pytest.raises(ValueError, match="no shape expects Partner cdv:statedIn Reading"):
        figures.figures({t.name: t for t in terms()}, {s.code: s for s in schemes()}, "fr", "any")


def test_a_deprecated_term_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    module = importlib.import_module("ontology_page.page")
    changed = [dataclasses.replace(term, deprecated=term.name == "cdv:Article") for term in terms()]
    monkeypatch.setattr(module, "terms", lambda: changed)
    text = page("en")
    assert text.count('class="term deprecated"') == 1 and "Deprecated term." in text


def test_every_group_of_the_file_has_a_heading_in_both_languages() -> None:
    import yaml

    said = yaml.safe_load((Path(sources.__file__).parent / "words.yaml").read_text("utf-8"))
    assert set(sources.groups().values()) == set(said["fr"]["groups"]) == set(said["en"]["groups"])
    assert all(
        said["fr"][key].keys() == said["en"][key].keys() for key in said["fr"] if isinstance(said["fr"][key], dict)
    )
