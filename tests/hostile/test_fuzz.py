"""Anything at all: what is read is what was written, and what cannot be read is an error, never a crash.

``make fuzz`` tries a thousand times as much (FUZZ says how many times), each run something else.
"""

from __future__ import annotations

import json
import os
import string
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.characters import is_writable, writable
from kg.claims import claims
from kg.errors import InputError, OntologyError, UsageError
from kg.export.network import write_csv, write_gexf, write_graphml, write_node_link
from kg.extract.text import prepare
from kg.frames import KINDS, PREPOSITIONS, parse_frame
from kg.graph import KnowledgeGraph
from kg.model import Claim, Document, Evidence, Extraction, Mention, Qualifiers, Relation
from kg.ontology import load_ontology
from kg.page import render
from kg.parameters import named
from kg.parse import parse
from kg.queries import shipped_queries
from kg.readers import read_file, readers
from kg.resolve import resolve
from tests.factories import ONTOLOGY, fill

TIMES = int(os.environ.get("FUZZ", "1"))


def tried(times: int) -> settings:
    """So often in ``make test``, and FUZZ times as often in ``make fuzz``."""
    return settings(
        max_examples=times * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=list(HealthCheck),
    )


#: Letters of many scripts, what joins or turns them round, and what ends a line or a program.
ODD = st.sampled_from(
    [*"aZ .\n\r\t\"'\\<>&{}|^`%=+-@;#\0\x07\x1b\x7f\x85\x9b\u00a0\u0301\u061c\u200b\u200d\u200e\u202e\u2028",
     *"\u2066\ufeff\ufffd\ufffe\ud800\udfff😀ﬁßİſ你مAe", "👩‍🔬", "e\u0301", "javascript:", "</script>", "]]>",
     "&#0;", "<img src=x onerror=x>"]
)  # fmt: skip
TEXT = st.text(st.one_of(st.characters(), st.characters(exclude_categories=["Cs"]))) | st.lists(ODD).map(
    "".join
)
#: What a text file can hold.
STORED = TEXT.map(lambda text: text.encode("utf-8", "replace").decode().replace("\0", ""))

# ---------------------------------------------------------------- readers

#: The beginnings and middles of files of each kind, so that random bytes reach further than the first one.
PIECES = [
    b"%PDF-1.7\n", b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n", b"trailer <</Root 1 0 R>>",
    b"startxref\n0", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"word/document.xml", b"[Content_Types].xml",
    b"<html><body><p>", b"<div>", b"</p>", b"<!DOCTYPE html>", b"<meta charset=utf-7>", b"<!ENTITY a '&b;'>",
    b"<?xml version='1.0' encoding='x'?>", b"<rss><channel><item><description>", b"<![CDATA[",
    b"<entry><content>",
    b"From: a@b\n", b"Content-Type: text/html; charset=idna\n\n", b"MIME-Version: 1.0\n", b"=?x?q?=00?=",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"---\ntitle: *a\n---\n", b"# ", b"[a]: <", b"```",
    b'{"text": "', b'"}\n', b"\\ud800", b"text,id\n", b'"', b",", b";", b"\xff\xfe", b"\xef\xbb\xbf", b"\0",
    b"\n", b"Halden bought Ostara.",
]  # fmt: skip
BYTES = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=12).map(b"".join)


@tried(120)
@given(st.sampled_from(sorted(readers())), BYTES)
def test_any_bytes_are_documents_or_errors(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(data)
        for found in read_file(path, "a", path.name):
            assert isinstance(found, Document | InputError)
            if isinstance(found, Document):
                assert found.text.strip()
                assert all(
                    is_writable(text or "") for text in (found.id, found.text, found.title, found.author)
                )
            else:
                assert str(found).startswith(path.name)


WRITERS = {
    ".txt": lambda text: text.encode(),
    ".jsonl": lambda text: json.dumps({"id": "a", "text": text}).encode(),
    ".csv": lambda text: ('id,text\na,"' + text.replace('"', '""') + '"\n').encode(),
}


@tried(60)
@given(st.sampled_from(sorted(WRITERS)), STORED)
def test_text_comes_back(suffix: str, text: str) -> None:
    text = text.lstrip("\ufeff")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(WRITERS[suffix](text))
        (found,) = read_file(path, "a", path.name)
        assert isinstance(found, InputError) if not writable(text).strip() else found.text == writable(text)


@tried(20)
@given(STORED, STORED)
def test_mail_comes_back(text: str, subject: str) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split()) or "none"
    message.set_content(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.eml")
        path.write_bytes(bytes(message))
        (found,) = read_file(path, "a", path.name)
        assert isinstance(found, Document | InputError)


# ---------------------------------------------------------------- offsets


@tried(100)
@given(TEXT)
def test_preparing_keeps_every_offset(text: str) -> None:
    prepared = prepare(text)
    assert len(prepared.text) == len(text)
    assert all(0 <= line.start < line.end <= len(text) for line in prepared.lines)


# ---------------------------------------------------------------- claims


NAME = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
) | st.lists(ODD, min_size=1, max_size=4).map("".join).map(writable).filter(str.strip)
PROPERTIES = sorted(name for name, prop in ONTOLOGY.properties.items() if not prop.literal)


def said(names: tuple[str, str], predicate: str, around: str, id_: str, status: str) -> Extraction:
    """A document of one sentence in which a relation is said, with odd characters all around."""
    head, tail = names
    sentence = f"{head} bought {tail}"
    text = writable(f"{around}{sentence}{around}")
    at = len(around)
    kinds = [(ONTOLOGY.properties[predicate].domain, ONTOLOGY.properties[predicate].range)]
    document = Document(
        writable(id_) or "a", text, title=around or None, source=id_ or None, author=around or None
    )
    one = Mention(at, at + len(head), head, kinds[0][0][0], head, 0)
    two = Mention(at + len(sentence) - len(tail), at + len(sentence), tail, kinds[0][1][0], tail, 1)
    verb = at + len(head) + 1
    evidence = Evidence(document.id, sentence, at, at + len(sentence), "bought", verb, verb + 6)
    relation = Relation(predicate, "buy", one, two, Qualifiers(status), evidence, score=0.5)
    return Extraction(document, (one, two), (relation,))


EXTRACTIONS = st.builds(
    said,
    st.tuples(NAME, NAME),
    st.sampled_from(PROPERTIES),
    TEXT.map(writable),
    TEXT,
    st.sampled_from(["asserted", "planned", "denied"]),
)


def stated(found: Extraction) -> list[Claim]:
    return list(claims(found, resolve([found], ONTOLOGY), ONTOLOGY))


@tried(40)
@given(EXTRACTIONS)
def test_claims_come_back_from_the_store(found: Extraction) -> None:
    with fill(KnowledgeGraph.memory(ONTOLOGY), [found]) as graph, tempfile.TemporaryDirectory() as folder:
        again = list(graph.claims())
        assert sorted(again, key=lambda claim: claim.iri) == sorted(
            stated(found), key=lambda claim: claim.iri
        )
        (document,) = graph.documents()
        assert document.text == found.document.text
        for claim in again:
            evidence = claim.evidence
            assert document.text[evidence.start : evidence.end] == evidence.text
        exported = graph.serialize(Path(folder, "graph.nt"))
        assert sorted(map(str, parse(exported))) == sorted(
            line.decode().removesuffix(" .\n") for line in graph.lines()
        )


@tried(12)
@given(EXTRACTIONS)
def test_every_export_can_be_written(found: Extraction) -> None:
    with fill(KnowledgeGraph.memory(ONTOLOGY), [found]) as graph, tempfile.TemporaryDirectory() as folder:
        lines = list(graph.lines())
        for suffix in ("ttl", "trig", "nq", "jsonld", "rdf"):
            exported = graph.serialize(Path(folder, f"graph.{suffix}"))
            read = {str(quad.triple) for quad in parse(exported)}
            assert len(read) == len(lines), suffix
        assert lines == list(graph.lines())
        for number, write in enumerate((write_csv, write_gexf, write_graphml, write_node_link)):
            write(graph, Path(folder, f"network{number}"))


class Tags(HTMLParser):
    """The elements of a page, in the way in which a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count it, and what it would run."""
        self.found[tag] += 1
        self.found.update(name for name, _ in attrs if name.startswith("on"))


@cache
def page(found: Extraction) -> Counter[str]:
    """What a page consists of, but for the rows of its table."""
    with fill(KnowledgeGraph.memory(ONTOLOGY), [found]) as graph:
        tags = Tags(render(graph.facts(), graph.documents(), title=found.document.text)).found
    return Counter({tag: number for tag, number in tags.items() if tag not in ("tr", "td")})


@tried(4)
@given(EXTRACTIONS)
def test_any_text_is_shown_as_text(found: Extraction) -> None:
    assert page(found) == page(said(("Halden", "Ostara"), "acquired", "", "a", "asserted"))


# ---------------------------------------------------------------- queries

QUERIES = sorted(name for name, query in shipped_queries().items() if query.parameters)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    found = said(("Halden", "Ostara"), "acquired", "", "a", "asserted")
    return fill(KnowledgeGraph.memory(ONTOLOGY), [found])


@tried(40)
@given(name=st.sampled_from(QUERIES), value=TEXT | NAME, data=st.data())
def test_any_value_is_a_parameter_or_an_error(
    graph: KnowledgeGraph, name: str, value: str, data: st.DataObject
) -> None:
    query = named(name)
    chosen = data.draw(st.sampled_from(query.parameters))
    known = {"entity": "Halden", "relation": "acquired", "document": "a", "class": "Organization"}
    given_ = {p.name: known.get(p.type, "1") for p in query.parameters if p.required}
    before = list(graph.lines())
    with suppress(UsageError):
        list(graph.query(name, parameters={**given_, chosen.name: value}))
    assert list(graph.lines()) == before


# ---------------------------------------------------------------- ontologies and frames


WORDS = st.sampled_from(["X", "Y", "X's", "X-backed", "buy", "Buy", "-", "", "*", *sorted(PREPOSITIONS)[:8]])
FRAMES = st.lists(WORDS | st.text(string.printable, max_size=4), max_size=6).map(" ".join)


@tried(300)
@given(st.sampled_from(KINDS), FRAMES | TEXT)
def test_any_frame_is_read_or_refused(kind: str, text: str) -> None:
    try:
        frame = parse_frame(kind, text)
    except ValueError:
        return
    assert frame.lemma
    assert frame.subject != frame.object
    assert frame == replace(frame)


HEAD = """@prefix : <http://x.example/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix lex: <https://w3id.org/claimgraph/lex#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = st.sampled_from(
    [
        ":A",
        ":B",
        ":p",
        ":q",
        "_:l",
        "owl:Thing",
        "xsd:date",
        "()",
        "(:A :B)",
        "[]",
        "<javascript:x>",
        "<>",
        "rdf:nil",
    ]
)
PREDICATES = st.sampled_from(
    "a rdfs:subClassOf rdfs:subPropertyOf owl:inverseOf rdfs:domain rdfs:range owl:unionOf rdf:first rdf:rest"
    " owl:disjointWith owl:equivalentClass owl:imports rdfs:label lex:verb lex:noun lex:not lex:zzz".split()
)
KIND = st.sampled_from(["owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:TransitiveProperty"])
STRINGS = TEXT.map(lambda text: json.dumps(text.encode("utf-8", "replace").decode()))
STATEMENTS = st.tuples(NODES, PREDICATES, NODES | KIND | STRINGS).map(" ".join)


@tried(20)
@given(
    st.lists(STATEMENTS, max_size=12),
    st.lists(st.tuples(NODES, st.just("a"), KIND).map(" ".join), max_size=4),
)
def test_any_ontology_is_read_or_refused(some: list[str], kinds: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "o.ttl")
        path.write_text(HEAD + "".join(f"{line} .\n" for line in (*some, *kinds)), encoding="utf-8")
        try:
            ontology = load_ontology(path)
        except OntologyError:
            return
        assert all(prop.name for prop in ontology.properties.values())


@tried(20)
@given(st.sampled_from([".ttl", ".owl", ".rdf", ".jsonld", ".nt", ".nq", ".trig", ".ttl.gz"]), BYTES)
def test_any_bytes_are_rdf_or_an_error(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(data)
        with suppress(InputError):
            list(parse(path))
