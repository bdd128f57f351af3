"""Ontology files as plain values, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import Ontology, load_ontology, ontology_path

HEAD = """\
@prefix : <https://example.org/zoo#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FIRST = HEAD.count("\n") + 1
ZOO = """\
<https://example.org/zoo> a owl:Ontology .
:Being a owl:Class .
:Person a owl:Class ; rdfs:subClassOf :Being ; rdfs:label "person"@en , "Mensch"@de ; lex:nerLabel "PERSON" .
:Keeper a owl:Class ; rdfs:subClassOf :Person ; lex:noun "keeper"@en , "warden"@en .
:Zoo a owl:Class ; lex:nerLabel "ORG" , "FAC" ; lex:noun "zoo"@en ; lex:nameWord "zoo"@en .
:Town a owl:Class ; lex:nerLabel "GPE" .

:works_for a owl:ObjectProperty ; rdfs:label "works for"@en ;
    rdfs:domain :Person ; rdfs:range :Zoo ;
    lex:verb "work for"@en , "Y hire X"@en ; lex:ends "leave"@en ; lex:not "work wonder"@en ;
    skos:example "Ada works for Elm Zoo."@en .
:runs a owl:ObjectProperty ; rdfs:subPropertyOf :works_for ; rdfs:domain :Keeper ; rdfs:range :Zoo ;
    lex:verb "run"@en ; skos:example "Ada runs Elm Zoo."@en .
:run_by a owl:ObjectProperty ; owl:inverseOf :runs ; lex:noun "ward of"@en .
:twin_of a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :Zoo ; rdfs:range :Zoo ;
    lex:noun "twin"@en .
:seen_in a owl:ObjectProperty ; rdfs:domain [ owl:unionOf ( :Person :Zoo ) ] ; rdfs:range owl:Thing ;
    lex:verb "see X in"@en .
:opened_on a owl:DatatypeProperty ; rdfs:domain :Zoo ; rdfs:range xsd:date , xsd:gYear ;
    lex:verb "open in"@en .

:elm a :Town ; rdfs:label "Elm"@en ; skos:altLabel "Elmton"@en ; lex:demonym "Elmian"@en .
"""


def write(folder: Path, body: str, name: str = "zoo.ttl") -> Path:
    """A file with the usual prefixes and a body."""
    path = folder / name
    path.write_text(HEAD + body, encoding="utf-8")
    return path


@pytest.fixture
def zoo(tmp_path: Path) -> Ontology:
    return load_ontology(write(tmp_path, ZOO))


def test_classes(zoo: Ontology) -> None:
    assert {"Being", "Person", "Keeper", "Zoo", "Town"} <= set(zoo.types)
    keeper = zoo.types["Keeper"]
    assert (keeper.iri, keeper.label) == ("https://example.org/zoo#Keeper", "Keeper")
    assert keeper.supers == {"Keeper", "Person", "Being"}
    assert keeper.nouns == ("keeper", "warden")
    assert zoo.types["Person"].label == "person"
    assert zoo.types["Zoo"].ner_labels == ("FAC", "ORG")
    assert zoo.ner_types == {"PERSON": "Person", "ORG": "Zoo", "FAC": "Zoo", "GPE": "Town"}
    assert zoo.noun_types == {"keeper": "Keeper", "warden": "Keeper", "zoo": "Zoo"}
    assert zoo.name_words == {"zoo": "Zoo"}


@pytest.mark.xfail(strict=True, reason="owl:Thing as a range becomes a class of its own")
def test_thing_is_no_class(zoo: Ontology) -> None:
    assert "Thing" not in zoo.types


def test_properties(zoo: Ontology) -> None:
    works = zoo.properties["works_for"]
    assert (works.domain, works.range, works.label) == (("Person",), ("Zoo",), "works for")
    assert [(f.kind, f.text, f.ends) for f in works.frames] == [
        ("verb", "Y hire X", False),
        ("verb", "work for", False),
        ("verb", "leave", True),
    ]
    assert works.blocked == ("work wonder",)
    assert works.examples == ("Ada works for Elm Zoo.",)
    assert zoo.properties["runs"].supers == ("works_for",)
    assert zoo.properties["twin_of"].symmetric
    assert not works.symmetric


def test_a_union_is_each_of_its_classes_and_thing_is_anything(zoo: Ontology) -> None:
    seen = zoo.properties["seen_in"]
    assert (seen.domain, seen.range) == (("Person", "Zoo"), ())
    assert zoo.is_a("Town", seen.range)


def test_datatypes(zoo: Ontology) -> None:
    opened = zoo.properties["opened_on"]
    assert opened.range == ("xsd:date", "xsd:gYear")
    assert opened.literal
    assert not zoo.properties["works_for"].literal


def test_inverses_know_each_other(zoo: Ontology) -> None:
    assert zoo.properties["runs"].inverse == "run_by"
    assert zoo.properties["run_by"].inverse == "runs"
    assert "run_by" in zoo.inverse_only
    assert "runs" not in zoo.inverse_only


@pytest.mark.parametrize(
    ("name", "allowed", "wanted"),
    [
        ("Keeper", ["Person"], True),
        ("Keeper", ["Being"], True),
        ("Person", ["Keeper"], False),
        ("Zoo", ["Person", "Zoo"], True),
        ("Zoo", ["Person"], False),
        ("Zoo", [], True),
        ("", ["Zoo"], False),
        ("Unheard", ["Zoo"], False),
    ],
)
def test_is_a(zoo: Ontology, name: str, allowed: list[str], wanted: bool) -> None:
    assert zoo.is_a(name, allowed) is wanted


def test_known_names(zoo: Ontology) -> None:
    known = {(k.form, k.name, k.type, k.demonym) for k in zoo.gazetteer}
    assert known == {
        ("Elm", "Elm", "Town", False),
        ("Elmton", "Elm", "Town", False),
        ("Elmian", "Elm", "Town", True),
    }


MISTAKES = {
    "not Turtle": (":Lion a owl:Class\n:Tiger a owl:Class .\n", 1, "not valid Turtle"),
    "unknown term": (
        ':eats a owl:ObjectProperty ;\n    lex:verbs "eat"@en .\n',
        1,
        "lex:verbs is not a lexical term; known: lex:adjective",
    ),
    "frame": (
        ':eats a owl:ObjectProperty ; lex:verb "eat"@en ,\n    "Devour"@en .\n',
        1,
        'the frame lex:verb "Devour" of eats cannot be read: write lemmas in lower case',
    ),
    "compound": (
        ':eats a owl:ObjectProperty ;\n\n    lex:compound "eaten"@en .\n',
        2,
        'the frame lex:compound "eaten" of eats cannot be read: a compound is written "X-backed Y"',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    body, line, reason = MISTAKES[name]
    path = write(tmp_path, body)
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert str(caught.value).startswith(f"{path}:{FIRST + line}: {reason}")


@pytest.mark.xfail(strict=True, reason="the first line with the same literal is named")
def test_the_line_is_that_of_the_frame_not_of_an_equal_word(tmp_path: Path) -> None:
    path = write(
        tmp_path, ':eats a owl:ObjectProperty ; rdfs:label "Devour"@en ;\n    lex:verb "Devour"@en .\n'
    )
    with pytest.raises(OntologyError, match=f":{FIRST + 1}: "):
        load_ontology(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: no such ontology file"):
        load_ontology(tmp_path / "none.ttl")


def test_a_folder_or_a_binary_file_is_no_ontology(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        load_ontology(tmp_path)
    binary = tmp_path / "x.ttl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OntologyError, match="cannot be read"):
        load_ontology(binary)


def test_imports_of_a_sibling_are_followed_and_counted(tmp_path: Path) -> None:
    towns = ':Town a owl:Class .\n:elm a :Town ; rdfs:label "Elm"@en .\n'
    main = "<https://example.org/main> a owl:Ontology ; owl:imports <https://example.org/towns> .\n"
    path = write(tmp_path, main, "main.ttl")
    alone = load_ontology(path)
    assert "Town" not in alone.types
    write(tmp_path, towns, "towns.ttl")
    both = load_ontology(path)
    assert [known.form for known in both.gazetteer] == ["Elm"]
    assert both.iri == "https://example.org/main"
    assert both.sha256 != alone.sha256


def test_imports_in_a_circle_end(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        body = f"<https://example.org/{name}> a owl:Ontology ; owl:imports <https://example.org/{other}> .\n"
        write(tmp_path, body + f":{name.upper()} a owl:Class .\n", f"{name}.ttl")
    assert {"A", "B"} <= set(load_ontology(tmp_path / "a.ttl").types)


def test_a_mistake_in_an_import_is_told_with_its_own_file(tmp_path: Path) -> None:
    main = "<https://example.org/main> a owl:Ontology ; owl:imports <https://example.org/towns> .\n"
    path = write(tmp_path, main, "main.ttl")
    towns = write(tmp_path, ':near a owl:ObjectProperty ; lex:verbs "near"@en .\n', "towns.ttl")
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert str(caught.value).startswith(f"{towns}:{FIRST}: ")


def test_the_hash_is_of_the_text_alone(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, two = write(tmp_path, ZOO), write(tmp_path / "other", ZOO, "named otherwise.ttl")
    assert load_ontology(one).sha256 == load_ontology(two).sha256
    assert load_ontology(one).sha256 != load_ontology(write(tmp_path, ZOO + "\n")).sha256


def test_labels_in_another_language_do_for_want_of_english(tmp_path: Path) -> None:
    path = write(
        tmp_path, ':Tier a owl:Class ; rdfs:label "Tier"@de .\n:Y a owl:Class ; skos:prefLabel "why"@en .\n'
    )
    found = load_ontology(path)
    assert (found.types["Tier"].label, found.types["Y"].label) == ("Tier", "why")


def test_classes_that_are_only_a_domain_or_range_count(tmp_path: Path) -> None:
    found = load_ontology(write(tmp_path, ":eats a rdf:Property ; rdfs:domain :Lion ; rdfs:range :Goat .\n"))
    assert {"Lion", "Goat"} <= set(found.types)


def test_the_default_ontology_is_found_and_whole() -> None:
    found = load_ontology()
    assert found.path == ontology_path()
    assert {"Person", "Organization", "Place", "Product"} <= set(found.types)
    for prop in found.properties.values():
        assert all(name in found.types or name.startswith("xsd:") for name in prop.domain + prop.range)
        assert set(prop.supers) <= set(found.properties)
        assert prop.inverse is None or prop.inverse in found.properties
        assert prop.name in found.inverse_only or prop.examples


def test_a_file_of_the_ontology_folder_that_is_not_there() -> None:
    with pytest.raises(OntologyError, match="the installation is incomplete"):
        ontology_path("none.ttl")
