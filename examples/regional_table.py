"""The regional table: rates that a document states, beside what the contracts in the graph let one compute.

python examples/regional_table.py
"""

import pandas as pd

import cdv_graph

graph = cdv_graph.load()
of = {"generation": "2024-2030", "territory": "Occitanie"}
HOW = {"about": "environ ", "less-than": "moins de ", "more-than": "plus de "}


def stated(row: pd.Series) -> str:
    """What the document says, in its own terms."""
    said = f"{row['stated_count']} contrats," if pd.isna(row["stated_rate"]) else f"{row['stated_rate']} %"
    return f"{HOW.get(row['stated_qualifier'], '')}{said} {row['stated_population'] or '(de quoi ?)'}"


def computed(row: pd.Series) -> str:
    """Numerator, denominator and interval, over the contracts read whole."""
    if pd.isna(row["contracts"]):
        return ""
    return f"{row['contracts']} sur {row['total']} ({row['low']:.0f} à {row['high']:.0f} %)"


for name, ask in (("dispositif", graph.articulation_rates), ("partner", graph.signature_rates)):
    read, named = ask(**of), ask(**of, population="named")
    table = read[read["document"].notna()].set_index(name)
    more = named[named["contracts"].notna()].drop_duplicates(name).set_index(name)["contracts"]
    table["énoncé"] = table.apply(stated, axis=1)
    table["ligne"] = table["document"] + ", l. " + table["start_line"].astype(str)
    table["calculé"] = table.apply(computed, axis=1)
    # not to be named is not to lack: the contracts that other documents only name make a floor, never a share
    table["au moins"] = pd.to_numeric(table["contracts"]).fillna(0).astype(int) + more.reindex(
        table.index, fill_value=0
    )
    table = table.rename(columns={"stated_theme": "sous le thème"})
    print(f"\n{table[['énoncé', 'sous le thème', 'ligne', 'calculé', 'au moins']].to_string()}\n")
    beyond = table[(table["au moins"] > table["stated_count"]) & (table["stated_population"] == "des 40 contrats")]
    for item, row in beyond.iterrows():
        print(f"Contredit, ou compté autrement : {item}, {row['énoncé']} ({row['ligne']})", end=" ; ")
        print(f"{row['au moins']} au moins l'ont.")
    print(*(f"Note : {note}" for note in read.attrs["notes"]["fr"]), sep="\n")
