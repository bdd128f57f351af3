"""Mentions of all documents to entities: which mentions are one thing, and what it is called.

A pure function of the set of documents. Things of different documents are one where their best
names agree and their classes do not exclude one another. Names and counts are kept, never texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.english import words
from kg.errors import InputError
from kg.model import Entity, Extraction, Mention, Resolution
from kg.ontology import Ontology
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


def resolve(extractions: Iterable[Extraction], ontology: Ontology, base_iri: str = BASE_IRI) -> Resolution:
    """The entities of a set of documents, in any order.

    A document that comes twice counts once; two different ones with one id are an InputError.
    """
    things = _things(extractions)
    people = {name for name in ontology.types if ontology.is_a(name, ("Person",))}
    by_key: dict[tuple[str, ...], list[_Thing]] = defaultdict(list)
    for thing in things:
        by_key[_key(thing, _vote(thing.types), people)].append(thing)
    groups = [
        (type_name, group)
        for key in sorted(by_key)
        for type_name, group in _compatible(by_key[key], ontology)
        if any(thing.used for thing in group)
    ]
    entities = _entities(groups, ontology, base_iri)
    lookup = {
        (thing.document, thing.number): entity
        for entity, (_, group) in zip(entities, groups, strict=True)
        for thing in group
    }
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.iri)), lookup, base_iri)


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


def _vote(types: Counter[str]) -> str:
    return min(types, key=lambda name: (-types[name], name))


def _compatible(things: list[_Thing], ontology: Ontology) -> Iterable[tuple[str, list[_Thing]]]:
    """Things of one name parted by class: a class and those below it are one, and the one below wins.

    A thing whose class lies above several of them goes to the one with the most mentions.
    """
    votes: Counter[str] = Counter()
    for thing in things:
        votes[_vote(thing.types)] += thing.types.total()
    leaves = [name for name in votes if not any(_below(other, name, ontology) for other in votes)]
    groups: Mapping[str, list[_Thing]] = {leaf: [] for leaf in sorted(leaves)}
    for thing in things:
        own = _vote(thing.types)
        choices = [leaf for leaf in groups if leaf == own or _below(leaf, own, ontology)]
        groups[min(choices, key=lambda leaf: (-votes[leaf], leaf))].append(thing)
    return groups.items()


def _below(lower: str, upper: str, ontology: Ontology) -> bool:
    # Two classes that are declared equal lie below one another: then the name decides, not both.
    down = lower != upper and ontology.is_a(lower, (upper,))
    return down and not (ontology.is_a(upper, (lower,)) and lower > upper)


def _entities(groups: list[tuple[str, list[_Thing]]], ontology: Ontology, base_iri: str) -> list[Entity]:
    """One entity for each group, in the same order; names that collide get suffixes."""
    merged = [_merge(group) for _, group in groups]
    ladders = []
    for (type_name, _), thing in zip(groups, merged, strict=True):
        name = slug(thing.name)
        digits = short_hash(6, type_name, thing.document, thing.start, thing.number)
        ladders.append((name, f"{name}_{type_name}", f"{name}_{type_name}_{digits}"))
    entities = []
    for (type_name, _), thing, name in zip(groups, merged, unique_slugs(ladders), strict=True):
        kind = ontology.types.get(type_name)
        best = thing.name
        aliases = sorted(a for a in thing.aliases | set(thing.names) if a.casefold() != best.casefold())
        entities.append(
            Entity(entity_iri(name, base_iri), best, kind.iri if kind else type_name, tuple(aliases))
        )
    return entities


def _merge(things: list[_Thing]) -> _Thing:
    """All of them as one; its place is the first of its first document."""
    first = min(things, key=lambda thing: (thing.document, thing.start, thing.number))
    merged = _Thing(first.document, first.number, first.start)
    for thing in things:
        merged.names.update(thing.names)
        merged.aliases |= thing.aliases
    return merged
