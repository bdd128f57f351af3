"""The query operation of the SPARQL 1.1 Protocol, as its specification has it for a read-only service.

Each case names the section of https://www.w3.org/TR/sparql11-protocol/ that it was written from.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pyoxigraph as ox
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.negotiation import ROWS, TRIPLES, choose
from kg.serve.protocol import Question, RequestError, read_question
from kg.vocab import KG

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FORM_UTF_8 = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?who { ?who news:invested_in ?what } ORDER BY ?who"
CONSTRUCT = "CONSTRUCT { ?s news:invested_in ?o } WHERE { ?s news:invested_in ?o }"
HALDEN = "https://example.org/kg/entity/Halden"
NOWHERE = "http://nowhere.example/graph"


def ask(address: str, method: str = "GET", **request: Any) -> requests.Response:
    return requests.request(method, f"{address}sparql", timeout=20, **request)


# ---- 2.1.1 to 2.1.3: three ways to ask ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GET", {"params": {"query": ASK}}),  # 2.1.1
        ("POST", {"data": {"query": ASK}}),  # 2.1.2
        ("POST", {"data": f"query={ASK.replace(' ', '+')}", "headers": FORM}),
        (
            "POST",
            {"data": {"query": ASK}, "headers": {"Content-Type": f"{FORM['Content-Type']}; charset=UTF-8"}},
        ),
        ("POST", {"data": ASK, "headers": DIRECT}),  # 2.1.3
        ("POST", {"data": ASK, "headers": {"Content-Type": "Application/SPARQL-Query;charset=utf-8"}}),
        ("GET", {"params": {"query": ASK, "other": "parameters are not ours"}}),
        ("GET", {"params": {"query": "ASK { FILTER('grüße 🎉' = 'gr\\u00fc\\u00dfe 🎉') }"}}),
        ("POST", {"data": "ASK { FILTER(STRLEN('Łódź') = 4) }".encode(), "headers": DIRECT}),
    ],
)
def test_the_three_ways_to_ask(address: str, method: str, request_: dict[str, Any]) -> None:
    answer = ask(address, method, **request_)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("method", "request_", "status"),
    [
        ("GET", {"params": "query"}, 400),
        ("GET", {"params": {"query": ""}}, 400),
        ("GET", {"params": {"query": [ASK, ASK]}}, 400),  # 2.1: exactly one
        ("GET", {"params": {"default-graph-uri": NOWHERE}}, 400),
        ("GET", {"params": {"query": "SELECT"}}, 400),  # 2.1.6
        ("GET", {"params": {"query": "SELECT * { ?s new:p ?o }"}}, 400),
        ("GET", {"params": {"query": "SELECT * { ?s <p> ?o }"}}, 400),
        ("GET", {"params": "query=%FF%FE"}, 400),
        ("GET", {"params": {"query": ASK, "default-graph-uri": "no iri"}}, 400),
        ("POST", {"data": {}, "headers": FORM}, 400),
        ("POST", {"data": {"query": [ASK, ASK]}}, 400),
        ("POST", {"data": {"other": ASK}}, 400),
        ("POST", {"data": b"ASK { ?s ?p '\xff' }", "headers": DIRECT}, 400),
        ("POST", {"data": ASK, "headers": DIRECT, "params": {"query": ASK}}, 400),
        ("POST", {"data": ASK}, 415),
        ("POST", {"data": ASK, "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"data": '{"query": ""}', "headers": {"Content-Type": "application/json"}}, 415),
        ("POST", {"files": {"query": ASK}}, 415),
        ("PUT", {"params": {"query": ASK}}, 405),
        ("DELETE", {"params": {"query": ASK}}, 405),
        ("PATCH", {"params": {"query": ASK}}, 405),
        ("GET", {"params": {"query": "x" * 70_000}}, 400),  # longer than a head may be
        ("POST", {"data": "ASK {}" + " " * (1 << 20), "headers": DIRECT}, 413),
        ("POST", {"data": "&".join("a=b" for _ in range(1_001)), "headers": FORM}, 400),
    ],
)
def test_what_is_no_question(address: str, method: str, request_: dict[str, Any], status: int) -> None:
    answer = ask(address, method, **request_)
    assert answer.status_code == status
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST"
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("POST", {"data": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),  # 2.2
        ("POST", {"data": {"update": "CLEAR ALL"}}),
        ("GET", {"params": {"update": "CLEAR ALL"}}),
        ("POST", {"data": {"update": "CLEAR ALL", "using-graph-uri": NOWHERE}}),
        ("GET", {"params": {"query": "ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } }"}}),
        ("GET", {"params": {"query": "ASK { SERVICE SILENT ?s { ?s ?p ?o } }"}}),
    ],
)
def test_what_is_refused(address: str, method: str, request_: dict[str, Any]) -> None:
    before = ask(address, params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    answer = ask(address, method, **request_)
    assert answer.status_code == 403
    assert "refused" in answer.text
    assert ask(address, params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json() == before


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
    ],
)
def test_an_update_is_no_query(address: str, update: str) -> None:
    answer = ask(address, params={"query": update})
    assert answer.status_code == 400
    assert "updates are refused" in answer.text


# ---- 2.1.4: the graphs of a query --------------------------------------------------------------------


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def sizes(address: str) -> dict[str, int]:
    """The number of triples in all, and of those that are inferred."""
    return {"all": number(address, {"query": COUNT}), "inferred": number(address, {"query": NAMED})}


def number(address: str, parameters: dict[str, Any], method: str = "GET") -> int:
    given = {"params": parameters} if method == "GET" else {"data": parameters}
    answer = ask(address, method, **given)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("query", "graphs", "expected"),
    [
        (COUNT, {}, "all"),
        (COUNT, {"default-graph-uri": KG.inferred}, "inferred"),
        (COUNT, {"default-graph-uri": [NOWHERE, KG.inferred]}, "inferred"),
        (COUNT, {"default-graph-uri": NOWHERE}, None),
        (COUNT, {"named-graph-uri": KG.inferred}, None),  # then the default graph is empty
        (NAMED, {"named-graph-uri": KG.inferred}, "inferred"),
        (NAMED, {"default-graph-uri": KG.inferred}, None),  # and then there is no named one
        (NAMED, {"default-graph-uri": NOWHERE, "named-graph-uri": [KG.inferred, NOWHERE]}, "inferred"),
        (COUNT.replace("{", f"FROM <{KG.inferred}> {{", 1), {}, "inferred"),
        (COUNT.replace("{", f"FROM <{NOWHERE}> {{", 1), {}, None),
        (NAMED.replace("{", f"FROM NAMED <{KG.inferred}> {{", 1), {}, "inferred"),
        # the graphs of the request go before those of the query
        (COUNT.replace("{", f"FROM <{NOWHERE}> {{", 1), {"default-graph-uri": KG.inferred}, "inferred"),
    ],
)
def test_the_graphs_of_a_query(
    address: str, sizes: dict[str, int], method: str, query: str, graphs: dict[str, Any], expected: str | None
) -> None:
    assert sizes["all"] > sizes["inferred"] > 0
    found = number(address, {"query": query, **graphs}, method)
    assert found == (sizes[expected] if expected else 0)


def test_the_graphs_of_a_query_that_is_the_body(address: str, sizes: dict[str, int]) -> None:
    graphs = {"default-graph-uri": KG.inferred}
    answer = ask(address, "POST", data=COUNT, headers=DIRECT, params=graphs)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(sizes["inferred"])


# ---- 2.1.5: formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv;q=0.2, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        (SELECT, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (SELECT, "application/*;q=0.1, text/*;q=0.9", "text/csv; charset=utf-8"),
        (SELECT, "*/*, application/sparql-results+json;q=0", "application/json"),
        (SELECT, "TEXT/CSV ; Q=1", "text/csv; charset=utf-8"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, */*;q=0.1", "application/rdf+xml"),
        (CONSTRUCT, "text/plain", "text/plain; charset=utf-8"),
        (f"DESCRIBE <{HALDEN}>", "application/n-triples;q=0.9,text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_the_format_is_the_one_that_is_liked_best(
    address: str, query: str, accept: str | None, kind: str
) -> None:
    answer = ask(address, params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["vary"] == "Accept"
    read(answer, query)


def read(answer: requests.Response, query: str) -> None:
    """The body is what its type says, read by another parser than ours where there is one."""
    kind = answer.headers["content-type"].partition(";")[0]
    if query.startswith(("CONSTRUCT", "DESCRIBE")):
        format = ox.RdfFormat.N_TRIPLES if kind == "text/plain" else ox.RdfFormat.from_media_type(kind)
        assert list(ox.parse(answer.content, format=format))
    elif kind.endswith("json"):
        assert "head" in json.loads(answer.text)
    elif kind == "text/csv":
        assert answer.text.startswith(("who\r\n", "true"))
    elif kind == "text/tab-separated-values":
        assert answer.text.splitlines()[:2] == ["?who", f"<{HALDEN}>"]
    else:
        ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.XML)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "image/png"),
        (SELECT, "text/turtle"),
        (CONSTRUCT, "text/csv"),
        (ASK, "*/*;q=0"),
        (None, "text/csv"),
    ],
)
def test_no_format_is_acceptable(address: str, query: str | None, accept: str) -> None:
    answer = ask(address, params={"query": query} if query else {}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "comes as" in answer.text


@given(st.text(alphabet="aplictonx/+*;,q=0.5 -rdf", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_accept_header_is_read(accept: str) -> None:
    for available in (ROWS, TRIPLES):
        assert choose(accept, available) in (None, *available)


@given(st.text(max_size=40), st.text(max_size=40), st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_request_is_a_question_or_an_error(parameters: str, content_type: str, body: bytes) -> None:
    for method in ("GET", "POST"):
        for kind in (content_type, FORM["Content-Type"], DIRECT["Content-Type"]):
            with suppress(RequestError):
                found = read_question(method, parameters, kind, body)
                assert found is None or isinstance(found, Question)


# ---- the rest of HTTP --------------------------------------------------------------------------------


def test_head_is_get_without_a_body(address: str) -> None:
    answer = ask(address, "HEAD", params={"query": SELECT})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 0


def test_without_a_query_the_service_describes_itself(address: str) -> None:
    answer = ask(address)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    found: Any = store.query(
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?endpoint ?language (COUNT(?format) AS ?formats) ?inferred {
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage ?language ;
            sd:resultFormat ?format ; sd:defaultDataset/sd:namedGraph/sd:name ?inferred
        } GROUP BY ?endpoint ?language ?inferred"""
    )
    ((endpoint, language, formats, inferred),) = list(found)
    assert endpoint.value == f"{address}sparql"
    assert language.value.endswith("#SPARQL11Query")
    assert (formats.value, inferred.value) == ("8", KG.inferred)


def test_a_browser_that_comes_to_the_endpoint_is_led_to_the_page(address: str) -> None:
    answer = ask(address, headers={"Accept": "text/html,*/*;q=0.8"}, allow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_prefixes_are_bound_and_errors_point_at_their_place(address: str) -> None:
    answer = ask(address, params={"query": "SELECT *\n{ ?s nwes:p ?o }"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert 'the prefix "nwes:" is not bound, line 2, column 6' in answer.text
    assert 'Did you mean "news"?' in answer.text
