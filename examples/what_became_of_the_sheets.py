"""What became of the action sheets of 2016 in 2021: how many of each kind, which are dropped, who piloted those.

python examples/what_became_of_the_sheets.py [EARLIER LATER]
"""

import sys

import cdv_graph

earlier, later = sys.argv[1:3] if len(sys.argv) > 2 else ("montpellier-2016", "montpellier-2021")
KINDS = {
    "continued": "reconduites",
    "renamed": "renommées",
    "merged": "fusionnées",
    "split": "scindées",
    "dropped": "abandonnées",
    "new": "nouvelles",
}
graph = cdv_graph.load()
became = graph.continuity(earlier=earlier, later=later)
sheets = became.groupby("kind")[["earlier_code", "later_code"]].nunique().loc[list(KINDS)].rename(index=KINDS)
print(sheets.rename(columns={"earlier_code": earlier, "later_code": later}).rename_axis("fiches").to_string())

dropped = became[became["kind"] == "dropped"]
pilots = graph.sheet_pilots(contract=earlier)
pilots = pilots[pilots["role"].isin(["pilot", "co-pilot"])].groupby("code")["partner"].unique()
print("\nAbandonnées :")
for sheet in dropped.itertuples():
    named = ", ".join(pilots.get(sheet.earlier_code, ["sans pilote nommé"]))
    print(f"  {sheet.earlier_code} {sheet.earlier_title} (l. {sheet.start_line}) – {named}")

per_pilot = pilots.explode().reset_index().drop_duplicates()
per_pilot["dropped"] = per_pilot["code"].isin(dropped["earlier_code"])
table = per_pilot.groupby("partner")["dropped"].agg(["sum", "count"]).query("sum > 0")
print("\nQui les pilotait (abandonnées, sur toutes les fiches qu'il pilotait ou copilotait) :")
for partner, row in table.sort_values(["sum", "count"], ascending=False).iterrows():
    print(f"  {partner} : {row['sum']} sur {row['count']}")
