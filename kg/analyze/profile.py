"""What the texts say about one thing: relation by relation, in order of time, with the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, Unpack

from kg.analyze.known import Law, looked_up
from kg.analyze.network import Wanted, narrowed
from kg.analyze.period import period
from kg.claims import facts, object_key
from kg.model import Claim, Document, Entity, Fact


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and when it was or will be so: the first and last date that its claims give, if they do."""

    fact: Fact
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one relation, the earliest first; in ``inward`` ones the thing is the object."""

    predicate: str
    inward: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is said about a thing. ``documents`` are the ids of those that say it."""

    entity: Entity
    groups: tuple[Group, ...]
    documents: tuple[str, ...]


class Source(Law, Protocol):
    """What is asked of a graph."""

    def claims(self, subject: str | None = None, *, object: str | None = None) -> list[Claim]:
        """Its claims about a subject, or an object."""

    def find(self, name: str) -> list[Entity]:
        """The entities of a name."""

    def documents(self) -> list[Document]:
        """Its documents."""


def profiles(graph: Source, name: str, **wanted: Unpack[Wanted]) -> list[Profile]:
    """The profile of each thing of this name or IRI, from the claims that are ``wanted``, or from all.

    Raises UsageError where nothing is called so.
    """
    entities = graph.find(name)
    dates = {document.id: document.date for document in graph.documents()}
    return [_profile(graph, entity, wanted, dates) for entity in entities]


def _profile(graph: Source, entity: Entity, wanted: Wanted, dates: Mapping[str, str | None]) -> Profile:
    claims = {c.iri: c for c in (*graph.claims(entity.iri), *graph.claims(object=entity.iri))}
    told_of = facts(claims.values(), graph.ontology)
    known = narrowed(told_of, looked_up(graph, wanted, told_of), dates)
    told = sorted((_told(fact, dates) for fact in known), key=lambda t: _order(t, entity))
    groups = tuple(
        Group(predicate, inward, tuple(members))
        for (inward, predicate), members in groupby(told, key=lambda t: _order(t, entity)[:2])
    )
    documents = sorted({claim.evidence.document for fact in known for claim in fact.claims})
    return Profile(entity, groups, tuple(documents))


def _told(fact: Fact, dates: Mapping[str, str | None]) -> Told:
    periods = [period(c.qualifiers, dates.get(c.evidence.document)) for c in fact.claims]
    firsts = [first for first, _ in periods if first is not None]
    lasts = [last for _, last in periods if last is not None]
    return Told(fact, min(firsts, default=None), max(lasts, default=None))


def _order(told: Told, entity: Entity) -> tuple[bool, str, str, str, str]:
    """What the thing does before what is done to it; what has no date comes last."""
    fact = told.fact
    inward = fact.subject.iri != entity.iri
    return (inward, fact.predicate, told.first or "9999", fact.subject.iri, object_key(fact.object))
