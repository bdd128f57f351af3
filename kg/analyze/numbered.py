"""The simple network that measures are taken of, with numbers for nodes, in the order of their IRIs.

The order of a set of strings changes from process to process; that of a set of numbers does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points

import networkx as nx

from kg.analyze.known import by_pair
from kg.analyze.network import CONNECTING, collapse
from kg.errors import UsageError
from kg.model import Entity, Fact


@dataclass(frozen=True, slots=True)
class Numbered:
    """Entities by number, the network with and without directions, and the facts behind its edges."""

    entities: tuple[Entity, ...]
    directed: nx.DiGraph[int]
    plain: nx.Graph[int]
    links: dict[tuple[str, str], list[Fact]]

    def facts(self, one: int, other: int) -> tuple[Fact, ...]:
        """The facts that connect two of its nodes."""
        low, high = sorted((one, other))  # in the order of the IRIs
        return tuple(self.links[self.entities[low].iri, self.entities[high].iri])


def numbered(facts: Iterable[Fact], statuses: Sequence[str] = CONNECTING) -> Numbered:
    """The network of what facts of these statuses connect."""
    known = [fact for fact in facts if not set(fact.statuses).isdisjoint(statuses)]
    entities = {e.iri: e for f in known for e in (f.subject, f.object) if isinstance(e, Entity)}
    named = collapse(known, statuses)
    ordered = tuple(entities[iri] for iri in sorted(named))
    numbers = {entity.iri: number for number, entity in enumerate(ordered)}
    directed: nx.DiGraph[int] = nx.DiGraph()
    directed.add_nodes_from(range(len(ordered)))
    for subject, value in sorted(named.edges):
        directed.add_edge(numbers[subject], numbers[value], **named.edges[subject, value])
    return Numbered(ordered, directed, _undirected(directed), by_pair(known))


@contextmanager
def backend(name: str | None) -> Iterator[None]:
    """Within it NetworkX hands what it can to this backend of its own; a UsageError if it is not there.

    https://networkx.org/documentation/stable/reference/backends.html
    """
    if name is None:
        yield
        return
    installed = entry_points(group="networkx.backends")
    if name not in installed.names:
        known = ", ".join(sorted(installed.names)) or "none"
        raise UsageError(f'no backend of NetworkX is called "{name}"; installed: {known}')
    try:
        installed[name].load()
    except Exception as error:  # whatever goes wrong in a package of others while it is imported
        raise UsageError(f'the backend "{name}" does not fit NetworkX {nx.__version__}: {error}') from None
    with nx.config(backend_priority=[name]):
        yield


def _undirected(directed: nx.DiGraph[int]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(directed))
    for source, target, weight in sorted(directed.edges(data="weight", default=1)):
        if source != target:
            known = graph.get_edge_data(source, target, {"weight": 0})
            graph.add_edge(source, target, weight=known["weight"] + weight)
    return graph
