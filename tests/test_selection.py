"""A part of a graph stands by itself: the claims that fit, all that they need, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity, Qualifiers
from kg.ontology import load_ontology
from kg.vocab import BASE_IRI, NEWS, RDF, local_name
from tests.factories import ONTOLOGY, extraction, fill, sample, sample_graph
from tests.running import run_kg

CASES: list[tuple[dict[str, Any], Callable[[Claim], bool]]] = [
    ({}, lambda _: True),
    ({"statuses": ["asserted"]}, lambda c: c.qualifiers.status == "asserted"),
    ({"statuses": ["denied"]}, lambda c: c.qualifiers.status == "denied"),
    ({"statuses": ["denied", "planned"]}, lambda c: c.qualifiers.status in ("denied", "planned")),
    ({"documents": ["quill wire"]}, lambda c: c.evidence.document == "quill wire"),
    ({"documents": [f"{BASE_IRI}document/ostara"]}, lambda c: c.evidence.document == "ostara"),
    ({"documents": ["ostara", "quill wire"]}, lambda c: c.evidence.document != "halden"),
    ({"relations": ["partner_of"]}, lambda c: local_name(c.predicate) == "partner_of"),
    ({"relations": ["news:uses", "ceo of"]}, lambda c: local_name(c.predicate) in ("uses", "ceo_of")),
    ({"entities": ["Ostara"]}, lambda c: "Ostara" in ends(c)),
    ({"entities": ["Mira Solberg", "e:Lumen_OS"]}, lambda c: {"Mira Solberg", "Lumen OS"} & ends(c)),
    ({"entities": ["Ostara"], "statuses": ["asserted"], "documents": ["halden"]},
     lambda c: "Ostara" in ends(c) and c.qualifiers.status == "asserted" and c.evidence.document == "halden"),
    ({"min_score": 0.5}, lambda _: True),
    ({"min_score": 0.51}, lambda _: False),
    ({"entities": ["Quill Wire"]}, lambda _: False),  # it only speaks
]  # fmt: skip


def ends(claim: Claim) -> set[str]:
    return {end.name for end in (claim.subject, claim.object) if isinstance(end, Entity)}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


@pytest.mark.parametrize(("wanted", "fits"), CASES)
def test_the_claims_that_fit_come_whole(
    graph: KnowledgeGraph, wanted: dict[str, Any], fits: Callable[[Claim], bool]
) -> None:
    part = graph.select(**wanted)
    claims = [claim for claim in graph.claims() if fits(claim)]
    assert part.claims() == claims
    named = {end for c in claims for end in (c.subject, c.object, c.attributed_to) if isinstance(end, Entity)}
    assert part.entities() == sorted(named, key=lambda entity: entity.iri)
    told = {claim.evidence.document for claim in claims}
    assert part.documents() == [document for document in graph.documents() if document.id in told]


@pytest.mark.parametrize(("wanted", "fits"), CASES)
def test_a_part_holds_what_it_needs_and_no_more(
    graph: KnowledgeGraph, wanted: dict[str, Any], fits: Callable[[Claim], bool]
) -> None:
    triples = set(graph.select(**wanted).triples())
    assert triples <= set(graph.triples())
    subjects = {triple.subject.value for triple in triples}
    pointed = {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
    assert {iri for iri in pointed if iri.startswith(BASE_IRI)} <= subjects
    assert all(s in pointed or f"{BASE_IRI}claim/" in s for s in subjects)
    plain = {c.iri for c in graph.claims() if fits(c) and c.qualifiers.status in ("asserted", "planned")}
    supported = {said(iri, triples) for iri in plain}
    relations = {prop.iri for prop in ONTOLOGY.properties.values()}
    assert {tuple(t) for t in triples if t.predicate.value in relations} == supported


def said(claim: str, triples: set[ox.Triple]) -> tuple[Any, ...]:
    found = {t.predicate.value: t.object for t in triples if t.subject.value == claim}
    return tuple(found[part] for part in (RDF.subject, RDF.predicate, RDF.object))


def test_all_of_it_is_the_same_file(graph: KnowledgeGraph, tmp_path: Path) -> None:
    whole, part = graph.serialize(tmp_path / "whole.ttl"), graph.select().serialize(tmp_path / "part.ttl")
    assert whole.read_bytes() == part.read_bytes()


def test_a_plain_triple_stays_only_with_its_claim() -> None:
    """One sentence asserts it, another denies it: the denial alone is no plain triple."""
    texts = [
        extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara")),
        extraction("b", "Halden bought Ostara?", ("Halden", "acquired", "Ostara", Qualifiers("denied"))),
    ]
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), texts)
    ask = "ASK { e:Halden news:acquired e:Ostara }"
    assert graph.select(documents=["a"]).query(ask)
    assert not graph.select(documents=["b"]).query(ask)
    assert graph.select(documents=["b"]).query("ASK { ?claim kg:status kg:denied }")


def test_what_other_programs_say_of_a_thing_stays_with_it() -> None:
    own = sample_graph()
    own.dataset.default_graph.parse(
        data=f"<{BASE_IRI}entity/Ostara> <http://x.y/isin> 'NO1'; <{NEWS.uses}> <http://x.y/s> . "
        f"<{BASE_IRI}entity/Old> <http://purl.org/dc/terms/isReplacedBy> <{BASE_IRI}entity/Ostara> .",
        format="turtle",
    )
    part = own.select(documents=["ostara"])
    assert part.query("ASK { e:Ostara <http://x.y/isin> 'NO1' . e:Old dcterms:isReplacedBy e:Ostara }")
    assert not part.query("ASK { e:Ostara news:uses ?x }")


def test_what_is_inferred_follows_from_the_part() -> None:
    law = load_ontology()
    texts = [extraction("a", "Halden took Ostara.", ("Halden", "partner_of", "Ostara")),
             extraction("b", "Kestrel took Ostara.", ("Kestrel", "partner_of", "Ostara"))]  # fmt: skip
    graph = fill(KnowledgeGraph.memory(law), texts)
    ask = "ASK { GRAPH kg:inferred { e:Ostara news:partner_of e:%s } }"
    assert [bool(graph.query(ask % name)) for name in ("Halden", "Kestrel")] == [True, True]
    part = graph.select(documents=["a"])
    assert [bool(part.query(ask % name)) for name in ("Halden", "Kestrel")] == [True, False]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"statuses": ["denid"]}, 'no status is called "denid". Did you mean "denied"'),
        ({"documents": ["haldn"]}, 'no document is called "haldn". Did you mean "halden"'),
        ({"relations": ["aquired"]}, 'no relation is called "aquired". Did you mean "acquired"'),
        ({"entities": ["Haldn"]}, 'nothing is called "Haldn". Did you mean "Halden"'),
        ({"min_score": 2}, "min_score is 2: it is a probability"),
    ],
)
def test_unknown_names(graph: KnowledgeGraph, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        graph.select(**wanted)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("part") / "graph.db"
    with KnowledgeGraph.create(place, ONTOLOGY) as graph:
        fill(graph, sample())
        graph.commit()
    return place


def test_the_command_writes_the_part(store: Path, graph: KnowledgeGraph, tmp_path: Path) -> None:
    wanted = ["--status", "asserted, planned", "--document", "ostara", "--document", "quill wire"]
    file = tmp_path / "part.trig"
    run_kg(["export", str(file), "--store", str(store), *wanted, "--no-text", "--no-inferred"])
    part = graph.select(statuses=["asserted", "planned"], documents=["ostara", "quill wire"])
    expected = part.serialize(tmp_path / "expected.trig", text=False, inferred=False)
    assert file.read_bytes() == expected.read_bytes()
    shaped = tmp_path / "axioms.owl"
    run_kg(["export", str(shaped), "--store", str(store), "--as", "owl-axiom", "--entity", "Ostara"])
    assert (
        shaped.read_bytes()
        == graph.select(entities=["Ostara"])
        .serialize(tmp_path / "expected.owl", shape="owl-axiom")
        .read_bytes()
    )


def test_an_empty_part_is_no_file(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "part.ttl"
    command = ["export", str(file), "--store", str(store), "--relation", "uses", "--status", "denied"]
    done = run_kg(command, code=1)
    assert done.stderr == "kg: no claim fits all that is asked for, so nothing is written; ask for less\n"
    assert not file.exists()


def test_an_empty_graph_is_a_valid_file(tmp_path: Path) -> None:
    for suffix in ("ttl", "nt", "nq", "trig", "jsonld", "rdf"):
        path = KnowledgeGraph.memory(ONTOLOGY).serialize(tmp_path / f"graph.{suffix}")
        assert list(ox.parse(path=str(path))) == []
