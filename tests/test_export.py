"""Files for other tools: the same triples, the same bytes, read by whoever reads RDF."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import KGError, UsageError
from kg.graph import KnowledgeGraph
from kg.model import Document
from tests.factories import ONTOLOGY, RUN, all_claims, extraction, fill, sample, sample_graph
from tests.running import ROOT

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}


def stated(graph: KnowledgeGraph) -> set[str]:
    return {str(triple) for triple in graph.triples()}


@pytest.mark.parametrize("suffix", FORMATS)
def test_rdflib_and_oxigraph_read_it(tmp_path: Path, suffix: str) -> None:
    graph = sample_graph()
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    parsed = {str(quad.triple) for quad in ox.parse(path=str(path), format=FORMATS[suffix])}
    assert parsed == stated(graph)
    default = rdflib.Graph()
    for triple in graph.dataset.default_graph:
        default.add(triple)
    assert isomorphic(rdflib.Graph().parse(path), default)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_order_of_documents_does_not_matter(tmp_path: Path, suffix: str) -> None:
    expected = sample_graph().serialize(tmp_path / f"graph.{suffix}").read_bytes()
    for seed in range(4):
        shuffled = random.Random(seed).sample(sample(), 3)
        graph = fill(KnowledgeGraph.memory(ONTOLOGY), shuffled)
        assert graph.serialize(tmp_path / f"shuffled.{suffix}").read_bytes() == expected


def test_the_store_does_not_matter(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as disk:
        fill(disk, sample())
        disk.commit()
        one = disk.serialize(tmp_path / "disk.ttl")
    other = sample_graph().serialize(tmp_path / "memory.ttl")
    assert one.read_bytes() == other.read_bytes()


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.factories import *\n"
        "from kg.analyze import analyze\n"
        "g = sample_graph(); g.serialize(sys.argv[1]); g.page(sys.argv[2])\n"
        "Path(sys.argv[3]).write_text(repr(analyze(g.facts())) + repr(g.facts()) + repr(g.entities()))"
    )
    made = []
    for seed in ("0", "1", "4711"):
        files = [tmp_path / f"{seed}.{suffix}" for suffix in ("ttl", "html", "txt")]
        command = [sys.executable, "-c", code, *map(str, files)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1] == made[2]


def test_the_class_of_a_thing_comes_first(tmp_path: Path) -> None:
    turtle = sample_graph().serialize(tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert 'e:Halden a news:Organization ;\n\trdfs:label "Halden"@en ;\n' in turtle


def test_the_format_is_the_suffix_or_named(tmp_path: Path) -> None:
    graph = sample_graph()
    graph.serialize(tmp_path / "graph.TTL")
    graph.serialize(tmp_path / "graph.data", "nt")
    assert (tmp_path / "graph.TTL").read_bytes().startswith(b"@prefix")
    assert (tmp_path / "graph.data").read_bytes().startswith(b"<https://example.org/kg/claim/")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("graph.tll", 'no format is called "tll". Did you mean "ttl"?'),
        ("graph", "no suffix.*Available: nt, ttl"),
    ],
)
def test_unknown_formats(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        sample_graph().serialize(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = sample_graph()
    path = graph.serialize(tmp_path / "graph.ttl")
    earlier = path.read_bytes()
    monkeypatch.setattr(graph, "ntriples", lambda: b"<a> nonsense\n")
    with pytest.raises(SyntaxError):
        graph.serialize(path)
    assert path.read_bytes() == earlier
    assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]
    with pytest.raises(KGError, match="cannot be written"):
        sample_graph().serialize(path / "below" / "graph.ttl")


def test_save_writes_store_turtle_and_page(tmp_path: Path) -> None:
    saved = sample_graph().save(tmp_path / "memory")
    created = KnowledgeGraph.create(tmp_path / "disk" / "graph.db", ONTOLOGY)
    with saved, fill(created, sample()).save(tmp_path / "disk") as disk:
        assert saved.claims() == disk.claims()
        for folder in ("memory", "disk"):
            files = sorted(path.name for path in (tmp_path / folder).iterdir())
            assert files == ["graph.db", "graph.html", "graph.ttl"]
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "memory" / name).read_bytes() == (tmp_path / "disk" / name).read_bytes()


def test_a_failed_save_leaves_the_earlier_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(KnowledgeGraph.memory(ONTOLOGY), sample()[:1]).save(tmp_path).close()
    earlier = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    def failing(*_: object) -> Path:
        raise KGError("the page fell over")

    monkeypatch.setattr(KnowledgeGraph, "page", failing)
    with pytest.raises(KGError, match="fell over"):
        sample_graph().save(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == earlier
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.db", "graph.html", "graph.ttl"]
    with KnowledgeGraph.open(tmp_path / "graph.db", ONTOLOGY) as graph:
        assert [document.id for document in graph.documents()] == ["halden"]


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, names)
def test_any_label_is_read_by_both(tmp_path: Path, one: str, other: str) -> None:
    text = f"{one} bought {other}"
    classes = {one: "Organization", other: "Product"}
    graph = KnowledgeGraph.memory(ONTOLOGY)
    claims = all_claims([extraction(one, text, (one, "acquired", other), classes=classes)])
    graph.add(claims, [Document(one, text, title=other, source=text)], RUN)
    path = graph.serialize(tmp_path / "graph.ttl")
    parsed = {str(quad.triple) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert parsed == stated(graph)
    read = rdflib.Graph().parse(path)
    lines = read.serialize(format="nt", encoding="utf-8").decode("utf-8")
    assert {str(quad.triple) for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)} == stated(graph)
