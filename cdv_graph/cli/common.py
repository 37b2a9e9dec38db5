"""Options that several commands share, where the graph comes from, where results go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cdv_graph.errors import InputError
from cdv_graph.files import swap_in
from cdv_graph.messages import LANGUAGES, Message

if TYPE_CHECKING:
    from cdv_graph.graph import Graph
    from cdv_graph.query import Result

__all__ = [
    *("format_of", "graph_options", "lang_option", "load_graph", "output_options", "output_options_of"),
    *("say", "write_bytes", "write_rows", "write_told"),
]

F = TypeVar("F", bound=Callable[..., Any])

_TABLE_ENDINGS = {"txt": "table", "csv": "csv", "json": "json", "xlsx": "xlsx", "md": "md"}

lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of messages and labels.",
)


class _Place(click.Path):
    """A path, or the address of a server."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if "://" in value else super().convert(value, param, ctx)


def graph_options(command: F) -> F:
    """`--graph` and `--data`: which graph to work on."""
    command = click.option(
        "--data",
        type=click.Path(path_type=Path),
        help="Folder of reviewed tables to build from, instead of the shipped one.",
    )(command)
    return click.option(
        "--graph",
        "graph_path",
        type=_Place(),
        metavar="PLACE",
        help="A graph built before: the folder of a store, an RDF file, or the address of a SPARQL endpoint.",
    )(command)


def output_options_of(endings: Mapping[str, str], *others: str) -> Callable[[F], F]:
    """`-o`, `-f` and `--excel`: where a result goes, in a format that an ending names, or another."""

    def added(command: F) -> F:
        excel = "CSV as French Excel opens it: « ; », decimal commas, BOM."
        command = click.option("--excel", is_flag=True, help=excel)(command)
        command = click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(sorted({*endings.values(), *others})),
            help="Overrides the ending of FILE.",
        )(command)
        return click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, allow_dash=True),
            help=f"FILE; its ending chooses the format (.{' .'.join(endings)}). « - » is stdout.",
        )(command)

    return added


output_options = output_options_of(_TABLE_ENDINGS)


def format_of(output: Path | None, form: str | None, endings: Mapping[str, str] = _TABLE_ENDINGS) -> str:
    """The format that the options, or the file's ending, name; that of `.txt` on stdout.

    Raises:
        InputError: the ending names no format.
    """
    if form is not None:
        return form
    ending = output.suffix.lstrip(".").lower() if output and str(output) != "-" else "txt"
    if ending not in endings:
        raise InputError("cli.unknown-ending", path=output, ending=f".{ending}", known=", ".join(endings))
    return endings[ending]


def say(words: Message, lang: str) -> None:
    """Words for people: to stderr, only on a terminal."""
    if sys.stderr.isatty():
        click.echo(words.told(lang), err=True)


def load_graph(graph_path: Path | str | None, data: Path | None, lang: str) -> Graph:
    """The graph that the options name, with progress on a terminal."""
    from cdv_graph.opening import connect, load

    if graph_path and data:
        raise InputError("cli.data-or-graph")
    return connect(graph_path) if graph_path else load(data, progress=partial(say, lang=lang))


def write_bytes(content: bytes, output: Path | None) -> None:
    """To stdout, or to a file: aside first, then swapped in.

    Raises:
        OutputError: the file cannot be written; what was there before is untouched.
    """
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    swap_in(output, content)


def write_rows(result: Result, output: Path | None, form: str | None, excel: bool, lang: str = LANGUAGES[0]) -> None:
    """Rows in the format that the options, or the file's ending, name; a table on stdout by default.

    What must be known to read them follows on stderr, unless the format carries it.
    """
    from cdv_graph.query import write_result

    form = format_of(output, form)
    if form == "xlsx" and (output is None or str(output) == "-") and sys.stdout.isatty():
        raise InputError("cli.xlsx-needs-a-file")
    write_bytes(write_result(result, form, excel=excel, lang=lang), output)
    _say_notes(result, form, lang)


def write_told(
    summary: Result,
    rows: Result,
    output: Path | None,
    form: str | None,
    excel: bool,
    lang: str,
    *,
    shown: Sequence[str] = (),
    only_summary: bool = False,
) -> None:
    """Rows and their summary: both where people read (table, Markdown), one of them where programs do.

    Args:
        summary: what the rows come to.
        rows: all of them, with every column.
        output: as `write_rows`.
        form: as `write_rows`.
        excel: as `write_rows`.
        lang: as `write_rows`.
        shown: the columns where people read; all by default.
        only_summary: leave the rows out.
    """
    from cdv_graph.query import write_result

    chosen = format_of(output, form)
    if only_summary or chosen not in ("table", "md"):
        write_rows(summary.noted(*rows.notes) if only_summary else rows, output, form, excel, lang)
        return
    parts = (summary, rows.only(shown) if shown else rows)
    write_bytes(b"\n".join(write_result(part, chosen, lang=lang) for part in parts), output)
    _say_notes(rows, chosen, lang)


def _say_notes(result: Result, form: str, lang: str) -> None:
    from cdv_graph.query import NOTED

    if form not in NOTED:
        for note in result.told(lang):
            click.echo(f"* {note}", err=True)
