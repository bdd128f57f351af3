"""How probable it is that a careful reader would sign a relation, from how it was derived.

A logistic model over a few cues. The weights are data (``ontology/scores.toml``), fitted on gold by
``tests/benchmarks/fit_scores.py``; a cue that the file does not name weighs nothing. No cue names a
relation or a word, so that the weights hold for any ontology.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.extract.arguments import Argument, Reader
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.state import sentence_of
from kg.frames import Frame
from kg.ontology import ontology_path

#: Of a reading nobody can be quite sure, nor quite sure that it is wrong.
LOWEST, HIGHEST = 0.01, 0.99

Cues = dict[str, float]


class Derivation(NamedTuple):
    """How a relation came about.

    ``sides`` are the subject and, unless it is a value, the object of the frame; ``trigger`` counts
    tokens, ``anchor`` is the head of its clause. ``repeated`` where the sentence names a side once
    more, away from the trigger.
    """

    construction: str
    found: FrameOf
    sides: tuple[Argument, ...]
    trigger: tuple[int, int]
    anchor: Token
    status: str
    repeated: bool = False


def probability(cues: Mapping[str, float]) -> float:
    """The probability under the weights of the file, to two decimals.

    >>> 0 < probability({}) < 1
    True
    """
    table = weights()
    total = table["bias"] + sum(table.get(cue, 0.0) * cues[cue] for cue in sorted(cues))
    return min(max(round(1 / (1 + math.exp(-total)), 2), LOWEST), HIGHEST)


def cues_of(derivation: Derivation, reader: Reader) -> Cues:
    """The cues of a derivation: 1 for what holds, else how far or how doubtful."""
    frame, sides = derivation.found.frame, derivation.sides
    cues: Cues = {
        f"construction {derivation.construction}": 1.0,
        f"frame {frame.kind}": 1.0,
        f"status {derivation.status}": 1.0,
        "frame of several words": float(bool(frame.fixed) or len(frame.words) > 1),
        "repeated": float(derivation.repeated),
        "value": float(len(sides) == 1),
    }
    first, last = derivation.trigger
    cues["far from trigger"] = math.log1p(max(_gap(side, first, last) for side in sides))
    if len(sides) == 2:
        cues["far apart"] = math.log1p(_gap(sides[0], sides[1].start, sides[1].end))
        cues["names between"] = math.log1p(_names_between(sides[0], sides[1], reader))
    cues["long sentence"] = math.log1p(len(sentence_of(derivation.anchor)))
    cues["other readings"] = math.log1p(_readings(frame, reader.know) - 1)
    if derivation.status == "asserted":
        cues["unread word of status"] = float(_unread_status(derivation.anchor, reader))
    cues.update(_side_cues(derivation, reader))
    return cues


def _side_cues(derivation: Derivation, reader: Reader) -> Iterator[tuple[str, float]]:
    """How each side is said, how sure it is what it stands for, and how sure of its class."""
    prop, ontology = derivation.found.property, reader.know.ontology
    doubt, weight, outside = 0.0, math.inf, 0.0
    asked = (("subject", prop.domain), ("object", prop.range))
    for argument, (side, allowed) in zip(derivation.sides, asked, strict=False):
        yield f"{side} {argument.via}", 1.0
        mention = reader.at.get(argument.start)
        doubt += 1 - mention.score if mention is not None else 0.0
        entity = reader.entities[argument.entity]
        weight = min(weight, entity.weight)
        outside += not ontology.is_a(entity.type, allowed)
    yield "doubt what it stands for", doubt
    yield "evidence for the classes", math.log1p(max(weight, 0))
    yield "class not certain", outside


def _readings(frame: Frame, know: Knowledge) -> int:
    """How many relations the word of a frame can say."""
    return max(len({item.property.name for item in know.frames.get((frame.kind, frame.lemma), ())}), 1)


def _unread_status(anchor: Token, reader: Reader) -> bool:
    """Whether the sentence has a negation or a cue of status, though the relation is asserted."""
    known = reader.with_status  # looked for once: a long sentence has a thousand relations
    sentence = sentence_of(anchor)
    if sentence.start not in known:
        known[sentence.start] = _has_status(sentence, reader.know)
    return known[sentence.start]


def _has_status(sentence: Span, know: Knowledge) -> bool:
    status = know.lexicon.status
    kinds = {"VERB": "verbs", "NOUN": "nouns", "ADJ": "adjectives", "ADV": "adverbs"}
    return any(
        token.dep_ == "neg"
        or token.tag_ == "MD"
        or (token.pos_ in kinds and (kinds[token.pos_], token.lemma_.lower()) in status)
        for token in sentence
    )


def _gap(side: Argument, start: int, end: int) -> int:
    """How many tokens lie between a side and a span."""
    return max(start - side.end, side.start - end, 0)


def _names_between(one: Argument, other: Argument, reader: Reader) -> int:
    """How many other mentions lie between two sides."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return sum(i in reader.at and reader.at[i].start == i for i in range(start, end))


@cache
def weights() -> dict[str, float]:
    """The weight of each cue."""
    data = tomllib.loads(ontology_path("scores.toml").read_text(encoding="utf-8"))
    return {cue: float(weight) for cue, weight in data["weights"].items()}
