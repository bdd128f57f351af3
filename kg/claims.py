"""Relations and entities to claims, claims to facts. The ontology is the law and is asked again here:
two documents together may know better what a thing is than one alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from kg.errors import OntologyError, did_you_mean
from kg.model import Claim, Document, Entity, Extraction, Fact, Literal, Relation, Resolution
from kg.vocab import claim_iri, local_name, slug

if TYPE_CHECKING:
    from kg.ontology import Ontology, PropertyType

#: What else may stand where an ontology asks for a date: what is said less precisely.
DATATYPES = {"xsd:date": ("xsd:date", "xsd:gYearMonth", "xsd:gYear")}

_Key = tuple[str, str, str]


def claims(extraction: Extraction, resolution: Resolution, ontology: Ontology) -> Iterator[Claim]:
    """The claims of one document, in the order of their places in the text.

    A sentence that says the same thing twice makes one claim. What breaks the domain or range, and
    what relates a thing to itself, makes none; nor does an open relation.
    """
    found: dict[str, Claim] = {}
    told = (relation for relation in extraction.relations if not relation.open and _is_named(relation))
    for relation in sorted(told, key=_place):
        claim = _claim(relation, extraction, resolution, ontology)
        if violation(claim, ontology) is None:
            found.setdefault(claim.iri, claim)
    yield from found.values()


def _is_named(relation: Relation) -> bool:
    """Whether the document names both sides: a "he" that is nobody is no thing of the graph."""
    tail = relation.tail
    return bool(relation.head.name) and (isinstance(tail, Literal) or bool(tail.name))


def violation(claim: Claim, ontology: Ontology) -> str | None:
    """Why the ontology does not allow a claim, or None where it does."""
    prop = _property(local_name(claim.predicate), ontology)
    subject, value = claim.subject, claim.object
    if not ontology.is_a(local_name(subject.type), prop.domain):
        return f"{subject.name} is not in the domain of {prop.name} ({', '.join(prop.domain)})"
    if isinstance(value, Literal):
        allowed = {d for name in prop.range for d in DATATYPES.get(name, (name,))}
        inside = not prop.range or value.datatype in allowed
    else:
        if value.iri == subject.iri:
            return f"{prop.name} relates {subject.name} to itself"
        inside = not prop.literal and ontology.is_a(local_name(value.type), prop.range)
    return None if inside else f"the object is not in the range of {prop.name} ({', '.join(prop.range)})"


def facts(claims: Iterable[Claim], ontology: Ontology | None = None) -> list[Fact]:
    """Claims grouped by what they say, sorted.

    With an ontology, both directions of a symmetric or inverse property are one fact, told the way
    that most of its claims tell it.
    """
    groups: dict[frozenset[_Key], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[frozenset((_key(claim), *_turned(claim, ontology)))].append(claim)
    return sorted((_fact(group) for group in groups.values()), key=_fact_order)


def claim_order(claim: Claim) -> tuple[str, str, str, str, int, int, str]:
    """The order of claims wherever they are listed: by fact, then by document and place."""
    evidence = claim.evidence
    return (*_key(claim), evidence.document, evidence.start, evidence.trigger_start, claim.iri)


def object_key(value: Entity | Literal) -> str:
    """What tells objects apart: the IRI of a thing, the value of a literal with its datatype."""
    if isinstance(value, Entity):
        return value.iri
    return f'"{value.value}"^^{value.datatype}' + (f" {value.currency}" if value.currency else "")


def _claim(relation: Relation, extraction: Extraction, resolution: Resolution, ontology: Ontology) -> Claim:
    document, evidence, qualifiers = extraction.document, relation.evidence, relation.qualifiers
    subject, prop, value = _stated(relation, document, resolution, ontology)
    said_by = relation.attributed_to
    speaker = resolution.entity(document, said_by) if said_by is not None and said_by.name else None
    if speaker is not None and not speaker.type:
        speaker = None  # of no class that the ontology knows: it stays in the words of the text
    name = local_name(value.iri) if isinstance(value, Entity) else slug(value.value)
    said = (getattr(qualifiers, field.name) for field in fields(qualifiers))
    by = speaker.iri if speaker else None
    occurrence = (object_key(value), document.id, evidence.start, evidence.end, *said, by)
    return Claim(
        claim_iri(subject.iri, prop.iri, name, occurrence, resolution.base_iri),
        subject,
        prop.iri,
        value,
        qualifiers,
        evidence,
        speaker,
        relation.score,
        relation.phrase,
    )


def _stated(
    relation: Relation, document: Document, resolution: Resolution, ontology: Ontology
) -> tuple[Entity, PropertyType, Entity | Literal]:
    """The direction that is stated: of an inverse pair one, of a symmetric pair the order of the text."""
    prop = _property(relation.predicate, ontology)
    head, tail = relation.head, relation.tail
    subject = resolution.entity(document, head)
    if isinstance(tail, Literal):
        return subject, prop, tail
    value = resolution.entity(document, tail)
    if prop.name in ontology.inverse_only and prop.inverse:
        return value, _property(prop.inverse, ontology), subject
    if prop.symmetric and (tail.start, tail.end) < (head.start, head.end):
        return value, prop, subject
    return subject, prop, value


def _property(name: str, ontology: Ontology) -> PropertyType:
    try:
        return ontology.properties[name]
    except KeyError:
        known = did_you_mean(name, ontology.properties)
        raise OntologyError(f'{ontology.path}: there is no property "{name}". {known}') from None


def _place(relation: Relation) -> tuple[object, ...]:
    # The best score comes first, so that of two ways to say one thing in a sentence it is kept.
    evidence, score = relation.evidence, relation.score or 0.0
    ends = (relation.head.start, relation.tail.start, relation.head.end, relation.tail.end)
    return (evidence.start, -score, evidence.trigger_start, evidence.trigger_end, relation.predicate, ends)


def _key(claim: Claim) -> _Key:
    return (claim.subject.iri, claim.predicate, object_key(claim.object))


def _turned(claim: Claim, ontology: Ontology | None) -> Iterator[_Key]:
    """The same said the other way round, where the property allows it."""
    if ontology is None or isinstance(claim.object, Literal):
        return
    prop = ontology.properties.get(local_name(claim.predicate))
    if prop is None or prop.iri != claim.predicate:
        return
    other = prop if prop.symmetric else ontology.properties.get(prop.inverse or "")
    if other is not None:
        yield (claim.object.iri, other.iri, claim.subject.iri)


def _fact(group: list[Claim]) -> Fact:
    ordered = sorted(group, key=claim_order)
    votes = Counter(_key(claim) for claim in ordered)
    best = min(votes, key=lambda key: (-votes[key], key))
    told = next(claim for claim in ordered if _key(claim) == best)
    return Fact(told.subject, told.predicate, told.object, tuple(ordered))


def _fact_order(fact: Fact) -> _Key:
    return (fact.subject.iri, fact.predicate, object_key(fact.object))
