"""An existing graph as backbone: the names of its things, which the extraction knows from then on.

Its triples are kept as they are in the named graph ``kg:backbone``, apart from what texts say.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.ontology import Ontology
from kg.parse import parse
from kg.store import Engine, open_to_read, solutions
from kg.terms import KnownName
from kg.vocab import KG, OWL, RDF, RDFS, SCHEMA, SKOS

GRAPH = ox.NamedNode(KG.backbone)
#: RDF 1.1 has IRIs of this form stand for blank nodes.
_GENID = "https://example.org/.well-known/genid/"

_FOAF, _OLD_SCHEMA = "http://xmlns.com/foaf/0.1/", "http://schema.org/"
#: What names a thing: the first that it has is its best name, the others are names too.
_BEST = (RDFS.label, SKOS.prefLabel, SCHEMA.name, f"{_OLD_SCHEMA}name", f"{_FOAF}name")
_OTHER = (
    SKOS.altLabel,
    *(f"{schema}{name}" for schema in (SCHEMA, _OLD_SCHEMA) for name in ("alternateName", "legalName")),
)
#: What leads from a class to one that holds its members too.
_UPWARD = (RDFS.subClassOf, OWL.equivalentClass, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
_LONGEST_NAME = 100

Names = Mapping[str, Sequence[ox.Literal]]


def take_backbone(
    engine: Engine, files: Sequence[Path], earlier: str | Path | None = None
) -> tuple[tuple[str, str], ...]:
    """Fill the backbone of a new store: from files, or else from the store or endpoint ``earlier``.

    What it gives is the option by which the run records it: none where there is no backbone.
    """
    assert isinstance(engine, ox.Store)
    if files:
        replace(engine, files)
    elif earlier is not None:
        _inherit(engine, earlier)
    lines = engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=GRAPH) or b""
    ordered = b"".join(sorted(lines.splitlines(keepends=True)))
    return (("backbone", f"sha256 {hashlib.sha256(ordered).hexdigest()}"),) if lines else ()


def replace(engine: ox.Store, files: Iterable[Path]) -> None:
    """Make the triples of some files the backbone, in place of the one that there was.

    Blank nodes get IRIs by their order in their file, and files are taken by what is in them, so that
    neither the order nor the names of the files matter.
    """
    engine.clear_graph(GRAPH)
    blank = _Numbers()
    for path in sorted(files, key=_content):
        blank.begin()
        quads = (quad for quad in parse(path) if not isinstance(quad.object, ox.Triple))
        engine.bulk_extend(
            ox.Quad(blank.name(quad.subject), quad.predicate, blank.name(quad.object), GRAPH)
            for quad in quads
        )


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None


def _inherit(engine: ox.Store, earlier: str | Path) -> None:
    try:
        store, _ = open_to_read(earlier)
    except StoreError:
        return  # there is none, or none that this version can read
    engine.bulk_extend(store.quads_for_pattern(None, None, None, GRAPH))


class _Numbers:
    """IRIs for blank nodes."""

    def __init__(self) -> None:
        self._count, self._iris = 0, dict[str, ox.NamedNode]()

    def begin(self) -> None:
        """A new file: its blank nodes are others."""
        self._iris.clear()

    def name(self, term: Any) -> Any:
        """The IRI of a blank node, and any other term as it is."""
        if not isinstance(term, ox.BlankNode):
            return term
        if term.value not in self._iris:
            self._count += 1
            self._iris[term.value] = ox.NamedNode(f"{_GENID}{self._count}")
        return self._iris[term.value]


def known_names(engine: Engine, ontology: Ontology) -> tuple[KnownName, ...]:
    """The names of the things in ``kg:backbone``, each with the thing's IRI and best name, sorted.

    A thing is what has a class and a name and is no term of a vocabulary itself. Its class is one of
    the ontology where its IRI, a match of either side or a class above it says so, else "".
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for thing, kind in _pairs(engine, (RDF.type,)):
        if isinstance(kind, ox.NamedNode):
            kinds[thing].add(kind.value)
    classes = _Classes(ontology, _pairs(engine, _UPWARD))
    found: dict[str, dict[str, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for thing, predicate, label in _rows(engine, (*_BEST, *_OTHER)):
        if thing in kinds and isinstance(label, ox.Literal) and not _is_term(kinds[thing]):
            found[thing][predicate].append(label)
    names = (
        name for thing, said in found.items() for name in _names(thing, said, classes.name(kinds[thing]))
    )
    return tuple(sorted(names, key=lambda known: (known.iri, known.form)))


def _names(thing: str, said: Names, kind: str) -> Iterator[KnownName]:
    ordered = [text for predicate in (*_BEST, *_OTHER) for text in _english(said.get(predicate, ()))]
    if ordered:
        for form in dict.fromkeys(ordered):
            yield KnownName(form, ordered[0], kind, iri=thing)


def _english(labels: Sequence[ox.Literal]) -> list[str]:
    """The names in English or in no language, else all; on one line, and not too long for a name."""
    english = [label for label in labels if (label.language or "en").split("-")[0] == "en"]
    texts = {" ".join(label.value.split()) for label in english or labels}
    return sorted(text for text in texts if len(text) <= _LONGEST_NAME and any(map(str.isalpha, text)))


def _is_term(kinds: Iterable[str]) -> bool:
    """Whether something is a class, a property or an ontology, not a thing."""
    own = (OWL.NamedIndividual, OWL.Thing)
    return any(kind.startswith((str(RDF), str(RDFS), str(OWL))) and kind not in own for kind in kinds)


class _Classes:
    """The class of the ontology for the classes of a backbone."""

    def __init__(self, ontology: Ontology, upward: Iterable[tuple[str, Any]]) -> None:
        self._ontology = ontology
        self._names: dict[str, str] = {
            _plain(match): kind.name for kind in self._kinds() for match in kind.matches
        }
        self._names |= {_plain(kind.iri): kind.name for kind in self._kinds()}
        self._upward: dict[str, set[str]] = defaultdict(set)
        for lower, upper in upward:
            if isinstance(upper, ox.NamedNode):
                self._upward[_plain(lower)].add(_plain(upper.value))
        self._known: dict[frozenset[str], str] = {}

    def _kinds(self) -> list[Any]:
        return [self._ontology.types[name] for name in sorted(self._ontology.types)]

    def name(self, kinds: Iterable[str]) -> str:
        """The nearest class of the ontology, of several as near the narrowest; "" where there is none."""
        start = frozenset(_plain(kind) for kind in kinds)
        if start not in self._known:
            self._known[start] = self._find(start)
        return self._known[start]

    def _find(self, start: frozenset[str]) -> str:
        seen, reached = set(start), set(start)
        while reached:
            names: set[str] = {self._names[kind] for kind in reached if kind in self._names}
            if names:
                return min(names, key=lambda name: (-len(self._ontology.types[name].supers), name))
            reached = {upper for kind in reached for upper in self._upward.get(kind, ())} - seen
            seen |= reached
        return ""


def _plain(iri: str) -> str:
    """The IRI of a class; schema.org has two of each."""
    return f"{SCHEMA}{iri.removeprefix(_OLD_SCHEMA)}" if iri.startswith(_OLD_SCHEMA) else iri


def _rows(engine: Engine, predicates: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    values = " ".join(f"<{predicate}>" for predicate in predicates)
    query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {values} }} GRAPH {GRAPH} {{ ?s ?p ?o }} }}"
    for subject, predicate, value in solutions(engine, query):
        if isinstance(subject, ox.NamedNode):
            yield subject.value, predicate.value, value


def _pairs(engine: Engine, predicates: Iterable[str]) -> Iterator[tuple[str, Any]]:
    return ((subject, value) for subject, _, value in _rows(engine, predicates))
