"""Facts as a network: exact measures on small ones."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyze import Analysis, Triads, analyze, collapse, pagerank, to_networkx
from kg.claims import facts
from kg.model import Fact, Qualifiers
from kg.vocab import local_name
from tests.factories import ONTOLOGY, all_claims, extraction, sample


def network(*pairs: str, status: str = "asserted") -> list[Fact]:
    """Facts between one-letter entities: "AB" is an edge from A to B."""
    said = Qualifiers(status=status)
    found = [extraction(f"{n}", f"{a} met {b}.", (a, "supplies", b, said)) for n, (a, b) in enumerate(pairs)]
    return facts(all_claims(found), ONTOLOGY)


def named(analysis: Analysis) -> list[str]:
    return [measures.entity.name for measures in analysis.measures]


def test_claims_are_edges() -> None:
    graph = to_networkx(facts(all_claims(sample()), ONTOLOGY))
    assert [local_name(node) for node in graph] == [
        "Halden",
        "Kestrel_Labs",
        "Lumen_OS",
        "Mira_Solberg",
        "Northwind_Bank",
        "Ostara",
    ]
    assert graph.nodes["https://example.org/kg/entity/Northwind_Bank"] == {
        "label": "Northwind Bank",
        "class": "Bank",
    }
    (edge,) = (data for *_, data in graph.edges(data=True) if data["status"] == "planned")
    assert edge == {
        "relation": "uses",
        "status": "planned",
        "score": 0.5,
        "document": "quill wire",
        "sentence": "Kestrel Labs plans to use Lumen OS, Quill Wire said.",
    }
    assert graph.number_of_edges() == 7


def test_denied_facts_do_not_connect() -> None:
    assert not collapse(network("AB", status="denied"))
    assert len(collapse(network("AB", status="denied"), ("denied",))) == 2
    assert collapse(network("AB", "AB", "BC"))["https://example.org/kg/entity/A"] == {
        "https://example.org/kg/entity/B": {"weight": 1}
    }


def test_a_star() -> None:
    analysis = analyze(network("BA", "CA", "DA"))
    first = analysis.measures[0]
    assert named(analysis) == ["A", "B", "C", "D"]
    assert (first.degree, first.in_degree, first.out_degree, first.betweenness) == (3, 3, 0, 1.0)
    assert [measures.betweenness for measures in analysis.measures[1:]] == [0.0, 0.0, 0.0]


def test_two_triangles_are_two_communities_and_parts() -> None:
    analysis = analyze(network("AB", "BC", "CA", "DE", "EF", "FD", "XY"))
    parts = [[entity.name for entity in part] for part in analysis.components]
    assert parts == [["A", "B", "C"], ["D", "E", "F"], ["X", "Y"]]
    assert [[entity.name for entity in group.entities] for group in analysis.communities] == parts
    assert {measures.entity.name: measures.component for measures in analysis.measures}["Y"] == 2


def test_a_bridge_is_between() -> None:
    analysis = analyze(network("AB", "BC", "CA", "CD", "DE", "EF", "FD"))
    between = {measures.entity.name: measures.betweenness for measures in analysis.measures}
    assert between["C"] == between["D"] == max(between.values())
    assert [sorted(e.name for e in group.entities) for group in analysis.communities] == [
        ["A", "B", "C"],
        ["D", "E", "F"],
    ]


@pytest.mark.parametrize("seed", range(3))
def test_pagerank_is_networkxs(seed: int) -> None:
    graph = nx.gnp_random_graph(30, 0.08, seed=seed, directed=True)
    for number, (source, target) in enumerate(graph.edges):
        graph.edges[source, target]["weight"] = 1 + number % 3
    expected = reference_pagerank(graph)
    assert pagerank(graph) == pytest.approx([expected[n] for n in range(30)], abs=1e-7)


def reference_pagerank(graph: nx.DiGraph[int]) -> dict[int, float]:
    """The definition, written out: the principal eigenvector of the Google matrix."""
    import numpy as np

    values, vectors = np.linalg.eig(nx.google_matrix(graph).T)
    principal = np.real(vectors[:, np.argmax(np.real(values))])
    return dict(enumerate((principal / principal.sum()).tolist()))


def test_nothing_to_measure() -> None:
    assert analyze([]) == Analysis((), (), (), (), (), Triads(0, 0.0, ()))
    assert not to_networkx([])
