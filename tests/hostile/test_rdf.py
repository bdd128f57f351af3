"""Ontologies that are broken or hostile: read, or refused with a reason; nothing is asked for."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from kg.check import check
from kg.errors import KGError, OntologyError
from kg.graph import KnowledgeGraph
from kg.ontology import load_ontology
from tests.factories import extraction, fill
from tests.hostile.test_files import laughs

HEAD = """@prefix : <http://x.example/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix lex: <https://w3id.org/claimgraph/lex#> .
"""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Bag rdf:about="x:a">&j;</rdf:Bag></rdf:RDF>'
CHAIN = "".join(f":C{n} rdfs:subClassOf :C{n + 1} .\n" for n in range(1500))

#: What is written, and what is said of it; nothing where it is read.
TABLE: list[tuple[str, str, str, str]] = [
    (
        "classes in a circle",
        ".ttl",
        ":A a owl:Class; rdfs:subClassOf :B . :B a owl:Class; rdfs:subClassOf :C . :C a owl:Class;"
        ' rdfs:subClassOf :A . :p a owl:ObjectProperty; rdfs:domain :A; rdfs:range :B; lex:verb "buy" .',
        "",
    ),
    (
        "properties in a circle, inverse of themselves",
        ".ttl",
        ":p a owl:ObjectProperty; rdfs:subPropertyOf :q; owl:inverseOf :p; rdfs:domain :A; rdfs:range :A ."
        ' :A a owl:Class . :q a owl:ObjectProperty; rdfs:subPropertyOf :p; lex:verb "buy" .',
        "",
    ),
    (
        "contradictions",
        ".ttl",
        ":A a owl:Class; owl:disjointWith :A; rdfs:subClassOf owl:Nothing . :p a owl:ObjectProperty,"
        ' owl:DatatypeProperty; rdfs:domain :A; rdfs:range :A, xsd:date; lex:verb "buy" .',
        "",
    ),
    (
        "classes that are not there",
        ".ttl",
        ':p a owl:ObjectProperty; rdfs:domain :Nowhere; rdfs:range <http://y.example/Gone>; lex:verb "buy" .',
        "",
    ),
    (
        "1,500 classes below one another",
        ".ttl",
        f'{CHAIN} :C0 a owl:Class . :p a rdf:Property; lex:verb "buy" .',
        "",
    ),
    (
        "a label of 80,000 characters",
        ".ttl",
        f':p a owl:ObjectProperty; rdfs:label "{"a (b " * 16_000}"; lex:verb "buy" .',
        "",
    ),
    (
        "a list that holds itself",
        ".ttl",
        "_:l rdf:first :A; rdf:rest _:l . :p a owl:ObjectProperty; rdfs:domain [ owl:unionOf _:l ] .",
        "a list of classes (owl:unionOf) holds itself",
    ),
    ("an IRI with a space", ".ttl", "<http://x.example/a b> a owl:Class .", "Invalid IRI code point ' '"),
    ("an IRI with a quote", ".ttl", '<http://x.example/a"b> a owl:Class .', "Invalid IRI code point '\"'"),
    (
        "an IRI that ends early",
        ".ttl",
        "<http://x.example/a\\u003Eb> a owl:Class .",
        "Invalid IRI code point '>'",
    ),
    ("a script for an IRI", ".ttl", '<javascript:alert(1)> a owl:ObjectProperty; lex:verb "buy" .', ""),
    (
        "quotes, slashes and brackets",
        ".ttl",
        ':p a rdf:Property; rdfs:label "a\\"b\\\\c\\nd<e>"; lex:verb "buy" .',
        "",
    ),
    (
        "values that are none",
        ".ttl",
        ':p a rdf:Property; rdfs:label "five"^^xsd:decimal; lex:verb "buy" .',
        "",
    ),
    (
        "imports from elsewhere",
        ".ttl",
        ":o owl:imports <file:///etc/passwd>, <http://x.example/../../o> .",
        "",
    ),
    (
        "an empty frame",
        ".ttl",
        ':p a rdf:Property; lex:verb "" .',
        'the frame lex:verb "" of p cannot be read',
    ),
    ("no text", ".ttl", "\0\0\0", "not valid Turtle"),
    ("an encoding that is none", ".rdf", '<?xml version="1.0" encoding="x"?>', "not valid RDF/XML"),
    ("a billion laughs", ".rdf", laughs(XML).decode(), "stands for other entities, which is not read"),
    (
        "another file",
        ".rdf",
        f'<!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/passwd">]>{XML}',
        "the entity &j; stands for another file, which is not read",
    ),
    (
        "a context in a file",
        ".jsonld",
        '{"@context": "file:///etc/passwd"}',
        "its @context is on the network",
    ),
    ("100,000 brackets", ".jsonld", "[" * 100_000, "not valid JSON-LD"),
]


@pytest.mark.parametrize(
    ("suffix", "text", "message"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_broken_and_hostile_ontologies(suffix: str, text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / f"o{suffix}"
    path.write_text(HEAD + text if suffix == ".ttl" else text, encoding="utf-8")
    if not message:
        ontology = load_ontology(path)
        assert all(ontology.is_a(name, [name]) for name in ontology.types)
        return
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert len(str(caught.value)) < 500


def test_no_context_is_fetched(tmp_path: Path) -> None:
    """Not by what builds, nor by what checks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/context.jsonld"
        path = tmp_path / "o.jsonld"
        path.write_text(json.dumps({"@context": address, "@id": "x:p", "@type": "x:t"}), encoding="utf-8")
        for read in (load_ontology, check):
            with pytest.raises(KGError, match="its @context is on the network, and nothing is fetched"):
                read(path)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_what_circles_ends(tmp_path: Path) -> None:
    """Inference over properties and classes that imply one another."""
    path = tmp_path / "o.ttl"
    path.write_text(
        HEAD
        + ":Organization a owl:Class; rdfs:subClassOf :A . :A a owl:Class; rdfs:subClassOf :Organization ."
        " :p a owl:ObjectProperty, owl:SymmetricProperty, owl:TransitiveProperty; owl:inverseOf :q, :p;"
        " rdfs:subPropertyOf :q; rdfs:domain :Organization; rdfs:range :Organization ."
        " :q a owl:ObjectProperty, owl:TransitiveProperty; rdfs:subPropertyOf :p; rdfs:range :A .",
        encoding="utf-8",
    )
    ontology = load_ontology(path)
    assert set(ontology.properties) >= {"p", "q"}
    said = extraction("d", "Halden met Ostara.\nOstara met Kestrel.", ("Halden", "supplies", "Ostara"))
    with fill(KnowledgeGraph.memory(ontology), [said]) as graph:
        assert list(graph.query("SELECT ?s { ?s ?p ?o } LIMIT 1"))
