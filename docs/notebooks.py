"""Runs the notebooks of `examples/` and keeps what they print: `make notebooks`.

What is kept hangs on the graph alone: no time, no version, no path. `python docs/notebooks.py -o FOLDER` writes elsewhere.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from traitlets import default

EXAMPLES = Path(__file__).parents[1] / "examples"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class ThisPython(AsyncKernelManager):
    """Looks in no folder of the user: the kernel « python3 » is then the interpreter that runs this, never another."""

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])


def run(path: Path, target: Path) -> None:
    """Runs a notebook in a kernel of its own and writes it with its outputs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails; the target is untouched.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        kernel_manager_class=ThisPython,
        timeout=600,
        startup_timeout=300,
        record_timing=False,
        coalesce_streams=True,
    )
    with tempfile.TemporaryDirectory() as profile:  # not the profile of the user, nor their choice of figures
        inline = "module://matplotlib_inline.backend_inline"
        client.execute(env={**os.environ, "IPYTHONDIR": profile, "MPLBACKEND": inline})
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", nbformat.from_dict({})
    nbformat.write(notebook, target)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="All those of examples/ by default."
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="Write them there, not in place.")
    given = parser.parse_args()
    for path in given.notebooks or sorted(EXAMPLES.glob("*.ipynb")):
        run(path, given.output / path.name if given.output else path)


if __name__ == "__main__":
    main()
