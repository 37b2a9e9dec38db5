"""The articulations of one contract in ten lines: which dispositifs, on which themes, with what strength.

python examples/articulations_of_my_contract.py [CONTRACT]
"""

import sys

import cdv_graph

contract = sys.argv[1] if len(sys.argv) > 1 else "Clermont"
graph = cdv_graph.load()
rows = graph.articulations(contract=contract)
table = rows.groupby(["theme", "dispositif"]).agg(modes=("mode", lambda modes: ", ".join(sorted(set(modes.dropna())))))
print(table.to_string())
