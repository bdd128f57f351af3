"""What no shape can say at a bearable price: quotes, hashes, and triples that must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rdflib import DCTERMS, PROV, RDF, RDFS, Literal, URIRef
from rdflib.term import Node

from kg.model import Document
from kg.validate.batch import TO_ENTITIES, Batch
from kg.vocab import KG, NIF, SCHEMA, span_iri

# What is quoted, and between which offsets of the text it must stand.
_QUOTES = (
    ("trigger", KG.trigger, KG.triggerBegin, KG.triggerEnd),
    ("object", KG.objectAsWritten, KG.objectBegin, KG.objectEnd),
)


class Finding(NamedTuple):
    """What is wrong with a node; ``path`` is the property, ``value`` what it should not be."""

    node: Node
    message: str
    shape: str
    path: Node | None = None
    value: Node | None = None


def findings(batch: Batch) -> Iterator[Finding]:
    """All that is wrong in a batch and no shape can say."""
    for text in batch.texts:
        yield from _hash(batch, text)
    for span in set(batch.graph.subjects(URIRef(NIF.referenceContext))):
        yield from _sentence(batch, span)
    for claim in batch.claims:
        yield from _claim(batch, claim)
    yield from _entities(batch)
    for claim in batch.unstated():
        message = "the claim is asserted or planned, and its plain triple is not in the graph"
        yield Finding(claim, message, "plain-triple")
    for document in batch.graph.subjects(URIRef(KG.sha256)):
        if not any(batch.graph.subjects(URIRef(NIF.sourceUrl), document)):
            yield Finding(document, "the text of the document is not in the graph", "document-text")


def _entities(batch: Batch) -> Iterator[Finding]:
    """Whether each entity has a label and a class; a finding for each claim that has such an entity."""
    named, classed = set(batch.graph.subjects(RDFS.label)), set(batch.graph.subjects(RDF.type))
    for path in TO_ENTITIES:
        for claim, entity in batch.graph.subject_objects(path):
            for what, known in (("label", named), ("class", classed)):
                if isinstance(entity, URIRef) and entity not in known:
                    yield Finding(claim, f"the entity has no {what}", "entity", path, entity)


def _sentence(batch: Batch, span: Node) -> Iterator[Finding]:
    begin, end = batch.number(span, NIF.beginIndex), batch.number(span, NIF.endIndex)
    text, quote = _text(batch, span), batch.string(span, NIF.anchorOf)
    if begin is None or end is None:
        return
    if text is not None and quote is not None and text[begin:end] != quote:
        message = f"the sentence is not what the text has there: {_shown(text[begin:end])}"
        yield Finding(span, message, "quote", URIRef(NIF.anchorOf), Literal(quote))
    if not str(span).endswith(span_iri("", begin, end)):
        message = "the offsets of the sentence are not those in its IRI"
        yield Finding(span, message, "offsets", URIRef(NIF.beginIndex), Literal(begin))


def _claim(batch: Batch, claim: Node) -> Iterator[Finding]:
    span = batch.graph.value(claim, URIRef(PROV.wasDerivedFrom), any=True)
    text = _text(batch, span) if span is not None else None
    if text is None:
        return
    for name, predicate, first, last in _QUOTES:
        quote, begin, end = (
            batch.string(claim, predicate),
            batch.number(claim, first),
            batch.number(claim, last),
        )
        if quote is not None and begin is not None and end is not None and text[begin:end] != quote:
            message = f"the {name} is not what the text has there: {_shown(text[begin:end])}"
            yield Finding(claim, message, "quote", URIRef(predicate), Literal(quote))


def _hash(batch: Batch, text: Node) -> Iterator[Finding]:
    """Whether a text with its metadata is that of the recorded hash."""
    document = batch.graph.value(text, URIRef(NIF.sourceUrl), any=True)
    string = batch.string(text, NIF.isString)
    if document is None or string is None:
        return
    fields = (DCTERMS.title, DCTERMS.issued, DCTERMS.source, DCTERMS.creator, SCHEMA.url)
    id_ = batch.string(document, DCTERMS.identifier)
    said = [batch.string(document, field) for field in fields]
    recorded = batch.string(document, KG.sha256)
    if id_ is not None and recorded is not None and recorded != Document(id_, string, *said).sha256:
        message = "the text or the metadata of the document are not those of its SHA-256"
        yield Finding(document, message, "hash", URIRef(KG.sha256), Literal(recorded))


def _text(batch: Batch, span: Node) -> str | None:
    context = batch.graph.value(span, URIRef(NIF.referenceContext), any=True)
    return None if context is None else batch.string(context, NIF.isString)


def _shown(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short[:80]}…”" if len(short) > 80 else f"“{short}”"
