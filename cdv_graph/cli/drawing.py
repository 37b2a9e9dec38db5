"""What the commands that draw share: the options that each of them takes, and how a file is made and told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cdv_graph.cli.common import graph_options, lang_option, load_graph, say
from cdv_graph.messages import message

if TYPE_CHECKING:
    import networkx as nx

    from cdv_graph.diagram.model import Diagram, View

    Drawn = Diagram | Sequence[View] | nx.MultiDiGraph[str]

__all__ = ["drawing", "everything", "generation", "of_contract", "theme"]

of_contract = click.option("--contract", required=True, help="Contract (code, slug or name).")
theme = click.option("--theme", default="", help="Only what is on this theme and its sub-themes.")
generation = click.option("--generation", default="", help="Only contracts of this generation (2015-2023, 2024-2030).")
everything = click.option("--all", "everything", is_flag=True, help="Draw all of it, not only the main part.")
_FILE = (
    "FILE: .html (page to explore), .svg, .png, .pdf (slides), .mmd (Mermaid), .graphml, .gexf (Gephi), .dot "
    "(Graphviz), .json (Cytoscape), .csv (FILE-nodes.csv and FILE-edges.csv)."
)


def drawing(group: click.Group, *options: Callable[..., Any]) -> Callable[[Callable[..., Drawn]], click.Command]:
    """A command of a group, called as the function under it, that draws what this function makes.

    Args:
        group: the group.
        options: those of the command itself; where the graph comes from, `--lang` and `-o` are added.

    Returns:
        A decorator. The function is given the graph, what its options gave, and `lang`.
    """

    def added(made: Callable[..., Drawn]) -> click.Command:
        def drawn(output: Path, graph_path: Path | None, data: Path | None, lang: str, **given: Any) -> None:
            from cdv_graph.diagram import draw, files_of

            what = made(load_graph(graph_path, data, lang), lang=lang, **given)
            draw(what, output, lang=lang, everything=bool(given.get("everything")))
            say(message("cli.drawn", path=", ".join(map(str, files_of(output)))), lang)

        drawn.__doc__ = made.__doc__
        file = click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=_FILE)
        command: Callable[..., Any] = drawn
        for option in (lang_option, graph_options, file, *reversed(options)):
            command = option(command)
        return group.command(made.__name__.strip("_"))(command)

    return added
