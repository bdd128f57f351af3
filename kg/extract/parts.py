"""What a word for a part is a part of: "most of its chips", "half of the steel"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words


def counted(noun: Token) -> Token:
    """The noun that a quantity is of; the noun itself where it is none."""
    if noun.lemma_.lower() not in words("grammar.quantities") and not noun.like_num:
        return noun
    below = [p for prep in noun.children if prep.lower_ == "of" for p in prep.children if p.dep_ == "pobj"]
    return below[0] if below else noun
