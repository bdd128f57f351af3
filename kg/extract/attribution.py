"""Who says so: "Kestra said", "according to X", "X bought Y, the Post reported"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import (
    agents,
    all_conjuncts,
    children,
    is_passive,
    prepositions,
    surface_subjects,
)
from kg.extract.knowledge import Knowledge


def is_wish(token: Token, below: Token, know: Knowledge) -> bool:
    """ "Analysts expect X to buy Y": what somebody hopes that another will do is no plan."""
    wishes = token.pos_ == "VERB" and token.lemma_ in know.lexicon["status.wishes.verbs"]
    own = wishes and below.dep_ in ("ccomp", "xcomp") and not is_passive(token)
    return own and bool(children(below, "nsubj", "nsubjpass") or children(token, "dobj"))


def speakers_of(token: Token, below: Token | None, know: Knowledge) -> Iterator[Token]:
    """Who says so: the subject of a saying verb above, "according to X", "as X reported"."""
    verbs = know.lexicon["attribution.verbs"]
    says = token.pos_ == "VERB" and token.lemma_ in verbs
    if below is not None and (says or is_wish(token, below, know)):
        subjects = all_conjuncts(surface_subjects(token)) if not is_passive(token) else agents(token)
        yield from (_source(subject, know) for subject in subjects if subject != below)
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "according":
            yield from (target for name, target in prepositions(token) if name == "to" and target.i > child.i)
        elif child.dep_ in ("advcl", "parataxis", "ccomp") and child.lemma_ in verbs:
            yield from _beside(child)


def _beside(verb: Token) -> list[Token]:
    """ "As X reported", "as was reported by X"; "…, the Post reported" with its subject hung on a name."""
    if verb.dep_ == "advcl" and any(mark.lower_ == "as" for mark in children(verb, "mark", "advmod")):
        return agents(verb) if is_passive(verb) else children(verb, "nsubj")
    if verb.dep_ == "parataxis" and not children(verb, "mark", "dobj", "ccomp"):
        return children(verb, "nsubj")
    start = verb.left_edge.i
    if children(verb, "nsubj", "aux", "mark") or verb.tag_ not in ("VBD", "VBZ") or start < 2:
        return []
    name = verb.doc[start - 1]
    while name.dep_ in ("compound", "nmod"):
        name = name.head
    first = name.left_edge.i
    behind = name.dep_ == "appos" and name.right_edge.i == start - 1 and verb.doc[first - 1].text == ","
    return [name] if behind and name.pos_ in ("PROPN", "NOUN") else []


def _source(subject: Token, know: Knowledge) -> Token:
    """Who or what says so; of "a report in the Herald" the Herald."""
    if subject.lemma_.lower() not in know.lexicon["attribution.nouns"]:
        return subject
    names = [t for name, t in prepositions(subject) if name in ("in", "by", "from") and t.pos_ == "PROPN"]
    return names[0] if names else subject
