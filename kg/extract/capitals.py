"""Whether a capital is a name's: by where the word stands and what it is."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extract.first_words import again, is_before_participle, is_before_role, is_coined
from kg.extract.lexicon import Lexicon
from kg.extract.opening import is_before_its_verb, is_no_noun, is_subject

_NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "conj")


#: "23andMe", "1Password".
_NUMBERED = re.compile(r"\d+(?=[a-z]*[A-Z])[A-Za-z]{5,}")


def is_capital(token: Token) -> bool:
    """Whether a word is written as a name: a capital first, or inside as in "iPhone", "23andMe"."""
    text = token.text
    inside = text[:1].isalpha() and any(c.isupper() for c in text[1:3])
    return text[:1].isupper() or inside or (text[:1].isdigit() and bool(_NUMBERED.fullmatch(text)))


def may_be_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capitalised word can be part of a name, by where it stands and what it is."""
    if lexicon.has("names.not_names", token.text) or _is_value(token, lexicon):
        return False
    if token.lower_ in lexicon["calendar"] or (
        lexicon.is_demonym(token.text) and not _goes_on(token, lexicon)
    ):
        return False
    if token.is_sent_start or (token.i > 0 and token.nbor(-1).text in ('"', "“", "‘", ":")):
        return _may_begin_sentence(token, lexicon)
    return token.pos_ not in ("PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX")


def _goes_on(token: Token, lexicon: Lexicon) -> bool:
    """Whether a nationality begins a longer name: "Liberal Democrats", not "Danish Prime Minister"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is None or not is_capital(after) or lexicon.is_demonym(after.text):
        return False
    return not any(
        after.lower_.rstrip(".") in lexicon[f"names.{n}"] for n in ("not_names", "role_words", "titles")
    )


def _is_value(token: Token, lexicon: Lexicon) -> bool:
    """Whether the recogniser takes a word for a date, a sum or a nationality, with some reason."""
    label = token.ent_type_
    if label == "NORP":  # "the Liberal Democrats" is a name, "the Democrats" a group
        beside = token.i > 0 and is_capital(token.nbor(-1)) and not token.nbor(-1).is_sent_start
        return not (beside or token.is_oov or is_bare_name(token, lexicon) or is_subject(token))
    if label == "DATE":
        near = token.doc[max(0, token.i - 2) : token.i + 3]
        return any(word.lower_ in lexicon["calendar"] or word.like_num for word in near)
    return label in ("TIME", "MONEY", "LANGUAGE")


def is_bare_name(token: Token, lexicon: Lexicon) -> bool:
    """ "Its rival Helian": what the recogniser takes for a people, but is a name by its place."""
    alone = (
        token.tag_ == "NNP" and token.dep_ in _NOMINAL and not any(c.dep_ == "det" for c in token.children)
    )
    return alone and not token.is_sent_start and not lexicon.is_demonym(token.text)


def is_beside_a_name(token: Token) -> bool:
    """ "Target and Orbix have agreed": a common word in the singular as the subject, with a name."""
    if token.tag_ != "NN" or token.dep_ not in ("nsubj", "nsubjpass") or any(token.lefts):
        return False
    after = token.doc[token.i + 1 : token.i + 3]
    joined = len(after) == 2 and after[0].lower_ in ("and", "or") and after[1].pos_ == "PROPN"
    return joined and after[1].dep_ == "conj" and after[1].head == token


def _may_begin_sentence(token: Token, lexicon: Lexicon) -> bool:
    """Whether the capital of a sentence's first word is a name's: it is used as one, or is no common word."""
    if is_of_many(token, lexicon):
        return False
    if again(token) or is_beside_a_name(token) or is_subject(token):
        return True
    if is_before_participle(token) or is_before_role(token, lexicon):
        return True
    if is_coined(token) and token.tag_ != "NN":
        return True
    role = token.dep_ in ("nsubj", "nsubjpass", "poss") or is_before_its_verb(token)
    if token.tag_ in ("NNP", "NNPS") or token.is_oov or is_no_noun(token):
        goes_on = (
            token.dep_ in ("compound", "nmod") and token.i + 1 < len(token.doc) and is_capital(token.nbor(1))
        )
        if role or goes_on:
            return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    nominal = token.pos_ in ("PROPN", "NOUN", "ADJ") and not lexicon.has("names.not_first", token.lower_)
    return after is not None and nominal and is_capital(after) and after.pos_ == "PROPN"


def is_of_many(token: Token, lexicon: Lexicon) -> bool:
    """ "Shareholders in Kestra voted": what several people are, not "Rangers of Glasgow"."""
    alone = token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "IN" and not token.ent_type_
    return alone and token.tag_ == "NNPS" and lexicon.has("roles.titles", token.lower_.removesuffix("s"))


def is_second_half(token: Token) -> bool:
    """ "Chen Wei-han", "Tsai Ing-wen": the second half of a given name."""
    if token.ent_type_ != "PERSON" or token.tag_ != "NNP" or not token.text.isalpha() or token.i < 2:
        return False
    hyphen, first = token.nbor(-1), token.nbor(-2)
    return hyphen.text == "-" and not (hyphen.whitespace_ or first.whitespace_) and is_capital(first)
