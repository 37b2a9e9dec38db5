"""The kinds of faults that mutation testing plants in the tables: one row each, with its name in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from random import Random

from mutations import Cell, Change, Kind, Planted, Record, Where, World

from cdv_graph.tables import Column, Row, Schema
from cdv_graph.tables.vocabularies import codes

__all__ = ["KINDS"]


# Where


def columns(where: Where | str) -> Where:
    """The columns of some names (`code`, or `strategy.code` for one table only)."""
    if callable(where):
        return where
    names = where.split()
    return lambda schema, column: column.name in names or f"{schema.name}.{column.name}" in names


def closed(schema: Schema, column: Column) -> bool:
    """Whether the values that a column may hold are listed somewhere."""
    return bool(column.vocabulary or column.reference or column.node)


def number(schema: Schema, column: Column) -> bool:
    return column.datatype in ("integer", "decimal")


def key(schema: Schema, column: Column) -> bool:
    return column.name == schema.key


def titled(schema: Schema, column: Column) -> bool:
    return column.required and column.name in ("label", "title", "about", "acronym")


def one_of(schema: Schema, column: Column) -> bool:
    """Whether the form of a column is a list of words (`document|list`)."""
    return bool(re.fullmatch(r"[a-z-]+(\|[a-z-]+)+", column.pattern))


# How: of the text of a cell, of one of its values, of a row


def text(change: Callable[[str, Random], str]) -> Change:
    """Changes a filled cell."""
    return lambda world, cell, rng: change(cell.text, rng) if cell.text else None


def value(change: Callable[[World, Cell, str, Random], str | None]) -> Change:
    """Changes one value of a cell."""

    def changed(world: World, cell: Cell, rng: Random) -> Record | None:
        old = rng.choice(cell.values()) if cell.text else ""
        new = change(world, cell, old, rng) if old else None
        return cell.swap(old, new) if new else None

    return changed


def emptied(world: World, cell: Cell, rng: Random) -> str:
    return ""


def only(holds: Callable[[Row], object], change: Change) -> Change:
    """Changes the rows for which something holds."""
    return lambda world, cell, rng: change(world, cell, rng) if holds(cell.row) else None


def only_alone(holds: Callable[[Row], object], change: Change) -> Change:
    """Changes the rows that alone speak of their articulation."""
    return lambda world, cell, rng: change(world, cell, rng) if holds(cell.row) and world.alone(cell) else None


def another(known: Iterable[str], rng: Random, but: Iterable[str] = ()) -> str | None:
    others = sorted(set(known) - set(but))
    return rng.choice(others) if others else None


def misspelt(value: str, known: Iterable[str], rng: Random) -> str | None:
    """A value with one letter left out, doubled or exchanged, that is none of the known ones."""
    letters = [i for i, letter in enumerate(value) if letter.isalnum()]
    for i in rng.sample(letters, len(letters)):
        before, after = value[:i], value[i + 1 :]
        made = before + rng.choice(["", value[i] * 2, "x"]) + after
        if made and made not in known and made[0].isalnum() and made[-1].isalnum() and ".." not in made:
            return made
    return None


@value
def unknown(world: World, cell: Cell, old: str, rng: Random) -> str | None:
    return misspelt(old, world.known(cell), rng)


@value
def other(world: World, cell: Cell, old: str, rng: Random) -> str | None:
    return another(world.known(cell), rng, cell.values())


@value
def of_another_scheme(world: World, cell: Cell, old: str, rng: Random) -> str | None:
    return another({code for scheme in codes().values() for code in scheme}, rng, world.known(cell))


@value
def of_another_kind(world: World, cell: Cell, old: str, rng: Random) -> str | None:
    """An element of which nothing is said but where it was read: a date, an acronym, a figure."""
    document = old.rpartition(":")[0]
    nodes = world.nodes[document or cell.document]
    found = another((name for name in nodes if name.startswith(("milestone/", "acronym-use/", "figure/"))), rng)
    return found and f"{document}:".lstrip(":") + found


def joined_by_a_comma(world: World, cell: Cell, rng: Random) -> str | None:
    if len(cell.values()) > 1:
        return cell.text.replace(cell.column.separator, ", ")
    more = another(world.known(cell), rng, cell.values())
    return f"{cell.text}, {more}" if cell.text and more else None


# Lines


def first_line(lines: str) -> tuple[str, int]:
    """The document, with its colon, and the first line: `montpellier-2016:`, 12."""
    document, colon, own = lines.rpartition(":")
    return document + colon, int(own.partition("-")[0])


@value
def reversed_lines(world: World, cell: Cell, lines: str, rng: Random) -> str:
    document, first = first_line(lines)
    return f"{document}{first + rng.randint(1, 9)}-{first}"


@value
def lines_beyond(world: World, cell: Cell, lines: str, rng: Random) -> str:
    document, first = first_line(lines)
    return f"{document}{first}-{world.last_line(cell, lines) + rng.randint(1, 500)}"


@value
def lines_of_no_form(world: World, cell: Cell, lines: str, rng: Random) -> str:
    return rng.choice(["l. {0}", "{0}–{0}", "{0}-", "-{0}", "0", "p. 12", "{0}.5"]).format(lines.partition("-")[0])


@value
def other_lines(world: World, cell: Cell, lines: str, rng: Random) -> str:
    return first_line(lines)[0] + str(rng.randint(1, world.last_line(cell, lines)))


# Names of persons, trees, dates


def with_a_person(world: World, cell: Cell, rng: Random) -> str:
    surname = "".join(rng.sample(["bar", "dou", "gue", "lin", "mar", "nac", "rol", "sou", "tel", "vau"], 3))
    titled, capitals = surname.title(), surname.upper()
    name = rng.choice([f"Mme {titled}", f"M. {titled}", f"Jeanne {capitals}", f"Jean-Luc {capitals}"])
    return f"{cell.text} {name}".strip()


def loop(world: World, cell: Cell, rng: Random) -> Planted | None:
    children = [one for one in world.column(cell) if world.name(cell) in one.values()]
    child = rng.choice(children) if children else None
    return child and Planted(cell.put(world.name(child)), frozenset({child.place}))


def territory_loop(world: World, cell: Cell, rng: Random) -> Planted:
    inside = [one for one in world.column(cell) if cell.row["slug"] in one.values()]
    one = rng.choice([cell, *inside])
    return Planted(cell.put(one.row["slug"]), frozenset({one.place}))


def under_a_lower_level(world: World, cell: Cell, rng: Random) -> str | None:
    return another((name for name in world.nodes[cell.document] if name.startswith(("action/", "principle/"))), rng)


def before_its_start(world: World, cell: Cell, rng: Random) -> str | None:
    start = cell.row["start"] or cell.row["date"]
    if cell.row["field"] == "end":
        start = next((one.row["start"] for one in world.beside(cell, "code") if one.row["start"]), "")
    return str(int(start[:4]) - rng.randint(1, 30)) if start else None


def another_fate(world: World, cell: Cell, rng: Random) -> str | None:
    ends = bool(cell.row["earlier"]), bool(cell.row["later"])
    return {(True, True): rng.choice(["dropped", "new"]), (True, False): "new", (False, True): "dropped"}.get(ends)


def reason_emptied(world: World, cell: Cell, rng: Random) -> str | None:
    activities = (one for one in world.cells["participations", "activity"] if one.document == cell.document)
    pilots = {one.text for one in activities if one.row["role"] == "pilot"}
    return "" if f"sheet/{cell.row['code']}" not in pilots else None


# Two rows that say the same, or two cells exchanged


def same_as(choose: Callable[[World, Cell], list[Cell]]) -> Change:
    """Says the same as another row; either of them may be named."""

    def changed(world: World, cell: Cell, rng: Random) -> Planted | None:
        others = [one for one in choose(world, cell) if one.text]
        one = rng.choice(others) if others and cell.text else None
        return one and Planted(cell.put(one.text), frozenset({one.place}))

    return changed


def other_field(world: World, cell: Cell, rng: Random) -> str | None:
    same = [one.text for one in world.column(cell) if one.text]
    return rng.choice(same) if same and not cell.column.required and not cell.column.speaks(cell.row["field"]) else None


def exchanged(world: World, cell: Cell, rng: Random) -> Record | None:
    beside = [Cell(cell.document, cell.schema, column, cell.row) for column in cell.schema.columns]
    others = [
        one
        for one in beside
        if (closed(one.schema, one.column) or one.column.passage) and one.text and one.text not in world.known(cell)
    ]
    one = rng.choice(others) if others and cell.text else None
    return one and cell.puts({cell.column.name: one.text, one.column.name: cell.text})


# Rows as a whole


def deleted(world: World, cell: Cell, rng: Random) -> Planted | None:
    return Planted((), world.citing(cell)) if world.citing(cell) else None


def renamed(world: World, cell: Cell, rng: Random) -> Planted | None:
    return Planted(cell.put(cell.text + "x"), world.citing(cell)) if world.citing(cell) else None


def deleted_title(world: World, cell: Cell, rng: Random) -> Planted | None:
    others = frozenset(one.place for one in world.beside(cell, "code"))
    return Planted((), others) if cell.text and others else None


def cell_too_many(world: World, cell: Cell, rng: Random) -> Record:
    place = rng.randint(0, len(cell.record))
    return (*cell.record[:place], "x", *cell.record[place:])


def cell_missing(world: World, cell: Cell, rng: Random) -> Record:
    place = rng.randrange(len(cell.record))
    return (*cell.record[:place], *cell.record[place + 1 :])


# The kinds: name in French, in English, where, how, the rules that tell it where the table checks cannot

_ANY_KIND = ("figures.element", "other-names.element", "publics.element", "SOURCES.listing")

STRUCTURE = [
    ("case obligatoire vidée", "required cell emptied", lambda s, c: c.required, emptied),
    ("intitulé vidé", "label emptied", titled, emptied),
    ("lignes vidées", "lines emptied", lambda s, c: c.passage, emptied),
    ("unité vidée", "unit emptied", "figures.unit", emptied),
    ("contrat imprimé vidé", "contract printed by a document emptied", "SOURCES.listing", emptied),
    ("nombre de lignes vidé", "number of lines emptied", "line_count", only(lambda row: row["kind"] == "document", emptied)),
    ("édition vidée près d'un code", "edition emptied beside a code", "edition", only(lambda row: row["code"] or row["qpv_code"], emptied), "PriorityNeighbourhood-edition", "Contract-edition"),
    ("contrat modifié vidé", "amended contract emptied", "contracts.amends contracts.contract", emptied, "Amendment-amends", "CallForProjects-contract"),
    ("code inconnu", "unknown code", lambda s, c: c.vocabulary, unknown),
    ("rôle inconnu", "unknown role", "participations.role", unknown),
    ("mode de lecture inconnu", "unknown method", "method", unknown),
    ("code d'un autre vocabulaire", "code of another vocabulary", lambda s, c: c.vocabulary, of_another_scheme),
    ("nom absent de sa table", "key unknown to its table", lambda s, c: c.reference, unknown),
    ("élément inconnu", "unknown element", lambda s, c: c.node, unknown),
    ("parent inconnu", "unknown parent", "parent", unknown),
    ("niveau ou nature inconnu", "unknown level or kind", one_of, text(lambda t, rng: misspelt(t, (), rng) or t)),
    ("élément d'une autre nature", "element of another kind", lambda s, c: c.node and f"{s.name}.{c.name}" not in _ANY_KIND, of_another_kind, "Articulation-elementKind", "Participation-activityKind", "Indicator-indicatorOf", "StrategicElement-parent", "ExpectedResult-resultOf", "Specification-specifies", "CrossReference-from", "CrossReference-to", "CallForProjects-opens", "Continuation-from", "Continuation-to", "Article-isPartOf"),
    ("parent d'un niveau plus bas", "parent of a lower level", "strategy.parent", only(lambda row: row["kind"] in ("pillar", "issue", "objective"), under_a_lower_level), "Pillar-parent", "Issue-parent", "Objective-parent"),
    ("parent de soi-même", "parent of itself", "strategy.parent", lambda w, cell, rng: w.name(cell), "StrategicElement-acyclic"),
    ("boucle de parents", "loop of parents", "strategy.parent", loop, "StrategicElement-acyclic"),
    ("territoire dans lui-même", "territory within itself", "places.within", territory_loop, "Territory-acyclic"),
    ("deux thèmes en une case", "two themes in one cell", lambda s, c: c.vocabulary == "theme" and not c.separator, value(lambda w, cell, old, rng: f"{old} ; {another(w.known(cell), rng, [old])}")),
    ("valeur deux fois dans une liste", "value twice in a list", lambda s, c: c.separator, lambda w, cell, rng: cell.text and cell.text + cell.column.separator + rng.choice(cell.values())),
    ("liste jointe par une virgule", "list joined by a comma", lambda s, c: c.separator and closed(s, c), joined_by_a_comma),
    ("lignes à rebours", "lines reversed", lambda s, c: c.passage, reversed_lines),
    ("lignes au-delà du document", "lines beyond the document", lambda s, c: c.passage, lines_beyond),
    ("lignes sans forme", "lines of no form", lambda s, c: c.passage, lines_of_no_form),
    ("date impossible", "impossible date", lambda s, c: c.datatype == "date", text(lambda t, rng: t[:4] + rng.choice(["-13", "-00", "-02-30", "-04-31", "-01-00"]))),
    ("date d'une autre forme", "date of another form", lambda s, c: c.datatype == "date", text(lambda t, rng: rng.choice(["14/07/{0}", "juillet {0}", "{0}-{0}", "{0}-7", "an {0}"]).format(t[:4]))),
    ("nombre en lettres", "number in words", number, text(lambda t, rng: rng.choice(["douze", "un tiers", "plusieurs", "n.c.", f"environ {t}"]))),
    ("nombre avec virgule ou unité", "number with a comma or a unit", number, text(lambda t, rng: rng.choice([f"{t},5", f"1 {t.zfill(3)}", f"{t} %", f"{t}€"]))),
    ("rang, compte ou montant négatif", "negative rank, count or amount", "order amount line_count", text(lambda t, rng: f"-{t}" if float(t) else "-1")),
    ("identifiant en double", "id used twice", key, same_as(lambda w, cell: w.column(cell))),
    ("identifiant qui n'est pas un code", "id that is no slug", key, text(lambda t, rng: rng.choice([t.upper() + "A", f"{t} bis", f"é{t}", f"{t}_2", f"{t}."]))),
    ("code de fiche en capitales", "sheet code in capitals", "sheets.code", text(lambda t, rng: t + rng.choice("ABC"))),
    ("code avec accents ou espaces", "code with accents or spaces", "measure list conflict", text(lambda t, rng: rng.choice([t.title(), f"é{t}", f"{t} bis"]))),
    ("code officiel déformé", "official code of another form", "insee siren qpv_code contracts.code", text(lambda t, rng: rng.choice([t[:-1] + "?", t + "0000", t.lower() + "x", t[:1], " ".join(t)]))),
    ("empreinte abîmée", "damaged SHA-256", "sha256", text(lambda t, rng: rng.choice([t[:-1], t.upper() + "0", "g" + t[1:]]))),
    ("adresse abîmée", "damaged address", lambda s, c: c.datatype == "anyURI", lambda w, cell, rng: rng.choice([cell.text.partition("//")[2], f"{cell.text} bis"] if cell.text else ["CC BY 4.0", "www.anct.gouv.fr"])),
    ("fichier avec son dossier", "file name with its folder", "SOURCES.file", text(lambda t, rng: rng.choice(["corpus/", "C:\\textes\\"]) + t)),
    ("nom de personne", "name of a person", lambda s, c: c.as_written or c.name in ("label", "how", "function"), with_a_person),
    ("mode vidé", "mode emptied", "articulations.mode", only_alone(lambda row: row["status"] == "stated", emptied), "Articulation-modeKnown"),
    ("intention dite établie", "intention said to be stated", "articulations.status", only_alone(lambda row: row["mode"] == "intention", lambda w, cell, rng: "stated"), "Articulation-modeIntention"),
    ("projet sans intention", "intended without intention", "articulations.mode", only_alone(lambda row: row["status"] == "intended", lambda w, cell, rng: another(w.known(cell), rng, ["intention"])), "Articulation-statusIntended"),
    ("absente avec un mode", "absent with a mode", "articulations.status", only(lambda row: row["mode"], lambda w, cell, rng: "absent"), "Articulation-modeAbsent"),
    ("dispositif local d'un autre type", "local dispositif of another type", "articulations.local", value(lambda w, cell, old, rng: another((one.row["slug"] for one in w.cells["dispositifs", "type"] if one.text != cell.row["dispositif"]), rng)), "Articulation-localType"),
    ("code d'élément en double", "code of an element used twice", "strategy.code", same_as(lambda w, cell: w.beside(cell, "kind")), "Listing-codes"),
    ("maximum sous la valeur", "maximum below the value", "figures.max_value", lambda w, cell, rng: str(float(cell.row["value"]) - rng.randint(1, 9))),
    ("fin avant le début", "end before the start", "end", before_its_start, "Resource-earliest"),
    ("case d'un autre champ remplie", "cell of another field filled", lambda s, c: c.when, other_field),
    ("suite qui ne va pas avec ses fiches", "continuation that does not fit its sheets", "continuity.kind", another_fate, "Continuation-ends"),
    ("suite d'un document à lui-même", "continuation of a document by itself", "continuity.later_document", lambda w, cell, rng: cell.row["earlier_document"], "Continuation-documents"),
    ("contradiction d'un seul côté", "conflict with one side", "conflicts.value", same_as(lambda w, cell: w.beside(cell, "conflict") if len(w.beside(cell, "conflict")) == 1 else []), "Conflict-values"),
    ("ligne citée supprimée", "row deleted that others cite", lambda s, c: key(s, c) and s.name != "sheets", deleted),
    ("identifiant cité renommé", "id renamed that others cite", lambda s, c: key(s, c) and s.name != "sheets", renamed),
    ("titre d'une fiche supprimé", "title of a sheet deleted", "sheets.title", deleted_title, "Resource-label", "ActionSheet-notation"),
    ("deux cases échangées", "two cells exchanged", closed, exchanged),
    ("une case de trop", "a cell too many", key, cell_too_many),
    ("une case de moins", "a cell missing", key, cell_missing),
]  # fmt: skip

QUALITY = [
    ("pourcentage au-delà de 100", "percentage above 100", "figures.value", only(lambda row: row["unit"] == "percent" and not row["max_value"], lambda w, cell, rng: str(rng.randint(101, 900))), "StatisticalStatement-percent"),
    ("jalon sans date ni fréquence", "milestone without date or frequency", "milestones.date", only(lambda row: not row["frequency"] and not row["end"], emptied), "Milestone-when"),
    ("texte sans numéro ni date", "text without number or date", "legal-texts.date", only(lambda row: not row["number"] and row["kind"] in ("loi", "decret", "ordonnance", "arrete"), emptied), "LegalText-identified"),
    ("homonyme au répertoire", "two partners of one name", "partners.label", same_as(lambda w, cell: w.column(cell)), "Partner-label"),
    ("territoire vidé", "territory emptied", "contracts.territory dispositifs.territory", lambda w, cell, rng: "" if cell.row["slug"] not in w.dataset.documents else None, "Contract-territory", "Dispositif-territory"),
    ("quartier hors de toute commune", "neighbourhood in no commune", "places.within", only(lambda row: row["kind"] == "qpv", emptied), "PriorityNeighbourhood-directlyWithin"),
    ("participation de personne", "participation of nobody", "participations.partner", only(lambda row: not row["function"], emptied), "Participation-who"),
    ("action hors de l'arbre", "action out of the tree", "strategy.parent", only(lambda row: row["kind"] == "action", emptied), "Action-placed"),
    ("fiche sans pilote ni raison", "sheet without pilot or reason", "sheets.reason", reason_emptied, "ActionSheet-pilot"),
    ("pratique en plus de quinze mots", "practice in more than fifteen words", "practices.label", text(lambda t, rng: f"{t}, avec les habitants et les associations du quartier, si les crédits suffisent, à partir de l'an prochain"), "Practice-label"),
]  # fmt: skip

PLAUSIBLE = [
    ("un code pour un autre", "one code for another", lambda s, c: c.vocabulary, other),
    ("un nom pour un autre", "one name for another", lambda s, c: c.reference, other),
    ("d'autres lignes du document", "other lines of the document", lambda s, c: c.passage, other_lines),
    ("faute de frappe", "typing error", lambda s, c: c.lang == "fr" or c.as_written, text(lambda t, rng: misspelt(t, (), rng) or t)),
    ("signes au lieu de mots", "signs instead of words", lambda s, c: c.lang == "fr" or c.as_written, text(lambda t, rng: rng.choice(["???", "{document}", "a\nb", '"', "<b>x</b>", "a:b/c", "%s", "…", "' \\ '"]))),
    ("une autre année", "another year", lambda s, c: c.datatype == "date", text(lambda t, rng: f"{int(t[:4]) + rng.choice([-2, -1, 1, 2])}{t[4:]}")),
    ("un autre nombre", "another number", "figures.value commitments.amount", text(lambda t, rng: f"{float(t) * rng.choice([0.5, 2, 10]):g}")),
    ("un chiffre d'un SIREN", "one digit of a SIREN", "siren", text(lambda t, rng: t[:-1] + str((int(t[-1]) + rng.randint(1, 9)) % 10))),
    ("case facultative vidée", "optional cell emptied", lambda s, c: not c.required and c.property_url, emptied),
    ("ligne que nul ne cite supprimée", "row deleted that nobody cites", key, lambda w, cell, rng: None if w.citing(cell) else ()),
]  # fmt: skip

KINDS = [
    Kind(fr, en, nature, columns(where), change, tuple(rules))
    for nature, kinds in (("structure", STRUCTURE), ("quality", QUALITY), ("plausible", PLAUSIBLE))
    for fr, en, where, change, *rules in kinds
]
