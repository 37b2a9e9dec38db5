"""The network of a contract and its pictures: everything is there, nothing overlaps, nothing is loaded."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from cdv_graph.analysis.networks.contract import contract_network
from cdv_graph.build import load_store
from cdv_graph.diagram import FORMATS, draw, render
from cdv_graph.diagram.cards import cards
from cdv_graph.diagram.scene import picture
from cdv_graph.diagram.shapes import Curve, Text
from cdv_graph.diagram.style import style, words
from cdv_graph.errors import InputError, OutputError, UnknownValueError
from cdv_graph.query import Result
from cdv_graph.questions import ask
from cdv_graph.tables.vocabularies import codes

CONTRACT = "clermont-2024"
HOSTILE = "</script><script>window.hacked=1</script><b>\"quoted\" & 'so' $x^2$ \x00 @@data@@"
COLUMNS = (
    *("contract", "element", "dispositif", "dispositif_label", "local_dispositif", "theme"),
    *("mode", "status", "carrier", "document", "start_line", "end_line"),
)


@pytest.fixture(scope="module")
def answer() -> Result:
    return ask(load_store(), "articulations", {"contract": CONTRACT})


@pytest.fixture(scope="module")
def network(answer):
    return contract_network(answer)


def made(*rows) -> Result:
    """Rows from (element, dispositif, label, theme, mode, status, carrier)."""
    return Result(
        COLUMNS, [["c", e, d, la, None, t, m, s, w, "doc", n, n] for n, (e, d, la, t, m, s, w) in enumerate(rows, 1)]
    )


def hostile():
    row = ("sheet/1", HOSTILE, HOSTILE, "sante", "volet", "stated", HOSTILE)
    return contract_network(made(row, ("sheet/2", "日本", "日本語", HOSTILE, None, "absent", None)))


def edges(network, kind):
    return [
        (start, end, key, data) for start, end, key, data in network.edges(keys=True, data=True) if data["kind"] == kind
    ]


def line(row):
    return f"{row['document']}:{row['start_line']}-{row['end_line']}"


# the network


def test_edges_are_the_rows_counted_both_ways(answer, network):
    rows = answer.records()
    label = {node: (data["name"], data["label"]) for node, data in network.nodes(data=True)}
    drawn = {
        (data["theme"], *label[end], data["status"], element, place)
        for _, end, _, data in edges(network, "articulation")
        for element in data["elements"]
        for place in data["lines"]
    }
    asked = {
        (r["theme"] or "", r["dispositif"], r["dispositif_label"], r["status"], r["element"], line(r)) for r in rows
    }
    assert asked <= drawn
    assert {row[:5] for row in drawn} == {row[:5] for row in asked}
    assert len(edges(network, "articulation")) == len({row[:4] for row in asked})
    assert sum(data["weight"] for *_, data in edges(network, "articulation")) == len({row[:5] for row in asked})
    carried = {(r["dispositif_label"], r["carrier"], r["theme"] or "") for r in rows if r["carrier"]}
    assert {(label[s][1], label[e][1], key) for s, e, key, _ in edges(network, "carrier")} == carried


def test_every_mode_of_an_edge_is_in_the_rows_and_the_strongest_is_told(answer, network):
    strongest = list(style().modes)
    for _, _, _, data in edges(network, "articulation"):
        assert data["modes"] == sorted(data["modes"], key=strongest.index)
        assert data["mode"] == (data["modes"][0] if data["modes"] else "")
    assert {m for *_, d in edges(network, "articulation") for m in d["modes"]} == set(answer.column("mode")) - {None}


def test_graph_attributes(answer, network):
    assert network.graph["contract"] == network.graph["title"] == CONTRACT
    assert network.graph["source"] == f"{CONTRACT} ; occitanie-2025"
    assert 0 < network.graph["drawn"] == network.graph["total"] <= len(answer)


def test_a_theme_takes_in_what_is_under_it(answer, network):
    part = contract_network(answer, CONTRACT, theme="emploi")
    groups = {data["group"] for _, data in part.nodes(data=True) if data["kind"] == "theme"}
    assert groups == {"emploi"}
    assert 0 < part.graph["drawn"] < part.graph["total"] == network.graph["total"]


def test_modes_and_limit(answer):
    funded = contract_network(answer, modes=["funding"])
    assert {data["mode"] for *_, data in edges(funded, "articulation")} == {"funding"}
    few = contract_network(answer, limit=5)
    assert sum(data["kind"] == "dispositif" for _, data in few.nodes(data=True)) == 5


def test_an_acronym_of_two_dispositifs_makes_two_nodes():
    rows = made(
        ("sheet/1", "CLS", "Contrat local de santé", "sante", "volet", "stated", None),
        ("sheet/1", "CLS", "Contrat local de sécurité", "securite", "mention", "stated", None),
    )
    labels = [data["label"] for _, data in contract_network(rows).nodes(data=True) if data["kind"] == "dispositif"]
    assert labels == ["Contrat local de santé", "Contrat local de sécurité"]


def test_the_contract_must_be_known_and_alone(answer):
    with pytest.raises(UnknownValueError, match="nulle-part"):
        contract_network(answer, "nulle-part")
    two = Result(COLUMNS, [["a", *[None] * 11], ["b", *[None] * 11]])
    with pytest.raises(InputError, match="a, b"):
        contract_network(two)


def test_every_mode_status_and_top_theme_has_a_look_and_words():
    assert set(style().modes) == codes()["mode"] | {""}
    assert set(style().statuses) == codes()["status"]
    assert set(style().themes) - {""} <= codes()["theme"]
    for lang in ("fr", "en"):
        assert set(words(lang)["modes"]) == set(style().modes)
        assert set(words(lang)["statuses"]) == set(style().statuses)
        assert set(words(lang)) == set(words("fr"))


# the picture


def crossing(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("top", [1, 4, 10, None])
def test_no_labels_overlap_and_none_leaves_the_picture(network, lang, top):
    scene = picture(network, lang=lang, top=top)
    texts = [shape for shape in scene.shapes if isinstance(shape, Text)]
    for text in texts:
        left, up, right, down = text.bounds
        assert left >= 0 and up >= 0 and right <= scene.width and down <= scene.height, text
    clashes = [(a.pieces, b.pieces) for a, b in itertools.combinations(texts, 2) if crossing(a.bounds, b.bounds)]
    assert clashes == []
    links = [shape for shape in scene.shapes if isinstance(shape, Curve) and len(shape.points) == 4]
    for link in links:
        xs, ys = zip(*link.points, strict=True)
        hull = (min(xs), min(ys), max(xs), max(ys))
        assert not [text.pieces for text in texts if crossing(hull, text.bounds) and text.anchor != "middle"], link


def test_a_picture_shows_the_strongest_and_says_what_it_leaves_out(network):
    everything = {card.theme: card for card in cards(network)}
    shown = cards(network, top=4)
    for card in shown:
        firm = [entry for entry in everything[card.theme].entries if not entry.only_mentioned]
        assert list(card.entries) == firm[:4]
    count = len({entry.node for card in shown for entry in card.entries})
    total = sum(data["kind"] == "dispositif" for _, data in network.nodes(data=True))
    assert picture(network, top=4).description.startswith(f"{count} dispositifs sur {total} montrés")
    for card in shown:
        if not card.entries:
            assert card.label in picture(network, top=4).description


def test_the_whole_picture_shows_every_edge(network):
    groups = {node: data.get("group") for node, data in network.nodes(data=True)}
    expected = {(groups[start], end) for start, end, *_ in edges(network, "articulation")}
    assert {(card.theme, entry.node) for card in cards(network) for entry in card.entries} == expected


def test_everything_can_be_asked(network):
    whole, few = render(network, "svg", everything=True).decode(), render(network, "svg", top=2).decode()
    assert whole.count("<text") > render(network, "svg").decode().count("<text") > few.count("<text")


def test_legend_and_source_are_told(network):
    text = render(network, "svg").decode()
    for label in ("Volet", "Gouvernance", "Opérationnel", "Financement", "Projetée", "Constatée"):
        assert f">{label}<" in text
    assert f"Source : {CONTRACT} ; occitanie-2025 · cdv-graph" in text
    assert "Éducation et jeunesse" in text
    assert "Education and youth" in render(network, "svg", lang="en").decode()


def test_a_part_of_the_contract_does_not_pass_for_the_whole(answer, network):
    part = contract_network(answer, theme="sante")
    drawn, total = part.graph["drawn"], network.graph["total"]
    assert f"{drawn} articulations sur les {total} du contrat" in picture(part).description
    assert f"{total} articulations : tout est montré" in picture(network).description


def test_an_empty_network_is_a_picture_too():
    empty = contract_network(made())
    assert picture(empty).description == "Aucune articulation"
    for form in ("svg", "html", "graphml", "gexf", "json"):
        assert render(empty, form)


# files


@pytest.mark.parametrize("form", list(FORMATS))
def test_same_bytes_twice(network, answer, form):
    if form in ("png", "pdf"):
        pytest.importorskip("matplotlib")
    assert (once := render(network, form)) == render(contract_network(answer), form)
    assert not re.search(rb"lastmodified|CreationDate|ModDate|\b%d\b-\d\d-\d\d" % date.today().year, once)


def test_same_bytes_whatever_the_hash_seed():
    code = (
        "import hashlib; from cdv_graph.build import load_store; from cdv_graph.questions import ask;"
        "from cdv_graph.analysis.networks.contract import contract_network; from cdv_graph.diagram import render;"
        f"n = contract_network(ask(load_store(), 'articulations', {{'contract': '{CONTRACT}'}}));"
        "print([hashlib.sha256(render(n, f)).hexdigest() for f in ('svg', 'html', 'graphml', 'gexf', 'json')])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graph_formats_are_read_back(network, tmp_path, form, read):
    kwargs = {"force_multigraph": True} if form == "graphml" else {}
    found = read(draw(network, tmp_path / f"c.{form}"), **kwargs)
    assert set(found.nodes) == set(network.nodes)
    assert found.number_of_edges() == network.number_of_edges()
    ours = sorted((s, e, d["kind"], d["mode"], d["weight"]) for s, e, d in network.edges(data=True))
    assert sorted((s, e, d["kind"], d["mode"], d["weight"]) for s, e, d in found.edges(data=True)) == ours


def test_json_is_cytoscape_json(network):
    found = nx.cytoscape_graph(json.loads(render(network, "json")))
    assert (set(found.nodes), found.number_of_edges()) == (set(network.nodes), network.number_of_edges())


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_for_slides(network, tmp_path, form, start):
    pytest.importorskip("matplotlib")
    assert draw(network, tmp_path / f"c.{form}").read_bytes().startswith(start)


def test_without_matplotlib_the_message_says_what_to_install(network, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'cdv-graph\[viz\]'"):
        render(network, "png")


def test_an_unknown_ending_tells_the_known_ones(network, tmp_path):
    with pytest.raises(InputError, match="html, svg, png, pdf, graphml, gexf, json"):
        draw(network, tmp_path / "c.docx")
    with pytest.raises(InputError, match="at least 1"):
        draw(network, tmp_path / "c.svg", top=0)
    with pytest.raises(InputError, match="fr, en"):
        draw(network, tmp_path / "c.svg", lang="de")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_leaves_nothing(network, tmp_path):
    with pytest.raises(OutputError):
        draw(network, tmp_path / "missing" / "c.svg")
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(OutputError):
        draw(network, tmp_path / "taken.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.svg"]


# labels are data


def test_hostile_labels_stay_data(tmp_path):
    network = hostile()
    root = ElementTree.fromstring(render(network, "svg", title=HOSTILE))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "circle", "polygon", "text", "tspan",
    }  # fmt: skip
    page = render(network, "html", title=HOSTILE).decode()
    assert page.count("<script") - page.count("</script") == 0
    assert "<script>window.hacked" not in page
    data = page.split('id="data">', 1)[1].split("</script>", 1)[0]
    assert "@@data@@" in json.loads(data)["title"]
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        assert read(draw(network, tmp_path / f"h.{form}")).number_of_nodes() == network.number_of_nodes()
    pytest.importorskip("matplotlib")
    assert render(network, "png", title=HOSTILE)


# the page


def test_the_page_loads_nothing(network):
    page = render(network, "html").decode()
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"""(?:src|href|url|@import)\s*[=(]?\s*["']?(?:https?:)?//""", markup)
    assert "default-src 'none'" in markup
    assert "Copyright (c) 2016" in page


@pytest.fixture(scope="module")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    flags = (
        "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
        "--no-first-run"
    )
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=flags.split())
        yield browser
        browser.close()


def opened(chromium, path):
    context = chromium.new_context(viewport={"width": 1600, "height": 900}, offline=True)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda message: page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or page.troubles.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("window.diagram !== undefined")
    return page


@pytest.fixture
def page(chromium, network, tmp_path):
    page = opened(chromium, draw(network, tmp_path / "c.html"))
    yield page
    assert page.troubles == []
    page.context.close()


def click(page, selector):
    place = page.evaluate(
        """(selector) => {
          const node = diagram.cy.nodes(selector).filter((node) => !node.hasClass("out"))[0];
          const box = document.getElementById("picture").getBoundingClientRect();
          return [box.left + node.renderedPosition().x, box.top + node.renderedPosition().y];
        }""",
        selector,
    )
    page.mouse.click(*place)


def visible(page, selector):
    return page.evaluate("(s) => diagram.cy.nodes(s).filter((n) => !n.hasClass('out')).length", selector)


def test_page_opens_on_the_picture_with_nothing_overlapping(page, network):
    assert page.inner_text("h1") == f"Articulations · {CONTRACT}"
    assert visible(page, ".entry") == sum(len(card.entries) for card in cards(network, top=4))
    clashes = page.evaluate(
        """() => {
          const boxes = diagram.cy.nodes(".entry, .theme, .carrier").map((node) => [
            node.data("label"), node.boundingBox({ includeOverlays: false })]);
          const found = [];
          boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
            const w = Math.min(p.x2, q.x2) - Math.max(p.x1, q.x1);
            const h = Math.min(p.y2, q.y2) - Math.max(p.y1, q.y1);
            if (w > 2 && h > 2) found.push([a, b, w, h]);
          }));
          return found;
        }"""
    )
    assert clashes == []
    assert page.evaluate("diagram.cy.nodes('.entry').every((n) => n.renderedPosition().y < diagram.cy.height())")


def test_page_search_ignores_accents_and_finds_what_is_not_shown(page, network):
    page.fill("#search", "sante mentale")
    labels = [data["label"] for _, data in network.nodes(data=True) if "santé mentale" in data["label"].lower()]
    found = page.locator("#facts li button")
    assert found.count() >= len(labels) > 0
    assert page.evaluate("diagram.cy.nodes('.entry.lit').length") > 0
    mention = next(e for card in cards(network) for e in card.entries if e.only_mentioned and e.carriers == ())
    page.fill("#search", mention.label)
    page.locator("#facts li button").first.click()
    assert page.evaluate("diagram.view()") == "whole"
    assert mention.label in page.inner_text("#facts")


def test_page_filters_by_mode(page, network):
    everything = cards(network, top=4)
    for box in page.locator("#modes input").all():
        if box.get_attribute("value") != "governance":
            box.uncheck()
    kept = [entry for card in everything for entry in card.entries if "governance" in entry.modes]
    assert visible(page, ".entry") == len(kept) > 0
    page.locator("#to-table").click()
    rows = [entry for card in cards(network) for entry in card.entries if "governance" in entry.modes]
    assert page.locator("#table tbody tr").count() == len(rows)
    page.locator("#modes input[value=governance]").uncheck()
    assert visible(page, "") == 0
    assert page.locator("#empty").is_visible()


def test_page_filters_by_theme(page, network):
    page.select_option("#theme", "theme/sante")
    (card,) = cards(network, theme="sante")
    assert visible(page, ".entry") == len(card.entries)
    assert {card.theme} == set(page.evaluate("diagram.cy.nodes('.theme').map((node) => node.data('theme'))"))
    page.select_option("#theme", "")
    assert page.evaluate("diagram.view()") == "overview"


def test_page_click_tells_the_facts(page, network):
    entry = next(e for card in cards(network, top=4) for e in card.entries if e.carriers)
    click(page, f'.entry[dispositif = "{entry.node}"]')
    facts = page.inner_text("#facts")
    assert entry.label in facts
    assert words("fr")["modes"][entry.modes[0]] in facts
    assert f"{len(entry.elements)} (" in facts
    assert entry.lines[0].partition("-")[0].partition(":")[2] in facts
    partner = network.nodes[entry.carriers[0]]["label"]
    click(page, f'.carrier[id = "{entry.carriers[0]}"]')
    assert page.inner_text("#facts h2") == partner
    click(page, '.theme[theme = "sante"]')
    assert page.inner_text("#facts h2") == "Santé"


def test_page_zoom_and_fit(page):
    before = page.evaluate("diagram.cy.zoom()")
    page.click("#zoom-in")
    assert page.evaluate("diagram.cy.zoom()") > before
    page.click("#fit")
    assert page.evaluate("diagram.cy.zoom()") == pytest.approx(before)


def test_page_table_has_every_row(page, network):
    page.locator("#to-table").click()
    assert page.locator("#table tbody tr").count() == sum(len(card.entries) for card in cards(network))


def test_page_in_english(chromium, network, tmp_path):
    page = opened(chromium, draw(network, tmp_path / "c.html", lang="en"))
    assert page.get_attribute("html", "lang") == "en"
    assert "Governance" in page.inner_text("#modes")
    assert page.troubles == []


def test_page_with_hostile_labels(chromium, tmp_path):
    page = opened(chromium, draw(hostile(), tmp_path / "h.html", title=HOSTILE))
    assert page.evaluate("window.hacked") is None
    click(page, ".entry")
    assert "<b>" in page.inner_text("#facts")
    assert page.locator("#facts b").count() == 0
    assert page.troubles == []
