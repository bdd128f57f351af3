"""Reasoning beside owlrl, and validation beside pySHACL on the whole graph, on the same data in the same run.

    python -m tests.benchmarks.reasoning [--documents 343] [--rounds 3]

343 documents make about 100,000 triples. owlrl gets nothing but the asserted relations, the classes of
things and the axioms, and what it infers of them must be what we infer. pySHACL gets the same shapes and
the whole graph in rdflib's memory at once. Processor time; the fastest of the rounds counts, of the slow
peers there is one.
"""

from __future__ import annotations

import argparse
from typing import Any

import owlrl
import pyoxigraph as ox
import pyshacl
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.claims import claims
from kg.graph import KnowledgeGraph
from kg.ontology import Ontology, load_ontology
from kg.reason import infer
from kg.resolve import resolve
from kg.store.view import to_rdflib
from kg.validate.shapes import hierarchy, shapes
from kg.vocab import KG
from tests.benchmarks.data import extractions
from tests.benchmarks.timing import fastest, seconds

_ASSERTED = "SELECT ?s ?p ?o { ?c kg:status kg:asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
_CLASSES = "SELECT ?s ?p ?o { ?claim rdf:subject|rdf:object ?s . ?s a ?o BIND(rdf:type AS ?p) }"
_TRAITS = {"symmetric": OWL.SymmetricProperty, "transitive": OWL.TransitiveProperty}
_RELATIONS = {"subPropertyOf": RDFS.subPropertyOf, "subClassOf": RDFS.subClassOf, "inverseOf": OWL.inverseOf}


def filled(documents: int, ontology: Ontology) -> KnowledgeGraph:
    """So many made-up documents in a store in memory."""
    graph = KnowledgeGraph.memory(ontology)
    found = list(extractions(documents))
    resolution = resolve(found, ontology)
    stated = (claim for one in found for claim in claims(one, resolution, ontology))
    graph.add(stated, [one.document for one in found])
    return graph


def premises(graph: KnowledgeGraph, ontology: Ontology) -> Graph:
    """What owlrl is given."""
    found = Graph()
    for query in (_ASSERTED, _CLASSES):
        for row in graph.query(query, inferred=False):
            found.add(tuple(row))  # type: ignore[arg-type]
    for axiom in ontology.axioms:
        term, other = URIRef(axiom.term), URIRef(axiom.other)
        if axiom.kind in _TRAITS:
            found.add((term, RDF.type, _TRAITS[axiom.kind]))
        else:
            found.add((term, _RELATIONS[axiom.kind], other))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=343)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    ontology = load_ontology()
    graph = filled(args.documents, ontology)
    assert isinstance(graph.engine, ox.Store)
    engine, given = graph.engine, premises(graph, ontology)
    print(f"{len(engine):,} triples; owlrl gets {len(given):,} of them")
    ours = fastest(args.rounds, lambda: infer(engine, ontology.axioms))[0]
    theirs = seconds(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(given))
    inferred = {
        triple(quad) for quad in engine.quads_for_pattern(None, None, None, ox.NamedNode(KG.inferred))
    }
    assert inferred <= set(given), "owlrl does not infer something that we do"
    missed = _told(given, ontology) - inferred - {triple(quad) for quad in engine}
    assert not missed, f"owlrl infers {len(missed)} triples that we do not"
    times = theirs / ours
    print(f"reasoning: {ours:.2f} s for {len(inferred):,} triples; owlrl {theirs:.1f} s, {times:.0f} times")
    wanted, classes = shapes(ontology), hierarchy(ontology)
    whole = Graph()
    for quad in engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        whole.add(triple(quad))
    whole += classes
    ours = fastest(args.rounds, graph.validate)[0]
    theirs = seconds(lambda: pyshacl.validate(whole, shacl_graph=wanted, inplace=True))
    print(f"validation: {ours:.1f} s from the store; pySHACL {theirs:.1f} s in memory: {theirs / ours:.2f}")


def triple(quad: ox.Quad) -> Any:
    """The terms of a quad as rdflib has them."""
    return tuple(map(to_rdflib, quad.triple))


def _told(graph: Graph, ontology: Ontology) -> set[Any]:
    """What owlrl says of the properties and classes of the ontology, and of things of the graph."""
    names = {URIRef(prop.iri) for prop in ontology.properties.values()}
    kinds = {URIRef(kind.iri) for kind in ontology.types.values()}
    return {(s, p, o) for s, p, o in graph if p in names or (p == RDF.type and o in kinds)}


if __name__ == "__main__":
    main()
