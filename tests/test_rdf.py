"""The RDF shape: exactly the Turtle of the design, canonical literals, and nothing lost on the way back."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.characters import writable
from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import STATUSES, Claim, Document, Entity, Evidence, Literal, Qualifiers
from kg.rdf import canonical_decimal
from kg.vocab import KG, NEWS, claim_iri, document_iris, entity_iri, local_name, slug, span_iri
from tests.factories import ONTOLOGY, RUN, all_claims, extraction, fill, sample

EXPECTED = r"""
@prefix claim: <https://example.org/kg/claim/> . @prefix e: <https://example.org/kg/entity/> .
@prefix doc: <https://example.org/kg/document/> . @prefix run: <https://example.org/kg/run/> .
@prefix kg: <https://w3id.org/claimgraph/core#> . @prefix news: <https://w3id.org/claimgraph/news#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

e:Halden a news:Organization ; rdfs:label "Halden"@en ; news:invested_in e:Ostara .
e:Ostara a news:Organization ; rdfs:label "Ostara"@en .
e:Quill a news:Organization ; rdfs:label "Quill"@en .

CLAIM a rdf:Statement , kg:Claim ;
    rdf:subject e:Halden ; rdf:predicate news:invested_in ; rdf:object e:Ostara ;
    kg:status kg:asserted ; kg:score 0.5 ; kg:phrase "invested"@en ;
    kg:trigger "invested"@en ; kg:triggerBegin 7 ; kg:triggerEnd 15 ;
    kg:attributedTo e:Quill ; kg:attributedAsWritten "Quill"@en ;
    kg:amount "1000000000"^^xsd:decimal ; schema:currency "USD" ; kg:percent 2.5 ;
    kg:time "2019" ; kg:timeAsWritten "in 2019"@en ;
    kg:earliest "2019-01-01"^^xsd:date ; kg:latest "2019-12-31"^^xsd:date ;
    prov:wasDerivedFrom <https://example.org/kg/document/atxt#char=0,32> ;
    prov:wasGeneratedBy run:RUN .

<https://example.org/kg/document/atxt#char=0,32> a nif:Sentence , nif:RFC5147String ;
    nif:anchorOf "Halden invested in Ostara: Quill" ; nif:beginIndex 0 ; nif:endIndex 32 ;
    nif:referenceContext <https://example.org/kg/document/atxt#char=0,33> .
<https://example.org/kg/document/atxt#char=0,33> a nif:Context , nif:RFC5147String ;
    nif:isString "Halden invested in Ostara: Quill\n" ; nif:sourceUrl doc:atxt .
doc:atxt a schema:Article ; dcterms:identifier "a.txt" ; dcterms:title "Halden"@en ;
    dcterms:issued "2025-06"^^xsd:gYearMonth ; dcterms:source "texts/a.txt" ; kg:sha256 "SHA" .
run:RUN a prov:Activity ; prov:wasAssociatedWith <https://example.org/kg/software/claimgraph-0.1.0> ;
    kg:model "en_core_web_md 3.7.1" ; kg:ontology "sha256 0123" ; kg:option "statuses=asserted,planned" .
<https://example.org/kg/software/claimgraph-0.1.0> a prov:SoftwareAgent ; kg:version "0.1.0" .
"""


def test_the_exact_shape() -> None:
    qualifiers = Qualifiers(
        attributed_as_written="Quill",
        time="2019",
        time_as_written="in 2019",
        earliest="2019-01-01",
        latest="2019-12-31",
        amount="1000000000",
        currency="USD",
        percent="2.50",
    )
    found = extraction(
        "a.txt",
        "Halden invested in Ostara: Quill\n",
        ("Halden", "invested_in", "Ostara", qualifiers),
        speaker="Quill",
        title="Halden",
        date="2025-06",
        source="texts/a.txt",
    )
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), [found])
    (claim,) = graph.claims()
    turtle = EXPECTED.replace("RUN", RUN.id).replace("CLAIM", f"<{claim.iri}>")
    expected = ox.parse(turtle.replace("SHA", found.document.sha256), format=ox.RdfFormat.TURTLE)
    assert {str(triple) for triple in graph.triples()} == {str(quad.triple) for quad in expected}


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_asserted_or_planned_is_a_plain_triple(status: str) -> None:
    said = ("Halden", "acquired", "Ostara", Qualifiers(status=status))
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), [extraction("a", "Halden bought Ostara.", said)])
    assert bool(graph.query("ASK { e:Halden news:acquired e:Ostara }")) is (status in {"asserted", "planned"})
    assert bool(graph.query(f"ASK {{ ?claim kg:status kg:{status} ; rdf:subject e:Halden }}"))


def test_a_graph_has_no_blank_nodes_and_no_named_graphs() -> None:
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), sample())
    terms = {type(term) for triple in graph.triples() for term in triple}
    assert terms == {ox.NamedNode, ox.Literal}
    assert not graph.query("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_literals_are_canonical() -> None:
    """What rdflib and Oxigraph would write otherwise than we do is not canonical."""
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), sample())
    for triple in graph.triples():
        term = triple.object
        if isinstance(term, ox.Literal) and term.datatype.value.startswith(str(rdflib.XSD)):
            kind = local_name(term.datatype.value)
            assert kind in {"string", "decimal", "integer", "date", "gYear", "gYearMonth"}
            if kind in {"decimal", "integer"}:
                assert canonical_decimal(term.value) == term.value
        elif isinstance(term, ox.Literal):
            assert term.language == "en"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0.90", "0.9"),
        ("100", "100"),
        ("-0.0", "0"),
        ("0", "0"),
        ("1E+9", "1000000000"),
        (".5", "0.5"),
        ("007.10", "7.1"),
    ],
)
def test_decimals(number: str, expected: str) -> None:
    assert canonical_decimal(number) == expected


def test_what_no_file_can_hold_is_replaced_one_for_one() -> None:
    text = "Halden \ud83d bought\x00 Ostara."
    found = extraction("a", text, ("Halden", "acquired", "Ostara"))
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), [found])
    (claim,), (document,) = graph.claims(), graph.documents()
    assert document.text == "Halden \ufffd bought\ufffd Ostara."
    assert document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text


def test_a_damaged_claim_says_what_it_lacks() -> None:
    graph = fill(KnowledgeGraph.memory(ONTOLOGY), sample()[:1])
    graph.dataset.remove((None, rdflib.URIRef(KG.status), None))
    with pytest.raises(StoreError, match="has no status: the store is damaged"):
        graph.claims()


labels = st.text(min_size=1, max_size=12).map(writable).filter(lambda text: bool(text.strip()))
days = st.dates().map(lambda date: date.isoformat())
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
    lambda d: canonical_decimal(str(d))
)
entities = st.builds(
    lambda name, kind, aliases: Entity(
        entity_iri(slug(name) + kind), name, NEWS[kind], tuple(sorted(aliases))
    ),
    labels,
    st.sampled_from(["Person", "Organization", "Place"]),
    st.just(()) | st.just(("Alias", "Ørsted „x“")),
)
values = (
    st.builds(Literal, days, st.just("xsd:date"), labels, st.just(3), st.just(9))
    | st.builds(Literal, numbers, st.just("xsd:decimal"), currency=st.sampled_from([None, "EUR"]))
    | st.builds(Literal, labels, st.just("xsd:string"))
    | st.builds(Literal, st.integers(1000, 9999).map(str), st.just("xsd:gYear"))
)
maybe = st.none()
qualifiers = st.builds(
    Qualifiers,
    st.sampled_from(STATUSES),
    maybe | labels,
    maybe | labels,
    maybe | labels,
    maybe | days,
    maybe | days,
    maybe | days | st.sampled_from(["2014", "2014-05"]),
    maybe | days,
    maybe | numbers,
    maybe | st.sampled_from(["USD", "NOK"]),
    maybe | numbers,
)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Document], list[Claim]]:
    """Documents of any text, and claims with any labels about spans of them."""
    texts = draw(
        st.dictionaries(labels, st.text(min_size=1, max_size=60).map(writable), min_size=1, max_size=3)
    )
    documents = [Document(id_, text, draw(maybe | labels), draw(maybe | days)) for id_, text in texts.items()]
    known = {entity.iri: entity for entity in draw(st.lists(entities, min_size=2, max_size=5))}
    pick = st.sampled_from(list(known.values()))
    claims = {}
    for number in range(draw(st.integers(0, 5))):
        document = draw(st.sampled_from(documents))
        end = draw(st.integers(1, len(document.text)))
        begin = draw(st.integers(0, end - 1))
        quote = document.text[begin:end]
        evidence = Evidence(document.id, quote, begin, end, quote[:3], begin, begin + len(quote[:3]), "svo")
        subject, value = draw(pick), draw(pick | values)
        name = local_name(value.iri) if isinstance(value, Entity) else slug(value.value)
        iri = claim_iri(subject.iri, NEWS.acquired, name, (number,))
        score = draw(maybe | st.integers(0, 10_000).map(lambda n: n / 10_000))
        claims[iri] = Claim(
            iri,
            subject,
            NEWS.acquired,
            value,
            draw(qualifiers),
            evidence,
            draw(maybe | pick),
            score,
            draw(st.just("") | labels),
        )
    return documents, list(claims.values())


@settings(deadline=None)
@given(graphs())
def test_claims_to_quads_and_back(made: tuple[list[Document], list[Claim]]) -> None:
    documents, claims = made
    graph = KnowledgeGraph.memory(ONTOLOGY)
    graph.add(claims, documents, RUN)
    assert {claim.iri: claim for claim in graph.claims()} == {claim.iri: claim for claim in claims}
    assert graph.documents() == sorted(documents, key=lambda document: document.id)


@settings(deadline=None)
@given(st.text())
def test_every_name_makes_an_iri(name: str) -> None:
    iri = entity_iri(slug(name))
    assert ox.NamedNode(iri).value == iri
    assert "." not in slug(name)


def test_documents_that_share_a_slug_are_told_apart() -> None:
    iris = document_iris(["a b", "a_b", "c"])
    assert local_name(iris["c"]) == "c"
    assert all(local_name(iris[id_]).startswith("a_b-") for id_ in ("a b", "a_b"))
    assert len(set(iris.values())) == 3
    assert span_iri(iris["c"], 3, 9) == "https://example.org/kg/document/c#char=3,9"


def test_a_score_has_four_decimals() -> None:
    (claim,) = all_claims([extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))])
    graph = KnowledgeGraph.memory(ONTOLOGY)
    graph.add([replace(claim, score=1 / 3)], [Document("a", "Halden bought Ostara.")])
    assert [found.score for found in graph.claims()] == [0.3333]
