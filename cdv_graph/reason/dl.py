"""Is it OWL 2 DL? One query per restriction of the specification, in `queries/internal/dl/*.rq`.

A query finds what breaks the restriction: `?term`, what is at fault, and `?value`, what with. Its first lines say the
restriction in French and in English, and where it is written. No imports are followed: give the whole in one store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cdv_graph.messages import message
from cdv_graph.namespaces import prologue, shorten
from cdv_graph.resources import folder, headed
from cdv_graph.store import Store

__all__ = ["DLFault", "dl_faults"]


@dataclass(frozen=True, order=True)
class DLFault:
    """One breach of a restriction of OWL 2 DL.

    Attributes:
        restriction: which one, by the name of its query (`non-simple-characteristic`).
        reference: where the specification states it.
        term: the prefixed name, or the IRI, of what is at fault.
        value: what with (a property, a datatype, a literal …), or empty.
        title: what is wrong, by language.
    """

    restriction: str
    reference: str
    term: str
    value: str
    title: Mapping[str, str] = field(repr=False, compare=False)

    def reason(self, lang: str = "en") -> str:
        """The fault in one sentence."""
        value = f" ({self.value})" if self.value else ""
        told = message("reason.dl-fault", term=self.term, value=value, title=self.title, reference=self.reference)
        return told.told(lang)


def dl_faults(store: Store, graphs: Sequence[str] = ()) -> list[DLFault]:
    """What keeps an ontology, with the data beside it, out of OWL 2 DL.

    An extension of the ontology is checked together with it: put both in one store.

    Args:
        store: holds the ontology.
        graphs: the IRIs of the graphs to check as one; all by default.

    Returns:
        The faults, sorted; none where the ontology is in OWL 2 DL. What is not looked at: facets of datatypes, and the
        tree that individuals without a name must form.

    Example:
        >>> from cdv_graph.store import EmbeddedStore
        >>> extension = EmbeddedStore.memory()
        >>> kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#"
        >>> for name in ("ObjectProperty", "DatatypeProperty"):
        ...     extension.load_nquads(f"<urn:near> {kind}{name}> .".encode())
        >>> print(*(fault.reason() for fault in dl_faults(extension)))
        urn:near: a property is declared as being of two kinds (owl:DatatypeProperty)
            [OWL 2 Structural Specification, 5.8.1]
    """
    found = set()
    for path in folder("queries").joinpath("internal", "dl").glob("*.rq"):
        header, sparql = headed("queries", f"internal/dl/{path.name}")
        answer = store.query(prologue() + sparql, graphs)
        for row in answer.rows:
            said = {
                name: "" if term is None else shorten(term.value)
                for name, term in zip(answer.variables, row, strict=True)
            }
            title = {lang: header[lang] for lang in ("fr", "en")}
            found.add(DLFault(path.stem, header["reference"], said["term"], said.get("value", ""), title))
    return sorted(found)
