"""Mentions of all documents to entities: which mentions are one thing, and what it is called.

A pure function of the set of documents. First things of one name are one where their classes do not
exclude one another (``names``) and their facts do not differ (``homonyms``), then those of several names
where a rule has a reason (``rules``), then what people have decided. Names, counts and the facts that
tell people apart are kept, never texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.decisions import Called, Decision, Decisions
from kg.model import Entity, Extraction, Resolution
from kg.ontology import Ontology
from kg.resolve.clusters import Clusters, Contexts
from kg.resolve.homonyms import part_bodies, part_people
from kg.resolve.known import Backbone, Decided, compatible
from kg.resolve.names import clean_name, normal_name
from kg.resolve.naming import entities, whole
from kg.resolve.rules import DECISION, Rules
from kg.resolve.things import Group, Kinds, Thing, gather
from kg.vocab import BASE_IRI

__all__ = ["Outcome", "clean_name", "compare", "normal_name", "resolve"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A resolution with what led to it: the groups of names, and every judgement on two of them."""

    resolution: Resolution
    clusters: Clusters
    #: The numbers of the groups that each entity consists of, by its IRI.
    members: dict[str, list[int]]


def resolve(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    base_iri: str = BASE_IRI,
    decisions: Decisions | None = None,
) -> Resolution:
    """The entities of a set of documents, in any order.

    What is pinned has the IRI of its pin, what the gazetteer has from a backbone keeps the IRI and the
    name that it has there; whatever else would have those IRIs gets others, and none of these becomes
    another of them. A document that comes twice
    counts once; two different ones with one id are an InputError.
    """
    return compare(extractions, ontology, base_iri, decisions).resolution


def compare(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    base_iri: str = BASE_IRI,
    decisions: Decisions | None = None,
) -> Outcome:
    """The same, with its reasons."""
    return _Work(ontology, base_iri, decisions or Decisions()).compare(extractions)


class _Work:
    """One resolution; a class only to share what every step asks."""

    def __init__(self, ontology: Ontology, base_iri: str, decisions: Decisions) -> None:
        self._ontology, self._base, self._decisions = ontology, base_iri, decisions
        self._kinds = Kinds(ontology)
        self._decided = Decided(decisions, ontology, self._kinds)
        self._backbone = Backbone(ontology)
        self._clusters = Clusters(ontology)

    def compare(self, extractions: Iterable[Extraction]) -> Outcome:
        things = gather(extractions, self._kinds)
        self._by_name(things)
        contexts = Contexts(self._clusters, things, self._kinds)
        part_bodies(self._clusters, contexts)
        rules = Rules(self._clusters, contexts, self._kinds)
        rules.names_of_things()
        part_people(self._clusters, contexts)
        rules.names_of_people()
        before = list(self._clusters.clusters()) if self._decisions.merges else []
        return self._outcome(before, *self._merge())

    def _by_name(self, things: list[Thing]) -> None:
        """Groups of what has one name, and classes that do not exclude each other."""
        pinned: dict[str, list[Thing]] = defaultdict(list)
        linked: dict[str, list[Thing]] = defaultdict(list)
        named: dict[tuple[str, ...], list[Thing]] = defaultdict(list)
        kept: set[tuple[str, ...]] = set()
        for thing in things:
            type_name = thing.type
            key = self._kinds.key(thing.name, type_name)
            lone = self._kinds.is_lone(thing, key)
            if slug := self._decided.pin(thing, key, type_name):
                pinned[slug].append(thing)
            elif iri := self._backbone.find(thing, type_name):
                linked[iri].append(thing)
            elif self._decided.is_own(thing, key, type_name) or lone:
                place: tuple[str, ...] = (key, thing.document, f"{thing.number:09}")
                named[place].append(thing)
                kept |= {place} if self._decided.is_split(thing, key, type_name) else set()
            elif self._decided.is_split(thing, key, type_name):
                named[key, ""].append(thing)
                kept.add((key, ""))
            else:
                named[key,].append(thing)
        for place in sorted(named):
            for group in compatible(named[place], self._ontology):
                group.key, group.lone, group.kept = place[0], len(place) == 3, place in kept
                self._clusters.add(group)
        for iri in sorted(linked):
            key = self._kinds.key(linked[iri][0].name, linked[iri][0].type)
            self._clusters.add(self._backbone.group(iri, linked[iri], key))
        for slug in sorted(pinned):
            self._clusters.add(self._pinned(slug, pinned[slug]))

    def _pinned(self, slug: str, things: list[Thing]) -> Group:
        """What is pinned to one slug; of the classes below which there is none, the most frequent."""
        groups = {group.type: group.things for group in compatible(things, self._ontology)}
        kind = min(groups, key=lambda name: (-sum(thing.types.total() for thing in groups[name]), name))
        key = self._kinds.key(things[0].name, things[0].type)
        split = any(self._decided.is_split(thing, key, thing.type) for thing in things)
        return Group(kind, things, key, slug=slug, kept=split)

    def _merge(self) -> tuple[set[int], tuple[Decision, ...]]:
        """Put together what people have said is one: what has become another, and what fits nothing."""
        away: set[int] = set()
        unused: list[Decision] = []
        called = self._called() if self._decisions.merges else {}
        for merge in self._decisions.merges:
            one, into = (self._meant(thing, called) for thing in (merge.thing, merge.into))
            if not one or not into:
                unused.append(merge)
                continue
            away |= {number for group in one for number in self._clusters.members(group)}
            for group in (*one, *into[1:]):
                self._clusters.join(into[0], group, DECISION, f"{merge.thing} is {merge.into}")
        return away, tuple(unused)

    def _called(self) -> dict[str, list[Thing]]:
        """All things by name."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for group in self._clusters.groups:
            for thing in group.things:
                found[self._kinds.key(thing.name, thing.type)].append(thing)
        return found

    def _meant(self, called: Called, things: dict[str, list[Thing]]) -> list[int]:
        """The groups that a decision means."""
        named = things.get(self._kinds.key(called.name, called.type), ())
        return sorted({t.group for t in named if self._decided.is_meant(t, t.type, called)})

    def _outcome(self, before: list[list[int]], away: set[int], unused: tuple[Decision, ...]) -> Outcome:
        members, found = self._named(list(self._clusters.clusters()), away)
        if before:
            found = self._replacing(before, members, found)
        groups = self._clusters.groups
        lookup = {
            (thing.document, thing.number): entity
            for numbers, entity in zip(members, found, strict=True)
            for number in numbers
            for thing in groups[number].things
        }
        by_iri = {entity.iri: numbers for numbers, entity in zip(members, found, strict=True)}
        lone = frozenset(iri for iri, numbers in by_iri.items() if all(groups[n].lone for n in numbers))
        entities = tuple(sorted(found, key=lambda entity: entity.iri))
        told = tuple(sorted(str(decision) for decision in (*unused, *self._decided.unused())))
        return Outcome(Resolution(entities, lookup, self._base, lone, told), self._clusters, by_iri)

    def _named(self, clusters: list[list[int]], away: set[int]) -> tuple[list[list[int]], list[Entity]]:
        """Those of the clusters that take part in a relation, and the entity that each is."""
        groups = self._clusters.groups
        used = [c for c in clusters if any(thing.used for number in c for thing in groups[number].things)]
        wholes = [
            whole([groups[n] for n in c], [groups[n] for n in c if n not in away], self._ontology)
            for c in used
        ]
        return used, entities(wholes, self._ontology, self._base, self._backbone.iris)

    def _replacing(
        self, before: list[list[int]], members: list[list[int]], found: list[Entity]
    ) -> list[Entity]:
        """The entities with the IRIs that merges have taken away."""
        now = {number: at for at, numbers in enumerate(members) for number in numbers}
        taken = {entity.iri for entity in found}
        gone: dict[int, list[str]] = defaultdict(list)
        for numbers, entity in zip(*self._named(before, set()), strict=True):
            if entity.iri not in taken:
                gone[now[numbers[0]]].append(entity.iri)
        return [replace(entity, replaces=tuple(sorted(gone[at]))) for at, entity in enumerate(found)]
