"""Relations as the JSON records of ``kg extract --format jsonl``: this contract lives here alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Extraction, Literal, Mention, Qualifiers, Relation
from kg.ontology import Ontology

Record = dict[str, object]


def records(extraction: Extraction, ontology: Ontology) -> Iterator[Record]:
    """One record for each relation of a document, in the order of the text.

    ``start`` and ``end`` are code points into the source text, ``end`` is exclusive.
    """
    names = names_by_entity(extraction)
    for relation in sorted(extraction.relations, key=_position):
        yield _record(relation, names, ontology)


def coreference(extraction: Extraction) -> Record:
    """One record for a document: all its mentions, each with the number of the thing it stands for.

    A pronoun stands for its best guess, sure or not; equal numbers are one thing.
    """
    mentions = [
        {"text": m.text, "start": m.start, "end": m.end, "entity": m.entity} for m in extraction.guesses
    ]
    return {"document": extraction.document.id, "mentions": mentions}


def names_by_entity(extraction: Extraction) -> dict[int, tuple[str, ...]]:
    """What each thing of the document is called in it, by its number; pronouns are no names."""
    found: dict[int, set[str]] = {}
    for mention in extraction.mentions:
        forms = {mention.name, mention.text} if mention.kind == "name" else {mention.name} - {""}
        found.setdefault(mention.entity, set()).update(forms)
    return {entity: tuple(sorted(names)) for entity, names in found.items()}


def amount(qualifiers: Qualifiers) -> str | None:
    """``USD 1000000000`` or ``11 %``.

    >>> amount(Qualifiers(amount="250000", currency="EUR"))
    'EUR 250000'
    >>> amount(Qualifiers(percent="49"))
    '49 %'
    """
    if qualifiers.amount is not None:
        return f"{qualifiers.currency or ''} {qualifiers.amount}".strip()
    return f"{qualifiers.percent} %" if qualifiers.percent is not None else None


def _position(relation: Relation) -> tuple[int, int, str, int, int]:
    evidence = relation.evidence
    return (
        evidence.start,
        evidence.trigger_start,
        relation.predicate,
        relation.head.start,
        relation.tail.start,
    )


def _record(relation: Relation, names: Mapping[int, tuple[str, ...]], ontology: Ontology) -> Record:
    evidence, qualifiers = relation.evidence, relation.qualifiers
    prop = ontology.properties.get(relation.predicate)
    return {
        "document": evidence.document,
        "subject": _mention(relation.head, names),
        "predicate": {
            "name": relation.predicate,
            "iri": prop.iri if prop and not relation.open else None,
            "phrase": relation.phrase,
        },
        "object": _literal(relation.tail)
        if isinstance(relation.tail, Literal)
        else _mention(relation.tail, names),
        "open": relation.open,
        "status": qualifiers.status,
        "attributed_to": _speaker(relation, names),
        "time": qualifiers.time,
        "amount": amount(qualifiers) or _money(relation.tail),
        "trigger": {"text": evidence.trigger, "start": evidence.trigger_start, "end": evidence.trigger_end},
        "evidence": {"text": evidence.text, "start": evidence.start, "end": evidence.end},
        "score": relation.score,
    }


def _mention(mention: Mention, names: Mapping[int, tuple[str, ...]]) -> Record:
    record: Record = {
        "name": mention.called,
        "type": mention.type,
        "aliases": [name for name in names.get(mention.entity, ()) if name != mention.name],
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
    }
    return {**record, "implicit": True} if mention.kind == "implicit" else record


def _money(tail: Mention | Literal) -> str | None:
    """The sum that a relation is about, with its currency ("valued at")."""
    return f"{tail.currency} {tail.value}" if isinstance(tail, Literal) and tail.currency else None


def _literal(literal: Literal) -> Record:
    return {
        "name": literal.value,
        "datatype": literal.datatype,
        "text": literal.text,
        "start": literal.start,
        "end": literal.end,
    }


def _speaker(relation: Relation, names: Mapping[int, tuple[str, ...]]) -> Record | None:
    """Who says so; a speaker that is no entity ("two bankers") has its words alone."""
    if relation.attributed_to is not None:
        return _mention(relation.attributed_to, names)
    written = relation.qualifiers.attributed_as_written
    return {"name": written, "text": written} if written else None
