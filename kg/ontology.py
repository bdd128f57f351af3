"""An ontology file as plain values: classes, properties, and how each is said.

Any OWL or RDFS file is read; the ``lex:`` terms (``ontology/lex.ttl``) say how its relations are
worded. ``owl:imports`` of an ontology that lies in a sibling file is followed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.completion import Completion
from kg.errors import InputError, OntologyError
from kg.frames import KINDS, Frame, parse_frame
from kg.parse import parse
from kg.terms import MARKS
from kg.terms import Axiom as Axiom
from kg.terms import EntityType as EntityType
from kg.terms import KnownName as KnownName
from kg.terms import PropertyType as PropertyType
from kg.vocab import KG
from kg.words import KIND_LABELS, LOOSE_KINDS, UNKNOWN, load_words, may_be

LEX = Namespace("https://w3id.org/claimgraph/lex#")
_TERMS = frozenset((*KINDS, "not", "nerLabel", "nameWord", "demonym"))
_BASE = "https://example.org/ontology"
_MATCHES = (OWL.equivalentClass, SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch)
_PROPERTY_CLASSES = (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty)
_RELATIONS = (RDFS.subPropertyOf, OWL.inverseOf, RDFS.subClassOf)
_TRAITS = {
    "symmetric": OWL.SymmetricProperty,
    "transitive": OWL.TransitiveProperty,
    "functional": OWL.FunctionalProperty,
    **{name: URIRef(KG[name]) for name in MARKS},
}
#: What is above everything says nothing.
_TOPS = frozenset((OWL.Thing, RDFS.Resource, OWL.topObjectProperty, OWL.topDataProperty))


@dataclass(frozen=True)
class Ontology:
    """The law of a graph: what kinds of things there are, what relates them, and how it is said."""

    iri: str
    path: Path
    sha256: str
    types: Mapping[str, EntityType]
    properties: Mapping[str, PropertyType]
    gazetteer: tuple[KnownName, ...] = field(default=())

    #: The kind of names of each class, where the file does not say how its classes are recognised.
    kinds: Mapping[str, str] = field(default_factory=dict)

    #: From what follows what, sorted.
    axioms: tuple[Axiom, ...] = field(default=())

    def is_a(self, type_name: str, allowed: Iterable[str]) -> bool:
        """Whether a class is one of the allowed ones or below one; no allowed ones allow all."""
        names = tuple(allowed)
        found = self.types.get(type_name)
        return not names or (found is not None and not found.supers.isdisjoint(names))

    def admits(self, type_name: str, allowed: Iterable[str]) -> bool:
        """Whether a thing of a class, or of none that is known, may be of an allowed one.

        The recogniser knows kinds, a foreign ontology finer classes: a place may be a country.
        """
        names = tuple(allowed)
        if self.is_a(type_name, names) or not self.kinds:
            return self.is_a(type_name, names)
        if type_name not in KIND_LABELS and type_name:
            kind = self.kinds.get(type_name, "")
            others = {self.kinds.get(name, "") for name in names}
            if kind in LOOSE_KINDS and kind in others:
                return True
            vague = "" in others and kind not in ("Person", "Place", "value")
            return vague or (UNKNOWN in others and may_be(kind, UNKNOWN))
        return any(may_be(type_name, self.kinds.get(name, "")) for name in names)

    def knowing(self, names: Iterable[KnownName]) -> Ontology:
        """The same ontology with more names in its gazetteer."""
        return replace(self, gazetteer=(*self.gazetteer, *names))

    @cached_property
    def ner_types(self) -> dict[str, str]:
        """The class of each label of the entity recogniser."""
        return {label: kind.name for kind in self.types.values() for label in kind.ner_labels}

    @cached_property
    def noun_types(self) -> dict[str, str]:
        """The class that each common noun denotes ("startup" → Organization)."""
        return {noun: kind.name for kind in self.types.values() for noun in kind.nouns}

    def narrower(self, one: PropertyType, other: PropertyType) -> bool:
        """Whether the range of one property lies within the other's and is not the same."""
        inside = all(self.is_a(kind, other.range) for kind in one.range)
        return bool(one.range) and inside and not all(self.is_a(kind, one.range) for kind in other.range)

    def above(self, name: str) -> frozenset[str]:
        """The relations that a relation entails: its super-relations, all the way up."""
        found: set[str] = set()
        todo = [name]
        while todo:
            prop = self.properties.get(todo.pop())
            new = set(prop.supers if prop else ()) - found
            found |= new
            todo.extend(sorted(new))
        return frozenset(found)

    @cached_property
    def name_words(self) -> dict[str, str]:
        """The class that each word in a name tells ("party" → PoliticalParty)."""
        return {word: kind.name for kind in self.types.values() for word in kind.name_words}

    @cached_property
    def inverse_only(self) -> frozenset[str]:
        """Properties that exist to hold the frames of another's other direction: never emitted."""
        names = set()
        for prop in self.properties.values():
            other = self.properties.get(prop.inverse or "")
            if prop.name.startswith("^") or (other is not None and not prop.examples and other.examples):
                names.add(prop.name)
        return frozenset(names)


def ontology_path(name: str = "news.ttl") -> Path:
    """The path of a file of the ontology folder, in an installed package or in the checkout.

    >>> ontology_path().name
    'news.ttl'
    """
    package = Path(__file__).parent
    for folder in (package / "data" / "ontology", package.parent / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise OntologyError(
        f"{name}: not found in the ontology folder; the installation is incomplete, install it again"
    )


def load_ontology(path: Path | str | None = None) -> Ontology:
    """The ontology of a Turtle file, the default one without a path.

    Raises OntologyError with ``file:line`` where the file is missing, is not Turtle or has a
    malformed or unknown ``lex:`` term.
    """
    file = Path(path) if path is not None else ontology_path()
    reader = _Reader(file)
    return reader.ontology()


class _Reader:
    """Reads one file and what it imports; a class only to share the graph and the sources."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.graph = Graph()
        self.sources: dict[Path, str] = {}
        self._load(file)
        self.types: dict[str, EntityType] = {}

    def _load(self, file: Path) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise OntologyError(f"{file}: no such ontology file") from None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise OntologyError(f"{file}: the ontology cannot be read: {reason}") from None
        self.sources[file] = text
        try:
            # rdflib's own parsers fetch what a file names, and take IRIs that are none.
            for subject, predicate, value in (quad.triple for quad in parse(file, _BASE)):
                if not isinstance(value, ox.Triple):
                    self.graph.add((self._term(subject), self._term(predicate), self._term(value)))
        except InputError as error:
            raise OntologyError(str(error)) from None
        for imported in sorted(str(o) for o in self.graph.objects(None, OWL.imports)):
            sibling = file.parent / f"{imported.rstrip('/#').rsplit('/', 1)[-1]}.ttl"
            if sibling.is_file() and sibling not in self.sources:
                self._load(sibling)

    def _term(self, term: Any) -> Node:
        """A term as rdflib has it; what kind of value it is does not matter here."""
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(f"{term.value}in{len(self.sources)}")  # another file may have one of this name
        return Literal(term.value, lang=term.language)

    def ontology(self) -> Ontology:
        """All of it, checked."""
        self._check_terms()
        types = list(self._types())
        self.types = {kind.name: kind for kind in types}
        words = load_words(ontology_path("derive.toml").parent)
        completer = Completion(types, list(self._properties()), words)
        gazetteer = tuple(self._gazetteer()) or (_places() if completer.foreign else ())
        digest = hashlib.sha256(
            "\x1e".join(self.sources[f] for f in sorted(self.sources)).encode()
        ).hexdigest()
        iri = next((str(s) for s in sorted(self.graph.subjects(RDF.type, OWL.Ontology), key=str)), "")
        properties = {prop.name: prop for prop in completer.properties()}
        types = completer.types
        by_name = {kind.name: kind for kind in types}
        axioms = tuple(sorted(self._axioms()))
        return Ontology(iri, self.file, digest, by_name, properties, gazetteer, completer.kinds, axioms)

    def _fail(self, term: str, needle: str, reason: str) -> OntologyError:
        for file, source in self.sources.items():
            for number, line in enumerate(source.splitlines(), 1):
                if needle in line and (not term or term in source):
                    return OntologyError(f"{file}:{number}: {reason}")
        return OntologyError(f"{self.file}: {reason}")

    def _check_terms(self) -> None:
        for predicate in sorted(set(self.graph.predicates()), key=str):
            name = str(predicate)
            if name.startswith(LEX) and name.removeprefix(LEX) not in _TERMS:
                short = name.removeprefix(LEX)
                known = ", ".join(f"lex:{term}" for term in sorted(_TERMS))
                raise self._fail("", f"lex:{short}", f"lex:{short} is not a lexical term; known: {known}")

    def _types(self) -> Iterable[EntityType]:
        classes = {s for c in (OWL.Class, RDFS.Class) for s in self.graph.subjects(RDF.type, c)}
        for prop in self._property_nodes():
            for axis in (RDFS.domain, RDFS.range):
                classes |= {o for o in self._members(self.graph.objects(prop, axis)) if not _datatype(o)}
        for node in sorted((c for c in classes if isinstance(c, URIRef)), key=str):
            supers = {_local(upper) for upper in self._above(node) if isinstance(upper, URIRef)}
            yield EntityType(
                str(node),
                _local(node),
                self._label(node),
                frozenset(supers),
                self._strings(node, LEX.nerLabel),
                self._strings(node, LEX.noun),
                self._strings(node, LEX.nameWord),
                tuple(sorted({str(o) for axis in _MATCHES for o in self.graph.objects(node, axis)})),
            )

    def _above(self, node: Node) -> set[Node]:
        """A class and all above it, however many steps and in whatever circles."""
        found, fresh = {node}, [node]
        while fresh:
            above = set(self.graph.objects(fresh.pop(), RDFS.subClassOf)) - found
            found |= above
            fresh += above
        return found

    def _property_nodes(self) -> list[URIRef]:
        found = {s for c in _PROPERTY_CLASSES for s in self.graph.subjects(RDF.type, c)}
        return sorted((s for s in found if isinstance(s, URIRef)), key=str)

    def _properties(self) -> Iterable[PropertyType]:
        for node in self._property_nodes():
            inverse = next((_local(o) for o in self.graph.objects(node, OWL.inverseOf)), None)
            inverse = inverse or next((_local(s) for s in self.graph.subjects(OWL.inverseOf, node)), None)
            yield PropertyType(
                str(node),
                _local(node),
                self._label(node),
                self._classes(node, RDFS.domain),
                self._classes(node, RDFS.range),
                (node, RDF.type, OWL.SymmetricProperty) in self.graph,
                inverse,
                tuple(sorted(_local(o) for o in self.graph.objects(node, RDFS.subPropertyOf))),
                tuple(self._frames(node)),
                self._strings(node, LEX["not"]),
                self._strings(node, SKOS.example),
                " ".join((*self._strings(node, SKOS.definition), *self._strings(node, RDFS.comment))),
            )

    def _axioms(self) -> Iterable[Axiom]:
        for predicate in _RELATIONS:
            for term, other in self.graph.subject_objects(predicate):
                named = isinstance(term, URIRef) and isinstance(other, URIRef)
                if named and other not in _TOPS and (term != other or predicate == OWL.inverseOf):
                    yield Axiom(_local(predicate), str(term), str(other))
        for kind, trait in _TRAITS.items():
            for term in self.graph.subjects(RDF.type, trait):
                if isinstance(term, URIRef):
                    yield Axiom(kind, str(term), str(term))

    def _frames(self, node: URIRef) -> Iterable[Frame]:
        for kind in KINDS:
            for text in self._strings(node, LEX[kind]):
                try:
                    yield parse_frame(kind, text)
                except ValueError as error:
                    message = f'the frame lex:{kind} "{text}" of {_local(node)} cannot be read: {error}'
                    raise self._fail(f"lex:{kind}", f'"{text}"', message) from None

    def _classes(self, node: URIRef, axis: URIRef) -> tuple[str, ...]:
        names = {_datatype(o) or _local(o) for o in self._members(self.graph.objects(node, axis))}
        return tuple(sorted(names - {"Thing", "Resource"}))

    def _members(self, nodes: Iterable[Node]) -> Iterable[URIRef]:
        for node in nodes:
            union = self.graph.value(node, OWL.unionOf)
            if union is not None:
                try:
                    yield from (o for o in self.graph.items(union) if isinstance(o, URIRef))
                except ValueError:
                    raise OntologyError(
                        f"{self.file}: a list of classes (owl:unionOf) holds itself"
                    ) from None
            elif isinstance(node, URIRef):
                yield node

    def _gazetteer(self) -> Iterable[KnownName]:
        names = {kind.iri: kind.name for kind in self.types.values()}
        for iri in sorted(names):
            for thing in sorted(self.graph.subjects(RDF.type, URIRef(iri)), key=str):
                best = self._label(thing)
                for form in sorted({best, *self._strings(thing, SKOS.altLabel)}):
                    yield KnownName(form, best, names[iri])
                for form in self._strings(thing, LEX.demonym):
                    yield KnownName(form, best, names[iri], demonym=True)

    def _label(self, node: Node) -> str:
        labels = self._strings(node, RDFS.label) or self._strings(node, SKOS.prefLabel)
        return labels[0] if labels else _local(node).replace("_", " ")

    def _strings(self, node: Node, predicate: URIRef) -> tuple[str, ...]:
        found = [o for o in self.graph.objects(node, predicate) if isinstance(o, Literal)]
        english = [o for o in found if (o.language or "en").split("-")[0] == "en"]
        return tuple(sorted(str(o) for o in english or found))


@cache
def _places() -> tuple[KnownName, ...]:
    """The places of the world, for an ontology that knows no names."""
    reader = _Reader(ontology_path("places.ttl"))
    place = f"{str(LEX).removesuffix('lex#')}news#Place"
    reader.types = {"Place": EntityType(place, "Place", "place", frozenset(("Place",)))}
    return tuple(reader._gazetteer())


def _local(node: Node) -> str:
    """The last part of an IRI."""
    return str(node).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _datatype(node: Node) -> str:
    """The prefixed name of an XSD datatype, or nothing."""
    text = str(node)
    return f"xsd:{text.removeprefix(str(XSD))}" if text.startswith(str(XSD)) else ""


def load_triples(path: Path | str) -> Graph:
    """All that an ontology file and the files that it imports state; raises as ``load_ontology`` does."""
    return _Reader(Path(path)).graph
