"""How the commands print that show why a graph can be trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.model import Claim, Entity, Literal

if TYPE_CHECKING:
    from kg.ontology import Axiom
    from kg.proof import Proof
    from kg.validate import Report, Violation
    from kg.verify import Verification
    from kg.why import Why

_VERDICTS = {
    "asserted": "is asserted",
    "stated": "is stated without a claim",
    "inferred": "is inferred",
    "planned": "does not hold: it is only planned",
    "possible": "does not hold: it is only possible",
    "denied": "does not hold: it is denied",
    "ended": "does not hold: it has ended",
    "unknown": "does not hold: nothing says so",
}
_AXIOMS = {
    "subPropertyOf": "{} is a subproperty of {}",
    "inverseOf": "{} is the inverse of {}",
    "symmetric": "{} is symmetric",
    "transitive": "{} is transitive",
    "subClassOf": "{} is a subclass of {}",
}


def explained_why(answer: Why, *, as_json: bool) -> None:
    """Why a triple holds, or what is known of it."""
    if as_json:
        from kg.why import as_json as plain

        print(json.dumps(plain(answer), ensure_ascii=False, indent=2))
        return
    print(f"{triple_line(answer.subject, answer.predicate, answer.object)}  {_VERDICTS[answer.verdict]}")
    print("".join(f"{line}\n" for line in _known(answer)), end="")


def _known(answer: Why) -> Iterator[str]:
    for claim in answer.claims:
        yield from claim_lines(claim, 1)
    if answer.proof is not None:
        yield from _reasons(answer.proof, 1)
    if answer.others and not answer.holds:
        yield "What else is said of the two:"
        for claim in answer.others:
            yield f"  {triple_line(claim.subject, claim.predicate, claim.object)}"
            yield from claim_lines(claim, 2)


def _reasons(proof: Proof, depth: int) -> Iterator[str]:
    """What a triple rests on, each reason below what it gives."""
    if proof.axiom is not None:
        yield "  " * depth + f"because {_axiom(proof.axiom)}, and"
    for premise in proof.premises:
        ground = "inferred" if premise.axiom else "asserted" if premise.claims else "stated"
        yield "  " * depth + f"{triple_line(premise.subject, premise.predicate, premise.object)}  is {ground}"
        yield from _reasons(premise, depth + 1)
    for claim in proof.claims:
        yield from claim_lines(claim, depth)


def _axiom(axiom: Axiom) -> str:
    from kg.vocab import local_name

    return _AXIOMS[axiom.kind].format(local_name(axiom.term), local_name(axiom.other))


def claim_lines(claim: Claim, depth: int) -> Iterator[str]:
    """A sentence, and where it stands."""
    from kg.records import amount

    evidence, qualifiers = claim.evidence, claim.qualifiers
    said_by = qualifiers.attributed_as_written
    says = f"says {said_by}" if said_by else None
    details = (qualifiers.status, qualifiers.time, amount(qualifiers), says)
    yield "  " * depth + f"“{' '.join(evidence.text.split())}”"
    place = f"{evidence.document}, characters {evidence.start}–{evidence.end}"
    yield "  " * depth + f"  {place}; {', '.join(detail for detail in details if detail)}"


def triple_line(subject: Entity, predicate: str, value: Entity | Literal) -> str:
    """``Microsoft —invested_in→ OpenAI``."""
    from kg.vocab import local_name

    end = value.value if isinstance(value, Literal) else value.name
    return f"{subject.name} —{local_name(predicate)}→ {end}"


def validated(report: Report, format: str, prefixes: Mapping[str, str]) -> None:
    """The violations, each with its place, and what to do about them."""
    if format == "ttl":
        print(report.turtle().decode("utf-8").rstrip())
        return
    if format == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        return
    for violation in report.violations:
        print("\n".join(_violation(violation, prefixes)))
    sums = f"documents: {report.documents}, claims: {report.claims}, violations: {len(report.violations)}"
    print("\n".join((sums, *(f"note: {note}" for note in report.notes), *_advice(report))))


def _violation(violation: Violation, prefixes: Mapping[str, str]) -> Iterator[str]:
    where = f"{violation.document or 'no document'}: "
    value = f": {_shortened(violation.value, prefixes)}" if violation.value else ""
    yield where + violation.message + value
    if violation.sentence:
        yield f"    “{' '.join(violation.sentence.split())}” at character {violation.start}"
    about = [violation.claim or violation.node, violation.path]
    yield f"    {', '.join(_shortened(iri, prefixes) for iri in about if iri)}"


def _advice(report: Report) -> Iterator[str]:
    """What to do; nothing where nothing is wrong."""
    sides = ("#domain-", "#range-")
    broken = [any(side in violation.shape for side in sides) for violation in report.violations]
    if any(broken):
        yield "The ontology does not allow it: was the graph built with another one? Name it with --ontology."
    if not all(broken):
        yield "The store is damaged or was edited: kg verify says what has changed; build it again."


def _shortened(term: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with its prefix, a value without its datatype."""
    if term.startswith('"'):
        text = term[: term.rindex('"') + 1]
        return text if len(text) <= 80 else f'{text[:80]}…"'
    longest = max((iri for iri in prefixes.values() if term.startswith(iri)), key=len, default="")
    prefix = next((name for name, iri in prefixes.items() if iri == longest), "")
    return f"{prefix}:{term.removeprefix(longest)}" if longest else f"<{term}>"


def verified(found: Verification, *, as_json: bool) -> None:
    """What was compared, and each thing that differs."""
    if as_json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    print(f"documents: {found.documents}, claims: {found.report.claims}")
    for run in found.runs:
        options = "".join(f", {name}={value}" for name, value in run.options)
        print(f"built with: claimgraph {run.version}, {run.model}, ontology {run.ontology[:12]}…{options}")
    print("\n".join(line for check in (_rebuilt, _quotes, _files) for line in check(found)))
    print("verified" if found.verified else "NOT verified")


def _rebuilt(found: Verification) -> Iterator[str]:
    difference = found.difference
    if found.unrepeatable:
        yield "built again: no"
        yield from (f"    {reason}" for reason in found.unrepeatable)
    elif difference is None:
        yield "built again: the same bytes"
    else:
        stored, rebuilt = difference.stored, difference.rebuilt
        yield f"built again: triples only in the store: {stored}, only in the rebuilt graph: {rebuilt}"
        yield from _lines("-", difference.stored, difference.only_stored)
        yield from _lines("+", difference.rebuilt, difference.only_rebuilt)


def _lines(sign: str, number: int, lines: tuple[str, ...]) -> Iterator[str]:
    yield from (f"  {sign} {line}" for line in lines)
    if number > len(lines):
        yield f"  {sign} … and {number - len(lines)} more"


def _quotes(found: Verification) -> Iterator[str]:
    number = len(found.report.violations)
    count = f"{number} violation{'s' if number > 1 else ''}, see kg validate"
    yield f"quotes, hashes and shapes: {count if number else 'sound'}"


def _files(found: Verification) -> Iterator[str]:
    same = found.documents - len(found.changed) - len(found.missing)
    yield f"source files: {same} unchanged, {len(found.changed)} changed, {len(found.missing)} not found"
    yield from (f"    changed: {id_}" for id_ in found.changed)
    yield from (f"{name}: not of this store; write it again with kg export" for name in found.foreign)
