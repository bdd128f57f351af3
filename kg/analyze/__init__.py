"""Facts as a network: who is central, what belongs together. Measures come back as plain data.

Nodes go to NetworkX as numbers, because the order of a set of strings changes from process to process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.analyze.network import CONNECTING, Wanted, collapse, narrowed, to_networkx
from kg.analyze.overview import Overview, overview
from kg.analyze.paths import Path, Step, paths
from kg.analyze.profile import Profile, profiles
from kg.model import Entity, Fact

__all__ = [
    "CONNECTING",
    "SAMPLE",
    "Analysis",
    "Measures",
    "Overview",
    "Path",
    "Profile",
    "Step",
    "Wanted",
    "analyze",
    "collapse",
    "narrowed",
    "overview",
    "pagerank",
    "paths",
    "profiles",
    "to_networkx",
]

#: Above so many entities betweenness is estimated from as many of them, always the same ones.
SAMPLE = 500
_DAMPING = 0.85


@dataclass(frozen=True, slots=True)
class Measures:
    """How an entity stands in the network. Communities and components count from 0, the largest first."""

    entity: Entity
    degree: int
    in_degree: int
    out_degree: int
    pagerank: float
    betweenness: float
    community: int
    component: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The measures of every entity, the most central first; communities and components as entities."""

    measures: tuple[Measures, ...]
    communities: tuple[tuple[Entity, ...], ...]
    components: tuple[tuple[Entity, ...], ...]


def analyze(facts: Iterable[Fact], statuses: Sequence[str] = CONNECTING) -> Analysis:
    """Centrality, communities and components of what the facts connect.

    >>> analyze([]).measures
    ()
    """
    known = list(facts)
    entities = {e.iri: e for f in known for e in (f.subject, f.object) if isinstance(e, Entity)}
    named = collapse(known, statuses)
    ordered = [entities[iri] for iri in sorted(named)]
    numbers = {entity.iri: number for number, entity in enumerate(ordered)}
    directed: nx.DiGraph[int] = nx.DiGraph()
    directed.add_nodes_from(range(len(ordered)))
    for subject, value in sorted(named.edges):
        directed.add_edge(numbers[subject], numbers[value], **named.edges[subject, value])
    undirected = _undirected(directed)
    groups = _largest_first(nx.community.louvain_communities(undirected, weight="weight", seed=0))
    parts = _largest_first(nx.connected_components(undirected))
    return Analysis(
        _measures(ordered, directed, undirected, groups, parts),
        tuple(tuple(ordered[n] for n in group) for group in groups),
        tuple(tuple(ordered[n] for n in part) for part in parts),
    )


def pagerank(graph: nx.DiGraph[int]) -> list[float]:
    """PageRank of the nodes 0…n-1 by power iteration: NetworkX's own needs SciPy, 100 MB for this."""
    size = graph.number_of_nodes()
    if not size:
        return []
    edges = list(graph.edges(data="weight", default=1))
    source = np.array([edge[0] for edge in edges], dtype=np.int64)
    target = np.array([edge[1] for edge in edges], dtype=np.int64)
    weight = np.array([edge[2] for edge in edges], dtype=np.float64)
    out = np.bincount(source, weights=weight, minlength=size)
    share = weight / out[source]
    rank = np.full(size, 1.0 / size)
    for _ in range(200):
        lost = rank[out == 0].sum()  # a node without outgoing edges gives to all
        passed = np.bincount(target, weights=rank[source] * share, minlength=size)
        following = (1 - _DAMPING) / size + _DAMPING * (passed + lost / size)
        if np.abs(following - rank).sum() < 1e-12:
            break
        rank = following
    return [float(value) for value in rank]


def _undirected(directed: nx.DiGraph[int]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(directed))
    for source, target, weight in sorted(directed.edges(data="weight", default=1)):
        known = graph.get_edge_data(source, target, {"weight": 0})
        graph.add_edge(source, target, weight=known["weight"] + weight)
    return graph


def _largest_first(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def _measures(
    ordered: Sequence[Entity],
    directed: nx.DiGraph[int],
    undirected: nx.Graph[int],
    groups: Sequence[Sequence[int]],
    parts: Sequence[Sequence[int]],
) -> tuple[Measures, ...]:
    sample = min(len(ordered), SAMPLE)
    exact = len(ordered) <= SAMPLE
    between = nx.betweenness_centrality(undirected, k=None if exact else sample, seed=0)
    community = {n: i for i, group in enumerate(groups) for n in group}
    component = {n: i for i, part in enumerate(parts) for n in part}
    found = [
        Measures(
            entity,
            undirected.degree(n),
            directed.in_degree(n),
            directed.out_degree(n),
            round(rank, 9),
            round(between[n], 9),
            community[n],
            component[n],
        )
        for n, (entity, rank) in enumerate(zip(ordered, pagerank(directed), strict=True))
    ]
    return tuple(sorted(found, key=lambda m: (-m.pagerank, m.entity.iri)))
