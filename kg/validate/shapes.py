"""What a sound graph looks like, in SHACL: shapes of claims, and of the domains and ranges of an ontology."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kg.claims import DATATYPES
from kg.ontology import Ontology, PropertyType, ontology_path

SHAPE = Namespace("https://w3id.org/claimgraph/shapes#")
#: The shapes of claims, sentences, documents and runs.
FILE = "news.shapes.ttl"


def shapes(ontology: Ontology) -> Graph:
    """All shapes of a graph with this ontology."""
    graph = Graph().parse(ontology_path(FILE), format="turtle")
    # A derived inverse ("^director") shares the IRI of its own, with the sides changed.
    for prop in sorted(ontology.properties.values(), key=lambda prop: prop.name):
        if not prop.name.startswith("^"):
            _add_side(graph, prop, "domain", ontology)
            _add_side(graph, prop, "range", ontology)
    return graph


def hierarchy(ontology: Ontology) -> Graph:
    """The classes of an ontology, each below all that are above it, and below the sides that admit it.

    A side that admits several classes is a class of its own: ``sh:or`` takes validators many times longer.
    """
    graph = Graph()
    for kind in ontology.types.values():
        for name in kind.supers - {kind.name}:
            if name in ontology.types:
                graph.add((URIRef(kind.iri), RDFS.subClassOf, URIRef(ontology.types[name].iri)))
    for names in {side for prop in ontology.properties.values() for side in (prop.domain, prop.range)}:
        for name in names if len(names) > 1 else ():
            if not name.startswith("xsd:"):
                graph.add((_class([name], ontology), RDFS.subClassOf, _class(names, ontology)))
    return graph


def _class(names: Sequence[str], ontology: Ontology) -> URIRef:
    """The class of a side that admits these classes."""
    known = ontology.types.get(names[0])
    return URIRef(known.iri) if len(names) == 1 and known else SHAPE["-or-".join(sorted(names))]


def _add_side(graph: Graph, prop: PropertyType, axis: str, ontology: Ontology) -> None:
    """A shape for one side of a relation: all that a triple of it has there is one of what is allowed."""
    side, target, names = (
        ("subject", SH.targetSubjectsOf, prop.domain)
        if axis == "domain"
        else ("object", SH.targetObjectsOf, prop.range)
    )
    classes = [name for name in names if not name.startswith("xsd:")]
    datatypes = {name for given in names for name in DATATYPES.get(given, (given,))} - set(classes)
    allowed = [(SH["class"], _class(classes, ontology))] if classes else []
    allowed += [(SH.datatype, URIRef(XSD[name.removeprefix("xsd:")])) for name in sorted(datatypes)]
    shape = SHAPE[f"{axis}-{prop.name}"]
    if len(allowed) == 1:
        graph.add((shape, *allowed[0]))
    elif allowed:
        choices = [BNode() for _ in allowed]
        for choice, (constraint, value) in zip(choices, allowed, strict=True):
            graph.add((choice, constraint, value))
        members = BNode()
        Collection(graph, members, list(choices))
        graph.add((shape, SH["or"], members))
    if allowed:
        graph.add((shape, RDF.type, SH.NodeShape))
        graph.add((shape, target, URIRef(prop.iri)))
        message = f"the {side} of {prop.name} must be {' or '.join(names)}"
        graph.add((shape, SH.message, Literal(message)))
