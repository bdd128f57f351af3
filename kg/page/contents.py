"""Facts and documents as the plain data that the page shows; everything is in a fixed order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analyze.period import period
from kg.duplicates import copies
from kg.look.names import keys, words
from kg.model import STATUSES, Claim, Document, Entity, Fact, Literal, Qualifiers
from kg.page.inferred import Chain, Inferred, Reasoned, inferred
from kg.page.table import Row
from kg.reason import Side

Link = tuple[int, int, int]  # of a fact: its number, those of subject and object

#: Which of the eight looks of style.css a type gets, where it is a common one.
USUAL_LOOKS = {"organization": 0, "person": 1, "place": 2, "product": 3, "event": 4, "agent": 5}
LOOKS = 8
MOST_TEXT = 20_000_000  # letters of all documents; above, only the sentences that claims quote


@dataclass(frozen=True, slots=True)
class Contents:
    """What is on the page. Entities stand in order of importance, and their number is their rank."""

    entities: list[Row]
    types: list[Row]
    predicates: list[Row]
    documents: list[Row]
    texts: list[str]  # of the documents, in their order; none where they would be too long together
    facts: list[Row]
    claims: list[Row]  # in the order of their facts
    links: list[Link]  # the facts that can be drawn
    inferred: list[Row]  # what follows from chains of facts; numbered after the facts
    chains: list[Link]  # the same as links


def contents(
    facts: Iterable[Fact],
    documents: Iterable[Document],
    labels: Mapping[str, str] | None = None,
    reasoned: Reasoned | None = None,
) -> Contents:
    """Number and describe everything that the page shows."""
    ordered = sorted(facts, key=_fact_order)
    entities = _ranked(ordered)
    number = {entity.iri: n for n, (entity, _) in enumerate(entities)}
    types = _types(entities, labels or {})
    follows = inferred(ordered, reasoned or Reasoned())
    predicates = _predicates(ordered, follows, labels or {})
    sources = _sources(ordered, documents)
    texts = [source.text for source in sources]
    if sum(map(len, texts)) > MOST_TEXT:
        texts = []
    predicate_number = {row["iri"]: n for n, row in enumerate(predicates)}
    chains = [_chain_row(chain, number, predicate_number) for chain in follows.chains]
    told = _Told(number, {source.id: n for n, source in enumerate(sources)}, sources, texts)
    return Contents(
        entities=_entity_rows(entities, types),
        types=types,
        predicates=predicates,
        documents=_document_rows(sources),
        texts=texts,
        facts=[_fact_row(fact, number, predicate_number) for fact in ordered],
        claims=[told.row(claim, n) for n, fact in enumerate(ordered) for claim in told.ordered(fact)],
        links=[
            (n, number[fact.subject.iri], number[fact.object.iri])
            for n, fact in enumerate(ordered)
            if isinstance(fact.object, Entity)
        ],
        inferred=chains,
        chains=[(n, row["subject"], row["object"]) for n, row in enumerate(chains, len(ordered))],
    )


def _fact_order(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact.object, Entity):
        return (fact.subject.iri, fact.predicate, "", fact.object.iri, "")
    literal = fact.object
    return (fact.subject.iri, fact.predicate, literal.datatype, literal.value, literal.currency or "")


def _ranked(facts: Sequence[Fact]) -> list[tuple[Entity, int]]:
    """Entities with their number of facts: the most told about first, and last who only speaks."""
    entities: dict[str, Entity] = {}
    told: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for fact in facts:
        ends = {end.iri: end for end in (fact.subject, fact.object) if isinstance(end, Entity)}
        for iri, end in ends.items():
            entities.setdefault(iri, end)
            told[iri] += 1
            said[iri] += len(fact.claims)
        for claim in fact.claims:
            if claim.attributed_to:
                entities.setdefault(claim.attributed_to.iri, claim.attributed_to)
    order = sorted(entities, key=lambda iri: (-told[iri], -said[iri], entities[iri].name, iri))
    return [(entities[iri], told[iri]) for iri in order]


def _entity_rows(entities: Sequence[tuple[Entity, int]], types: Sequence[Row]) -> list[Row]:
    type_number = {row["iri"]: n for n, row in enumerate(types)}
    key = keys([entity.iri for entity, _ in entities])
    return [
        _compact(
            key=None if key[entity.iri] == re.split("[#/]", entity.iri)[-1] else key[entity.iri],
            iri=entity.iri,
            name=entity.name or key[entity.iri],
            type=type_number[entity.type],
            aliases=sorted(set(entity.aliases)) or None,
            facts=count,
        )
        for entity, count in entities
    ]


def _types(entities: Sequence[tuple[Entity, int]], labels: Mapping[str, str]) -> list[Row]:
    """The types in order of frequency; a common type has the same look on every page."""
    counts = Counter(entity.type for entity, _ in entities)
    order = sorted(counts, key=lambda iri: (-counts[iri], iri))
    usual = {iri: USUAL_LOOKS[words(iri)] for iri in order if words(iri) in USUAL_LOOKS}
    free = [look for look in range(LOOKS) if look not in usual.values()]
    rows = []
    for iri in order:
        look = usual[iri] if iri in usual else (free.pop(0) if free else LOOKS - 1)
        rows.append({"iri": iri, "label": _title(_label(iri, labels)), "look": look})
    return rows


def _predicates(facts: Sequence[Fact], follows: Inferred, labels: Mapping[str, str]) -> list[Row]:
    """The relations by frequency, each with what its facts mean too: the words, and whether turned round."""
    counts = Counter(fact.predicate for fact in facts)
    chained = {chain.triple[1] for chain in follows.chains}
    order = sorted({*counts, *chained}, key=lambda iri: (-counts[iri], iri))
    key = keys(order)
    return [
        _compact(
            iri=iri,
            key=key[iri],
            label=_label(iri, labels),
            means=_means(follows.meanings.get(iri, ()), labels),
        )
        for iri in order
    ]


def _means(sides: Iterable[Side], labels: Mapping[str, str]) -> list[tuple[str, bool]] | None:
    return [(_label(name, labels), turned) for name, turned in sides] or None


def _label(iri: str, labels: Mapping[str, str]) -> str:
    return labels.get(iri) or words(iri)


def _sources(facts: Sequence[Fact], documents: Iterable[Document]) -> list[Document]:
    """All documents by date and title; one that only a claim names is shown by its id."""
    known = {document.id: document for document in documents}
    for fact in facts:
        for claim in fact.claims:
            known.setdefault(claim.evidence.document, Document(claim.evidence.document, ""))
    return sorted(
        known.values(), key=lambda document: (document.date or "", document.title or "", document.id)
    )


def _document_rows(sources: Sequence[Document]) -> list[Row]:
    """The documents; of one that repeats another, the number of that one."""
    number = {source.id: n for n, source in enumerate(sources)}
    repeats = {id_: number[first] for id_, first in copies(sources).items()}
    return [_document_row(source, repeats.get(source.id)) for source in sources]


def _document_row(document: Document, copy_of: int | None) -> Row:
    wide = [n for n, letter in enumerate(document.text) if letter > "\uffff"]  # two units in JavaScript
    return _compact(
        key=document.id,
        title=document.title or document.id,
        date=document.date,
        source=document.source,
        author=document.author,
        url=document.url,
        words=len(document.text.split()),
        wide=wide or None,
        copy=copy_of,
    )


def _fact_row(fact: Fact, number: Mapping[str, int], predicates: Mapping[str, int]) -> Row:
    is_link = isinstance(fact.object, Entity)
    return _compact(
        subject=number[fact.subject.iri],
        predicate=predicates[fact.predicate],
        object=number[fact.object.iri] if isinstance(fact.object, Entity) else None,
        value=None if is_link else _value(fact.object),
    )


def _chain_row(chain: Chain, number: Mapping[str, int], predicates: Mapping[str, int]) -> Row:
    subject, predicate, target = chain.triple
    return {
        "subject": number[subject],
        "predicate": predicates[predicate],
        "object": number[target],
        "premises": list(chain.premises),
    }


def _value(value: Entity | Literal) -> Row:
    assert isinstance(value, Literal)
    return _compact(value=value.value, datatype=value.datatype, text=value.text, currency=value.currency)


@dataclass(frozen=True, slots=True)
class _Told:
    """Claims as rows: who and where by number, and the quote only where no text on the page has it."""

    entity: Mapping[str, int]
    document: Mapping[str, int]
    sources: Sequence[Document]
    texts: Sequence[str]

    def ordered(self, fact: Fact) -> list[Claim]:
        """The claims of a fact in the order of documents and places."""
        return sorted(
            fact.claims,
            key=lambda claim: (self.document[claim.evidence.document], claim.evidence.start, claim.iri),
        )

    def row(self, claim: Claim, fact: int) -> Row:
        """One claim; what it says of time is its own, or where it says nothing the document's date."""
        evidence, qualifiers = claim.evidence, claim.qualifiers
        speaker = claim.attributed_to
        document = self.document[evidence.document]
        text = self.texts[document][evidence.start : evidence.end] if self.texts else ""
        first, last = period(qualifiers, self.sources[document].date)
        if (first, last) == period(Qualifiers(), self.sources[document].date):
            first = last = None  # the page knows when its documents are of
        return _compact(
            fact=fact,
            iri=claim.iri,
            status=STATUSES.index(qualifiers.status) if qualifiers.status in STATUSES else 0,
            document=document,
            start=evidence.start,
            end=evidence.end,
            text=None if text == evidence.text else evidence.text,
            trigger=_trigger(claim),
            speaker=self.entity[speaker.iri] if speaker else None,
            speaker_text=qualifiers.attributed_as_written,
            time=qualifiers.time,
            time_text=qualifiers.time_as_written,
            since=qualifiers.start_date,
            until=qualifiers.end_date,
            first=first,
            last=None if last == first else last,
            amount=qualifiers.amount,
            currency=qualifiers.currency,
            percent=qualifiers.percent,
            score=None if claim.score is None else round(claim.score, 3),
        )


def _trigger(claim: Claim) -> list[int] | None:
    """Where the trigger stands in the quote, in the UTF-16 units that JavaScript counts."""
    evidence = claim.evidence
    start, end = evidence.trigger_start - evidence.start, evidence.trigger_end - evidence.start
    if not 0 <= start < end <= len(evidence.text):
        return None
    return [utf16_length(evidence.text[:start]), utf16_length(evidence.text[:end])]


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 code units.

    >>> utf16_length("a"), utf16_length("\\N{GRINNING FACE}")
    (1, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _title(label: str) -> str:
    return label[:1].upper() + label[1:]


def _compact(**values: Any) -> Row:
    """A row without its empty cells: pages are carried about."""
    return {key: value for key, value in values.items() if value is not None and value != ""}
