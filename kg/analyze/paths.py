"""The ways from one thing to another, each step with the facts that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Protocol, Unpack

import networkx as nx

from kg.analyze.known import Law, looked_up
from kg.analyze.network import CONNECTING, Wanted, narrowed
from kg.claims import object_key
from kg.errors import UsageError
from kg.model import Document, Entity, Fact


@dataclass(frozen=True, slots=True)
class Step:
    """From one thing to the next; ``facts`` connect the two, in either direction."""

    start: Entity
    end: Entity
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Steps, each of which begins where the one before ends."""

    steps: tuple[Step, ...]


class Named(Law, Protocol):
    """What is asked of a graph."""

    def facts(self) -> list[Fact]:
        """Its facts."""

    def documents(self) -> list[Document]:
        """Its documents."""

    def find(self, name: str) -> list[Entity]:
        """The entities of a name."""


def paths(graph: Named, start: str, end: str, *, limit: int = 3, **wanted: Unpack[Wanted]) -> list[Path]:
    """The shortest paths between two things, given by name or IRI, the shortest first; [] if there is none.

    Facts are followed in both directions, those that have a claim that is ``wanted``: asserted or planned
    ones, unless other statuses are. The
    paths visit nothing twice: Yen's algorithm, as NetworkX has it. Where a name is that of several
    things, all of them are tried. Raises UsageError for names that nothing has, or that are one thing.
    """
    if limit < 1:
        raise UsageError("limit counts from 1")
    starts, ends = graph.find(start), graph.find(end)
    if {entity.iri for entity in starts} & {entity.iri for entity in ends}:
        raise UsageError(f'"{start}" and "{end}" are one thing; give the names of two')
    # Whole facts: who follows a claim wants to see also the ones that deny or end it.
    everything, dates = graph.facts(), {document.id: document.date for document in graph.documents()}
    asked: Wanted = {"statuses": CONNECTING, **looked_up(graph, wanted, everything)}
    followed = {_key(fact) for fact in narrowed(everything, asked, dates)}
    facts = [fact for fact in everything if _key(fact) in followed]
    found = [path for a in starts for b in ends for path in _between(facts, a.iri, b.iri, limit)]
    return sorted(found, key=lambda path: len(path.steps))[:limit]


def _between(facts: Iterable[Fact], start: str, end: str, limit: int) -> Iterator[Path]:
    """Nodes are numbers, in the order of their IRIs: sets of them have the same order in each process."""
    links: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    for fact in facts:
        if isinstance(fact.object, Entity) and fact.object.iri != fact.subject.iri:
            entities |= {fact.subject.iri: fact.subject, fact.object.iri: fact.object}
            links[_pair(fact.subject.iri, fact.object.iri)].append(fact)
    ordered = sorted(entities)
    numbers = {iri: number for number, iri in enumerate(ordered)}
    network: nx.Graph[int] = nx.Graph()
    network.add_edges_from(sorted((numbers[a], numbers[b]) for a, b in links))
    if start not in numbers or end not in numbers or not nx.has_path(network, numbers[start], numbers[end]):
        return
    for way in islice(nx.shortest_simple_paths(network, numbers[start], numbers[end]), limit):
        iris = [ordered[number] for number in way]
        yield Path(
            tuple(Step(entities[a], entities[b], tuple(links[_pair(a, b)])) for a, b in pairwise(iris))
        )


def _key(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject.iri, fact.predicate, object_key(fact.object))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
