"""Clients that others wrote, and our own, against a running ``kg serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.vocab import NEWS, PREFIXES, RDFS
from tests.running import run_kg
from tests.serve.serving import FOR_EVER, serving
from tests.serve.test_limits import children, wait_until

SELECT = f"""SELECT ?name ?year {{ ?claim <{PREFIXES["rdf"]}predicate> <{NEWS.invested_in}> ;
    <{PREFIXES["rdf"]}subject>/<{RDFS.label}> ?name OPTIONAL {{ ?claim <{PREFIXES["kg"]}time> ?year }} }}
    ORDER BY ?name"""
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s <{NEWS.invested_in}> ?o }}"
HALDEN, KESTREL = (URIRef(PREFIXES["e"] + name) for name in ("Halden", "Kestrel_Labs"))
INVESTED = URIRef(NEWS.invested_in)


@pytest.fixture
def wrapper(address: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{address}sparql")
    client.setTimeout(20)
    return client


@pytest.mark.parametrize("request_", [("GET", ""), (POST, ""), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_reads_rows(wrapper: SPARQLWrapper, request_: tuple[str, str]) -> None:
    method, how = request_
    wrapper.setMethod(method)
    if how:
        wrapper.setRequestMethod(how)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(JSON)
    rows: Any = wrapper.query().convert()
    assert [
        (row["name"]["value"], row.get("year", {}).get("value")) for row in rows["results"]["bindings"]
    ] == [
        ("Halden", "2019"),
        ("Northwind Bank", None),
    ]


@pytest.mark.parametrize(
    ("format", "expected"), [(XML, "Halden"), (CSV, b"Halden,2019"), (TSV, b'"Halden"@en')]
)
def test_sparqlwrapper_reads_other_formats(
    wrapper: SPARQLWrapper, format: str, expected: str | bytes
) -> None:
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(format)
    found: Any = wrapper.query().convert()
    assert expected in (found.toxml() if format == XML else found)


# SPARQLWrapper 2.0 makes a class of rdflib's that is deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("format", [RDFXML, TURTLE, N3, JSONLD])
def test_sparqlwrapper_reads_triples(wrapper: SPARQLWrapper, format: str) -> None:
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(format)
    found: Any = wrapper.query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert (HALDEN, INVESTED, KESTREL) in graph
    assert len(graph) == 2


def test_sparqlwrapper_asks_and_is_told_what_is_wrong(wrapper: SPARQLWrapper) -> None:
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("ASK { ?s ?p ?o }")
    assert wrapper.query().convert()["boolean"] is True  # type: ignore[index, call-overload]
    wrapper.setQuery("ASK { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="malformed at line 1"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_through_its_sparql_store(address: str, method: Any, format: str) -> None:
    graph = Graph(SPARQLStore(f"{address}sparql", method=method, returnFormat=format))
    rows: Any = graph.query(SELECT)
    assert [str(row.name) for row in rows] == ["Halden", "Northwind Bank"]
    if format not in ("csv", "tsv"):  # which have no truth values, and csv no IRIs
        assert (HALDEN, INVESTED, KESTREL) in graph
        assert set(graph.subjects(INVESTED, KESTREL)) == {HALDEN, URIRef(PREFIXES["e"] + "Northwind_Bank")}
        assert graph.value(HALDEN, URIRef(RDFS.label)) == Literal("Halden", lang="en")


def test_rdflib_constructs_and_federates(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}sparql")).query(CONSTRUCT).graph
    assert graph is not None
    assert len(graph) == 2
    asked: Any = Dataset().query(
        f"SELECT ?o {{ SERVICE <{address}sparql> {{ <{HALDEN}> <{INVESTED}> ?o }} }}"
    )
    assert [row.o for row in asked] == [KESTREL]


@pytest.mark.parametrize("path", ["", "sparql"])
def test_we_read_it_as_a_remote_store(address: str, path: str, store: Path) -> None:
    with KnowledgeGraph.open(store) as local, KnowledgeGraph.open(f"{address}{path}") as remote:
        for name, parameters in (("investments", {}), ("about", {"entity": "halden"}), ("entities", {})):
            found = local.query(name, parameters).serialize("json")
            assert remote.query(name, parameters).serialize("json") == found
        entity = {"entity": "Halden"}
        triples = local.query("neighbourhood", entity).serialize("ttl")
        assert remote.query("neighbourhood", entity).serialize("ttl") == triples
        assert remote.claims(subject="Halden") == local.claims(subject="Halden")


def test_a_query_that_takes_too_long_is_asked_once(store: Path) -> None:
    with serving(store, "--timeout", "1") as (address, process), KnowledgeGraph.open(address) as remote:
        begun = set(children(process.pid))
        with pytest.raises(StoreError, match=r"503 Service Unavailable .the query takes more than 1 s"):
            remote.query(FOR_EVER)
        wait_until(
            lambda: len(set(children(process.pid)) - begun) == 1
        )  # for each that is ended another begins


def test_our_command_asks_it(address: str, tmp_path: Path) -> None:
    done = run_kg(["query", "denied", "--format", "csv", "--store", address], cwd=tmp_path)
    assert done.stdout.splitlines()[1].startswith("Kestrel Labs,acquired,Ostara,")
