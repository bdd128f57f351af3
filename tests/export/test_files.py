"""Files for other tools: the same triples, the same bytes, read by whoever reads RDF."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KGError, UsageError
from kg.graph import KnowledgeGraph
from tests.factories import ONTOLOGY, fill, sample, sample_graph
from tests.running import ROOT

FORMATS = ("jsonld", "nq", "nt", "owl", "rdf", "trig", "ttl")


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
        "g = sample_graph(); g.page(sys.argv[2]); [g.serialize(file) for file in sys.argv[3:]]\n"
        "Path(sys.argv[1]).write_text(repr(analyze(g.facts())) + repr(g.facts()) + repr(g.entities()))"
    )
    made = []
    for seed in ("0", "1", "4711"):
        files = [tmp_path / f"{seed}.{suffix}" for suffix in ("txt", "html", *FORMATS)]
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
        ("graph", "no suffix.*Available: .*jsonld, nq, nt, owl, .*rdf, trig, ttl"),
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
    monkeypatch.setattr(graph, "lines", lambda *_, **__: iter([b"<a> nonsense\n"]))
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
