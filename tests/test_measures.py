"""Measures against values worked out by hand, against an independent library, and what always holds.

The small networks, with partners in capitals and what they do in small letters:

    path      A - x - B - y - C        five nodes in a row
    star      A tied to x, y, z
    two       A - x, A - y, B - y, B - z, and C - w apart
"""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st

from cdv_graph.analysis import MEASURES, project, simple
from cdv_graph.analysis.networks.bridging import brokers
from cdv_graph.analysis.networks.centrality import centrality
from cdv_graph.analysis.networks.chance import TESTED, chance
from cdv_graph.analysis.networks.communities import communities, partition
from cdv_graph.analysis.networks.cuts import bridges, cut_points
from cdv_graph.analysis.networks.holes import holes
from cdv_graph.analysis.networks.paths import betweenness
from cdv_graph.analysis.networks.projection import projection
from cdv_graph.analysis.networks.rewire import Rewiring
from cdv_graph.analysis.networks.robustness import robustness
from cdv_graph.analysis.networks.similarity import similarity
from cdv_graph.errors import InputError, UnknownValueError
from cdv_graph.graph import Graph
from cdv_graph.query import Result


def made(*edges: tuple[str, str] | tuple[str, str, dict]) -> nx.Graph:
    """A network whose nodes in capitals are partners (`kind` partner), the others sheets."""
    graph = nx.Graph()
    graph.add_edges_from(edges)
    for node, data in graph.nodes(data=True):
        data.update(kind="partner" if node.isupper() else "sheet", name=node, label=f"<{node}>", label_en="")
    return graph


PATH = made(("A", "x"), ("x", "B"), ("B", "y"), ("y", "C"))
STAR = made(("A", "x"), ("A", "y"), ("A", "z"))
TWO = made(("A", "x"), ("A", "y"), ("B", "y"), ("B", "z"), ("C", "w"))


def column(frame, name: str) -> dict[str, object]:
    return dict(zip(frame["name"], frame[name], strict=True))


class TestByHand:
    def test_degree_and_its_share(self) -> None:
        """Star: A has three of three others, each sheet one of three."""
        found = centrality(STAR)
        assert column(found, "degree") == {"A": 3, "x": 1, "y": 1, "z": 1}
        assert column(found, "degree_share") == {"A": 1.0, **dict.fromkeys("xyz", pytest.approx(1 / 3, abs=1e-6))}

    def test_strength_adds_up_elements_and_counts_an_element_once(self) -> None:
        """A and x share elements 1, 2 (by two edges that both name 2), A and y element 1: strength of A is 2 + 1."""
        network = nx.MultiDiGraph()
        network.add_edge("A", "x", elements=["1", "2"])
        network.add_edge("A", "x", elements=["2"])
        network.add_edge("A", "y", elements=["1"])
        nx.set_node_attributes(network, {node: {"kind": "k", "name": node} for node in network})
        assert column(centrality(network), "strength") == {"A": 3, "x": 2, "y": 1}

    def test_betweenness(self) -> None:
        """Path: of the 6 pairs of other nodes, B lies between {A, x} and {y, C}: 4; x between A and {B, y, C}: 3."""
        assert betweenness(PATH, normalized=False) == {"A": 0, "x": 3, "B": 4, "y": 3, "C": 0}
        assert column(centrality(PATH), "betweenness")["B"] == pytest.approx(4 / 6, abs=1e-6)

    def test_betweenness_is_shared_between_equal_paths(self) -> None:
        """Square A-x-B-y: each pair of opposite nodes has two shortest paths, half through each of the others."""
        assert set(betweenness(made(("A", "x"), ("x", "B"), ("B", "y"), ("y", "A")), normalized=False).values()) == {
            0.5
        }

    def test_core(self) -> None:
        """A triangle A, B, C with D hanging on A: the triangle is the 2-core, D is in the 1-core."""
        found = centrality(made(("A", "B"), ("B", "C"), ("C", "A"), ("A", "D")))
        assert column(found, "core") == {"A": 2, "B": 2, "C": 2, "D": 1}

    def test_newman_projection(self) -> None:
        """x has three partners and gives each pair 1/2, y has two and gives A, B 1/1: A-B weighs 3/2, the others 1/2."""
        found = projection(made(("A", "x"), ("B", "x"), ("C", "x"), ("A", "y"), ("B", "y")), "partner")
        told = {(row.a_name, row.b_name): (row.shared, row.weight) for row in found.itertuples()}
        assert told == {("A", "B"): (2, 1.5), ("A", "C"): (1, 0.5), ("B", "C"): (1, 0.5)}

    def test_count_projection(self) -> None:
        found = projection(made(("A", "x"), ("B", "x"), ("A", "y"), ("B", "y")), "sheet", weighting="count")
        assert found[["a_name", "b_name", "shared", "weight"]].values.tolist() == [["x", "y", 2, 2]]

    def test_articulation_points(self) -> None:
        """Path: without B two pairs are left, so two nodes lose the others; without x only A is cut off."""
        found = cut_points(PATH)
        assert column(found, "parts") == {"B": 2, "x": 2, "y": 2}
        assert column(found, "cut_off") == {"B": 2, "x": 1, "y": 1}
        assert column(found, "lost")["x"] == ["<A>"]
        assert cut_points(STAR)[["name", "parts", "cut_off"]].values.tolist() == [["A", 3, 2]]

    def test_bridges(self) -> None:
        """A square has none; a tail on it is one, with one node behind it."""
        square = made(("A", "x"), ("x", "B"), ("B", "y"), ("y", "A"))
        assert bridges(square).empty
        square.add_edge("A", "z", weight=4)
        square.nodes["z"].update(kind="sheet", name="z")
        assert bridges(square)[["a_name", "b_name", "weight", "cut_off"]].values.tolist() == [["A", "z", 4, 1]]

    def test_modularity_and_communities(self) -> None:
        """Two triangles joined by one edge, 7 edges: each has 3 inside and degrees 7: 2(3/7 - (7/14)^2) = 5/14."""
        graph = made(("A", "B"), ("B", "C"), ("C", "A"), ("D", "E"), ("E", "F"), ("F", "D"), ("C", "D"))
        found = communities(graph)
        groups = {frozenset(part["name"]) for _, part in found.groupby("community")}
        assert groups == {frozenset("ABC"), frozenset("DEF")}
        assert list(found["modularity"]) == pytest.approx([5 / 14] * 6, abs=1e-6)
        assert column(found, "within")["C"] == pytest.approx(2 / 3, abs=1e-6)

    def test_constraint_and_effective_size(self) -> None:
        """Triangle: each puts half its ties in each other, directly and through the third: 2(1/2 + 1/4)^2 = 9/8.

        Two neighbours with one tie between them: 2 - 2*1/2 = 1. The middle of A-B-C has two apart: (1/2)^2 * 2 = 1/2.
        """
        triangle = holes(made(("A", "B"), ("B", "C"), ("C", "A")))
        assert set(triangle["constraint"]) == {1.125} and set(triangle["effective_size"]) == {1.0}
        line = holes(made(("A", "B"), ("B", "C")))
        assert column(line, "constraint") == {"A": 1.0, "B": 0.5, "C": 1.0}
        assert column(line, "effective_size")["B"] == 2.0

    def test_jaccard_and_ruzicka(self) -> None:
        """A: x 6, y 1. B: x 2, z 5. One shared of three; (2 + 0 + 0) / (6 + 1 + 5) = 1/6."""
        tie = {("A", "x"): 6, ("A", "y"): 1, ("B", "x"): 2, ("B", "z"): 5}
        found = similarity(made(*((*pair, {"strength": s}) for pair, s in tie.items())), "partner")
        assert found[["shared", "either"]].values.tolist() == [[1, 3]]
        assert found["jaccard"][0] == pytest.approx(1 / 3, abs=1e-6)
        assert found["ruzicka"][0] == pytest.approx(1 / 6, abs=1e-6)

    def test_robustness(self) -> None:
        """Two: B alone pilots z, A and B pilot y; without B, z stands alone: {A, x, y}, {z}, {C, w}."""
        graph = TWO.copy()
        nx.set_edge_attributes(graph, "associated-partner", "role")
        for edge in (("A", "y"), ("B", "y"), ("B", "z")):
            graph.edges[edge]["role"] = "pilot"
        found = robustness(graph)
        assert column(found, "without_pilot") == {"B": 1, "A": 0, "C": 0}
        assert column(found, "isolated") == {"B": 1, "A": 1, "C": 1}
        assert column(found, "components") == {"B": 3, "A": 3, "C": 2}
        assert column(found, "components_before") == {"A": 2, "B": 2, "C": 2}
        assert column(found, "largest") == {"A": 3, "B": 3, "C": 5}
        assert set(found["largest_before"]) == {5}

    def test_brokers(self) -> None:
        """CAF ties clas to cls; of the pairs of others (cls-ARS, cls-clas, ARS-clas) two go through it, of three."""
        columns = ("who", "partner", "category", "type", "theme")
        rows = [
            ["caf", "CAF", "caf", "clas", "parentalite"],
            ["caf", "CAF", "caf", "cls", "sante"],
            ["ars", "ARS", "ars", "cls", "sante"],
            ["ars", "ARS", "ars", "cls", None],
        ]
        found = brokers(Result(columns, rows)).records()
        assert [tuple(row.values())[:4] for row in found] == [("CAF", 2, 0.666667, 2), ("ARS", 1, 0.0, 0)]

    def test_sub_themes_are_not_bridged(self) -> None:
        """insertion is a part of emploi: both are one theme."""
        columns = ("who", "partner", "category", "type", "theme")
        rows = [["e", "État", "etat", "iae", "insertion"], ["e", "État", "etat", "zfu", "emploi"]]
        (row,) = brokers(Result(columns, rows)).records()
        assert (row["themes_bridged"], row["themes"]) == (0, ["Emploi"])


class TestChance:
    def test_p_z_and_mean_by_hand(self) -> None:
        """A-x, B-y: by swaps either this or A-y, B-x; A and B never share: nothing to tell.

        A tied to x, y and B to z: which of the three is B's changes, the betweenness of A (1 of the pairs) does not:
        no z, no p, and it is not more than chance.
        """
        row = chance(made(("A", "x"), ("A", "y"), ("B", "z")), samples=20).set_index("name").loc["A"]
        assert (row["observed"], row["mean"], row["sd"]) == (pytest.approx(1 / 6, abs=1e-6),) * 2 + (0.0,)
        assert row["z"] is row["p"] is row["q"] is row["more_than_chance"] is None

    def test_nothing_to_rewire_gives_nothing(self) -> None:
        found = chance(STAR, "cut-points", samples=5)
        assert found["observed"][0] == 1 and found[["mean", "sd", "z", "p", "more_than_chance"]].isna().all(axis=None)

    def test_a_planted_pair_is_more_than_chance_and_the_share_is_counted(self) -> None:
        """A and B do the same six sheets, twenty others one each of their own: by chance A and B share about one."""
        edges = [(partner, f"s{n}") for partner in "AB" for n in range(6)]
        edges += [(chr(ord("C") + n), f"s{n + 6}") for n in range(20)]
        found = chance(made(*edges), "shared", kind="partner", samples=99)
        best = found.iloc[0]
        assert (best["name"], best["other_name"], best["observed"]) == ("A", "B", 6)
        assert best["p"] == 0.01 and best["more_than_chance"] and best["z"] > 3 and best["samples"] == 99
        assert best["z"] == pytest.approx((6 - best["mean"]) / best["sd"], rel=1e-4)

    def test_every_p_is_a_share_of_samples_and_q_is_never_below(self) -> None:
        found = chance(TWO, samples=9)
        for row in found.to_dict("records"):
            assert row["p"] is None or (row["p"] * 10 == pytest.approx(round(row["p"] * 10)) and row["p"] >= 0.1)
            assert row["p"] is None or row["q"] >= row["p"]

    def test_the_seed_settles_the_answer(self) -> None:
        one, same, other = (chance(TWO, samples=9, seed=seed).to_csv() for seed in (1, 1, 2))
        assert one == same and one != other

    @pytest.mark.parametrize("name", TESTED)
    def test_an_empty_network_has_an_empty_answer(self, name: str) -> None:
        assert not chance(nx.Graph(), name, samples=2)[["z", "p"]].notna().any(axis=None)

    def test_what_cannot_be_is_told(self) -> None:
        with pytest.raises(UnknownValueError):
            chance(TWO, "beauty")
        with pytest.raises(InputError):
            chance(TWO, samples=0)
        with pytest.raises(UnknownValueError):
            chance(TWO, kind="place")


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"projection", "chance"}))
def test_an_empty_network_has_no_rows(name: str) -> None:
    assert MEASURES[name](nx.Graph()).empty


def test_only_two_sides_can_be_projected() -> None:
    with pytest.raises(InputError, match="cannot be projected"):
        project(made(("A", "B"), ("A", "x")), "partner")
    with pytest.raises(UnknownValueError):
        project(PATH, "place")
    with pytest.raises(UnknownValueError):
        project(PATH, "partner", weighting="heavy")


# what always holds

PARTNERS, SHEETS = "ABCDEF", "uvwxyz"
networks = st.sets(st.tuples(st.sampled_from(PARTNERS), st.sampled_from(SHEETS)), min_size=1, max_size=24).map(
    lambda pairs: simple(made(*sorted(pairs)))
)
any_graph = st.sets(
    st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH")).filter(lambda pair: pair[0] < pair[1]),
    max_size=20,
).map(lambda pairs: simple(made(*sorted(pairs))))


@given(networks | any_graph, st.integers(0, 99))
def test_rewiring_keeps_degrees_and_kinds_and_makes_no_edge_twice(graph, seed: int) -> None:
    for sample in Rewiring(graph, seed=seed).networks(2):
        assert list(sample) == list(graph) and dict(sample.degree) == dict(graph.degree)
        assert sample.number_of_edges() == graph.number_of_edges() and not nx.number_of_selfloops(sample)
        for node in graph:
            ours, theirs = (sorted(graph.nodes[n]["kind"] for n in g[node]) for g in (graph, sample))
            assert ours == theirs


@given(networks)
def test_projection_is_symmetric_and_adds_up(graph) -> None:
    for kind in {kind for _, kind in graph.nodes(data="kind")}:
        found = project(graph, kind)
        for one, other in itertools.permutations(found, 2):
            shared = set(graph[one]) & set(graph[other])
            assert found.has_edge(one, other) == bool(shared)
            if shared:
                assert found.edges[one, other]["weight"] == pytest.approx(
                    sum(1 / (graph.degree(n) - 1) for n in shared)
                )
        # Newman: the weights at a node add up to how many of its neighbours it shares with anyone
        for node in found:
            company = sum(graph.degree(other) > 1 for other in graph[node])
            assert found.degree(node, weight="weight") == pytest.approx(company)


@given(networks)
def test_jaccard_is_a_share_and_does_not_hang_on_the_order(graph) -> None:
    turned = nx.relabel_nodes(graph, {node: {"A": "F", "F": "A"}.get(node, node) for node in graph})
    frames = [similarity(g, "partner") for g in (graph, turned)]
    assert sorted(frames[0]["jaccard"]) == sorted(frames[1]["jaccard"])
    for row in frames[0].to_dict("records"):
        one, other = set(graph[row["a_name"]]), set(graph[row["b_name"]])
        assert 0 <= row["jaccard"] <= 1
        assert (row["jaccard"] == 1) == (one == other) and (row["jaccard"] == 0) == (not one & other)


@given(networks)
def test_removing_a_partner_joins_nothing(graph) -> None:
    for row in robustness(graph).to_dict("records"):
        rest = graph.copy()
        rest.remove_node(row["name"])
        assert all(
            nx.has_path(graph, a, b) for part in nx.connected_components(rest) for a, b in itertools.pairwise(part)
        )
        assert row["components"] >= row["components_before"] and row["largest"] < row["largest_before"] + 1
        assert row["components"] == nx.number_connected_components(rest)


@given(networks | any_graph)
@settings(max_examples=200)
def test_betweenness_is_that_of_networkx(graph) -> None:
    theirs = nx.betweenness_centrality(graph)
    assert betweenness(graph) == pytest.approx(theirs, abs=1e-9)


@given(any_graph)
def test_cut_points_count_what_is_cut_off(graph) -> None:
    for row in cut_points(graph).to_dict("records"):
        part = nx.node_connected_component(graph, row["name"]) - {row["name"]}
        sizes = sorted(map(len, nx.connected_components(graph.subgraph(part))))
        assert (row["parts"], row["cut_off"]) == (len(sizes), sum(sizes[:-1]))
        assert len(row["lost"]) == row["cut_off"] > 0


# the real networks: what networkx computes against rustworkx, what rustworkx computes against networkx, and formulas

REAL = [
    ("contract-dispositif", ""),
    ("partner-dispositif", ""),
    ("partner-dispositif", "clermont-2024"),
    ("partner-sheet", "montpellier-2016"),
    ("partner-body", ""),
    ("sheet-sheet", "montpellier-2021"),
    ("contract-dispositif-theme", "ales-2015"),
    ("territory", ""),
]


@pytest.fixture(scope="module", params=REAL, ids=lambda one: " ".join(one))
def real(request, graph: Graph) -> nx.Graph:
    kind, contract = request.param
    return simple(graph.network(kind, contract=contract))


def theirs_of(graph: nx.Graph) -> rx.PyGraph:
    found = rx.PyGraph(multigraph=False)
    place = dict(zip(graph, found.add_nodes_from(list(graph)), strict=True))
    found.add_edges_from([(place[a], place[b], 1.0) for a, b in graph.edges])
    return found


class TestAgainstAnotherLibrary:
    def test_degree_betweenness_core_and_components(self, real: nx.Graph) -> None:
        theirs, found = theirs_of(real), centrality(real)
        assert betweenness(real) == pytest.approx(nx.betweenness_centrality(real), abs=1e-9)
        cores = rx.core_number(theirs)
        told = {
            place: (theirs.degree(place), cores[place], len(part))
            for part in rx.connected_components(theirs)
            for place in part
        }
        ours = sorted(zip(found["degree"], found["core"], found["component"], strict=True))
        assert ours == sorted(told.values())

    def test_articulation_points_and_bridges(self, real: nx.Graph) -> None:
        theirs = theirs_of(real)
        labels = sorted(str(real.nodes[theirs[place]]["label"]) for place in rx.articulation_points(theirs))
        assert sorted(cut_points(real)["label"]) == labels
        assert len(bridges(real)) == len(rx.bridges(theirs))

    def test_modularity_by_its_formula(self, real: nx.Graph) -> None:
        """Q = sum over pairs of the same community of (w_ij - s_i s_j / 2m) / 2m, with numpy."""
        weights = nx.to_numpy_array(real, weight="weight")
        strength = weights.sum(axis=1)
        place = {node: number for number, node in enumerate(real)}
        same = np.zeros_like(weights)
        for part in partition(real):
            rows = [place[node] for node in part]
            same[np.ix_(rows, rows)] = 1
        whole = weights.sum()
        expected = ((weights - np.outer(strength, strength) / whole) * same).sum() / whole
        assert list(communities(real)["modularity"]) == pytest.approx([expected] * len(real), abs=1e-6)

    def test_constraint_by_its_formula(self, real: nx.Graph) -> None:
        """Burt: sum over neighbours j of (p_ij + sum over q of p_iq p_qj)^2, p_ij the share of j in what i has."""
        weights = nx.to_numpy_array(real, weight="weight")
        share = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
        constraint = (((share + share @ share) * (weights > 0)) ** 2).sum(axis=1)
        expected = sorted(value for value, row in zip(constraint, weights, strict=True) if row.any())
        found = sorted(value for value in holes(real)["constraint"] if value is not None)
        assert found == pytest.approx(expected, abs=1e-6)

    def test_newman_weights_by_matrices(self, graph: Graph) -> None:
        """B D B' for the incidence B of partners and sheets, D the diagonal of 1/(k-1) for sheets of k > 1 partners."""
        network = simple(graph.network("partner-sheet", contract="montpellier-2016"))
        found = project(network, "partner")
        sheets = [node for node in network if node not in found]
        incidence = nx.to_numpy_array(network, weight=None)
        order = {node: number for number, node in enumerate(network)}
        block = incidence[np.ix_([order[n] for n in found], [order[n] for n in sheets])]
        many = block.sum(axis=0)
        weights = block @ np.diag(np.where(many > 1, 1 / np.maximum(many - 1, 1), 0)) @ block.T
        np.fill_diagonal(weights, 0)
        assert np.allclose(weights, nx.to_numpy_array(found, weight="weight"))

    def test_similarity_by_matrices(self, graph: Graph) -> None:
        network = simple(graph.network("contract-dispositif"))
        frame = similarity(network)
        found = {(row["a_name"], row["b_name"]): row["ruzicka"] for row in frame.to_dict("records")}
        order = {network.nodes[node]["name"]: number for number, node in enumerate(network)}
        strength = nx.to_numpy_array(network, weight="strength")
        for (one, other), value in found.items():
            a, b = strength[order[one]], strength[order[other]]
            assert value == pytest.approx(np.minimum(a, b).sum() / np.maximum(a, b).sum(), abs=1e-6)

    def test_samples_of_the_null_model_are_all_as_likely(self) -> None:
        """A2 B1 C1 on x2 y1 z1: every way of placing the ties comes as often (chi-square, 3 sigma)."""
        graph = simple(made(("A", "x"), ("A", "y"), ("B", "x"), ("C", "z")))
        seen: dict[frozenset, int] = {}
        samples = 4000
        for sample in Rewiring(graph, seed=5).networks(samples):
            key = frozenset(map(frozenset, sample.edges))
            seen[key] = seen.get(key, 0) + 1
        # A takes two of x, y, z: with x, the other x goes to B or C and the last sheet to whom is left (2 * 2);
        # without x (y, z), B and C both take x (1)
        assert len(seen) == 5
        chi = sum((count - samples / 5) ** 2 / (samples / 5) for count in seen.values())
        assert chi < 4 + 3 * math.sqrt(8)


class TestWhatTheDataSay:
    def test_who_may_not_withdraw_in_montpellier(self, graph: Graph) -> None:
        """montpellier-2016: the metropole alone pilots fourteen fiches, the city nine (`sheet-pilots`)."""
        rows = graph.answer("sheet-pilots", contract="montpellier-2016").records()
        pilots: dict[str, set[str]] = {}
        for row in rows:
            if row["role"] in ("pilot", "co-pilot"):
                pilots.setdefault(str(row["code"]), set()).add(str(row["partner"]))
        alone = [next(iter(who)) for who in pilots.values() if len(who) == 1]
        found = column(robustness(graph.network("partner-sheet", contract="montpellier-2016")), "without_pilot")
        assert {name: count for name, count in found.items() if count} == {name: alone.count(name) for name in alone}
        assert (found["Montpellier Méditerranée Métropole"], found["Ville de Montpellier"]) == (14, 9)

    def test_the_contract_of_2016_is_most_like_the_call_of_2021(self, graph: Graph) -> None:
        """Of the contracts read whole, the two of Montpellier share the most: 37 dispositifs of 125."""
        frame = similarity(graph.network("contract-dispositif"))
        whole = {"ales-2015", "montpellier-2016", "montpellier-2021", "clermont-2024"}
        rows = [row for row in frame.to_dict("records") if {row["a_name"], row["b_name"]} <= whole]
        assert {rows[0]["a_name"], rows[0]["b_name"]} == {"montpellier-2016", "montpellier-2021"}
        names = {
            name: {
                row["dispositif_label"] for row in graph.answer("articulations", contract=name).records() if row["mode"]
            }
            for name in ("montpellier-2016", "montpellier-2021")
        }
        one, other = names.values()
        assert (rows[0]["shared"], rows[0]["either"]) == (len(one & other), len(one | other)) == (37, 125)
