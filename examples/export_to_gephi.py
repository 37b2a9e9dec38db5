"""The network of one contract as GEXF, ready for Gephi, and the dispositifs that most partners carry.

python examples/export_to_gephi.py FILE.gexf
"""

import sys

import cdv_graph

graph = cdv_graph.load()
network = graph.network("contract", contract="clermont-2024")
cdv_graph.draw(network, sys.argv[1])
carriers = {
    node: len({end for _, end, kind in network.out_edges(node, data="kind") if kind == "carrier"})
    for node, kind in network.nodes(data="kind")
    if kind == "dispositif"
}
for node in sorted(carriers, key=lambda name: (-carriers[name], name))[:10]:
    print(f"{carriers[node]:3}  {network.nodes[node]['label']}")
