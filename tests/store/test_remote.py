"""A SPARQL endpoint as a store: the real server of Oxigraph, and servers that answer badly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from kg import store
from kg.errors import InputError, QueryError, StoreError, UsageError
from kg.graph import KnowledgeGraph
from kg.place import Place
from kg.store import Remote
from kg.store.remote import BLOCK_TRIPLES, _blocks
from kg.vocab import BASE_IRI, KG, RDFS
from tests.factories import ONTOLOGY, fill, sample_graph
from tests.running import run_kg
from tests.store.ready import made, variants

VARIANTS = variants()


def lines(number: int) -> list[bytes]:
    return [b'<x:s%d> <x:p> "number %d" .\n' % (i, i) for i in range(number)]


@pytest.fixture
def filled(endpoint: str) -> str:
    """The sample at an endpoint."""
    store.load(Remote(endpoint), sample_graph().lines())
    return endpoint


def test_a_graph_at_an_endpoint_is_the_graph(filled: str) -> None:
    graph, here = KnowledgeGraph.open(filled, ONTOLOGY), sample_graph()
    assert graph.claims() == here.claims()
    assert graph.claims(subject="halden", status="asserted") == here.claims(
        subject="halden", status="asserted"
    )
    assert graph.claims(predicate="partner of") == here.claims(predicate="partner of")
    assert graph.entities() == here.entities()
    assert graph.documents() == here.documents()
    assert {str(triple) for triple in graph.triples()} == {str(triple) for triple in here.triples()}
    assert list(graph.lines()) == list(here.lines())
    assert len(graph.engine) == len(list(here.triples()))


def test_an_export_is_imported(endpoint: str, tmp_path: Path) -> None:
    Remote(endpoint).insert([b"<x:a> <x:b> <x:somebody> .\n"])
    here = sample_graph()
    export = here.serialize(tmp_path / "a.nq")
    for _ in range(2):  # again, as after a transfer that was cut off
        with KnowledgeGraph.load([export], endpoint, ONTOLOGY) as graph:
            assert graph.claims() == here.claims()
            assert graph.query("ASK { <x:a> <x:b> <x:somebody> }")
            assert not list(graph.lines(KG.inferred))
    other = fill(KnowledgeGraph.memory(ONTOLOGY), [VARIANTS["a", 0]]).serialize(tmp_path / "b.ttl")
    with pytest.raises(UsageError, match="the store holds documents, and an export would be mixed"):
        KnowledgeGraph.load([other], endpoint)


def test_a_backbone_is_imported_and_known_to_builds(endpoint: str, tmp_path: Path) -> None:
    (tmp_path / "things.ttl").write_text("<x:o> a <https://schema.org/Organization> ; <x:name> 'Ostara' .")
    (tmp_path / "bad.ttl").write_text("<x:o> a")
    KnowledgeGraph.load([tmp_path / "things.ttl"], endpoint).close()
    with pytest.raises(InputError, match=r"bad\.ttl:1"):
        KnowledgeGraph.load([tmp_path / "bad.ttl"], endpoint)
    with made(Place(tmp_path / "out", endpoint), [VARIANTS["a", 0]]) as graph:
        assert graph.query("ASK { GRAPH kg:backbone { <x:o> <x:name> 'Ostara' } }")
        assert [row.o.split()[0] for row in graph.query("SELECT ?o { ?run kg:option ?o }")] == [
            "backbone=sha256"
        ]
    (tmp_path / "things.ttl").write_text("<x:p> a <https://schema.org/Person> .")
    run_kg(["import", "things.ttl", "--store", endpoint], cwd=tmp_path)
    with KnowledgeGraph.open(endpoint) as graph:
        assert [line.split()[0] for line in graph.lines(KG.backbone)] == [b"<x:p>"]
        assert len(graph.documents()) == 1


def test_queries_are_passed_through(filled: str) -> None:
    graph = KnowledgeGraph.open(filled, ONTOLOGY)
    assert [row.name for row in graph.query("SELECT ?name { e:Halden rdfs:label ?name }")] == ["Halden"]
    assert graph.query("ASK { e:Halden news:invested_in e:Kestrel_Labs }")
    assert graph.query("CONSTRUCT WHERE { e:Ostara rdfs:label ?name }").serialize("nt") == (
        f'<{BASE_IRI}entity/Ostara> <{RDFS.label}> "Ostara"@en .\n'.encode()
    )
    with pytest.raises(QueryError, match=r"malformed at line 2, column 1[0-9]"):
        graph.query("SELECT ?name {\n ?x rdfs:label }")


def test_its_base_is_read_from_its_data(endpoint: str) -> None:
    assert KnowledgeGraph.open(endpoint).base_iri == BASE_IRI
    Remote(endpoint).insert([f'<https://d.example/document/a> <{KG.sha256}> "0" .\n'.encode()])
    assert KnowledgeGraph.open(endpoint).base_iri == "https://d.example/"


def test_rdflib_sees_it(filled: str) -> None:
    dataset = KnowledgeGraph.open(filled).dataset
    halden = URIRef(f"{BASE_IRI}entity/Halden")
    assert dataset
    assert dataset.value(halden, URIRef(RDFS.label)) == Literal("Halden", lang="en")
    more, many = dataset.graph("x:more"), 2 * BLOCK_TRIPLES + 5
    more.addN((URIRef(f"x:s{i}"), URIRef("x:p"), Literal(i), more) for i in range(many))
    assert len(more) == many
    assert "x:more" in {str(graph.identifier) for graph in dataset.graphs()}
    more.remove((URIRef("x:s1"), None, None))
    assert len(more) == many - 1


def test_what_is_written_comes_in_blocks(endpoint: str) -> None:
    remote, many = Remote(endpoint), lines(2 * BLOCK_TRIPLES + 1)
    remote.insert([b"".join(many[:700]), b"", b"".join(many[700:])])
    assert len(remote) == len(many)
    remote.insert(many[:3])
    assert len(remote) == len(many)
    remote.delete(many[1:])
    assert [quad.subject.value for quad in remote.quads_for_pattern(None, None, None)] == ["x:s0"]
    remote.insert(many[:2], "x:graph")
    assert len(list(remote.quads_for_pattern(None, None, None, ox.NamedNode("x:graph")))) == 2
    assert len(remote) == 1
    assert [len(block.splitlines()) for block in _blocks(many)] == [BLOCK_TRIPLES, BLOCK_TRIPLES, 1]
    assert [len(block) for block in _blocks([b"x" * 999_999 + b"\n", b"y\n"])] == [1_000_000, 2]


@pytest.mark.parametrize(
    "text", ['a "quoted" \\ word', "line\nbreak\r\ttab", "Łódź 🎉", "} ; DROP ALL #", "x\x0by"]
)
def test_every_text_arrives(endpoint: str, text: str) -> None:
    remote, triple = Remote(endpoint), ox.Triple(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(text))
    quad = ox.Quad(*triple)
    remote.extend([quad])
    assert quad in remote
    assert [found.object for found in remote.quads_for_pattern(None, None, ox.Literal(text))] == [
        ox.Literal(text)
    ]
    remote.remove(quad)
    assert quad not in remote


@pytest.mark.parametrize("path", ["", "query", "update"])
def test_the_endpoint_is_found(endpoint: str, path: str) -> None:
    remote = Remote(endpoint + path)
    remote.insert(lines(1))
    assert len(remote) == 1


class Answering(BaseHTTPRequestHandler):
    """A server that is no endpoint, or one that does not take updates."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/readonly" and body.startswith(b"ASK"):
            self.answer(200, "application/sparql-results+json", b'{"head":{},"boolean":true}')
        elif self.path == "/readonly" and body.startswith(b"SELECT"):
            self.answer(200, "text/html; charset=utf-8", b"rows")
        elif self.path == "/moved":
            self.answer(301, "text/html", b"<p>moved</p>", location="http://elsewhere.example/")
        else:
            self.answer(403, "text/plain", b"Nothing  for\nyou here.")

    def answer(self, code: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def bad_server() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server_that_is_no_endpoint(bad_server: str) -> None:
    with pytest.raises(StoreError) as raised:
        Remote(bad_server + "page")
    message = str(raised.value)
    assert message.startswith(f"{bad_server}page: this is no SPARQL endpoint\n")
    assert f"{bad_server}page/sparql: 403 Forbidden (Nothing for you here.)" in message
    with pytest.raises(StoreError, match=r"moved: 301 Moved Permanently to http://elsewhere.example/"):
        Remote(bad_server + "moved")


def test_an_endpoint_that_only_answers_queries(bad_server: str) -> None:
    remote = Remote(bad_server + "readonly")
    with pytest.raises(StoreError, match=r"takes no updates\n .*readonly: 403 Forbidden"):
        remote.insert(lines(1))
    with pytest.raises(StoreError, match="in a format that is not known: text/html"):
        remote.query("SELECT * { ?s ?p ?o }")
    with pytest.raises(StoreError, match="the query was answered with 403 Forbidden"):
        remote.query("DESCRIBE <x:y>")


def test_no_server() -> None:
    with pytest.raises(StoreError, match=r"http://127.0.0.1:9/db: the store does not answer \(.*refused\)"):
        Remote("http://user:secret@127.0.0.1:9/db")
    with pytest.raises(StoreError, match=r"http://no.such.host.invalid/: the store does not answer"):
        KnowledgeGraph.open("http://no.such.host.invalid/")


def test_a_password_is_not_shown(bad_server: str) -> None:
    with pytest.raises(StoreError) as raised:
        Remote(bad_server.replace("//", "//user:secret@"))
    assert "secret" not in str(raised.value)
