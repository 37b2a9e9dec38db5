"""A typed network with its measures, for Gephi: colour nodes by kind or community, size them by degree or betweenness.

python examples/export_to_gephi.py FILE.gexf [CONTRACT]
"""

import sys

import cdv_graph
from cdv_graph.analysis import MEASURES

contract = sys.argv[2] if len(sys.argv) > 2 else "clermont-2024"
network = cdv_graph.load().network("partner-dispositif", contract=contract)
communities = MEASURES["communities"](network)[["kind", "name", "community"]]
measures = MEASURES["centrality"](network).merge(communities, on=["kind", "name"])
rows = measures.set_index(["kind", "name"])
for _, node in network.nodes(data=True):
    row = rows.loc[(node["kind"], node["name"])]
    node.update(degree=row["degree"], betweenness=row["betweenness"], community=row["community"])
cdv_graph.draw(network, sys.argv[1])
print(f"{len(network)} nœuds, {network.number_of_edges()} liens, {measures['community'].max()} communautés.")
print(measures[["kind", "label", "degree", "betweenness", "community"]].head(10).to_string(index=False, header=False))
