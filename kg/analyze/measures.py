"""How central each thing is, and what holds tightly together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.analyze.numbered import Numbered
from kg.model import Entity

#: Up to so many entities betweenness is exact; above, it is estimated from some of them, always the same.
EXACT = 2_000
#: How many nodes and edges the estimate visits, and from how many entities at least and at most.
_VISITS, _FEWEST, _MOST = 5_000_000, 50, 500
_DAMPING = 0.85


@dataclass(frozen=True, slots=True)
class Measures:
    """How an entity stands in the network. Communities and components count from 0, the largest first.

    ``core`` is the largest k for which it belongs to a part in which each has k links or more.
    """

    entity: Entity
    degree: int
    in_degree: int
    out_degree: int
    pagerank: float
    betweenness: float
    core: int
    community: int
    component: int


def measures(
    network: Numbered,
    between: Sequence[float],
    groups: Sequence[Sequence[int]],
    parts: Sequence[Sequence[int]],
) -> tuple[Measures, ...]:
    """The measures of every entity, the most central first."""
    directed, plain = network.directed, network.plain
    core = nx.core_number(plain) if plain else {}
    community = {n: i for i, group in enumerate(groups) for n in group}
    component = {n: i for i, part in enumerate(parts) for n in part}
    found = [
        Measures(
            entity,
            plain.degree(n),
            directed.in_degree(n),
            directed.out_degree(n),
            round(rank, 9),
            round(between[n], 9),
            core[n],
            community[n],
            component[n],
        )
        for n, (entity, rank) in enumerate(zip(network.entities, pagerank(directed), strict=True))
    ]
    return tuple(sorted(found, key=lambda m: (-m.pagerank, m.entity.iri)))


def sample_size(graph: nx.Graph[int]) -> int | None:
    """From how many entities betweenness is estimated; None where it is exact."""
    if len(graph) <= EXACT:
        return None
    return max(_FEWEST, min(_MOST, _VISITS // (len(graph) + graph.number_of_edges())))


def betweenness(graph: nx.Graph[int]) -> list[float]:
    """On what part of the shortest ways between others each node lies (Brandes 2001; Brandes, Pich 2007)."""
    found = nx.betweenness_centrality(graph, k=sample_size(graph), seed=0)
    return [found[n] for n in range(len(graph))]


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
