"""Who owns whom, up to the last owner, and who holds the same things.

What an owner is, the ontology tells: ``kg:StakeRelation``, ``kg:ControlRelation`` and ``kg:SaleRelation``
mark its relations (``core.ttl``), and with them those below and their inverses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kg.analyze.holding import holds
from kg.analyze.known import Known
from kg.analyze.marks import marked
from kg.model import Claim, Entity, Fact

#: How many chains are followed, from how far.
CHAINS, STEPS = 100, 8
#: What more than so many hold makes no two of them partners.
_CROWD = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """An owner's part in a thing. ``control`` is whether it is told to be the owner, not one of several.

    ``percent`` is the part where it is told, by the latest claim that tells it.
    """

    owner: Entity
    held: Entity
    control: bool
    percent: Decimal | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Holdings from the last known owner down to a thing.

    ``percent`` is what its owner has of the thing: the product of all that is told; where a step tells no
    part (``whole`` is False), it is at most so much. A ``circle`` comes back to the
    thing itself, or to another of its steps with nobody else beyond.
    """

    holdings: tuple[Holding, ...]
    percent: Decimal | None
    whole: bool
    circle: bool


@dataclass(frozen=True, slots=True)
class Partners:
    """Two that hold parts of the same things, with the facts that say so."""

    entities: tuple[Entity, Entity]
    common: tuple[Entity, ...]
    facts: tuple[Fact, ...]


def holdings(known: Known, at: str | None = None, statuses: Sequence[str] = ("asserted",)) -> list[Holding]:
    """Who has a part in what, as far as texts tell it as so, now or ``at`` a day.

    What is over or was sold is left out unless ``statuses`` has "ended"; with "planned" plans count too.
    """
    stakes, control = marked(known.ontology, "StakeRelation"), marked(known.ontology, "ControlRelation")
    stakes = {**stakes, **control}
    sold = _sold(known)
    pairs: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    for fact in known.facts:
        if fact.predicate in stakes and isinstance(fact.object, Entity):
            turned = stakes[fact.predicate]
            owner, held = (fact.object, fact.subject) if turned else (fact.subject, fact.object)
            if _counts(fact, known, at, sold.get((owner.iri, held.iri), ()), statuses):
                entities |= {owner.iri: owner, held.iri: held}
                pairs[owner.iri, held.iri].append(fact)
    return [
        Holding(
            entities[owner],
            entities[held],
            any(fact.predicate in control for fact in facts),
            _percent(facts, known, statuses),
            tuple(facts),
        )
        for (owner, held), facts in sorted(pairs.items())
        if owner != held
    ]


def owners(held: Iterable[Holding], entity: Entity) -> tuple[Chain, ...]:
    """The chains from the last known owners down to an entity, the shortest first; at most ``CHAINS``."""
    above: dict[str, list[Holding]] = defaultdict(list)
    for holding in held:
        above[holding.held.iri].append(holding)
    return _chains(entity.iri, above, up=True)


def owned(held: Iterable[Holding], entity: Entity) -> tuple[Chain, ...]:
    """The chains from an entity down to the last things that it holds, the shortest first."""
    below: dict[str, list[Holding]] = defaultdict(list)
    for holding in held:
        below[holding.owner.iri].append(holding)
    return _chains(entity.iri, below, up=False)


def co_investors(held: Iterable[Holding], entity: Entity | None = None) -> tuple[Partners, ...]:
    """Who hold parts of the same things (of an entity, its partners), those with the most in common first.

    Who controls a thing is no partner of those who have a part of it; nor do more than a hundred make pairs.
    """
    by_thing: dict[str, list[Holding]] = defaultdict(list)
    for holding in held:
        if not holding.control:
            by_thing[holding.held.iri].append(holding)
    shared: dict[tuple[str, str], list[tuple[Holding, Holding]]] = defaultdict(list)
    for thing in sorted(by_thing):
        if len(by_thing[thing]) <= _CROWD:
            for one, other in combinations(sorted(by_thing[thing], key=lambda h: h.owner.iri), 2):
                if entity is None or entity in (one.owner, other.owner):
                    shared[one.owner.iri, other.owner.iri].append((one, other))
    found = [_partners(both, entity) for _, both in sorted(shared.items())]
    return tuple(sorted(found, key=lambda p: (-len(p.common), p.entities[0].iri, p.entities[1].iri)))


def _sold(known: Known) -> Mapping[tuple[str, str], list[Claim]]:
    """By seller and thing, the claims of a sale that is told as done."""
    sales = marked(known.ontology, "SaleRelation")
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for fact in known.facts:
        if fact.predicate in sales and isinstance(fact.object, Entity):
            pair = fact.subject.iri, fact.object.iri
            seller, thing = reversed(pair) if sales[fact.predicate] else pair
            found[seller, thing] += [c for c in fact.claims if c.qualifiers.status == "asserted"]
    return found


def _counts(
    fact: Fact, known: Known, at: str | None, sales: Sequence[Claim], statuses: Sequence[str]
) -> bool:
    if "ended" in statuses:
        return not set(fact.statuses).isdisjoint(statuses)
    return holds(fact, known.dates, at, sales, statuses)


def _percent(facts: Iterable[Fact], known: Known, statuses: Sequence[str]) -> Decimal | None:
    told = [
        (known.period(claim)[1] or "", claim.iri, Decimal(claim.qualifiers.percent))
        for fact in facts
        for claim in fact.claims
        if claim.qualifiers.percent and claim.qualifiers.status in statuses
    ]
    parts = [row for row in told if 0 < row[2] <= 100]
    return max(parts)[2] if parts else None


def _chains(start: str, near: Mapping[str, Sequence[Holding]], *, up: bool) -> tuple[Chain, ...]:
    found: list[Chain] = []
    waiting: list[tuple[str, tuple[Holding, ...]]] = [(start, ())]
    for at, steps in waiting:  # grows while it is read: breadth first
        seen = {start, *(_next(h, up) for h in steps)}
        further = [h for h in near.get(at, ()) if len(steps) < STEPS]
        fresh = [h for h in further if _next(h, up) not in seen]
        if steps and not further:
            found.append(_chain(steps, up, circle=False))
        back = [h for h in further if h not in fresh and (not fresh or _next(h, up) == start)]
        found += [_chain((*steps, h), up, circle=True) for h in back]
        if len(found) >= CHAINS:
            break
        room = max(0, 10 * CHAINS - len(waiting))
        waiting += [(_next(h, up), (*steps, h)) for h in fresh[:room]]
    return tuple(found[:CHAINS])


def _next(holding: Holding, up: bool) -> str:
    return holding.owner.iri if up else holding.held.iri


def _chain(steps: Sequence[Holding], up: bool, *, circle: bool) -> Chain:
    ordered = tuple(reversed(steps)) if up else tuple(steps)
    told = [holding.percent for holding in ordered if holding.percent is not None]
    product = Decimal(100)
    for percent in told:
        product = product * percent / 100
    whole = len(told) == len(ordered)
    return Chain(ordered, product.normalize() if told else None, whole, circle)


def _partners(both: Sequence[tuple[Holding, Holding]], entity: Entity | None) -> Partners:
    one, other = both[0][0].owner, both[0][1].owner
    ends = (other, one) if other == entity else (one, other)
    facts = tuple(fact for pair in both for holding in pair for fact in holding.facts)
    return Partners(ends, tuple(pair[0].held for pair in both), facts)
