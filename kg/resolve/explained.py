"""Why names are one thing's, and why others are not: the reasons of a resolution, to be read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Document, Entity
from kg.resolve import Outcome
from kg.resolve.clusters import Judgement
from kg.resolve.names import normal_name, untitled
from kg.resolve.things import Group, Thing

#: Of each name so many sentences are shown.
SENTENCES = 2
_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z])|\n")

#: Gives the documents with these ids.
Texts = Callable[[set[str]], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with a name in it, and its document."""

    document: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NameUsed:
    """A name of an entity: how many documents use it, why it is one of its names, and where it stands."""

    name: str
    type: str
    documents: int
    reason: str
    because: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Another entity that might have been the same, and why it is not taken for it."""

    entity: Entity
    reason: str
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an entity is called, and what it was not taken for."""

    entity: Entity
    names: tuple[NameUsed, ...]
    refused: tuple[Refused, ...]


def explain(outcome: Outcome, wanted: Iterable[str], texts: Texts) -> list[Explanation]:
    """The explanations of the entities with these IRIs; ``texts`` is asked for documents to quote."""
    reader = _Reasons(outcome)
    iris = sorted(set(wanted) & outcome.members.keys())
    quoted = {iri: list(reader.names(iri)) for iri in iris}
    needed = {thing.document for names in quoted.values() for _, things in names for thing in things}
    known = {document.id: document.text for document in texts(needed)} if needed else {}
    return [
        Explanation(
            reader.entity[iri],
            tuple(_with_places(name, things, known) for name, things in quoted[iri]),
            tuple(reader.refused(iri)),
        )
        for iri in iris
    ]


def named(outcome: Outcome, name: str) -> list[str]:
    """The IRIs of the entities that have a name, in any spelling, or are this IRI."""
    wanted = normal_name(name)
    iri = f"{outcome.resolution.base_iri}entity/{name[2:]}" if name.startswith("e:") else name
    if iri in outcome.members:
        return [iri]
    return [
        entity.iri
        for entity in outcome.resolution.entities
        if wanted in {normal_name(other) for other in (entity.name, *entity.aliases)}
    ]


class _Reasons:
    """The reasons of an outcome by entity."""

    def __init__(self, outcome: Outcome) -> None:
        self._groups, self._members = outcome.clusters.groups, outcome.members
        self.entity = {entity.iri: entity for entity in outcome.resolution.entities}
        self._iri = {number: iri for iri, numbers in self._members.items() for number in numbers}
        self._judged: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in outcome.clusters.judged:
            for iri in sorted({self._iri.get(n, "") for n in (judgement.one, judgement.other)}):
                self._judged[iri].append(judgement)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for number, iri in self._iri.items():
            self._by_key[self._groups[number].key].add(iri)

    def names(self, iri: str) -> Iterator[tuple[NameUsed, list[Thing]]]:
        """The names of an entity, that which it is called first, with the things that have them."""
        best = self.entity[iri].name
        used: dict[tuple[str, int], list[Thing]] = defaultdict(list)
        for number in self._members[iri]:
            for thing in self._groups[number].things:
                for name in thing.names.keys() | thing.aliases:
                    used[name, number].append(thing)
        main = {number for name, number in used if name == best}
        lead = min(main, default=self._members[iri][0])
        for name, number in sorted(used, key=lambda key: (key[0] != best, key[1] != lead, key)):
            things = used[name, number]
            reason, because = self._why(name, number, lead, best)
            group = self._groups[number]
            yield NameUsed(name, group.type, len(things), reason, because), things[:SENTENCES]

    def _why(self, name: str, number: int, lead: int, best: str) -> tuple[str, str]:
        group = self._groups[number]
        own = name in {known for thing in group.things for known in thing.names}
        if not own:
            return _within(name, group), ""
        if number != lead:
            judged = self._judged[self._iri[number]]
            joins = [j for j in judged if j.accepted and number in (j.one, j.other)]
            if joins:
                return joins[0].reason, joins[0].because
        return _spelling(name, best if number == lead else group.name), ""

    def refused(self, iri: str) -> Iterator[Refused]:
        """Other entities that were candidates, or have one of its names."""
        told = {iri}
        for judgement in self._judged[iri]:
            others = [self._iri.get(n) for n in (judgement.one, judgement.other)]
            for other in (o for o in others if o is not None and not judgement.accepted):
                if other not in told:
                    told.add(other)
                    yield Refused(self.entity[other], judgement.reason, judgement.because)
        for number in self._members[iri]:
            group = self._groups[number]
            for other in sorted(self._by_key[group.key] - told):
                told.add(other)
                yield self._namesake(group, other)
            parts = group.key.split()
            for key in (" ".join(parts[:end]) for end in range(1, len(parts))):
                for other in sorted(self._by_key.get(key, set()) - told):
                    told.add(other)
                    yield Refused(self.entity[other], "short name", "no text calls it so")

    def _namesake(self, group: Group, iri: str) -> Refused:
        other = self._groups[self._members[iri][0]]
        pair = (group, other)
        if group.type != other.type:
            because = f"the classes exclude each other: {group.type}, {other.type}"
        elif apart := next((one.apart for one in pair if one.apart), ""):
            because = apart
        elif any(one.kept for one in pair):
            because = "the decisions keep it as it is"
        else:
            because = "it has no full name, and is a thing of its document alone"
        return Refused(self.entity[iri], "same name", because)


def _within(name: str, group: Group) -> str:
    """Why a name is used for a thing within a document, beside its best name."""
    best = group.name.split()
    if untitled(name) == untitled(group.name):
        return "title"
    if name.split() == best[-1:] and len(best) > 1 and " " not in name:
        return "family name or last word, within a document"
    if best[: len(name.split())] == name.split():
        return "first words, within a document"
    return "another name, within a document"


def _spelling(name: str, best: str) -> str:
    """What two names of one normal form differ in."""
    if name == best:
        return "same name"
    plain = [" ".join(other.replace(".", "").replace(",", "").split()).casefold() for other in (name, best)]
    short, long = sorted(plain, key=len)
    if long.startswith(f"{short} "):
        return "legal suffix"
    return "spelling" if sorted(plain[0].split()) != sorted(plain[1].split()) else "order of words"


def _with_places(name: NameUsed, things: list[Thing], texts: dict[str, str]) -> NameUsed:
    """The same with the sentences that its name stands in."""
    places = []
    for thing in things:
        text = texts.get(thing.document, "")
        at = text.find(name.name, thing.start)
        at = at if at >= 0 else text.find(name.name)
        sentence = _sentence(text, at if at >= 0 else thing.start) if text else ""
        places.append(Place(thing.document, sentence))
    return NameUsed(name.name, name.type, name.documents, name.reason, name.because, tuple(places))


def _sentence(text: str, at: int) -> str:
    """The sentence around a place, as far as points and line ends tell."""
    begin = max((end.end() for end in _END.finditer(text, 0, at + 1)), default=0)
    end = _END.search(text, at)
    return " ".join(text[begin : end.start() if end else len(text)].split())
