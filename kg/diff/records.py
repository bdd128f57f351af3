"""A difference as plain data, for ``kg diff --format json``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.diff.compare import Difference, Shift
from kg.model import Entity, Fact
from kg.vocab import local_name
from kg.why import claim_record

Record = dict[str, object]


def as_json(found: Difference) -> Record:
    """All that differs, in a fixed order."""
    documents = found.documents
    return {
        "same": found.same,
        "documents": {
            "added": list(documents.added),
            "removed": list(documents.removed),
            "changed": list(documents.replaced),
            "unchanged": len(documents.unchanged),
        },
        "entities": {
            "added": [_entity(entity) for entity in found.entities_added],
            "removed": [_entity(entity) for entity in found.entities_removed],
            "renamed": [{"old": r.old, "new": r.new, "name": r.name} for r in found.renamed],
            "changed": [{**_entity(entity), "changes": _shifts(shifts)} for entity, shifts in found.reworded],
        },
        "facts": [{**_fact(one.new), "old": one.old.status, "new": one.new.status} for one in found.facts],
        "claims": {
            "added": [claim_record(claim) for claim in found.added],
            "removed": [claim_record(claim) for claim in found.removed],
            "changed": [
                {**claim_record(change.new), "changes": _shifts(change.shifts)} for change in found.changed
            ],
            "unchanged": found.unchanged,
        },
    }


def _entity(entity: Entity) -> Record:
    return {"name": entity.name, "iri": entity.iri, "class": local_name(entity.type)}


def _fact(fact: Fact) -> Record:
    first = claim_record(fact.claims[0])
    claims = [claim_record(claim) for claim in fact.claims]
    return {**{name: first[name] for name in ("subject", "predicate", "object")}, "claims": claims}


def _shifts(shifts: Sequence[Shift]) -> list[Record]:
    return [{"field": shift.field, "old": shift.old, "new": shift.new} for shift in shifts]
