"""The classes and properties of an ontology, and the names that it knows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames import Frame

#: What an ontology can say of a relation for the analysis (``kg:StakeRelation`` …, defined in core.ttl).
MARKS = ("StakeRelation", "ControlRelation", "SaleRelation", "OneSubjectAtATime", "OneObjectAtATime")


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class. ``supers`` are the names of its superclasses, itself included.

    ``matches`` are the classes of other vocabularies that are the same, nearly so, or narrower.
    """

    iri: str
    name: str
    label: str
    supers: frozenset[str]
    ner_labels: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    name_words: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyType:
    """A relation. ``domain`` and ``range`` are names of classes (any one will do), or of datatypes."""

    iri: str
    name: str
    label: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    inverse: str | None = None
    supers: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    blocked: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    comment: str = ""

    @property
    def literal(self) -> bool:
        """Whether its objects are values, not things."""
        return bool(self.range) and all(name.startswith("xsd:") for name in self.range)


@dataclass(frozen=True, slots=True, order=True)
class Axiom:
    """What an ontology says of two of its terms, by IRI; of one term, its trait: then both are it.

    ``kind`` is ``subPropertyOf``, ``inverseOf``, ``subClassOf``, or a trait: ``symmetric``, ``transitive``,
    ``functional`` or one of ``MARKS``.
    """

    kind: str
    term: str
    other: str


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the gazetteer: a form, the best name of the thing, its class; a demonym is an adjective.

    ``iri`` is that of a thing of a backbone, "" for any other; ``type`` is "" where no class is known.
    """

    form: str
    name: str
    type: str
    demonym: bool = False
    iri: str = ""
