"""Every file is read by other software, and to all of them it says the same."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.model import Claim, Document, Entity, Evidence, Qualifiers
from kg.vocab import KG, NEWS, entity_iri
from tests.factories import ONTOLOGY, RUN, sample_graph

#: For each suffix its names in Oxigraph, rdflib and raptor, and whether it holds named graphs.
FORMATS = {
    "ttl": (ox.RdfFormat.TURTLE, "turtle", "turtle", False),
    "nt": (ox.RdfFormat.N_TRIPLES, "nt", "ntriples", False),
    "nq": (ox.RdfFormat.N_QUADS, "nquads", "nquads", True),
    "trig": (ox.RdfFormat.TRIG, "trig", "trig", True),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld", None, False),
    "rdf": (ox.RdfFormat.RDF_XML, "xml", "rdfxml", False),
}
Quads = set[str]


def with_inferred(graph: KnowledgeGraph) -> KnowledgeGraph:
    node, other = (rdflib.URIRef(entity_iri(name)) for name in ("Halden", "Ostara"))
    graph.dataset.graph(KG.inferred).add((other, rdflib.URIRef(NEWS.partner_of), node))
    return graph


def held(graph: KnowledgeGraph, suffix: str) -> Quads:
    """What a file of this suffix must say of a graph."""
    found = {f"{triple}" for triple in graph.triples()}
    lines = b"".join(graph.lines(KG.inferred)).decode().splitlines() if FORMATS[suffix][3] else []
    return found | {f"{line.removesuffix(' .')} <{KG.inferred}>" for line in lines}


def oxigraph(path: Path) -> Quads:
    return {str(quad) for quad in ox.parse(path=str(path), format=FORMATS[path.suffix[1:]][0])}


def by_rdflib(path: Path) -> Quads:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():  # rdflib's own reader of JSON-LD uses what rdflib deprecates
        warnings.filterwarnings("ignore", message="ConjunctiveGraph is deprecated")
        dataset.parse(path, format=FORMATS[path.suffix[1:]][1])
    data = dataset.serialize(format="nquads", encoding="utf-8")
    default = f" <{dataset.default_graph.identifier}>"
    return {str(quad).removesuffix(default) for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)}


def raptor(path: Path) -> Quads:
    syntax, named = FORMATS[path.suffix[1:]][2:]
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    out = "nquads" if named else "ntriples"
    command = ["rapper", "-i", str(syntax), "-o", out, str(path), "https://example.org/"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    return {str(quad) for quad in ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS)}


Reader = Callable[[Path], Quads]
READERS: list[tuple[str, Reader]] = [
    (suffix, reader)
    for suffix, (*_, syntax, _named) in FORMATS.items()
    for reader in (oxigraph, by_rdflib, raptor)
    if syntax is not None or reader is not raptor
]

HOSTILE = [
    "quotes \" and ' and \"\"\" and '''",
    "back\\slash, \\u0041, \\n, trailing \\",
    "line\nfeed, carriage\rreturn, both\r\n, tab\t",
    "<angle> & &amp; ]]> <!-- <?x?> </rdf:RDF>",
    "\x00 \x07 \x08 \x0b \x0c \x1b \x1f \x7f \x85 \ufffe \uffff",
    "\ud800 lone \udfff",
    "مرحبا \u202eright to left\u202c שלום",
    "😀 👩‍👩‍👧 e\u0301 \u2028 \u2029 \ufeff \U0010fffd",
    '{"@id": "x"} @base <x> . _:b0 e:x [] ( ) # ^^ @en',
    "' . <a> <b> <c> . #",
    " blanks at both ends ",
    "%20 %zz {curly} |pipe| `tick` ^caret",
]


def labelled(*names: str) -> KnowledgeGraph:
    """A graph in which every text of a claim, its things and its document is one of the names."""
    graph = KnowledgeGraph.memory(ONTOLOGY)
    for number, name in enumerate(names):
        document = Document(f"{number} {name}", name, title=name, source=name)
        thing = Entity(entity_iri(f"thing{number}"), name, NEWS.Organization, (f"{name} Inc",))
        other = Entity(entity_iri(f"other{number}"), name[::-1], NEWS.Product)
        evidence = Evidence(document.id, name, 0, len(name), name, 0, len(name), name)
        said = Qualifiers("asserted", attributed_as_written=name, time=name, time_as_written=name)
        iri = f"https://example.org/kg/claim/{number}"
        claim = Claim(iri, thing, NEWS.acquired, other, said, evidence, thing, 0.5, name)
        graph.add([claim], [document], RUN)
    return graph


@pytest.mark.parametrize(("suffix", "reader"), READERS)
def test_the_sample_is_read(
    suffix: str, reader: Reader, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    graph = with_inferred(sample_graph())
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    assert reader(path) == held(graph, suffix)
    assert not caplog.records


@pytest.mark.parametrize(("suffix", "reader"), READERS)
def test_hostile_labels_are_read(suffix: str, reader: Reader, tmp_path: Path) -> None:
    graph = labelled(*HOSTILE)
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    assert reader(path) == held(graph, suffix)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
@pytest.mark.parametrize("suffix", FORMATS)
def test_any_label_is_read(suffix: str, tmp_path: Path, names: list[str]) -> None:
    graph = labelled(*names)
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    assert oxigraph(path) == by_rdflib(path) == held(graph, suffix)


FOREIGN = [
    "<doc:a> <urn:x:p> <e:b> .",  # a scheme that is a prefix too
    "<http://x.y/s> <http://x.y/a/p> <http://x.y/s> . <http://x.y/s> <http://x.y/a/p> 'text'@de .",
    "<http://x.y/s> a <http://x.y/1> , <http://x.y/> , <http://x.y/a#b> .",
    "<http://x.y/s> <http://x.y/p> true , false , 1 , -7 , 9007199254740993 , 1.50 , 1e3 .",
    "<http://x.y/s> <http://x.y/p> '007'^^<http://www.w3.org/2001/XMLSchema#integer> .",
    "<http://x.y/s> <http://x.y/p> '1'^^<http://www.w3.org/2001/XMLSchema#boolean> .",
    "<http://x.y/s> <http://x.y/p> 'x'^^<http://x.y/t> . <http://x.y/t> <http://x.y/q> 'y'@en-gb .",
    "<https://example.org/kg/entity/> <https://schema.org/> <https://example.org/kg/entity///a> .",
    "<http://x.y/s?a=1&b='2'#é> <http://x.y/p?a=1&b=c> <http://x.y/100%25> .",
    "<http://x.y/s> <http://x.y/p> _:a . _:a <http://x.y/p> _:b . _:b <http://x.y/p> 'deep' .",
]


@pytest.mark.parametrize(("suffix", "reader"), READERS)
def test_what_other_programs_add_is_read(
    suffix: str, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = KnowledgeGraph.memory(ONTOLOGY)
    triples = "\n".join(FOREIGN)
    graph.dataset.default_graph.parse(data=triples, format="turtle")
    if suffix == "rdf":
        triples = triples.replace("<https://schema.org/>", "<https://schema.org/p>")
        graph.dataset.default_graph.remove((None, rdflib.URIRef("https://schema.org/"), None))
    path = graph.serialize(tmp_path / f"graph.{suffix}")
    found = [
        ox.parse("\n".join(f"{q} ." for q in quads), format=ox.RdfFormat.N_QUADS)
        for quads in (reader(path), held(graph, suffix))
    ]
    one, other = (ox.Dataset(quads) for quads in found)
    for dataset in (one, other):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert one == other


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        ('<http://x.y/s> <http://x.y/1> "a" .', "RDF/XML cannot write the property <http://x.y/1>"),
        (f"<http://x.y/s> <{rdflib.RDF.type}> <http://x.y/1> .", "RDF/XML cannot write the class"),
        ('<http://x.y/s> <http://x.y/p> "a\\u0007" .', "RDF/XML cannot hold a control character"),
        ('<http://x.y/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> "a" .', "reserved"),
    ],
)
def test_what_xml_cannot_hold_is_refused(triple: str, message: str, tmp_path: Path) -> None:
    graph = KnowledgeGraph.memory(ONTOLOGY)
    graph.dataset.default_graph.parse(data=triple, format="nt")
    with pytest.raises(KGError, match=message):
        graph.serialize(tmp_path / "graph.rdf")
    assert not list(tmp_path.iterdir())
    assert oxigraph(graph.serialize(tmp_path / "graph.jsonld")) == held(graph, "jsonld")


def test_json_ld_is_short(tmp_path: Path) -> None:
    text = sample_graph().serialize(tmp_path / "graph.jsonld").read_text(encoding="utf-8")
    assert ' "rdf:subject": {"@type": "@id"},\n' in text
    assert ' "@id": "e:Halden",\n "@type": "news:Organization",\n "rdfs:label": "Halden",\n' in text
    assert '"news:invested_in": "e:Kestrel_Labs"' in text


def test_rdf_xml_names_the_class(tmp_path: Path) -> None:
    text = sample_graph().serialize(tmp_path / "graph.rdf").read_text(encoding="utf-8")
    assert '<news:Organization rdf:about="https://example.org/kg/entity/Halden">' in text


def test_what_is_inferred_is_a_named_graph(tmp_path: Path) -> None:
    graph = with_inferred(sample_graph())
    trig = graph.serialize(tmp_path / "graph.trig").read_text(encoding="utf-8")
    assert trig.endswith("kg:inferred {\n\te:Ostara news:partner_of e:Halden .\n}\n")
    assert graph.serialize(tmp_path / "graph.nq").read_bytes().endswith(f"<{KG.inferred}> .\n".encode())
