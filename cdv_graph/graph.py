"""The graph that people hold: questions as methods, SPARQL, validation, networks.

import cdv_graph
g = cdv_graph.load()
g.articulations(contract="Clermont", theme="santé")
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cdv_graph.errors import QueryError
from cdv_graph.query import Result, bind, resolve, select, value_of
from cdv_graph.questions import ask, network_query, network_rows, question
from cdv_graph.questions.helpers import Questions
from cdv_graph.questions.labels import contract_names, element_names
from cdv_graph.store import Store, to_rdflib, write_rdf

if TYPE_CHECKING:
    import networkx as nx
    import owlready2
    import pandas as pd
    import rdflib

    from cdv_graph.analysis.comparison.compare import Comparison
    from cdv_graph.validate import Report

__all__ = ["Graph"]

_PARAMETERS = {one.name: one for name in ("articulations", "contracts") for one in question(name).parameters}


class Graph(Questions):
    """A graph of contrats de ville, with one method per question of the registry.

    Args:
        store: where the graph lives.
        data: the folder of tables that it was built from, where it is known.

    Example:
        >>> g = load()
        >>> bool(g.signatories(contract="Clermont")["partner"].isna().any())
        True
    """

    def __init__(self, store: Store, data: Path | None = None) -> None:
        self.store, self.data = store, data

    def answer(self, name: str, **parameters: object) -> Result:
        """The answer to a named question as plain rows.

        Args:
            name: a question, `articulations` or `role-gaps`.
            parameters: by name; a code, slug, acronym, label or IRI each.

        Returns:
            Columns and rows.

        Raises:
            UnknownValueError, AmbiguousValueError, InputError: a name or a value is at fault.
        """
        return ask(self.store, name, parameters)

    def query(self, name: str, **parameters: object) -> pd.DataFrame:
        """The same as `answer`, as a `pandas.DataFrame`.

        Example:
            >>> sorted(set(load().query("contracts", territory="Alès")["contract"]))
            ['ales-2015', 'ales-2024']
        """
        return self.answer(name, **parameters).to_frame()

    def sparql(self, sparql: str, **terms: str) -> pd.DataFrame:
        """The rows of a SELECT of your own; every prefix of the project is predeclared.

        Args:
            sparql: a SELECT; a parameter is declared as `VALUES ?name { UNDEF }`.
            terms: the IRI or prefixed name that each parameter is bound to; an absolute IRI is not checked to exist.

        Raises:
            QueryError: the query is wrong, is no SELECT, or declares no such parameter.

        Example:
            >>> frame = load().sparql("SELECT ?l { VALUES ?c { UNDEF } ?c rdfs:label ?l }", c="place:herault")
            >>> list(frame["l"])
            ['Hérault']
        """
        from cdv_graph.namespaces import expand

        try:
            bound = {name: ox.NamedNode(expand(value)) for name, value in terms.items()}
        except (KeyError, ValueError) as error:
            raise QueryError("graph.not-an-iri", why=str(error)) from error
        return select(self.store, bind(sparql, bound)).to_frame()

    def validate(self, *profiles: str, engine: str = "auto") -> Report:
        """Check the graph against the rules.

        Args:
            profiles: only the rules of `structure`, `quality`, `completeness` or `legal`; all by default.
            engine: `auto`, `compiled` or `pyshacl`; all find the same.

        Returns:
            A report: `report.conforms`, `report.problems`, `report.to_frame()`; each problem names the row of the table
            that caused it, where the graph comes from tables.

        Raises:
            StoreError: the graph is empty.
            InputError: a profile or the engine is unknown.

        Example:
            >>> report = load().validate("structure")
            >>> report.conforms, report.problems
            (True, ())
        """
        from cdv_graph.validate import validate

        return validate(self.store, profiles=profiles, engine=engine, data=self.data)

    def propose_continuity(self, earlier: str, later: str) -> pd.DataFrame:
        """Propose what became of each action sheet from one listing to the next, for a reader to settle.

        The settled answer, where there is one, is `continuity`.

        Args:
            earlier: the earlier listing (code, slug or name).
            later: the later one.

        Returns:
            One row per pair of sheets, dropped and new ones included: `kind`, `earlier_code`, `earlier_title`,
            `later_code`, `later_title`, `score` (cosine of their words, 0 to 1).

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
        """
        from cdv_graph.analysis.continuity import propose_continuity

        before, after = (self.answer("strategy", contract=listing) for listing in (earlier, later))
        return propose_continuity(before, after).to_frame()

    def comparison(self, a: str, b: str, *, aspect: str | Sequence[str] = (), theme: str = "") -> Comparison:
        """Two contracts, two generations, or a contract and a document about its region, compared.

        Args:
            a: a contract, amendment or call (code, slug or name), a generation (`2015-2023`), or a document that speaks
                of several contracts (`occitanie-2025`).
            b: the same.
            aspect: only these: `dispositifs`, `themes`, `pilots` … (`cdv_graph.analysis.comparison.aspects.aspects()`).
            theme: only what is on this theme and its sub-themes.

        Returns:
            Rows, a summary by aspect (how many common, only in one; Jaccard with what it is a ratio of), and notes.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        Example:
            >>> found = load().comparison("montpellier-2016", "montpellier-2021", aspect="neighbourhoods")
            >>> [(row["both"], row["any"], row["jaccard"]) for row in found.summary().records()]
            [(3, 14, 0.214)]
        """
        from cdv_graph.analysis.comparison.aspects import held
        from cdv_graph.analysis.comparison.compare import compare
        from cdv_graph.analysis.comparison.sides import named

        kinds = [_PARAMETERS[kind] for kind in ("generation", "contract", "document")]
        one, other = (named(self.store, name, kinds) for name in (a, b))
        on = ox.NamedNode(resolve(self.store, _PARAMETERS["theme"], theme).value) if theme else None
        return compare(one, other, held(self.store, (one, other), [aspect] if isinstance(aspect, str) else aspect, on))

    def compare(self, a: str, b: str, *, aspect: str | Sequence[str] = (), theme: str = "") -> pd.DataFrame:
        """The rows of `comparison`, as a `pandas.DataFrame`.

        Returns:
            One row per aspect and item: `aspect`, `item`, `label`, `found` (common, stronger-a, stronger-b, only-a,
            only-b, not-known), `a` and `b` (strongest mode, or number of elements), `elements_a` of `of_a`,
            `elements_b` of `of_b`, `contracts_a`, `contracts_b`, `stated_a`, `stated_b` (rates that a document states),
            `theme`, `category`, `lines_a`, `lines_b` (`document:first-last`).

        Raises:
            UnknownValueError, AmbiguousValueError: as `comparison`.

        Example:
            >>> frame = load().compare("clermont-2024", "occitanie-2025", aspect="dispositifs")
            >>> frame.loc[frame["item"] == "ctg", ["found", "a", "b", "stated_b"]].values.tolist()
            [['common', 'mention', 'mention', ['73 % des 40 contrats', '75 % des 40 contrats']]]
        """
        return self.comparison(a, b, aspect=aspect, theme=theme).to_frame()

    def network(
        self, kind: str, *, contract: str = "", theme: str = "", document: str = "", generation: str = ""
    ) -> nx.MultiDiGraph[str]:
        """A typed and weighted network, for `cdv_graph.draw` and the measures of `cdv_graph.analysis`.

        Args:
            kind: `contract` (one contract as it is drawn: themes, dispositifs, carriers), or one of
                `cdv_graph.questions.network_kinds()`: `contract-dispositif`, `contract-dispositif-theme`,
                `partner-dispositif`, `partner-sheet`, `partner-body`, `sheet-sheet`, `territory`.
            contract: one contract, amendment or call for projects (code, slug or name); all of them by default,
                except for `contract`.
            theme: a theme and its sub-themes.
            document: what this source says.
            generation: contracts of this generation.

        Returns:
            A networkx multigraph. Nodes have `kind`, `name`, `label`, `label_en`; edges `kind`, `mode`, `strength`,
            `weight`, `elements`, `lines` …; the graph `kind`, `title`, `source`, `parameters`. See
            `cdv_graph.analysis.build_network`; for `contract`, `cdv_graph.analysis.contract_network`.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.
            InputError: this kind takes no such parameter, or needs a contract.

        Example:
            >>> network = load().network("contract-dispositif", contract="Clermont")
            >>> network.has_edge("contract/clermont-2024", "dispositif-type/cls")
            True
        """
        from cdv_graph.analysis.networks.build import build_network

        given = {"contract": contract, "theme": theme, "document": document, "generation": generation}
        given = {name: value for name, value in given.items() if value}
        said = {"kind": kind, "parameters": ", ".join(f"{name}={value}" for name, value in given.items())}
        if kind == "contract":
            network = self._contract_network(given)
            network.graph.update(said)
            return network
        if contract:
            slug = str(value_of(resolve(self.store, _PARAMETERS["contract"], contract)))
            said["contract_name"] = contract_names(self.store).get(slug, slug)
        title = network_query(kind).title
        return build_network(network_rows(self.store, kind, given), title=title["fr"], title_en=title["en"], **said)

    def _contract_network(self, given: dict[str, str]) -> nx.MultiDiGraph[str]:
        from cdv_graph.analysis.networks.contract import contract_network

        theme = given.pop("theme", "")
        code = value_of(resolve(self.store, _PARAMETERS["theme"], theme)) if theme else None
        answer = self.answer("articulations", **given)
        network = contract_network(answer, theme=str(code) if code else None, names=element_names(self.store))
        contract = network.graph["contract"]
        network.graph["title"] = contract_names(self.store).get(contract, contract)
        return network

    def world(self) -> owlready2.World:
        """A copy as Python objects, to read: an owlready2 world of its own, told in `cdv_graph.reason.world`.

        Raises:
            ReasonerError: owlready2 is not installed (`pip install 'cdv-graph[reason]'`).
        """
        from cdv_graph.reason import world

        return world(self.store)

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib dataset."""
        return to_rdflib(self.store.quads())

    def serialize(self, kind: str = "nq") -> bytes:
        """The graph in an RDF format: `nq`, `trig`, `ttl`, `nt`, `rdf` or `jsonld`."""
        return write_rdf(self.store.quads(), kind)

    def __len__(self) -> int:
        """The number of statements."""
        return len(self.store)
