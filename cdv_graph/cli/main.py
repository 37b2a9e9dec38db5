"""The command `cdv-graph`: finds the command's file, tells errors in one message, and the exit code.

Exit codes: 0 fine (an empty answer is fine), 1 does not conform, 2 the input or the call is at fault, 3 our fault.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cdv_graph.errors import InputError
from cdv_graph.messages import LANGUAGES, message

__all__ = ["cli", "main"]

COMMANDS = (
    "demo",
    "extract",
    "build",
    "validate",
    "query",
    "sparql",
    "compare",
    "diff",
    "search",
    "evidence",
    "diagram",
    "report",
    "network",
    "serve",
    "push",
    "pull",
    "check-ontology",
)


class _Commands(click.Group):
    """Imports the file of a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cdv_graph.cli.{cmd_name.replace('-', '_')}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="cdv-graph", message="cdv-graph %(version)s")
def cli() -> None:
    """Contrats de ville as a knowledge graph.

    Build the graph of the reviewed tables, check it, question it, draw it. Without options, commands work on the data
    shipped with the package.

    \b
    First steps:
      cdv-graph demo                                             the whole thing in one go
      cdv-graph query articulations --contract clermont-2024     one of the named questions
      cdv-graph query --help                                     all of them
      cdv-graph diagram contract --contract clermont-2024 -o clermont.html
      cdv-graph network partner-sheet --contract montpellier-2016 --measure robustness

    \b
    Exit codes: 0 fine, 1 the graph or the ontology does not conform, 2 the input or the call is at fault, 3 our fault.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the words after `cdv-graph`; those of the process by default.

    Returns:
        Never: the process exits with the code that is documented above.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(_run(arguments))


def _typed_language(words: Sequence[str]) -> str:
    """The language that the words ask for, told also where the rest of them cannot be understood."""
    asked = LANGUAGES[0]
    for word, following in zip(words, [*words[1:], ""], strict=True):
        option, _, value = word.partition("=")
        if option == "--lang" and (value or following) in LANGUAGES:
            asked = value or following
    return asked


def _run(arguments: list[str] | None) -> int:
    lang = _typed_language(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(arguments, prog_name="cdv-graph", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.Abort:
        click.echo(message("cli.interrupted").told(lang), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except InputError as error:
        click.echo(f"cdv-graph: {error.told(lang)}", err=True)
        return 2
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (the reader left; nothing more can be written)
        return 0
    except Exception as error:
        told = message("cli.internal", kind=type(error).__name__, said=str(error))
        click.echo(f"cdv-graph: {told.told(lang)}", err=True)
        return 3
