"""The things of single documents: their names, and what the document says of them that tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.model import Extraction, Literal, Mention, Relation
from kg.ontology import KnownName, Ontology
from kg.resolve.names import (
    body_name,
    clean_name,
    is_common_noun,
    letters_behind,
    normal_name,
    person_name,
    untitled,
)

#: Who a person works for is told by a claim of one of these statuses.
_TOLD = ("asserted", "planned", "ended")
_NORMAL = {"Person": person_name, "Organization": body_name}


@dataclass(slots=True)
class Thing:
    """A thing of one document, or of several once they are merged: names and counters.

    ``ties`` are the organizations of a person, by their numbers within the document, and ``homes`` those of
    them that it belongs to (founded is a tie, works for is a home); ``dates`` those of a
    birth or a death, with the relation. What ``reports`` is whom the document has something from. ``group``
    is the number of the group that it belongs to.
    """

    document: str
    number: int
    start: int
    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    named: bool = False
    used: bool = False
    reports: bool = False
    ties: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()
    dates: frozenset[tuple[str, str]] = frozenset()
    group: int = -1

    @property
    def name(self) -> str:
        """The most frequent name; of equals the longest, then the first in order."""
        if len(self.names) == 1:
            return next(iter(self.names))
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))

    @property
    def type(self) -> str:
        """The most frequent class."""
        return vote(self.types)


def vote(types: Counter[str]) -> str:
    """The most frequent class; of equals the first in order."""
    if len(types) == 1:
        return next(iter(types))
    return min(types, key=lambda name: (-types[name], name))


def merge(things: list[Thing]) -> Thing:
    """All of them as one; its place is the first of its first document."""
    if len(things) == 1:
        return things[0]
    first = min(things, key=lambda thing: (thing.document, thing.start, thing.number))
    merged = Thing(first.document, first.number, first.start)
    for thing in things:
        merged.names.update(thing.names)
        merged.aliases |= thing.aliases
    return merged


class Kinds:
    """What the classes of an ontology are: persons, organizations, places or something else."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._known: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}
        #: The relations of people with organizations, those that nobody else has, and those with dates.
        self.ties, self.homes, self.dates = self._relations()
        self._gazetteer = {
            (self.of(known.type), normal_name(known.form)): normal_name(known.name)
            for known in ontology.gazetteer
            if not known.iri and not known.demonym
        }
        peoples = {normal_name(known.name) for known in ontology.gazetteer if known.demonym}
        self._countries = frozenset(peoples)

    def of(self, type_name: str) -> str:
        """``Person``, ``Organization``, ``Place``, or the class itself."""
        if type_name not in self._known:
            wide = ("Person", "Organization", "Place")
            found = next((kind for kind in wide if self._ontology.is_a(type_name, (kind,))), "")
            other = self._ontology.kinds.get(type_name, "")
            self._known[type_name] = found or (other if other in wide else type_name)
        return self._known[type_name]

    def key(self, name: str, type_name: str) -> str:
        """The normal name of a thing of a class; of what the gazetteer knows, that of its best name."""
        kind = self.of(type_name)
        if (kind, name) not in self._keys:
            found = _NORMAL.get(kind, normal_name)(name)
            self._keys[kind, name] = self._gazetteer.get((kind, found), found)
        return self._keys[kind, name]

    def is_country(self, key: str) -> bool:
        """Whether a place has a people: a country, or a region like one."""
        return key in self._countries

    def is_lone(self, thing: Thing, key: str) -> bool:
        """Whether a thing has no full name, so that it is one of its document alone.

        "The company", a person called only by a family name, "the Bank".
        """
        kind = self.of(thing.type)
        family = kind == "Person" and " " not in key
        return not thing.named or family or (kind == "Organization" and is_common_noun(key))

    def _relations(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Relations of people with organizations, of nobody else with them, and of nobody else with dates."""
        ties, homes, dates = set(), set(), set()
        for name, prop in self._ontology.properties.items():
            people = bool(prop.domain) and all(self.of(kind) == "Person" for kind in prop.domain)
            if prop.literal:
                dates |= {name} if people else set()
            elif prop.range and all(self.of(kind) == "Organization" for kind in prop.range):
                homes |= {name} if people else set()
                ties |= {name} if people or self._ontology.is_a("Person", prop.domain) else set()
        return frozenset(ties), frozenset(homes), frozenset(dates)


def gather(extractions: Iterable[Extraction], kinds: Kinds) -> list[Thing]:
    """The things of every document, in the order of document and number.

    A document that comes twice counts once; two different ones with one id are an InputError.
    """
    found: dict[tuple[str, int], Thing] = {}
    seen: dict[str, str] = {}
    for extraction in extractions:
        document = extraction.document
        if document.id in seen:
            if seen[document.id] != document.sha256:
                raise InputError(f'two different documents have the id "{document.id}"; give each its own')
            continue
        seen[document.id] = document.sha256
        for mention in extraction.mentions:
            _count(found, document.id, mention, kinds)
            if letters := letters_behind(document.text, mention.end, mention.text):
                found[document.id, mention.entity].aliases.add(letters)
        for relation in extraction.relations:
            for end in _ends(relation):
                if (document.id, end.entity) not in found:
                    _count(found, document.id, end, kinds)
                found[document.id, end.entity].used = True
            if relation.attributed_to is not None and relation.attributed_to.name:
                found[document.id, relation.attributed_to.entity].reports = True
            _facts(found, document.id, relation, kinds)
    return [found[key] for key in sorted(found)]


def _ends(relation: Relation) -> Iterator[Mention]:
    for end in (relation.head, relation.tail, relation.attributed_to):
        if isinstance(end, Mention) and end.name:
            yield end


def _facts(found: dict[tuple[str, int], Thing], document: str, relation: Relation, kinds: Kinds) -> None:
    """Note what tells a person from another of the same name."""
    thing, tail = found.get((document, relation.head.entity)), relation.tail
    if thing is None or relation.qualifiers.status not in _TOLD:
        return
    if isinstance(tail, Literal):
        if relation.predicate in kinds.dates:
            thing.dates |= {(relation.predicate, tail.value)}
    elif relation.predicate in kinds.ties and tail.name:
        thing.ties |= {tail.entity}
        if relation.predicate in kinds.homes:
            thing.homes |= {tail.entity}


def _count(found: dict[tuple[str, int], Thing], document: str, mention: Mention, kinds: Kinds) -> None:
    thing = found.setdefault((document, mention.entity), Thing(document, mention.entity, mention.start))
    thing.start = min(thing.start, mention.start)
    thing.types[mention.type] += 1
    name = clean_name(mention.name)
    thing.names[untitled(name) if kinds.of(mention.type) == "Person" else name] += 1
    if mention.kind == "name":
        thing.named = True
        thing.aliases.add(clean_name(mention.text))


@dataclass(slots=True)
class Group:
    """Things that are one, with their class, and what a backbone knows of it.

    ``slug`` is there where somebody has decided on its IRI; a lone thing is of one document by nature, and
    what is ``apart`` (for this reason) is another than what has its name. What is ``kept`` is put together
    with nothing else by rule.
    """

    type: str
    things: list[Thing]
    key: str = ""
    known: KnownName | None = None
    lone: bool = False
    slug: str | None = None
    apart: str = ""
    kept: bool = False

    @property
    def name(self) -> str:
        """What to call it."""
        return self.known.name if self.known else merge(self.things).name
