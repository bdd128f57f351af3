"""Which of its frames a verb may be read by, and those that it shares with the verb above it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import children
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.nominals import possessors


def begun(verb: Token, know: Knowledge) -> list[FrameOf]:
    """ "X will start selling Y": frames of the verb above that have the gerund as a fixed word."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VBG":
        return []
    above = know.frames.get(("verb", verb.head.lemma_.lower()), [])
    return [item for item in above if verb.lower_ in item.frame.fixed]


def transitive(matched: list[FrameOf]) -> list[FrameOf]:
    """Without the intransitive reading of what has an object: who "started X in 1972" did not start then."""
    told = {(i.property.name, i.frame.object) for i in matched if i.frame.subject == "obj"}
    return [
        i
        for i in matched
        if i.frame.fixed or i.frame.subject != "subj" or (i.property.name, i.frame.object) not in told
    ]


def is_of_another(item: FrameOf, verb: Token) -> bool:
    """ "X is selling Y's stake in Z": the stake that the frame speaks of is Y's."""
    if item.frame.subject != "subj" or item.frame.object in ("obj", "of"):
        return False
    things = [t for t in children(verb, "dobj") if t.lemma_.lower() in item.frame.fixed]
    return any(owner.pos_ != "PRON" for thing in things for owner in possessors(thing))
