"""Mentions of all documents to entities: which mentions are one thing, and what it is called.

A pure function of the set of documents. Things of different documents are one where their best
names agree and their classes do not exclude one another. Names and counts are kept, never texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from kg.decisions import Pin
from kg.english import words
from kg.errors import InputError
from kg.model import Entity, Extraction, Mention, Resolution
from kg.ontology import KnownName, Ontology
from kg.vocab import BASE_IRI, entity_iri, short_hash, slug, unique_slugs

_ARTICLE = re.compile(r"^the\s+(?=\S)")


@dataclass(slots=True)
class _Thing:
    """A thing of one document, or of several once they are merged: names and counters."""

    document: str
    number: int
    start: int
    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    named: bool = False
    used: bool = False

    @property
    def name(self) -> str:
        """The most frequent name; of equals the longest, then the first in order."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))


@dataclass(frozen=True, slots=True)
class _Group:
    """Things that are one, with their class, and what a backbone knows of it.

    ``slug`` is there where somebody has decided on its IRI; a lone thing is of one document by nature.
    """

    type: str
    things: list[_Thing]
    known: KnownName | None = None
    lone: bool = False
    slug: str | None = None


def resolve(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    base_iri: str = BASE_IRI,
    pins: Iterable[Pin] = (),
) -> Resolution:
    """The entities of a set of documents, in any order.

    What is pinned has the IRI of its pin, what the gazetteer has from a backbone keeps the IRI and the
    name that it has there; whatever else would have those IRIs gets others. A document that comes twice
    counts once; two different ones with one id are an InputError.
    """
    things = _things(extractions)
    people = {name for name in ontology.types if ontology.is_a(name, ("Person",))}
    pinned, backbone = _Pins(pins, ontology), _Backbone(ontology)
    decided: dict[str, list[_Thing]] = defaultdict(list)
    linked: dict[str, list[_Thing]] = defaultdict(list)
    by_key: dict[tuple[str, ...], list[_Thing]] = defaultdict(list)
    for thing in things:
        type_name = _vote(thing.types)
        key = _key(thing, type_name, people)
        if name := pinned.find(thing, key, type_name):
            decided[name].append(thing)
        elif iri := backbone.find(thing, type_name):
            linked[iri].append(thing)
        else:
            by_key[key].append(thing)
    found = [
        replace(group, lone=_is_lone(key))
        for key in sorted(by_key)
        for group in _compatible(by_key[key], ontology)
    ]
    found += [backbone.group(iri, linked[iri]) for iri in sorted(linked)]
    found += [pinned.group(name, decided[name]) for name in sorted(decided)]
    groups = [group for group in found if any(thing.used for thing in group.things)]
    entities = _entities(groups, ontology, base_iri, backbone.iris)
    lookup = {
        (thing.document, thing.number): entity
        for entity, group in zip(entities, groups, strict=True)
        for thing in group.things
    }
    lone = frozenset(entity.iri for entity, group in zip(entities, groups, strict=True) if group.lone)
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.iri)), lookup, base_iri, lone)


def normal_name(name: str) -> str:
    """What two spellings of one name have in common: no case, article, dots or legal suffix.

    >>> normal_name("The Kestrel Co., Inc."), normal_name("KESTREL")
    ('kestrel', 'kestrel')
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    parts = _ARTICLE.sub("", re.sub(r"[.,]", "", folded)).split()
    while len(parts) > 1 and parts[-1] in _legal_suffixes():
        parts.pop()
    return " ".join(parts)


@cache
def _legal_suffixes() -> frozenset[str]:
    """The suffixes without their dots, as ``normal_name`` sees them."""
    return frozenset(suffix.replace(".", "") for suffix in words("names.legal_suffixes"))


def clean_name(text: str) -> str:
    """A name as it stands in a text, on one line and without a lower-case article.

    >>> clean_name("the Kestrel\\nGroup")
    'Kestrel Group'
    """
    return _ARTICLE.sub("", " ".join(text.split()))


def _things(extractions: Iterable[Extraction]) -> list[_Thing]:
    """The things of every document, in the order of document and number."""
    found: dict[tuple[str, int], _Thing] = {}
    seen: dict[str, str] = {}
    for extraction in extractions:
        document = extraction.document
        if document.id in seen:
            if seen[document.id] != document.sha256:
                raise InputError(f'two different documents have the id "{document.id}"; give each its own')
            continue
        seen[document.id] = document.sha256
        for mention in extraction.mentions:
            _count(found, document.id, mention)
        for relation in extraction.relations:
            for end in (relation.head, relation.tail, relation.attributed_to):
                if isinstance(end, Mention) and end.name:
                    if (document.id, end.entity) not in found:
                        _count(found, document.id, end)
                    found[document.id, end.entity].used = True
    return [found[key] for key in sorted(found)]


def _count(found: dict[tuple[str, int], _Thing], document: str, mention: Mention) -> None:
    thing = found.setdefault((document, mention.entity), _Thing(document, mention.entity, mention.start))
    thing.start = min(thing.start, mention.start)
    thing.types[mention.type] += 1
    thing.names[clean_name(mention.name)] += 1
    if mention.kind == "name":
        thing.named = True
        thing.aliases.add(clean_name(mention.text))


def _key(thing: _Thing, type_name: str, people: set[str]) -> tuple[str, ...]:
    """Things with equal keys have one name. What has no full name is a thing of its document alone:
    "the company", and a person called only by a family name."""
    name = normal_name(thing.name)
    lone = not thing.named or (type_name in people and len(name.split()) == 1)
    return (name, thing.document, f"{thing.number:09}") if lone else (name,)


def _is_lone(key: tuple[str, ...]) -> bool:
    return len(key) > 1


def _vote(types: Counter[str]) -> str:
    return min(types, key=lambda name: (-types[name], name))


class _Pins:
    """The things whose IRIs somebody has decided on, by name."""

    def __init__(self, pins: Iterable[Pin], ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_name: dict[str, list[Pin]] = defaultdict(list)
        # What is said of a document's own thing counts more than what is said of all.
        for pin in sorted(pins, key=lambda pin: (pin.document is None, pin)):
            self._by_name[normal_name(pin.name)].append(pin)

    def find(self, thing: _Thing, key: tuple[str, ...], type_name: str) -> str:
        """The slug that a thing is pinned to, or ""; ``key`` is the thing's own (see ``_key``)."""
        for pin in self._by_name.get(key[0], ()):
            meant = pin.document == thing.document or (pin.document is None and not _is_lone(key))
            if meant and (pin.type == type_name or self._related(pin.type, type_name)):
                return pin.slug
        return ""

    def _related(self, one: str, other: str) -> bool:
        return _below(one, other, self._ontology) or _below(other, one, self._ontology)

    def group(self, name: str, things: list[_Thing]) -> _Group:
        """What is pinned to one slug; of the classes below which there is none, the most frequent."""
        groups = {group.type: group.things for group in _compatible(things, self._ontology)}
        kind = min(groups, key=lambda name: (-sum(thing.types.total() for thing in groups[name]), name))
        return _Group(kind, things, slug=name)


class _Backbone:
    """The things of a backbone by name."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_name: dict[str, list[KnownName]] = defaultdict(list)
        self._by_iri: dict[str, KnownName] = {}
        for known in ontology.gazetteer:
            if known.iri:
                self._by_name[normal_name(known.form)].append(known)
                self._by_iri[known.iri] = known

    @property
    def iris(self) -> Container[str]:
        """The IRIs of all of them."""
        return self._by_iri

    def find(self, thing: _Thing, type_name: str) -> str:
        """The IRI of what a named thing is: the only one of its name that its class allows, or ""."""
        if not thing.named:
            return ""
        named = self._by_name.get(normal_name(thing.name), ())
        iris = {known.iri for known in named if self._may_be(known, thing.name, type_name)}
        return iris.pop() if len(iris) == 1 else ""

    def _may_be(self, known: KnownName, name: str, type_name: str) -> bool:
        common = known.form.islower() and known.form != name  # "apple" is not Apple
        free = not known.type or not type_name
        return not common and (free or self._narrower(known.type, type_name) is not None)

    def _narrower(self, one: str, other: str) -> str | None:
        """Of two classes the one that lies within the other, or None."""
        if self._ontology.is_a(one, (other,)):
            return one
        return other if self._ontology.is_a(other, (one,)) else None

    def group(self, iri: str, things: list[_Thing]) -> _Group:
        """What is linked to one thing of the backbone."""
        known = self._by_iri[iri]
        said = _vote(sum((thing.types for thing in things), Counter()))
        kind = self._narrower(known.type, said) or known.type if known.type and said else known.type or said
        return _Group(kind, things, known)


def _compatible(things: list[_Thing], ontology: Ontology) -> Iterable[_Group]:
    """Things of one name parted by class: a class and those below it are one, and the one below wins.

    A thing whose class lies above several of them goes to the one with the most mentions.
    """
    votes: Counter[str] = Counter()
    for thing in things:
        votes[_vote(thing.types)] += thing.types.total()
    leaves = [name for name in votes if not any(_below(other, name, ontology) for other in votes)]
    groups: dict[str, list[_Thing]] = {leaf: [] for leaf in sorted(leaves)}
    for thing in things:
        own = _vote(thing.types)
        choices = [leaf for leaf in groups if leaf == own or _below(leaf, own, ontology)]
        groups[min(choices, key=lambda leaf: (-votes[leaf], leaf))].append(thing)
    return [_Group(leaf, group) for leaf, group in groups.items()]


def _below(lower: str, upper: str, ontology: Ontology) -> bool:
    # Two classes that are declared equal lie below one another: then the name decides, not both.
    down = lower != upper and ontology.is_a(lower, (upper,))
    return down and not (ontology.is_a(upper, (lower,)) and lower > upper)


def _entities(groups: list[_Group], ontology: Ontology, base_iri: str, taken: Container[str]) -> list[Entity]:
    """One entity for each group, in the same order; names that collide get suffixes."""
    merged = [_merge(group.things) for group in groups]
    ladders = [_ladder(group, thing, base_iri, taken) for group, thing in zip(groups, merged, strict=True)]
    entities = []
    for group, thing, iri in zip(groups, merged, unique_slugs(ladders), strict=True):
        kind = ontology.types.get(group.type)
        best = group.known.name if group.known else thing.name
        aliases = sorted(a for a in thing.aliases | set(thing.names) if a.casefold() != best.casefold())
        entities.append(Entity(iri, best, kind.iri if kind else group.type, tuple(aliases)))
    return entities


def _ladder(group: _Group, thing: _Thing, base_iri: str, taken: Container[str]) -> tuple[str, ...]:
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


def _merge(things: list[_Thing]) -> _Thing:
    """All of them as one; its place is the first of its first document."""
    first = min(things, key=lambda thing: (thing.document, thing.start, thing.number))
    merged = _Thing(first.document, first.number, first.start)
    for thing in things:
        merged.names.update(thing.names)
        merged.aliases |= thing.aliases
    return merged
