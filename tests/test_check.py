"""``kg check``: each rule on a small ontology with one mistake, at its line; then the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.check import check
from kg.errors import OntologyError
from tests.running import run_kg

HEAD = """\
@prefix : <https://example.org/zoo#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/zoo> a owl:Ontology .
:Person a owl:Class ; lex:nerLabel "PERSON" .
:Keeper a owl:Class ; rdfs:subClassOf :Person .
:Zoo a owl:Class ; lex:nerLabel "ORG" ; lex:noun "zoo" .
"""
FIRST = HEAD.count("\n") + 1
WORKS = ':works_for a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Zoo ; lex:verb "work for" .\n'

MISTAKES = {
    "unknown term": (
        ':loves a owl:ObjectProperty ;\n    lex:verbs "love" .',
        1,
        "lex:verbs is not a lexical term",
    ),
    "two of one name": (
        ":Cage a owl:Class .\n<https://example.org/other#Cage> a owl:Class .",
        1,
        "Cage is the name of <https://example.org/zoo#Cage> too: of two with one name only one is read",
    ),
    "frame": (
        ':loves a owl:ObjectProperty ;\n    lex:verb "love" ,\n        "Adore" .',
        2,
        'the frame lex:verb "Adore" cannot be read: write lemmas in lower case',
    ),
    "frame after a long text": (
        ':loves a owl:ObjectProperty ; rdfs:comment """one\ntwo""" ; # "Adore"\n    lex:compound "X Y Z" .',
        2,
        'the frame lex:compound "X Y Z" cannot be read',
    ),
    "verb on a class": (':Lion a owl:Class ;\n    lex:verb "roar" .', 1, "lex:verb stands on a class"),
    "label on a relation": (
        ':loves a owl:ObjectProperty ; lex:verb "love" ;\n    lex:nerLabel "ORG" .',
        1,
        "lex:nerLabel belongs on a class",
    ),
    "undeclared class": (
        ':loves a owl:ObjectProperty ; lex:verb "love" ;\n    rdfs:domain :Keepr .',
        1,
        'Keepr is not declared. Did you mean "Keeper"?',
    ),
    "undeclared super": (
        ':loves a owl:ObjectProperty ; lex:verb "love" ;\n    rdfs:subPropertyOf :worksfor .',
        1,
        'worksfor is not declared. Did you mean "works_for"?',
    ),
    "domain outside": (
        ":runs a owl:ObjectProperty ; rdfs:subPropertyOf :works_for ;\n"
        '    rdfs:domain :Zoo ;\n    rdfs:range :Zoo ; lex:verb "run" .',
        1,
        "the domain of runs (Zoo) is not within that of works_for, which is above it (Person)",
    ),
    "range missing": (
        ':runs a owl:ObjectProperty ; rdfs:domain :Keeper ; lex:verb "run" ;\n'
        "    rdfs:subPropertyOf :works_for .",
        1,
        "runs has no range; that of works_for, which is above it, is Zoo",
    ),
    "below itself": (
        ':a a owl:ObjectProperty ; lex:verb "ask" ; rdfs:subPropertyOf :b .\n'
        ':b a owl:ObjectProperty ; lex:verb "beg" ; rdfs:subPropertyOf :a .',
        0,
        "a is below itself, through b",
    ),
    "inverse not swapped": (
        ":employs a owl:ObjectProperty ;\n    owl:inverseOf :works_for ;\n"
        '    rdfs:domain :Zoo ; rdfs:range :Keeper ; lex:verb "employ" .',
        1,
        "the range of employs (Keeper) is not the domain of its inverse works_for (Person)",
    ),
    "symmetric sides": (
        ":near a owl:SymmetricProperty , owl:ObjectProperty ; rdfs:domain :Zoo ;\n"
        '    rdfs:range :Person ; lex:adjective "near" .',
        1,
        "near is symmetric, but its domain is Zoo and its range Person",
    ),
    "mixed range": (
        ':opened a owl:ObjectProperty ; lex:verb "open" ;\n'
        "    rdfs:range [ owl:unionOf ( :Zoo xsd:date ) ] .",
        1,
        "the range of opened mixes values and things: Zoo or xsd:date",
    ),
    "value as subject": (
        ':opened a owl:ObjectProperty ; lex:verb "open" ;\n    rdfs:domain xsd:date .',
        1,
        "the domain of opened is xsd:date: a value has no relations",
    ),
    "silent": (':p42 a owl:ObjectProperty ;\n    rdfs:label "" .', 0, "nothing can trigger p42"),
    "shared noun": (
        ':Park a owl:Class ;\n    lex:noun "zoo" .',
        1,
        'lex:noun "zoo" stands on Park and on Zoo',
    ),
    "clash": (
        ':serves a owl:ObjectProperty ; rdfs:domain :Keeper ; rdfs:range :Zoo ;\n    lex:verb "work for" .',
        1,
        'lex:verb "work for" says both serves and works_for of the same pair',
    ),
}


def ontology(folder: Path, *blocks: str) -> Path:
    file = folder / "zoo.ttl"
    file.write_text(HEAD + "\n".join(blocks), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named_at_its_line(name: str, tmp_path: Path) -> None:
    block, line, message = MISTAKES[name]
    extra = "" if name == "silent" else WORKS
    report = check(ontology(tmp_path, block + "\n" + extra), examples=False)
    found = [problem for problem in report.problems if message in problem.message]
    assert found, report.problems
    # Where two things claim the same, either of them is the place.
    expected = FIRST + line if name not in ("shared noun", "clash") else found[0].line
    assert [(problem.file, problem.line) for problem in found] == [(str(tmp_path / "zoo.ttl"), expected)]


def test_all_malformed_frames_are_reported_at_once(tmp_path: Path) -> None:
    file = ontology(
        tmp_path, ':a a owl:ObjectProperty ;\n lex:verb "Go" ;\n lex:word "x" ;\n lex:compound "y" .'
    )
    assert [problem.line - FIRST for problem in check(file).problems] == [1, 2, 3]


def test_what_tells_two_relations_apart_is_no_clash(tmp_path: Path) -> None:
    visits = ':visits a owl:ObjectProperty ; rdfs:domain :Zoo ; rdfs:range :Zoo ; lex:verb "work for" .'
    serves = (
        ":serves a owl:ObjectProperty ; rdfs:subPropertyOf :works_for ;"
        ' rdfs:domain :Keeper ; rdfs:range :Zoo ; lex:verb "work for" .'
    )
    assert check(ontology(tmp_path, WORKS, visits, serves), examples=False).problems == ()


def test_mistakes_in_an_imported_file_name_that_file(tmp_path: Path) -> None:
    ontology(tmp_path, WORKS, ':roars a owl:ObjectProperty ; lex:verb "Roar" .')
    main = tmp_path / "main.ttl"
    main.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<https://example.org/main> a owl:Ontology ; owl:imports <https://example.org/zoo> .\n",
        encoding="utf-8",
    )
    (problem,) = check(main).problems
    assert (problem.file, problem.line) == (str(tmp_path / "zoo.ttl"), FIRST + 2)


@pytest.mark.parametrize(
    ("text", "message"), [(None, "no such ontology file"), ("@prefix : <x:y> .\n:a :b", "not valid Turtle")]
)
def test_what_is_no_ontology_is_an_error(text: str | None, message: str, tmp_path: Path) -> None:
    file = tmp_path / "gone.ttl"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        check(file)


@pytest.mark.model
def test_examples_are_run(tmp_path: Path) -> None:
    examples = (
        'skos:example "Maria Jensen works for Brightwater Capital." ,\n'
        '    "Maria Jensen visited Brightwater Capital." ,\n'
        '    "Maria Jensen works for Brightwater Capital and runs Brightwater Capital." .'
    )
    works = WORKS.rstrip(" .\n") + " ;\n    " + examples
    runs = ':runs a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Zoo ; lex:verb "run" .'
    file = ontology(tmp_path, works, runs)
    done = run_kg(["check", "zoo.ttl"], cwd=tmp_path, code=1)
    silent, also, summary = done.stdout.splitlines()
    assert silent.startswith(
        f'zoo.ttl:{FIRST + 2}: example of works_for: "Maria Jensen visited Brightwater Capital." does not say'
    )
    assert f"zoo.ttl:{FIRST + 3}:" in also
    assert 'also says runs (Maria Jensen → Brightwater Capital, by "runs"' in also
    assert summary == "zoo.ttl: classes: 3, relations: 2, examples: 3, problems: 2, warnings: 0"
    assert run_kg(["check", "zoo.ttl", "--no-examples"], cwd=tmp_path).stdout.endswith(
        "problems: 0, warnings: 0\n"
    )
    assert file.is_file()


@pytest.mark.model
def test_the_default_ontology_is_sound_and_its_examples_say_what_they_should() -> None:
    report = check()
    assert report.sound, report.problems
