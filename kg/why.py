"""Why a triple is in a graph: the claims that say it, or the axioms and claims from which it follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.errors import UsageError, did_you_mean
from kg.model import STATUSES, Claim, Entity, Literal
from kg.proof import Claims, Proof, Prover, class_entity, same_object
from kg.reason import iri_term
from kg.records import Record, amount
from kg.vocab import OWL, RDF, local_name

if TYPE_CHECKING:
    from kg.ontology import Ontology

_TYPE_NAMES = ("a", "type", "rdf:type", RDF.type)


@dataclass(frozen=True, slots=True)
class Why:
    """What a graph knows of a triple.

    ``claims`` say or deny it; ``proof`` is there where it follows from others and no claim asserts it;
    ``others`` are the other claims about the two. ``stated`` is a triple of the default graph.
    """

    subject: Entity
    predicate: str
    object: Entity | Literal
    stated: bool
    claims: tuple[Claim, ...] = ()
    proof: Proof | None = None
    others: tuple[Claim, ...] = ()

    @property
    def verdict(self) -> str:
        """``asserted``, ``stated`` (without a claim), ``inferred``, the best other status or ``unknown``."""
        found = {claim.qualifiers.status for claim in self.claims}
        if "asserted" not in found:
            if self.stated and not found:
                return "stated"
            if self.proof is not None:
                return "inferred"
        return next((status for status in STATUSES if status in found), "unknown")

    @property
    def holds(self) -> bool:
        """Whether the triple is so, as far as the graph knows: not if it is only planned."""
        return self.verdict in ("asserted", "stated", "inferred")


class Named(Claims, Protocol):
    """A graph that knows its things and relations by name too."""

    def find(self, name: str) -> list[Entity]:
        """The entities of this name or IRI."""

    def relation(self, name: str) -> str:
        """The IRI of the property of this name or IRI."""


def why(graph: Named, subject: str, predicate: str, object: str) -> Why:
    """What the graph knows of a triple, by names or IRIs.

    A UsageError says which name is not known, or is that of several things.
    """
    relation = RDF.type if predicate in _TYPE_NAMES else graph.relation(predicate)
    subjects = graph.find(subject)
    if relation == RDF.type:
        values: list[Entity | Literal] = [_class(graph.ontology, object)]
    else:
        values = _values(graph, subjects, relation, object)
    prover = Prover(graph)
    found = [_known(graph, prover, thing, relation, value) for thing in subjects for value in values]
    known = [answer for answer in found if answer.verdict != "unknown"] or found
    for name, ends in ((subject, [a.subject for a in known]), (object, [a.object for a in known])):
        iris = sorted({end.iri for end in ends if isinstance(end, Entity)})
        if len(iris) > 1:
            choice = ", ".join(f"<{iri}>" for iri in iris)
            raise UsageError(f'"{name}" is the name of {len(iris)} things; give one of {choice}')
    return known[0]


def _known(graph: Named, prover: Prover, subject: Entity, relation: str, value: Entity | Literal) -> Why:
    about = _between(graph, subject, relation, value)
    claims = tuple(claim for claim in about if _says(claim, subject, relation, value))
    asserted = any(claim.qualifiers.status == "asserted" for claim in claims)
    stated = _has(graph, subject, relation, value, inferred=False)
    proof = None if asserted else prover.prove(subject, relation, value)
    if not stated and proof is None and _has(graph, subject, relation, value, inferred=True):
        reason = "it follows from axioms of another ontology"
        raise UsageError(f"{reason} than {graph.ontology.path}: name the one that the graph was built with")
    others = tuple(claim for claim in about if claim not in claims)
    return Why(subject, relation, value, stated, claims, proof, others)


def _between(graph: Named, subject: Entity, relation: str, value: Entity | Literal) -> list[Claim]:
    """The claims about the two, in both directions; about a value, those that have it or another one."""
    if isinstance(value, Literal):
        found = [claim for claim in graph.claims(subject.iri) if isinstance(claim.object, Literal)]
        return [claim for claim in found if claim.predicate == relation or same_object(claim.object, value)]
    if value.type == OWL.Class:
        return []
    back = graph.claims(value.iri, object=subject.iri) if value.iri != subject.iri else []
    return graph.claims(subject.iri, object=value.iri) + back


def _says(claim: Claim, subject: Entity, relation: str, value: Entity | Literal) -> bool:
    return (claim.subject.iri, claim.predicate) == (subject.iri, relation) and same_object(
        claim.object, value
    )


def _has(graph: Named, subject: Entity, relation: str, value: Entity | Literal, *, inferred: bool) -> bool:
    """Whether the triple is there; a value is stated by its claims alone."""
    if isinstance(value, Literal):
        return False
    triple = " ".join(map(iri_term, (subject.iri, relation, value.iri)))
    return bool(graph.query(f"ASK {{ {triple} }}", inferred=inferred))


def _values(graph: Named, subjects: Iterable[Entity], relation: str, given: str) -> list[Entity | Literal]:
    """What an object may mean: a thing, or a value that some claim of the subject has."""
    prop = next((p for p in graph.ontology.properties.values() if p.iri == relation), None)
    literal = prop.range[0] if prop is not None and prop.literal else None
    try:
        return [*graph.find(given)] if literal is None else _literals(graph, subjects, given, literal)
    except UsageError:
        values = _literals(graph, subjects, given)
        if not values:
            raise
        return values


def _literals(
    graph: Named, subjects: Iterable[Entity], given: str, datatype: str | None = None
) -> list[Entity | Literal]:
    """The values of claims that are written so; where there is none, one of this datatype if there is one."""
    found: dict[tuple[str, str], Entity | Literal] = {}
    for value in (claim.object for subject in subjects for claim in graph.claims(subject.iri)):
        if isinstance(value, Literal) and given.casefold() in (value.value, value.text.casefold()):
            found.setdefault((value.value, value.datatype), value)
    if not found and datatype is not None:
        return [Literal(given, datatype)]
    return list(found.values())


def _class(ontology: Ontology, name: str) -> Entity:
    """The class of this name, label or IRI."""
    above = [axiom.other for axiom in ontology.axioms if axiom.kind == "subClassOf"]
    kinds = ontology.types.values()
    known = {local_name(iri): iri for iri in above} | {kind.name: kind.iri for kind in kinds}
    labels = {kind.label: kind.iri for kind in kinds}
    iri = name if "//" in name else known.get(name.rpartition(":")[2]) or labels.get(name)
    if iri is None:
        raise UsageError(f'no class is called "{name}". {did_you_mean(name, known)}')
    return class_entity(iri, ontology)


def as_json(answer: Why) -> Record:
    """The same as plain data, for ``kg why --format json``."""
    return {
        **_triple(answer.subject, answer.predicate, answer.object),
        "verdict": answer.verdict,
        "holds": answer.holds,
        "claims": [claim_record(claim) for claim in answer.claims],
        "proof": _proof(answer.proof) if answer.proof else None,
        "others": [claim_record(claim) for claim in answer.others],
    }


def _proof(proof: Proof) -> Record:
    axiom = proof.axiom
    return {
        **_triple(proof.subject, proof.predicate, proof.object),
        "axiom": {"kind": axiom.kind, "term": axiom.term, "other": axiom.other} if axiom else None,
        "premises": [_proof(premise) for premise in proof.premises],
        "claims": [claim_record(claim) for claim in proof.claims],
    }


def _triple(subject: Entity, predicate: str, value: Entity | Literal) -> Record:
    return {
        "subject": {"name": subject.name, "iri": subject.iri},
        "predicate": {"name": local_name(predicate), "iri": predicate},
        "object": {"value": value.value, "datatype": value.datatype}
        if isinstance(value, Literal)
        else {"name": value.name, "iri": value.iri},
    }


def claim_record(claim: Claim) -> Record:
    """A claim as plain data, with its sentence and where that stands."""
    evidence, qualifiers = claim.evidence, claim.qualifiers
    return {
        "iri": claim.iri,
        **_triple(claim.subject, claim.predicate, claim.object),
        "status": qualifiers.status,
        "time": qualifiers.time,
        "amount": amount(qualifiers),
        "attributed_to": qualifiers.attributed_as_written,
        "score": claim.score,
        "document": evidence.document,
        "sentence": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "trigger": evidence.trigger,
    }
