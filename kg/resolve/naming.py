"""What entities are called: their names, and IRIs of which no two are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from kg.model import Entity
from kg.ontology import Ontology
from kg.resolve.known import below
from kg.resolve.things import Group, Thing, merge, vote
from kg.vocab import entity_iri, short_hash, slug, unique_slugs

#: Groups that are one as one group, the thing that names it, and all its names.
Whole = tuple[Group, Thing, set[str]]


def whole(groups: Sequence[Group], naming: Sequence[Group], ontology: Ontology) -> Whole:
    """Groups that are one; ``naming`` are those of them that give it its name."""
    lead = list(naming) or list(groups)
    known = next((group.known for group in lead if group.known), None)
    chosen = next((group.slug for group in lead if group.slug is not None), None)
    named = merge([thing for group in lead for thing in group.things])
    things = [thing for group in groups for thing in group.things]
    aliases = {name for thing in things for name in (*thing.aliases, *thing.names)}
    return Group(_narrowest(lead, ontology), things, lead[0].key, known, slug=chosen), named, aliases


def _narrowest(groups: Sequence[Group], ontology: Ontology) -> str:
    """The class of groups that are one: of those below which there is none, that of most mentions."""
    if all(group.type == groups[0].type for group in groups):
        return groups[0].type
    votes: Counter[str] = Counter()
    for group in groups:
        votes[group.type] += sum(thing.types.total() for thing in group.things)
    return vote(Counter({n: votes[n] for n in votes if not any(below(o, n, ontology) for o in votes)}))


def entities(
    wholes: Sequence[Whole], ontology: Ontology, base_iri: str, taken: Container[str]
) -> list[Entity]:
    """One entity for each, in the same order; names that collide get suffixes."""
    found = []
    ladders = [_ladder(group, thing, base_iri, taken) for group, thing, _ in wholes]
    for (group, thing, names), iri in zip(wholes, unique_slugs(ladders), strict=True):
        kind = ontology.types.get(group.type)
        best = group.known.name if group.known else thing.name
        aliases = sorted(a for a in names if a.casefold() != best.casefold())
        found.append(Entity(iri, best, kind.iri if kind else group.type, tuple(aliases)))
    return found


def _ladder(group: Group, thing: Thing, base_iri: str, taken: Container[str]) -> tuple[str, ...]:
    """The IRIs that an entity may have, the shortest first; what is known or pinned has one."""
    if group.known is not None:
        return (group.known.iri,)
    if group.slug is not None:
        return (entity_iri(group.slug, base_iri),)
    name = slug(thing.name)
    digits = short_hash(6, group.type, thing.document, thing.start, thing.number)
    *short, last = (
        entity_iri(step, base_iri) for step in (name, f"{name}_{group.type}", f"{name}_{group.type}_{digits}")
    )
    return (*(iri for iri in short if iri not in taken), last)
