"""RDF files of others: read in any syntax, refused with file and line, and harmless."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, KGError, UsageError
from kg.parse import parse
from tests.factories import sample_graph

# Without the second it was packed in: the workers of a run must collect the same tests.
PACKED = gzip.compress(b"<http://x.y/s> <http://x.y/p> <http://x.y/o> .", mtime=0)
TRIPLE = "<http://x.y/s> <http://x.y/p> <http://x.y/o>"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.y/">'
ONE = f'{XML}<rdf:Description rdf:about="http://x.y/s"><x:p rdf:resource="http://x.y/o"/></rdf:Description></rdf:RDF>'


def read(path: Path, content: str | bytes) -> list[str]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(quad) for quad in parse(path)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", f"{TRIPLE} ."),
        ("a.TTL", f"\ufeff{TRIPLE} ."),
        ("a.nt", f"{TRIPLE} .\n"),
        ("a.nq", f"{TRIPLE} ."),
        ("a.trig", f"{{ {TRIPLE} }}"),
        ("a.jsonld", '{"@id": "http://x.y/s", "http://x.y/p": {"@id": "http://x.y/o"}}'),
        ("a.json", '{"@context": {"@vocab": "http://x.y/"}, "@id": "http://x.y/s", "p": {"@id": "http://x.y/o"}}'),
        ("a.rdf", ONE),
        ("a.xml", f'\ufeff<?xml version="1.0"?>\n{ONE}'),
        ("a.owl", f'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [<!ENTITY x "http://x.y/" >]>\n{ONE}'),
        ("b.owl", f"# OWL in Turtle\n{TRIPLE} ."),
        ("a.ttl.gz", PACKED),
        ("a.rdf.GZ", gzip.compress(ONE.encode(), mtime=0)),
        ("c.owl.gz", gzip.compress(ONE.encode(), mtime=0)),
    ],
)  # fmt: skip
def test_every_syntax(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read(tmp_path / name, content) == [TRIPLE]


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "owl"])
def test_our_own_files(tmp_path: Path, suffix: str) -> None:
    graph = sample_graph()
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    assert {quad.triple for quad in parse(path)} == set(graph.triples())


def test_relative_names_do_not_say_where_the_file_lies(tmp_path: Path) -> None:
    assert read(tmp_path / "a.ttl", "<s> <#p> <../o> .") == [
        "<https://example.org/s> <https://example.org/#p> <https://example.org/o>"
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", f"{TRIPLE} .\n\nfoo bar .", ":3: not valid Turtle: foo is not a valid subject"),
        ("a.nt", f"{TRIPLE} .\n{TRIPLE} , .\n", ":2: not valid N-Triples"),
        ("a.ttl", b'<http://x.y/s> <http://x.y/p>\n"\xff" .', ":2: not valid Turtle: Invalid UTF-8"),
        ("a.jsonld", '{"@id":\n nope}', ":2: not valid JSON-LD"),
        ("a.rdf", f"{XML}\n<x:a>\n</x:b></rdf:RDF>", ":3: not valid RDF/XML"),
        ("a.rdf", f"{XML}<rdf:li>", "a.rdf: not valid RDF/XML|a.rdf:1: not valid RDF/XML"),
        ("a.ttl.gz", b"<s> <p> <o> .", "cannot be read: Not a gzipped file"),
        ("a.ttl.gz", PACKED[:-8], "cannot be read: Compressed file ended"),
    ],
)
def test_what_is_malformed(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path / name, content)


def test_what_is_no_file_of_rdf(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no syntax of RDF"):
        read(tmp_path / "a.tttl", "")
    with pytest.raises(InputError, match="No such file"):
        list(parse(tmp_path / "none.ttl"))
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(InputError, match="Is a directory"):
        list(parse(tmp_path / "folder.ttl"))


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">\n' for i in range(1, 10))


@pytest.mark.parametrize(
    ("declared", "line"),
    [
        (f'<!ENTITY a0 "ha">\n{LAUGHS}', 3),
        (f'<!ENTITY a9 "{"ha" * 600}">', 2),
        ('<!ENTITY a9 SYSTEM "file:///etc/hostname">', 2),
        ('<!ENTITY % p SYSTEM "http://x.y/z"> %p;', 2),
    ],
)
def test_entities_that_grow_or_fetch_are_refused(tmp_path: Path, declared: str, line: int) -> None:
    text = (
        f"<!DOCTYPE rdf:RDF [\n{declared}]>{XML}<rdf:Description><x:p>&a9;</x:p></rdf:Description></rdf:RDF>"
    )
    with pytest.raises(InputError, match=rf"a.rdf:{line}: the entity &\w+; stands for"):
        read(tmp_path / "a.rdf", text)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        context = f'{{"@context": "{address}", "@id": "http://x.y/s", "name": "a"}}'
        with pytest.raises(InputError, match="its @context is on the network, and nothing is fetched"):
            read(tmp_path / "a.jsonld", context)
        imports = f"<http://x.y/o> <http://www.w3.org/2002/07/owl#imports> <{address}> ."
        assert len(read(tmp_path / "a.ttl", imports)) == 1
        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody has come
            server.accept()


@pytest.mark.parametrize(("name", "content"), [("a.jsonld", "[" * 100_000), ("a.trig", "{" * 100_000)])
def test_deep_nesting_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(KGError):
        read(tmp_path / name, content)


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("[] <http://x.y/p> _:b .")
    nodes = [{quad.subject for quad in parse(tmp_path / "a.ttl")} for _ in range(2)]
    assert nodes[0] != nodes[1]
    assert all(isinstance(node, ox.BlankNode) for found in nodes for node in found)
