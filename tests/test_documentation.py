"""The page of an ontology: what any file says of its terms, how relations are said, and measured figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.documentation import contents, document, load_figures, render
from kg.documentation.contents import Class, Contents
from kg.documentation.figures import Score
from kg.documentation.phrases import phrase, phrases
from kg.errors import OntologyError
from kg.frames import parse_frame
from kg.ontology import load_ontology, ontology_path
from tests.page.test_hostile import PAYLOADS
from tests.running import ROOT

ZOO = """
@prefix : <https://zoo.example/#> .
@prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://zoo.example/> a owl:Ontology ; rdfs:label "zoos" ; rdfs:comment "Who keeps whom." .
:Keeper a owl:Class ; lex:nerLabel "PERSON" ; skos:exactMatch schema:Person .
:Animal a owl:Class ; rdfs:comment "Beasts." .
:Bird a owl:Class ; rdfs:subClassOf :Animal ; lex:noun "parrot"@en , "owl"@en .
:Pet a owl:Class ; rdfs:subClassOf :Animal .
:Parrot a owl:Class ; rdfs:subClassOf :Bird , :Pet .
:keeps a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain :Keeper ;
    rdfs:label "keeps" ; rdfs:range :Animal ;
    lex:verb "keep"@en , "Y live with X"@en ; lex:ends "set Y free"@en ; lex:not "keep an eye"@en ;
    owl:inverseOf :kept_by ; skos:example "Ida Moe keeps Polly."@en ; skos:closeMatch schema:owns .
:kept_by a owl:ObjectProperty ; lex:noun "pet"@en .
"""


@pytest.fixture
def zoo(tmp_path: Path) -> Path:
    path = tmp_path / "zoo.ttl"
    path.write_text(ZOO, encoding="utf-8")
    return path


def page(path: Path) -> Contents:
    law = load_ontology(path)
    return contents(law, load_figures(path))


def outline(classes: tuple[Class, ...]) -> list[object]:
    return [(c.name, outline(c.below)) if c.below else c.name for c in classes]


def test_what_a_file_says_is_there(zoo: Path) -> None:
    found = page(zoo)
    assert (found.title, found.about, found.classes) == ("zoos", "Who keeps whom.", 5)
    assert outline(found.tree) == [("Animal", [("Bird", ["Parrot"]), ("Pet", ["Parrot"])]), "Keeper"]
    again = found.tree[0].below[1].below[0]
    assert again.again
    assert found.tree[1].aligned == (("the same as", (("https://schema.org/Person", "schema:Person"),)),)
    (keeps,) = found.relations  # the other direction holds words only
    assert (keeps.domain, keeps.range, keeps.examples) == (
        ("Keeper",),
        ("Animal",),
        ("Ida Moe keeps Polly.",),
    )
    assert keeps.said == {"verb": ("X keeps Y", "Y lives with X"), "ends": ("X sets Y free",)}
    assert keeps.inversely == {"noun": ("Y, pet of X",)}
    assert keeps.blocked == ("keep an eye",)
    assert [trait.partition(":")[0] for trait in keeps.traits] == ["functional"]
    assert keeps.score is None


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("verb", "invest in", "X invests in Y"),
        ("verb", "Y raise money from X", "Y raises money from X"),
        ("verb", "sell Y to X", "somebody sells Y to X"),
        ("verb", "take Y private", "X takes Y private"),
        ("verb", "found X in Y", "somebody founds X in Y"),
        ("noun", "shareholder", "X, shareholder of Y"),
        ("noun", "ceo at", "X, ceo at Y"),
        ("event", "stake in", "X's stake in Y"),
        ("event", "sale of Y to X", "the sale of Y to X"),
        ("adjective", "dependent on", "X is dependent on Y"),
        ("adjective", "worth", "X is worth Y"),
        ("compound", "X-backed Y", "X-backed Y"),
        ("compound", "X's Y", "X's Y"),
        ("origin", "Y X", "Y X"),
        ("ends", "resign from", "X resigns from Y"),
        ("ends", "hire X from Y", "somebody hires X from Y"),
    ],
)
def test_a_frame_in_words(kind: str, text: str, words: str) -> None:
    assert phrase(parse_frame(kind, text)) == words


def test_every_frame_of_the_ontology_names_both_sides_once() -> None:
    for prop in load_ontology().properties.values():
        for said in phrases(prop.frames).values():
            for words in said:
                tokens = words.replace("'s", " ").replace("-", " ").replace(",", " ").split()
                assert tokens.count("X") == tokens.count("Y") == 1, words


def test_figures_are_shown_where_they_lie_beside_the_file(zoo: Path) -> None:
    assert "Precision" not in render(page(zoo))
    counts = {"right": 3, "wrong": 1, "missed": 3}
    data = {
        "articles": 2,
        "total": counts,
        "relations": {"keeps": counts, "kept_by": {**counts, "missed": 0}},
    }
    zoo.with_name("zoo.figures.json").write_text(json.dumps(data), encoding="utf-8")
    found = page(zoo)
    assert found.relations[0].score == Score(6, 2, 3)
    html = render(found)
    assert "Precision" in html
    assert "0.75" in html
    zoo.with_name("zoo.figures.json").write_text('{"articles": 2}', encoding="utf-8")
    with pytest.raises(OntologyError, match=r"zoo\.figures\.json: these are no figures; make them with: kg"):
        load_figures(zoo)


def test_the_shipped_figures_are_of_the_shipped_ontology() -> None:
    figures = load_figures(ontology_path())
    assert figures is not None
    law = load_ontology()
    assert set(figures.relations) <= set(law.properties)
    assert sum(score.right for score in figures.relations.values()) == figures.total.right
    found = contents(law, figures)
    measured = [relation for relation in found.relations if relation.score]
    assert len(measured) > 40
    assert len(found.relations) == len(law.properties) - len(law.inverse_only)


@pytest.mark.parametrize("name", ["museum", "wildlife", "devices"])
def test_any_ontology_has_a_page(name: str, tmp_path: Path) -> None:
    source = ROOT / "tests" / "domains" / f"{name}.ttl"
    copy = tmp_path / source.name
    shutil.copy(source, copy)
    html = document(tmp_path / "page.html", copy).read_text(encoding="utf-8")
    assert "Precision" not in html
    for prop in load_ontology(copy).properties.values():
        assert prop.label in html


def test_a_circle_of_classes_and_hostile_words_are_only_shown(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    words = [payload for payload in PAYLOADS if payload.isprintable()]
    said = " , ".join(json.dumps(payload, ensure_ascii=False) for payload in words)
    path.write_text(
        f"""@prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <javascript:window.ran=1> a owl:Class ; rdfs:subClassOf <x:b> ; rdfs:label {said} .
        <x:b> a owl:Class ; rdfs:subClassOf <javascript:window.ran=1> ;
            skos:exactMatch <javascript:window.ran=2> .
        <x:p> a owl:ObjectProperty ; rdfs:comment {said} ; skos:example {said} ; rdfs:domain <x:b> .""",
        encoding="utf-8",
    )
    html = render(page(path))
    assert 'href="javascript:' not in html
    assert "<script" not in html
