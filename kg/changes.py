"""What a build has changed: documents that came and went, and entities that have other IRIs than before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.model import Resolution


@dataclass(frozen=True, slots=True, order=True)
class Rename:
    """An entity whose IRI was ``old`` and is ``new``, because of other documents.

    ``merged`` where something else had the new IRI already, ``into`` that of another name. ``document``
    is one that names it, where the thing is only of that document.
    """

    old: str
    new: str
    name: str
    type: str
    merged: bool = False
    document: str | None = None
    into: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of documents, each sorted, and what has another IRI than before.

    ``kept`` are documents of earlier builds that were not given now; ``reread`` those documents that
    were read again although they had not changed, because the model, the ontology or the program had.
    ``unused`` are decisions that fit nothing.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    renamed: tuple[Rename, ...] = ()
    unused: tuple[str, ...] = ()


def changes(
    earlier: Mapping[str, str], given: Mapping[str, str], removed: Collection[str], reread: Collection[str]
) -> Changes:
    """How the documents of a graph have changed: ``earlier`` and ``given`` are ids with hashes."""
    return Changes(
        added=tuple(sorted(given.keys() - earlier.keys())),
        replaced=tuple(sorted(id_ for id_ in given.keys() & earlier.keys() if given[id_] != earlier[id_])),
        unchanged=tuple(sorted(id_ for id_ in given.keys() & earlier.keys() if given[id_] == earlier[id_])),
        kept=tuple(sorted(earlier.keys() - given.keys() - set(removed))),
        removed=tuple(sorted(removed)),
        reread=tuple(sorted(reread)),
    )


def renames(before: Resolution, after: Resolution, same: Collection[str]) -> tuple[Rename, ...]:
    """The entities of the ``same`` documents that have other IRIs after than before, sorted."""
    taken = {entity.iri for entity in before.entities}
    found = set()
    for (document, number), old in before.lookup.items():
        new = after.lookup.get((document, number))
        if new is not None and document in same and new.iri != old.iri:
            own = document if old.iri in before.lone else None
            merged = new.iri in taken
            into = new.name if merged and new.name.casefold() != old.name.casefold() else ""
            found.add(Rename(old.iri, new.iri, old.name, old.type, merged, own, into))
    return tuple(sorted(found, key=lambda rename: (rename.old, rename.new)))
