"""Who and what connects parts of the network that would else be apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import networkx as nx

from kg.analyze.numbered import Numbered
from kg.model import Entity, Fact

#: How many brokers and bridges are looked into.
LISTED = 50


@dataclass(frozen=True, slots=True)
class Broker:
    """An entity on many of the shortest ways between others.

    ``constraint`` is Burt's: low where its neighbours know each other little. ``parts`` is into how many
    parts its component falls without it. ``facts`` are its links to other communities than its own, for
    each of these the fact with the most claims.
    """

    entity: Entity
    betweenness: float
    constraint: float
    parts: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link without which the network falls apart; ``apart`` is how many entities the smaller part has."""

    start: Entity
    end: Entity
    apart: int
    facts: tuple[Fact, ...]


def brokers(
    network: Numbered, between: Sequence[float], groups: Sequence[Sequence[int]]
) -> tuple[Broker, ...]:
    """The entities with the highest betweenness, the highest first."""
    community = {n: i for i, group in enumerate(groups) for n in group}
    pieces: Iterator[set[int]] = cast("Iterator[set[int]]", nx.biconnected_components(network.plain))
    parts = Counter(n for piece in pieces for n in piece)
    ordered = sorted((n for n in network.plain if between[n] > 0), key=lambda n: (-between[n], n))
    return tuple(
        Broker(
            network.entities[n],
            round(between[n], 9),
            round(constraint(network.plain, n), 9),
            parts[n],
            _outward(network, n, community),
        )
        for n in ordered[:LISTED]
    )


def bridges(network: Numbered) -> tuple[Bridge, ...]:
    """The links that alone connect their two sides, where each side has two entities or more."""
    found = [
        Bridge(network.entities[a], network.entities[b], apart, network.facts(a, b))
        for (a, b), apart in _sizes(network.plain)
        if apart > 1
    ]
    return tuple(sorted(found, key=lambda b: (-b.apart, b.start.iri, b.end.iri)))


def constraint(graph: nx.Graph[int], node: int) -> float:
    """How far what a node can reach is in the hands of each neighbour (Burt 2004), unweighted.

    NetworkX's own takes the cube of a hub's links.
    """
    reached: dict[int, float] = defaultdict(float)
    for other in sorted(graph[node]):
        share = 1 / graph.degree(node)
        reached[other] += share
        for third in sorted(graph[other]):
            reached[third] += share / graph.degree(other)
    return sum(reached[other] ** 2 for other in sorted(graph[node]))


def _outward(network: Numbered, node: int, community: dict[int, int]) -> tuple[Fact, ...]:
    best: dict[int, Fact] = {}
    for other in sorted(network.plain[node]):
        for fact in network.facts(node, other):
            group = community[other]
            if group != community[node] and (group not in best or len(fact.claims) > len(best[group].claims)):
                best[group] = fact
    return tuple(best[group] for group in sorted(best))


def _sizes(graph: nx.Graph[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Each bridge with the size of its smaller side, from the tree that bridges make of the pieces."""
    found = cast("Iterator[tuple[int, int]]", nx.bridges(graph))
    links = sorted((min(edge), max(edge)) for edge in found)
    rest = graph.copy()
    rest.remove_edges_from(links)
    piece = {n: number for number, part in enumerate(nx.connected_components(rest)) for n in part}
    size = Counter(piece.values())
    tree: nx.Graph[int] = nx.Graph((piece[a], piece[b]) for a, b in links)
    below, whole = dict(size), {}
    for part in nx.connected_components(tree):
        root, total = min(part), sum(size[n] for n in part)
        for parent, child in reversed(list(nx.dfs_edges(tree, root))):
            below[parent] += below[child]
            whole[child, parent] = whole[parent, child] = (below[child], total - below[child])
    for a, b in links:
        yield (a, b), min(whole[piece[a], piece[b]])
