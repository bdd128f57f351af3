"""Is a graph sound? Its claims, sentences, documents and runs against shapes (SHACL).

A whole store is asked first for what could break a shape: most have nothing. What has something, or is a
part of a store, goes to pySHACL batch by batch: it is many times faster on rdflib's memory than on a store,
and a batch is bounded. The shapes are those of ``ontology/news.shapes.ttl``, and the domains and ranges of
the ontology; quotes and hashes are compared beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, Literal
from rdflib.term import Node

from kg.errors import StoreError
from kg.ontology import Ontology
from kg.processes import Processes
from kg.store import Engine, open_to_read
from kg.validate.batch import Batch, batches, rows, unsupported
from kg.validate.quotes import findings
from kg.validate.screen import is_sound
from kg.validate.shapes import SHAPE, hierarchy, shapes
from kg.vocab import NIF, PREFIXES, local_name

__all__ = ["Report", "Violation", "validate"]

#: How many documents it pays to start processes for.
MANY = 200

_IDS = "SELECT ?id { ?document kg:sha256 ?hash ; dcterms:identifier ?id }"
_COUNTS = (
    "SELECT (COUNT(*) AS ?n) { ?text a nif:Context }",
    "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }",
    "SELECT (COUNT(*) AS ?n) { ?text a nif:Context ; nif:isString ?string }",
)
_TERMS = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent)
_FIELDS = (*_TERMS[:3], SH.resultMessage, *_TERMS[3:])


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong, and where: the document, sentence and claim as far as they are known.

    ``shape`` asks of a ``node`` what its ``value`` for the property ``path`` is not; values that are no
    IRIs are written as in Turtle.
    """

    document: str
    start: int
    sentence: str
    claim: str
    message: str
    node: str
    path: str
    value: str
    shape: str
    constraint: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was validated, and what is wrong with it."""

    documents: int
    claims: int
    violations: tuple[Violation, ...]
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def as_json(self) -> dict[str, object]:
        """The same as plain data."""
        return {"conforms": self.conforms, **asdict(self)}

    def turtle(self) -> bytes:
        """The same as a validation report of SHACL; equal reports are equal bytes."""
        prefixes = {**PREFIXES, "sh": str(SH), "shape": str(SHAPE)}
        return ox.serialize(_triples(self), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


class Part(NamedTuple):
    """What was found in some of the documents; ``unread`` are texts that are not there."""

    documents: int
    claims: int
    unread: int
    violations: frozenset[Violation]


def validate(
    store: Engine,
    ontology: Ontology,
    documents: Iterable[str] | None = None,
    path: Path | None = None,
    jobs: int = 1,
) -> Report:
    """What is wrong in a store, or in what these documents say.

    So many threads ask whether a whole store is sound as there are ``jobs``; of many documents of a
    finished store, the one at ``path``, so many processes take a part each.
    """
    wanted = None if documents is None else list(documents)
    whole = _of_sound_store(store, ontology, wanted, jobs)
    if whole is not None:
        parts = [whole]
    elif jobs > 1 and path is not None and wanted is not None and len(wanted) >= MANY:
        parts = _elsewhere(path, ontology, wanted, jobs)
    else:
        parts = [examine(store, ontology, wanted)]
    found = {violation for part in parts for violation in part.violations}
    if wanted is None:  # such a triple is of no document
        found.update(_unsupported(store, ontology))
    notes = list(_other_ontology(store, ontology))
    if unread := sum(part.unread for part in parts):
        notes.append(f"texts that are not in the graph, so that no quote could be compared: {unread}")
    texts, claims = sum(part.documents for part in parts), sum(part.claims for part in parts)
    return Report(texts, claims, tuple(sorted(found)), tuple(notes))


def _of_sound_store(store: Engine, ontology: Ontology, documents: list[str] | None, jobs: int) -> Part | None:
    """What there is in a store that is sound; None where it may not be, or a part of it is meant."""
    if documents is not None and {row[0].value for row in rows(store, _IDS)} != set(documents):
        return None
    if not is_sound(store, shapes(ontology), hierarchy(ontology), jobs):
        return None
    texts, claims, readable = (int(next(rows(store, query))[0].value) for query in _COUNTS)
    return Part(texts, claims, texts - readable, frozenset())


def examine(store: Engine, ontology: Ontology, documents: Iterable[str] | None) -> Part:
    """What shapes and quotes say of a store, or of these documents."""
    wanted, classes = shapes(ontology), hierarchy(ontology)
    found: set[Violation] = set()
    texts = claims = unread = 0
    for batch in batches(store, documents):
        batch.graph += classes
        found.update(_violations(batch, wanted))
        texts, claims = texts + len(batch.texts), claims + len(batch.claims)
        unread += sum(batch.string(text, NIF.isString) is None for text in batch.texts)
    return Part(texts, claims, unread, frozenset(found))


def _elsewhere(path: Path, ontology: Ontology, documents: list[str], jobs: int) -> list[Part]:
    with Processes(jobs) as processes:
        futures = [
            processes.submit(_examine_at, path, ontology, documents[number::jobs]) for number in range(jobs)
        ]
        return [future.result() for future in futures]


def _examine_at(path: Path, ontology: Ontology, documents: list[str]) -> Part:
    store, _ = open_to_read(path)
    return examine(store, ontology, documents)


def _other_ontology(store: Engine, ontology: Ontology) -> Iterator[str]:
    recorded = {row[0].value for row in rows(store, "SELECT DISTINCT ?hash { ?run kg:ontology ?hash }")}
    if recorded and f"sha256 {ontology.sha256}" not in recorded:
        file = f"{ontology.path.name} as it is now"
        yield f"the graph was built with another ontology than {file}, whose domains and ranges are used"


def _unsupported(store: Engine, ontology: Ontology) -> Iterator[Violation]:
    message, shape = "no asserted or planned claim says this triple", SHAPE["plain-triple-claim"]
    for terms in unsupported(store, (prop.iri for prop in ontology.properties.values())):
        subject, predicate, value = map(_written, terms)
        yield Violation("", 0, "", "", message, subject, predicate, value, shape, shape)


def _violations(batch: Batch, wanted: Graph) -> Iterator[Violation]:
    for node, message, name, path, value in findings(batch):
        shape = SHAPE[name]
        yield _violation(batch, node, (node, path, value, message, shape, shape))
    import pyshacl  # heavy

    conforms, report, _ = pyshacl.validate(batch.graph, shacl_graph=wanted, inplace=True)
    if conforms:
        return
    if not isinstance(report, Graph):
        raise StoreError(f"the graph cannot be validated: {report}")
    for result in set(report.objects(None, SH.result)):  # a result's own details are not listed
        about: list[Any] = [report.value(result, field, any=True) for field in _FIELDS]
        nodes = _concerned(batch, wanted, about[0], about[4])
        if nodes != [about[0]]:
            about[3] = f"{about[3]}, not {' or '.join(_kinds(batch, about[0])) or 'what has no class'}"
        for node in nodes:
            yield _violation(batch, node, about)


def _concerned(batch: Batch, wanted: Graph, focus: Any, shape: Any) -> list[Node]:
    """The nodes that a result is about: of a domain or range, the claims that break it."""
    axis = str(shape).removeprefix(SHAPE).partition("-")[0]
    if axis not in ("domain", "range"):
        return [focus]
    target = SH.targetSubjectsOf if axis == "domain" else SH.targetObjectsOf
    return batch.said[wanted.value(shape, target), axis, focus]


def _kinds(batch: Batch, term: Any) -> list[str]:
    """The classes of a thing, or the datatype of a value."""
    if isinstance(term, Literal):
        return [local_name(term.datatype or RDF.langString)]
    return sorted(local_name(str(kind)) for kind in batch.graph.objects(term, RDF.type))


def _violation(batch: Batch, node: Node, about: Sequence[object]) -> Violation:
    document, start, sentence = batch.place(node)
    claim = str(node) if node in batch.claims else ""
    focus, path, value, message, shape, constraint = map(_written, about)
    message = str(about[3])
    return Violation(document, start, sentence, claim, message, focus, path, value, shape, constraint)


def _written(term: object) -> str:
    """An IRI as it is, a value as in N-Triples, nothing for what is not there."""
    if not isinstance(term, Literal):
        return str(term or "")
    datatype = None if term.datatype is None else ox.NamedNode(term.datatype)
    return str(ox.Literal(str(term), language=term.language, datatype=datatype))


def _triples(report: Report) -> Iterator[ox.Triple]:
    """The report in SHACL's own words."""
    whole = ox.BlankNode("report")
    yield _triple(whole, RDF.type, ox.NamedNode(SH.ValidationReport))
    yield _triple(whole, SH.conforms, ox.Literal(report.conforms))
    unique = {_terms(violation): violation for violation in reversed(report.violations)}
    results = sorted(unique.values())
    for number in range(len(results)):
        yield _triple(whole, SH.result, ox.BlankNode(f"result{number}"))
    for number, violation in enumerate(results):
        node = ox.BlankNode(f"result{number}")
        yield _triple(node, RDF.type, ox.NamedNode(SH.ValidationResult))
        yield _triple(node, SH.resultSeverity, ox.NamedNode(SH.Violation))
        yield _triple(node, SH.resultMessage, ox.Literal(violation.message))
        for field, term in zip(_TERMS, _terms(violation), strict=True):
            if term:
                yield _triple(node, field, _term(term))


def _terms(violation: Violation) -> tuple[str, ...]:
    """What makes a result of SHACL one: several claims may break it."""
    return (violation.node, violation.path, violation.value, violation.shape, violation.constraint)


def _triple(subject: ox.BlankNode, predicate: str, value: Any) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _term(written: str) -> Any:
    if not written.startswith('"'):
        return ox.NamedNode(written)
    (quad,) = ox.parse(f"<x:s> <x:p> {written} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object
