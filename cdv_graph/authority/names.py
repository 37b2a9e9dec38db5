"""Every name of the authority tables, folded, and what it may mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cdv_graph.errors import Fault
from cdv_graph.messages import message
from cdv_graph.namespaces import fold
from cdv_graph.tables import Dataset, schemas

__all__ = ["Names", "unresolved"]

_KINDS = {
    "partners": "partner",
    "places": "place",
    "dispositifs": "dispositif",
    "contracts": "contract",
    "legal-texts": "legal-text",
}
_NAME_COLUMNS = ("label", "names", "acronym", "code", "insee", "siren", "qpv_code", "number")


@dataclass(frozen=True)
class Names:
    """The names of the authority.

    Attributes:
        meanings: folded name -> the things it may mean, as `kind/slug`, sorted.
    """

    meanings: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_dataset(cls, dataset: Dataset, document: str = "") -> Names:
        """The names that the authority tables of a data folder hold.

        Args:
            dataset: the tables.
            document: a document whose short names (« la Ville ») come before those of the authority.

        Example:
            >>> from cdv_graph.resources import folder
            >>> from cdv_graph.tables import read_dataset
            >>> names = Names.from_dataset(read_dataset(folder("data")))
            >>> names.find("caf de l'herault"), names.find("Lodève", kinds=["place"])
            (('partner/caf-herault',), ('place/lodeve',))
        """
        found: dict[str, set[str]] = {}
        for table, rows in dataset.authority.items():
            columns = [column for column in schemas()[table].columns if column.name in _NAME_COLUMNS]
            for row in rows:
                for column in columns:
                    for name in column.values(row[column.name]):
                        found.setdefault(fold(name), set()).add(f"{_KINDS[table]}/{row['slug']}")
        for row in dataset.documents.get(document, {}).get("short-names", []):
            kinds = (("partner", row["partner"]), ("place", row["place"]))
            found[fold(row["name"])] = {f"{kind}/{slug}" for kind, slug in kinds if slug}
        return cls({name: tuple(sorted(things)) for name, things in found.items()})

    def find(self, name: str, kinds: Collection[str] = ()) -> tuple[str, ...]:
        """What a name may mean: nothing, one thing, or several between which nothing is guessed.

        Args:
            name: as written; case, accents and ligatures do not count.
            kinds: keep only `partner`, `place`, `dispositif`, `contract` or `legal-text`.

        Returns:
            Things as `kind/slug`, sorted.
        """
        things = self.meanings.get(fold(name), ())
        return tuple(thing for thing in things if not kinds or thing.partition("/")[0] in kinds)


def unresolved(dataset: Dataset) -> list[Fault]:
    """The acronyms that documents use and that name no dispositif and no partner: to be settled by a reader, or left.

    They are no faults of the tables; each says where it stands.
    """
    return [
        Fault(row.file, row.line, "acronym", row["acronym"], message("authority.unresolved"))
        for tables in dataset.documents.values()
        for row in tables.get("acronyms", [])
        if not row["dispositif"] and not row["partner"]
    ]
