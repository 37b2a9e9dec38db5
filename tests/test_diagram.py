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
from hypothesis import given
from hypothesis import strategies as st

from cdv_graph.analysis.networks.contract import contract_network
from cdv_graph.build import load_store
from cdv_graph.diagram import FORMATS, draw, render
from cdv_graph.diagram import page as page_module
from cdv_graph.diagram.cards import cards
from cdv_graph.diagram.kinds.contract import contract, contract_views
from cdv_graph.diagram.model import Diagram, Item, View
from cdv_graph.diagram.page import page, page_words
from cdv_graph.diagram.shapes import Curve, Text
from cdv_graph.diagram.style import style, words
from cdv_graph.diagram.svg import svg
from cdv_graph.diagram.text import clean
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
    scene = contract(network, lang=lang, top=top).scene
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
    assert contract(network, top=4).caption.startswith(f"{count} dispositifs sur {total} montrés")
    for card in shown:
        if not card.entries:
            assert card.label in contract(network, top=4).caption


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
    assert f"{drawn} articulations sur les {total} du contrat" in contract(part).caption
    assert f"{total} articulations : tout est montré" in contract(network).caption


def test_an_empty_network_is_a_picture_too():
    empty = contract_network(made())
    assert contract(empty).caption == "Aucune articulation"
    for form in set(FORMATS) - {"png", "pdf"}:
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
        "print([hashlib.sha256(render(n, f)).hexdigest() for f in ('svg', 'html', 'mmd', 'graphml', 'gexf', 'dot', 'json', 'nodes.csv', 'edges.csv')])"
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
    with pytest.raises(InputError, match="html, svg, png, pdf, mmd, graphml, gexf, dot, json, csv"):
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
        "svg", "title", "desc", "g", "rect", "path", "circle", "polygon", "text", "tspan",
    }  # fmt: skip
    page = render(network, "html", title=HOSTILE).decode()
    assert page.count("<script") - page.count("</script") == 0
    assert "<script>window.hacked" not in page
    data = page.split('id="ui-data">', 1)[1].split("</script>", 1)[0]
    assert "@@data@@" in json.loads(data)["views"][0]["title"]
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
    assert "cytoscape" not in page


def test_the_page_holds_the_very_pictures_of_the_static_rendering(network):
    page = render(network, "html", top=3).decode()
    views = contract_views(network, top=3)
    assert [view.name for view in views][:2] == ["overview", "whole"]
    assert {view.name for view in views[2:]} == {f"theme/{card.theme}" for card in cards(network)}
    assert render(network, "svg", top=3) == svg(views[0].diagram)
    for view in views:
        assert svg(view.diagram).decode().split("\n", 1)[1].strip() in page


def test_an_item_of_several_views_is_told_alike_in_each(network):
    told = {}
    for view in contract_views(network, top=4):
        ids = [item.id for item in view.diagram.items]
        assert len(ids) == len(set(ids))
        for item in view.diagram.items:
            if item.kind == "dispositif":
                facts = (item.label, item.facts, item.lines, item.facets, item.within.partition("/1")[0], item.row)
                assert told.setdefault(item.id, facts)[:4] == facts[:4]
    everything = cards(network)
    assert set(told) == {f"entry/{card.theme}/{entry.node}" for card in everything for entry in card.entries}


def test_the_ties_of_the_diagram_are_who_carries_what(network):
    ties = {item.ends for item in contract(network).items if item.kind == "tie"}
    groups = {node: data.get("group") for node, data in network.nodes(data=True)}
    on = {(s, d["theme"]): groups[t] for t, s, _, d in edges(network, "articulation")}
    expected = {(f"entry/{on[start, data['theme']]}/{start}", end) for start, end, _, data in edges(network, "carrier")}
    assert ties == expected


def test_a_diagram_is_drawn_like_a_network(network, tmp_path):
    diagram = contract(network, top=4)
    assert draw(diagram, tmp_path / "d.svg").read_bytes() == render(network, "svg")
    assert render([View("a", "A", diagram)], "svg") == render(network, "svg")
    assert b"@@" not in render(diagram, "html", lang="en")


@given(
    codes=st.lists(
        st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=8), min_size=1, max_size=5, unique=True
    )
)
def test_any_label_is_read_back_from_the_page(codes):
    items = tuple(Item(str(n), "partner", code, (), (("terme", code),), row=(code,)) for n, code in enumerate(codes))
    diagram = Diagram("contract", "".join(codes), "", "", 10, 10, (), items, columns=("nom",))
    found = json.loads(page(diagram).decode().split('id="ui-data">', 1)[1].split("</script>", 1)[0])
    assert [record["label"] for record in found["records"]] == [clean(code) for code in codes]
    ElementTree.fromstring(svg(diagram))


def test_the_page_says_the_same_in_both_languages():
    assert set(page_words("fr")) == set(page_words("en"))
    assert set(page_words("fr")["kinds"]) == set(page_words("en")["kinds"])
    files = Path(page_module.__file__).parent.glob("web/*.[jh]*")
    said = "".join(path.read_text("utf-8") for path in files)
    for word in set(page_words("fr")) - {"noscript"}:
        assert f"say.{word}" in said or f'"{word}"' in said, word
