"""Events said by the noun before another: "merger talks", "merger plans"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.extract import nominals
from kg.extract.candidate import Candidate
from kg.extract.knowledge import FrameOf, Knowledge


def carrier_of(noun: Token, item: FrameOf, know: Knowledge) -> Token | None:
    """The "talks" of "merger talks" and the "plans" of "merger plans", or None."""
    undone = noun.lemma_.lower() in know.lexicon["status.unfinished.nouns"]  # not "a partnership agreement"
    held = noun.dep_ == "compound" and undone and item.property.symmetric
    return noun.head if held and noun.head.lemma_ in know.lexicon["status.carrying.nouns"] else None


def carried(
    item: FrameOf, noun: Token, carrier: Token, span: tuple[int, int], know: Knowledge
) -> Iterator[Candidate]:
    """ "X is in merger talks with Y", "X and Y dropped their merger plans"."""
    light = know.lexicon["light_verbs.all"] | know.weighing
    phrases = list(nominals.noun_prepositions(carrier, light))
    sides = [token for name, token in phrases if name == "between"] or nominals.possessors(carrier)
    sides = sides or [token for token, _ in nominals.holders(carrier, light)]
    sides = sides or [token for _, token, _ in nominals.adverbial_subjects(carrier)]
    others = [token for name, token in phrases if name == "with"]
    if sides and others:
        yield Candidate(item, sides, others, span, noun, "event carried")
    elif len(sides) > 1:
        for left, right in pairwise(sides):
            yield Candidate(item, [left], [right], span, noun, "event carried")
    elif sides:
        yield Candidate(item, sides, [], span, noun, "event plural")
