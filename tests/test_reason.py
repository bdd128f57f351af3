"""Reasoning: each axiom by hand, any of them together against a naive fixpoint and against owlrl."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.graph import KnowledgeGraph
from kg.model import STATUSES, Qualifiers
from kg.ontology import Axiom, load_ontology
from kg.reason import infer
from kg.vocab import KG, NEWS
from tests.factories import ONTOLOGY, extraction, fill

X = "https://example.org/x#"
Triple = tuple[str, str, str]


def axiom(text: str) -> Axiom:
    """``p < q`` is a sub-property, ``p ^ q`` an inverse, ``p ~`` symmetric, ``p +`` transitive, ``C ⊂ D``."""
    term, sign, *other = text.split()
    kind = {"<": "subPropertyOf", "^": "inverseOf", "~": "symmetric", "+": "transitive", "⊂": "subClassOf"}
    return Axiom(kind[sign], X + term, X + (other or [term])[0])


def triples(text: str) -> set[Triple]:
    """``a p b, c q d`` as triples."""
    return {tuple(part.split()) for part in text.split(",") if part.strip()}  # type: ignore[misc]


def node(name: str) -> ox.NamedNode | ox.Literal:
    if name == "a":
        return ox.NamedNode(RDF.type)
    return ox.Literal(name[1:]) if name.startswith("=") else ox.NamedNode(X + name)


def store_of(claims: Iterable[Triple], status: str = "asserted", store: ox.Store | None = None) -> ox.Store:
    """A store with a claim of this status for each triple, and its plain triple where there is one."""
    store = store or ox.Store()
    for number, triple in enumerate(sorted(claims)):
        subject, predicate, value = map(node, triple)
        if status in ("asserted", "planned"):
            store.add(ox.Quad(subject, predicate, value))
        if triple[1] == "a":
            continue
        claim = ox.NamedNode(f"{X}claim-{status}-{number}")
        parts = (RDF.subject, subject), (RDF.predicate, predicate), (RDF.object, value)
        for name, term in (*parts, (KG.status, ox.NamedNode(KG[status]))):
            store.add(ox.Quad(claim, ox.NamedNode(name), term))
    return store


def short(term: object) -> str:
    if isinstance(term, ox.Literal):
        return "=" + term.value
    return "a" if str(term) == f"<{RDF.type}>" else str(term)[1:-1].removeprefix(X)


def inferred(store: ox.Store) -> set[Triple]:
    found = store.quads_for_pattern(None, None, None, ox.NamedNode(KG.inferred))
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in found}


# ---- by hand ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("axioms", "claims", "expected"),
    [
        ("", "m p n", ""),
        ("p < q", "m p n", "m q n"),
        ("p < q, q < r", "m p n", "m q n, m r n"),
        ("p < q", "m q n", ""),
        ("p < q", "m p n, m q n", ""),
        ("p ^ q", "m p n", "n q m"),
        ("p ^ q", "n q m", "m p n"),
        ("p ^ q, q ^ p", "m p n", "n q m"),
        ("p ~", "m p n", "n p m"),
        ("p ~", "m p n, n p m", ""),
        ("p ^ p", "m p n", "n p m"),
        ("p +", "m p n, n p o", "m p o"),
        ("p +", "m p n, n p o, o p t", "m p o, m p t, n p t"),
        ("p +", "m p n, n p m", "m p m, n p n"),
        ("p +", "m p n, o p t", ""),
        ("p ~, p +", "m p n, o p n", "n p m, n p o, m p o, o p m, m p m, n p n, o p o"),
        # An inverse of a sub-property, and one of its super-property.
        ("p < q, q ^ r", "m p n", "m q n, n r m"),
        ("p < q, p ^ r", "m p n", "m q n, n r m"),
        ("p < q, p ^ r", "n r m", "m p n, m q n"),
        ("p ^ q, q < r, r ^ t", "m p n", "n q m, n r m, m t n"),
        ("p < q, q ~", "m p n", "m q n, n q m"),
        # Transitive chains through what is below, and what is above them.
        ("p < q, q +", "m p n, n q o", "m q n, m q o"),
        ("p < q, p +", "m p n, n p o", "m p o, m q n, n q o, m q o"),
        ("p < q, p +, q +", "m p n, n q o", "m q n, m q o"),
        ("p ^ q, p +", "m p n, o q n", "n q m, n p o, m p o, o q m"),
        ("p ^ q, q +, q < r", "m p n, n p o", "n q m, o q n, o q m, n r m, o r n, o r m, m p o"),
        # Cycles in the ontology: the properties are the same, and nothing hangs.
        ("p < q, q < p", "m p n", "m q n"),
        ("p < q, q < r, r < p", "m q n", "m p n, m r n"),
        ("p < q, q ^ p", "m p n", "m q n, n p m, n q m"),
        ("C ⊂ D, D ⊂ C", "m a C", "m a D"),
        ("C ⊂ D, D ⊂ E, F ⊂ E", "m a C, n a F", "m a D, m a E, n a E"),
        ("C ⊂ D", "m a D", ""),
        ("C ⊂ D, p < q", "m a C, m p n", "m a D, m q n"),
        # Values go up only: they are no subjects, and no links of a chain.
        ("p < q, q < r, p ~, p +, p ^ t", "m p =1", "m q =1, m r =1"),
        ("p ~, p +", "m p =1, n p =1", ""),
    ],
)
def test_what_follows(axioms: str, claims: str, expected: str) -> None:
    law = [axiom(text) for text in axioms.split(",") if text.strip()]
    store = store_of(triples(claims))
    assert infer(store, law) == len(triples(expected))
    assert inferred(store) == triples(expected)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "asserted"])
def test_only_what_is_asserted_is_a_premise(status: str) -> None:
    law = [axiom(text) for text in ("p < q", "p ~", "p +", "p ^ r")]
    store = store_of(triples("m p n, n p o"), status)
    infer(store, law)
    assert inferred(store) == set()
    store_of(triples("m p n"), store=store)  # now one of the two is asserted too
    infer(store, law)
    assert inferred(store) == triples("n p m, m q n, n q m, n r m, m r n, m p m, n p n") | triples(
        "m q m, n q n, m r m, n r n"
    )


def test_what_is_planned_and_follows_is_a_premise_and_no_repetition() -> None:
    store = store_of(triples("m q n"), "planned", store_of(triples("m p n")))
    infer(store, [axiom("p < q"), axiom("q < r")])
    assert inferred(store) == triples("m r n")


def test_it_is_computed_anew() -> None:
    store = store_of(triples("m p n"))
    infer(store, [axiom("p < q")])
    infer(store, [axiom("p < r")])
    assert inferred(store) == triples("m r n")


def test_an_axiom_on_no_valid_iri_is_left_out() -> None:
    store = store_of(triples("m p n"))
    hostile = Axiom("subPropertyOf", X + "p", "x:q> ?o } } WHERE {} ; DROP ALL #")
    assert infer(store, [hostile, axiom("p < q")]) == 1


# ---- any axioms, any graph --------------------------------------------------------------------------

PROPERTIES, THINGS, CLASSES = "pqrt", "mnox", "CDE"
AXIOMS = st.lists(
    st.one_of(
        st.builds(
            "{} {} {}".format, st.sampled_from(PROPERTIES), st.sampled_from("<^"), st.sampled_from("pqrt")
        ),
        st.builds("{} {}".format, st.sampled_from(PROPERTIES), st.sampled_from("~+")),
        st.builds("{} ⊂ {}".format, st.sampled_from(CLASSES), st.sampled_from(CLASSES)),
    ),
    max_size=6,
)
CLAIMS = st.sets(
    st.one_of(
        st.tuples(st.sampled_from(THINGS), st.sampled_from(PROPERTIES), st.sampled_from(THINGS)),
        st.tuples(st.sampled_from(THINGS), st.just("a"), st.sampled_from(CLASSES)),
    ),
    max_size=6,
)


def fixpoint(axioms: Iterable[str], claims: set[Triple]) -> set[Triple]:
    """All that follows, one step at a time until nothing new is found."""
    found = set(claims)
    while True:
        new = set()
        for term, sign, *other in map(str.split, axioms):
            upper = (other or [term])[0]
            for s, p, o in found:
                if sign == "<" and p == term:
                    new.add((s, upper, o))
                elif sign in "^~" and p in (term, upper):
                    new.add((o, upper if p == term else term, s))
                elif sign == "+" and p == term:
                    new |= {(s, p, z) for y, q, z in found if y == o and q == p}
                elif sign == "⊂" and p == "a" and o == term:
                    new.add((s, "a", upper))
        if new <= found:
            return found - claims
        found |= new


@settings(max_examples=300, deadline=None)
@given(AXIOMS, CLAIMS)
def test_it_is_the_fixpoint(axioms: list[str], claims: set[Triple]) -> None:
    store = store_of(claims)
    infer(store, map(axiom, axioms))
    assert inferred(store) == fixpoint(axioms, claims)


def owlrl_closure(axioms: Iterable[str], claims: set[Triple]) -> set[Triple]:
    """What owlrl infers between the things, properties and classes of the test."""
    graph, ns = Graph(), Namespace(X)
    words = {"<": RDFS.subPropertyOf, "^": OWL.inverseOf, "⊂": RDFS.subClassOf}
    for term, sign, *other in map(str.split, axioms):
        if other:
            graph.add((ns[term], words[sign], ns[other[0]]))
        else:
            graph.add((ns[term], RDF.type, OWL.SymmetricProperty if sign == "~" else OWL.TransitiveProperty))
    for s, p, o in claims:
        graph.add((ns[s], RDF.type if p == "a" else ns[p], ns[o]))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    named = {
        (short(f"<{s}>"), short(f"<{p}>"), short(f"<{o}>")) for s, p, o in graph if isinstance(s, URIRef)
    }
    wanted = {*((s, p, o) for s in THINGS for p in PROPERTIES for o in THINGS)}
    wanted |= {(s, "a", o) for s in THINGS for o in CLASSES}
    return (named & wanted) - claims


@settings(max_examples=25, deadline=None)
@given(AXIOMS, CLAIMS)
def test_it_is_what_owlrl_infers(axioms: list[str], claims: set[Triple]) -> None:
    store = store_of(claims)
    infer(store, map(axiom, axioms))
    assert inferred(store) == owlrl_closure(axioms, claims)


@settings(max_examples=50, deadline=None)
@given(AXIOMS, CLAIMS, CLAIMS, st.randoms(use_true_random=False))
def test_it_repeats_nothing_and_has_no_order(
    axioms: list[str], claims: set[Triple], plans: set[Triple], random: random.Random
) -> None:
    store = store_of(plans, "planned", store_of(claims))
    stated = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    infer(store, map(axiom, axioms))
    first = inferred(store)
    found = store.quads_for_pattern(None, None, None, ox.NamedNode(KG.inferred))
    assert stated.isdisjoint({str(quad.triple) for quad in found})
    random.shuffle(axioms)
    infer(store, map(axiom, axioms))
    assert inferred(store) == first


# ---- in a graph -------------------------------------------------------------------------------------

AXIOMS_OF_THE_SAMPLE = (
    Axiom("subClassOf", str(NEWS.Organization), str(NEWS.Agent)),
    Axiom("subPropertyOf", str(NEWS.acquired), str(NEWS.owns)),
    Axiom("symmetric", str(NEWS.partner_of), str(NEWS.partner_of)),
)
LAW = replace(ONTOLOGY, axioms=AXIOMS_OF_THE_SAMPLE)
BOUGHT = extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))
PLANNED = extraction(
    "b", "Ostara will buy Kestrel.", ("Ostara", "acquired", "Kestrel", Qualifiers(status="planned"))
)


def test_a_graph_is_asked_with_what_follows() -> None:
    graph = fill(KnowledgeGraph.memory(LAW), [BOUGHT])
    assert graph.query("ASK { e:Halden news:owns e:Ostara ; a news:Agent }")
    assert not graph.query("ASK { e:Halden news:owns e:Ostara }", inferred=False)
    assert not any("owns" in str(triple) for triple in graph.triples())
    assert (URIRef(graph.prefixes["e"] + "Halden"), URIRef(NEWS.owns)) in {
        (s, p) for s, p, _ in graph.dataset.graph(KG.inferred)
    }


def test_it_is_inferred_again_when_the_graph_changes() -> None:
    graph = fill(KnowledgeGraph.memory(LAW), [PLANNED])
    assert not graph.query("ASK { ?s news:owns ?o }")
    fill(graph, [BOUGHT])
    assert [(row.s, row.o) for row in graph.query("SELECT ?s ?o { ?s news:owns ?o }")] == [
        (URIRef(graph.prefixes["e"] + "Halden"), URIRef(graph.prefixes["e"] + "Ostara"))
    ]


def test_a_store_on_disk_holds_it(tmp_path: Path) -> None:
    with KnowledgeGraph.create(tmp_path / "graph.db", LAW) as graph:
        fill(graph, [BOUGHT, PLANNED])
        graph.commit()
    with KnowledgeGraph.open(tmp_path / "graph.db") as graph:
        assert len(graph.query("SELECT * { GRAPH kg:inferred { ?s news:owns ?o } }", inferred=False)) == 1
        assert "owns" not in graph.serialize(tmp_path / "graph.ttl").read_text(encoding="utf-8")


# ---- axioms of files --------------------------------------------------------------------------------

TURTLE = """
@prefix : <https://example.org/x#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:C a owl:Class ; rdfs:subClassOf :D , owl:Thing , [ a owl:Restriction ] , :C .
:p a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:subPropertyOf :q , <https://schema.org/knows> .
:q a owl:ObjectProperty , owl:TransitiveProperty ; owl:inverseOf :r .
:q rdfs:subPropertyOf owl:topObjectProperty .
"""


def test_the_axioms_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(TURTLE, encoding="utf-8")
    texts = ("p ~", "p < q", "q +", "q ^ r", "C ⊂ D")
    elsewhere = Axiom("subPropertyOf", X + "p", "https://schema.org/knows")
    assert load_ontology(tmp_path / "x.ttl").axioms == tuple(sorted((*map(axiom, texts), elsewhere)))


def test_the_default_ontology_has_axioms() -> None:
    axioms = load_ontology().axioms
    assert Axiom("subPropertyOf", str(NEWS.acquired), str(NEWS.owns)) in axioms
    assert Axiom("symmetric", str(NEWS.spouse_of), str(NEWS.spouse_of)) in axioms
