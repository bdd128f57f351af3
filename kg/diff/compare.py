"""Two graphs compared claim by claim.

The IRI of a claim changes with all that it says. So what stayed and what became another is told by what
makes a claim the same for its reader: who, what, whom, and the sentence that says so in its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Protocol

from kg.changes import Changes, Rename, changes
from kg.claims import claim_order, object_key
from kg.model import Claim, Entity, Fact, Qualifiers

_SAID = tuple(field.name for field in fields(Qualifiers))


class Compared(Protocol):
    """What is asked of a graph."""

    def claims(self) -> list[Claim]:
        """Its claims."""

    def facts(self) -> list[Fact]:
        """The same, grouped."""

    def entities(self) -> list[Entity]:
        """Its entities."""

    def hashes(self) -> dict[str, str]:
        """The hashes of its documents, by id."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A field of a claim or of a thing that has another value; None where there is none."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A claim of which its sentence now says something else: a status, a time, an amount, a score."""

    old: Claim
    new: Claim
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Becoming:
    """A fact that has another status now, whoever says so."""

    old: Fact
    new: Fact


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, each sorted. ``unchanged`` is how many claims are the same in both graphs.

    ``renamed`` are things that have other IRIs, ``reworded`` those with another name, class or aliases.
    What only a renamed thing makes different counts as the same.
    """

    documents: Changes
    entities_added: tuple[Entity, ...]
    entities_removed: tuple[Entity, ...]
    renamed: tuple[Rename, ...]
    reworded: tuple[tuple[Entity, tuple[Shift, ...]], ...]
    facts: tuple[Becoming, ...]
    added: tuple[Claim, ...]
    removed: tuple[Claim, ...]
    changed: tuple[Change, ...]
    unchanged: int

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        things = (self.entities_added, self.entities_removed, self.renamed, self.reworded)
        told = (self.added, self.removed, self.changed, self.facts)
        documents = (self.documents.added, self.documents.removed, self.documents.replaced)
        return not any((*things, *told, *documents))


def diff(old: Compared, new: Compared) -> Difference:
    """What differs between an older and a newer graph."""
    before, after = old.claims(), new.claims()
    things, others = _by_iri(old.entities()), _by_iri(new.entities())
    renamed = tuple(_renames(before, after, things, others))
    now = {rename.old: rename.new for rename in renamed}
    pairs, removed, added = _paired(before, after, now)
    shifted = ((one, two, _shifts(one, two, now)) for one, two in pairs)
    changed = sorted(
        (Change(one, two, shifts) for one, two, shifts in shifted if shifts), key=lambda c: claim_order(c.new)
    )
    then, today = old.hashes(), new.hashes()
    return Difference(
        changes(then, today, then.keys() - today.keys(), ()),
        _entities(others, things.keys() | set(now.values())),
        _entities(things, others.keys() | now.keys()),
        renamed,
        tuple(_reworded(things, others)),
        tuple(_becoming(old.facts(), new.facts(), now)),
        tuple(sorted(added, key=claim_order)),
        tuple(sorted(removed, key=claim_order)),
        tuple(changed),
        len(pairs) - len(changed),
    )


def _by_iri(entities: Iterable[Entity]) -> dict[str, Entity]:
    return {entity.iri: entity for entity in entities}


def _entities(known: Mapping[str, Entity], others: Iterable[str]) -> tuple[Entity, ...]:
    """Those that are not among the others, by IRI."""
    return tuple(known[iri] for iri in sorted(known.keys() - set(others)))


def _renames(
    before: Iterable[Claim],
    after: Iterable[Claim],
    things: Mapping[str, Entity],
    others: Mapping[str, Entity],
) -> Iterator[Rename]:
    """The things that are gone under their IRI, but whose every sentence now tells of one other."""
    then, today = _unmistaken(before), _unmistaken(after)
    found: dict[str, set[str]] = defaultdict(set)
    for place in then.keys() & today.keys():
        for old, new in _ends(then[place], today[place]):
            found[old].add(new)
    for old in sorted(found.keys() & things.keys() - others.keys()):
        new = next(iter(found[old]))
        if len(found[old]) == 1 and new in others:
            thing, merged = things[old], new in things
            into = others[new].name if merged and others[new].name != thing.name else ""
            yield Rename(old, new, thing.name, thing.type, merged, None, into)


def _unmistaken(claims: Iterable[Claim]) -> dict[tuple[str, ...], Claim]:
    """Claims by the words that make them, without the things; those whose words say only the one."""
    told: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        evidence = claim.evidence
        place = (evidence.document, _spaced(evidence.text), evidence.trigger, claim.predicate)
        told[place].append(claim)
    return {place: claims[0] for place, claims in told.items() if len(claims) == 1}


def _ends(old: Claim, new: Claim) -> Iterator[tuple[str, str]]:
    yield old.subject.iri, new.subject.iri
    if isinstance(old.object, Entity) and isinstance(new.object, Entity):
        yield old.object.iri, new.object.iri


def _paired(
    before: Iterable[Claim], after: Iterable[Claim], now: Mapping[str, str]
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Claims of the one sentence, and those that only the older and only the newer graph has."""
    waiting: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(after, key=claim_order):
        waiting[_key(claim, {})].append(claim)
    pairs, removed = [], []
    # The most alike first: who says the same thing twice in a sentence may have changed only one of them.
    left = sorted(before, key=claim_order)
    for close in (True, False):
        rest = []
        for claim in left:
            there = waiting[_key(claim, now)]
            fits = (n for n, other in enumerate(there) if not close or not _shifts(claim, other, now))
            number = next(fits, None)
            if number is None:
                rest.append(claim)
            else:
                pairs.append((claim, there.pop(number)))
        left = rest
    removed = left
    return pairs, removed, [claim for there in waiting.values() for claim in there]


def _key(claim: Claim, now: Mapping[str, str]) -> tuple[str, ...]:
    """Who, what, whom and in which sentence, with the IRIs of now."""
    evidence = claim.evidence
    subject, value = claim.subject.iri, object_key(claim.object)
    who, whom = now.get(subject, subject), now.get(value, value)
    return (who, claim.predicate, whom, evidence.document, _spaced(evidence.text))


def _shifts(old: Claim, new: Claim, now: Mapping[str, str]) -> tuple[Shift, ...]:
    """In what two claims of one sentence differ; where the sentence stands does not matter."""
    said = [(name, getattr(old.qualifiers, name), getattr(new.qualifiers, name)) for name in _SAID]
    speakers = [claim.attributed_to.iri if claim.attributed_to else None for claim in (old, new)]
    said.append(("attributed_to", now.get(speakers[0] or "", speakers[0]), speakers[1]))
    said.append(("score", _score(old), _score(new)))
    return tuple(Shift(name, one, two) for name, one, two in said if one != two)


def _score(claim: Claim) -> str | None:
    return None if claim.score is None else f"{claim.score:.3f}"


def _reworded(
    things: Mapping[str, Entity], others: Mapping[str, Entity]
) -> Iterator[tuple[Entity, tuple[Shift, ...]]]:
    """The things of the same IRI that have another name, class or aliases, as they are now."""
    for iri in sorted(things.keys() & others.keys()):
        old, new = things[iri], others[iri]
        named = (("name", old.name, new.name), ("class", old.type, new.type))
        aliases = ("aliases", ", ".join(old.aliases) or None, ", ".join(new.aliases) or None)
        shifts = tuple(Shift(name, one, two) for name, one, two in (*named, aliases) if one != two)
        if shifts:
            yield new, shifts


def _becoming(before: Iterable[Fact], after: Iterable[Fact], now: Mapping[str, str]) -> Iterator[Becoming]:
    """The facts of both graphs whose strongest status is another one now."""
    known = {_fact_key(fact, now): fact for fact in before}
    for fact in after:
        old = known.get(_fact_key(fact, {}))
        if old is not None and old.status != fact.status:
            yield Becoming(old, fact)


def _fact_key(fact: Fact, now: Mapping[str, str]) -> tuple[str, str, str]:
    subject, value = fact.subject.iri, object_key(fact.object)
    return (now.get(subject, subject), fact.predicate, now.get(value, value))


def _spaced(text: str) -> str:
    return " ".join(text.split())
