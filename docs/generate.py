"""Writes `questions.md`, `competency.md`, `rules.md`, `tables.md` and the pages of the ontology from what they describe.

Run `python docs/generate.py` after a change of a question (named or of competency), of a schema of tables, of the ontology, shapes or rules; a test
compares the pages with what they come from.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from competency import page as competency_page
from ontology_page import page as ontology_page

from cdv_graph.questions import names, question
from cdv_graph.tables import Column, Schema, schemas
from cdv_graph.validate import PROFILES, rules
from cdv_graph.validate.rules import words

HERE = Path(__file__).parent

QUESTIONS = """# Les questions nommées / The named questions

Une question est un fichier `queries/<nom>.rq`, une commande `cdv-graph query <nom>` et une méthode `g.<nom>()` (avec `_` pour
`-`). Les premières colonnes et les paramètres ne changent pas ; toute réponse sur les sources finit par
`document, start_line, end_line` : une ligne par passage.

*A question is a file `queries/<name>.rq`, a command `cdv-graph query <name>` and a method `g.<name>()`. The first columns and
the parameters do not change; every answer about the sources ends with the passage it was read from, one row per passage.*
"""

TABLES = """# Les tables / The tables

Un dossier de données tient `SOURCES.csv` (les documents et les listes), `authority/` (les noms : partenaires, territoires,
dispositifs locaux, contrats, textes) et un dossier par document. Ajouter un contrat :

1. une ligne dans `SOURCES.csv` (nom de fichier, SHA-256, nombre de lignes, `listing` = `contract/<slug>`) et une dans
   `authority/contracts.csv` ;
2. un dossier du même slug, avec les tables dont vous avez des lignes ; `lines` donne les lignes du document (`1149-1157`,
   plusieurs passages joints par `;`), `method` dit qui a lu (`eye`, `reader`, `import`) ;
3. `cdv-graph build --data DOSSIER -o graphe.nq`.

Un élément se nomme `contract` (le contrat lui-même), `issue/p1`, `objective/p1.os1`, `action/p1.os1.oo1.a2`,
`commitment/<id>`, `body/<id>` ou `dispositif/<slug>`. Un nœud peut être dit par plusieurs lignes, à plusieurs passages. Les
listes sont jointes par ` ; `. Le séparateur `,` ou `;` est reconnu, le BOM d'Excel aussi ; XLSX est lu de même.

*A data folder holds `SOURCES.csv`, `authority/` and one folder per document. Every row of a document cites its lines and says
how it was read; a node may be told by several rows, at several passages.*
"""


def questions_page() -> str:
    """The page of the questions."""
    parts = [QUESTIONS]
    for name in names():
        asked = question(name)
        parts.append(f"\n## `{name}`\n\n**{asked.title['fr']}** / *{asked.title['en']}*\n")
        parts.append(f"\n{asked.description['fr']}\n\n*{asked.description['en']}*\n")
        if asked.parameters:
            parts.append("\n| paramètre | | |\n|---|---|---|\n")
            for parameter in asked.parameters:
                said = f"{parameter.description['fr']} / *{parameter.description['en']}*"
                kind = "obligatoire" if parameter.required else f"`{parameter.default}`" if parameter.default else ""
                parts.append(f"| `{parameter.name}` | {said} | {kind} |\n")
        parts.append("\nColonnes : " + ", ".join(f"`{column}`" for column in asked.columns) + ".\n")
        parts.append(f"\n```sh\n{asked.example}\n```\n")
    return "".join(parts)


def _holds(column: Column) -> str:
    if column.passage:
        return "lignes du document"
    if column.vocabulary:
        return f"code du vocabulaire `{column.vocabulary}`"
    if column.reference:
        return f"clé de la table `{column.reference}`"
    if column.node:
        return "élément (`kind/slug`)"
    return {"integer": "entier", "decimal": "nombre (point)", "date": "date", "anyURI": "adresse"}.get(
        column.datatype, "texte"
    )


def _table(schema: Schema) -> str:
    lines = [f"\n### `{schema.name}.csv`\n\n**{schema.titles['fr']}** / *{schema.titles['en']}*\n"]
    lines.append("\n| colonne | contenu | | sens |\n|---|---|---|---|\n")
    for column in schema.columns:
        marks = ", ".join(
            word for word, on in (("obligatoire", column.required), ("liste", bool(column.separator))) if on
        )
        lines.append(
            f"| `{column.name}` | {_holds(column)} | {marks} | {column.titles['fr']} / *{column.titles['en']}* |\n"
        )
    return "".join(lines)


def tables_page() -> str:
    """The page of the tables."""
    parts = [TABLES]
    for folder, title in (("", "À la racine"), ("authority", "`authority/`"), ("document", "Un dossier par document")):
        parts.append(f"\n## {title}\n")
        parts += [_table(schema) for schema in schemas().values() if schema.folder == folder]
    return "".join(parts)


RULES = """# Les règles / The rules

Le graphe est vérifié contre {count} règles, écrites en SHACL dans `shapes/*.ttl`. Chacune appartient à un profil : **structure**
(ce qui doit tenir, sinon rien n'est publié), **qualité** (ce qui paraît étrange), **complétude** (une partie attendue manque),
**obligations légales** (ce qu'un texte de loi demande). `cdv-graph validate` les vérifie toutes et dit, pour chaque problème, la
ligne de table à corriger ; `--profile` en choisit ; `--fail-on warning` fait échouer la commande dès un avertissement. Le même
rapport s'écrit en texte, CSV, XLSX, JSON, HTML, SARIF (une forge le montre sur la ligne du fichier) et en SHACL.

*The graph is checked against {count} rules, written in SHACL. Each belongs to a profile: structure (must hold, or nothing is
published), quality (looks odd), completeness (an expected part is missing), legal (what a law asks). `cdv-graph validate` tells for each
problem the row of the table to mend.*

```sh
cdv-graph validate --data mes-tables -o rapport.html
cdv-graph validate --profile legal --contract clermont-2024
```
"""


def rules_page() -> str:
    """The page of the rules."""
    found = rules()
    parts = [RULES.format(count=len(found))]
    for profile in PROFILES:
        told = words()["profile"][profile]
        parts.append(f"\n## {told['fr'].capitalize()} / *{told['en'].capitalize()}*\n")
        for rule in found:
            if rule.profile != profile:
                continue
            parts.append(f"\n### `{rule.code}`\n\n**{rule.name.fr}** / *{rule.name.en}*\n")
            parts.append(f"\n{rule.message.fr} / *{rule.message.en}*\n")
            parts.append(
                f"\n- Pourquoi : {rule.why.fr} / *{rule.why.en}*\n- Que faire : {rule.remedy.fr} / *{rule.remedy.en}*\n"
            )
            if rule.source:
                parts.append(f"- Source : <{rule.source}>\n")
    return "".join(parts)


PAGES = {
    "questions.md": questions_page,
    "competency.md": competency_page,
    "rules.md": rules_page,
    "tables.md": tables_page,
    "ontology/index.html": partial(ontology_page, "fr"),
    "ontology/index.en.html": partial(ontology_page, "en"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8", newline="\n")
