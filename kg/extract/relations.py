"""The things of a candidate under the ontology: which pairs are relations, and why the others are none.

The ontology is law: a pair that fails a property's domain or range is rejected with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.extract.arguments import Argument, Reader
from kg.extract.candidate import Candidate
from kg.extract.state import in_headline
from kg.ontology import Ontology, PropertyType


class Pair(NamedTuple):
    """A candidate's entities that obey the ontology."""

    candidate: Candidate
    head: Argument
    tail: Argument


class Refusal(NamedTuple):
    """A candidate's entities that do not, and why."""

    candidate: Candidate
    head: Argument
    tail: Argument
    reason: str


def pairs(candidate: Candidate, reader: Reader, owner: Argument | None) -> Iterator[Pair | Refusal]:
    """The entities of a candidate, each pair judged by domain and range.

    ``owner`` is the thing in focus, for a role noun that does not say whose it is.
    """
    prop = candidate.found.property
    if candidate.construction == "event plural":
        yield from _plural_pairs(candidate, reader)
        return
    heads = [a for token in candidate.subjects for a in reader.arguments(token)]
    tails = [a for token in candidate.objects for a in reader.arguments(token)] or ([owner] if owner else [])
    heads = [a for a in heads if a.via != "demonym"]
    if candidate.found.frame.kind not in ("origin", "noun"):
        tails = [a for a in tails if a.via != "demonym"]
    if reader.is_opaque(candidate.anchor):
        tails = [a for a in tails if a.via != "part"]
    for head in heads:
        for tail in tails:
            if head.entity == tail.entity:
                continue
            reason = judge(head, tail, candidate, reader)
            if reason and prop.symmetric:
                head, tail = (tail, head) if not judge(tail, head, candidate, reader) else (head, tail)
                reason = judge(head, tail, candidate, reader)
            yield Refusal(candidate, head, tail, reason) if reason else Pair(candidate, head, tail)


def _plural_pairs(candidate: Candidate, reader: Reader) -> Iterator[Pair | Refusal]:
    """ "Their partnership": a plural mention is both sides of a symmetric relation."""
    found = [a for token in candidate.subjects for a in reader.arguments(token)]
    for left, right in pairwise(found):
        if left.entity != right.entity:
            reason = judge(left, right, candidate, reader)
            yield Refusal(candidate, left, right, reason) if reason else Pair(candidate, left, right)


def judge(head: Argument, tail: Argument, candidate: Candidate, reader: Reader) -> str:
    """Why the ontology refuses a pair; "" when it allows it."""
    prop, ontology = candidate.found.property, reader.know.ontology
    for side, argument, allowed in (("subject", head, prop.domain), ("object", tail, prop.range)):
        kind = reader.type_of(argument)
        strict = candidate.construction == "class" and side == "object"
        if not (ontology.is_a if strict else ontology.admits)(kind, allowed):
            name = reader.entities[argument.entity].name
            wanted = " or ".join(allowed)
            return f"{side} {name} is {kind or 'of unknown class'}, {prop.name} wants {wanted}"
    trigger = candidate.anchor
    trades = trigger.lemma_ in reader.know.lexicon["trade.verbs"] and (
        trigger.tag_ not in ("VBD", "VBN") or any(c.lower_ == "since" for c in trigger.children)
    )
    if trades and reader.type_of(tail) == "Product":
        return f"who sells the product {reader.entities[tail.entity].name} trades in it"
    return ""


def _most_specific(found: list[Pair], ontology: Ontology) -> list[Pair]:
    """Without readings whose range is wider than another's for the same words ("joined the X Party")."""
    readings: dict[tuple[int, int, int], list[PropertyType]] = {}
    for pair in found:
        key = (pair.candidate.trigger[0], pair.head.entity, pair.tail.entity)
        readings.setdefault(key, []).append(pair.candidate.found.property)
    return [
        pair
        for pair in found
        if not any(
            ontology.narrower(other, pair.candidate.found.property)
            for other in readings[pair.candidate.trigger[0], pair.head.entity, pair.tail.entity]
        )
    ]


def distinct(found: Iterable[Pair], ontology: Ontology) -> list[Pair]:
    """One pair for each relation between two mentions; the reading with the closest arguments is kept."""
    found = _most_specific(list(found), ontology)
    order = {"name": 0, "pronoun": 1, "description": 1, "apposition": 2, "part": 3, "implicit": 4}
    best: dict[tuple[str, int, int, int, int], Pair] = {}
    for pair in found:
        sentence = pair.candidate.anchor.sent.start
        head, tail = pair.head, pair.tail
        sides = (head, tail)
        if pair.candidate.found.property.symmetric:
            sides = tuple(sorted(sides, key=lambda a: a.entity))  # type: ignore[assignment]
        key = (
            pair.candidate.found.property.name,
            sides[0].entity,
            sides[1].entity,
            sentence,
            pair.candidate.trigger[0],
        )
        rank = order.get(head.via, 5) + order.get(tail.via, 5)
        kept = best.get(key)
        if kept is None or rank < order.get(kept.head.via, 5) + order.get(kept.tail.via, 5):
            best[key] = pair
    return list(best.values())


def usable(candidate: Candidate) -> bool:
    """Headlines are no witnesses of their own unless the frame is a verb's; they repeat the text."""
    return not in_headline(candidate.anchor) or candidate.found.frame.kind in ("verb", "event")
