"""`cdv-graph demo`: the whole thing in one go on the shipped data."""

from __future__ import annotations

import time
from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, write_rows
from cdv_graph.messages import message

__all__ = ["command"]


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder for what the demo writes.",
)
@lang_option
def command(output: Path, lang: str) -> int:
    """Build the shipped data, validate it, answer a question, draw a diagram, and say where everything is."""
    from cdv_graph.build import build, publish
    from cdv_graph.diagram import draw
    from cdv_graph.graph import Graph
    from cdv_graph.query import Result
    from cdv_graph.validate import validate

    start = time.perf_counter()
    store = build()
    publish(store, output / "graph.nq")
    seconds = f"{time.perf_counter() - start:.1f}"
    click.echo(message("demo.built", count=len(store), seconds=seconds, path=output / "graph.nq").told(lang))
    start = time.perf_counter()
    report = validate(store)
    verdict = message("demo.conforms") if report.conforms else message("demo.does-not-conform")
    seconds = f"{time.perf_counter() - start:.1f}"
    click.echo(message("demo.validated", verdict=verdict, seconds=seconds).told(lang))
    graph = Graph(store)
    click.echo("\n" + message("demo.question").told(lang))
    answer = graph.answer("articulations", contract="clermont-2024", theme="sante")
    shown = ("dispositif", "element", "mode", "status", "carrier", "start_line")
    places = [answer.columns.index(column) for column in shown]
    write_rows(Result(shown, [[row[place] for place in places] for row in answer.rows]), None, "table", False)
    for ending in ("html", "svg"):
        picture = output / f"clermont-2024.{ending}"
        draw(graph.network("contract", contract="clermont-2024"), picture, lang=lang)
        click.echo(("\n" if ending == "html" else "") + message("demo.drawn", path=picture).told(lang))
    click.echo(message("demo.next").told(lang))
    return 0 if report.conforms else 1
