"""The network of a contract: themes, the dispositifs it is articulated with on each, and who carries them.

Nodes have a `kind` and are named by it: `theme/sante`, `dispositif/CLS`, `partner/Bpifrance`. An edge from a theme to
a dispositif sums up the articulations of one status; an edge from a dispositif to a partner, those that the partner
carries on one theme. Labels and strengths come from the vocabularies, everything else from the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from cdv_graph.analysis.networks.concepts import Concept, concepts, strength_of, top_theme
from cdv_graph.analysis.networks.edges import Edge
from cdv_graph.errors import InputError, UnknownValueError
from cdv_graph.query import Result

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = ["contract_network"]

Record = Mapping[str, object]
_NO_THEME = ("Thème non précisé", "No theme stated")


def _within(theme: str, asked: str) -> bool:
    while theme and theme != asked:
        theme = concepts("theme").get(theme, Concept()).broader
    return bool(theme)


def _articulation(row: Record) -> tuple[object, ...]:
    """What makes two rows speak of the same articulation, as in the IRI of the articulation."""
    what = row["local_dispositif"] or (row["dispositif"], row["dispositif_label"])
    return row["contract"], row["element"], what, row["theme"], row["status"] == "absent"


def _of_contract(records: list[Record], contract: str | None) -> tuple[list[Record], str]:
    contracts = sorted({str(row["contract"]) for row in records})
    if contract is not None and records and contract not in contracts:
        raise UnknownValueError("contract", contract, contracts)
    if contract is None and len(contracts) > 1:
        raise InputError("analysis.several-contracts", contracts=", ".join(contracts))
    name = contract if contract is not None else "".join(contracts)
    return [row for row in records if row["contract"] == name], name


def _dispositif_ids(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """One node per dispositif; an acronym that two of them share is told apart by the label."""
    pairs = {(str(row["dispositif"]), str(row["dispositif_label"])) for row in records}
    shared = {acronym for acronym, label in pairs if any(a == acronym and b != label for a, b in pairs)}
    return {
        (acronym, label): f"dispositif/{acronym} ({label})" if acronym in shared else f"dispositif/{acronym}"
        for acronym, label in pairs
    }


def _strongest(records: list[Record], limit: int | None) -> list[Record]:
    """The rows of the `limit` dispositifs with the strongest mode, then the most elements."""
    if limit is None:
        return records
    edges: dict[tuple[str, str], Edge] = {}
    for row in records:
        edges.setdefault((str(row["dispositif"]), str(row["dispositif_label"])), Edge()).take(row)

    def rank(key: tuple[str, str]) -> tuple[int, int, tuple[str, str]]:
        return -max(map(strength_of, edges[key].modes), default=0), -len(edges[key].elements), key

    kept = set(sorted(edges, key=rank)[:limit])
    return [row for row in records if (row["dispositif"], row["dispositif_label"]) in kept]


def contract_network(
    result: Result,
    contract: str | None = None,
    *,
    theme: str | None = None,
    modes: Collection[str] | None = None,
    limit: int | None = None,
    names: Mapping[str, str] | None = None,
) -> Network:
    """The typed and weighted network of what a contract is articulated with.

    Args:
        result: the answer to the question `articulations`.
        contract: the contract to draw, as the column `contract` has it; may be left out if the rows are of one.
        theme: keep what is on this theme or under it.
        modes: keep these modes only.
        limit: keep this many dispositifs, those of the strongest mode, then of the most elements.

    Returns:
        A multigraph. Every node has `kind` (`theme`, `dispositif`, `partner`), `label`, `label_en` and `name` (the
        acronym or code); a theme has `group`, the top theme above it, with its labels; a dispositif has `local`, the
        local ones it stands for. Every edge has `kind` (`articulation`, `carrier`), `mode` (the strongest; empty for
        a declared absence), `strength`, `modes`, `theme`, `weight` (how many elements), `elements` and `lines`
        (`document:start-end`); the key is the status, or for a carrier the theme. The graph has `title`,
        `contract`, `source` (documents), `drawn` and `total` (articulations).

    Raises:
        UnknownValueError: the rows hold no such contract.
        InputError: the rows are of several contracts and none is asked.

    Example:
        >>> columns = ("contract", "element", "dispositif", "dispositif_label", "local_dispositif", "theme", "mode",
        ...            "status", "carrier", "document", "start_line", "end_line")
        >>> rows = [["c", "sheet/1", "CLS", "Contrat local de santé", None, "sante", mode, "stated", "ARS", "d", 4, 5]
        ...         for mode in ("mention", "governance")]
        >>> network = contract_network(Result(columns, rows))
        >>> list(network.nodes)
        ['theme/sante', 'dispositif/CLS', 'partner/ARS']
        >>> network.edges["theme/sante", "dispositif/CLS", "stated"]["mode"]
        'governance'
    """
    import networkx as nx

    everything, name = _of_contract([dict(row) for row in result.records()], contract)
    asked = [
        row
        for row in everything
        if (theme is None or _within(str(row["theme"] or ""), theme)) and (modes is None or row["mode"] in modes)
    ]
    records = _strongest(asked, limit)
    ids = _dispositif_ids(everything)
    network: Network = nx.MultiDiGraph(
        title=name,
        contract=name,
        source=" ; ".join(sorted({str(row["document"]) for row in everything})),
        drawn=len({_articulation(row) for row in records}),
        total=len({_articulation(row) for row in everything}),
    )
    _add_nodes(network, records, ids)
    _add_edges(network, records, ids)
    _name(network, names or {})
    return network


def _name(network: Network, names: Mapping[str, str]) -> None:
    """Beside the codes of local dispositifs and of elements, what they are called; the code where no name is known."""
    for _, attributes in network.nodes(data=True):
        if attributes["kind"] == "dispositif":
            attributes["local_names"] = [names.get(code, code) for code in attributes["local"]]
    for _, _, attributes in network.edges(data=True):
        contract = network.graph["contract"]
        attributes["element_names"] = [names.get(f"{contract}/{code}", "") for code in attributes["elements"]]


def _add_nodes(network: Network, records: list[Record], ids: Mapping[tuple[str, str], str]) -> None:
    for code in sorted({str(row["theme"] or "") for row in records}):
        named, group = _theme(code), _theme(top_theme(code))
        above = {"group": top_theme(code), "group_label": group.label, "group_label_en": group.label_en}
        network.add_node(f"theme/{code}", kind="theme", label=named.label, label_en=named.label_en, name=code, **above)
    english = {concept.label: concept.label_en for concept in concepts("dispositif-type").values()}
    found = {key: ids[key] for key in {(str(row["dispositif"]), str(row["dispositif_label"])) for row in records}}
    for (acronym, label), node in sorted(found.items(), key=lambda item: item[1]):
        known = {
            str(row["local_dispositif"])
            for row in records
            if (row["dispositif"], row["dispositif_label"]) == (acronym, label) and row["local_dispositif"]
        }
        network.add_node(
            node, kind="dispositif", label=label, label_en=english.get(label, ""), name=acronym, local=sorted(known)
        )
    for partner in sorted({str(row["carrier"]) for row in records if row["carrier"]}):
        network.add_node(f"partner/{partner}", kind="partner", label=partner, label_en="", name=partner)


def _theme(code: str) -> Concept:
    return concepts("theme").get(code, Concept(code, code)) if code else Concept(*_NO_THEME)


def _add_edges(network: Network, records: list[Record], ids: Mapping[tuple[str, str], str]) -> None:
    articulations: dict[tuple[str, str, str], Edge] = {}
    carriers: dict[tuple[str, str, str], Edge] = {}
    for row in records:
        dispositif = ids[str(row["dispositif"]), str(row["dispositif_label"])]
        theme = str(row["theme"] or "")
        articulations.setdefault((f"theme/{theme}", dispositif, str(row["status"])), Edge()).take(row)
        if row["carrier"]:
            carriers.setdefault((dispositif, f"partner/{row['carrier']}", theme), Edge()).take(row)
    for (node, dispositif, status), edge in sorted(articulations.items()):
        theme = node.partition("/")[2]
        network.add_edge(
            node, dispositif, key=status, kind="articulation", status=status, theme=theme, **edge.attributes()
        )
    for (dispositif, partner, theme), edge in sorted(carriers.items()):
        network.add_edge(dispositif, partner, key=theme, kind="carrier", theme=theme, **edge.attributes())
