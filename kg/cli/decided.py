"""What people see of names and claims when they decide on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.display import count, table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.decisions import Decision, Verdict
    from kg.graph import KnowledgeGraph
    from kg.model import Claim
    from kg.resolve import Outcome
    from kg.resolve.explained import Explanation, NameUsed

#: A claim by its id, what is said of it, and where it is corrected, what is right.
Given = tuple[str, str, str | None]
_KEYS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "q": "quit"}


def joined(outcome: Outcome) -> None:
    """The names of different texts that are one thing, each with the reason."""
    groups, found = outcome.clusters.groups, outcome.resolution
    names = {number: iri for iri, numbers in outcome.members.items() for number in numbers}
    rows = [
        (groups[judged.other].name, groups[judged.one].name, judged.reason, judged.because)
        for judged in outcome.clusters.judged
        if judged.accepted and judged.one in names
    ]
    if rows:
        table(("name", "is", "reason", "because"), sorted(rows))
        print()
    entities = count(len(found.entities), "entity", "entities")
    things = count(len(found.lookup), "thing of a document", "things of single documents")
    print(f"{things} are {entities}; names put together: {len(rows)}")


def explanations(found: Sequence[Explanation]) -> None:
    """Each entity with its names, and what it was not taken for."""
    print("\n\n".join("\n".join(_explanation(explanation)) for explanation in found))


def _explanation(found: Explanation) -> Iterator[str]:
    entity = found.entity
    yield f"{entity.name}  ({_short(entity.iri)}, {entity.type.rpartition('#')[2] or entity.type})"
    for name in found.names:
        yield f"  {name.name}: {_reason(name)}"
        yield from (f"      {place.document}: “{place.sentence}”" for place in name.places)
    if found.refused:
        yield "  not taken for it:"
    for other in found.refused:
        yield f"    {other.entity.name} ({_short(other.entity.iri)}): {other.reason}; {other.because}"


def _reason(name: NameUsed) -> str:
    because = f" ({name.because})" if name.because else ""
    return f"{name.reason}{because}, in {count(name.documents, 'document')}"


def _short(iri: str) -> str:
    return f"e:{iri.rpartition('/entity/')[2]}" if "/entity/" in iri else f"<{iri}>"


def given(accept: Iterable[str], reject: Iterable[str], correct: Iterable[str]) -> list[Given]:
    """The verdicts of the command line; a UsageError where a correction says nothing."""
    found: list[Given] = [(id_, "accept", None) for id_ in accept]
    found += [(id_, "reject", None) for id_ in reject]
    for text in correct:
        id_, _, right = text.rpartition("=")
        if not id_ or not right:
            raise UsageError(
                f"--correct {text}: give a claim and what is right of it, such as 5d0c7a1e=denied"
            )
        found.append((id_, "correct", right))
    return found


def verdicts(given: Iterable[Given], output: Path) -> list[Verdict]:
    """The verdicts on claims of the graph in a folder."""
    from kg.review import claim_of, verdict

    with _graph(output) as graph:
        return [verdict(graph, claim_of(graph, id_), said, right) for id_, said, right in given]


def gold(output: Path, decisions: Path | None, path: Path) -> Path:
    """The file of gold that was written."""
    from kg.deciding import decisions_file
    from kg.decisions import Decisions, load_decisions
    from kg.review import write_gold

    file = decisions_file(output, decisions)
    with _graph(output) as graph:
        known = load_decisions(file, graph.ontology) if file.exists() else Decisions()
        return write_gold(graph, known, path)


def listed(output: Path, limit: int) -> None:
    """The least certain claims, to read."""
    from kg.review import least_certain

    with _graph(output) as graph:
        for claim in least_certain(graph, limit):
            print("\n".join(_claim(claim)))


def asked(output: Path, limit: int) -> list[Decision]:
    """What a person at a terminal says of the least certain claims, until they quit."""
    from kg.review import least_certain

    found: list[Decision] = []
    with _graph(output) as graph:
        for claim in least_certain(graph, limit):
            print("\n".join(_claim(claim)))
            said = _answer(graph, claim)
            if said == "quit":
                break
            if not isinstance(said, str):
                found.append(said)
    return found


def _answer(graph: KnowledgeGraph, claim: Claim) -> Verdict | str:
    """A verdict, or "skip" or "quit"; asked again where the answer is none."""
    from kg.review import verdict

    while True:
        try:
            key = input("  [a]ccept, [r]eject, [c]orrect, [s]kip or [q]uit? ").strip().lower()[:1]
            said = _KEYS.get(key, "")
            if said in ("skip", "quit"):
                return said
            right = input("  the right status or relation: ").strip() if said == "correct" else None
            if said and right != "":
                return verdict(graph, claim, said, right)
        except (EOFError, KeyboardInterrupt):
            print()
            return "quit"
        except UsageError as error:
            print(f"  {error}")


def _claim(claim: Claim) -> Iterator[str]:
    from kg.records import amount
    from kg.vocab import local_name

    qualifiers, value = claim.qualifiers, claim.object
    name = value.name if hasattr(value, "name") else value.value
    said_by = qualifiers.attributed_as_written
    details = (qualifiers.status, qualifiers.time, amount(qualifiers), f"says {said_by}" if said_by else None)
    score = "" if claim.score is None else f"{claim.score:.2f}"
    triple = f"{claim.subject.name} —{local_name(claim.predicate)}→ {name}"
    yield f"{local_name(claim.iri)[-8:]}  {score}  {triple}"
    yield f"    {', '.join(detail for detail in details if detail)}; {claim.evidence.document}"
    yield f"    “{' '.join(claim.evidence.text.split())}”"


def _graph(output: Path) -> KnowledgeGraph:
    from kg.cli.trust import law_of
    from kg.deciding import local_store
    from kg.graph import KnowledgeGraph

    store = local_store(output)
    return KnowledgeGraph.open(store, law_of(str(store), None))
