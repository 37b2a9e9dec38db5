"""`cdv-graph query NAME`: one command per named question, made from the headers of the queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cdv_graph.cli.common import (
    graph_options,
    lang_option,
    load_graph,
    output_options,
    write_bytes,
    write_rows,
)
from cdv_graph.errors import InputError

__all__ = ["command"]


class _QuestionCommands(click.Group):
    """One command per question; its header is read only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from cdv_graph.questions import names

        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from cdv_graph.questions import names

        return _question_command(cmd_name) if cmd_name in names() else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from cdv_graph.questions import question

        if args and not args[0].startswith("-"):
            question(args[0])  # an unknown name is told with the nearest ones
        return super().resolve_command(ctx, args)


def _question_command(name: str) -> click.Command:
    from cdv_graph.questions import explain, question

    asked = question(name)

    @graph_options
    @output_options
    @lang_option
    @click.option(
        "--explain",
        "explained",
        is_flag=True,
        help="Show the SPARQL that is run, with bound values; run nothing.",
    )
    def run(
        graph_path: Path | None,
        data: Path | None,
        output: Path | None,
        form: str | None,
        excel: bool,
        lang: str,
        explained: bool,
        **parameters: str | None,
    ) -> None:
        graph = load_graph(graph_path, data, lang)
        given = {key: value for key, value in parameters.items() if value is not None}
        if any(not value.strip() for value in given.values()):
            raise InputError("cli.empty-parameter")
        if explained:
            write_bytes(explain(graph.store, name, given).encode(), output)
        else:
            write_rows(graph.answer(name, **given), output, form, excel, lang)

    text = (
        f"{asked.title['en']}.\n\n{asked.description['en']}\n\n"
        f"Columns: {', '.join(asked.columns)}.\n\n\b\nExample:\n  {asked.example}"
    )
    built = click.command(name, help=text, short_help=asked.title["en"])(run)
    for parameter in reversed(asked.parameters):
        flag = "--" + parameter.name.replace("_", "-")
        built.params.insert(
            0,
            click.Option(
                [flag, parameter.name],
                help=parameter.description.get("en", ""),
                required=parameter.required,
                metavar="|".join(parameter.choices) or "VALUE",
                show_default=parameter.default or False,
            ),
        )
    return built


@click.group("query", cls=_QuestionCommands)
def command() -> None:
    """Ask a named question.

    A parameter takes a code, a slug, an acronym, a label or an IRI (clermont-2024, CN03404N, "Clermont", CLS, "santé").
    An unknown or ambiguous value is an error that tells the nearest ones.

    \b
    Examples:
      cdv-graph query articulations --contract Clermont --theme santé
      cdv-graph query role-gaps --contract clermont-2024 -o manques.xlsx
      cdv-graph query signatories --help
    """
