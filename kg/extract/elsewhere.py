"""What an event noun is about where no phrase of its own says so: the clause around it does."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, prepositions, surface_subjects


def said_elsewhere(noun: Token, preposition: str, literal: bool) -> list[Token]:
    """The objects of an event noun that stand outside its own phrases."""
    if not literal:
        return _target(noun)
    return _year_before(noun) if preposition in ("in", "on") else _reached(noun)


def _year_before(noun: Token) -> list[Token]:
    """ "Her 1985 death", "the 2011 founding of X"."""
    return [token for token in children(noun, "nummod", "compound") if token.ent_type_ == "DATE"]


def _reached(noun: Token) -> list[Token]:
    """ "Its valuation fell to $3 billion from $4 billion", "whose market value exceeds $3 billion"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.pos_ not in ("VERB", "AUX"):
        return []
    come_to = [token for name, token in prepositions(verb) if name in ("to", "at", "above", "over", "around")]
    return [token for token in (*children(verb, "dobj", "attr"), *come_to) if token.ent_type_ == "MONEY"][:1]


def _target(noun: Token) -> list[Token]:
    """ "X is the subject of an inquiry by Y", "X, the target of a lawsuit by Y"."""
    aim = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if aim.lemma_ not in words("grammar.targets"):
        return []
    if aim.dep_ == "appos":
        return [aim.head]
    return surface_subjects(aim.head) if aim.dep_ == "attr" else []
