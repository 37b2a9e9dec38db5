"""Consistency, with the reasoner HermiT, which comes with owlready2 and runs on Java.

HermiT runs as a program of its own, on a copy: its time can be limited, and what it prints stays out of the way.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cdv_graph.errors import ReasonerError
from cdv_graph.namespaces import PREFIXES, shorten
from cdv_graph.reason.owlready import individuals, package, statements
from cdv_graph.store import Store

__all__ = ["Consistency", "check_consistency"]

_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_NOTHING = PREFIXES["owl"] + "Nothing"
# not in the datatype map of OWL 2: HermiT stops at literals of these
_DATES = {
    ox.NamedNode(PREFIXES["xsd"] + name)
    for name in ("date", "time", "duration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
}


@dataclass(frozen=True)
class Consistency:
    """What HermiT says of a graph.

    Attributes:
        consistent: no axiom is contradicted.
        unsatisfiable: the classes that can have no instance, sorted; empty where the graph is not consistent, since
            no class can then.
        individuals: how many were looked at.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    individuals: int


def _command() -> list[str]:
    owlready2 = package()
    java = shutil.which(owlready2.JAVA_EXE)
    if java is None:
        raise ReasonerError("reason.no-java", command=owlready2.JAVA_EXE)
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    memory = f"-Xmx{owlready2.reasoning.JAVA_MEMORY}M"
    return [java, memory, "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", str(jar), _MAIN]


def check_consistency(store: Store, graphs: Sequence[str] = (), *, time_limit: float = 600) -> Consistency:
    """Whether axioms and individuals contradict each other, and which classes can have no instance.

    Args:
        store: holds the ontology and the individuals; dates are left out of the copy that is checked.
        graphs: the IRIs of the graphs to check as one; all by default.
        time_limit: seconds after which HermiT is stopped.

    Raises:
        ReasonerError: owlready2 or Java is missing, HermiT cannot take the graph (`dl_faults` may say why), or is not
            done within the time limit.

    Example:
        >>> from cdv_graph.build import load_store
        >>> from cdv_graph.namespaces import graph_iri
        >>> check_consistency(load_store(), [graph_iri("ontology")])
        Consistency(consistent=True, unsatisfiable=(), individuals=0)
    """
    command = _command()
    triples = [
        triple
        for triple in statements(store, graphs)
        if not (isinstance(triple.object, ox.Literal) and triple.object.datatype in _DATES)
    ]
    count = len(individuals(triples))
    with tempfile.TemporaryDirectory(prefix="cdv-graph-") as aside:
        copy = Path(aside) / "graph.nt"
        copy.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        # names in full, unsatisfiable classes
        command += ["--no-prefixes", "--unsatisfiable", copy.as_uri()]
        try:
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=time_limit, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise ReasonerError("reason.time-limit", seconds=f"{time_limit:g}") from error
    if "InconsistentOntologyException" in done.stderr:
        return Consistency(False, (), count)
    classes = [line.strip() for line in done.stdout.splitlines() if line.startswith("\t")]
    if done.returncode or _NOTHING not in classes:
        raise ReasonerError("reason.hermit-stops", why=_first_words(done.stderr))
    return Consistency(True, tuple(sorted(shorten(name) for name in classes if name != _NOTHING)), count)


def _first_words(said: str) -> str:
    """What a Java program says first of what went wrong, without where in its code."""
    lines = [line for line in said.splitlines() if not line.startswith("\tat ")]
    return next((line for line in lines if "Exception" in line or "Error" in line), lines[0] if lines else "")
