"""One contract against what the law and its peers expect of it, and how other contracts do one of the things it lacks.

python examples/gaps_of_my_contract.py [CONTRACT [DISPOSITIF]]
"""

import sys

import cdv_graph

contract = sys.argv[1] if len(sys.argv) > 1 else "Clermont"
dispositif = sys.argv[2] if len(sys.argv) > 2 else "STSPD"
REFERENCES = {
    "law": "un texte le fait attendre",
    "territory": "il existe sur le territoire",
    "peers": "les contrats qui lui ressemblent l'articulent",
    "document": "un document dit ou regrette qu'il manque",
}
graph = cdv_graph.load()

print("Les six contenus que la loi demande")
for row in graph.statutory_blocks(contract=contract).drop_duplicates("block").itertuples():
    found = {True: "oui", False: "non"}.get(row.present, "inconnu")
    print(f"  {row.label} : {found}, {row.looked_at} ({row.document}, l. {row.start_line})")

gaps = graph.articulation_gaps(contract=contract)
gaps["line"] = gaps["document"] + ", l. " + gaps["start_line"].astype(str)
for reference, meaning in REFERENCES.items():
    found = gaps[gaps["reference"] == reference]
    print(f"\nNon articulé, alors que… {meaning} : {found['label'].nunique()}")
    for (label, why), passages in found.groupby(["label", "expected_because"]):
        print(f"  {label} ({' ; '.join(sorted(set(passages['line'])))})\n    {why}")

others = graph.what_others_do(contract=contract, dispositif=dispositif)
print(f"\nComment font les autres : {dispositif} ({others['contract'].nunique()} contrats)")
for row in others.drop_duplicates("citation").groupby("contract", sort=False).head(2).itertuples():
    print(f"  {row.contract} ({row.likeness} de ressemblance, {row.types} types connus) : {row.mode}, {row.citation}")
