"""`cdv-graph compare` and `cdv-graph diff` as a user types them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cdv_graph.cli.main import main
from cdv_graph.graph import Graph


class Done:
    def __init__(self, code: object, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[object]:
    def typed(*words: str) -> Done:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Done(stop.value.code, out.decode(), err.decode())

    yield typed


def test_a_table_has_the_summary_and_the_main_columns(run) -> None:  # type: ignore[no-untyped-def]
    done = run("compare", "montpellier-2016", "montpellier-2021", "--aspect", "neighbourhoods")
    assert done.code == 0
    first, _, rows = done.out.partition("\n\n")
    assert first.split()[:2] == ["aspect", "label"] and "0.214" in first
    assert rows.split("\n")[0].split() == ["aspect", "item", "label", "found", "a", "b", "lines_a", "lines_b"]
    assert "qpv-mosson" in rows


def test_json_has_every_column_and_nothing_else(run) -> None:  # type: ignore[no-untyped-def]
    done = run("compare", "clermont-2024", "occitanie-2025", "--aspect", "bodies", "--aspect", "funders", "-f", "json")
    rows = json.loads(done.out)
    assert done.code == 0 and {row["aspect"] for row in rows} == {"bodies", "funders"}
    assert all(line.startswith("* ") for line in done.err.splitlines()) and "occitanie-2025 est un document" in done.err
    assert {"stated_b", "of_a", "contracts_b", "lines_b"} <= set(rows[0])


def test_the_summary_alone_tells_what_is_not_known(run) -> None:  # type: ignore[no-untyped-def]
    words = ("compare", "Clermont", "ales-2015", "--summary", "--aspect", "commitments", "-f", "json")
    (french,), (english,) = (json.loads(run(*words, "--lang", lang).out) for lang in ("fr", "en"))
    assert french["not_known"] == 25 and french["jaccard"] is None
    assert french["note"].startswith("rien n'a été lu") and english["note"].startswith("nothing was read")


def test_the_ending_chooses_the_format(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bodies.csv"
    assert run("compare", "clermont-2024", "ales-2015", "--aspect", "bodies", "-o", str(path)).code == 0
    assert path.read_text("utf-8").startswith("aspect,item,label,found,a,b,elements_a,")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["compare", "clermont-2025", "ales-2015"], "nearest: clermont-2024"),
        (["compare", "clermont-2024", "ales-2015", "--aspect", "pilot"], "unknown aspect « pilot »"),
        (["compare", "clermont-2024", "ales-2015", "--theme", "nonsense"], "unknown theme « nonsense »"),
        (["compare", "clermont-2024", "ales-2015", "--graph", "/nowhere.nq"], "nothing there"),
        (["diff", "shipped", "/nowhere.nq"], "nothing there; give the folder of a store"),
    ],
)
def test_a_wrong_call_is_told(run, words: list[str], told: str) -> None:  # type: ignore[no-untyped-def]
    done = run(*words, "--lang", "en")
    assert (done.code, done.out) == (2, "") and told in done.err


def test_an_empty_graph_is_told(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.nq").write_text("")
    done = run("diff", str(tmp_path / "empty.nq"), "shipped", "--lang", "en")
    assert done.code == 2 and "empty.nq: holds no statement" in done.err


@pytest.fixture(scope="module")
def edited(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two small builds, the second with another label."""
    place = tmp_path_factory.mktemp("builds")
    lines = [line for line in graph.serialize().split(b"\n") if b"/id/indicator/ales-2015" in line.split(b" ")[0]]
    old, new = place / "old.nq", place / "new.nq"
    old.write_bytes(b"\n".join(lines) + b"\n")
    labels = [line for line in lines if b"#label>" in line]
    changed = labels[0].split(b'"')[0] + '"Un autre libellé"@fr '.encode() + labels[0].split(b" ")[-2] + b" ."
    new.write_bytes(b"\n".join([changed, *(line for line in lines if line != labels[0])]) + b"\n")
    return old, new


def test_diff_tells_what_changed(run, edited: tuple[Path, Path]) -> None:  # type: ignore[no-untyped-def]
    done = run("diff", *map(str, edited), "-f", "json")
    (row,) = json.loads(done.out)
    assert done.code == 0 and (row["change"], row["property"], row["new"]) == (
        "changed",
        "rdfs:label",
        "Un autre libellé",
    )
    table = run("diff", *map(str, edited)).out
    assert table.startswith("class ") and "cdv:Indicator" in table and "Un autre libellé" in table
    (told,) = json.loads(run("diff", *map(str, edited), "--summary", "-f", "json").out)
    assert (told["class"], told["facts_changed"], told["facts_added"]) == ("cdv:Indicator", 1, 0)


def test_the_exit_code_tells_a_difference_if_asked(run, edited: tuple[Path, Path]) -> None:  # type: ignore[no-untyped-def]
    old, new = map(str, edited)
    assert run("diff", old, new).code == 0
    assert run("diff", old, new, "--exit-code").code == 1
    same = run("diff", old, old, "--exit-code", "-f", "json")
    assert (same.code, json.loads(same.out)) == (0, [])
