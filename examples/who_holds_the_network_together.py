"""Who holds the network of the action sheets together, what a withdrawal would leave, and what is more than chance.

python examples/who_holds_the_network_together.py [CONTRACT]
"""

import sys

import cdv_graph
from cdv_graph.analysis import MEASURES, project

contract = sys.argv[1] if len(sys.argv) > 1 else "montpellier-2016"
graph = cdv_graph.load()
network = graph.network("partner-sheet", contract=contract)
central = MEASURES["centrality"](network)
partners = central[central["kind"] == "partner"]
print(f"{len(partners)} partenaires, {len(central) - len(partners)} fiches")

print("\nLes passerelles (part des plus courts chemins qui passent par eux)")
for row in partners.head(8).itertuples():
    print(f"  {row.label} : {row.betweenness:.3f}, {row.degree} fiches")

print("\nEnsemble dans le plus de fiches, les petites pesant plus (Newman)")
for row in MEASURES["projection"](network, "partner").head(5).itertuples():
    print(f"  {row.a_label} et {row.b_label} : {row.weight:.2f}, {row.shared} fiches")

print("\nEntre les thèmes (par les dispositifs qu'ils portent)")
for row in graph.brokers(contract=contract).head(3).itertuples():
    print(f"  {row.partner} : {row.themes_bridged} thèmes, {row.degree} dispositifs")

print("\nPoints de coupure parmi les partenaires (ce qui se détache sans eux)")
cuts = MEASURES["cut-points"](network)
for row in cuts[cuts["kind"] == "partner"].itertuples():
    print(f"  {row.label} : {', '.join(row.lost)}")
print(f"  sur la projection des partenaires : {len(MEASURES['cut-points'](project(network, 'partner')))}")

print("\nS'il se retire (fiches qui n'ont plus aucun pilote)")
withdrawal = MEASURES["robustness"](network)
for row in withdrawal[withdrawal["without_pilot"].fillna(0) > 0].itertuples():
    print(f"  {row.label} : {row.without_pilot} fiches")

print("\nPlus que le hasard ? (réseaux tirés au hasard où chacun garde son nombre de fiches)")
chance = MEASURES["chance"](network, "betweenness", kind="partner")
print(f"  des {len(chance)} partenaires, {(chance['more_than_chance'] == True).sum()} après correction")  # noqa: E712
# Every random network keeps the number of sheets of each partner: to choose by that number beforehand biases nothing.
chosen = chance[chance["label"].isin(partners.loc[partners["degree"] >= 20, "label"])]
for row in chosen.itertuples():
    p = min(1, row.p * len(chosen))
    print(f"  {row.label} : {row.observed:.3f} pour {row.mean:.3f} au hasard, p corrigé pour {len(chosen)} : {p:.2f}")
