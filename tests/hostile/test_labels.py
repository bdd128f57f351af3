"""Names and texts that are code somewhere: through every export, every query and the graph's own look-ups."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.characters import writable
from kg.cli.display import table
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.parse import parse
from kg.queries import shipped_queries
from tests.factories import ONTOLOGY, extraction, fill

NAMES = [
    'a "quoted" one',
    "a 'quoted' one",
    "back\\slash",
    "ends in \\",
    "<b>bold</b> & more",
    "</script><script>alert(1)</script>",
    "]]> <![CDATA[",
    "'; DROP TABLE things; --",
    '" . <x:s> <x:p> <x:o> . #',
    "> . <x:s> <x:p> <x:o",
    "} INSERT DATA { <x:s> <x:p> <x:o> } #",
    "}) DETACH DELETE n //",
    "`name`",
    "\\u0027 OR 1=1",
    "{{ 7 * 7 }}",
    "${HOME} $(id) `id`",
    "%s %n {0}",
    "=HYPERLINK(\"http://x.example\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "bell\x07 clear\x1b[2J",
    "eight\x9b31m",
    "nul\0byte",
    "right\u202eto left",
    "zero\u200bwidth",
    "lone \ud800 one",
    "no \ufffe character",
    "😀 👩‍🔬 e\u0301",
    "[bold]rich[/bold]",
    "x" * 5_000,
]  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    """Each name buys another."""
    names = [f"{writable(name)} {number}" for number, name in enumerate(NAMES)]
    found = [
        extraction(
            f"d{number} {name}",
            f"{name} bought Ostara.",
            (name, "acquired", "Ostara"),
            title=name,
            source=name,
        )
        for number, name in enumerate(names)
    ]
    with fill(KnowledgeGraph.memory(ONTOLOGY), found) as filled:
        yield filled


def labels(graph: KnowledgeGraph) -> set[str]:
    return {str(row.l) for row in graph.query("SELECT ?l { ?e rdfs:label ?l }")}


def test_they_are_stored_as_they_are(graph: KnowledgeGraph) -> None:
    expected = {f"{writable(name)} {number}" for number, name in enumerate(NAMES)} | {"Ostara"}
    assert {label.strip() for label in labels(graph)} == {name.strip() for name in expected}
    assert not list(graph.query("SELECT ?o { <x:s> <x:p> ?o }"))


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld", "rdf", "owl"])
def test_through_rdf(graph: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    exported = graph.serialize(tmp_path / f"graph.{suffix}")
    plain = graph.serialize(tmp_path / "plain.nt")
    assert {str(quad.triple) for quad in parse(exported)} >= {str(quad.triple) for quad in parse(plain)}
    assert not any("<x:s>" in str(quad.subject) for quad in parse(exported))


def test_through_networks(graph: KnowledgeGraph, tmp_path: Path) -> None:
    expected = {data["label"] for _, data in graph.to_networkx().nodes(data=True)}
    graphml = nx.read_graphml(graph.serialize(tmp_path / "graph.graphml"), force_multigraph=True)
    assert {data["label"] for _, data in graphml.nodes(data=True)} == expected
    gexf = nx.read_gexf(graph.serialize(tmp_path / "graph.gexf"), version="1.2draft")
    assert {data["label"] for _, data in gexf.nodes(data=True)} == expected
    for name in ("graphml", "gexf"):
        ElementTree.parse(tmp_path / f"graph.{name}")
    linked = json.loads(graph.serialize(tmp_path / "graph.json").read_text(encoding="utf-8"))
    assert {node["label"] for node in linked["nodes"]} == expected


def test_no_cell_is_a_formula(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """And nothing is lost: without its apostrophe a cell is the name."""
    graph.serialize(tmp_path / "graph.csv")
    expected = {data["label"] for _, data in graph.to_networkx().nodes(data=True)}
    found = set()
    for name in ("graph.csv", "graph.nodes.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(
                        r"-?[\d.]+", cell
                    )
                if name == "graph.nodes.csv":
                    found.add(re.sub("^'(?=[=+@-])", "", row["label"]))
    assert found == expected


def test_a_script_in_cypher_holds_only_its_own_statements(graph: KnowledgeGraph, tmp_path: Path) -> None:
    script = graph.serialize(tmp_path / "graph.cypher").read_text(encoding="utf-8")
    bare = re.sub(r"'(?:[^'\\]|\\.)*'", "''", script)
    assert "'" not in bare.replace("''", "")
    kinds = {" ".join(line.split()[:2]) for line in bare.splitlines()}
    assert kinds == {"CREATE CONSTRAINT", "MERGE (n:Thing", "MATCH (a:Thing"}
    assert "DELETE" not in bare


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:40])
def test_they_are_found_by_name_and_as_parameters(graph: KnowledgeGraph, name: str) -> None:
    called = f"{name} {NAMES.index(name)}"
    (entity,) = graph.find(called)
    assert entity.name == writable(called).strip()
    before = len(list(graph.lines()))
    for query in shipped_queries().values():
        required = [parameter for parameter in query.parameters if parameter.required]
        for parameter in query.parameters:
            given = {needed.name: "Ostara" for needed in required if needed.type == "entity"}
            given[parameter.name] = called
            if not {needed.name for needed in required} <= given.keys():
                continue  # also needs a relation or a date
            if parameter.type == "entity" or (parameter.type == "text" and "\ud800" not in name):
                list(graph.query(query.name, parameters=given))
            else:
                with pytest.raises(UsageError):
                    list(graph.query(query.name, parameters=given))
    assert len(list(graph.lines())) == before


def test_a_query_of_bytes_that_are_no_text_is_an_error(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="nothing is called"):
        graph.find("\udcff\udcfe")
    with pytest.raises(UsageError, match="no relation"):
        graph.relation("\udcff")
    with pytest.raises(UsageError):
        graph.query("evidence", parameters={"status": "\udcff"})


def test_a_table_shows_them_as_text(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    table(("name",), [(label,) for label in sorted(labels(graph))])
    printed = capsys.readouterr().out
    assert "[bold]rich[/bold]" in printed
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)


def test_results_are_in_the_formats_that_the_w3c_says(graph: KnowledgeGraph) -> None:
    """Also in CSV, where a name that looks like a formula stays as it is: programs read these."""
    answer = graph.query("SELECT ?l { ?e rdfs:label ?l }")
    rows = list(csv.reader(io.StringIO(answer.serialize("csv").decode("utf-8"), newline="")))
    assert {row[0] for row in rows[1:]} == labels(graph)
    assert {
        row["l"]["value"] for row in json.loads(answer.serialize("json"))["results"]["bindings"]
    } == labels(graph)
    ElementTree.fromstring(answer.serialize("xml"))
