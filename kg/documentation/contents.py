"""What the page of an ontology shows, as plain rows in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.documentation.figures import Figures, Score
from kg.documentation.phrases import KINDS, phrases
from kg.ontology import Ontology, load_triples
from kg.terms import EntityType, PropertyType

#: How other vocabularies' terms compare, in the words of the page.
_ALIGNED = {
    OWL.equivalentClass: "the same as",
    OWL.equivalentProperty: "the same as",
    SKOS.exactMatch: "the same as",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "within",
    SKOS.narrowMatch: "wider than",
    SKOS.relatedMatch: "related to",
}
_TRAITS = {
    OWL.SymmetricProperty: "symmetric: said of X and Y, it holds of Y and X",
    OWL.TransitiveProperty: "transitive: what holds from X to Y and from Y to Z holds from X to Z",
    OWL.FunctionalProperty: "functional: X has one Y at a time",
}

#: How terms of other vocabularies compare, and these: IRI and shorter name.
Aligned = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A class in its place in the tree; one that stands under several is told about under the first."""

    name: str
    anchor: str
    iri: str
    about: str
    nouns: tuple[str, ...]
    aligned: Aligned
    below: tuple[Class, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with all that is known of it; links go to what else is on the page, by anchor."""

    name: str
    anchor: str
    label: str
    iri: str
    about: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    traits: tuple[str, ...]
    supers: tuple[str, ...]
    inverse: str
    aligned: Aligned
    said: Mapping[str, tuple[str, ...]]
    inversely: Mapping[str, tuple[str, ...]]
    blocked: tuple[str, ...]
    examples: tuple[str, ...]
    score: Score | None


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is on the page."""

    title: str
    about: str
    iri: str
    version: str
    classes: int
    tree: tuple[Class, ...]
    relations: tuple[Relation, ...]
    ways: int
    names: int
    kinds: Mapping[str, str]
    figures: Figures | None
    anchors: frozenset[str]


def contents(ontology: Ontology, figures: Figures | None = None) -> Contents:
    """What the page of an ontology shows; without figures nothing is said of how well relations are found."""
    graph = load_triples(ontology.path)
    header = URIRef(ontology.iri) if ontology.iri else None
    stated = {iri for iri in graph.all_nodes() if isinstance(iri, URIRef)}
    types = {t.iri: t for t in ontology.types.values() if URIRef(t.iri) in stated}
    shown = [p for p in ontology.properties.values() if p.name not in ontology.inverse_only]
    relations = [_relation(prop, ontology, graph, _score(prop, figures)) for prop in shown]
    return Contents(
        title=_text(graph, header, DCTERMS.title, RDFS.label) or ontology.path.stem,
        about=_text(graph, header, DCTERMS.description, RDFS.comment),
        iri=ontology.iri,
        version=_text(graph, header, OWL.versionInfo),
        classes=len(types),
        tree=tuple(_tree(types, ontology, graph)),
        relations=tuple(sorted(relations, key=lambda r: (r.label.casefold(), r.iri))),
        ways=sum(len(prop.frames) for prop in ontology.properties.values()),
        names=len({(name.name, name.type) for name in ontology.gazetteer}),
        kinds=KINDS,
        figures=figures,
        anchors=frozenset(t.name for t in types.values()) | {prop.name for prop in shown},
    )


def _relation(prop: PropertyType, ontology: Ontology, graph: Graph, score: Score | None) -> Relation:
    node = URIRef(prop.iri)
    other = ontology.properties.get(prop.inverse or "")
    inversely = other is not None and other.name in ontology.inverse_only
    return Relation(
        prop.name,
        prop.name,
        prop.label,
        prop.iri,
        _text(graph, node, SKOS.definition, RDFS.comment) or prop.comment,
        prop.domain,
        prop.range,
        tuple(text for trait, text in _TRAITS.items() if (node, RDF.type, trait) in graph),
        prop.supers,
        other.name if other is not None and not inversely else "",
        _aligned(graph, node),
        phrases(prop.frames),
        phrases(other.frames, "Y", "X") if other is not None and inversely else {},
        prop.blocked,
        prop.examples,
        score,
    )


def _score(prop: PropertyType, figures: Figures | None) -> Score | None:
    """The figures of a relation with those of its inverse: gold counts the two as one."""
    known = figures.relations if figures else {}
    both = [known[name] for name in (prop.name, prop.inverse or "") if name in known]
    if not both:
        return None
    right, wrong, missed = (sum(getattr(s, name) for s in both) for name in ("right", "wrong", "missed"))
    return Score(right, wrong, missed)


def _tree(types: Mapping[str, EntityType], ontology: Ontology, graph: Graph) -> Iterator[Class]:
    """The classes below those that stand below none; of a circle, the first."""
    below: dict[str, list[str]] = defaultdict(list)
    above: dict[str, set[str]] = defaultdict(set)
    for axiom in ontology.axioms:
        if axiom.kind == "subClassOf" and axiom.term in types and axiom.other in types:
            below[axiom.other].append(axiom.term)
            above[axiom.term].add(axiom.other)
    told: set[str] = set()

    def order(iri: str) -> tuple[str, str]:
        return (types[iri].label.casefold(), iri)

    def branch(iri: str) -> Class:
        kind, again = types[iri], iri in told
        told.add(iri)
        members = () if again else tuple(branch(one) for one in sorted(below[iri], key=order))
        node = URIRef(iri)
        about = _text(graph, node, SKOS.definition, RDFS.comment)
        nouns = () if again else kind.nouns
        return Class(kind.label, kind.name, iri, about, nouns, _aligned(graph, node), members, again)

    ordered = sorted(types, key=order)
    yield from [branch(iri) for iri in ordered if not above[iri]]
    for iri in ordered:
        if iri not in told:
            yield branch(iri)


def _aligned(graph: Graph, node: URIRef) -> Aligned:
    """The terms of other vocabularies, by how they compare."""
    found: dict[str, set[str]] = defaultdict(set)
    for predicate, how in _ALIGNED.items():
        found[how] |= {str(term) for term in graph.objects(node, predicate) if isinstance(term, URIRef)}
    short = graph.namespace_manager.normalizeUri
    return tuple(
        (how, tuple((iri, short(iri).strip("<>")) for iri in sorted(terms)))
        for how, terms in found.items()
        if terms
    )


def _text(graph: Graph, node: Node | None, *predicates: URIRef) -> str:
    """The first of these that the file says of a node, in English where it does."""
    if node is None:
        return ""
    for predicate in predicates:
        told = [o for o in graph.objects(node, predicate) if isinstance(o, Literal)]
        english = [o for o in told if (o.language or "en").split("-")[0] == "en"]
        if told:
            return " ".join(sorted(map(str, english or told)))
    return ""
