"""The examples run, and say what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
SAYS = {
    "articulations_of_my_contract": "CLS",
    "who_sits_without_signing": "ARS Occitanie: l. 615",
    "export_to_gephi": "Convention de généralisation",
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_runs(path: Path, tmp_path: Path) -> None:
    written = tmp_path / "network.gexf"
    words = [str(written)] if "gephi" in path.stem else []
    done = subprocess.run([sys.executable, str(path), *words], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert SAYS[path.stem] in done.stdout
    assert not words or written.stat().st_size > 1000
