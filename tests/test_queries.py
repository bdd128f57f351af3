"""The shipped queries: described, and with the same answer on rdflib's memory store and on Oxigraph."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

from kg.graph import KnowledgeGraph
from kg.queries import shipped_queries
from tests.factories import ONTOLOGY, fill, sample, sample_graph

QUERIES = shipped_queries()


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_described_by_its_first_line(name: str) -> None:
    query = QUERIES[name]
    assert re.fullmatch(r"[A-Z].{20,}\.", query.description)
    assert query.text.startswith(f"# {query.description}\n")
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("name", QUERIES)
def test_three_stores_give_one_answer(name: str, graph: KnowledgeGraph, tmp_path: Path) -> None:
    memory = rdflib.Graph(bind_namespaces="none").parse(graph.serialize(tmp_path / "graph.nt"))
    namespaces = {prefix: rdflib.Namespace(iri) for prefix, iri in graph.prefixes.items()}
    found = memory.query(QUERIES[name].text, initNs=namespaces)
    expected = [tuple(None if v is None else str(v) for v in row) for row in found]  # type: ignore[union-attr]
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as disk:
        fill(disk, sample())
        for store in (graph, disk):
            rows = store.query(QUERIES[name].text)
            assert [tuple(None if v is None else str(v) for v in row) for row in rows] == expected
    assert expected


def test_evidence(graph: KnowledgeGraph) -> None:
    first = next(iter(graph.query(QUERIES["evidence"].text)))
    assert first.asdict() == {
        "subject": "Halden",
        "relation": "invested_in",
        "object": "Kestrel Labs",
        "status": "asserted",
        "time": "2019",
        "amount": Decimal(1000000000),
        "currency": "USD",
        "sentence": "Halden invested $1 billion in Kestrel Labs in 2019.",
        "document": "halden",
        "begin": 0,
        "end": 51,
    }


def test_investments(graph: KnowledgeGraph) -> None:
    rows = graph.query(QUERIES["investments"].text)
    assert [(row.investor, row.company, row.document) for row in rows] == [
        ("Halden", "Kestrel Labs", "halden"),
        ("Northwind Bank", "Kestrel Labs", "ostara"),
    ]


def test_quotes_are_slices_of_the_stored_texts(graph: KnowledgeGraph) -> None:
    rows = graph.query(
        "SELECT ?quote ?begin ?end ?text { ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ;"
        " nif:endIndex ?end ; nif:referenceContext/nif:isString ?text }"
    )
    assert len(rows) == 9
    assert all(row.text[row.begin : row.end] == row.quote for row in rows)


def test_most_connected(graph: KnowledgeGraph) -> None:
    first = next(iter(graph.query(QUERIES["most-connected"].text)))
    assert tuple(first) == ("Kestrel Labs", "Organization", 4, 3)


def test_denied(graph: KnowledgeGraph) -> None:
    (row,) = graph.query(QUERIES["denied"].text)
    assert (row.subject, row.relation, row.object, row.asserted) == ("Kestrel Labs", "acquired", "Ostara", 0)
