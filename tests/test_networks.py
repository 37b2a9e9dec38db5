"""Networks of the shipped data: their edges are the rows of their query, and say what the sources say."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import networkx as nx
import pytest

from cdv_graph.analysis import build_network, edge_table, simple
from cdv_graph.analysis.networks.build import EDGE_COLUMNS, ROW
from cdv_graph.cli.main import main
from cdv_graph.diagram import draw, render
from cdv_graph.errors import InputError, UnknownValueError
from cdv_graph.graph import Graph
from cdv_graph.namespaces import prologue
from cdv_graph.query import Result
from cdv_graph.questions import ask, network_kinds, network_query, network_rows
from cdv_graph.store import EmbeddedStore

KINDS = network_kinds()
SIDES = {
    "contract-dispositif": {"contract", "dispositif"},
    "contract-dispositif-theme": {"contract", "dispositif", "theme"},
    "partner-dispositif": {"partner", "dispositif"},
    "partner-sheet": {"partner", "sheet"},
    "partner-body": {"partner", "body"},
    "sheet-sheet": {"sheet"},
}


def test_every_kind_of_the_issue_is_there() -> None:
    assert {*SIDES, "territory"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_header_and_common_columns(self, kind: str, store: EmbeddedStore) -> None:
        asked = network_query(kind)
        assert asked.columns == ROW
        assert all(asked.title[lang] and asked.description[lang] for lang in ("fr", "en"))
        assert asked.example.startswith(f"cdv-graph network {kind}")
        store.query(prologue() + asked.sparql)  # as it stands, in any tool

    def test_edges_are_the_rows_counted_both_ways(self, kind: str, store: EmbeddedStore, graph: Graph) -> None:
        rows = network_rows(store, kind).records()
        network = graph.network(kind)
        ties = {(row["source"], row["target"], row["kind"], row["role"] or "", row["theme"] or "") for row in rows}
        edges = [(s, t, e["kind"], e["role"], e["theme"]) for s, t, e in network.edges(data=True)]
        assert len(edges) == len(set(edges)) and set(edges) == ties
        elements = {
            (*key, row["contract"], row["element"])
            for row in rows
            for key in [(row["source"], row["target"], row["kind"], row["role"], row["theme"])]
        }
        assert sum(weight for *_, weight in network.edges(data="weight")) == len(elements) > 0
        assert set(network) == {row[side] for row in rows for side in ("source", "target")}
        lines = {(row["document"], row["start_line"], row["end_line"]) for row in rows if row["document"]}
        assert {line for *_, told in network.edges(data="lines") for line in told} == {
            f"{document}:{start}-{end}" for document, start, end in lines
        }

    def test_nodes_and_edges_say_what_they_are(self, kind: str, graph: Graph) -> None:
        network = graph.network(kind)
        assert network.graph["kind"] == kind and network.graph["title"] and network.graph["source"]
        assert all(data["kind"] and data["name"] and data["label"] for _, data in network.nodes(data=True))
        assert {data["kind"] for _, data in network.nodes(data=True)} == SIDES.get(
            kind, {data["kind"] for _, data in network.nodes(data=True)}
        )
        assert all(0 <= edge["strength"] <= 7 and edge["weight"] >= 1 for *_, edge in network.edges(data=True))
        assert all((edge["strength"] > 0) == bool(edge["mode"]) for *_, edge in network.edges(data=True))

    def test_other_programs_read_it(self, kind: str, graph: Graph, tmp_path) -> None:
        network = graph.network(kind, contract="montpellier-2016")
        found = nx.read_graphml(draw(network, tmp_path / "n.graphml"), force_multigraph=True)
        assert (set(found), found.number_of_edges()) == (set(network), network.number_of_edges())
        assert render(network, "gexf").startswith(b"<?xml") and json.loads(render(network, "json"))["elements"]


def test_sides_do_not_mix(graph: Graph) -> None:
    for kind in ("contract-dispositif", "partner-dispositif", "partner-sheet", "partner-body"):
        network = graph.network(kind)
        first, second = kind.split("-")
        assert {(network.nodes[s]["kind"], network.nodes[t]["kind"]) for s, t in network.edges()} == {(first, second)}


def test_pilots_of_a_sheet(graph: Graph) -> None:
    """montpellier-2016, sheet 2.1: Ville de Montpellier and DSDEN pilot it, nine are associated."""
    network = graph.network("partner-sheet", contract="montpellier-2016")
    roles: dict[str, set[str]] = {}
    for partner, _, edge in network.in_edges("sheet/montpellier-2016.2.1", data=True):
        roles.setdefault(edge["role"], set()).add(network.nodes[partner]["label"])
    assert len(roles["pilot"]) == 2 and "Ville de Montpellier" in roles["pilot"]
    assert len(roles["associated-partner"]) == 9 and "CAF de l'Hérault" in roles["associated-partner"]


def test_the_health_contract_of_clermont(graph: Graph) -> None:
    """clermont-2024, l. 1149-1152: governance, data and operational modes; governance is the strongest (6)."""
    network = graph.network("contract-dispositif", contract="Clermont", theme="santé")
    edge = network.edges["contract/clermont-2024", "dispositif-type/cls", "articulation:sante"]
    assert (edge["mode"], edge["strength"]) == ("governance", 6)
    assert "clermont-2024/commitment/pays-coeur-d-herault-4" in edge["elements"]
    assert "clermont-2024:1149-1149" in edge["lines"]
    carried = graph.network("partner-dispositif", contract="Clermont", theme="santé")
    assert carried.has_edge("partner/pays-coeur-d-herault", "dispositif-type/cls")


def test_levels_of_clermont(graph: Graph) -> None:
    """clermont-2024, l. 165-167: one QPV, in the commune; its code is the one of the public list."""
    network = graph.network("territory", contract="clermont-2024")
    within = nx.DiGraph((s, t) for s, t, kind in network.edges(data="kind") if kind == "within")
    quarter = next(node for node, name in network.nodes(data="name") if name == "QN03421N")
    above = [network.nodes[node]["kind"] for node in nx.descendants(within, quarter)]
    assert {"commune", "intercommunality", "department", "region"} <= set(above)
    assert network.edges["contract/clermont-2024", quarter, "covers"]["lines"]


def test_sheets_share_the_partners_that_both_name(graph: Graph) -> None:
    """The weight is the number of common partners: counted again from the other network."""
    shared = graph.network("sheet-sheet", contract="montpellier-2021")
    named = simple(graph.network("partner-sheet", contract="montpellier-2021"))
    for one, other, edge in shared.edges(data=True):
        assert edge["weight"] == len(set(named[one]) & set(named[other])) > 0
    assert shared.number_of_edges() == sum(
        bool(set(named[a]) & set(named[b])) for a in named for b in named if a < b and "sheet" in a and "sheet" in b
    )


def test_a_declared_absence_is_no_tie(graph: Graph) -> None:
    """montpellier-2016 deplores five articulations: elements with the status absent make no edge."""
    absent = {
        (row["dispositif"], row["element"])
        for row in graph.answer("articulations", contract="montpellier-2016").records()
        if row["status"] == "absent"
    }
    network = graph.network("contract-dispositif", contract="montpellier-2016")
    names = {
        (network.nodes[t]["name"], element.removeprefix("montpellier-2016/"), theme)
        for _, t, edge in network.edges(data=True)
        for element in edge["elements"]
        for theme in [edge["theme"]]
    }
    stated = {
        (row["dispositif"], row["element"], row["theme"] or "")
        for row in graph.answer("articulations", contract="montpellier-2016").records()
        if row["mode"]
    }
    assert absent and names == stated


def test_a_theme_a_document_and_a_generation_filter(graph: Graph) -> None:
    network = graph.network("contract-dispositif", theme="emploi", generation="2024-2030", document="occitanie-2025")
    assert {edge["theme"] for *_, edge in network.edges(data=True)} <= {
        "emploi",
        "insertion",
        "developpement-economique",
    }
    assert all(node.endswith("-2024") for node, kind in network.nodes(data="kind") if kind == "contract")
    assert network.graph["source"] == "occitanie-2025"
    assert network.graph["parameters"] == "theme=emploi, document=occitanie-2025, generation=2024-2030"


def test_the_order_of_rows_changes_nothing(store: EmbeddedStore) -> None:
    rows = network_rows(store, "partner-sheet", {"contract": "montpellier-2021"})
    one, other = (build_network(Result(rows.columns, order)) for order in (rows.rows, rows.rows[::-1]))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_unknown_kinds_and_parameters_are_told(graph: Graph) -> None:
    with pytest.raises(UnknownValueError) as caught:
        graph.network("partner-fiche")
    assert {"contract", *KINDS} == set(caught.value.candidates)
    with pytest.raises(InputError, match="takes no « theme »"):
        graph.network("territory", theme="sante")
    with pytest.raises(InputError, match="say which"):
        graph.network("contract")


def test_edges_as_a_table(graph: Graph) -> None:
    network = graph.network("partner-body", contract="clermont-2024")
    table = edge_table(network)
    assert table.columns == EDGE_COLUMNS and len(table) == network.number_of_edges()
    # clermont-2024, l. 603-605: the steering committee is co-chaired by the sub-prefect and the commune
    chairs = {row["source_name"] for row in table.records() if row["role"] == "co-chair"}
    assert chairs == {"Sous-préfecture de Lodève", "Commune de Clermont-l'Hérault"}


class TestBrokers:
    def test_columns_and_order(self, store: EmbeddedStore) -> None:
        rows = ask(store, "brokers", {"contract": "montpellier-2016"}).records()
        assert list(rows[0])[:4] == ["partner", "degree", "betweenness", "themes_bridged"]
        values = [row["betweenness"] for row in rows]
        assert values == sorted(values, reverse=True) and 0 <= values[-1] <= values[0] <= 1
        assert all(row["themes_bridged"] == (len(row["themes"]) if len(row["themes"]) > 1 else 0) for row in rows)

    def test_the_city_and_the_metropole_hold_montpellier_together(self, store: EmbeddedStore) -> None:
        """They are named by the most fiches, 52, 51 and 38 (`sheet-pilots`), on many themes."""
        rows = ask(store, "brokers", {"contract": "montpellier-2016"}).records()
        first = {row["partner"]: row for row in rows[:3]}
        assert set(first) == {"Ville de Montpellier", "Département de l'Hérault", "Montpellier Méditerranée Métropole"}
        assert all(row["themes_bridged"] >= 6 for row in first.values())

    def test_many_ties_on_one_theme_bridge_none(self, store: EmbeddedStore) -> None:
        """clermont-2024: the annex of Bpifrance is about enterprises alone."""
        rows = ask(store, "brokers", {"contract": "clermont-2024"}).records()
        bank = next(row for row in rows if row["partner"] == "Bpifrance")
        assert (bank["themes_bridged"], bank["themes"]) == (0, ["Emploi"]) and bank["degree"] > 20

    def test_degree_counts_what_the_partner_carries_in_clermont(self, store: EmbeddedStore) -> None:
        rows = ask(store, "brokers", {"contract": "clermont-2024"}).records()
        carried = ask(store, "articulations", {"contract": "clermont-2024", "carrier": "Bpifrance"}).records()
        labels = {row["dispositif_label"] for row in carried if row["mode"]}
        # l. 1722: it is associated with, and does not carry, the French Tech Tremplin
        assert next(row["degree"] for row in rows if row["partner"] == "Bpifrance") == len(labels) + 1

    @pytest.mark.parametrize("contract", ["narbonne-2024", "pamiers-2024", "toulouse-2024"])
    def test_contracts_known_from_the_region_alone(self, store: EmbeddedStore, contract: str) -> None:
        rows = ask(store, "brokers", {"contract": contract, "document": "occitanie-2025"}).records()
        assert rows and all(row["degree"] >= 1 for row in rows)

    def test_a_theme_alone(self, store: EmbeddedStore) -> None:
        rows = ask(store, "brokers", {"theme": "sante"}).records()
        assert {"ARS Occitanie", "CPAM de l'Hérault"} <= {row["partner"] for row in rows}
        assert {tuple(row["themes"]) for row in rows} == {("Santé",)}


class TestCommandLine:
    def run(self, capsysbinary, *words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["network", *words])
        said = capsysbinary.readouterr()
        return int(stop.value.code or 0), said.out.decode(), said.err.decode()

    def test_edges_and_frames(self, capsysbinary) -> None:
        code, out, _ = self.run(capsysbinary, "partner-body", "--contract", "Clermont", "-f", "json")
        assert code == 0 and set(json.loads(out)[0]) == set(EDGE_COLUMNS)
        words = ("partner-sheet", "--contract", "montpellier-2016", "--measure")
        code, out, _ = self.run(capsysbinary, *words, "robustness", "-f", "csv")
        assert code == 0 and out.startswith("kind,name,label,label_en,degree,without_pilot")
        code, out, _ = self.run(capsysbinary, *words, "holes", "--onto", "partner", "-f", "json")
        assert code == 0 and {row["kind"] for row in json.loads(out)} == {"partner"}
        code, out, _ = self.run(
            capsysbinary, *words, "projection", "--onto", "sheet", "--weighting", "count", "-f", "json"
        )
        assert code == 0 and all(row["weight"] == row["shared"] for row in json.loads(out))

    def test_graph_files(self, capsysbinary, tmp_path) -> None:
        path = tmp_path / "n.gexf"
        assert self.run(capsysbinary, "territory", "--contract", "clermont-2024", "-o", str(path))[0] == 0
        assert nx.read_gexf(path).number_of_nodes() > 5

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("partenaire-fiche",), "partner-sheet"),
            (("partner-sheet", "--seed", "2"), "--measure"),
            (("partner-sheet", "--measure", "holes", "--samples", "9"), "--samples"),
            (("partner-sheet", "--measure", "projection"), "--onto"),
            (("partner-sheet", "--measure", "robustness", "--of", "place"), "partner, sheet"),
            (("sheet-sheet", "--measure", "holes", "--onto", "sheet", "--contract", "montpellier-2021"), "sheet"),
            (("partner-sheet", "--measure", "holes", "-f", "gexf"), "gexf"),
            (("territory", "--theme", "sante"), "theme"),
        ],
    )
    def test_what_cannot_be_is_told(self, capsysbinary, words: tuple[str, ...], told: str) -> None:
        code, out, err = self.run(capsysbinary, *words)
        assert (code, out) == (2, "") and told in err


def test_answers_do_not_hang_on_the_hash_seed() -> None:
    code = (
        "import cdv_graph\n"
        "from cdv_graph.analysis import MEASURES, project\n"
        "n = cdv_graph.load().network('partner-dispositif', contract='clermont-2024')\n"
        "for name in ('centrality', 'communities', 'cut-points', 'bridges', 'robustness'):\n"
        "    print(MEASURES[name](n).to_csv())\n"
        "print(MEASURES['chance'](n, samples=3).to_csv(), MEASURES['holes'](project(n, 'partner')).to_csv())\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] and said[0]
