"""Validation: sound graphs conform, and each way to damage one is found at its place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import SH, XSD, Graph, URIRef

from kg.cli.building import BuildProgress, summary
from kg.graph import KnowledgeGraph
from kg.ontology import load_ontology, ontology_path
from kg.validate import Report, examine
from kg.validate.screen import is_sound
from kg.validate.shapes import SHAPE, hierarchy, shapes
from kg.vocab import KG, NIF, PREFIXES, PROV, RDF, SCHEMA
from tests.factories import ONTOLOGY, extraction, fill, sample, sample_graph
from tests.running import run_kg

LAW = replace(ONTOLOGY, sha256="0123")  # the hash of the run of the sample


def sound() -> KnowledgeGraph:
    return fill(KnowledgeGraph.memory(LAW), sample())


def damaged(update: str) -> KnowledgeGraph:
    graph = sound()
    before = {str(triple) for triple in graph.triples()}
    assert isinstance(graph.engine, ox.Store)
    graph.engine.update(update, prefixes=PREFIXES)
    assert {str(triple) for triple in graph.triples()} != before
    return graph


def shapes_of(report: Report) -> set[str]:
    return {violation.shape.removeprefix(SHAPE) for violation in report.violations}


def test_a_sound_graph_conforms() -> None:
    report = sound().validate()
    assert report == Report(3, 9, (), ())
    assert report.conforms
    assert b"sh:conforms true" in report.turtle()


# Nodes of the sample: the one denied claim, its sentence, others by what they have.
CLAIM = "?x rdf:predicate news:acquired"
SPAN = "?claim rdf:predicate news:acquired ; prov:wasDerivedFrom ?x"
FOUNDED = "?x rdf:predicate news:founded_on"
TEXT = "?x nif:sourceUrl doc:ostara"
RUN = "?x kg:model ?model"
ANY = "?x a ?class"


def drop(node: str, predicate: str = "?p") -> str:
    """An update that takes out what is said of a node with a predicate, or all."""
    return f"DELETE {{ ?x {predicate} ?o }} WHERE {{ {node} . ?x {predicate} ?o }}"


def put(node: str, predicate: str, value: str) -> str:
    """An update that adds something to a node."""
    return f"INSERT {{ ?x {predicate} {value} }} WHERE {{ {node} }}"


def change(node: str, predicate: str, value: str) -> str:
    """An update that replaces a value; ``?o`` is the old one."""
    where = f"{node} . ?x {predicate} ?o BIND({value} AS ?n)"
    return f"DELETE {{ ?x {predicate} ?o }} INSERT {{ ?x {predicate} ?n }} WHERE {{ {where} }}"


def thing(name: str) -> str:
    return f"VALUES ?x {{ {name} }}"


@pytest.mark.parametrize(
    ("update", "found"),
    [
        # The sentence is gone, or has changed.
        (drop(SPAN), {"claim-sentence"}),
        (drop(SPAN, "nif:anchorOf"), {"sentence-text"}),
        (change(SPAN, "nif:anchorOf", '"It bought it."'), {"quote"}),
        # An offset is shifted, missing, or behind the end.
        (change(SPAN, "nif:beginIndex", "?o + 1"), {"quote", "offsets"}),
        (change(SPAN, "nif:endIndex", "3"), {"quote", "offsets", "sentence-begin"}),
        (drop(SPAN, "nif:endIndex"), {"sentence-end"}),
        (change(CLAIM, "kg:triggerBegin", "?o - 2"), {"quote"}),
        (change(CLAIM, "kg:triggerBegin", "-1"), {"claim-trigger-begin"}),
        (change(FOUNDED, "kg:objectAsWritten", '"2012"@en'), {"quote"}),
        # The text is not the one that was read.
        (change(TEXT, "nif:isString", 'REPLACE(?o, "named", "calls")'), {"quote", "hash"}),
        (change(thing("doc:halden"), "dcterms:title", '"Else"@en'), {"hash"}),
        # The class of a thing is wrong, unknown, or missing; so is its label.
        (change(thing("e:Mira_Solberg"), "rdf:type", "news:Place"), {"domain-ceo_of"}),
        (change(thing("e:Lumen_OS"), "rdf:type", "news:Elsewhere"), {"range-uses"}),
        (drop(thing("e:Lumen_OS"), "rdf:type"), {"range-uses", "entity"}),
        (drop(thing("e:Quill_Wire"), "rdfs:label"), {"entity"}),
        (
            change(FOUNDED, "rdf:object", "e:Ostara"),
            {"range-founded_on", "plain-triple", "plain-triple-claim"},
        ),
        (change(CLAIM, "rdf:object", '"Ostara"'), {"range-acquired"}),
        # Statuses, scores, dates, amounts.
        (put(CLAIM, "kg:status", "kg:asserted"), {"claim-status", "plain-triple"}),
        (drop(CLAIM, "kg:status"), {"claim-status"}),
        (change(CLAIM, "kg:status", "kg:sure"), {"claim-status"}),
        (put(CLAIM, "kg:score", "1.5"), {"claim-score"}),
        (change(ANY, "kg:latest", '"2018-01-01"^^xsd:date'), {"claim-earliest"}),
        (change(ANY, "schema:currency", '"dollars"'), {"claim-currency"}),
        (change(ANY, "kg:amount", "1e9"), {"claim-amount"}),
        # Parts of a claim are missing, double, or of the wrong kind.
        (f"DELETE {{ ?x a kg:Claim }} WHERE {{ {CLAIM} }}", {"claim-class"}),
        (f"DELETE {{ ?x a rdf:Statement }} WHERE {{ {CLAIM} }}", {"claim-statement"}),
        (drop(CLAIM, "rdf:subject"), {"claim-subject"}),
        (drop(CLAIM, "rdf:predicate"), {"claim-predicate"}),
        (put(CLAIM, "rdf:object", "e:Halden"), {"claim-object"}),
        (drop(CLAIM, "kg:trigger"), {"claim-trigger"}),
        ("DELETE DATA { e:Halden news:partner_of e:Ostara }", {"plain-triple"}),
        ("INSERT DATA { e:Ostara news:supplies e:Halden }", {"plain-triple-claim"}),
        ("INSERT DATA { <x:a> news:supplies <x:b> }", {"plain-triple-claim"}),
        # Documents, runs, software.
        (drop(thing("doc:ostara")), {"context-document", "document-id", "document-hash"}),
        (drop(thing("doc:ostara"), "rdf:type"), {"context-document"}),
        (drop(thing("doc:ostara"), "dcterms:identifier"), {"document-id"}),
        (drop(TEXT), {"sentence-context", "document-text"}),
        (drop(RUN), {"claim-run", "run-model", "run-ontology", "run-software"}),
        (drop(ANY, "kg:version"), {"software-version"}),
        (put(RUN, "kg:option", '"fast"'), {"run-option"}),
    ],
)
def test_what_is_damaged_is_found(update: str, found: set[str]) -> None:
    report = damaged(update).validate()
    assert shapes_of(report) == found
    assert not report.conforms
    assert all(violation.message and violation.node for violation in report.violations)


#: What a claim need not have, and the texts, which may be left out.
OPTIONAL = {
    *(KG[name] for name in ("amount", "earliest", "latest", "objectAsWritten", "option", "phrase", "score")),
    *(KG[name] for name in ("attributedTo", "time", "timeAsWritten")),
    *(NIF.isString, PROV.wasGeneratedBy, SCHEMA.currency),
}


def sample_quads() -> list[ox.Quad]:
    engine = sound().engine
    assert isinstance(engine, ox.Store)
    return list(engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))


#: Values of every kind, some of them no values of their datatype.
VALUES = [
    *(ox.Literal("x", language="en"), ox.Literal(""), ox.Literal("2018"), ox.Literal(-1), ox.Literal(7)),
    *(ox.Literal(value, datatype=ox.NamedNode(XSD.date)) for value in ("2018-02-30", "2031-01-01")),
    *(ox.Literal(value, datatype=ox.NamedNode(XSD.decimal)) for value in ("0.5", "1.5")),
    ox.Literal("2018", datatype=ox.NamedNode(XSD.gYear)),
]


def test_whatever_triple_is_missing_is_found() -> None:
    graph = sound()
    engine = graph.engine
    assert isinstance(engine, ox.Store)
    kinds = {  # one triple of each predicate, and of each class
        (quad.predicate, quad.object if quad.predicate.value == RDF.type else None): quad
        for quad in sorted(engine.quads_for_pattern(None, None, None, ox.DefaultGraph()), key=str)
    }
    assert len(kinds) > 50
    missed = set()
    for quad in kinds.values():
        engine.remove(quad)
        if graph.validate().conforms:
            missed.add(quad.predicate.value)
        engine.add(quad)
    assert missed == OPTIONAL


QUADS = sorted(sample_quads(), key=str)


@given(
    removed=st.lists(st.sampled_from(QUADS), max_size=2),
    crossed=st.lists(st.tuples(st.sampled_from(QUADS), st.sampled_from(QUADS)), max_size=2),
    retold=st.lists(st.tuples(st.sampled_from(QUADS), st.sampled_from(VALUES)), max_size=2),
)
def test_no_question_misses_what_the_validator_finds(
    removed: list[ox.Quad], crossed: list[tuple[ox.Quad, ox.Quad]], retold: list[tuple[ox.Quad, ox.Literal]]
) -> None:
    engine = sound().engine
    assert isinstance(engine, ox.Store)
    for quad in removed:
        engine.remove(quad)
    for quad, other in crossed:
        engine.add(ox.Quad(quad.subject, quad.predicate, other.object))
    for quad, value in retold:
        engine.remove(quad)
        engine.add(ox.Quad(quad.subject, quad.predicate, value))
    alone = is_sound(engine, shapes(LAW), hierarchy(LAW))
    if alone:
        assert not examine(engine, LAW, None).violations
    assert is_sound(engine, shapes(LAW), hierarchy(LAW), jobs=2) == alone


def test_a_sound_graph_needs_no_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = sound()
    monkeypatch.delattr("pyshacl.validate")
    assert graph.validate() == graph.validate(["halden", "ostara", "quill wire"]) == Report(3, 9, (), ())
    assert graph.validate(jobs=2) == Report(3, 9, (), ())


def test_a_violation_names_its_place() -> None:
    (found,) = damaged(change(thing("e:Lumen_OS"), "rdf:type", "news:Place")).validate().violations
    assert (found.document, found.start) == ("quill wire", 0)
    assert found.sentence == "Kestrel Labs plans to use Lumen OS, Quill Wire said."
    assert found.message == "the object of uses must be Product or Organization, not Place"
    assert found.claim.startswith(PREFIXES["claim"] + "Kestrel_Labs-uses-Lumen_OS-")
    assert found.value == PREFIXES["e"] + "Lumen_OS"


def test_what_follows_is_not_validated_and_changes_nothing() -> None:
    graph = sound()
    assert graph.query("ASK {}")  # what follows is inferred
    assert graph.validate().conforms


def test_only_some_documents() -> None:
    graph = damaged(drop(thing("e:Mira_Solberg"), "rdf:type"))
    assert graph.validate(["ostara", "quill wire"]) == Report(2, 3, (), ())
    assert graph.validate([]) == Report(0, 0, (), ())
    assert shapes_of(graph.validate(["halden"])) == {"domain-ceo_of", "entity"}


def test_batches_do_not_change_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    update = "DELETE { ?e a ?o } WHERE { ?e a ?o FILTER(?o IN (news:Product, news:Person, nif:Sentence)) }"
    whole = damaged(update).validate()
    monkeypatch.setattr("kg.validate.batch.SIZE", 1)
    assert damaged(update).validate() == whole
    assert len(whole.violations) > 5


def test_another_ontology_is_noted() -> None:
    (note,) = sample_graph().validate().notes
    assert note.startswith("the graph was built with another ontology than tiny.ttl as it is now")


def test_texts_that_are_left_out_are_noted() -> None:
    report = damaged(drop(ANY, "nif:isString")).validate()
    assert report.conforms
    assert report.notes == ("texts that are not in the graph, so that no quote could be compared: 3",)


# ---- the report -------------------------------------------------------------------------------------


def test_the_report_in_turtle_is_one_of_shacl() -> None:
    update = f"{drop(thing('e:Lumen_OS'), 'rdf:type')} ; {put('?x a kg:Claim', 'kg:score', '7.5')}"
    report = damaged(update).validate()
    turtle = report.turtle()
    assert turtle == damaged(update).validate().turtle()
    graph = Graph().parse(data=turtle)
    (whole,) = graph.subjects(SH.conforms)
    results = set(graph.objects(whole, SH.result))
    assert len(results) == len({(v.node, v.path, v.value, v.shape) for v in report.violations})
    for field in (
        SH.focusNode,
        SH.resultMessage,
        SH.resultSeverity,
        SH.sourceConstraintComponent,
        SH.sourceShape,
    ):
        assert set(graph.subjects(field)) == results


def test_the_shapes_are_sound_themselves() -> None:
    for ontology in (ONTOLOGY, load_ontology()):
        graph = shapes(ontology) + hierarchy(ontology)
        conforms, _, text = pyshacl.validate(Graph(), shacl_graph=graph, meta_shacl=True)
        assert conforms, text


def test_the_shapes_of_the_file_hold_by_themselves(tmp_path: Path) -> None:
    """Who has nothing but the files can validate with any tool."""
    file = sound().serialize(tmp_path / "graph.ttl")
    arguments = {"shacl_graph": str(ontology_path("news.shapes.ttl")), "data_graph_format": "turtle"}
    assert pyshacl.validate(str(file), **arguments)[0]
    file.write_text(file.read_text(encoding="utf-8").replace("kg:denied", "kg:sure"), encoding="utf-8")
    conforms, report, _ = pyshacl.validate(str(file), **arguments)
    assert not conforms
    assert isinstance(report, Graph)
    assert set(report.objects(None, SH.sourceShape)) == {SHAPE["claim-status"]}


def test_every_shape_has_a_name_a_target_and_a_message() -> None:
    graph = shapes(load_ontology())
    names = set(graph.subjects(SH.message))
    assert len(names) > 100
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    for name in names:
        assert isinstance(name, URIRef)
        assert any((name, target, None) in graph for target in targets), name
    assert set(graph.subjects(SH.path)) <= names


# ---- any ontology -----------------------------------------------------------------------------------

FOREIGN = """
@prefix : <https://example.org/club#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Player a owl:Class ; rdfs:subClassOf :Person . :Person a owl:Class . :Club a owl:Class .
:playsFor a owl:ObjectProperty ; rdfs:domain :Player ; rdfs:range :Club .
:knows a owl:ObjectProperty ; rdfs:domain :Person ;
    rdfs:range [ a owl:Class ; owl:unionOf ( :Person :Club ) ] .
:born a owl:DatatypeProperty ; rdfs:domain :Person ; rdfs:range xsd:date .
"""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (":a a :Player ; :playsFor :c ; :knows :c , :a ; :born '2001'^^xsd:gYear . :c a :Club .", set()),
        (":a a :Person ; :playsFor :c . :c a :Club .", {"domain-playsFor"}),
        (":a a :Player ; :playsFor :a , 'x' .", {"range-playsFor"}),
        (":a a :Club ; :knows :b . :b a :Elsewhere .", {"domain-knows", "range-knows"}),
        (":a a :Person ; :born 2001 .", {"range-born"}),
    ],
)
def test_domains_and_ranges_of_any_ontology(data: str, found: set[str], tmp_path: Path) -> None:
    (tmp_path / "club.ttl").write_text(FOREIGN, encoding="utf-8")
    ontology = load_ontology(tmp_path / "club.ttl")
    graph = Graph().parse(data=FOREIGN.split(":Player")[0] + data) + hierarchy(ontology)
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(ontology))
    assert isinstance(report, Graph)
    assert {str(shape).removeprefix(SHAPE) for shape in report.objects(None, SH.sourceShape)} == found


# ---- as a command -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "Halden bought Ostara.\nMira Solberg leads Ostara."
    found = extraction(
        "a.txt", text, ("Halden", "acquired", "Ostara"), ("Mira Solberg", "ceo_of", "Ostara"), source="a.txt"
    )
    with KnowledgeGraph.create(tmp_path / "good.db") as graph:
        fill(graph, [found])
        graph.commit()
    with KnowledgeGraph.create(tmp_path / "bad.db") as graph:
        fill(graph, [found])
        assert isinstance(graph.engine, ox.Store)
        graph.engine.update(
            "DELETE { ?e a ?o } INSERT { ?e a news:Place } WHERE { ?e a ?o FILTER(?o = news:Person) } ;"
            'DELETE { ?s nif:anchorOf ?o } INSERT { ?s nif:anchorOf "Halden sold it." }'
            ' WHERE { ?s nif:anchorOf ?o FILTER(STRSTARTS(?o, "Halden")) }',
            prefixes=PREFIXES,
        )
        graph.commit()
    return tmp_path


def test_the_command(folder: Path) -> None:
    good = run_kg(["validate", "--store", "good.db"], cwd=folder).stdout.splitlines()
    assert good[0] == "documents: 1, claims: 2, violations: 0"
    bad = run_kg(["validate", "--store", "bad.db"], cwd=folder, code=1).stdout.splitlines()
    assert bad[:6] == [
        'a.txt: the sentence is not what the text has there: “Halden bought Ostara.”: "Halden sold it."',
        "    “Halden sold it.” at character 0",
        "    doc:atxt#char=0,21, nif:anchorOf",
        "a.txt: the subject of ceo_of must be Person, not Place: e:Mira_Solberg",
        "    “Mira Solberg leads Ostara.” at character 22",
        bad[5],
    ]
    assert bad[5].startswith("    claim:Mira_Solberg-ceo_of-Ostara-")
    assert bad[6] == "documents: 1, claims: 2, violations: 2"
    assert [line.split()[0] for line in bad[7:]] == ["note:", "The", "The"]
    turtle = run_kg(["validate", "--store", "bad.db", "--format", "ttl"], cwd=folder, code=1).stdout
    assert (None, SH.conforms, None) in Graph().parse(data=turtle)


def test_processes_find_what_one_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with KnowledgeGraph.open(folder / "bad.db") as graph:
        alone = graph.validate(graph.hashes())
        monkeypatch.setattr("kg.validate.MANY", 1)
        assert graph.validate(graph.hashes(), jobs=2) == alone
    assert not alone.conforms


def test_the_report_as_json() -> None:
    report = damaged(drop(CLAIM, "kg:status")).validate()
    plain = json.loads(json.dumps(report.as_json()))
    assert (plain["conforms"], plain["documents"], plain["claims"]) == (False, 3, 9)
    assert [violation["shape"] for violation in plain["violations"]] == [str(SHAPE["claim-status"])]


def test_a_build_warns(capsys: pytest.CaptureFixture[str]) -> None:
    progress = BuildProgress([])
    for found in sample():
        progress.update(found.document, found)
    summary(sound(), progress, Path("output"), None)
    assert "Warning" not in capsys.readouterr().out
    summary(damaged(change(CLAIM, "kg:triggerBegin", "?o - 2")), progress, Path("output"), None)
    assert "Warning: 1 violation of the shapes; see it with  kg validate" in capsys.readouterr().out


@pytest.mark.model
def test_the_graph_of_the_seeds_conforms(seeds_output: Path) -> None:
    with KnowledgeGraph.open(seeds_output / "graph.db") as graph:
        report = graph.validate()
    assert (report.violations, report.notes, report.documents) == ((), (), 4)
