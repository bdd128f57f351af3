"""Three things of which each is linked to the two others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

import networkx as nx

from kg.analyze.numbered import Numbered
from kg.model import Entity, Fact

#: How many triads are listed.
LISTED = 50

_Three = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Triad:
    """Three entities and the facts that link them; ``claims`` is how many the least told link has."""

    entities: tuple[Entity, ...]
    claims: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Triads:
    """How many there are, the best supported of them, and what part of all paths of two links closes."""

    count: int
    closed: float
    best: tuple[Triad, ...]


def triads(network: Numbered) -> Triads:
    """The triangles of the network; ``closed`` is NetworkX's transitivity."""
    found = list(triangles(network.plain))
    paths = sum(degree * (degree - 1) // 2 for _, degree in network.plain.degree())
    claims = {
        (a, b): sum(len(fact.claims) for fact in network.facts(a, b)) for a, b in map(sorted, _sides(found))
    }

    def order(three: _Three) -> tuple[int, int, _Three]:
        told = [claims[pair] for pair in _sides([three])]
        return -min(told), -sum(told), three

    best = tuple(_triad(network, three, -order(three)[0]) for three in nsmallest(LISTED, found, key=order))
    return Triads(len(found), round(3 * len(found) / paths, 9) if paths else 0.0, best)


def triangles(graph: nx.Graph[int]) -> Iterator[_Three]:
    """Each triangle once, its nodes in order; sought from its least linked node, so that hubs cost little."""
    rank = {node: (graph.degree(node), node) for node in graph}
    later = {node: {other for other in graph[node] if rank[other] > rank[node]} for node in graph}
    for one in graph:
        for two in sorted(later[one]):
            for three in sorted(later[one] & later[two]):
                first, second, third = sorted((one, two, three))
                yield first, second, third


def _sides(found: Iterable[_Three]) -> Iterator[tuple[int, int]]:
    for a, b, c in found:
        yield from ((a, b), (a, c), (b, c))


def _triad(network: Numbered, three: _Three, claims: int) -> Triad:
    entities = tuple(network.entities[n] for n in three)
    facts = tuple(fact for a, b in _sides([three]) for fact in network.facts(a, b))
    return Triad(entities, claims, facts)
