"""A domain of one's own: a Turtle file and nothing else, with and without words for its relations."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Document, Literal
from kg.ontology import load_ontology

HEAD = """@prefix : <https://example.org/own#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

FOOTBALL = (
    HEAD
    + """
:Player a owl:Class ; rdfs:label "football player" .
:Club a owl:Class ; rdfs:label "football club" .
:memberOfTeam a owl:ObjectProperty ; rdfs:label "member of sports team" ;
    rdfs:domain :Player ; rdfs:range :Club .
:transferredTo a owl:ObjectProperty ; rdfs:label "transferred to" ; rdfs:domain :Player ; rdfs:range :Club .
:headCoach a owl:ObjectProperty ; rdfs:label "head coach" ; rdfs:domain :Club ; rdfs:range :Player .
"""
)

FILMS = (
    HEAD
    + """
:Film a owl:Class ; rdfs:label "film" .
:Person a owl:Class ; rdfs:label "person" .
:director a owl:ObjectProperty ; rdfs:domain :Film ; rdfs:range :Person .
:castMember a owl:ObjectProperty ; rdfs:domain :Film ; rdfs:range :Person .
:publicationDate a owl:ObjectProperty ; rdfs:domain :Film .
"""
)

WORDED = (
    HEAD
    + """
:Person a owl:Class ; rdfs:label "person" ; lex:nerLabel "PERSON" .
:Club a owl:Class ; rdfs:label "club" ; lex:nerLabel "ORG" ; lex:noun "side" .
:scoredFor a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Club ; lex:verb "score for" .
"""
)

CASES = [
    (
        FOOTBALL,
        "Daniel Moreau played for Norhaven United from 2010 to 2014.",
        {("Daniel Moreau", "memberOfTeam", "Norhaven United")},
    ),
    (
        FOOTBALL,
        "Peter Lindqvist is the head coach of Norhaven United.",
        {("Norhaven United", "headCoach", "Peter Lindqvist")},
    ),
    (
        FILMS,
        "The Silent Harbour was directed by Anna Berg.",
        {("The Silent Harbour", "director", "Anna Berg")},
    ),
    (
        FILMS,
        "A Winter of Glass is a 1994 drama film directed by Anna Berg and starring Paul Martin.",
        {
            ("A Winter of Glass", "director", "Anna Berg"),
            ("A Winter of Glass", "castMember", "Paul Martin"),
            ("A Winter of Glass", "publicationDate", "1994"),
        },
    ),
    (FILMS, "Anna Berg visited Paul Martin in Oslo.", set()),
    (
        WORDED,
        "Daniel Moreau scored for Norhaven United.",
        {("Daniel Moreau", "scoredFor", "Norhaven United")},
    ),
]


@pytest.fixture(scope="module")
def extractors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Extractor]:
    """An extractor for each of the ontologies: loading the model takes longer than reading the sentences."""
    folder, found = tmp_path_factory.mktemp("own"), {}
    for number, turtle in enumerate((FOOTBALL, FILMS, WORDED)):
        file = folder / f"{number}.ttl"
        file.write_text(turtle, encoding="utf-8")
        found[turtle] = Extractor(load_ontology(file))
    return found


def facts(extractor: Extractor, text: str) -> set[tuple[str, str, str]]:
    (extraction,) = extractor.extract([Document("d", text)])
    return {
        (r.head.name, r.predicate, r.tail.value if isinstance(r.tail, Literal) else r.tail.name)
        for r in extraction.relations
    }


@pytest.mark.model
@pytest.mark.parametrize(("turtle", "text", "expected"), CASES, ids=[case[1][:30] for case in CASES])
def test_relations_of_a_new_domain(
    extractors: dict[str, Extractor], turtle: str, text: str, expected: set[tuple[str, str, str]]
) -> None:
    found = facts(extractors[turtle], text)
    assert found >= expected
    if not expected:
        assert not found


@pytest.mark.parametrize(
    ("syntax", "suffix"), [("xml", "owl"), ("xml", "rdf"), ("json-ld", "jsonld"), ("turtle", "owl")]
)
def test_an_ontology_may_be_in_another_syntax(syntax: str, suffix: str, tmp_path: Path) -> None:
    from rdflib import Graph

    file = tmp_path / f"own.{suffix}"
    Graph().parse(data=FILMS, format="turtle").serialize(file, format=syntax)
    assert load_ontology(file).properties["director"].frames


def test_what_is_stated_under_a_derived_inverse_is_stated_forwards(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(FILMS, encoding="utf-8")
    ontology = load_ontology(file)
    assert "^director" in ontology.inverse_only
    assert ontology.properties["^director"].domain == ("Person",)
