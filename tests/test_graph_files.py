"""Networks and diagrams as data for other programs: each file is opened again by a reader that did not write it."""

from __future__ import annotations

import html
import io
import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from cdv_graph.cli.diagram import command
from cdv_graph.cli.network import command as network_command
from cdv_graph.diagram import draw, files_of, render
from cdv_graph.diagram.graph_data import cytoscape_json, edges_csv, gexf, graphml, nodes_csv
from cdv_graph.diagram.graph_text import dot, mermaid
from cdv_graph.diagram.graphs import of_diagram
from cdv_graph.diagram.kinds import network_kinds as kinds
from cdv_graph.diagram.model import Diagram, Item
from cdv_graph.diagram.nodes import node_style
from cdv_graph.diagram.shapes import Curve, Marker
from cdv_graph.diagram.text import one_line
from cdv_graph.errors import InputError, OutputError

DATA = ("graphml", "gexf", "dot", "json", "nodes.csv", "edges.csv")
HOSTILE = [
    '</script><script>alert("1")</script>',
    'a"] ; n2 --> n3 %% x\nend',
    "\\",
    "--> --- -.- ==> |x| :::k9 click n1 href",
    "style a:#35; classDef b:#fff;",
    "&lt;b&gt; &amp; #quot; #35; <!-- x -->",
    "שלום \u202eمرحبا 👩‍👩‍👧 日本語",
    "`**md**` _x_ 1. liste",
    "1. liste",
    "- liste",
    "=1+1;\t,",
    "]]> <![CDATA[",
]
LABELS = st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
XMLNS = {"g": "http://graphml.graphdrawing.org/xmlns", "x": "http://www.gexf.net/1.2draft"}
VIZ = "{http://www.gexf.net/1.2draft/viz}"


def made(labels) -> nx.MultiDiGraph:
    """A chain of nodes with these labels, every tie called and typed by the label of its start."""
    network = nx.MultiDiGraph(title="".join(labels), kind="test")
    for number, label in enumerate(labels):
        look = {"x": 10.0 * number, "y": 5.0, "size": 8.0, "color": "#d55e00"}
        network.add_node(f"{number}{label}", kind=label, label=label, name="", **look)
    nodes = list(network)
    for (one, other), label in zip(itertools.pairwise(nodes), labels, strict=False):
        network.add_edge(one, other, kind="tie", label=label, means=label, lines=[label], color="#000000", width=2.0)
    return network


@pytest.fixture(scope="module")
def network(graph):
    return graph.network("partner-body")


@pytest.fixture(scope="module")
def diagram(store):
    return kinds.governance(store, "clermont-2024")


# what a diagram is


def test_a_diagram_is_a_graph_of_its_items(diagram):
    network = of_diagram(diagram)
    nodes = {item.id: item for item in diagram.items if not item.ends}
    ties = [item for item in diagram.items if item.ends]
    assert list(network) == list(nodes) and network.number_of_edges() == len(ties)
    assert {(start, end, key) for start, end, key in network.edges(keys=True)} == {(*tie.ends, tie.id) for tie in ties}
    for ident, item in nodes.items():
        left, top, right, bottom = 0, 0, diagram.width, diagram.height
        assert left < network.nodes[ident]["x"] < right and top < network.nodes[ident]["y"] < bottom
        assert (network.nodes[ident]["kind"], network.nodes[ident]["label"]) == (item.kind, item.label)
        assert {value for _, value in item.facts} <= {str(value) for value in network.nodes[ident].values()}


def test_a_marker_gives_its_place_size_and_colour():
    ring, badge = Marker(5, 6, 9, (), "#111111", "#ffffff"), Marker(12, 0, 5, (), "#111111", "#111111")
    items = [
        Item("a", "partner", "A", (ring, Marker(5, 6, 7, (), "#111111", "#d55e00"), badge)),
        Item("b", "partner", "B", (ring,), within="a"),
        Item("c", "sheet", "C", (), ends=("a",)),
        Item("t", "tie", "T", (Curve(((0, 0), (1, 1)), "#0072b2", 3.0),), ends=("a", "b")),
        Item("nowhere", "tie", "N", (), ends=("a", "z")),
    ]
    network = of_diagram(Diagram("k", "t", "", "", 9, 9, (), tuple(items)))
    look = {name: network.nodes["a"][name] for name in ("x", "y", "size", "color")}
    assert look == {"x": 5, "y": 6, "size": 18, "color": "#d55e00"}
    assert network.nodes["b"]["color"] == "#111111"
    assert network.edges["a", "b", "t"]["color"] == "#0072b2" and network.edges["a", "b", "t"]["width"] == 3.0
    assert network.edges["b", "a", "within"]["kind"] == "within" and network.has_edge("c", "a")
    assert set(network) == {"a", "b", "c"}


# XML


def of_graphml(content: bytes):
    """Nodes and edges by a reader of its own: attributes by the names that the keys declare."""
    root = ElementTree.fromstring(content)
    names = {key.get("id"): key.get("attr.name") for key in root.iterfind("g:key", XMLNS)}

    def told(element):
        return {names[data.get("key")]: data.text or "" for data in element.iterfind("g:data", XMLNS)}

    graph = root.find("g:graph", XMLNS)
    nodes = {node.get("id"): told(node) for node in graph.iterfind("g:node", XMLNS)}
    edges = [(e.get("id"), e.get("source"), e.get("target"), told(e)) for e in graph.iterfind("g:edge", XMLNS)]
    return nodes, edges


def test_graphml_holds_everything_under_unique_ids(network):
    nodes, edges = of_graphml(render(network, "graphml"))
    assert set(nodes) == set(network) and len({ident for ident, *_ in edges}) == network.number_of_edges()
    assert all(start in nodes and end in nodes for _, start, end, _ in edges)
    expected = sorted((s, e, d["role"], " ; ".join(d["lines"])) for s, e, d in network.edges(data=True))
    assert sorted((start, end, told["role"], told["lines"]) for _, start, end, told in edges) == expected
    for ident, told in nodes.items():
        assert told["label"] == network.nodes[ident]["label"] and float(told["y"]) < 0 < float(told["size"])


def test_gexf_opens_as_it_is_drawn(network):
    root = ElementTree.fromstring(render(network, "gexf"))
    places, edges = {}, list(root.iterfind(".//x:edge", XMLNS))
    for node in root.iterfind(".//x:node", XMLNS):
        colour, place = node.find(f"{VIZ}color"), node.find(f"{VIZ}position")
        hexed = "#" + "".join(f"{int(colour.get(part)):02x}" for part in "rgb")
        assert hexed == node_style(network.nodes[node.get("id")]["kind"]).colour
        assert node.get("label") == network.nodes[node.get("id")]["label"]
        assert float(node.find(f"{VIZ}size").get("value")) > 0
        places[node.get("id")] = (float(place.get("x")), float(place.get("y")))
    assert set(places) == set(network) and len(set(places.values())) == len(network)
    assert len({edge.get("id") for edge in edges}) == len(edges) == network.number_of_edges()
    assert all(float(edge.find(f"{VIZ}thickness").get("value")) > 0 for edge in edges)


@given(st.lists(LABELS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_label_is_read_back_from_xml(labels):
    network = made(labels)
    expected = sorted(map(one_line, labels))
    nodes, edges = of_graphml(graphml(network))
    assert sorted(node["label"] for node in nodes.values()) == expected
    assert [told["label"] for *_, told in edges] == [one_line(label) for label in labels[: len(edges)]]
    root = ElementTree.fromstring(gexf(network))
    assert sorted(node.get("label") for node in root.iterfind(".//x:node", XMLNS)) == expected


# tables and JSON


@given(st.lists(LABELS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_label_is_read_back_from_tables_and_json(labels):
    network = made(labels)
    nodes, edges = (
        pd.read_csv(io.BytesIO(table(network)), dtype=str, keep_default_na=False) for table in (nodes_csv, edges_csv)
    )
    assert list(nodes["label"]) == [one_line(label) for label in labels] and nodes["id"].is_unique
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes["id"]) and len(edges) == len(labels) - 1
    found = nx.cytoscape_graph(json.loads(cytoscape_json(network)))
    assert len(found) == len(labels) and found.number_of_edges() == len(labels) - 1


def test_json_holds_places_and_lists(network):
    nodes = json.loads(render(network, "json"))["elements"]
    assert all(set(node["position"]) == {"x", "y"} for node in nodes["nodes"])
    assert any(len(edge["data"]["lines"]) > 1 for edge in nodes["edges"])


def test_csv_is_two_files_whose_ids_meet(network, tmp_path):
    assert draw(network, tmp_path / "n.csv") == tmp_path / "n.csv"
    paths = files_of(tmp_path / "n.csv")
    assert sorted(tmp_path.iterdir()) == sorted(paths) and [path.name for path in paths] == [
        "n-nodes.csv",
        "n-edges.csv",
    ]
    nodes, edges = (pd.read_csv(path) for path in paths)
    assert (len(nodes), len(edges)) == (len(network), network.number_of_edges())
    assert set(edges["source"]) | set(edges["target"]) == set(nodes["id"])


def test_of_two_files_none_is_written_where_one_cannot_be(network, tmp_path):
    (tmp_path / "n-nodes.csv").write_text("before")
    (tmp_path / "n-edges.csv").mkdir()
    with pytest.raises(OutputError):
        draw(network, tmp_path / "n.csv")
    assert (tmp_path / "n-nodes.csv").read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"n-nodes.csv", "n-edges.csv"}


# DOT


def of_graphviz(content: bytes):
    if not shutil.which("dot"):
        pytest.skip("Graphviz is not installed: apt-get install graphviz")
    read = subprocess.run(["dot", "-Tjson0"], input=content, capture_output=True, check=True)
    assert not read.stderr
    return json.loads(read.stdout, strict=False)


def test_graphviz_reads_every_node_and_tie(network):
    told = of_graphviz(render(network, "dot"))
    assert [node["label"] for node in told["objects"]] == [
        html.escape(n["label"], False) for _, n in network.nodes(data=True)
    ]
    assert len(told["edges"]) == network.number_of_edges()
    assert {node["color"] for node in told["objects"]} == {node_style(kind).colour for kind in ("partner", "body")}


def test_hostile_labels_stay_data_in_dot():
    network = made(HOSTILE)
    told = of_graphviz(dot(network))
    drawn = [html.unescape(node["label"]).replace("\\\\", "\\") for node in told["objects"]]
    assert drawn == [one_line(label) for label in HOSTILE] and len(told["edges"]) == len(HOSTILE) - 1


# Mermaid, Cytoscape and Graphology themselves, in a browser


@pytest.fixture(scope="module")
def readers(chromium):
    """A page that has loaded the libraries which `CDV_READERS` holds (`.ci/run` fetches them)."""
    folder = Path(os.environ.get("CDV_READERS", "nowhere"))
    names = ("mermaid/dist/mermaid", "cytoscape/dist/cytoscape", "graphology/dist/graphology.umd")
    scripts = [folder / f"{name}.min.js" for name in (*names, "graphology-library/dist/graphology-library")]
    if not all(script.exists() for script in scripts):
        pytest.skip("needs the packages mermaid, cytoscape, graphology, graphology-library: set CDV_READERS to them")
    page = chromium.new_page()
    for script in scripts:
        page.add_script_tag(path=str(script))
    page.evaluate("mermaid.initialize({startOnLoad: false})")
    yield page
    page.close()


MERMAID = """async (text) => {
  const place = document.createElement("div");
  place.innerHTML = (await mermaid.render("drawn", text)).svg;
  document.body.append(place);
  const told = (kind) => [...place.querySelectorAll(kind)].map((one) => one.textContent.trim());
  const found = {nodes: told(".node .label"), ties: told(".edgeLabel .label"), scripts: place.querySelectorAll("script").length};
  place.remove();
  return found;
}"""


def test_mermaid_draws_every_label_as_it_is(readers):
    told = readers.evaluate(MERMAID, mermaid(made(HOSTILE)).decode())
    assert told["nodes"] == [one_line(label) for label in HOSTILE] and told["scripts"] == 0
    assert told["ties"] == [one_line(label) for label in HOSTILE[:-1]]


def test_mermaid_draws_the_kinds(readers, graph, diagram):
    for drawn in (diagram, graph.network("contract-dispositif"), graph.network("contract", contract="clermont-2024")):
        text = render(drawn, "mmd").decode()
        assert len(readers.evaluate(MERMAID, text)["nodes"]) == text.count(":::k")


def test_cytoscape_and_graphology_read_the_files(readers, network):
    size = [len(network), network.number_of_edges()]
    read = "(d) => { const c = cytoscape({headless: true, elements: d.elements, layout: {name: 'preset'}}); return [c.nodes().length, c.edges().length, c.nodes()[0].position().x]; }"
    data = json.loads(render(network, "json"))
    *counted, x = readers.evaluate(read, data)
    assert counted == size and x == data["elements"]["nodes"][0]["position"]["x"]
    for form in ("gexf", "graphml"):
        read = f"(text) => {{ const g = graphologyLibrary.{form}.parse(graphology.MultiDirectedGraph, text); return [g.order, g.size, g.getNodeAttribute(g.nodes()[0], 'x')]; }}"
        *counted, x = readers.evaluate(read, render(network, form).decode())
        assert counted == size and float(x) == data["elements"]["nodes"][0]["position"]["x"], form


# one way for every kind


@given(st.lists(LABELS, min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_mermaid_is_only_what_we_wrote(labels):
    """Between the quotes of a label stands nothing that Mermaid, HTML or Markdown would read; codes are codes."""
    body = mermaid(made(labels)).decode().splitlines()
    named = [line for line in body if ":::" in line]
    assert len(named) == len(labels) and body[0] == "flowchart LR"
    for number, (line, label) in enumerate(zip(named, labels, strict=True)):
        inside = line[line.index('"') + 1 : line.rindex('"')]
        assert not set(inside) & set('"<>&`[]{}|%\\*\n')
        assert html.unescape(inside.replace("#", "&#")) == one_line(label) or str(number)


@pytest.mark.parametrize("form", [*DATA, "mmd"])
def test_every_diagram_is_written_in_every_format(diagram, form):
    content = render(diagram, form)
    assert content == render(diagram, form)
    labels = [item.label for item in diagram.items if not item.ends]
    assert labels and (form == "edges.csv" or labels[0].split()[0] in content.decode())


@pytest.mark.parametrize("ending", ["gexf", "graphml", "dot", "mmd", "json", "csv", "html"])
def test_the_commands_take_every_ending(tmp_path, ending):
    for asked in (["flow", "--earlier", "montpellier-2016", "--later", "montpellier-2021"], ["rates"]):
        done = CliRunner().invoke(command, [*asked, "-o", str(tmp_path / f"d.{ending}")])
        assert done.exit_code == 0, done.output
        assert all(path.stat().st_size > 100 for path in files_of(tmp_path / f"d.{ending}"))


def test_the_command_network_draws_and_lists(network, tmp_path):
    def asked(*options):
        done = CliRunner().invoke(network_command, ["partner-body", *options])
        assert done.exit_code == 0, done.output
        return done.stdout_bytes

    for form in ("svg", "mmd", "gexf", "dot"):
        asked("-o", str(tmp_path / f"n.{form}"))
        assert (tmp_path / f"n.{form}").read_bytes() == render(network, form)
    assert asked("-f", "nodes.csv") == render(network, "nodes.csv")
    assert asked("-f", "cytoscape") == render(network, "json")
    assert asked("-f", "csv").startswith(b"source_kind,")
    done = CliRunner().invoke(network_command, ["partner-body", "--measure", "centrality", "-f", "svg"])
    assert done.exit_code and not done.stdout_bytes


def test_csv_is_no_single_format(network):
    with pytest.raises(InputError, match=r"nodes\.csv"):
        render(network, "csv")
