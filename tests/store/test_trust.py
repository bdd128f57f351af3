"""Why and validation of a graph at the other end of a network."""

from __future__ import annotations

import pytest

from kg import store
from kg.graph import KnowledgeGraph
from kg.store import Remote
from kg.validate.shapes import SHAPE
from kg.vocab import KG
from tests.factories import fill
from tests.test_reason import BOUGHT, LAW, PLANNED


@pytest.fixture
def graph(endpoint: str) -> KnowledgeGraph:
    """A claim that is asserted and one that is planned, at an endpoint."""
    here = fill(KnowledgeGraph.memory(LAW), [BOUGHT, PLANNED])
    store.load(Remote(endpoint), here.lines())
    return KnowledgeGraph.open(endpoint, LAW)


def test_why(graph: KnowledgeGraph) -> None:
    assert graph.why("Halden", "acquired", "Ostara").verdict == "asserted"
    assert graph.why("Halden", "owns", "Ostara").verdict == "inferred"
    assert graph.why("Ostara", "owns", "Kestrel").verdict == "unknown"


def test_validation(graph: KnowledgeGraph) -> None:
    report = graph.validate()
    assert (report.documents, report.claims, report.violations) == (2, 2, ())
    assert isinstance(graph.engine, Remote)
    graph.engine.update(f"DELETE {{ ?c <{KG.status}> ?o }} WHERE {{ ?c <{KG.status}> ?o }}")
    names = [violation.shape.removeprefix(SHAPE) for violation in graph.validate().violations]
    assert names == ["plain-triple-claim"] * 2 + ["claim-status"] * 2
