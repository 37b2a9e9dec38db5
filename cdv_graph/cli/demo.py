"""`cdv-graph demo`: the whole thing in one go on the shipped data."""

from __future__ import annotations

import time
from pathlib import Path

import click

from cdv_graph.cli.common import lang_option, write_rows

__all__ = ["command"]

_WORDS = {
    "fr": {
        "build": "Graphe construit à partir des tables livrées : {n} énoncés en {t:.1f} s → {path}",
        "valid": "Validation SHACL : {verdict} ({t:.1f} s)",
        "yes": "conforme",
        "no": "non conforme",
        "ask": "Avec quels dispositifs de santé le contrat de Clermont-l'Hérault s'articule-t-il ?",
        "draw": "Schéma des articulations (à ouvrir dans un navigateur) → {path}",
        "next": "À suivre : cdv-graph query --help",
    },
    "en": {
        "build": "Graph built from the shipped tables: {n} statements in {t:.1f} s → {path}",
        "valid": "SHACL validation: {verdict} ({t:.1f} s)",
        "yes": "conforms",
        "no": "does not conform",
        "ask": "Which health dispositifs is the contract of Clermont-l'Hérault articulated with?",
        "draw": "Diagram of the articulations (open it in a browser) → {path}",
        "next": "Next: cdv-graph query --help",
    },
}


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

    words = _WORDS[lang]
    start = time.perf_counter()
    store = build()
    publish(store, output / "graph.nq")
    click.echo(words["build"].format(n=len(store), t=time.perf_counter() - start, path=output / "graph.nq"))
    start = time.perf_counter()
    report = validate(store)
    verdict = words["yes" if report.conforms else "no"]
    click.echo(words["valid"].format(verdict=verdict, t=time.perf_counter() - start))
    graph = Graph(store)
    click.echo("\n" + words["ask"])
    answer = graph.answer("articulations", contract="clermont-2024", theme="sante")
    shown = ("dispositif", "element", "mode", "status", "carrier", "start_line")
    places = [answer.columns.index(column) for column in shown]
    write_rows(Result(shown, [[row[place] for place in places] for row in answer.rows]), None, "table", False)
    for ending in ("html", "svg"):
        picture = output / f"clermont-2024.{ending}"
        draw(graph.network("clermont-2024"), picture, lang=lang)
        click.echo(("\n" if ending == "html" else "") + words["draw"].format(path=picture))
    click.echo(words["next"])
    return 0 if report.conforms else 1
