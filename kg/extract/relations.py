"""The things of a candidate under the ontology: which pairs are relations, and why the others are none.

The ontology is law: a pair that fails a property's domain or range is rejected with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.extract.arguments import Argument, Reader
from kg.extract.candidate import Candidate
from kg.extract.lists import whole_of
from kg.extract.state import in_headline, sentence_of


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
    if not heads and candidate.construction == "passive acl" and reader.know.is_where(prop):
        heads = [a for token in candidate.subjects for t in whole_of(token) for a in reader.arguments(t)]
    tails = [a for token in candidate.objects for a in reader.arguments(token)] or ([owner] if owner else [])
    heads = [a for a in heads if a.via != "demonym"]
    born = candidate.construction in ("compound", "origin")  # "Syrian-born", "a French passport"
    if candidate.found.frame.kind not in ("origin", "noun") and not born:
        tails = [a for a in tails if a.via != "demonym"]
    # "a Republican governor" governs no party: an adjective is read only where its very class is asked for
    tails = [a for a in tails if a.via != "demonym" or _is_asked(a, prop.range, reader)]
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


def _is_asked(demonym: Argument, allowed: tuple[str, ...], reader: Reader) -> bool:
    """Whether what an adjective stands for is of a class asked for; a country of any ontology's countries."""
    if reader.type_of(demonym) in allowed:
        return True
    name = reader.entities[demonym.entity].name
    return bool(reader.know.ontology.kinds) and reader.know.is_of_territories(name, allowed)


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
        name = reader.entities[argument.entity].name
        if not (ontology.is_a(kind, allowed) if strict else reader.know.admits(name, kind, allowed)):
            wanted = " or ".join(allowed)
            return f"{side} {name} is {kind or 'of unknown class'}, {prop.name} wants {wanted}"
    trigger = candidate.anchor
    frame = candidate.found.frame  # "sells ovens in Y" says where, not what it gives away
    parts_with = not frame.fixed and "obj" in (frame.subject, frame.object)
    trades = (
        parts_with
        and trigger.lemma_ in reader.know.lexicon["trade.verbs"]
        and (trigger.tag_ not in ("VBD", "VBN") or any(c.lower_ == "since" for c in trigger.children))
    )
    if trades and not ontology.is_a(reader.type_of(tail), ("Organization",)):
        return f"who sells {reader.entities[tail.entity].name} in the present may trade in it"
    return ""


def _most_specific(found: list[Pair], reader: Reader) -> list[Pair]:
    """Of readings of the same words, the one with the narrowest range that the thing is known to be in.

    Who "joined the X Party" is a member of a party; who joined X, of which no more is known than that
    it is an organisation, is a member of an organisation.
    """
    readings: dict[tuple[int, int, int], list[Pair]] = {}
    for pair in found:
        key = (pair.candidate.trigger[0], pair.head.entity, pair.tail.entity)
        readings.setdefault(key, []).append(pair)
    return [pair for same in readings.values() for pair in same if not _is_beside(pair, same, reader)]


def _is_beside(pair: Pair, same: list[Pair], reader: Reader) -> bool:
    """Whether another reading says better what a pair says: narrower and known, or wider and known."""
    ontology, kind = reader.know.ontology, reader.type_of(pair.tail)
    own = pair.candidate.found.property
    if reader.know.is_fictional(own.range):  # named like a person, whoever plays it
        return False
    for other in (reading.candidate.found.property for reading in same):
        known = ontology.is_a(kind, other.range)
        # who joins a party is no employee; who leads or founds one does that too
        narrower = ontology.narrower(other, own) and (
            (other.domain == own.domain and not own.supers) or len(own.range) > 1  # nobody "uses" a party
        )
        if known and (narrower or not ontology.is_a(kind, own.range)) and other.range:
            return True
    return False


def _narrowest(found: list[Pair], reader: Reader) -> list[Pair]:
    """Without what the same words say of the same two with a narrower relation: a chief is employed."""
    said: dict[tuple[int, int, int], list[Pair]] = {}
    for pair in found:
        place = (sentence_of(pair.candidate.anchor).start, pair.head.entity, pair.tail.entity)
        said.setdefault(place, []).append(pair)
    return [pair for same in said.values() for pair in same if not any(_holds(o, pair, reader) for o in same)]


def _holds(narrow: Pair, wide: Pair, reader: Reader) -> bool:
    """Whether a pair says all that another one says."""
    one, other = narrow.candidate, wide.candidate
    beside = other.construction in ("attached", "owned")  # "Director Ida Moe of Kestra"
    above = reader.know.ontology.above(one.found.property.name)
    return (beside or one.anchor == other.anchor) and other.found.property.name in above


def distinct(found: Iterable[Pair], reader: Reader) -> list[Pair]:
    """One pair for each relation between two mentions; the reading with the closest arguments is kept."""
    found = _narrowest(_most_specific(list(found), reader), reader)
    order = {"name": 0, "pronoun": 1, "description": 1, "apposition": 2, "part": 3, "implicit": 4}
    best: dict[tuple[str, int, int, int, int], Pair] = {}
    for pair in found:
        sentence = sentence_of(pair.candidate.anchor).start
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
