"""How ``kg diff`` prints what differs between two graphs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.cli.trusted import claim_lines, triple_line

if TYPE_CHECKING:
    from kg.diff import Difference, Shift
    from kg.model import Claim, Entity


def differing(found: Difference, *, as_json: bool) -> None:
    """What differs, each with its sign (+ - ~) and its sentences, then the sums."""
    if as_json:
        from kg.diff import as_json as plain

        print(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return
    print(
        "".join(f"{line}\n" for part in (_documents, _things, _facts, _claims) for line in part(found)),
        end="",
    )
    parts = (
        f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed",
        f"{found.unchanged} unchanged",
    )
    print("The two graphs say the same: " if found.same else "", end="")
    print(f"claims: {', '.join(parts[found.same :])}")


def _documents(found: Difference) -> Iterator[str]:
    documents = found.documents
    for sign, ids in (("+", documents.added), ("-", documents.removed), ("~", documents.replaced)):
        yield from (f"{sign} document {id_}" for id_ in ids)


def _things(found: Difference) -> Iterator[str]:
    from kg.vocab import local_name

    yield from (f"+ {_entity(entity)}" for entity in found.entities_added)
    yield from (f"- {_entity(entity)}" for entity in found.entities_removed)
    for rename in found.renamed:
        yield f"~ {rename.name}  (IRI {local_name(rename.old)} is {local_name(rename.new)})"
    for entity, shifts in found.reworded:
        yield f"~ {_entity(entity)}: {_shifts(shifts)}"


def _facts(found: Difference) -> Iterator[str]:
    for one in found.facts:
        fact = one.new
        line = triple_line(fact.subject, fact.predicate, fact.object)
        yield f"~ {line}  (fact: {one.old.status} → {fact.status})"


def _claims(found: Difference) -> Iterator[str]:
    for change in found.changed:
        yield from _claim("~", change.new, f"  ({_shifts(change.shifts)})")
    for sign, claims in (("+", found.added), ("-", found.removed)):
        for claim in claims:
            yield from _claim(sign, claim)


def _claim(sign: str, claim: Claim, more: str = "") -> Iterator[str]:
    yield f"{sign} {triple_line(claim.subject, claim.predicate, claim.object)}{more}"
    yield from claim_lines(claim, 2)


def _entity(entity: Entity) -> str:
    from kg.vocab import local_name

    return f"{entity.name}  ({local_name(entity.type)})"


def _shifts(shifts: Iterable[Shift]) -> str:
    return ", ".join(f"{s.field}: {s.old or 'nothing'} → {s.new or 'nothing'}" for s in shifts)
