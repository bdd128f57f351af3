"""The shapes that other tools want, and parts: each says what the graph says, and no more."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, Graph, Literal, Namespace, URIRef

from kg import vocab
from kg.errors import UsageError
from kg.export.shapes import shapes
from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity
from kg.ontology import load_ontology
from kg.vocab import entity_iri, local_name
from tests.export.test_interop import HOSTILE, by_rdflib, held, labelled, oxigraph, with_inferred
from tests.factories import ONTOLOGY, fill, sample, sample_graph

KG, NIF = Namespace(vocab.KG.iri), Namespace(vocab.NIF.iri)
OA = Namespace("http://www.w3.org/ns/oa#")
SHAPES = ("ontolex", "owl-axiom", "rdf-1.2", "web-annotation")


def written(graph: KnowledgeGraph, folder: Path, shape: str) -> Graph:
    return Graph().parse(graph.serialize(folder / "graph.ttl", shape=shape))


def test_the_shapes() -> None:
    assert tuple(shapes()) == SHAPES


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_the_order_of_documents_does_not_matter(tmp_path: Path, shape: str) -> None:
    expected = sample_graph().serialize(tmp_path / "graph.nt", shape=shape).read_bytes()
    shuffled = fill(KnowledgeGraph.memory(ONTOLOGY), random.Random(7).sample(sample(), 3))
    assert shuffled.serialize(tmp_path / "other.nt", shape=shape).read_bytes() == expected


@pytest.mark.parametrize("shape", ["owl-axiom", "web-annotation"])
@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_every_format_says_the_same(tmp_path: Path, shape: str, suffix: str) -> None:
    graph = with_inferred(labelled(*HOSTILE))
    path = graph.serialize(tmp_path / f"graph.{suffix}", shape=shape)
    lines = graph.serialize(tmp_path / "graph.nt", shape=shape)
    datasets = [ox.Dataset(ox.parse(path=str(lines)))]
    for quads in (oxigraph(path), by_rdflib(path)):
        data = "".join(f"{quad} .\n" for quad in sorted(quads))
        datasets.append(ox.Dataset(ox.parse(data, format=ox.RdfFormat.N_QUADS)))
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert datasets[0] == datasets[1] == datasets[2]


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig"])
def test_rdf_1_2_reifies_what_rdf_1_1_states(tmp_path: Path, suffix: str) -> None:
    graph = labelled(*HOSTILE)
    fill(graph, sample())
    found = set(ox.parse(path=str(graph.serialize(tmp_path / f"graph.{suffix}", shape="rdf-1.2"))))
    terms = {(q.subject.value, q.object) for q in found if isinstance(q.object, ox.Triple)}
    assert terms == {(claim.iri, stated(claim)) for claim in graph.claims()}
    replaced = {str(term) for term in (RDF.subject, RDF.predicate, RDF.object)}
    kept = {
        triple
        for triple in graph.triples()
        if triple.predicate.value not in replaced and triple.object != ox.NamedNode(RDF.Statement)
    }
    assert {q.triple for q in found if q.predicate.value != f"{RDF}reifies"} == kept


def stated(claim: Claim) -> ox.Triple:
    value = claim.object
    if isinstance(value, Entity):
        term: ox.NamedNode | ox.Literal = ox.NamedNode(value.iri)
    else:
        datatype = value.datatype.replace("xsd:", "http://www.w3.org/2001/XMLSchema#")
        term = ox.Literal(value.value, datatype=ox.NamedNode(datatype))
    return ox.Triple(ox.NamedNode(claim.subject.iri), ox.NamedNode(claim.predicate), term)


@pytest.mark.parametrize("suffix", ["jsonld", "rdf", "owl"])
def test_rdf_1_2_needs_a_format_that_has_it(tmp_path: Path, suffix: str) -> None:
    message = rf"RDF 1.2 cannot be written as .{suffix} yet; choose one of .nq, .nt, .trig, .ttl"
    with pytest.raises(UsageError, match=message):
        sample_graph().serialize(tmp_path / f"graph.{suffix}", shape="rdf-1.2")
    assert not list(tmp_path.iterdir())


def test_an_axiom_is_only_what_is_a_plain_triple(tmp_path: Path) -> None:
    graph = sample_graph()
    found = written(graph, tmp_path, "owl-axiom")
    axioms = list(found.subjects(RDF.type, OWL.Axiom))
    plain = [claim for claim in graph.claims() if claim.qualifiers.status in ("asserted", "planned")]
    assert len(axioms) == len(plain) < len(graph.claims())
    assert not list(found.triples((None, KG.status, KG.denied)))
    for axiom in axioms:
        annotated = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        assert tuple(found.value(axiom, axis) for axis in annotated) in found


def test_an_axiom_shows_its_sentence(tmp_path: Path) -> None:
    found = written(sample_graph(), tmp_path, "owl-axiom")
    (axiom,) = found.subjects(KG.amount, None)
    assert found.value(axiom, RDFS.comment) == Literal("Halden invested $1 billion in Kestrel Labs in 2019.")
    document = found.value(axiom, DCTERMS.source)
    assert found.value(document, DCTERMS.title) == Literal('Halden\'s "big" bet', lang="en")


def test_all_that_owl_asks_for_is_declared(tmp_path: Path) -> None:
    """OWL 2 DL knows no property, class or individual that it was not told of."""
    found = written(sample_graph(), tmp_path, "owl-axiom")
    builtin = (str(OWL), str(RDF), str(RDFS))
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for predicate in set(found.predicates()):
        if not str(predicate).startswith(builtin):
            assert len(kinds & set(found.objects(predicate, RDF.type))) == 1, predicate
    for thing in found.subjects(RDF.type, OWL.NamedIndividual):
        classes = set(found.objects(thing, RDF.type)) - {OWL.NamedIndividual}
        assert all((kind, RDF.type, OWL.Class) in found for kind in classes)
        assert found.value(thing, RDFS.label)


def test_a_selector_finds_its_sentence(tmp_path: Path) -> None:
    graph = labelled(*(name for name in HOSTILE if name == name.strip()))
    fill(graph, sample())
    texts = {document.id: document.text for document in graph.documents()}
    found = written(graph, tmp_path, "web-annotation")
    annotations = list(found.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == len(graph.claims())
    for annotation in annotations:
        target = found.value(annotation, OA.hasTarget)
        text = texts[str(found.value(found.value(target, OA.hasSource), DCTERMS.identifier))]
        begin, end = place(found, target)
        (quote,) = [s for s in found.objects(target, OA.hasSelector) if (s, OA.exact, None) in found]
        before, exact, after = (str(found.value(quote, p)) for p in (OA.prefix, OA.exact, OA.suffix))
        assert text[begin:end] == exact
        assert text[max(0, begin - 32) : end + 32] == before + exact + after
        assert (found.value(annotation, OA.hasBody), RDF.type, KG.Claim) in found


def place(found: Graph, target: object) -> tuple[int, int]:
    (selector,) = [s for s in found.objects(target, OA.hasSelector) if (s, OA.start, None) in found]
    return int(str(found.value(selector, OA.start))), int(str(found.value(selector, OA.end)))


def test_an_annotation_holds_nothing_twice(tmp_path: Path) -> None:
    found = written(sample_graph(), tmp_path, "web-annotation")
    assert not list(found.triples((None, NIF.isString, None)))
    assert not list(found.triples((None, PROV.wasDerivedFrom, None)))
    halden = URIRef(entity_iri("Halden"))
    assert found.value(halden, RDFS.label) == Literal("Halden", lang="en")


WORDS = """
@prefix : <http://x.y/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
<http://x.y/o> a owl:Ontology . :Club a owl:Class ; lex:noun "club"@en .
:plays_for a owl:ObjectProperty ; lex:noun "striker of"@en ;
    lex:verb "play for"@en , "Y sign X as player"@en .
:trains a owl:ObjectProperty ; lex:verb "play for"@en .
"""


def test_the_words_of_an_ontology_are_a_lexicon(tmp_path: Path) -> None:
    (tmp_path / "club.ttl").write_text(WORDS)
    graph = KnowledgeGraph.memory(load_ontology(tmp_path / "club.ttl"))
    found = written(graph, tmp_path, "ontolex")
    said = found.query(
        "SELECT ?text ?part ?term { ?lexicon lime:entry ?entry . ?entry lexinfo:partOfSpeech ?part ;"
        " ontolex:canonicalForm/ontolex:writtenRep ?text ; ontolex:sense/ontolex:reference ?term }"
    )
    assert sorted(tuple(local_name(str(term)) for term in row) for row in said) == [
        ("club", "noun", "Club"),
        ("play for", "verb", "plays_for"),
        ("play for", "verb", "trains"),
        ("sign as player", "verb", "plays_for"),
        ("striker of", "noun", "plays_for"),
    ]
    entries = list(found.subjects(RDF.type, URIRef("http://www.w3.org/ns/lemon/ontolex#LexicalEntry")))
    assert len(entries) == 4


def test_an_unknown_shape(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='no shape is called "owl-axioms"'):
        sample_graph().serialize(tmp_path / "graph.ttl", shape="owl-axioms")


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_without_the_texts(tmp_path: Path, suffix: str) -> None:
    graph = labelled(f"a <{NIF.isString}> b", "plain")
    path = graph.serialize(tmp_path / f"graph.{suffix}", text=False)
    expected = {line for line in held(graph, suffix) if line.split(" ", 2)[1] != f"<{NIF.isString}>"}
    assert oxigraph(path) == expected
    assert len(held(graph, suffix)) - len(expected) == 2
    shaped = graph.serialize(tmp_path / "graph.nt", shape="rdf-1.2", text=False)
    assert f" <{NIF.isString}> " not in shaped.read_text(encoding="utf-8").replace(
        f"a <{NIF.isString}> b", ""
    )


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_without_what_is_inferred(tmp_path: Path, suffix: str) -> None:
    graph = with_inferred(sample_graph())
    path = graph.serialize(tmp_path / f"graph.{suffix}", inferred=False)
    assert oxigraph(path) == held(graph, "nt")
