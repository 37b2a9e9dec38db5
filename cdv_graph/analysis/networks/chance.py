"""Which values of a measure are more than the number of ties of each node explains."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cdv_graph.analysis.networks.build import described, kinds_of, nodes_of, simple
from cdv_graph.analysis.networks.communities import partition
from cdv_graph.analysis.networks.frames import frame, rounded
from cdv_graph.analysis.networks.paths import betweenness
from cdv_graph.analysis.networks.rewire import Rewiring
from cdv_graph.errors import InputError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

    from cdv_graph.analysis.networks.build import Network, Simple

__all__ = ["TESTED", "chance"]

_Key = tuple[str, ...]  # nothing (the network), a node, or a pair of nodes
_LEVEL = 0.05
_TIE = 1e-9


def _betweenness(graph: Simple, kind: str) -> dict[_Key, float]:
    chosen = set(nodes_of(graph, kind)) if kind else set(graph)
    return {(node,): value for node, value in betweenness(graph).items() if node in chosen}


def _shared(graph: Simple, kind: str) -> dict[_Key, float]:
    """For each pair of nodes of the kind that shares something, how many neighbours."""
    found: dict[_Key, float] = {}
    chosen = set(nodes_of(graph, kind or kinds_of(graph)[0])) if graph else set()
    for node in graph:
        ours = sorted(chosen.intersection(graph[node]))
        for place, one in enumerate(ours):
            for other in ours[place + 1 :]:
                found[one, other] = found.get((one, other), 0.0) + 1.0
    return found


def _modularity(graph: Simple, kind: str) -> dict[_Key, float]:
    import networkx as nx

    plain: Simple = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from(graph.edges, weight=1)
    return {(): nx.community.modularity(plain, map(set, partition(plain)))} if plain.number_of_edges() else {}


def _cut_points(graph: Simple, kind: str) -> dict[_Key, float]:
    import networkx as nx

    chosen = set(nodes_of(graph, kind)) if kind else set(graph)
    cutting: set[str] = set(nx.articulation_points(graph))
    return {(): float(len(chosen & cutting))}


def _bridges(graph: Simple, kind: str) -> dict[_Key, float]:
    import networkx as nx

    return {(): float(sum(1 for _ in nx.bridges(graph)))}


def _components(graph: Simple, kind: str) -> dict[_Key, float]:
    import networkx as nx

    parts: list[set[str]] = list(nx.connected_components(graph))
    return {(): float(len(parts))}


TESTED: Mapping[str, Callable[[Simple, str], dict[_Key, float]]] = {
    "betweenness": _betweenness,
    "shared": _shared,
    "modularity": _modularity,
    "cut-points": _cut_points,
    "bridges": _bridges,
    "components": _components,
}


def chance(
    network: Simple | Network, measure: str = "betweenness", *, kind: str = "", samples: int = 199, seed: int = 1
) -> pd.DataFrame:
    """A measure beside the same on random networks where every node keeps its number of ties (`Rewiring`).

    All measures here are unweighted: swapping edges keeps degrees and not weights.

    Args:
        network: what `build_network` made.
        measure: of nodes: `betweenness`; of pairs of nodes of the kind: `shared` (neighbours in common); of the whole
            network: `modularity` (of the Louvain communities), `cut-points`, `bridges`, `components` (how many).
        kind: nodes of this kind only; for `shared`, the first kind by default, else all.
        samples: how many random networks; more of them make smaller p possible.
        seed: the same seed gives the same answer.

    Returns:
        One row per node, pair or network, the least likely first: `kind`, `name`, `label`, `other_name`,
        `other_label` (of a pair), `measure`, `observed`, `mean` and `sd` (over the samples, sd with n-1), `z`
        (observed - mean)/sd, `p`, the share of networks with at least as much, the observed one included:
        (r+1)/(n+1) (Davison and Hinkley, Bootstrap Methods and their Application, 1997), `p_low`, the same with at most
        as much, `q`, p once corrected for the number of rows (Benjamini and Hochberg, Journal of the Royal Statistical
        Society B 57, 1995), `more_than_chance` (q at most 0.05) and `samples`. `z` is none where all samples agree,
        p too where they agree with what is observed (the degrees alone settle the value); `mean` to
        `more_than_chance` are none where no edge can be swapped. With m rows to tell, no q is below m/(samples+1)
        divided by the number of rows with the smallest p: ask more samples of large networks.

    Raises:
        UnknownValueError: the measure or the kind is unknown.
        InputError: `samples` is below 1.

    Example:
        >>> import networkx
        >>> star = networkx.star_graph(["a", "b", "c"])
        >>> chance(star, samples=9)[["observed", "z", "p"]].values.tolist()[0]
        [1.0, None, None]
    """
    if measure not in TESTED:
        raise UnknownValueError("measure", measure, list(TESTED))
    if samples < 1:
        raise InputError("analysis.samples", samples=samples)
    graph = simple(network)
    observed = TESTED[measure](graph, kind)
    values: dict[_Key, list[float]] = {key: [] for key in observed}
    chain = Rewiring(graph, seed=seed)
    for sample in chain.networks(samples):
        found = TESTED[measure](sample, kind)
        for key, seen in values.items():
            seen.append(found.get(key, 0.0))
    rows = [
        {
            **_named(graph, key),
            "measure": measure,
            "observed": rounded(observed[key]),
            **(_compared(observed[key], seen) if chain.swapped else dict.fromkeys(_COMPARED)),
            "samples": samples,
        }
        for key, seen in values.items()
    ]
    _correct(rows)
    columns = "kind name label other_name other_label measure observed mean sd z p p_low q more_than_chance samples"
    return frame(rows, columns.split(), ("unlikely", "z", "observed"))


_COMPARED = ("mean", "sd", "z", "p", "p_low")


def _compared(value: float, seen: list[float]) -> dict[str, float | None]:
    mean = math.fsum(seen) / len(seen)
    sd = math.sqrt(math.fsum((one - mean) ** 2 for one in seen) / (len(seen) - 1)) if len(seen) > 1 else 0.0
    settled = all(abs(one - value) <= _TIE for one in seen)
    more, less = (sum(one >= value - _TIE for one in seen), sum(one <= value + _TIE for one in seen))
    return {
        "mean": rounded(mean),
        "sd": rounded(sd),
        "z": rounded((value - mean) / sd) if sd > _TIE else None,
        "p": None if settled else rounded((1 + more) / (1 + len(seen))),
        "p_low": None if settled else rounded((1 + less) / (1 + len(seen))),
    }


def _correct(rows: list[dict[str, Any]]) -> None:
    """Adds `q` and the verdict to each row."""
    lowest = 1.0
    tested = sorted((row for row in rows if row["p"] is not None), key=lambda row: -row["p"])
    for rank, row in zip(range(len(tested), 0, -1), tested, strict=True):
        lowest = min(lowest, row["p"] * len(tested) / rank)
        row["q"] = rounded(lowest)
    for row in rows:
        row.setdefault("q", None)
        row["more_than_chance"] = None if row["q"] is None else row["q"] <= _LEVEL
        row["unlikely"] = None if row["p"] is None else -row["p"]


def _named(graph: Simple, key: _Key) -> dict[str, Any]:
    if not key:
        title = graph.graph.get("title")
        return {"kind": "network", "name": title, "label": title, "other_name": None, "other_label": None}
    about = described(graph, key)
    other = about[1] if len(about) > 1 else {}
    return {**about[0], "other_name": other.get("name"), "other_label": other.get("label")}
