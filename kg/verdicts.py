"""What people have said of claims, applied to the relations that the extraction finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.decisions import Verdict
from kg.model import Extraction, Literal, Mention, Relation
from kg.ontology import Ontology


class Verdicts:
    """Verdicts, found by the document and the sentence that they are on."""

    def __init__(self, verdicts: Iterable[Verdict], ontology: Ontology) -> None:
        self._ontology = ontology
        self._on: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            self._on[verdict.document].append(verdict)
        self._met: set[Verdict] = set()

    def apply(self, extraction: Extraction) -> Extraction:
        """The extraction as people have judged it: what is accepted or corrected is certain."""
        mine = self._on.get(extraction.document.id)
        if not mine:
            return extraction
        names = _names(extraction)
        judged = (self._judged(relation, mine, names) for relation in extraction.relations)
        return replace(extraction, relations=tuple(relation for found in judged for relation in found))

    def unused(self) -> list[Verdict]:
        """The verdicts on claims that no extraction has said since."""
        return [verdict for verdicts in self._on.values() for verdict in verdicts if verdict not in self._met]

    def _judged(
        self, relation: Relation, verdicts: list[Verdict], names: dict[int, set[str]]
    ) -> Iterator[Relation]:
        said = [verdict for verdict in verdicts if self._is_on(verdict, relation, names)]
        self._met.update(said)
        if not said:
            yield relation
        elif said[0].verdict == "accept":
            yield replace(relation, score=1.0)
        elif said[0].verdict == "correct":
            yield self._corrected(relation, said[0])

    def _corrected(self, relation: Relation, verdict: Verdict) -> Relation:
        status = verdict.status or relation.qualifiers.status
        right = replace(relation, qualifiers=replace(relation.qualifiers, status=status), score=1.0)
        if verdict.relation is None or verdict.relation == verdict.predicate:
            return right
        # The verdict is on the direction that the graph states, which may not be that of the sentence.
        turned = self._stated(relation) != relation.predicate and isinstance(relation.tail, Mention)
        head, tail = (relation.tail, relation.head) if turned else (relation.head, relation.tail)
        assert isinstance(head, Mention)
        return replace(right, predicate=verdict.relation, head=head, tail=tail)

    def _stated(self, relation: Relation) -> str:
        """The relation that the graph states."""
        prop = self._ontology.properties.get(relation.predicate)
        turned = prop is not None and prop.name in self._ontology.inverse_only and prop.inverse
        return turned or relation.predicate

    def _is_on(self, verdict: Verdict, relation: Relation, names: dict[int, set[str]]) -> bool:
        stated = self._stated(relation)
        if verdict.predicate != stated or " ".join(relation.evidence.text.split()) != verdict.sentence:
            return False
        ends = [_called(relation.head, names), _called(relation.tail, names)]
        prop = self._ontology.properties.get(stated)
        if stated != relation.predicate:
            ends.reverse()
        either = prop is not None and prop.symmetric
        wanted = (verdict.subject.casefold(), verdict.object.casefold())
        return (wanted[0] in ends[0] and wanted[1] in ends[1]) or (
            either and wanted[0] in ends[1] and wanted[1] in ends[0]
        )


def _names(extraction: Extraction) -> dict[int, set[str]]:
    """All that a document calls each of its things."""
    found: dict[int, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        found[mention.entity] |= {mention.name.casefold(), " ".join(mention.text.split()).casefold()}
    return found


def _called(end: Mention | Literal, names: dict[int, set[str]]) -> set[str]:
    if isinstance(end, Literal):
        return {end.value.casefold()}
    return names.get(end.entity, set()) | {end.name.casefold(), " ".join(end.text.split()).casefold()}
