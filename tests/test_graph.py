"""The knowledge graph: what can be asked of it, and what its store on disk promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Literal, URIRef

from kg.errors import KGError, QueryError, StoreError, UsageError
from kg.graph import KnowledgeGraph
from kg.model import Claim, Document
from kg.vocab import BASE_IRI, KG, NEWS, local_name
from tests.factories import ONTOLOGY, RUN, all_claims, extraction, fill, sample, sample_graph
from tests.running import ROOT


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


def written(path: Path) -> KnowledgeGraph:
    """The sample at ``path``, open for reading."""
    with KnowledgeGraph.create(path, ONTOLOGY) as graph:
        fill(graph, sample())
        graph.commit()
    return KnowledgeGraph.open(path, ONTOLOGY)


# ---- asking by name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "predicates"),
    [
        ({"subject": "Halden"}, ["invested_in", "partner_of"]),
        ({"subject": "halden"}, ["invested_in", "partner_of"]),
        ({"subject": "e:Halden"}, ["invested_in", "partner_of"]),
        ({"subject": f"{BASE_IRI}entity/Halden", "predicate": "partner_of"}, ["partner_of"]),
        ({"predicate": "invested_in"}, ["invested_in", "invested_in"]),
        ({"predicate": "invested in"}, ["invested_in", "invested_in"]),
        ({"predicate": NEWS.invested_in}, ["invested_in", "invested_in"]),
        ({"predicate": "news:invested_in", "subject": "Northwind Bank"}, ["invested_in"]),
        ({"predicate": "subsidiary_of"}, []),
        ({"object": "Ostara"}, ["partner_of", "acquired"]),
        ({"object": "Ostara", "status": "denied"}, ["acquired"]),
        ({"status": "planned"}, ["uses"]),
        ({"subject": "Ostara", "object": "Mira Solberg"}, []),
    ],
)
def test_claims(graph: KnowledgeGraph, wanted: dict[str, str], predicates: list[str]) -> None:
    found = graph.claims(**wanted)
    assert [local_name(claim.predicate) for claim in found] == predicates
    assert {claim.iri for fact in graph.facts(**wanted) for claim in fact.claims} == {c.iri for c in found}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"subject": "Haldn"}, 'nothing is called "Haldn". Did you mean "Halden"?'),
        ({"subject": "zzzz"}, 'nothing is called "zzzz". Look for it with: kg query most-connected'),
        ({"object": "e:Nobody"}, 'nothing is called "e:Nobody".'),
        ({"predicate": "aquired"}, 'no relation is called "aquired". Did you mean "acquired"?'),
        ({"predicate": "news:nothing"}, 'no relation is called "news:nothing".'),
        ({"status": "denid"}, 'no status is called "denid". Did you mean "denied"?'),
        ({"subject": 'x" || true || "'}, "nothing is called"),
    ],
)
def test_unknown_names(graph: KnowledgeGraph, wanted: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        graph.claims(**wanted)
    assert message in str(raised.value)


def test_an_alias_is_a_name() -> None:
    texts = [("a", "Halden bought Ostara."), ("b", "Halden Inc bought Ostara.")]
    found = [extraction(id_, text, (text.split(" bought")[0], "acquired", "Ostara")) for id_, text in texts]
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), found)
    assert graph.claims(subject="Halden") == graph.claims(subject="Halden Inc")
    assert len(graph.claims(subject="Halden")) == 2


def test_entities_and_documents(graph: KnowledgeGraph) -> None:
    names = ["Halden", "Kestrel Labs", "Lumen OS", "Mira Solberg", "Northwind Bank", "Ostara", "Quill Wire"]
    assert [entity.name for entity in graph.entities()] == names
    assert graph.documents() == [found.document for found in sample()]


def test_claims_come_back_as_they_went_in(graph: KnowledgeGraph) -> None:
    assert sorted(graph.claims(), key=lambda c: c.iri) == sorted(all_claims(sample()), key=lambda c: c.iri)


def test_facts_group_a_symmetric_pair(graph: KnowledgeGraph) -> None:
    (fact,) = graph.facts(predicate="partner_of")
    assert [claim.evidence.document for claim in fact.claims] == ["halden", "ostara"]


def test_to_networkx(graph: KnowledgeGraph) -> None:
    edges = graph.to_networkx().number_of_edges()
    assert edges == sum(1 for claim in graph.claims() if not hasattr(claim.object, "datatype"))


# ---- SPARQL -----------------------------------------------------------------------------------------


def test_rows_are_plain_values(graph: KnowledgeGraph) -> None:
    answer = graph.query(
        "SELECT ?who ?name ?amount ?when ?begin ?nothing { ?claim kg:amount ?amount ; kg:earliest ?when ;"
        " rdf:subject ?who ; kg:triggerBegin ?begin . ?who rdfs:label ?name"
        " OPTIONAL { ?who kg:none ?nothing } }"
    )
    assert answer.variables == ("who", "name", "amount", "when", "begin", "nothing")
    (row,) = answer
    who, name, *rest = row
    assert who == URIRef(f"{BASE_IRI}entity/Halden")
    assert name == "Halden"
    assert rest == [Decimal(1000000000), date(2019, 1, 1), 7, None]
    assert row.name == row["name"] == row[1] == "Halden"
    assert len(answer) == 1
    assert list(answer) == list(answer)


def test_a_value_that_does_not_fit_its_type_stays_text(graph: KnowledgeGraph) -> None:
    query = 'SELECT ?x { VALUES ?x { "2024-02-31"^^xsd:date "2011"^^xsd:gYear true 1.5e0 } }'
    values = [row.x for row in graph.query(query)]
    assert values == ["2024-02-31", "2011", True, 1.5]


def test_ask_and_construct(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK { e:Halden news:invested_in e:Kestrel_Labs }")
    assert not graph.query("ASK { e:Halden news:acquired e:Kestrel_Labs }")
    assert [tuple(row) for row in graph.query("ASK {}")] == [(True,)]
    built = graph.query("CONSTRUCT { ?x rdfs:label ?name } { ?x a news:Person ; rdfs:label ?name }")
    assert built.variables == ("subject", "predicate", "object")
    assert set(built.graph) == {
        (URIRef(f"{BASE_IRI}entity/Mira_Solberg"), RDFS.label, Literal("Mira Solberg", lang="en"))
    }
    assert list(graph.query("DESCRIBE e:Mira_Solberg"))


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_answers_are_serialized(graph: KnowledgeGraph, format: str) -> None:
    answer = graph.query("SELECT ?x { ?x a news:Person }")
    assert b"Mira_Solberg" in answer.serialize(format)
    assert [local_name(row.x) for row in answer] == ["Mira_Solberg"]
    assert b"Mira_Solberg" in answer.serialize(format)
    construct = graph.query("CONSTRUCT WHERE { ?x a news:Person }")
    assert construct.serialize("ttl").endswith(b"e:Mira_Solberg a news:Person .\n")
    with pytest.raises(QueryError, match='has no format "csv"'):
        construct.serialize("csv")


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("SELECT ?x { ?x new:uses ?y }", ['prefix "new:" is not bound', "line 1", 'Did you mean "news"?']),
        ("SELECT ?x {\n  ?x foaf:name ?y }", ['prefix "foaf:" is not bound', "line 2", "Available: claim, "]),
        (
            'PREFIX a: <x:y> SELECT ?x {\n ?x a:b "foo:bar" ; b:c 1 }',
            ['"b:" is not bound, line 2, column 21'],
        ),
        ("SELECT ?x WHERE { ?x ?y }", ["malformed at line 1, column ", "\n  SELECT ?x WHERE { ?x ?y }\n"]),
        ("SELECT ?x {\n ?x <a b> ?y }", ["malformed at line 2", " ?x <a b> ?y }\n"]),
        ("SELCT", ["malformed at line 1", "SELCT"]),
        ("", ["malformed at line 1"]),
        ("INSERT DATA { e:x a e:y }", ["updates are refused"]),
        ("  delete where { ?s ?p ?o }", ["updates are refused"]),
    ],
)
def test_malformed_queries(graph: KnowledgeGraph, query: str, parts: list[str]) -> None:
    with pytest.raises(QueryError) as raised:
        graph.query(query)
    assert [part for part in parts if part not in str(raised.value)] == []


def test_inferred_triples_are_asked_too_unless_told_not_to(graph: KnowledgeGraph) -> None:
    other = sample_graph()
    inferred = (URIRef(f"{BASE_IRI}entity/X"), RDF.type, URIRef(NEWS.Agent))
    other.dataset.graph(URIRef(KG.inferred)).add(inferred)
    assert other.query("ASK { ?x a news:Agent }")
    assert not other.query("ASK { ?x a news:Agent }", inferred=False)
    assert len(list(other.triples())) == len(list(graph.triples()))


# ---- rdflib -----------------------------------------------------------------------------------------


def test_the_dataset_is_rdflibs_without_the_faults(graph: KnowledgeGraph) -> None:
    dataset = graph.dataset
    halden = URIRef(f"{BASE_IRI}entity/Halden")
    assert dataset
    assert not KnowledgeGraph.memory().dataset
    assert dataset.value(halden, RDFS.label) == Literal("Halden", lang="en")
    assert Literal("2019") in set(dataset.objects(None, URIRef(KG.time)))
    times = dataset.query("SELECT ?t { ?c kg:time ?t }")
    assert [row.t for row in times] == [Literal("2019")]
    built = dataset.query("CONSTRUCT { ?c kg:time ?t } { ?c kg:time ?t }").graph
    assert built is not None
    assert set(built.objects()) == {Literal("2019")}
    (row,) = dataset.query("SELECT ?c ?x { ?c kg:time ?t OPTIONAL { ?c kg:none ?x } }")
    assert row.x is None
    assert len(dataset) == len(list(graph.triples()))


# ---- stores on disk ---------------------------------------------------------------------------------


def test_a_store_is_written_and_read(tmp_path: Path, graph: KnowledgeGraph) -> None:
    with written(tmp_path / "deep" / "graph.db") as disk:
        assert disk.claims() == graph.claims()
        assert {str(triple) for triple in disk.triples()} == {str(triple) for triple in graph.triples()}
        assert bool(disk.dataset)
        with KnowledgeGraph.open(tmp_path / "deep" / "graph.db", ONTOLOGY) as other:
            assert other.documents() == disk.documents()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["graph.db"]


def test_a_store_remembers_its_base(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", base_iri="https://data.example/") as graph:
        graph.add([], [Document("a", "Text")], RUN)
        graph.commit()
    with KnowledgeGraph.open(tmp_path / "graph.db") as graph:
        assert graph.prefixes["e"] == "https://data.example/entity/"
        assert graph.query("ASK { doc:a a schema:Article }")


def test_what_is_committed_is_only_read(tmp_path: Path) -> None:
    with written(tmp_path / "graph.db") as disk:
        with pytest.raises(StoreError, match="open for reading only"):
            disk.add([], [Document("b", "Text")])
        with pytest.raises(UsageError, match="can be committed"):
            disk.commit()


def test_a_failed_build_leaves_the_earlier_store(tmp_path: Path) -> None:
    written(tmp_path / "graph.db").close()

    def failing() -> Iterator[Claim]:
        yield from all_claims(sample())
        raise KGError("the model fell over")

    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as second:  # noqa: SIM117
        with pytest.raises(KGError, match="fell over"):
            second.add(failing(), [found.document for found in sample()])
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]
    with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as disk:
        assert disk.claims() == sample_graph().claims()


def test_a_new_build_replaces_the_earlier_store_at_the_end(tmp_path: Path) -> None:
    with written(tmp_path / "graph.db") as reader:
        with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as second:
            fill(second, sample()[:1])
            with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as meanwhile:
                assert len(meanwhile.documents()) == 3
            second.commit()
            assert [document.id for document in second.documents()] == ["halden"]
        assert len(reader.documents()) == 3


def test_a_second_writer_gets_a_message(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.graph import KnowledgeGraph; from kg.errors import StoreError\n"
        "try: KnowledgeGraph.create(sys.argv[1])\n"
        "except StoreError as error: print(error)"
    )
    with KnowledgeGraph.create(tmp_path / "graph.db"):
        command = [sys.executable, "-c", code, str(tmp_path / "graph.db")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert "the store is in use, another build is writing it" in done.stdout
        with pytest.raises(StoreError, match="in use"):
            KnowledgeGraph.create(tmp_path / "graph.db")


def test_what_a_killed_build_has_left_does_no_harm(tmp_path: Path) -> None:
    code = (
        "import os, sys; from kg.graph import KnowledgeGraph; from tests.factories import *\n"
        "fill(KnowledgeGraph.create(sys.argv[1], ONTOLOGY), sample()); os._exit(9)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "graph.db")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert (tmp_path / "graph.db.building").exists()
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        assert not list(graph.triples())
        graph.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_a_damaged_rest_does_no_harm(tmp_path: Path) -> None:
    written(tmp_path / "graph.db").close()
    (tmp_path / "graph.db").rename(tmp_path / "graph.db.building")
    (tmp_path / "graph.db.building" / "CURRENT").write_text("nonsense")
    with written(tmp_path / "graph.db") as disk:
        assert len(disk.documents()) == 3


def test_a_kill_in_the_middle_of_the_swap_loses_nothing(tmp_path: Path) -> None:
    written(tmp_path / "graph.db").close()
    (tmp_path / "graph.db").rename(tmp_path / "graph.db.old")
    with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as disk:
        assert len(disk.documents()) == 3
    with written(tmp_path / "graph.db") as disk:
        assert len(disk.documents()) == 3


def test_places_that_are_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store; build one with: kg build"):
        KnowledgeGraph.open(tmp_path / "none.db")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear")
    (tmp_path / "file").write_text("text")
    for name in ("letters", "file"):
        with pytest.raises(StoreError, match="not a store of claimgraph"):
            KnowledgeGraph.open(tmp_path / name)
        with pytest.raises(StoreError, match="left alone"):
            KnowledgeGraph.create(tmp_path / name)
    assert (tmp_path / "letters" / "dear.txt").read_text() == "dear"


def test_a_store_of_another_version_is_built_again(tmp_path: Path) -> None:
    written(tmp_path / "graph.db").close()
    (tmp_path / "graph.db" / "claimgraph.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="the store has format 99, and this version reads 1; build it again"):
        KnowledgeGraph.open(tmp_path / "graph.db")


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    written(tmp_path / "graph.db").close()
    (tmp_path / "graph.db" / "CURRENT").unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        KnowledgeGraph.open(tmp_path / "graph.db")


def test_a_closed_graph_says_so() -> None:
    graph = sample_graph()
    graph.close()
    with pytest.raises(StoreError, match="closed"):
        graph.claims()


def test_a_claim_needs_its_document() -> None:
    with pytest.raises(UsageError, match="the document halden is not in the graph"):
        KnowledgeGraph.memory(ONTOLOGY).add(all_claims(sample()))


def test_documents_whose_names_depend_on_each_other_come_together() -> None:
    graph = KnowledgeGraph.memory(ONTOLOGY)
    graph.add([], [Document("a b", "Text")])
    graph.add([], [Document("c", "Text")])
    with pytest.raises(StoreError, match="add all documents in one call"):
        graph.add([], [Document("a_b", "Text")])
    assert len(graph.documents()) == 2


def test_two_parts_are_the_whole() -> None:
    parts = KnowledgeGraph.memory(ONTOLOGY)
    for found in sample():
        own = [claim for claim in all_claims(sample()) if claim.evidence.document == found.document.id]
        parts.add(own, [found.document], RUN)
    assert {str(triple) for triple in parts.triples()} == {str(triple) for triple in sample_graph().triples()}


def test_the_damaged_rest_of_a_killed_build_is_cleared(tmp_path: Path) -> None:
    rest = tmp_path / "graph.db.building"
    rest.mkdir()
    (rest / "CURRENT").write_text("damaged", encoding="utf-8")
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        graph.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_a_folder_with_lock_in_its_name_is_not_in_use(tmp_path: Path) -> None:
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks" / "graph.db.building").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        KnowledgeGraph.create(tmp_path / "blocks" / "graph.db", ONTOLOGY)
