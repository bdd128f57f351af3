"""Facts as a network and in time: who is central, what belongs together, what changed, what is contested.

Every function takes facts, or all that is ``known`` of a graph, and gives plain data; whatever it counts
comes with the facts or claims that are counted, each with its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.analyze.brokers import Bridge, Broker, bridges, brokers
from kg.analyze.communities import Community, communities, largest_first, partition
from kg.analyze.conflicts import Conflict, Side, Support, conflicts, support
from kg.analyze.holding import holds
from kg.analyze.known import Known, known
from kg.analyze.measures import EXACT, Measures, betweenness, measures, pagerank, sample_size
from kg.analyze.network import CONNECTING, Wanted, collapse, narrowed, to_networkx
from kg.analyze.numbered import backend as _backend
from kg.analyze.numbered import numbered
from kg.analyze.overview import Overview, overview
from kg.analyze.ownership import Chain, Holding, Partners, co_investors, holdings, owned, owners
from kg.analyze.paths import Path, Step, paths
from kg.analyze.profile import Profile, profiles
from kg.analyze.suggestions import Suggestion, suggestions
from kg.analyze.timeline import Change, Month, Report, changes, months, timeline
from kg.analyze.triads import Triad, Triads, triads
from kg.model import Entity, Fact
from kg.ontology import Ontology

__all__ = [
    "CONNECTING",
    "EXACT",
    "Analysis",
    "Bridge",
    "Broker",
    "Chain",
    "Change",
    "Community",
    "Conflict",
    "Holding",
    "Known",
    "Measures",
    "Month",
    "Overview",
    "Partners",
    "Path",
    "Profile",
    "Report",
    "Side",
    "Step",
    "Suggestion",
    "Support",
    "Triad",
    "Triads",
    "Wanted",
    "analyze",
    "changes",
    "co_investors",
    "collapse",
    "conflicts",
    "holdings",
    "holds",
    "known",
    "months",
    "narrowed",
    "overview",
    "owned",
    "owners",
    "pagerank",
    "paths",
    "profiles",
    "suggestions",
    "support",
    "timeline",
    "to_networkx",
]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the network of a graph shows: measures of every entity, the most central first, and its parts.

    ``sampled`` is from how many entities betweenness is estimated, None where it is exact.
    """

    measures: tuple[Measures, ...]
    communities: tuple[Community, ...]
    components: tuple[tuple[Entity, ...], ...]
    brokers: tuple[Broker, ...]
    bridges: tuple[Bridge, ...]
    triads: Triads
    sampled: int | None = None


def analyze(
    facts: Iterable[Fact],
    statuses: Sequence[str] = CONNECTING,
    *,
    backend: str | None = None,
    ontology: Ontology | None = None,
) -> Analysis:
    """Centrality, communities, brokers, bridges, triads and components of what the facts connect.

    ``backend`` is one of NetworkX's own; an ``ontology`` labels the relations in the names of communities.

    >>> analyze([]).measures
    ()
    """
    network = numbered(facts, statuses)
    with _backend(backend):
        between = betweenness(network.plain)
        groups = partition(network.plain)
        parts = largest_first(nx.connected_components(network.plain))
    return Analysis(
        measures(network, between, groups, parts),
        communities(network, groups, ontology),
        tuple(tuple(network.entities[n] for n in part) for part in parts),
        brokers(network, between, groups),
        bridges(network),
        triads(network),
        sample_size(network.plain),
    )
