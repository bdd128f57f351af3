"""Nouns in lists and within one another: "a chemist and a member of Y", "one of the founders"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children


def top_of_list(noun: Token) -> Token:
    """The first of coordinated predicate nouns ("a chemist, a laureate and a member of Y").

    The parser may hang the next one on the name in the phrase of the one before: "a director of Veltrix
    and a member of Y". In "one of the founders of Y" it is the word that picks from the group.
    """
    own = noun.i + 1 < len(noun.doc) and noun.nbor(1).text[:1].isupper() and noun.nbor(1).dep_ == "appos"
    named = own or any(child.pos_ == "PROPN" for child in children(noun, "appos"))
    if named and noun.dep_ == "conj" and noun.head.pos_ == "PROPN":  # "Orbix and the French brewer Kestra"
        return noun
    while True:
        if noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i < noun.i:
            noun = (None if named else role_above(noun.head)) or noun.head
        elif (picked := _picked_from(noun)) is not None:
            noun = picked
        else:
            return noun


def role_above(name: Token) -> Token | None:
    """The noun in whose phrase a name stands: a role is never coordinated with a name."""
    prep = name.head
    if name.pos_ != "PROPN" or name.dep_ != "pobj" or prep.dep_ != "prep":
        return None
    return prep.head if prep.head.pos_ == "NOUN" or prep.head.tag_ == "NNP" else None


def _picked_from(group: Token) -> Token | None:
    """The "one" of "one of the founders", the "third" of "the third of four sons"."""
    prep = group.head
    if group.dep_ != "pobj" or prep.lower_ != "of" or group.tag_ != "NNS":
        return None
    word = prep.head
    return word if word.lower_ in words("grammar.picking") or word.ent_type_ == "ORDINAL" else None


def whole_of(part: Token) -> Iterator[Token]:
    """The noun in whose phrase a noun stands: "a maker of shoes based in Y", "a firm selling tea in Y"."""
    while part.dep_ == "conj":
        part = part.head
    of_noun = part.dep_ == "pobj" and part.pos_ == "NOUN" and part.head.head.pos_ in ("NOUN", "PROPN")
    if of_noun or (part.dep_ == "dobj" and part.head.dep_ == "acl"):
        yield part.head.head
