"""``kg verify``: a graph is what its documents say, and whatever was changed since is found."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.corpus import CORPUS, Corpus, built_with
from kg.graph import KnowledgeGraph
from kg.model import Document, Run
from kg.ontology import load_ontology
from kg.pipeline import build
from kg.readers import read
from kg.verify import compare, recorded_runs, verify
from kg.vocab import PREFIXES
from tests.factories import RUN, all_claims, sample, sample_graph
from tests.running import run_kg

# ---- without the model ------------------------------------------------------------------------------


def stored(path: Path, run: Run | None = RUN) -> Path:
    """The sample in a store, found by a run."""
    with KnowledgeGraph.create(path) as graph:
        graph.add(all_claims(sample()), [found.document for found in sample()], run)
        graph.commit()
    return path


def change(path: Path, update: str) -> None:
    """Change a store behind the program's back."""
    store = ox.Store(str(path))
    before = {str(quad) for quad in store}
    store.update(update, prefixes=PREFIXES)
    store.flush()
    assert {str(quad) for quad in store} != before


def test_the_runs_that_are_recorded() -> None:
    assert list(recorded_runs(sample_graph())) == [RUN]
    assert list(recorded_runs(KnowledgeGraph.memory())) == []


TODAY = replace(RUN, ontology=load_ontology().sha256, options=())


@pytest.mark.parametrize(
    ("run", "reasons"),
    [
        (None, ["the graph records 0 runs, and one can be repeated"]),
        (
            replace(TODAY, ontology="0123"),
            ["it was built with another ontology (SHA-256 0123…) than news.ttl is now"],
        ),
        (replace(TODAY, version="0.0.9"), ["it was built with claimgraph 0.0.9, and this is 0.1.0"]),
        (
            replace(TODAY, options=(("colour", "red"), ("min_score", "0.5"))),
            ["it was built with the option colour=red, which cannot be repeated here"],
        ),
        (
            replace(TODAY, version="0.0.9", ontology="0123"),
            ["it was built with claimgraph 0.0.9", "it was built with another"],
        ),
    ],
)
def test_why_a_graph_cannot_be_built_again(run: Run | None, reasons: list[str], tmp_path: Path) -> None:
    found = verify(stored(tmp_path / "graph.db", run))
    assert not found.verified
    assert found.difference is None
    for text, reason in zip(reasons, found.unrepeatable, strict=True):
        assert reason.startswith(text)


def test_a_graph_without_texts_cannot_be_built_again(tmp_path: Path) -> None:
    path = stored(tmp_path / "graph.db", TODAY)
    change(path, "DELETE { ?x nif:isString ?o } WHERE { ?x nif:isString ?o ; nif:sourceUrl doc:ostara }")
    assert verify(path).unrepeatable == ("the text of ostara is not in the graph",)


def test_how_graphs_differ(tmp_path: Path) -> None:
    one, other = sample_graph(), sample_graph()
    turtle = one.serialize(tmp_path / "stored.ttl")
    assert compare(one, other, turtle) is None
    assert isinstance(other.engine, ox.Store)
    other.engine.update(
        "INSERT DATA { e:a a e:b } ; DELETE WHERE { ?x a prov:SoftwareAgent }", prefixes=PREFIXES
    )
    found = compare(one, other, turtle)
    assert found is not None
    assert (found.stored, found.rebuilt) == (1, 1)
    assert "SoftwareAgent" in found.only_stored[0]
    assert found.only_rebuilt[0].startswith(f"<{PREFIXES['e']}a> ")


def test_what_a_build_remembers(tmp_path: Path) -> None:
    law = tmp_path / "law.ttl"
    law.write_text("", encoding="utf-8")
    options = {"ontology": str(law), "model": "some_model", "min_score": None, "decisions": "gone.yaml"}
    with Corpus(tmp_path / CORPUS, "maker") as corpus:
        corpus.keep([], options)
    assert built_with(tmp_path / "graph.db") == {"ontology": str(law), "model": "some_model"}
    assert built_with("http://localhost:1/") == built_with(tmp_path / "other" / "graph.db") == {}


def test_another_base_cannot_be_built_again(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", base_iri="https://d.example/") as graph:
        graph.add([], [Document("a", "Text.")], TODAY)
        graph.commit()
    (reason,) = verify(tmp_path / "graph.db").unrepeatable
    assert reason.startswith("its data are under https://d.example/, and builds put them under")


OLD = replace(TODAY, version="0.0.9")  # nothing is built again


def test_files_that_say_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = {"id": "b", "text": "Ostara sued Kestrel.", "title": "Court", "date": "2024-05-01"}
    (tmp_path / "a.txt").write_text("Halden bought Ostara.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with KnowledgeGraph.create("graph.db") as graph:
        graph.add([], read(["a.txt", "b.jsonl"]), OLD)
        graph.add([], [Document("c", "From a pipe."), Document("d", "Web.", source="https://d.org/x")], OLD)
        graph.commit()
    found = verify("graph.db")
    assert (found.changed, found.missing) == ((), ("c", "d"))
    (tmp_path / "a.txt").write_text("Halden sold Ostara.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({**line, "title": "Else"}), encoding="utf-8")
    assert verify("graph.db").changed == ("a", "b")
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.jsonl").write_text(json.dumps({**line, "id": "e"}), encoding="utf-8")
    found = verify("graph.db")
    assert (found.changed, found.missing) == (("b",), ("a", "c", "d"))


def test_a_turtle_file_of_another_graph(tmp_path: Path) -> None:
    path = stored(tmp_path / "graph.db", OLD)
    assert verify(path).foreign == ()
    with KnowledgeGraph.open(path) as graph:
        turtle = graph.serialize(tmp_path / "graph.ttl")
    assert verify(path).foreign == ()
    turtle.write_text(
        turtle.read_text(encoding="utf-8").replace("kg:denied", "kg:asserted"), encoding="utf-8"
    )
    assert verify(path).foreign == ("graph.ttl",)


def test_the_command_as_json(tmp_path: Path) -> None:
    stored(tmp_path / "graph.db", None)
    done = run_kg(["verify", "--store", "graph.db", "--format", "json"], cwd=tmp_path, code=1)
    found = json.loads(done.stdout)
    assert (found["verified"], found["documents"], found["report"]["claims"]) == (False, 3, 9)
    assert found["unrepeatable"] == ["the graph records 0 runs, and one can be repeated"]


# ---- with the model ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of two small texts, and its Turtle file."""
    folder = tmp_path_factory.mktemp("verify")
    lines = (
        {"id": "a", "text": "Halden Motors acquired Ostara Foods in 2016."},
        {"id": "b", "text": "Ostara Foods sued Kestrel Labs.", "title": "Court", "date": "2024-05-01"},
    )
    texts = folder / "texts.jsonl"
    texts.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    known = folder / "known.ttl"
    known.write_text(
        '<x:h> a <https://schema.org/Organization> ; <https://schema.org/name> "Halden Motors" .'
    )
    build(texts, folder, min_score=0.01, backbone=[known]).close()
    return folder / "graph.db"


@pytest.mark.model
def test_what_was_not_touched_is_verified(built: Path) -> None:
    found = verify(built)
    assert found.verified
    assert (found.documents, found.report.claims, found.missing) == (2, 2, ("a", "b"))
    assert [name for name, _ in found.runs[0].options] == ["backbone", "min_score"]


LAW = """
@prefix : <https://example.org/club#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Firm a owl:Class ; lex:nerLabel "ORG" .
:sued a owl:ObjectProperty ; rdfs:domain :Firm ; rdfs:range :Firm ; rdfs:subPropertyOf :met ;
    lex:verb "sue"@en .
:met a owl:ObjectProperty , owl:SymmetricProperty .
"""


@pytest.mark.model
def test_an_ontology_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Ostara Foods sued Kestrel Labs.", encoding="utf-8")
    (tmp_path / "law.ttl").write_text(LAW, encoding="utf-8")
    build("a.txt", "output", ontology="law.ttl").close()
    assert verify("output/graph.db").verified
    why = run_kg(["why", "Kestrel Labs", "met", "Ostara Foods"], cwd=tmp_path).stdout
    assert why.splitlines()[0] == "Kestrel Labs —met→ Ostara Foods  is inferred"


@pytest.mark.model
def test_another_backbone_is_said(built: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(built, tmp_path / "graph.db"))
    change(path, 'INSERT DATA { GRAPH kg:backbone { <x:h> rdfs:label "Halden" } }')
    assert verify(path).unrepeatable == (
        "the backbone in the store is not the one that it was built with: build it again",
    )


HALDEN, OSTARA = "<x:h>", "e:Ostara_Foods"


@pytest.mark.model
@pytest.mark.parametrize(
    ("update", "stored", "rebuilt", "sound"),
    [
        # A triple that no sentence says.
        (f"INSERT DATA {{ {HALDEN} news:sued {OSTARA} }}", 1, 0, False),
        # One that follows from nothing.
        (f"INSERT DATA {{ GRAPH kg:inferred {{ {OSTARA} news:owns {HALDEN} }} }}", 1, 0, True),
        # A score, and a claim that is taken out.
        ("DELETE { ?c kg:score ?o } INSERT { ?c kg:score 0.1 } WHERE { ?c kg:score ?o }", 2, 2, True),
        ("DELETE { ?c kg:time ?o } WHERE { ?c kg:time ?o }", 0, 1, True),
        # A text and a quote that fit each other, and not the hash.
        (
            "DELETE { ?x ?p ?o } INSERT { ?x ?p ?n } WHERE { VALUES ?p { nif:isString nif:anchorOf } ?x ?p ?o"
            ' FILTER(CONTAINS(?o, "sued")) BIND(REPLACE(?o, "sued", "owns") AS ?n) }',
            2,
            2,
            False,
        ),
    ],
)
def test_what_was_changed_is_found(
    update: str, stored: int, rebuilt: int, sound: bool, built: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copytree(built, tmp_path / "graph.db"))
    change(path, update)
    with KnowledgeGraph.open(path) as tampered, KnowledgeGraph.open(built) as again:
        found = compare(tampered, again, tampered.serialize(tmp_path / "stored.ttl"))
        assert tampered.validate().conforms is sound
    assert found is not None
    assert (found.stored, found.rebuilt) == (stored, rebuilt)


@pytest.mark.model
@pytest.mark.slow
def test_the_command_finds_what_was_changed(seeds_output: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds_output, tmp_path / "output")
    change(tmp_path / "output" / "graph.db", "INSERT DATA { e:OpenAI news:acquired e:Microsoft }")
    lines = run_kg(["verify"], cwd=tmp_path, code=1).stdout.splitlines()
    iri = PREFIXES["e"]
    assert lines[2:] == [
        "built again: triples only in the store: 1, only in the rebuilt graph: 0",
        f"  - <{iri}OpenAI> <{PREFIXES['news']}acquired> <{iri}Microsoft> .",
        "quotes, hashes and shapes: 1 violation, see kg validate",
        "source files: 0 unchanged, 0 changed, 4 not found",
        "graph.ttl: not of this store; write it again with kg export",
        "NOT verified",
    ]
