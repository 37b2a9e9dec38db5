"""One method per question, generated from the headers of `queries/*.rq` by `generate.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Questions"]


class Questions(ABC):
    """Every named question as a method that returns a `pandas.DataFrame`."""

    @abstractmethod
    def query(self, name: str, **parameters: object) -> pd.DataFrame:
        """The answer to a named question."""

    def acronyms(self, *, acronym: str = "", document: str = "") -> pd.DataFrame:
        """Acronyms and their meanings (« Les sigles et leurs sens »).

        Every meaning of an acronym and where it is used. Variants of one thing are one meaning (the name
        kept); a wrong expansion is its own row, of kind error.

        Args:
            acronym: acronym, case and accents ignored.
            document: source document.

        Returns:
            Columns acronym, meaning, kind, theme, as_written, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query acronyms --acronym CLS
        """
        return self.query("acronyms", acronym=acronym, document=document)

    def articulation_gaps(
        self,
        *,
        contract: str = "",
        reference: str = "",
        theme: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """Articulation gaps (« Les manques d'articulation »).

        The dispositifs that a contract does not articulate although a legal text asks for it (law), they
        exist on its territory, in it or above it (territory), the contracts most like it articulate them
        (peers), or the document says or deplores that they are missing (document). A dispositif that is
        articulated, be it in an annex, an amendment or a call for projects, is no gap. known counts the
        articulations known of the contract: few known, little to conclude. Law and regrets only bear on
        contracts read in their own document. One row per dispositif, reference and passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            reference: what makes the dispositif expected; all four by default.
            theme: theme and its sub-themes.
            document: source document.

        Returns:
            Columns dispositif, expected_because, evidence, reference, contract, label, local_dispositif,
            theme, known, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query articulation-gaps --contract clermont-2024 --reference law
        """
        return self.query(
            "articulation-gaps",
            contract=contract,
            reference=reference,
            theme=theme,
            document=document,
        )

    def articulation_matrix(self, *, generation: str = "", measure: str = "mode") -> pd.DataFrame:
        """Coverage at a glance (« La couverture d'un coup d'œil »).

        One row per contract, one column per dispositif; the cell is the strongest mode (or, with
        measure=elements, the number of elements articulated).

        Args:
            generation: generation of contracts (2015-2023, 2024-2030).
            measure: what the cell says.

        Returns:
            Columns contract.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query articulation-matrix -o matrice.xlsx
        """
        return self.query("articulation-matrix", generation=generation, measure=measure)

    def articulation_rates(
        self,
        *,
        generation: str = "",
        theme: str = "",
        territory: str = "",
        population: str = "read",
        document: str = "",
    ) -> pd.DataFrame:
        """Articulation rates (« Les taux d'articulation »).

        The share of contracts articulated with each dispositif, computed from the graph (contracts, total
        and rate, in %; their lists in contract_list and total_list; low and high, the Wilson interval at 95
        %), beside what a document states (stated_rate, in %, up to stated_max for a range, or stated_count,
        a number of contracts; stated_qualifier, how exactly; stated_population, of what; stated_theme,
        stated_period and stated_place, under which theme, of when and where). total counts the contracts of
        the population asked of which the graph knows at least one articulation. uncertain counts the
        contracts of total where the dispositif is not named, without being denied; low and high leave them
        open. population, read (the contracts whose own document is read whole, by default), named (those
        that another document only names, where not to name is not to deny) or all. An articulation said to
        be absent does not count, an intended one does. One row per passage that states a rate.

        Args:
            generation: generation of contracts (2015-2023, 2024-2030).
            theme: theme and its sub-themes.
            territory: territory (name, INSEE code, SIREN or QPV code).
            population: contracts whose own document is read whole (read), that others only name (named), or all.
            document: source document.

        Returns:
            Columns dispositif, contracts, total, rate, stated_rate, stated_population, low, high,
            contract_list, total_list, uncertain, stated_max, stated_count, stated_qualifier, stated_theme,
            stated_period, stated_place, label, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query articulation-rates --generation 2024-2030
        """
        return self.query(
            "articulation-rates",
            generation=generation,
            theme=theme,
            territory=territory,
            population=population,
            document=document,
        )

    def articulations(
        self,
        *,
        contract: str = "",
        dispositif: str = "",
        theme: str = "",
        mode: str = "",
        carrier: str = "",
        nature: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """Articulations (« Les articulations »).

        What is articulated with what, on which theme, how, carried by whom. One row per mode, carrier and
        passage; a declared absence has status absent and no mode.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            dispositif: dispositif type or local dispositif (acronym, code or name).
            theme: theme and its sub-themes.
            mode: mode of articulation.
            carrier: partner that carries it.
            nature: ordinary law or politique de la ville.
            document: source document.

        Returns:
            Columns contract, element, dispositif, dispositif_label, local_dispositif, theme, mode, status,
            carrier, as_written, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query articulations --contract clermont-2024 --theme sante
        """
        return self.query(
            "articulations",
            contract=contract,
            dispositif=dispositif,
            theme=theme,
            mode=mode,
            carrier=carrier,
            nature=nature,
            document=document,
        )

    def brokers(self, *, contract: str = "", theme: str = "", document: str = "") -> pd.DataFrame:
        """Partners that bridge (« Les partenaires passerelles »).

        Partners that tie otherwise separate themes or dispositifs together. Network: a tie between a
        partner and a dispositif type whose articulation it carries, or that is articulated by a sheet,
        action or commitment that it pilots, co-pilots, carries, operates, funds or is associated with, or
        that a local practice mobilises where it takes part (to sign the contract, to sit, to be mentioned
        do not count). degree: different dispositifs. betweenness (Freeman 1977): share of the shortest
        paths between two other nodes, partners and dispositifs, that go through it, unweighted, 0 to 1
        (divided by (n-1)(n-2)/2). themes_bridged: themes (top ones) of these ties, 0 where all are of one.
        cut_off: nodes that fall off the rest without it. One row per partner.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            theme: theme and its sub-themes.
            document: source document.

        Returns:
            Columns partner, degree, betweenness, themes_bridged, themes, category, cut_off.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query brokers --contract montpellier-2016
        """
        return self.query("brokers", contract=contract, theme=theme, document=document)

    def calls(self, *, contract: str = "", year: str = "", document: str = "") -> pd.DataFrame:
        """Sheets open in calls for projects (« Les fiches ouvertes aux appels à projets »).

        The sheets that a call for projects opens, and their pilots. One row per passage; contract takes the
        call or the contract it is of.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            year: year.
            document: source document.

        Returns:
            Columns call, code, title, pilots, as_written, contract, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query calls --contract montpellier-2021
        """
        return self.query("calls", contract=contract, year=year, document=document)

    def challenges(self, *, theme: str = "", document: str = "") -> pd.DataFrame:
        """Challenges (« Les défis à relever »).

        The challenges that the sources state, by theme. One row per passage.

        Args:
            theme: theme and its sub-themes.
            document: source document.

        Returns:
            Columns theme, challenge, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query challenges --theme emploi
        """
        return self.query("challenges", theme=theme, document=document)

    def co_articulation(self, *, contract: str = "", theme: str = "") -> pd.DataFrame:
        """Dispositifs that go together (« Les dispositifs qui vont ensemble »).

        Pairs of dispositifs that one element articulates (sheet, commitment, objective, body, or the
        contract itself), with the number of contracts and elements where they meet.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            theme: theme and its sub-themes.

        Returns:
            Columns dispositif_a, dispositif_b, contracts, elements, label_a, label_b.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query co-articulation --theme sante
        """
        return self.query("co-articulation", contract=contract, theme=theme)

    def commitments(
        self,
        *,
        contract: str = "",
        partner: str = "",
        theme: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """Commitments (« Les engagements »).

        Who commits to what, with the dispositifs mobilised and the amounts. One row per theme and passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            partner: partner (name or acronym).
            theme: theme and its sub-themes.
            document: source document.

        Returns:
            Columns contract, partner, theme, label, dispositifs, amount, condition, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query commitments --contract clermont-2024 --partner "Pays Cœur d'Hérault"
        """
        return self.query("commitments", contract=contract, partner=partner, theme=theme, document=document)

    def conflicts(self, *, kind: str = "", document: str = "") -> pd.DataFrame:
        """Contradictions (« Les contradictions »).

        Where sources contradict each other or themselves; property is the kind of contradiction (figure,
        date, expansion, name, department, count). One row per pair of values, each with the first line that
        gives it; neither is chosen.

        Args:
            kind: kind of contradiction (figure, date, expansion, name, department, count).
            document: source document.

        Returns:
            Columns subject, property, value_a, document_a, line_a, value_b, document_b, line_b.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query conflicts --kind figure
        """
        return self.query("conflicts", kind=kind, document=document)

    def continuity(self, *, earlier: str = "", later: str = "", document: str = "") -> pd.DataFrame:
        """What became of the sheets (« Ce que sont devenues les fiches »).

        From one document to the next, each sheet continued, renamed, merged, split, new or dropped, and
        what makes one conclude. One row per pair of sheets and passage, in either document.

        Args:
            earlier: earlier document.
            later: later document.
            document: source document.

        Returns:
            Columns kind, earlier_code, earlier_title, later_code, later_title, evidence, earlier, later,
            document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query continuity --earlier montpellier-2016 --later montpellier-2021
        """
        return self.query("continuity", earlier=earlier, later=later, document=document)

    def contracts(self, *, generation: str = "", territory: str = "", document: str = "") -> pd.DataFrame:
        """The contracts known (« Les contrats connus »).

        Contracts, amendments and calls, with generation, dates, territory and official code. A territory
        finds the contracts that it contains and those that contain it. One row per contract and passage
        that gives its generation, or the opening of a call for projects; without a passage, the contract
        comes from the public list.

        Args:
            generation: generation of contracts (2015-2023, 2024-2030).
            territory: territory (name, INSEE code, SIREN or QPV code).
            document: source document.

        Returns:
            Columns contract, label, kind, generation, start, end, territory, code, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query contracts --generation 2024-2030
        """
        return self.query("contracts", generation=generation, territory=territory, document=document)

    def cross_references(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """Cross-references (« Les renvois »).

        References from one element to another (“see sheet …”); to_code is the number as written, to_label
        is empty where nothing bears that number. One row per passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns from_code, to_code, how, from_label, to_label, as_written, contract, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query cross-references --contract montpellier-2021
        """
        return self.query("cross-references", contract=contract, document=document)

    def dispositifs(
        self,
        *,
        theme: str = "",
        nature: str = "",
        scale: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """The catalogue of dispositifs (« Le catalogue des dispositifs »).

        Every dispositif type named, with the themes that the sources put it under or articulate it on, its
        nature and scale where a source says them, and the number of local ones known. One row per theme and
        passage.

        Args:
            theme: theme and its sub-themes.
            nature: ordinary law or politique de la ville.
            scale: scale of the dispositif.
            document: source document.

        Returns:
            Columns dispositif, acronym, label, theme, nature, scale, local_count, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query dispositifs --theme sante
        """
        return self.query("dispositifs", theme=theme, nature=nature, scale=scale, document=document)

    def evidence(self, node: str) -> pd.DataFrame:
        """Where a node was read (« Où un nœud a été lu »).

        Every value of a node with the passage it was read from; a node without readings of its own gives
        its passages.

        Args:
            node: node (IRI, prefixed name or end of the IRI).

        Returns:
            Columns document, start_line, end_line, page, method, property, value, as_written.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph evidence commitment:clermont-2024.pays-coeur-d-herault-4
        """
        return self.query("evidence", node=node)

    def governance(self, *, contract: str = "", body_type: str = "", document: str = "") -> pd.DataFrame:
        """Governance (« La gouvernance »).

        Bodies, their chairs and members. A body without a named member keeps one row.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            body_type: type of body (copil, cotech, commission …).
            document: source document.

        Returns:
            Columns body, body_type, partner, role, frequency, function, as_written, contract, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query governance --contract clermont-2024 --body-type copil
        """
        return self.query("governance", contract=contract, body_type=body_type, document=document)

    def indicators(self, *, contract: str = "", objective: str = "", document: str = "") -> pd.DataFrame:
        """What is to be measured (« Ce qui doit être mesuré »).

        Indicators and evaluation questions, by element evaluated. One row per passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            objective: objective evaluated.
            document: source document.

        Returns:
            Columns code, label, indicator, contract, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query indicators --contract clermont-2024
        """
        return self.query("indicators", contract=contract, objective=objective, document=document)

    def legal_texts(self, *, theme: str = "", kind: str = "", document: str = "") -> pd.DataFrame:
        """The legal frame (« Le cadre légal »).

        Laws, decrees, circulars, instructions and national conventions that the sources cite; title is what
        the source calls it, label the name of the text. One row per theme and passage.

        Args:
            theme: theme and its sub-themes.
            kind: kind of text (loi, décret …).
            document: source document.

        Returns:
            Columns kind, number, date, title, theme, label, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query legal-texts --kind loi
        """
        return self.query("legal-texts", theme=theme, kind=kind, document=document)

    def neighbourhoods(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """Priority neighbourhoods (« Les quartiers prioritaires »).

        The neighbourhoods that a contract or its sheets target (QPV, or parts that the source names), their
        code, commune, population as the source states it, and the number of fiches that target them.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns neighbourhood, code, commune, population, sheets, contract, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query neighbourhoods --contract clermont-2024
        """
        return self.query("neighbourhoods", contract=contract, document=document)

    def partner_load(self, *, contract: str = "", category: str = "") -> pd.DataFrame:
        """How much rests on each partner (« Ce qui repose sur chaque partenaire »).

        Per partner: elements piloted, elements where it is associated, contracts signed, bodies it sits in,
        commitments made, themes touched (counts).

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            category: category of partners.

        Returns:
            Columns partner, piloted, associated, signed, bodies, commitments, themes, carried, category.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query partner-load --contract clermont-2024
        """
        return self.query("partner-load", contract=contract, category=category)

    def partner_roles(
        self,
        *,
        partner: str = "",
        contract: str = "",
        role: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """The roles of a partner (« Les rôles d'un partenaire »).

        Every part that a partner takes in something, commitments included (role committed). One row per
        passage.

        Args:
            partner: partner (name or acronym).
            contract: contract, amendment or call for projects (code, slug or name).
            role: role of a partner.
            document: source document.

        Returns:
            Columns partner, category, role, activity, activity_label, contract, function, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query partner-roles --partner CAF --contract clermont-2024
        """
        return self.query("partner-roles", partner=partner, contract=contract, role=role, document=document)

    def practices(
        self,
        *,
        theme: str = "",
        territory: str = "",
        dispositif: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """Local practices (« Les pratiques locales »).

        The local examples that the sources give, where, on which theme, with which dispositifs and
        partners, by which mode of articulation. One row per mode and passage.

        Args:
            theme: theme and its sub-themes.
            territory: territory (name, INSEE code, SIREN or QPV code).
            dispositif: dispositif type or local dispositif (acronym, code or name).
            document: source document.

        Returns:
            Columns territory, department, theme, practice, dispositifs, partners, mode, contract, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query practices --theme sante
        """
        return self.query(
            "practices",
            theme=theme,
            territory=territory,
            dispositif=dispositif,
            document=document,
        )

    def role_gaps(self, *, contract: str = "") -> pd.DataFrame:
        """Gaps in the roles (« Les manques dans les rôles »).

        Who sits or commits without signing, signs or sits without committing, is announced in one list of
        annexes and not in another, carries an action without signing. expected_because tells why it is
        expected (article of law) and what a reader must judge; looked_at, among what one looked: where
        nothing was read (no signature, commitment or contents), nothing is concluded. An amendment and the
        contract that it amends count together, so do an organisation and its units, but a service of the
        State does not sign through the prefect. One row per gap and passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).

        Returns:
            Columns partner, has, lacks, explanation, expected_because, looked_at, contract, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query role-gaps --contract clermont-2024
        """
        return self.query("role-gaps", contract=contract)

    def search(self, text: str, *, kind: str = "") -> pd.DataFrame:
        """Search by name (« Chercher par nom »).

        Any node with a label, acronym or code that holds the words, case and accents ignored; exact names
        first.

        Args:
            text: words looked for, case and accents ignored.
            kind: kind of node.

        Returns:
            Columns node, kind, label, matched.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph search "contrat local de santé"
        """
        return self.query("search", text=text, kind=kind)

    def shared_governance(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """Shared governance (« Les instances partagées »).

        Bodies shared or coordinated with a dispositif; where no body is named the column body is empty. One
        row per passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns contract, dispositif, body, how, dispositif_label, local_dispositif, status, document,
            start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query shared-governance --contract clermont-2024
        """
        return self.query("shared-governance", contract=contract, document=document)

    def sheet(self, code: str, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """Everything of one sheet (« Tout d'une fiche »).

        Everything the source says of one sheet, field by field; a field that the source leaves empty or
        fills without a value (“Durée du contrat”) has a null value and its words. One row per passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            code: sheet (printed code, 1.19, or title).
            document: source document.

        Returns:
            Columns field, value, as_written, code, contract, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query sheet --contract montpellier-2016 --code 1.1
        """
        return self.query("sheet", contract=contract, code=code, document=document)

    def sheet_pilots(self, *, contract: str = "", code: str = "", document: str = "") -> pd.DataFrame:
        """Pilots and partners of the sheets (« Pilotes et partenaires des fiches »).

        Who pilots each sheet and who is associated; as_written keeps the words of the source, services in
        brackets included. One row per passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            code: sheet (printed code, 1.19, or title).
            document: source document.

        Returns:
            Columns code, title, partner, role, as_written, function, contract, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query sheet-pilots --contract montpellier-2016 --code 2.1
        """
        return self.query("sheet-pilots", contract=contract, code=code, document=document)

    def sheets(
        self,
        *,
        contract: str = "",
        pilot: str = "",
        partner: str = "",
        issue: str = "",
        dispositif: str = "",
        neighbourhood: str = "",
        public: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """The action sheets (« Les fiches »).

        The sheets that match every filter, in the order of their codes; in_call tells whether a call for
        projects opens them (empty outside a call). One row per passage where the title is printed.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            pilot: partner that pilots.
            partner: partner (name or acronym).
            issue: issue (printed code or title).
            dispositif: dispositif type or local dispositif (acronym, code or name).
            neighbourhood: priority neighbourhood.
            public: target group.
            document: source document.

        Returns:
            Columns contract, code, title, issues, in_call, start, end, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query sheets --contract montpellier-2021 --pilot CAF
        """
        return self.query(
            "sheets",
            contract=contract,
            pilot=pilot,
            partner=partner,
            issue=issue,
            dispositif=dispositif,
            neighbourhood=neighbourhood,
            public=public,
            document=document,
        )

    def sheets_without_pilot(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """Sheets without a pilot (« Les fiches sans pilote »).

        The sheets whose source names no pilot, or leaves the pilot open in whole or in part, and why.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns code, title, reason, as_written, contract, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query sheets-without-pilot --contract montpellier-2016
        """
        return self.query("sheets-without-pilot", contract=contract, document=document)

    def signatories(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """The signatories (« Les signataires »).

        Who signed, in what function (never a person's name). A signature without a printed organisation
        keeps its row, partner empty.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns contract, partner, category, function, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query signatories --contract clermont-2024
        """
        return self.query("signatories", contract=contract, document=document)

    def signature_rates(
        self,
        *,
        generation: str = "",
        territory: str = "",
        category: str = "",
        population: str = "read",
        document: str = "",
    ) -> pd.DataFrame:
        """Signature rates (« Les taux de signature »).

        The share of contracts that each category of partners signs (the CAF of all departments are one; a
        State service also counts for the State), computed from the graph (contracts, total and rate, in %;
        their lists in contract_list and total_list), beside what a document states (stated_rate, in %, up
        to stated_max for a range, or stated_count, a number of contracts; stated_qualifier, how exactly;
        stated_population, stated_theme, stated_period and stated_place, of what, under which theme, of when
        and where). A partner whose category does not tell what it is (other, group of actors), or about
        which a document states a rate that is not that of its category, has its own row. population, read
        (the contracts whose own document prints the signatures, that of the State included, without which
        there is no contrat de ville; by default), named (those of which a source tells only some
        signatories) or all. uncertain counts the contracts of total where the partner is not read but may
        have signed (a signature has no printed organisation, or the list is not whole); low and high, the
        Wilson interval at 95 %, leave them open. contracts is empty for a group of actors that nothing
        identifies. One row per passage that states a rate.

        Args:
            generation: generation of contracts (2015-2023, 2024-2030).
            territory: territory (name, INSEE code, SIREN or QPV code).
            category: category of partners.
            population: contracts whose own document is read whole (read), that others only name (named), or all.
            document: source document.

        Returns:
            Columns partner, category, contracts, total, rate, low, high, stated_rate, stated_population,
            contract_list, total_list, uncertain, stated_max, stated_count, stated_qualifier, stated_theme,
            stated_period, stated_place, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query signature-rates --generation 2024-2030
        """
        return self.query(
            "signature-rates",
            generation=generation,
            territory=territory,
            category=category,
            population=population,
            document=document,
        )

    def statistics(
        self,
        *,
        about: str = "",
        theme: str = "",
        measure: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """Figures as stated (« Les chiffres des sources »).

        Every quantified statement as the source gives it; a range gives its lower end (value) and its upper
        end (max_value). One row per passage.

        Args:
            about: words of what is measured.
            theme: theme and its sub-themes.
            measure: code of the measure.
            document: source document.

        Returns:
            Columns about, measure, value, unit, qualifier, population, theme, max_value, place, period,
            as_written, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query statistics --about "taux de pauvreté"
        """
        return self.query("statistics", about=about, theme=theme, measure=measure, document=document)

    def statutory_blocks(self, *, contract: str = "") -> pd.DataFrame:
        """The six contents of the law (« Les six contenus de la loi »).

        The six contents that article 6 IV of loi 2014-173 asks of a contrat de ville, and what in the graph
        shows them (first passage). Present means named by the source, not sufficient in law; present is
        empty for a contract whose document is not in the graph. expected_because gives the paragraph,
        looked_at among what one looked. What an amendment or a call for projects holds counts for its
        contract.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).

        Returns:
            Columns block, present, evidence, expected_because, looked_at, contract, label, elements,
            document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query statutory-blocks --contract clermont-2024
        """
        return self.query("statutory-blocks", contract=contract)

    def strategy(self, *, contract: str = "", document: str = "") -> pd.DataFrame:
        """The tree of the strategy (« La stratégie en arbre »).

        Pillars, issues, objectives, actions and fiches of a contract, in the order of the source. One row
        per element and passage; an element with several parents has one row per parent.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            document: source document.

        Returns:
            Columns code, label, level, parent_code, parent_level, depth, contract, document, start_line,
            end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query strategy --contract clermont-2024
        """
        return self.query("strategy", contract=contract, document=document)

    def target_groups(self, *, contract: str = "", theme: str = "", document: str = "") -> pd.DataFrame:
        """Target groups (« Les publics visés »).

        Who is aimed at, on which theme, by how many elements; stated_share is the share, in %, that the
        source states about it on that theme, where it does, with its population (stated_population), its
        measure (stated_measure), its precision (stated_qualifier), up to stated_max for a range. One row
        per theme and passage.

        Args:
            contract: contract, amendment or call for projects (code, slug or name).
            theme: theme and its sub-themes.
            document: source document.

        Returns:
            Columns public, theme, elements, stated_share, stated_population, stated_measure,
            stated_qualifier, stated_max, label, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query target-groups --contract clermont-2024
        """
        return self.query("target-groups", contract=contract, theme=theme, document=document)

    def what_others_do(
        self,
        *,
        contract: str = "",
        dispositif: str = "",
        theme: str = "",
        objective: str = "",
        document: str = "",
    ) -> pd.DataFrame:
        """What others do (« Ce que font les autres »).

        How other contracts put a dispositif, a theme or an objective into practice: articulations of a
        sheet, a commitment, an objective or the contract itself (kind articulation), sheets of an issue
        (sheet), local examples (practice), with their citation. likeness is the Jaccard index of the
        dispositif types articulated, with the contract asked; types the number of types known of the other
        contract: few types, little weight. An objective is taken by its theme and its words, one of which
        at least must be found again. The most alike first, then the strongest mode. One row per dispositif
        and passage, with the strongest mode.

        Args:
            contract: contract to which others are compared, itself left out.
            dispositif: dispositif type or local dispositif (acronym, code or name).
            theme: theme and its sub-themes.
            objective: objective, taken by its theme and its words (node).
            document: source document.

        Returns:
            Columns contract, territory, likeness, what, dispositif, theme, mode, partners, citation, kind,
            element, types, generation, document, start_line, end_line.

        Raises:
            UnknownValueError, AmbiguousValueError: a value names nothing, or several things.

        On the command line::

            cdv-graph query what-others-do --contract clermont-2024 --dispositif cls
        """
        return self.query(
            "what-others-do",
            contract=contract,
            dispositif=dispositif,
            theme=theme,
            objective=objective,
            document=document,
        )
