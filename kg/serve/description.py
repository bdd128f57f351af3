"""What the endpoint says of itself: a SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from kg.serve.negotiation import TRIPLES
from kg.sparql import TRIPLES as FORMATS
from kg.vocab import DCTERMS, KG, RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMAT = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def describe(endpoint: str, media_type: str) -> bytes:
    """The description of the endpoint at an address, in one of the media types of triples."""
    service, data = endpoint, f"{endpoint}#dataset"
    default, inferred = f"{endpoint}#default", f"{endpoint}#inferred"
    words = "What is stated and what is inferred from it, with their sentences and documents."
    statements = [
        (service, RDF.type, SD.Service),
        (service, SD.endpoint, endpoint),
        (service, SD.supportedLanguage, SD.SPARQL11Query),
        *((service, SD.resultFormat, FORMAT[name]) for name in _RESULT_FORMATS),
        (service, SD.defaultDataset, data),
        (data, RDF.type, SD.Dataset),
        (data, SD.defaultGraph, default),
        (data, SD.namedGraph, inferred),
        (default, RDF.type, SD.Graph),
        (inferred, RDF.type, SD.NamedGraph),
        (inferred, SD["name"], KG.inferred),
        (inferred, SD.graph, f"{inferred}-graph"),
        (f"{inferred}-graph", RDF.type, SD.Graph),
    ]
    triples = [ox.Triple(*(ox.NamedNode(part) for part in statement)) for statement in statements]
    node, description = ox.NamedNode(default), ox.NamedNode(DCTERMS.description)
    triples.append(ox.Triple(node, description, ox.Literal(words, language="en")))
    prefixes = {"sd": SD.iri, "dcterms": DCTERMS.iri, "kg": KG.iri}
    return ox.serialize(triples, format=FORMATS[TRIPLES[media_type]], prefixes=prefixes) or b""
