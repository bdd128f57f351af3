"""What follows from asserted claims by the axioms of an ontology, for the named graph ``kg:inferred``.

Sub-properties, inverses, symmetric and transitive properties and subclasses are compiled into SPARQL
rules that each run once. One rule holds all the ways in which a property follows from others, as a
property path: steps with one premise are followed through the ontology beforehand (``Entailment``), and
the triples of a transitive property are the paths (``+``) over all triples from which one of it follows
by such steps. That is the fixpoint: a derivation has no other parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.terms import Axiom
from kg.vocab import KG, PREFIXES, RDF

#: A property, and whether subject and object change places on the way to it.
Side = tuple[str, bool]

_INFERRED = ox.NamedNode(KG.inferred)
_VALUES = ox.NamedNode("urn:values")  # in the working store: the triples whose object is a value
_TYPE = ox.NamedNode(RDF.type)

_ASSERTED = """
SELECT ?subject ?property ?object
WHERE { ?claim kg:status kg:asserted ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object }
"""
_MEMBERS = "SELECT ?thing ?class WHERE { VALUES ?class { %s } ?thing a ?class }"
_PATH_RULE = "INSERT { GRAPH kg:inferred { ?s %s ?o } } WHERE { ?s %s ?o }"
_VALUE_RULE = """
INSERT { GRAPH kg:inferred { ?s ?upper ?value } }
WHERE { VALUES (?lower ?upper) { %s } GRAPH <urn:values> { ?s ?lower ?value } }
"""
_CLASS_RULE = (
    "INSERT { GRAPH kg:inferred { ?s a ?upper } } WHERE { VALUES (?lower ?upper) { %s } ?s a ?lower }"
)


class Entailment:
    """From what follows what, step by step, by a set of axioms; axioms on what is no valid IRI are left out.

    >>> law = Entailment([Axiom("inverseOf", "x:owns", "x:belongs_to")])
    >>> sorted(law.sides("x:owns"))
    [('x:belongs_to', True), ('x:owns', False)]
    """

    def __init__(self, axioms: Iterable[Axiom]) -> None:
        sound = sorted(axiom for axiom in axioms if _is_iri(axiom.term) and _is_iri(axiom.other))
        self.transitive = frozenset(axiom.term for axiom in sound if axiom.kind == "transitive")
        self.subclasses = sorted({axiom.term for axiom in sound if axiom.kind == "subClassOf"})
        self._steps: dict[str, list[tuple[Axiom, Side]]] = defaultdict(list)
        self._upward: dict[str, list[tuple[Axiom, Side]]] = defaultdict(list)
        for axiom in sound:
            if axiom.kind in ("subPropertyOf", "subClassOf"):
                self._upward[axiom.term].append((axiom, (axiom.other, False)))
            if axiom.kind == "subPropertyOf":
                self._steps[axiom.term].append((axiom, (axiom.other, False)))
            elif axiom.kind in ("inverseOf", "symmetric"):
                self._steps[axiom.term].append((axiom, (axiom.other, True)))
                self._steps[axiom.other].append((axiom, (axiom.term, True)))

    def sides(self, prop: str) -> dict[Side, tuple[Axiom, ...]]:
        """What a triple of the property says too, itself included, each by the fewest axioms."""
        return _reached(prop, self._steps)

    def uppers(self, name: str) -> dict[str, tuple[Axiom, ...]]:
        """The classes or properties above one, itself included, each by the fewest axioms."""
        return {upper: chain for (upper, _), chain in _reached(name, self._upward).items()}


def _reached(start: str, following: Mapping[str, list[tuple[Axiom, Side]]]) -> dict[Side, tuple[Axiom, ...]]:
    """Breadth first, so that the first way found is a shortest; of equals the first in order."""
    found: dict[Side, tuple[Axiom, ...]] = {(start, False): ()}
    waiting = list(found)
    for name, turned in waiting:  # grows while it is read
        for axiom, (other, turns) in following.get(name, ()):
            side = (other, turned != turns)
            if side not in found:
                found[side] = (*found[name, turned], axiom)
                waiting.append(side)
    return found


def infer(store: ox.Store, axioms: Iterable[Axiom]) -> int:
    """Fill ``kg:inferred`` anew; how many triples follow that are not stated.

    Only triples with an asserted claim are premises, and the classes of things. The rules run in a store
    of their own, so that a triple that is stated as a plan, and follows too, is a premise as well.
    """
    law = Entailment(axioms)
    work = ox.Store()
    work.bulk_extend(_premises(store, law))
    for rule in _rules(work, law):
        work.update(rule, prefixes=PREFIXES)
    found = [
        quad
        for quad in work.quads_for_pattern(None, None, None, _INFERRED)
        if ox.Quad(quad.subject, quad.predicate, quad.object) not in store
    ]
    store.clear_graph(_INFERRED)
    store.bulk_extend(found)
    return len(found)


def _premises(store: ox.Store, law: Entailment) -> Iterator[ox.Quad]:
    for subject, prop, value in _solutions(store, _ASSERTED):
        graph = _VALUES if isinstance(value, ox.Literal) else ox.DefaultGraph()
        yield ox.Quad(subject, prop, value, graph)
    members = _MEMBERS % " ".join(iri_term(name) for name in law.subclasses)
    for thing, kind in _solutions(store, members):
        yield ox.Quad(thing, _TYPE, kind)


def _rules(work: ox.Store, law: Entailment) -> Iterator[str]:
    """The rules that the premises can fire, as SPARQL updates."""
    found = _solutions(work, "SELECT DISTINCT ?p { { ?s ?p ?o } UNION { GRAPH <urn:values> { ?s ?p ?o } } }")
    present = sorted(name.value for (name,) in found if name != _TYPE)
    yield from path_rules(law, present)
    yield _VALUE_RULE % _table(law, present)
    kinds = _solutions(work, "SELECT DISTINCT ?class { ?thing a ?class }")
    yield _CLASS_RULE % _table(law, sorted(kind.value for (kind,) in kinds))


def _solutions(store: ox.Store, query: str) -> Iterator[Any]:
    found = store.query(query, prefixes=PREFIXES)
    if isinstance(found, ox.QuerySolutions):
        yield from found


def path_rules(law: Entailment, present: Iterable[str]) -> Iterator[str]:
    """The rules for relations between things, where triples of these properties are present.

    >>> law = Entailment([Axiom("transitive", "x:in", "x:in"), Axiom("inverseOf", "x:in", "x:has")])
    >>> for rule in path_rules(law, ["x:in"]):
    ...     print(rule)
    INSERT { GRAPH kg:inferred { ?s <x:has> ?o } } WHERE { ?s ^<x:in>|^((<x:in>)+) ?o }
    INSERT { GRAPH kg:inferred { ?s <x:in> ?o } } WHERE { ?s (<x:in>)+ ?o }
    """
    sources: dict[str, set[Side]] = defaultdict(set)
    for name in present:
        for prop, turned in law.sides(name):
            sources[prop].add((name, turned))
    paths = {name: f"({'|'.join(_steps(sources[name]))})+" for name in law.transitive & sources.keys()}
    chained: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for name in paths:
        for prop, turned in law.sides(name):
            chained[prop].add((name, turned))
    for prop in sorted(sources):
        ways = [paths[prop]] if prop in paths else _steps(sources[prop] - {(prop, False)})
        if prop not in paths:
            ways += [f"^({paths[name]})" if turned else paths[name] for name, turned in sorted(chained[prop])]
        if ways:
            yield _PATH_RULE % (iri_term(prop), "|".join(ways))


def _steps(sides: Iterable[Side]) -> list[str]:
    return [f"^{iri_term(name)}" if turned else iri_term(name) for name, turned in sorted(sides)]


def _table(law: Entailment, names: Iterable[str]) -> str:
    """Each name with each one above it."""
    pairs = ((name, upper) for name in names for upper in law.uppers(name) if upper != name)
    return " ".join(f"({iri_term(lower)} {iri_term(upper)})" for lower, upper in pairs)


def iri_term(name: str) -> str:
    """An IRI as SPARQL writes it; the engine's own writing, so that nothing can be slipped in."""
    return str(ox.NamedNode(name))


def _is_iri(name: str) -> bool:
    try:
        ox.NamedNode(name)
    except ValueError:
        return False
    return True
