"""Who is married to whom, as far as "the couple" and "their son" go back to it."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, surface_subjects


def wed_to(person: Token, entity_at: Callable[[list[Token]], int | None]) -> int | None:
    """The other of a couple, for the name said last: "X married Y", "X and her husband, Y", "X's wife Y".

    ``entity_at`` tells the thing that one of some words stands for.
    """
    noun = person.head
    if person.dep_ == noun.dep_ == "appos" and noun.pos_ == "NOUN":  # "his wife, the cellist Y"
        noun = noun.head
    if person.dep_ in ("appos", "compound", "nmod") and noun.lemma_.lower() in words("kin.spouses"):
        return entity_at(children(noun, "poss"))
    beside = next((c for c in children(person, "compound", "nmod") if c.lemma_ in words("kin.spouses")), None)
    if beside is not None:  # "his wife Y", where the name is the head
        return entity_at(children(person, "poss"))
    if person.dep_ == "appos" and noun.pos_ == "NOUN":  # "married the cellist Y"
        person, noun = noun, noun.head
    verb = noun.head if person.dep_ == "pobj" and noun.lower_ == "to" else noun
    if person.dep_ not in ("dobj", "pobj", "dep", "npadvmod") or verb.lemma_ not in words("kin.marrying"):
        return None
    return entity_at(surface_subjects(verb.head if verb.pos_ == "ADJ" else verb))
