"""The first word of a sentence: whether its capital is a name's."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.snapshot import alike
from kg.ontology import ontology_path
from kg.words import load_words

#: How the names of those who study something end; economists and analysts are hired by anybody.
_SCHOLARS = ("logist", "physicist", "chemist", "historian", "scientist", "geneticist", "mathematician")


def is_coined(token: Token) -> bool:
    """Whether a sentence's first word can only be a name: "Spotigo co-founders", "ABB chairman"."""
    return token.tag_ in ("NNP", "NNPS", "NN") and (token.is_oov or token.is_upper) and len(token) > 2


def is_before_role(token: Token, lexicon: Lexicon) -> bool:
    """ "Kestra finance chief Ida Moe", not "Hospital director Ida Moe" or "Marine biologist Ida Moe"."""
    role = token.head
    after = role.doc[role.i + 1 : role.i + 2]
    titled = (
        token.tag_ in ("NNP", "NN")
        and len(token) > 2
        and token.dep_ in ("compound", "nmod")
        and role.i > token.i
    )
    table = load_words(ontology_path("derive.toml").parent)
    titled = titled and (token.ent_type_ != "" or not table.is_noun(token.lower_))
    known = lexicon.has("names.role_words", role.lower_)
    known = known and not lexicon.has("names.organization_words", token.lower_)
    return titled and known and role.text.islower() and len(after) == 1 and after[0].ent_type_ == "PERSON"


def is_of_a_science(token: Token) -> bool:
    """ "Marine biologist Ida Moe", "Quantum physicist Jan Holt": what they study, not for whom they work."""
    scholar = token.head.text.islower() and token.head.lower_.endswith(_SCHOLARS)
    first = token.is_sent_start and token.dep_ in ("compound", "amod", "nmod") and scholar
    return bool(first) and load_words(ontology_path("derive.toml").parent).is_noun(token.lower_)


def is_coined_word(token: Token) -> bool:
    """Whether a word is none of English: "TotalEnergies", not "Bank" or "Sisters"."""
    table = load_words(ontology_path("derive.toml").parent).above
    return token.lower_ not in table and token.lower_.removesuffix("s") not in table


def is_people(token: Token, length: int, lexicon: Lexicon) -> bool:
    """ "American Ida Moe": what stands before the name of a person; not "German Holt"."""
    return length > 2 and lexicon.is_demonym(token.text) and not lexicon.is_first_name(token.text)


def before_noun(token: Token) -> bool:
    """ "Satellite operator X": a first word that only says what kind of noun follows."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        after is not None
        and after.pos_ == "NOUN"
        and after.text.islower()
        and token.dep_ in ("compound", "amod")
    )


def is_before_participle(token: Token) -> bool:
    """ "Temasek-backed", "Lisbon-based"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    hyphen = len(behind) == 2 and behind[0].text == "-" and not token.whitespace_
    return hyphen and token.tag_ in ("NNP", "JJ") and behind[1].tag_ == "VBN"


def again(token: Token) -> bool:
    """Whether the same word is written with a capital inside another sentence."""
    return any(other is not token and not other.is_sent_start for other in alike(token))
