"""Files of RDF into a store: our exports come back as they were, others become the backbone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.backbone import known_names
from kg.errors import InputError, StoreError, UsageError
from kg.graph import KnowledgeGraph
from kg.ontology import Ontology, load_ontology
from kg.vocab import KG
from tests.export.test_interop import HOSTILE, labelled
from tests.factories import ONTOLOGY, all_claims, fill, sample, sample_graph
from tests.running import run_kg

FORMATS = ("jsonld", "nq", "nt", "owl", "rdf", "trig", "ttl")
THING = '<http://x.y/h> a <https://schema.org/Organization> ; <https://schema.org/name> "Halden" .'


@pytest.fixture(scope="module")
def law() -> Ontology:
    return load_ontology()


def with_backbone(law: Ontology, folder: Path) -> KnowledgeGraph:
    """The sample in a graph with a backbone, under an ontology from which something follows."""
    (folder / "things.ttl").write_text(THING)
    graph = KnowledgeGraph.load([folder / "things.ttl"], ontology=law)
    return fill(graph, sample())


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_comes_back(law: Ontology, tmp_path: Path, suffix: str) -> None:
    graph = with_backbone(law, tmp_path)
    first = graph.serialize(tmp_path / f"first.{suffix}")
    with KnowledgeGraph.load([first], tmp_path / "graph.db", law) as loaded:
        assert loaded.serialize(tmp_path / f"second.{suffix}").read_bytes() == first.read_bytes()
        assert loaded.claims() == graph.claims()
        assert loaded.documents() == graph.documents()
        assert list(loaded.lines(KG.inferred))
        assert bool(list(loaded.lines(KG.backbone))) is (suffix in ("nq", "trig"))


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1) | st.sampled_from(HOSTILE), min_size=1, max_size=4))
@pytest.mark.parametrize("suffix", FORMATS)
def test_any_export_comes_back(tmp_path: Path, suffix: str, names: list[str]) -> None:
    graph = labelled(*names)
    first = graph.serialize(tmp_path / f"first.{suffix}")
    loaded = KnowledgeGraph.load([first], ontology=ONTOLOGY)
    assert loaded.serialize(tmp_path / f"second.{suffix}").read_bytes() == first.read_bytes()
    assert loaded.claims() == graph.claims()


def test_rdf_1_2_comes_back_as_statements(tmp_path: Path) -> None:
    graph = sample_graph()
    one, other = graph.serialize(tmp_path / "a.ttl"), graph.serialize(tmp_path / "b.ttl", shape="rdf-1.2")
    loaded = KnowledgeGraph.load([other], ontology=ONTOLOGY)
    assert loaded.serialize(tmp_path / "c.ttl").read_bytes() == one.read_bytes()


def test_parts_are_put_together(tmp_path: Path) -> None:
    graph = sample_graph()
    files = [
        graph.select(documents=[document.id]).serialize(tmp_path / f"{number}.nt")
        for number, document in enumerate(graph.documents())
    ]
    whole = graph.serialize(tmp_path / "whole.ttl").read_bytes()
    loaded = KnowledgeGraph.load(files, ontology=ONTOLOGY)
    assert loaded.serialize(tmp_path / "together.ttl").read_bytes() == whole


def test_the_base_of_the_data_comes_back(tmp_path: Path) -> None:
    graph = KnowledgeGraph.memory(ONTOLOGY, base_iri="http://data.x.y/a/")
    claims = all_claims(sample())
    graph.add(claims, [found.document for found in sample()])
    text = graph.serialize(tmp_path / "a.nt").read_text().replace("https://example.org/kg/", graph.base_iri)
    (tmp_path / "a.nt").write_text(text)
    with KnowledgeGraph.load([tmp_path / "a.nt"], tmp_path / "graph.db", ONTOLOGY) as loaded:
        assert loaded.base_iri == graph.base_iri
        assert loaded.find("e:Halden")[0].name == "Halden"


def test_without_texts_the_claims_are_there(tmp_path: Path) -> None:
    path = sample_graph().serialize(tmp_path / "a.ttl", text=False)
    loaded = KnowledgeGraph.load([path], ontology=ONTOLOGY)
    assert loaded.claims() == sample_graph().claims()
    assert {document.text for document in loaded.documents()} == {""}


@pytest.mark.parametrize("shape", ["web-annotation", "owl-axiom"])
def test_other_shapes_are_no_graph_to_restore(tmp_path: Path, shape: str) -> None:
    path = sample_graph().serialize(tmp_path / "a.ttl", shape=shape)
    if shape == "owl-axiom":  # it has no claims any more: its things are a backbone
        graph = KnowledgeGraph.load([path])
        assert {"Halden", "Mira Solberg"} <= {known.name for known in known_names(graph.engine, ONTOLOGY)}
    else:
        with pytest.raises(InputError, match=r"a\.ttl: the claim <.*> has no sentence"):
            KnowledgeGraph.load([path])


def test_a_backbone_comes_to_a_store_that_keeps_all_else(tmp_path: Path) -> None:
    (tmp_path / "things.nt.gz").write_bytes(gzip.compress(b'<x:a> <x:p> "b" .\n'))
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        fill(graph, sample())
        graph.commit()
        whole = graph.serialize(tmp_path / "a.ttl").read_bytes()
    with KnowledgeGraph.load([tmp_path / "things.nt.gz"], tmp_path / "graph.db") as loaded:
        assert loaded.serialize(tmp_path / "b.ttl").read_bytes() == whole
        assert list(loaded.lines(KG.backbone)) == [b'<x:a> <x:p> "b" .\n']


def test_an_export_is_not_mixed_with_documents(tmp_path: Path) -> None:
    path = sample_graph().serialize(tmp_path / "a.ttl")
    KnowledgeGraph.load([path], tmp_path / "graph.db").close()
    before = {file.name for file in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=r"graph\.db: the store holds documents, and an export would be mix"):
        KnowledgeGraph.load([path], tmp_path / "graph.db")
    assert {file.name for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("earlier", [False, True])
def test_a_malformed_file_changes_nothing(tmp_path: Path, earlier: bool) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(THING)
    bad.write_text(f"{THING}\n\nnonsense .")
    if earlier:
        KnowledgeGraph.load([good], tmp_path / "graph.db").close()
    names = sorted(file.name for file in tmp_path.iterdir())
    with pytest.raises(InputError, match=r"bad.ttl:3: not valid Turtle"):
        KnowledgeGraph.load([good, bad], tmp_path / "graph.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    if earlier:
        with KnowledgeGraph.open(tmp_path / "graph.db") as graph:
            assert [known.name for known in known_names(graph.engine, ONTOLOGY)] == ["Halden"]


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(THING)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear")
    with pytest.raises(StoreError, match="not a store of claimgraph"):
        KnowledgeGraph.load([tmp_path / "good.ttl"], tmp_path / "letters")
    assert (tmp_path / "letters" / "a.txt").read_text() == "dear"


def test_the_command_says_what_came(tmp_path: Path) -> None:
    (tmp_path / "things.ttl").write_text(THING)
    sample_graph().serialize(tmp_path / "a.nq")
    store = ["--store", "graph.db"]
    done = run_kg(["import", "a.nq", "things.ttl", *store], cwd=tmp_path)
    claims = len(sample_graph().claims())
    contents = f"documents: 3, claims: {claims}, things of the backbone: 1, their names: 1"
    assert done.stdout == f"Wrote graph.db: {contents}\n"
    done = run_kg(["import", "none.ttl", *store], cwd=tmp_path, code=1)
    assert done.stderr == "kg: none.ttl: cannot be read: No such file or directory\n"
    done = run_kg(["import", "a.tttl", *store], cwd=tmp_path, code=2)
    assert "names no syntax of RDF" in done.stderr
