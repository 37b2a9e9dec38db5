"""`cdv-graph extract`: what a program can read of a document by itself, beside what was reviewed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cdv_graph.cli.common import lang_option
from cdv_graph.errors import InputError
from cdv_graph.messages import message

if TYPE_CHECKING:
    from cdv_graph.corpus import Document
    from cdv_graph.extract import Difference, Extract
    from cdv_graph.tables import Dataset

__all__ = ["command"]

_SHOWN = 20


@click.command("extract")
@click.argument("document")
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of the source documents; else CDV_CORPUS.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of reviewed tables; the shipped one by default.")
@click.option("--layout", default="", help="Layout of the document; else the one SOURCES.csv names, or the best fit.")
@click.option("--check", is_flag=True, help="Compare with the reviewed tables and corrections.csv.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="FOLDER for the tables read.")
@lang_option
def command(
    document: str, corpus: Path | None, data: Path | None, layout: str, check: bool, output: Path | None, lang: str
) -> int:
    """Read what a program can read of DOCUMENT: a slug of SOURCES.csv, or a text file.

    Tells how many rows it read of each table, and every line that it could not place: a value is never shifted to
    another sheet. With --check, tells beside the reviewed tables what share the reader gets right by itself; a
    difference that corrections.csv does not explain, or an explanation without a difference, is exit code 1.

    \b
    Examples:
      cdv-graph extract my-contract.txt -o my-tables/my-contract
      cdv-graph extract montpellier-2016 --corpus documents/ --check
    """
    from cdv_graph.authority import Names
    from cdv_graph.extract import extract
    from cdv_graph.resources import folder
    from cdv_graph.tables import read_dataset

    dataset = read_dataset(data or folder("data"))
    source, text = _source(dataset, document, corpus)
    names = Names.from_dataset(dataset, document=text.slug)
    read = extract(text, names, layout or source)
    for name, rows in read.tables.items():
        click.echo(message("extract.read", table=name, count=len(rows)).told(lang))
    if output:
        _write(read, output)
    if check:
        return _check(read, dataset, text.slug, lang)
    for unread in read.unread:
        click.echo(f"{unread.line}: {unread.text}: {unread.why.told(lang)}")
    return 0


def _source(dataset: Dataset, document: str, corpus: Path | None) -> tuple[str, Document]:
    """The layout that SOURCES.csv names, or empty, and the document."""
    from cdv_graph.corpus import open_document, read_text

    row = dataset.source(document)
    if row is None:
        return "", read_text(Path(document))
    place = corpus or (Path(named) if (named := os.environ.get("CDV_CORPUS")) else None)
    if place is None:
        raise InputError("extract.no-corpus", document=document)
    return row["layout"], open_document(place, row["file"], row["sha256"], document)


def _write(read: Extract, output: Path) -> None:
    from cdv_graph.tables import schemas, write_table

    output.mkdir(parents=True, exist_ok=True)
    for name, rows in read.tables.items():
        header = schemas()[name].header
        cells = [{column: row.get(column, "") for column in header} for row in rows]
        write_table(output / f"{name}.csv", header, cells)


def _check(read: Extract, dataset: Dataset, slug: str, lang: str) -> int:
    from cdv_graph.extract import compare

    reviewed = dataset.documents.get(slug, {})
    explained = {row["id"] for row in reviewed.get("corrections", [])}
    found: list[Difference] = []
    for table in compare(read, reviewed):
        found += table.differences
        told = message(
            "extract.share",
            table=table.table,
            alike=table.alike,
            reviewed=table.reviewed,
            read=table.read,
            share=f"{table.share:.1f}",
        )
        click.echo(told.told(lang))
    unexplained = [one for one in found if one.id not in explained]
    stale = sorted(explained - {one.id for one in found})
    for one in unexplained[:_SHOWN]:
        told = message("extract.difference", id=one.id, reader=one.reader, right=one.right, lines=one.lines)
        click.echo(told.told(lang))
    for name in stale[:_SHOWN]:
        click.echo(message("extract.stale", id=name).told(lang))
    told = message("extract.differences", count=len(found), unexplained=len(unexplained), stale=len(stale))
    click.echo(told.told(lang))
    return 1 if unexplained or stale else 0
