"""Every fault of a data folder, told at once: file, line, column, value, what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from cdv_graph.errors import Fault, nearest
from cdv_graph.messages import Message, message
from cdv_graph.namespaces import fold
from cdv_graph.tables.dataset import Dataset
from cdv_graph.tables.files import Row
from cdv_graph.tables.schema import Column, Schema, schemas
from cdv_graph.tables.vocabularies import codes

__all__ = ["check", "personal_name"]

_SOME = 8  # codes named as examples

# a civility followed by a capitalised name (« M. DUPONT »), or a first name followed by a name in capitals
_CIVILITY = re.compile(r"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur)\s+(?:[A-ZÀ-Ý][\w'’-]+)")
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý'’-]{3,}\b")
_FULL_NAME = re.compile(rf"\b[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s+({_CAPITALS.pattern})")


# how the schema of a table names the nodes of its own document
_OWN_NODE = re.compile(r"([a-z{}-]+):\{document\}\.\{(\w+)\}")


@dataclass
class _Context:
    """What the rows of one document may refer to."""

    keys: Mapping[str, Collection[str]]
    nodes: Collection[str] = field(default_factory=frozenset)
    lines: Mapping[str, int | None] = field(default_factory=dict)
    words: Collection[str] = field(default_factory=frozenset)


def personal_name(text: str, known: Collection[str] = ()) -> str:
    """The personal name that a text seems to hold, or empty.

    Args:
        text: a label, or words of the source.
        known: folded acronyms and words of organisations and places, which are not taken for names of persons.

    Example:
        >>> personal_name("Jeanne MARTIN, présidente"), personal_name("Monsieur le maire"), personal_name("Loi MAPTAM")
        ('Jeanne MARTIN', '', '')
    """
    if found := _CIVILITY.search(text):
        return found[0]
    kinds = codes().get("legal-kind", ())  # « Loi MAPTAM » names no one
    full = (found for found in _FULL_NAME.finditer(text) if fold(found[0].split()[0]) not in kinds)
    return next((found[0] for found in full if fold(found[1]) not in known), "")


def _nearest(value: str, known: Collection[str]) -> Message | str:
    return nearest(difflib.get_close_matches(value, known, n=3, cutoff=0.6))


def _date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _typed(column: Column, value: str) -> Message | None:
    """What a value should be, or nothing where it is right."""
    if column.pattern and not re.fullmatch(column.pattern, value):
        return message("tables.form", pattern=column.pattern)
    if column.datatype == "integer" and not re.fullmatch(r"-?\d+", value):
        return message("tables.whole-number")
    if column.datatype == "decimal" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return message("tables.number")
    if column.minimum and float(value) < float(column.minimum):
        return message("tables.minimum", minimum=column.minimum)
    if column.datatype == "date" and not _date(value):
        return message("tables.date")
    if column.datatype == "anyURI" and not re.fullmatch(r"https?://\S+", value):
        return message("tables.address")
    return None


def _known(column: Column, value: str, context: _Context) -> Message | None:
    """What a code, key or node should be, or nothing where it is known."""
    if column.vocabulary and value not in (known := codes().get(column.vocabulary, frozenset())):
        return message("tables.code", scheme=column.vocabulary, nearest=_nearest(value, known))
    if column.reference and value not in (keys := context.keys.get(column.reference, ())):
        return message("tables.key", table=column.reference, nearest=_nearest(value, keys))
    if column.node and value not in context.nodes:
        return message("tables.node", nearest=_nearest(value, context.nodes))
    return None


def _range(value: str, lines: Mapping[str, int | None]) -> Message | None:
    """What a range of lines should be, or nothing where it is right; `lines` is the last one, by document."""
    document, _, own = value.rpartition(":")
    first, _, last = own.partition("-")
    if document not in lines:
        return message("tables.source-row", name=document)
    if last and int(last) < int(first):
        return message("tables.line-order")
    if (count := lines[document]) is not None and int(last or first) > count:
        return message("tables.last-line", last=count)
    return None


def _comes_first(column: Column, value: str, least: str) -> bool:
    """Whether a right value comes before another; dates are compared as far as both are precise."""
    if _typed(column, least):
        return False
    if column.datatype == "date":
        shared = min(len(value), len(least))
        return value[:shared] < least[:shared]
    return float(value) < float(least)


def _cell(row: Row, column: Column, context: _Context) -> Iterator[Message]:
    values = column.values(row[column.name])
    if not values:  # most cells
        if column.required and column.vocabulary:
            some = ", ".join(sorted(codes().get(column.vocabulary, ()))[:_SOME])
            yield message("tables.some-code", scheme=column.vocabulary, codes=some)
        elif column.required:
            yield message("tables.value")
        return
    if not column.required and not column.speaks(row.cells.get("field", "")):
        yield message("tables.other-field", fields=", ".join(column.when))
    if len(set(values)) < len(values):
        yield message("tables.values-once")
    for value in values:
        wrong = _typed(column, value) or _known(column, value, context)
        if not wrong and column.passage:
            wrong = _range(value, context.lines)
        if not wrong and column.at_least and (least := row[column.at_least]) and _comes_first(column, value, least):
            wrong = message("tables.at-least", column=column.at_least, least=least)
        if not wrong and not column.pattern and personal_name(value, context.words):
            wrong = message("tables.no-personal-name")
        if wrong:
            yield wrong


def _table(schema: Schema, rows: list[Row], context: _Context) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for row in rows:
        for column in schema.columns:
            for expected in _cell(row, column, context):
                yield Fault(row.file, row.line, column.name, row[column.name], expected)
        key = row[schema.key]
        if key in seen:
            yield Fault(row.file, row.line, schema.key, key, message("tables.key-once", line=seen[key]))
        seen.setdefault(key, row.line)


def _contracts(dataset: Dataset) -> set[str]:
    """Contracts, amendments and calls, as `contract/slug` and `call/slug`."""
    rows = dataset.authority.get("contracts", [])
    return {f"{'call' if row['kind'] == 'call' else 'contract'}/{row['slug']}" for row in rows}


def _nodes(dataset: Dataset, tables: Mapping[str, list[Row]]) -> set[str]:
    """The nodes that rows of one document may name, as `kind/slug`: its own and the local dispositifs."""
    found = {f"dispositif/{row['slug']}" for row in dataset.authority.get("dispositifs", [])}
    found |= _contracts(dataset)
    for name, rows in tables.items():
        own = _OWN_NODE.fullmatch(schemas()[name].about)
        if own and own[2] in schemas()[name].header:
            found |= {f"{own[1].format_map(row.cells)}/{row[own[2]]}" for row in rows}
    return found


def _of_listing(tables: Mapping[str, list[Row]]) -> Row | None:
    """A row that speaks of the contract or call that its document prints, where there is one."""
    for name, rows in tables.items():
        schema = schemas()[name]
        own = schema.about == "{listing}"
        nodes = [column.name for column in schema.columns if column.node]
        for row in rows:
            if (own and not row["contract"]) or any(row[column] == "contract" for column in nodes):
                return row
    return None


def _known_words(dataset: Dataset) -> set[str]:
    """Acronyms, and the words in capitals of the names of organisations and places, folded."""
    rows = [row for rows in dataset.authority.values() for row in rows]
    # what looks like a surname in a name is not known by that name alone
    names = [_FULL_NAME.sub("", row[column]) for row in rows for column in ("label", "names")]
    words = [word for name in names for word in _CAPITALS.findall(name)]
    words += [row["acronym"] for row in rows]
    words += [row["acronym"] for tables in dataset.documents.values() for row in tables.get("acronyms", [])]
    words += codes().get("dispositif-type", ())
    return {part for word in words for part in fold(word).split()}


def check(dataset: Dataset) -> list[Fault]:
    """Compare every cell with its declared schema.

    Args:
        dataset: what `read_dataset` returned.

    Returns:
        Every fault, by file and line; empty where the tables are right.
    """
    keys = {name: [row[schemas()[name].key] for row in rows] for name, rows in dataset.authority.items()}
    keys["SOURCES"] = [row["slug"] for row in dataset.sources]
    words = _known_words(dataset)
    general = _Context(keys, _contracts(dataset), words=words)
    faults = list(_table(schemas()["SOURCES"], dataset.sources, general))
    for name, rows in dataset.authority.items():
        faults += _table(schemas()[name], rows, general)
    for slug, tables in dataset.documents.items():
        source = dataset.source(slug)
        if source is None:
            faults.append(Fault("SOURCES.csv", 1, "slug", slug, message("tables.source-row", name=slug)))
            continue
        own = {name: [row[schemas()[name].key] for row in rows] for name, rows in tables.items()}
        if not source["line_count"]:
            faults.append(Fault(source.file, source.line, "line_count", "", message("tables.value")))
        if not source["listing"] and (row := _of_listing(tables)):
            spoken_of = message("tables.listing", place=f"{row.file}:{row.line}")
            faults.append(Fault(source.file, source.line, "listing", "", spoken_of))
        context = _Context({**keys, **own}, {"contract", *_nodes(dataset, tables)}, {"": _line_count(source)}, words)
        for name, rows in tables.items():
            faults += _table(schemas()[name], rows, context)
    nodes = {f"{slug}:{node}" for slug, tables in dataset.documents.items() for node in _nodes(dataset, tables)}
    counts = {slug: _line_count(source) for slug in dataset.documents if (source := dataset.source(slug))}
    for name, rows in dataset.across.items():
        faults += _table(schemas()[name], rows, _Context(keys, nodes, counts, words))
    return sorted(faults)


def _line_count(source: Row) -> int | None:
    return int(source["line_count"]) if source["line_count"].isdigit() else None
