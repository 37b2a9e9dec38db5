"""The articulations of one contract in ten lines: with which dispositifs, on which themes, how, by whom, at what line.

python examples/articulations_of_my_contract.py [CONTRACT]
"""

import sys

import cdv_graph

rows = cdv_graph.load().articulations(contract=sys.argv[1] if len(sys.argv) > 1 else "Clermont")
rows["mode"] = rows["mode"].fillna(rows["status"])  # a lack that the source tells has no mode: its status is absent
rows["line"] = rows["document"] + ", l. " + rows["start_line"].astype(str)
for theme, of_theme in rows.fillna({"theme": "sans thème"}).groupby("theme"):
    print(f"\n{theme}")
    for dispositif, told in of_theme.groupby("dispositif_label"):
        modes, carriers, lines = (told[name].dropna().unique() for name in ("mode", "carrier", "line"))
        by = f" par {', '.join(carriers)}" if len(carriers) else ""
        print(f"  {dispositif} : {', '.join(modes)}{by} ({' ; '.join(lines)})")
