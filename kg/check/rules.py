"""The rules of a sound ontology; each is a small function that yields the problems it finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS
from rdflib.term import Node

from kg.check.source import Source
from kg.errors import did_you_mean
from kg.frames import KINDS, Frame, parse_frame
from kg.ontology import _TERMS as TERMS
from kg.ontology import LEX, Ontology, PropertyType

#: The lexical terms that only classes bear; nouns are for classes and relations.
_OF_CLASSES = ("nerLabel", "nameWord")
_OF_RELATIONS = (*(kind for kind in KINDS if kind != "noun"), "not")
_AXES = (("domain", RDFS.domain), ("range", RDFS.range))


class Problem(NamedTuple):
    """A mistake and where it stands; line 0 where the format has no lines of its own.

    A ``warning`` may be meant so: it does not make the ontology unsound.
    """

    file: str
    line: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {'warning: ' if self.warning else ''}{self.message}"


def stated(ontology: Ontology) -> list[PropertyType]:
    """The relations that stand in the file; a derived inverse ("^director") shares the IRI of its own."""
    named = sorted(ontology.properties.values(), key=lambda prop: (prop.name.startswith("^"), prop.name))
    return list({prop.iri: prop for prop in reversed(named)}.values())[::-1]


# ---------------------------------------------------------------- words


def lexical_problems(source: Source) -> Iterator[Problem]:
    """Unknown ``lex:`` terms, terms on the wrong kind of thing, and frames that cannot be read."""
    classes = {s.subject for s in source.statements if s.object in (OWL.Class, RDFS.Class)}
    for statement in source.literals(str(LEX)):
        term, text = str(statement.predicate).removeprefix(str(LEX)), str(statement.object)
        at = (str(statement.file), statement.line)
        if term not in TERMS:
            hint = did_you_mean(term, TERMS)
            yield Problem(*at, f"lex:{term} is not a lexical term. {hint}")
        elif statement.subject in classes and term in _OF_RELATIONS:
            yield Problem(*at, f"lex:{term} stands on a class; it belongs on a property")
        elif statement.subject not in classes and term in _OF_CLASSES:
            yield Problem(*at, f"lex:{term} belongs on a class")
        elif term in KINDS and statement.subject not in classes:
            try:
                parse_frame(term, text)
            except ValueError as error:
                yield Problem(*at, f'the frame lex:{term} "{text}" cannot be read: {error}')


# ---------------------------------------------------------------- axioms


def axiom_problems(ontology: Ontology, source: Source) -> Iterator[Problem]:
    """All that contradicts itself in the classes and relations of an ontology that can be loaded."""
    yield from _undeclared(ontology, source)
    yield from _namesakes(source)
    yield from _shared_words(ontology, source)
    yield from _clashing_frames(ontology, source)
    for prop in stated(ontology):
        for rule in (_within_supers, _inverse_swapped, _symmetric_sides, _kinds_of_object, _can_be_said):
            for predicate, text, message in rule(prop, ontology):
                file, line = source.find(prop.iri, predicate, text)
                yield Problem(str(file), line, message)


#: The predicate and text that a problem of a relation stands at, as far as they are known, and its message.
Found = Iterator[tuple[Node | None, str | None, str]]


def _undeclared(ontology: Ontology, source: Source) -> Iterator[Problem]:
    """Names of classes and relations that are used and not declared, where the file declares its own."""
    declared = {s.subject for s in source.statements if s.predicate == RDF.type}
    own = {_namespace(str(node)) for node in declared}
    for statement in source.statements:
        wanted = statement.predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf)
        wanted = wanted or statement.predicate in (OWL.inverseOf, RDF.first)
        iri = str(statement.object)
        if wanted and statement.object not in declared and _namespace(iri) in own:
            names = ontology.properties if "roperty" in str(statement.predicate) else ontology.types
            others = [name for name in names if name != _local(iri)]
            hint = did_you_mean(_local(iri), others)
            message = f"{_local(iri)} is not declared" + (f". {hint}" if "Did you mean" in hint else "")
            yield Problem(str(statement.file), statement.line, message)


def _namesakes(source: Source) -> Iterator[Problem]:
    """Classes, or relations, of one name in two namespaces: claims name them by it, so one is lost."""
    classes = (OWL.Class, RDFS.Class)
    relations = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    first: dict[tuple[bool, str], str] = {}
    for statement in source.statements:
        iri = str(statement.subject)
        if statement.predicate == RDF.type and statement.object in (*classes, *relations):
            other = first.setdefault((statement.object in classes, _local(iri)), iri)
            if other != iri:
                message = f"{_local(iri)} is the name of <{other}> too: of two with one name only one is read"
                yield Problem(str(statement.file), statement.line, message)


def _namespace(iri: str) -> str:
    return iri[: len(iri) - len(_local(iri))]


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _within_supers(prop: PropertyType, ontology: Ontology) -> Found:
    """A sub-relation's domain and range lie within those of its super-relation."""
    for upper in _uppers(prop, ontology):
        if prop.name in ontology.above(upper.name):
            yield RDFS.subPropertyOf, upper.iri, f"{prop.name} is below itself, through {upper.name}"
            continue
        for axis, predicate in _AXES:
            mine, theirs = _side(prop, axis), _side(upper, axis)
            above = f"that of {upper.name}, which is above it"
            if theirs and not mine:
                message = f"{prop.name} has no {axis}; {above}, is {_list(theirs)}"
                yield RDFS.subPropertyOf, upper.iri, message
            elif not all(_within(name, theirs, ontology) for name in mine):
                message = f"the {axis} of {prop.name} ({_list(mine)}) is not within {above} ({_list(theirs)})"
                yield predicate, None, message


def _uppers(prop: PropertyType, ontology: Ontology) -> list[PropertyType]:
    """The relations right above a relation."""
    return [ontology.properties[name] for name in prop.supers if name in ontology.properties]


def _inverse_swapped(prop: PropertyType, ontology: Ontology) -> Found:
    """The domain of a relation is the range of its inverse, and the other way round."""
    if (prop.inverse or "").startswith("^"):  # derived, and right by construction
        return
    other = ontology.properties.get(prop.inverse or "")
    if prop.inverse and prop.symmetric:
        yield OWL.inverseOf, None, f"{prop.name} is symmetric and has an inverse, {prop.inverse}"
    if other is None or (other.inverse == prop.name and other.name < prop.name):
        return
    if other.inverse != prop.name:
        message = f"{prop.name} is the inverse of {other.name}, whose inverse is {other.inverse}"
        yield OWL.inverseOf, other.iri, message
    for axis, opposite in (("domain", "range"), ("range", "domain")):
        mine, theirs = _side(prop, axis), _side(other, opposite)
        if set(mine) != set(theirs):
            inverse = f"the {opposite} of its inverse {other.name} ({_list(theirs)})"
            yield OWL.inverseOf, other.iri, f"the {axis} of {prop.name} ({_list(mine)}) is not {inverse}"


def _symmetric_sides(prop: PropertyType, _ontology: Ontology) -> Found:
    """Both sides of a symmetric relation are of the same classes."""
    if prop.symmetric and set(prop.domain) != set(prop.range):
        sides = f"its domain is {_list(prop.domain)} and its range {_list(prop.range)}"
        yield RDFS.range, None, f"{prop.name} is symmetric, but {sides}"


def _kinds_of_object(prop: PropertyType, ontology: Ontology) -> Found:
    """A range is of datatypes or of classes, not of both; values do not relate to things in turn."""
    values = [name for name in prop.range if name.startswith("xsd:")]
    if values and len(values) < len(prop.range):
        yield RDFS.range, None, f"the range of {prop.name} mixes values and things: {_list(prop.range)}"
    for name in prop.domain:
        if name.startswith("xsd:"):
            yield RDFS.domain, None, f"the domain of {prop.name} is {name}: a value has no relations"
    for upper in _uppers(prop, ontology):
        if upper.range and prop.range and upper.literal != prop.literal:
            yield (
                RDFS.subPropertyOf,
                upper.iri,
                f"{prop.name} and {upper.name} differ: one has values as objects",
            )


def _can_be_said(prop: PropertyType, ontology: Ontology) -> Found:
    """Some word triggers a relation: a frame of its own, or of an inverse that only holds frames."""
    other = ontology.properties.get(prop.inverse or "")
    if prop.frames or (other is not None and other.frames and other.name in ontology.inverse_only):
        return
    below = sorted(p.name for p in ontology.properties.values() if prop.name in p.supers and p.frames)
    hint = f"; only what is below it is said ({_list(below)})" if below else ""
    yield None, None, f"nothing can trigger {prop.name}: it has no frame{hint}. Add a lex:verb or lex:noun"


def _side(prop: PropertyType, axis: str) -> tuple[str, ...]:
    return prop.domain if axis == "domain" else prop.range


def _within(name: str, allowed: Iterable[str], ontology: Ontology) -> bool:
    """Whether a class is one of those allowed, or below one; a datatype must be one of them."""
    names = tuple(allowed)
    return name in names or (not name.startswith("xsd:") and ontology.is_a(name, names)) or not names


def _list(names: Iterable[str]) -> str:
    return " or ".join(names) or "anything"


# ---------------------------------------------------------------- words that two claim


def _shared_words(ontology: Ontology, source: Source) -> Iterator[Problem]:
    """A label or noun that denotes two classes, neither below the other."""
    claimed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind in sorted(ontology.types.values(), key=lambda k: k.name):
        for term, words in (
            ("nerLabel", kind.ner_labels),
            ("noun", kind.nouns),
            ("nameWord", kind.name_words),
        ):
            for word in words:
                claimed[term, word].append(kind.name)
    for (term, word), names in sorted(claimed.items()):
        for name in names[1:]:
            if ontology.is_a(name, names[:1]) or ontology.is_a(names[0], (name,)):
                continue
            file, line = source.find(ontology.types[name].iri, LEX[term], word)
            yield Problem(str(file), line, f'lex:{term} "{word}" stands on {names[0]} and on {name}')


def _clashing_frames(ontology: Ontology, source: Source) -> Iterator[Problem]:
    """The same words for two relations that their domains and ranges do not tell apart."""
    claimed: dict[tuple[object, ...], list[tuple[PropertyType, Frame]]] = defaultdict(list)
    for name in sorted(ontology.properties):
        for frame in ontology.properties[name].frames:
            key = (
                frame.kind,
                frame.words,
                tuple(sorted(frame.fixed)),
                frame.subject,
                frame.object,
                frame.ends,
            )
            claimed[key].append((ontology.properties[name], frame))
    for holders in claimed.values():
        for (first, _), (second, frame) in combinations(holders, 2):
            if first.iri == second.iri or not _alike(first, second, ontology):
                continue
            term = "ends" if frame.ends else frame.kind
            file, line = source.find(second.iri, LEX[term], frame.text)
            both = f"{first.name} and {second.name}".replace("^", "the inverse of ")
            message = f'lex:{term} "{frame.text}" says both {both} of the same pair'
            yield Problem(str(file), line, message, warning=True)


def _alike(first: PropertyType, second: PropertyType, ontology: Ontology) -> bool:
    """Whether one pair can be both relations, neither entails the other, and neither range is narrower."""
    if ontology.narrower(first, second) or ontology.narrower(second, first):
        return False
    if first.name in ontology.above(second.name) or second.name in ontology.above(first.name):
        return False
    return all(_overlap(_side(first, axis), _side(second, axis), ontology) for axis in ("domain", "range"))


def _overlap(first: tuple[str, ...], second: tuple[str, ...], ontology: Ontology) -> bool:
    values = {name for name in (*first, *second) if name.startswith("xsd:")}
    if not first or not second:
        return not values
    if values:
        return not set(first).isdisjoint(second)
    return any(ontology.is_a(name, first) and ontology.is_a(name, second) for name in ontology.types)
