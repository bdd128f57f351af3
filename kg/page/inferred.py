"""What follows from the facts of a page, and from which of them.

The store knows what follows, the axioms say why. A step with one premise says a fact in other words (an
inverse, a wider relation); it is the same for all facts of a relation. What follows by a transitive
relation from a chain of facts links two things that no fact links: a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Entity, Fact
from kg.reason import Entailment, Side
from kg.terms import Axiom

#: Subject, predicate and object by IRI.
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What a store infers between things, and the axioms by which it does."""

    triples: Collection[Triple] = ()
    axioms: Collection[Axiom] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A triple that follows from a chain of facts: their numbers, from its subject to its object."""

    triple: Triple
    premises: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """Of each relation what its facts say too (with the ends turned round or not); and the chains."""

    meanings: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)
    chains: tuple[Chain, ...] = ()


def inferred(facts: Sequence[Fact], reasoned: Reasoned) -> Inferred:
    """What follows from asserted facts; no more chains than there are facts, the shortest first."""
    law = Entailment(reasoned.axioms)
    links = {n: ends for n, ends in enumerate(map(_asserted, facts)) if ends}
    told: dict[frozenset[str], list[Triple]] = defaultdict(list)
    for subject, predicate, target in links.values():
        told[frozenset((subject, target))].append((subject, predicate, target))
    ends = {iri for pair in told for iri in pair}
    meanings: dict[str, set[Side]] = defaultdict(set)
    open_ = set()
    for triple in reasoned.triples:
        steps = list(_steps(triple, told.get(_pair(triple), ()), law))
        for relation, side in steps:
            if side[0] != relation:  # the other direction of a symmetric relation is no news
                meanings[relation].add(side)
        if not steps and triple[0] != triple[2] and ends.issuperset(_pair(triple)):
            open_.add(triple)
    chains = _chains(open_ - _repeated(open_, law), links, law)
    shortest = sorted(chains, key=lambda chain: (len(chain.premises), chain.triple))
    return Inferred({name: tuple(sorted(meanings[name])) for name in meanings}, tuple(shortest[: len(links)]))


def _asserted(fact: Fact) -> Triple | None:
    if isinstance(fact.object, Entity) and "asserted" in fact.statuses:
        return fact.subject.iri, fact.predicate, fact.object.iri
    return None


def _pair(triple: Triple) -> frozenset[str]:
    return frozenset((triple[0], triple[2]))


def _said(triple: Triple, law: Entailment) -> Iterator[tuple[Triple, Side]]:
    """The triples that say the same, or less, by steps with one premise."""
    subject, predicate, target = triple
    for name, turned in law.sides(predicate):
        yield ((target, name, subject) if turned else (subject, name, target)), (name, turned)


def _steps(triple: Triple, told: Iterable[Triple], law: Entailment) -> Iterator[tuple[str, Side]]:
    """The relations of facts that say the triple too, and how."""
    for fact in told:
        for other, side in _said(fact, law):
            if other == triple:
                yield fact[1], side


def _repeated(triples: Collection[Triple], law: Entailment) -> set[Triple]:
    """Those that only say another of them in other words; of two that say the same, a transitive stays."""
    found = set()

    def rank(triple: Triple) -> tuple[bool, Triple]:
        return triple[1] not in law.transitive, triple

    for one in triples:
        for other, _ in _said(one, law):
            if other != one and other in triples:
                is_mutual = any(back == one for back, _ in _said(other, law))
                if rank(one) < rank(other) or not is_mutual:
                    found.add(other)
    return found


def _chains(triples: Iterable[Triple], links: Mapping[int, Triple], law: Entailment) -> Iterator[Chain]:
    """The shortest chain of facts for each triple of a transitive relation."""
    targets: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject, predicate, target in triples:
        if predicate in law.transitive:
            targets[predicate, subject].add(target)
    ways: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for predicate, subject in sorted(targets):
        if predicate not in ways:
            ways[predicate] = _ways(predicate, links, law)
        yield from _shortest(subject, predicate, targets[predicate, subject], ways[predicate])


def _ways(predicate: str, links: Mapping[int, Triple], law: Entailment) -> dict[str, list[tuple[str, int]]]:
    """From each thing the things to which a fact that says the relation leads."""
    ways: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for n, triple in links.items():
        for (subject, name, target), _ in _said(triple, law):
            if name == predicate:
                ways[subject].append((target, n))
    return ways


def _shortest(
    start: str, predicate: str, targets: set[str], ways: Mapping[str, Sequence[tuple[str, int]]]
) -> Iterator[Chain]:
    """Breadth first, so that the first chain found to a thing is a shortest."""
    premises: dict[str, tuple[int, ...]] = {start: ()}
    waiting, missing = [start], set(targets)
    for here in waiting:  # grows while it is read
        for target, fact in ways.get(here, ()):
            if target not in premises:
                premises[target] = (*premises[here], fact)
                waiting.append(target)
                missing.discard(target)
        if not missing:
            break
    for target in sorted(targets & premises.keys()):
        yield Chain((start, predicate, target), premises[target])
