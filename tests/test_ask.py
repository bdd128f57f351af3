"""``kg query``: what it takes, how it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.ask import Format
from kg.graph import KnowledgeGraph
from kg.queries import shipped_queries
from kg.sparql import RESULTS, TRIPLES, uses
from tests.factories import ONTOLOGY, fill, sample
from tests.running import run_kg

ROWS = (
    "SELECT ?who ?when { ?c rdf:predicate news:invested_in ; rdf:subject ?who OPTIONAL { ?c kg:time ?when } }"
)
MARK = "output/graph.db/claimgraph.json"
TRIPLE = "CONSTRUCT { ?s news:invested_in ?o } WHERE { ?s news:invested_in ?o } ORDER BY DESC(?s)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's store where commands look for it."""
    place = tmp_path_factory.mktemp("asked")
    with KnowledgeGraph.create(place / "output" / "graph.db", ONTOLOGY) as graph:
        fill(graph, sample())
        graph.commit()
    return place


@pytest.mark.parametrize(
    ("format", "printed"),
    [
        ([], "who               when\ne:Halden          2019\ne:Northwind_Bank\n"),
        (["--format", "csv"], "who,when\r\n{0}Halden,2019\r\n{0}Northwind_Bank,\r\n"),
        (["--format", "tsv"], '?who\t?when\n<{0}Halden>\t"2019"\n<{0}Northwind_Bank>\t\n'),
    ],
)
def test_rows(format: list[str], printed: str, folder: Path) -> None:
    done = run_kg(["query", f"{ROWS} ORDER BY ?who", *format], cwd=folder)
    expected = printed.format("https://example.org/kg/entity/").replace("\r\n", "\n")
    assert done.stdout.replace("\r\n", "\n") == expected


def test_json_is_that_of_sparql(folder: Path) -> None:
    answer = json.loads(run_kg(["query", f"{ROWS} ORDER BY ?who", "--format", "json"], cwd=folder).stdout)
    assert answer["head"]["vars"] == ["who", "when"]
    assert answer["results"]["bindings"][0]["when"] == {"type": "literal", "value": "2019"}
    assert json.loads(run_kg(["query", "ASK {}", "--format", "json"], cwd=folder).stdout)["boolean"]


def test_triples_are_turtle(folder: Path) -> None:
    done = run_kg(["query", TRIPLE], cwd=folder)
    assert done.stdout == (
        "@prefix news: <https://w3id.org/claimgraph/news#> .\n"
        "@prefix e: <https://example.org/kg/entity/> .\n"
        "e:Halden news:invested_in e:Kestrel_Labs .\n"
        "e:Northwind_Bank news:invested_in e:Kestrel_Labs .\n"
    )


@pytest.mark.parametrize(
    ("query", "name"),
    [(ROWS, "a.csv"), (ROWS, "a.srj"), (TRIPLE, "a.ttl"), (TRIPLE, "a.rdf"), (TRIPLE, "a.jsonld")],
)
def test_a_file_has_the_format_of_its_suffix(query: str, name: str, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / name
    assert run_kg(["query", query, "-o", str(file)], cwd=folder).stdout == f"Wrote {file}\n"
    if name.endswith("csv"):
        assert len(file.read_text(encoding="utf-8").splitlines()) == 3
    elif name.endswith("srj"):
        assert len(list(ox.parse_query_results(path=str(file), format=RESULTS["json"]))) == 2  # type: ignore[arg-type]
    else:
        assert len(list(ox.parse(path=str(file)))) == 2


def test_the_formats_are_those_of_the_library() -> None:
    assert {format.value for format in Format} == {"table", *RESULTS, *TRIPLES}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            [ROWS, "--format", "ttl"],
            1,
            'an answer of SELECT has no format "ttl". Available: csv, json',
        ),
        ([TRIPLE, "--format", "csv"], 1, 'an answer of CONSTRUCT has no format "csv". '),
        (
            [ROWS, "-o", "a.xlsx"],
            1,
            'an answer of SELECT has no format "xlsx". Available: csv, ',
        ),
        (
            [ROWS, "-o", "output/graph.db/claimgraph.json/b.csv"],
            1,
            "output/graph.db/claimgraph.json/b.csv: the answer cannot be written",
        ),
        (["investments", "--set", "company"], 2, "--set takes NAME=VALUE, as in --set company=OpenAI"),
        (["about", "--set", "entity=a", "--set", "entity=b"], 2, "--set gives entity two values"),
        (["about", "--set", "entity=Hlden"], 2, 'nothing is called "Hlden". Did you mean "Halden"?'),
        (["about"], 2, "about needs entity"),
        (["SELECT * { ?a news:x ?b . }}"], 1, "the query is malformed at line 1, column 29:\n"),
        (["SELECT * { ?a new:x ?b }"], 1, 'the prefix "new:" is not bound, line 1, column 15:\n'),
        (["DELETE WHERE { ?a ?b ?c }"], 1, "the graph is only read by queries: updates are refused"),
    ],
)
def test_errors(arguments: list[str], code: int, message: str, folder: Path) -> None:
    done = run_kg(["query", *arguments], cwd=folder, code=code)
    assert done.stderr.startswith(f"kg: {message}")
    assert not done.stdout
    assert "Traceback" not in done.stderr


def test_a_shipped_query_with_a_parameter(folder: Path) -> None:
    done = run_kg(["query", "denied", "--set", "entity=kestrel labs", "--format", "csv"], cwd=folder)
    assert done.stdout.splitlines()[1].startswith("Kestrel Labs,acquired,Ostara,")


def test_the_list_has_every_query_with_its_parameters(tmp_path: Path) -> None:
    printed = run_kg(["query", "--list"], cwd=tmp_path).stdout
    for query in shipped_queries().values():
        assert f"{query.name}\n    {query.description}\n" in printed
        assert all(f"      {p.name} ({p.type}" in printed for p in query.parameters)


def test_inferred_or_not(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        subject, predicate, value = (ox.NamedNode(f"https://example.org/{name}") for name in "spo")
        inferred = ox.NamedNode("https://w3id.org/claimgraph/core#inferred")
        graph.engine.add(ox.Quad(subject, predicate, value, inferred))
        graph.commit()
    store = ["--store", str(tmp_path / "graph.db"), "--format", "csv"]
    assert run_kg(["query", "ASK { ?s ?p ?o }", *store]).stdout == "true\n"
    assert run_kg(["query", "ASK { ?s ?p ?o }", "--no-inferred", *store]).stdout == "false\n"
    from_graph = f"ASK FROM {inferred} {{ ?s ?p ?o }}"
    assert run_kg(["query", from_graph, "--no-inferred", *store]).stdout == "true\n"


@pytest.mark.parametrize(
    ("query", "keyword", "used"),
    [
        ("SELECT * { ?s ?p ?o }", "SERVICE", False),
        ("SELECT * { ?service ?p 'SERVICE <a:b>' } # SERVICE", "SERVICE", False),
        ("PREFIX service: <http://service/> SELECT * { ?s service:service ?o }", "SERVICE", False),
        ('SELECT * { ?s ?p """ SERVICE <a:b> { } """ }', "SERVICE", False),
        ("SELECT * { SERVICE <a:b> { ?s ?p ?o } }", "SERVICE", True),
        ("SELECT * { sErViCe<a:b>{ ?s ?p ?o } }", "SERVICE", True),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", "SERVICE", True),
        ("SELECT * { SERVICESILENT<a:b>{} }", "SERVICE", True),
        ("PREFIX : <a:> SELECT * { ?s ?p ?o SERVICE:b{} }", "SERVICE", True),
        # Readings of strings, IRIs and comments by which a search of the text would be misled.
        ("SELECT * { FILTER(1<'a'&&'b>'='c') SERVICE <a:b> {} #')\n }", "SERVICE", True),
        ("SELECT * { FILTER(1<2) SERVICE ?s { ?s ?p ?o } FILTER(3>2) }", "SERVICE", True),
        ("SELECT * { ?s ?p '#' SERVICE <a:b> { } }", "SERVICE", True),
        ("SELECT * { ?s ?p '\\'#' SERVICE <a:b> { } }", "SERVICE", True),
        ("SELECT * { ?s <a:b#> ?o SERVICE <a:b> { } }", "SERVICE", True),
        ("SELECT * { { SELECT * { SERVICE <a:b> {} } } }", "SERVICE", True),
        ("ASK { FILTER EXISTS { SERVICE <a:b> {} } }", "SERVICE", True),
        ("DESCRIBE ?s FROM <a:b> { ?s ?p ?o }", "FROM", True),
        ("SELECT ?from { ?from ?p 'from' }", "FROM", False),
    ],
)
def test_a_keyword_is_found_by_the_engines_own_parser(query: str, keyword: str, used: bool) -> None:
    assert uses(query, keyword, {}) is used
