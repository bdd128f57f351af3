"""Where texts contradict each other, and what several of them confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.analyze.holding import ALWAYS, after
from kg.analyze.known import Known
from kg.analyze.marks import marked
from kg.claims import object_key
from kg.model import Claim, Entity, Fact, Literal

_DATES = ("xsd:date", "xsd:gYearMonth", "xsd:gYear")


@dataclass(frozen=True, slots=True)
class Side:
    """What some claims say of a fact, and how many independent sources make them."""

    fact: Fact
    claims: tuple[Claim, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that cannot all be right. ``kind`` is ``denied`` (the first side says so, the second not) or
    ``values`` (of a relation that has one value, or one at a time, several are told)."""

    kind: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """How many independent sources assert a fact, in how many documents and claims."""

    fact: Fact
    sources: int
    documents: int
    claims: tuple[Claim, ...]


def conflicts(known: Known) -> tuple[Conflict, ...]:
    """The contradictions, first those whose weaker side has the most sources.

    Which relations have one value, the ontology tells: ``owl:FunctionalProperty`` for ever,
    ``kg:OneObjectAtATime`` and ``kg:OneSubjectAtATime`` at a time. Values of which one only is more precise
    (2011 and May 2011), and those that one sentence tells together, are none.
    """
    found = [*_denied(known), *_values(known)]
    return tuple(sorted(found, key=_order))


def support(known: Known) -> tuple[Support, ...]:
    """Every fact that is asserted, those first that the most independent sources assert."""
    found = []
    for fact in known.facts:
        claims = _of(fact, "asserted")
        if claims:
            documents = len({claim.evidence.document for claim in claims})
            found.append(Support(fact, known.sources(claims), documents, claims))
    return tuple(sorted(found, key=lambda s: (-s.sources, -s.documents, -len(s.claims), _fact_order(s.fact))))


def _of(fact: Fact, *statuses: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in fact.claims if claim.qualifiers.status in statuses)


def _fact_order(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject.iri, fact.predicate, object_key(fact.object))


def _order(conflict: Conflict) -> tuple[object, ...]:
    claims = sum(len(side.claims) for side in conflict.sides)
    weakest = min(side.sources for side in conflict.sides)
    return (-weakest, -claims, conflict.kind, *(_fact_order(side.fact) for side in conflict.sides))


def _side(known: Known, fact: Fact, claims: tuple[Claim, ...]) -> Side:
    return Side(fact, claims, known.sources(claims))


def _denied(known: Known) -> Iterator[Conflict]:
    for fact in known.facts:
        told, denied = _of(fact, "asserted", "planned"), _of(fact, "denied")
        if told and denied:
            yield Conflict("denied", (_side(known, fact, told), _side(known, fact, denied)))


def _values(known: Known) -> Iterator[Conflict]:
    law = known.ontology
    for mark, by_object, always in (
        ("functional", False, True),
        ("OneObjectAtATime", False, False),
        ("OneSubjectAtATime", True, False),
    ):
        for group in _groups(known.facts, marked(law, mark), by_object):
            clashing = _clashing(known, group, by_object, always)
            if clashing:
                yield Conflict("values", tuple(_side(known, f, _of(f, "asserted")) for f in clashing))


def _groups(facts: Iterable[Fact], relations: Mapping[str, bool], by_object: bool) -> Iterator[list[Fact]]:
    """The asserted facts of one relation about one thing: its subject, or its object."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.predicate in relations and _of(fact, "asserted"):
            about = fact.object if by_object != relations[fact.predicate] else fact.subject
            if isinstance(about, Entity):
                found[fact.predicate, about.iri].append(fact)
    yield from (found[key] for key in sorted(found) if len(found[key]) > 1)


def _clashing(known: Known, group: list[Fact], by_object: bool, always: bool) -> list[Fact]:
    """The facts of a group that clash with another of it, in the order of the group."""
    bad: set[int] = set()
    for (i, one), (j, other) in combinations(enumerate(group), 2):
        apart = by_object or _differ(one.object, other.object)
        if apart and not _told_together(one, other) and (always or _overlap(known, one, other)):
            bad |= {i, j}
    return [group[n] for n in sorted(bad)]


def _differ(one: Entity | Literal, other: Entity | Literal) -> bool:
    """Whether two values cannot both be right."""
    if isinstance(one, Literal) and isinstance(other, Literal):
        if one.currency != other.currency:
            return False  # which is more, the texts do not say
        if {one.datatype, other.datatype} <= set(_DATES):
            shared = min(len(one.value), len(other.value))
            return one.value[:shared] != other.value[:shared]
    return object_key(one) != object_key(other)


def _told_together(one: Fact, other: Fact) -> bool:
    places = [{(c.evidence.document, c.evidence.start) for c in _of(f, "asserted")} for f in (one, other)]
    return not places[0].isdisjoint(places[1])


def _overlap(known: Known, one: Fact, other: Fact) -> bool:
    """Whether two facts are told of a time that they share; without any time they are not."""
    spans = [_span(known, fact) for fact in (one, other)]
    if None in (*spans[0], *spans[1]):
        return False
    (first, last), (start, end) = spans
    return not after(str(first), str(end)) and not after(str(start), str(last))


def _span(known: Known, fact: Fact) -> tuple[str | None, str | None]:
    """From the first to the last day of which it is asserted, at most until it is told to be over."""
    periods = [known.period(claim) for claim in _of(fact, "asserted")]
    firsts, lasts = [a for a, _ in periods if a], [b for _, b in periods if b]
    ends = [day for claim in _of(fact, "ended") if (day := known.period(claim)[0])]
    last = max(lasts, default=None)
    return min(firsts, default=None), min(last, *ends, ALWAYS) if last else None
