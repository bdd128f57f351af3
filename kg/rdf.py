"""Claims to triples and back: the only file that knows the RDF shape.

Triples are written as lines of N-Triples, which stores load fastest. Every literal is minted in
canonical form, because a store may rewrite any other; all lie in the default graph, without blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from pyoxigraph import NamedNode

from kg.characters import writable
from kg.errors import StoreError
from kg.model import Claim, Document, Entity, Evidence, Literal, Qualifiers, Run
from kg.vocab import (
    BASE_IRI,
    DCTERMS,
    KG,
    NIF,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    local_name,
    run_iri,
    software_iri,
    span_iri,
)

#: What is known of a node: its predicates, each with its objects.
Description = Mapping[str, Sequence[Any]]
Describe = Callable[[Sequence[str]], Mapping[str, Description]]

#: The statuses that make a claim a plain triple too.
PLAIN_STATUSES = frozenset({"asserted", "planned"})

#: A predicate and an object, as N-Triples writes them.
_Pair = tuple[str, str]

# Claims are read back in blocks, texts in smaller ones.
_CLAIMS_AT_ONCE, _DOCUMENTS_AT_ONCE = 1_000, 100

_DATE_TYPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), f"^^<{XSD.date}>"),
    (re.compile(r"\d{4}-\d\d"), f"^^<{XSD.gYearMonth}>"),
    (re.compile(r"\d{4}"), f"^^<{XSD.gYear}>"),
)
# What cannot stand in a literal as it is; most texts hold none of it.
_SPECIAL = re.compile(r'["\\\x00-\x1f\ud800-\udfff\ufffe\uffff]')


def entity_lines(entity: Entity) -> str:
    """An entity: its class, its label, its other names, and what it stands in the place of."""
    names = ((SKOS.altLabel, _text(alias)) for alias in entity.aliases)
    own = _lines(entity.iri, [(RDF.type, _iri(entity.type)), (RDFS.label, _text(entity.name)), *names])
    return own + "".join(_lines(old, [(DCTERMS.isReplacedBy, _iri(entity.iri))]) for old in entity.replaces)


def document_lines(document: Document, document_iri: str, copy_of: str | None = None) -> str:
    """A document: its metadata, and its text as the context that spans refer to.

    ``copy_of`` is the IRI of the document whose text it repeats.
    """
    pairs = [
        (RDF.type, _iri(SCHEMA.Article)),
        (DCTERMS.identifier, _string(document.id)),
        (KG.sha256, _string(document.sha256)),
    ]
    if document.title is not None:
        pairs.append((DCTERMS.title, _text(document.title)))
    if document.date is not None:
        pairs.append((DCTERMS.issued, _date(document.date)))
    if document.source is not None:
        pairs.append((DCTERMS.source, _string(document.source)))
    if document.author is not None:
        pairs.append((DCTERMS.creator, _string(document.author)))
    if document.url is not None:
        pairs.append((SCHEMA.url, _string(document.url)))
    if copy_of is not None:
        pairs.append((KG.copyOf, _iri(copy_of)))
    context = [
        (RDF.type, _iri(NIF.Context)),
        (RDF.type, _iri(NIF.RFC5147String)),
        (NIF.isString, _string(document.text)),
        (NIF.sourceUrl, _iri(document_iri)),
    ]
    return _lines(document_iri, pairs) + _lines(span_iri(document_iri, 0, len(document.text)), context)


def run_lines(run: Run, base_iri: str = BASE_IRI) -> str:
    """What made the claims: program, model, ontology and the options that change the result."""
    software = software_iri(run.version, base_iri)
    pairs = [
        (RDF.type, _iri(PROV.Activity)),
        (PROV.wasAssociatedWith, _iri(software)),
        (KG.model, _string(run.model)),
        (KG.ontology, _string(f"sha256 {run.ontology}")),
        *((KG.option, _string(f"{name}={value}")) for name, value in run.options),
    ]
    program = [(RDF.type, _iri(PROV.SoftwareAgent)), (KG.version, _string(run.version))]
    return _lines(run_iri(run.id, base_iri), pairs) + _lines(software, program)


def claim_lines(claim: Claim, document_iri: str, text_length: int, run: str | None = None) -> str:
    """A claim: its node, its sentence, and the plain triple where it is asserted or planned.

    ``document_iri`` and ``text_length`` are those of the document of its evidence, ``run`` is the
    IRI of the run that found it. Its entities are not included.
    """
    value = _object(claim.object)
    evidence = claim.evidence
    span = span_iri(document_iri, evidence.start, evidence.end)
    pairs = [
        (RDF.type, _iri(RDF.Statement)),
        (RDF.type, _iri(KG.Claim)),
        (RDF.subject, _iri(claim.subject.iri)),
        (RDF.predicate, _iri(claim.predicate)),
        (RDF.object, value),
        (PROV.wasDerivedFrom, _iri(span)),
        (KG.trigger, _text(evidence.trigger)),
        (KG.triggerBegin, _integer(evidence.trigger_start)),
        (KG.triggerEnd, _integer(evidence.trigger_end)),
        *_qualifier_pairs(claim.qualifiers),
    ]
    if claim.phrase:
        pairs.append((KG.phrase, _text(claim.phrase)))
    if claim.score is not None:
        pairs.append((KG.score, _decimal(f"{claim.score:.4f}")))
    if claim.attributed_to is not None:
        pairs.append((KG.attributedTo, _iri(claim.attributed_to.iri)))
    if evidence.construction:
        pairs.append((KG.construction, _string(evidence.construction)))
    if run is not None:
        pairs.append((PROV.wasGeneratedBy, _iri(run)))
    if isinstance(claim.object, Literal):
        pairs.extend(_written_pairs(claim.object))
    lines = _lines(claim.iri, pairs) + _span_lines(span, evidence, document_iri, text_length)
    if claim.qualifiers.status in PLAIN_STATUSES:
        lines += _lines(claim.subject.iri, [(claim.predicate, value)])
    return lines


def _qualifier_pairs(qualifiers: Qualifiers) -> Iterator[_Pair]:
    yield KG.status, _iri(KG[qualifiers.status])
    for field, predicate, write in _QUALIFIERS:
        value = getattr(qualifiers, field)
        if value is not None:
            yield predicate, write(value)


def _written_pairs(literal: Literal) -> Iterator[_Pair]:
    """How the object of a claim is written, where it is a value."""
    if literal.text:
        yield KG.objectAsWritten, _text(literal.text)
    if literal.end:
        yield KG.objectBegin, _integer(literal.start)
        yield KG.objectEnd, _integer(literal.end)
    if literal.currency is not None:
        yield KG.objectCurrency, _string(literal.currency)


def _span_lines(span: str, evidence: Evidence, document_iri: str, text_length: int) -> str:
    pairs = [
        (RDF.type, _iri(NIF.Sentence)),
        (RDF.type, _iri(NIF.RFC5147String)),
        (NIF.anchorOf, _string(evidence.text)),
        (NIF.beginIndex, _integer(evidence.start)),
        (NIF.endIndex, _integer(evidence.end)),
        (NIF.referenceContext, _iri(span_iri(document_iri, 0, text_length))),
    ]
    return _lines(span, pairs)


def _lines(subject: str, pairs: Iterable[_Pair]) -> str:
    return "".join([f"<{subject}> <{predicate}> {value} .\n" for predicate, value in pairs])


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _string(text: str) -> str:
    if _SPECIAL.search(text):
        text = writable(text).replace("\\", r"\\").replace('"', r"\"")  # translate() is 50 times slower
        text = text.replace("\n", r"\n").replace("\r", r"\r")
    return f'"{text}"'


def _text(text: str) -> str:
    return f"{_string(text)}@en"


def _integer(number: int) -> str:
    return f'"{number}"^^<{XSD.integer}>'


def _decimal(number: str) -> str:
    return f'"{canonical_decimal(number)}"^^<{XSD.decimal}>'


def _date(date: str) -> str:
    suffix = next((suffix for pattern, suffix in _DATE_TYPES if pattern.fullmatch(date)), "")
    return _string(date) + suffix


def _object(value: Entity | Literal) -> str:
    if isinstance(value, Entity):
        return _iri(value.iri)
    if value.datatype == "xsd:decimal":
        return _decimal(value.value)
    if value.datatype == "xsd:string":
        return _string(value.value)
    prefix, _, name = value.datatype.partition(":")
    datatype = PREFIXES[prefix] + name if prefix in PREFIXES else value.datatype
    return f"{_string(value.value)}^^<{datatype}>"


# Field of Qualifiers, predicate, how its value is written.
_QUALIFIERS = (
    ("attributed_as_written", KG.attributedAsWritten, _text),
    ("time", KG.time, _string),
    ("time_as_written", KG.timeAsWritten, _text),
    ("earliest", KG.earliest, _date),
    ("latest", KG.latest, _date),
    ("start_date", SCHEMA.startDate, _date),
    ("end_date", SCHEMA.endDate, _date),
    ("amount", KG.amount, _decimal),
    ("currency", SCHEMA.currency, _string),
    ("percent", KG.percent, _decimal),
)


def canonical_decimal(number: str) -> str:
    """A decimal without exponent and without needless zeros.

    >>> canonical_decimal("0.90"), canonical_decimal("1E+9"), canonical_decimal("-0.0")
    ('0.9', '1000000000', '0')
    """
    text = format(Decimal(number), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


class Reader:
    """Reads claims, entities and documents back from a store, of which it knows only ``describe``.

    It asks for many nodes at once, because a store may be at the other end of a network.
    """

    def __init__(self, describe: Describe) -> None:
        self._describe = describe
        self._nodes: dict[str, Description] = {}
        self._entities: dict[str, Entity] = {}
        self._document_ids: dict[str, str] = {}

    def entities(self, iris: Iterable[str]) -> list[Entity]:
        """The entities with these IRIs, in the same order."""
        wanted = list(iris)
        self._fetch(iri for iri in wanted if iri not in self._entities)
        found = [self._entity(iri) for iri in wanted]
        self._nodes.clear()
        return found

    def documents(self, contexts: Iterable[str]) -> Iterator[Document]:
        """The documents whose texts are the contexts with these IRIs; without a text it is empty."""
        for block in _blocks(contexts, _DOCUMENTS_AT_ONCE):
            self._fetch(block)
            iris = [_one(self._node(context), NIF.sourceUrl, context) for context in block]
            self._fetch(iris)
            for context, iri in zip(block, iris, strict=True):
                yield self._document(context, iri)
            self._nodes.clear()

    def claims(self, iris: Iterable[str]) -> Iterator[Claim]:
        """The claims with these IRIs, in the same order."""
        for block in _blocks(iris, _CLAIMS_AT_ONCE):
            self._fetch(block)
            spans = {_one(self._node(iri), PROV.wasDerivedFrom, iri) for iri in block}
            entities = {iri for claim in block for iri in self._ends(claim)}
            self._fetch(spans | (entities - self._entities.keys()))
            contexts = {_one(self._node(span), NIF.referenceContext, span) for span in spans}
            self._name_documents(contexts - self._document_ids.keys())
            yield from map(self._claim, block)
            self._nodes.clear()

    def _fetch(self, iris: Iterable[str]) -> None:
        self._nodes.update(self._describe(sorted(iris)))

    def _node(self, iri: str) -> Description:
        return self._nodes.get(iri, {})

    def _ends(self, claim: str) -> Iterator[str]:
        """The entities that a claim is about."""
        node = self._node(claim)
        for predicate in (RDF.subject, RDF.object, KG.attributedTo):
            yield from (term.value for term in node.get(predicate, ()) if isinstance(term, NamedNode))

    def _name_documents(self, contexts: Collection[str]) -> None:
        self._fetch(contexts)
        iris = {context: _one(self._node(context), NIF.sourceUrl, context) for context in contexts}
        self._fetch(set(iris.values()))
        for context, iri in iris.items():
            self._document_ids[context] = _one(self._node(iri), DCTERMS.identifier, iri)

    def _entity(self, iri: str) -> Entity:
        if iri not in self._entities:
            node = self._node(iri)
            aliases = sorted(term.value for term in node.get(SKOS.altLabel, ()))
            label, type_ = _one(node, RDFS.label, iri), _one(node, RDF.type, iri)
            self._entities[iri] = Entity(iri, label, type_, tuple(aliases))
        return self._entities[iri]

    def _document(self, context: str, iri: str) -> Document:
        text, node = self._node(context), self._node(iri)
        return Document(
            _one(node, DCTERMS.identifier, iri),
            _maybe(text, NIF.isString) or "",
            _maybe(node, DCTERMS.title),
            _maybe(node, DCTERMS.issued),
            _maybe(node, DCTERMS.source),
            _maybe(node, DCTERMS.creator),
            _maybe(node, SCHEMA.url),
        )

    def _claim(self, iri: str) -> Claim:
        node = self._node(iri)
        status = local_name(_one(node, KG.status, iri))
        said = {field: _maybe(node, predicate) for field, predicate, _ in _QUALIFIERS}
        score, speaker = _maybe(node, KG.score), _maybe(node, KG.attributedTo)
        return Claim(
            iri,
            self._entity(_one(node, RDF.subject, iri)),
            _one(node, RDF.predicate, iri),
            self._object(node, iri),
            Qualifiers(status=status, **said),
            self._evidence(node, iri),
            None if speaker is None else self._entity(speaker),
            None if score is None else float(score),
            _maybe(node, KG.phrase) or "",
        )

    def _object(self, node: Description, iri: str) -> Entity | Literal:
        term = next(iter(node.get(RDF.object, ())), None)
        if term is None:
            raise _missing(iri, RDF.object)
        if isinstance(term, NamedNode):
            return self._entity(term.value)
        datatype = term.datatype.value
        return Literal(
            term.value,
            "xsd:" + datatype.removeprefix(XSD.iri) if datatype.startswith(XSD.iri) else datatype,
            _maybe(node, KG.objectAsWritten) or "",
            int(_maybe(node, KG.objectBegin) or 0),
            int(_maybe(node, KG.objectEnd) or 0),
            _maybe(node, KG.objectCurrency),
        )

    def _evidence(self, node: Description, iri: str) -> Evidence:
        span_node = _one(node, PROV.wasDerivedFrom, iri)
        span = self._node(span_node)
        return Evidence(
            self._document_ids[_one(span, NIF.referenceContext, span_node)],
            _one(span, NIF.anchorOf, span_node),
            int(_one(span, NIF.beginIndex, span_node)),
            int(_one(span, NIF.endIndex, span_node)),
            _one(node, KG.trigger, iri),
            int(_one(node, KG.triggerBegin, iri)),
            int(_one(node, KG.triggerEnd, iri)),
            _maybe(node, KG.construction) or "",
        )


def _blocks(iris: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(iris)
    while block := list(islice(rest, size)):
        yield block


def _maybe(node: Description, predicate: str) -> str | None:
    # Of several values the first in order, so that foreign data are read the same way every time.
    return min((term.value for term in node.get(predicate, ())), default=None)


def _one(node: Description, predicate: str, iri: str) -> str:
    value = _maybe(node, predicate)
    if value is None:
        raise _missing(iri, predicate)
    return value


def _missing(iri: str, predicate: str) -> StoreError:
    return StoreError(f"<{iri}> has no {local_name(predicate)}: the store is damaged; build it again")
