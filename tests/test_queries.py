"""The shipped queries: described, with the same rows on every store, and safe from their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.model import Extraction, Qualifiers
from kg.parameters import prepare
from kg.queries import PARAMETER_TYPES, read_query, shipped_queries
from kg.sparql import short
from kg.vocab import KG, NEWS, PREFIXES, RDF, RDFS, SKOS
from tests.factories import ONTOLOGY, extraction, fill

QUERIES = shipped_queries()
DENIED, PLANNED, ENDED = (Qualifiers(status=status) for status in ("denied", "planned", "ended"))
BOUGHT = "Halden bought Ostara for $20 million in 2021."
PRICE = Qualifiers(time="2021", earliest="2021-01-01", latest="2021-12-31", amount="20000000", currency="USD")
STAKE = Qualifiers(
    attributed_as_written="Quill Wire", time="2019-06", earliest="2019-06-01", latest="2019-06-30"
)


def news() -> list[Extraction]:
    """Five small documents with something for every query."""
    return [
        extraction(
            "day1",
            "Halden plans to buy Ostara.\nMira Solberg leads Ostara.\nOstara started in 2011.",
            ("Halden", "acquired", "Ostara", PLANNED),
            ("Mira Solberg", "ceo_of", "Ostara"),
            ("Ostara", "founded_on", "xsd:gYear=2011"),
            date="2021-03-01",
            title="Plans",
            source="texts/day1.txt",
        ),
        extraction(
            "day2",
            f"{BOUGHT}\nHalden is a partner of Kestrel Labs.",
            ("Halden", "acquired", "Ostara", PRICE),
            ("Halden", "partner_of", "Kestrel Labs"),
            date="2021-08-05",
        ),
        extraction("copy", f"{BOUGHT}\nOthers wait.", ("Halden", "acquired", "Ostara", PRICE)),
        extraction(
            "wire",
            "Quill Wire said Northwind Bank invested in Kestrel Labs in June 2019.",
            ("Northwind Bank", "invested_in", "Kestrel Labs", STAKE),
            speaker="Quill Wire",
            date="2022-01-02",
        ),
        extraction(
            "day3",
            "Halden denied buying Ostara.\nMira Solberg no longer leads Ostara.",
            ("Halden", "acquired", "Ostara", DENIED),
            ("Mira Solberg", "ceo_of", "Ostara", ENDED),
            date="2022-02-02",
        ),
    ]


@dataclass(frozen=True)
class Stores:
    """The same graph in memory, on disk, and in rdflib's own store."""

    memory: KnowledgeGraph
    disk: KnowledgeGraph
    rdflib: rdflib.Dataset

    def answers(self, name: str, parameters: Mapping[str, str]) -> list[list[str]]:
        """The rows of a query on each of the stores."""
        sparql = prepare(QUERIES[name], parameters, self.memory.engine, self.memory.prefixes)
        namespaces = {prefix: rdflib.Namespace(iri) for prefix, iri in self.memory.prefixes.items()}
        found: list[Any] = [
            self.memory.query(name, parameters),
            self.disk.query(name, parameters),
            self.rdflib.query(sparql, initNs=namespaces),
        ]
        return [[texts(row) for row in rows] for rows in found]


def texts(row: Any) -> str:
    """The cells of a row; short IRIs, as on the command line."""
    return " | ".join("" if value is None else shortened(str(value)) for value in row)


def shortened(text: str) -> str:
    return short(ox.NamedNode(text), PREFIXES) if text.startswith("http") else text


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return inferring(fill(KnowledgeGraph.memory(ONTOLOGY), news()))


def inferring(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The graph with two triples that are inferred, which the small ontology has no axioms for."""
    assert graph.query("ASK {}")  # what follows from the claims is inferred at the first question
    bank, kestrel = (ox.NamedNode(f"{PREFIXES['e']}{name}") for name in ("Northwind_Bank", "Kestrel_Labs"))
    for predicate, value in ((RDF.type, ox.NamedNode(NEWS.Organization)), (NEWS.funds, kestrel)):
        graph.engine.add(ox.Quad(bank, ox.NamedNode(predicate), value, ox.NamedNode(KG.inferred)))
    return graph


@pytest.fixture(scope="module")
def stores(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    folder = tmp_path_factory.mktemp("stores")
    memory = rdflib.Dataset(default_union=True)
    memory.parse(graph.serialize(folder / "graph.nq"), format="nquads")
    with KnowledgeGraph.create(folder / "graph.db", ONTOLOGY) as disk:
        yield Stores(graph, inferring(fill(disk, news())), memory)


CASES = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['query']} {case.get('set', '')}")
def test_the_rows_are_the_same_on_every_store(case: dict[str, Any], stores: Stores) -> None:
    for rows in stores.answers(case["query"], case.get("set", {})):
        in_order = "ORDER BY" in QUERIES[case["query"]].text
        assert (rows if in_order else sorted(set(rows))) == case["rows"]


def test_every_query_and_every_parameter_has_a_case_with_rows() -> None:
    tried = {(case["query"], name) for case in CASES for name in case.get("set", {}) if case["rows"]}
    assert tried >= {(query.name, p.name) for query in QUERIES.values() for p in query.parameters} - {
        ("amounts", "least"),
        ("corroboration", "least"),
    }
    assert {case["query"] for case in CASES if case["rows"]} == set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_described_in_its_header(name: str) -> None:
    query = QUERIES[name]
    assert re.fullmatch(r"[A-Z].{20,}\.", query.description)
    assert query.text.startswith(f"# {query.description}\n")
    assert all(line.startswith(("SELECT", "CONSTRUCT")) for line in re.findall(r"^[A-Z]\w+ \?", query.text))
    declared = re.findall(r"^# (\w+) \(", query.text, re.MULTILINE)
    assert [parameter.name for parameter in query.parameters] == declared
    assert set(re.findall(r"#\? (\w+)$", query.text, re.MULTILINE)) == set(declared)
    assert all(parameter.type in PARAMETER_TYPES for parameter in query.parameters)
    for parameter in (p for p in query.parameters if p.default):
        words = str(parameter.default).split()
        terms = [f"kg:{word}" for word in words] if parameter.type == "status" else words
        unmarked = re.sub(rf" *#[?] {parameter.name}$", "", query.text, flags=re.MULTILINE)
        assert query.fill({parameter.name: terms}) == unmarked


# ---- parameters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        (
            "investments",
            {"compny": "OpenAI"},
            'investments has no parameter "compny". Did you mean "company"?',
        ),
        ("speakers", {"who": "OpenAI"}, 'speakers has no parameter "who". Available: top.'),
        ("SELECT * {}", {"who": "OpenAI"}, 'the query has no parameter "who". None is available.'),
        ("about", {}, "about needs entity (the one asked about); as in: kg query about --set entity=..."),
        ("about", {"entity": "  "}, "about needs entity"),
        ("paths", {"from": "Halden"}, "paths needs to (where they end)"),
        ("about", {"entity": "Haldn"}, 'nothing is called "Haldn". Did you mean "Halden"?'),
        ("about", {"entity": "e:Nobody"}, 'nothing is called "e:Nobody".'),
        (
            "changes",
            {"relation": "aquired"},
            'no relation of the graph is called "aquired". Did you mean "acq',
        ),
        ("entities", {"class": "Bnk"}, 'no class of the graph is called "Bnk". Did you mean "Bank"?'),
        ("document", {"document": "day9"}, 'no document is called "day9". Did you mean "day'),
        ("planned", {"status": "plannd"}, 'no status is called "plannd". Did you mean "planned"?'),
        ("timeline", {"since": "2021-02-30"}, 'since is "2021-02-30", which is not a date'),
        ("timeline", {"until": "last year"}, 'until is "last year", which is not a date'),
        ("timeline", {"until": "2021-13"}, 'until is "2021-13", which is not a date'),
        ("timeline", {"since": "0000"}, 'since is "0000", which is not a date'),
        ("amounts", {"least": "much"}, 'least is "much", which is not a decimal number'),
        ("amounts", {"least": "1e400000000"}, "which is not a decimal number"),
        ("amounts", {"least": "NaN"}, "which is not a decimal number"),
        ("amounts", {"top": "-1"}, 'top is "-1", which is not a number of rows'),
        ("amounts", {"top": "1 } #"}, "which is not a number of rows"),
        ("amounts", {"currency": "\ud800"}, "which is not any text"),
    ],
)
def test_wrong_parameters(
    graph: KnowledgeGraph, query: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        graph.query(query, parameters)
    assert message in str(raised.value)


INJECTIONS = [
    'x" || true || "',
    '"} ?s ?p ?o . #',
    "<a> } UNION { ?s ?p ?o",
    "> } SELECT * { ?s ?p ?o } #",
    "e:Halden } UNION { ?claim kg:status kg:denied",
    "http://a/b> <http://c/d",
    "\\",
    '"""\n} LIMIT 5 #? entity\n',
    "USD\n  VALUES ?o { }  #? top\n",
    "1 OFFSET 3",
    "{ } #? least",
]


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize(
    ("query", "name"), [(q.name, p.name) for q in QUERIES.values() for p in q.parameters if p.type != "text"]
)
def test_a_value_that_does_not_fit_never_reaches_the_query(
    graph: KnowledgeGraph, query: str, name: str, value: str
) -> None:
    required = {p.name: "Halden" for p in QUERIES[query].parameters if p.required}
    with pytest.raises(UsageError):
        graph.query(query, {**required, name: value})


@given(st.text())
@example('x" || true || "')
@example("\\u0022 } #")
@example("é🎉\u2028")
@settings(max_examples=60, deadline=None)
def test_any_text_stays_one_term(value: str) -> None:
    """A query with a text holds exactly that text, and asks nothing else."""
    query = read_query("q", 'SELECT ?t ("kept" AS ?k) {\n  # VALUES ?t { }  #? t\n}')
    (row,) = ox.Store().query(query.fill({"t": [str(ox.Literal(value))]}))  # type: ignore[union-attr]
    assert (row["t"].value, row["k"].value) == (value, "kept")  # type: ignore[union-attr]


@given(st.dictionaries(st.sampled_from(["entity", "currency", "least", "top"]), st.text(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_values_answer_or_are_refused(graph: KnowledgeGraph, parameters: dict[str, str]) -> None:
    """Whatever is given, there is never more than the query without parameters has."""
    everything = {texts(row) for row in graph.query("amounts")}
    try:
        found = {texts(row) for row in graph.query("amounts", parameters)}
    except UsageError:
        return
    assert found <= everything


def test_labels_that_look_like_sparql() -> None:
    """A name of the graph is found as it is, whatever characters it has."""
    names = ['x" || true || "', "a\\b", "<http://a/b>", "{ ?s ?p ?o }", "l'État", "e:Halden", "http:x"]
    graph = KnowledgeGraph.memory(ONTOLOGY)
    for number, name in enumerate(names):
        node = ox.NamedNode(f"https://example.org/kg/entity/{number}")
        graph.engine.add(ox.Quad(node, ox.NamedNode(RDFS.label), ox.Literal(name, language="en")))
        graph.engine.add(ox.Quad(node, ox.NamedNode(SKOS.altLabel), ox.Literal(f"the {name}", language="en")))
    query = read_query("q", "# who (entity): x\nSELECT ?who { \n# VALUES ?who { }  #? who\n}").text
    for number, name in enumerate(names):
        for called in (name, name.upper(), f"THE {name}"):
            assert [row.who.rpartition("/")[2] for row in graph.query(query, {"who": called})] == [
                str(number)
            ]


def test_an_ambiguous_name_means_all_that_have_it() -> None:
    graph = KnowledgeGraph.memory(ONTOLOGY)
    for name in "ab":
        node = ox.NamedNode(f"https://example.org/kg/entity/{name}")
        graph.engine.add(ox.Quad(node, ox.NamedNode(RDFS.label), ox.Literal("Ford", language="en")))
    sparql = prepare(QUERIES["about"], {"entity": "ford"}, graph.engine, graph.prefixes)
    assert "VALUES ?entity { <https://example.org/kg/entity/a> <https://example.org/kg/entity/b> }" in sparql
    assert "#?" not in sparql


def test_a_query_of_ones_own_may_have_parameters(graph: KnowledgeGraph) -> None:
    text = """# Who leads it. (mine)
# company (entity, required): the company
SELECT ?who {
  # VALUES ?company { }  #? company
  ?who news:ceo_of ?company
}"""
    (row,) = graph.query(text, {"company": "ostara"})
    assert str(row.who) == graph.find("Mira Solberg")[0].iri


def test_what_only_copies_tell_is_to_be_checked() -> None:
    text = "Halden acquired Ostara on Monday for three billion dollars in cash, both companies said."
    told = [
        ("a", text),
        ("b", f"{text} Well."),
        ("c", "Halden sued Ostara."),
        ("d", "Now Halden met Ostara."),
    ]
    found = [extraction(id_, text, ("Halden", "acquired", "Ostara")) for id_, text in told[:2]]
    found += [extraction(id_, text, ("Halden", "uses", "Ostara")) for id_, text in told[2:]]
    with KnowledgeGraph.memory(ONTOLOGY) as graph:
        rows = [str(row.relation) for row in fill(graph, found).query("check-first")]
    assert rows == ["acquired"]
