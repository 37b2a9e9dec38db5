"""Mutation testing of the data: random single faults in the shipped tables, through the table checks and the shapes.

Many faults stand in one copy of the tables, each in a row and about a node of its own. The table checks name some;
those are mended, others take their place, and what the checks let pass goes on to the graph and to the shapes, until
every fault was named or has passed everything. `docs/validation.md` tells the shares, and why not each fault alone.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from mutation_kinds import KINDS
from mutations import Mutation, World, draw

from cdv_graph.build import build
from cdv_graph.errors import Fault, TableError
from cdv_graph.resources import folder
from cdv_graph.store import EmbeddedStore
from cdv_graph.tables import read_dataset
from cdv_graph.validate import Place, Report, validate
from cdv_graph.validate.run import findings
from cdv_graph.validate.shapes import Shapes, read_shapes

PAGE = Path(__file__).parents[1] / "docs" / "validation.md"
SEED, EACH = 2024, 10
FOR_BOTH_ENGINES, ONE_DOCUMENT = 20, "montpellier-2021"  # pySHACL takes its time
TABLES = "tables"
Known = set[tuple[str, str, str]]  # problems that the shipped tables have: rule, focus, value


class Copy:
    """A copy of the shipped tables, to plant faults in."""

    def __init__(self, place: Path) -> None:
        self.place = place
        shutil.copytree(folder("data"), place, ignore=shutil.ignore_patterns("schema"))
        self.shipped = {path: _records(path) for path in sorted(place.rglob("*.csv"))}

    def build(self, mutations: Iterable[Mutation], documents: Iterable[str] = ()) -> EmbeddedStore:
        """The graph of the tables with these faults in them; a row deleted leaves its line blank."""
        changed = {path: list(records) for path, records in self.shipped.items()}
        for mutation in mutations:
            changed[self.place / mutation.cell.row.file][mutation.cell.row.line - 1] = list(mutation.record)
        for path, records in changed.items():
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(records)
        return build(self.place, documents)


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def apart(planted: list[Mutation], waiting: list[Mutation], world: World) -> tuple[list[Mutation], list[Mutation]]:
    """Those planted, with those waiting that touch no row and no node of theirs; the rest waits on."""
    taken = {one for mutation in planted for one in _touched(mutation, world)}
    left = []
    for mutation in waiting:
        touched = _touched(mutation, world)
        if taken.isdisjoint(touched):
            planted = [*planted, mutation]
            taken |= touched
        else:
            left.append(mutation)
    return planted, left


def _touched(mutation: Mutation, world: World) -> set[object]:
    return {*mutation.places, (mutation.cell.document, world.name(mutation.cell) or mutation.cell.place)}


def tells(fault: Fault, mutation: Mutation) -> bool:
    """Whether a fault of a table is the one planted: its row and its column, or a row that cites it."""
    place = Place(fault.file, fault.line)
    if place == mutation.cell.place:
        return fault.column in mutation.changed or not mutation.changed
    names = {mutation.cell.text, *(after for _, after in mutation.changed.values())} - {""}
    return place in mutation.places and any(name in fault.value for name in names)


def rule_telling(report: Report, known: Known, mutation: Mutation) -> str:
    """The rule that tells a fault at its place, or empty."""
    told = (
        problem.rule.code
        for problem in report.problems
        if not mutation.places.isdisjoint(problem.rows)
        and (problem.rule.code, problem.focus, problem.value) not in known
        and (problem.rule.code in mutation.kind.rules or mutation.kind.nature == "plausible")
    )
    return next(told, "")


def run(copy: Copy, mutations: list[Mutation], world: World, known: Known) -> dict[Mutation, str]:
    """What caught each fault: the table checks, a rule, or nothing."""
    caught: dict[Mutation, str] = {}
    planted, waiting = apart([], mutations, world)
    while planted:
        try:
            store = copy.build(planted)
        except TableError as error:
            told = {mutation: TABLES for mutation in planted if any(tells(fault, mutation) for fault in error.faults)}
            assert told, f"faults told where none is: {error}"
        else:
            report = validate(store, data=copy.place)
            told = {mutation: rule_telling(report, known, mutation) for mutation in planted}
        caught |= told
        planted, waiting = apart([mutation for mutation in planted if mutation not in told], waiting, world)
    return caught


@dataclass(frozen=True)
class Outcome:
    """The faults drawn and what caught each; how the shipped tables fare; a place to plant more."""

    caught: dict[Mutation, str]
    shipped: Report
    world: World
    copy: Copy

    def of(self, kind: str) -> list[Mutation]:
        return [mutation for mutation in self.caught if mutation.kind.en == kind]

    def table(self) -> str:
        """The kinds with what caught them, as the documentation has them."""
        lines = []
        for kind in KINDS:
            by = [self.caught[mutation] for mutation in self.of(kind.en)]
            lines.append(f"| {kind.fr} / *{kind.en}* | {kind.nature} | {_shares(by)} |")
        for nature in ("structure", "quality", "plausible"):
            by = [how for mutation, how in self.caught.items() if mutation.kind.nature == nature]
            lines.append(f"| **toutes / all** | {nature} | {_shares(by)} |")
        return "\n".join(lines)


def _shares(by: list[str]) -> str:
    tables, missed = by.count(TABLES), by.count("")
    return f"{len(by)} | {tables} | {len(by) - tables - missed} | {100 * (len(by) - missed) // len(by)} %"


@pytest.fixture(scope="module")
def outcome(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    copy = Copy(tmp_path_factory.mktemp("mutations") / "data")
    world, rng = World(read_dataset(folder("data"))), random.Random(SEED)
    drawn = [mutation for kind in KINDS for mutation in draw(world, kind, EACH, rng)]
    shipped = validate(store)
    known = {(problem.rule.code, problem.focus, problem.value) for problem in shipped.problems}
    # any rule may see a plausible fault, so that it must not stand near those that rules do see
    for_rules = [mutation for mutation in drawn if mutation.kind.rules]
    plausible = [mutation for mutation in drawn if mutation.kind.nature == "plausible"]
    for_tables = [mutation for mutation in drawn if mutation not in {*for_rules, *plausible}]
    caught = run(copy, for_tables, world, known)
    for mutations in (for_rules, plausible):  # one graph each: the few that touch each other are left out
        caught |= run(copy, apart([], mutations, world)[0], world, known)
    return Outcome(caught, shipped, world, copy)


def test_the_shipped_tables_raise_no_alarm(outcome: Outcome) -> None:
    assert [problem.reason() for problem in outcome.shipped.problems if problem.severity == "violation"] == []


def test_there_are_five_hundred_faults_of_twenty_kinds_and_each_changes_its_row(outcome: Outcome) -> None:
    assert len(outcome.caught) >= 500
    assert len({mutation.kind.en for mutation in outcome.caught}) == len(KINDS) >= 20
    assert len({mutation.cell.row.file for mutation in outcome.caught}) > 60
    for mutation in outcome.caught:
        path = outcome.copy.place / mutation.cell.row.file
        assert outcome.copy.shipped[path][mutation.cell.row.line - 1] != list(mutation.record), mutation


def test_the_same_seed_draws_the_same_faults(outcome: Outcome) -> None:
    kind = KINDS[0]
    first, again, other = (list(map(str, draw(outcome.world, kind, EACH, random.Random(seed)))) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("kind", [kind.en for kind in KINDS if kind.nature != "plausible"])
def test_every_fault_that_can_be_seen_is_named_where_it_is(kind: str, outcome: Outcome) -> None:
    assert outcome.of(kind)
    assert [str(mutation) for mutation in outcome.of(kind) if not outcome.caught[mutation]] == []


def test_both_engines_find_the_same_faults(outcome: Outcome) -> None:
    seen = [mutation for mutation, how in outcome.caught.items() if how not in ("", TABLES)]
    here = [mutation for mutation in seen if mutation.cell.row.file.startswith(("authority/", f"{ONE_DOCUMENT}/"))]
    planted = apart([], random.Random(SEED).sample(here, len(here)), outcome.world)[0][:FOR_BOTH_ENGINES]
    assert len(planted) == FOR_BOTH_ENGINES
    store, shapes = outcome.copy.build(planted, [ONE_DOCUMENT]), Shapes(read_shapes())
    fast, reference = (findings(store, shapes, engine)[0] for engine in ("compiled", "pyshacl"))
    assert fast == reference
    assert len({finding.shape for finding in fast}) >= 10


def test_the_page_tells_the_shares(outcome: Outcome) -> None:
    # the faults drawn, and so the plausible ones that happen to be caught, change with the tables: the kinds do not
    share = re.compile(r"^\| (.+?) \| (structure|quality|plausible) \| .* (\d+) % \|$", re.M)
    told, now = (
        [(name, nature, "" if nature == "plausible" else caught) for name, nature, caught in share.findall(text)]
        for text in (PAGE.read_text("utf-8"), outcome.table())
    )
    assert told == now, "put this in docs/validation.md:\n" + outcome.table()
