"""Whatever is clicked in a diagram tells what it is in words, and where that was read."""

from __future__ import annotations

import re

import pytest

from cdv_graph.diagram.kinds import network_kinds
from cdv_graph.diagram.kinds.compare import compare
from cdv_graph.diagram.kinds.contract import contract
from cdv_graph.diagram.kinds.crowded import LIMIT, crowded
from cdv_graph.diagram.kinds.flow import flow
from cdv_graph.diagram.kinds.gaps import gaps
from cdv_graph.diagram.kinds.matrix import matrix, partner_matrix
from cdv_graph.diagram.kinds.network_parts import say
from cdv_graph.diagram.kinds.rates import rates
from cdv_graph.diagram.model import Diagram
from cdv_graph.diagram.style import words
from cdv_graph.graph import Graph
from cdv_graph.opening import load
from cdv_graph.tables.vocabularies import codes

CLERMONT, SHEETS = "clermont-2024", {"earlier": "montpellier-2016", "later": "montpellier-2021"}
# a code of an element, as `action/p1.os2.a1` or `sheet/1.1`
ELEMENT = re.compile(r"\b(sheet|action|commitment|objective|practice|issue|body|article|articulation)/[a-z0-9]")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


KINDS = {
    "contract": lambda g, lang: contract(g.network("contract", contract=CLERMONT), lang=lang),
    "dispositif": lambda g, lang: network_kinds.dispositif(g.store, "cls", lang=lang),
    "partner": lambda g, lang: network_kinds.partner(g.store, "CAF", contract="montpellier-2016", lang=lang),
    "partners": lambda g, lang: network_kinds.partners(g.store, "montpellier-2016", lang=lang),
    "governance": lambda g, lang: network_kinds.governance(g.store, CLERMONT, lang=lang),
    "matrix": lambda g, lang: matrix(
        g.answer("articulation-matrix"), g.answer("articulations"), g.answer("contracts"), lang=lang
    ),
    "matrix of partners": lambda g, lang: partner_matrix(g.answer("articulations"), lang=lang),
    "flow": lambda g, lang: flow(g.answer("continuity", **SHEETS), g.answer("sheets"), g.answer("strategy"), lang=lang),
    "rates": lambda g, lang: rates(g.answer("articulation-rates"), lang=lang),
    "compare": lambda g, lang: compare(g.comparison(CLERMONT, "ales-2015"), lang=lang),
    "gaps": lambda g, lang: gaps(
        g.answer("articulation-gaps", contract=CLERMONT),
        g.answer("articulations", contract=CLERMONT),
        g.answer("contracts"),
        lang=lang,
    ),
}


@pytest.fixture(scope="module", params=[(kind, lang) for kind in KINDS for lang in ("fr", "en")], ids="-".join)
def drawn(request: pytest.FixtureRequest, graph: Graph) -> tuple[Diagram, str]:
    kind, lang = request.param
    return KINDS[kind](graph, lang), lang


def test_every_item_has_facts_and_lines(drawn: tuple[Diagram, str]) -> None:
    """What is computed over contracts is read nowhere: it tells which contracts."""
    diagram, _ = drawn
    assert [item.id for item in diagram.items if not item.facts] == []
    assert [item.id for item in diagram.items if not item.lines and item.kind != "computed"] == []
    places = {line for item in diagram.items for line in item.lines}
    assert all(re.fullmatch(r"[a-z0-9.-]+:\d+-\d+", line) for line in places)


def test_facts_are_words(drawn: tuple[Diagram, str]) -> None:
    diagram, lang = drawn
    named = {*codes()["theme"], *codes()["mode"], *codes()["status"], *codes()["role"], *codes()["body-type"]}
    told = [
        (item.id, term, value)
        for item in diagram.items
        for term, value in item.facts
        if term != say(lang)["code"] and (ELEMENT.search(value) or value in named)
    ]
    assert told == []


def test_local_dispositifs_go_by_their_names(graph: Graph) -> None:
    (item, *_) = [one for one in KINDS["contract"](graph, "fr").items if one.id == "entry/sante/dispositif/CLS"]
    assert dict(item.facts)[words("fr")["local"]] == "Contrat local de santé du Cœur d'Hérault"


def test_a_tie_to_a_carrier_cites_what_names_the_carrier(graph: Graph) -> None:
    rows = graph.answer("articulations", contract=CLERMONT).records()
    named = {
        (row["dispositif"], f"partner/{row['carrier']}", f"{row['document']}:{row['start_line']}-{row['end_line']}")
        for row in rows
        if row["carrier"]
    }
    ties = [item for item in KINDS["contract"](graph, "fr").items if item.ends]
    told = {(tie.ends[0].partition("dispositif/")[2], tie.ends[1], line) for tie in ties for line in tie.lines}
    assert {tie for tie in told if "(" not in tie[0]} <= named


@pytest.mark.parametrize("kind", list(words("fr")["crowded"]))
def test_what_is_too_much_for_a_slide_names_something_better(kind: str) -> None:
    for lang in ("fr", "en"):
        assert crowded(kind, LIMIT, lang) == ""
        assert crowded(kind, LIMIT + 1, lang).startswith(str(LIMIT + 1))


def test_a_whole_contract_is_told_to_be_too_much(graph: Graph) -> None:
    network = graph.network("contract", contract=CLERMONT)
    assert "matrix" in contract(network).note
    assert contract(network, top=4).note == ""
