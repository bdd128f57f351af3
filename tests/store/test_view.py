"""rdflib's view of a store: the faults of oxrdflib that its users do not meet."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.graph import KnowledgeGraph
from kg.store.bindings import bound
from kg.store.view import StoreDataset
from kg.vocab import BASE_IRI, KG, RDFS
from tests.factories import ONTOLOGY, fill, sample, sample_graph

HALDEN = URIRef(f"{BASE_IRI}entity/Halden")


@pytest.fixture(scope="module")
def dataset() -> StoreDataset:
    return sample_graph().dataset


def test_plain_strings_are_plain(dataset: StoreDataset) -> None:
    assert Literal("2019") in set(dataset.objects(None, URIRef(KG.time)))
    assert [row.t for row in dataset.query("SELECT ?t { ?c kg:time ?t }")] == [Literal("2019")]


def test_what_is_unbound_is_absent(dataset: StoreDataset) -> None:
    (row,) = dataset.query("SELECT ?c ?x { ?c kg:time ?t OPTIONAL { ?c kg:none ?x } }")
    assert row.x is None
    assert [set(binding) for binding in dataset.query("SELECT ?x {}").bindings] == [set()]


NAME = "SELECT ?name { ?who rdfs:label ?name }"


@pytest.mark.parametrize(
    ("query", "bindings", "expected"),
    [
        (NAME, {"who": HALDEN}, ["Halden"]),
        (NAME, {"?who": HALDEN}, ["Halden"]),
        (NAME, {"who": URIRef("x:nobody")}, []),
        (NAME, {"name": Literal("Ostara", lang="en")}, ["Ostara"]),
        (NAME, {"name": Literal('x" || true || "', lang="en")}, []),
        (NAME, {"name": Literal("}} SELECT * { ?name ?b ?c", lang="en")}, []),
        (NAME[:-1] + "FILTER(?name = ?n) }", {"n": Literal("Quill Wire", lang="en")}, ["Quill Wire"]),
        ("SELECT ?name { { SELECT ?who ?name { ?who rdfs:label ?name } } }", {"who": HALDEN}, ["Halden"]),
        ("SELECT ?name { SELECT ?who ?name { ?who rdfs:label ?name } }", {"who": HALDEN}, ["Halden"]),
        ('SELECT ?name # {\n{ ?who rdfs:label ?name FILTER(?name != "{"@en) }', {"who": HALDEN}, ["Halden"]),
    ],
)  # fmt: skip
def test_any_variable_is_bound(
    dataset: StoreDataset, query: str, bindings: dict, expected: list[str]
) -> None:
    assert [str(row.name) for row in dataset.query(query, initBindings=bindings)] == expected


def test_binding_in_other_forms(dataset: StoreDataset) -> None:
    who = {"who": HALDEN}
    assert dataset.query("ASK { ?who rdfs:label 'Halden'@en }", initBindings=who).askAnswer
    assert not dataset.query("ASK { ?who rdfs:label 'Ostara'@en }", initBindings=who).askAnswer
    built = dataset.query("CONSTRUCT { ?who rdfs:label ?n } WHERE { ?who rdfs:label ?n }", initBindings=who)
    assert set(built.graph or ()) == {(HALDEN, URIRef(RDFS.label), Literal("Halden", lang="en"))}
    described = dataset.query("DESCRIBE ?who { ?who rdfs:label ?n }", initBindings=who).graph
    assert described is not None
    assert set(described.subjects()) == {HALDEN}
    assert bound("DESCRIBE <x:y>", {"who": "<x:z>"}) == "DESCRIBE <x:y>"


def test_prepared_queries_go_to_the_engine(dataset: StoreDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = prepareQuery("SELECT ?n { ?who label: ?n }", initNs={"label": URIRef(RDFS.label)})
    monkeypatch.delattr("rdflib.plugins.sparql.processor.SPARQLProcessor.query")
    assert [str(row.n) for row in dataset.query(prepared, initBindings={"who": HALDEN})] == ["Halden"]


def test_nothing_is_counted_by_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = sample_graph().dataset
    triples, inferred = len(list(dataset.default_graph)), dataset.graph(URIRef(KG.inferred))
    monkeypatch.delattr("oxrdflib.OxigraphStore.triples")
    assert len(dataset.default_graph) == triples
    assert len(dataset) == triples + len(inferred)
    assert dataset
    assert not KnowledgeGraph.memory().dataset


def test_a_store_that_is_opened_again_is_not_empty(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        fill(graph, sample()).commit()
    with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as again:
        assert again.dataset
        assert (HALDEN, None, None) in again.dataset
        assert len(again.dataset) == len(sample_graph().dataset)


def test_quads_are_added_from_an_iterator_in_any_number() -> None:
    dataset = KnowledgeGraph.memory().dataset
    dataset.addN((URIRef(f"x:s{i}"), URIRef("x:p"), Literal(i), dataset.default_graph) for i in range(2_500))
    assert len(dataset) == 2_500
    other = Graph() + dataset.default_graph
    assert len(other) == 2_500


def test_updates_go_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("rdflib.plugins.sparql.processor.SPARQLUpdateProcessor.update")
    graph = KnowledgeGraph.memory()
    graph.dataset.update("INSERT DATA { e:A rdfs:label 'A'@en }")
    assert ox.NamedNode(f"{BASE_IRI}entity/A") in {triple.subject for triple in graph.triples()}
