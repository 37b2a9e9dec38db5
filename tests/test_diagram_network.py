"""The picture of any network: everything that it says is in the network, nothing overlaps, what is left out is told."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdv_graph.analysis.networks.build import simple
from cdv_graph.diagram import draw, render
from cdv_graph.diagram.kinds.network import ROWS, network_diagram, network_views
from cdv_graph.diagram.kinds.network_parts import say
from cdv_graph.diagram.nodes import _styles
from cdv_graph.diagram.shapes import Box, Marker, Text
from cdv_graph.questions import network_kinds

HOSTILE = "</script><script>window.hacked=1</script>\n\"quoted\" & 'so' \x00 שלום 👩 -->"


def text_boxes(diagram):
    for item in diagram.items:
        for shape in item.shapes:
            if isinstance(shape, Text):
                yield item.id, shape.bounds


def apart(one, other) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def check(diagram) -> None:
    """Inside the page; texts and boxes of different nodes touch nowhere."""
    boxes = list(text_boxes(diagram))
    for _, (left, top, right, bottom) in boxes:
        assert left >= 0 and top >= 0 and right <= diagram.width and bottom <= diagram.height
    boxes.sort(key=lambda box: box[1])
    for place, (one, first) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            if second[0] >= first[2]:
                break
            assert one == other or apart(first, second), (one, other)
    framed = [
        (b.x, b.y, b.x + b.w, b.y + b.h) for i in diagram.items for b in i.shapes if isinstance(b, Box) and b.stroke
    ]
    for column in {box[0] for box in framed}:
        tops = sorted(box for box in framed if box[0] == column)
        assert all(apart(one, other) for one, other in itertools.pairwise(tops))


@pytest.mark.parametrize("kind", network_kinds())
class TestEveryKind:
    @pytest.mark.parametrize("given", [{}, {"contract": "montpellier-2016"}, {"contract": "clermont-2024"}], ids=str)
    def test_what_is_drawn_is_in_the_network(self, kind, given, graph) -> None:
        network = graph.network(kind, **given)
        whole, diagram = simple(network), network_diagram(network, top=ROWS)
        check(diagram)
        nodes = {item.id: item for item in diagram.items if not item.ends}
        ties = [item for item in diagram.items if item.ends]
        assert set(nodes) <= set(whole) and all(set(tie.ends) <= set(nodes) for tie in ties)
        drawn = [frozenset(tie.ends) for tie in ties]
        assert len(set(drawn)) == len(drawn) and set(drawn) <= {frozenset(pair) for pair in whole.edges}
        for tie in ties:
            edges = [*network.get_edge_data(*tie.ends, default={}).values()]
            edges += network.get_edge_data(*reversed(tie.ends), default={}).values()
            assert set(tie.lines) == {line for edge in edges for line in edge["lines"]}
            assert tie.row[5] == str(whole.edges[tie.ends]["weight"])
        told = (len(nodes), len(whole), len(ties), whole.number_of_edges())
        assert not network or all(str(number) in diagram.caption for number in told)
        left = len(whole) - len(nodes)
        assert (str(left) in diagram.note) if left else "nœuds" not in diagram.note

    def test_all_of_it(self, kind, graph) -> None:
        network = graph.network(kind)
        views = network_views(network, top=ROWS)
        diagram = views[-1].diagram
        check(diagram)
        assert {item.id for item in diagram.items if not item.ends} == set(network)
        pairs = {frozenset((start, end)) for start, end in network.edges() if start != end}
        assert {frozenset(item.ends) for item in diagram.items if item.ends} == pairs
        assert [view.name for view in views] == (["whole"] if len(views) == 1 else ["overview", "whole"])
        assert render(network, "svg") == render(views[0].diagram, "svg")

    def test_in_english(self, kind, graph) -> None:
        diagram = network_diagram(graph.network(kind), lang="en", top=ROWS)
        assert "nodes" in diagram.caption and diagram.columns[0] == "From"
        assert not any("Non" in facet.label or "Thème" in facet.label for facet in diagram.facets)


def test_the_strongest_are_kept(graph):
    """Of the dispositifs of Clermont, none that is left out rests on more elements than one that is drawn."""
    whole = simple(graph.network("contract-dispositif", contract="clermont-2024"))
    diagram = network_diagram(graph.network("contract-dispositif", contract="clermont-2024"), top=10)
    drawn = {item.id for item in diagram.items if item.kind == "dispositif"}
    assert len(drawn) == 20
    weights = {node: whole.edges["contract/clermont-2024", node]["weight"] for node in whole["contract/clermont-2024"]}
    assert min(weights[node] for node in drawn) >= max(w for node, w in weights.items() if node not in drawn)


def test_what_a_tie_and_a_node_say(graph):
    """clermont-2024, l. 1149-1152: the CLS is governed together; its tie says so, and every theme that it is on."""
    network = graph.network("contract-dispositif", contract="clermont-2024")
    diagram = network_diagram(network, top=ROWS)
    items = {item.id: item for item in diagram.items}
    tie = items["tie/contract/clermont-2024/dispositif-type/cls"]
    assert "Gouvernance" in dict(tie.facts)["Mode ou rôle"] and "Santé" in dict(tie.facts)["Thème"]
    assert "clermont-2024:1149-1149" in tie.lines and "governance" in tie.facets["mode"]
    node = items["dispositif-type/cls"]
    assert node.label == "CLS · Contrat local de santé" and dict(node.facts)["Nature"] == "Dispositif"
    assert node.facets["theme"] == tie.facets["theme"] and node.facets["kind"] == ("dispositif",)
    assert {facet.name for facet in diagram.facets} == {"kind", "mode", "theme"}
    assert "Engagements Quartiers 2030" in diagram.title


def test_a_hairball_names_a_better_kind(graph):
    assert "diagram matrix" in network_diagram(graph.network("contract-dispositif"), top=ROWS).note
    sheets = network_diagram(graph.network("sheet-sheet"), top=ROWS)
    assert "α" in sheets.note and "diagram partners" in sheets.note
    assert network_diagram(graph.network("contract-dispositif")).note == ""


def test_sizes_grow_with_ties(graph):
    network = graph.network("partner-body")
    diagram, whole = network_diagram(network), simple(network)
    sizes = {
        item.id: shape.radius
        for item in diagram.items
        if item.kind == "body"
        for shape in item.shapes
        if isinstance(shape, Marker)
    }
    ranked = sorted(sizes, key=sizes.__getitem__)
    assert whole.degree(ranked[-1]) == max(whole.degree(node) for node in sizes) > whole.degree(ranked[0])


LABELS = st.one_of(st.just(HOSTILE), st.text(alphabet=st.characters(codec="utf-8"), max_size=30))


@given(
    nodes=st.lists(st.tuples(LABELS, st.sampled_from(["contract", "dispositif", "theme", "what"])), max_size=9),
    pairs=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    top=st.sampled_from([None, 1, 3]),
)
@settings(max_examples=15, deadline=None)
def test_any_network_is_drawn(nodes, pairs, top):
    network = nx.MultiDiGraph(title=HOSTILE, kind="mine", source=HOSTILE)
    network.add_nodes_from((f"{n}", {"kind": kind, "label": text}) for n, (text, kind) in enumerate(nodes))
    for one, other in pairs:
        if max(one, other) < len(nodes):
            network.add_edge(str(one), str(other), lines=[HOSTILE])
    diagram = network_diagram(network, top=top)
    check(diagram)
    shapes = {"svg", "g", "title", "desc", "rect", "path", "circle", "polygon", "text", "tspan"}
    root = ElementTree.fromstring(render(diagram, "svg"))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= shapes
    for form in ("graphml", "gexf", "dot", "mmd", "json", "nodes.csv", "edges.csv", "html"):
        assert render(network, form)


def test_a_network_without_nodes_is_a_picture_too(tmp_path):
    assert draw(nx.MultiDiGraph(kind="partner-sheet"), tmp_path / "n.svg").exists()
    assert network_diagram(nx.MultiDiGraph(kind="partner-sheet")).caption == say("fr")["empty"]


def test_kinds_of_nodes_are_told_apart():
    """By shape and colour together, so that a black-and-white print keeps those of one picture apart."""
    looks = [(look.colour, look.points) for look in _styles().values()]
    assert len(set(looks)) == len(looks)
    together = [
        ("contract", "dispositif", "theme"),
        ("partner", "sheet"),
        ("partner", "body"),
        ("partner", "dispositif"),
    ]
    places = ("country", "region", "department", "intercommunality", "territorial-project", "commune")
    for kinds in (*together, (*places, "priority-neighbourhood", "neighbourhood", "contract")):
        assert len({_styles()[kind].points for kind in kinds}) == len(kinds)


def test_same_bytes_whatever_the_hash_seed():
    code = (
        "import hashlib, cdv_graph; from cdv_graph.diagram import render; g = cdv_graph.load();"
        "ns = [g.network(k) for k in ('sheet-sheet', 'contract-dispositif-theme')];"
        "print([hashlib.sha256(render(n, f)).hexdigest() for n in ns for f in ('svg', 'gexf', 'dot', 'mmd')])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
