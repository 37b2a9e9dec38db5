"""Draws networks: HTML to explore, SVG, PNG and PDF for slides, GraphML, GEXF and JSON for other programs.

network = contract_network(ask(store, "articulations", {"contract": "clermont-2024"}))
draw(network, "clermont.html", title="Contrat de ville de Clermont-l'Hérault")
"""

from cdv_graph.diagram.write import ENDINGS, FORMATS, draw, files_of, render

__all__ = ["ENDINGS", "FORMATS", "draw", "files_of", "render"]
