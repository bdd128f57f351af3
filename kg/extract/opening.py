"""Names that a sentence begins with, where the tagger takes them for other words."""

from __future__ import annotations

from spacy.tokens import Token

from kg.ontology import ontology_path
from kg.words import load_words

_FINITE = ("VBD", "VBZ", "MD")
#: How new nouns end that take no article: "cyberbullying", "fintech", "ransomware".
_OF_NOUNS = tuple(
    "ing tion sion ity ness ment ism tech ware ology ship hood currency chain health ics".split()
)
_LOOSE = ("advmod", "npadvmod", "nmod", "dep")


def is_before_its_verb(token: Token) -> bool:
    """ "Finma fined X": an unknown name that the parser takes for an adverb of the verb behind it."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    verb = after is not None and after.tag_ in _FINITE and after.text.islower()
    return verb and token.tag_ in ("NNP", "NNPS") and token.dep_ in _LOOSE and token.head == after


def is_no_noun(token: Token) -> bool:
    """ "Anvisa has approved it": a subject without an article that is no noun of English, nor made of one."""
    alone = token.tag_ == "NN" and token.text.isalpha() and not any(token.children)
    if not alone or token.lower_.endswith(_OF_NOUNS):
        return False
    return not load_words(ontology_path("derive.toml").parent).is_noun(token.lower_)


def is_subject(token: Token) -> bool:
    """ "Anvisa said", "Peloton fired its chief": such a word right before its verb."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    verb = bool(token.is_sent_start) and after is not None and after.tag_ in _FINITE and after == token.head
    return verb and token.dep_ in ("nsubj", "nsubjpass") and is_no_noun(token)
