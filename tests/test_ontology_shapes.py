"""The ontology files say of themselves and of each term what a reader needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph

from kg.ontology import ontology_path

FILES = sorted(path.name for path in ontology_path().parent.glob("*.ttl"))
SHAPES = Graph().parse(Path(__file__).with_name("ontology.shapes.ttl"))


@cache
def read(name: str) -> Graph:
    return Graph().parse(ontology_path(name))


def conforms(graph: Graph) -> tuple[bool, str]:
    sound, _, text = pyshacl.validate(graph, shacl_graph=SHAPES)
    return sound, text


@pytest.mark.parametrize("name", FILES)
def test_each_file_conforms(name: str) -> None:
    sound, text = conforms(read(name))
    assert sound, text


def test_the_shapes_are_sound_themselves() -> None:
    assert pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)[0]


@pytest.mark.parametrize(
    "update",
    [
        "DELETE { ?s dcterms:license ?o } WHERE { ?s dcterms:license ?o }",
        "DELETE { ?s owl:versionIRI ?o } WHERE { ?s owl:versionIRI ?o }",
        "DELETE { news:owns rdfs:label ?o } WHERE { news:owns rdfs:label ?o }",
        'INSERT DATA { news:owns rdfs:label "possesses"@en }',
        'INSERT DATA { news:owns rdfs:label "best_owner"@fr }',
        "DELETE { news:owns skos:definition ?o } WHERE { news:owns skos:definition ?o }",
        "DELETE { news:Person skos:definition ?o } WHERE { news:Person skos:definition ?o }",
        "DELETE { news:owns skos:example ?o } WHERE { news:owns skos:example ?o }",
        "DELETE { news:owns rdfs:range ?o } WHERE { news:owns rdfs:range ?o }",
        "INSERT DATA { news:owns rdfs:range news:Place }",
    ],
)
def test_what_is_missing_is_found(update: str) -> None:
    graph = Graph().parse(data=read("news.ttl").serialize())
    before = len(graph)
    graph.update(update)
    assert len(graph) != before
    assert not conforms(graph)[0]
