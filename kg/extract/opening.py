"""Names that a sentence begins with, where the tagger takes them for other words."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.first_words import is_coined_word
from kg.ontology import ontology_path
from kg.words import load_words

_FINITE = ("VBD", "VBZ", "MD")
#: How new nouns end that take no article: "cyberbullying", "fintech", "ransomware".
_OF_NOUNS = tuple(
    "body ing ism tion sion ity ness ment tech ware ology ship hood chain health ics currency".split()
)
_RENAMED = ("formerly", "originally", "previously")
_LOOSE = ("advmod", "npadvmod", "nmod", "dep")


def is_before_its_verb(token: Token) -> bool:
    """ "Finma fined X": an unknown name that the parser takes for an adverb of the verb behind it."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    verb = after is not None and after.tag_ in _FINITE and after.text.islower()
    return verb and token.tag_ in ("NNP", "NNPS") and token.dep_ in _LOOSE and token.head == after


def is_no_noun(token: Token) -> bool:
    """ "Anvisa has approved it": a subject without an article that is no noun of English, nor made of one."""
    alone = token.tag_ == "NN" and token.text.isalpha() and not any(token.children)
    return alone and not _is_noun(token.lower_)


def _is_noun(word: str) -> bool:
    """Whether a word, in small letters, is a noun of English, or ends as the new ones do."""
    return word.endswith(_OF_NOUNS) or load_words(ontology_path("derive.toml").parent).is_noun(word)


def is_subject(token: Token) -> bool:
    """ "Anvisa said", "Peloton had fired its chief": a name by its place, whatever it was tagged as."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if not token.is_sent_start or after is None or not token.text.isalpha() or not _is_like_a_name(token):
        return False
    if after.text == ",":
        return token.i + 2 < len(token.doc) and token.nbor(2).lower_ in _RENAMED
    finite = after.tag_ in _FINITE and after.text.islower() and token.head in (after, after.head)
    return finite and (token.pos_ != "VERB" or not token.lower_.endswith("ed"))


def _is_like_a_name(token: Token) -> bool:
    """A noun that English does not have, or what was taken for another kind of word that it has not."""
    if token.tag_ == "NN":
        return token.dep_ in ("nsubj", "nsubjpass") and is_no_noun(token)
    many = token.tag_ == "NNS" and token.lower_.endswith("ers")  # "Podcasters"
    people = many or (token.ent_type_ == "NORP" and token.lower_.endswith("s"))  # "Houthis"
    if people or token.pos_ not in ("PROPN", "NOUN", "VERB", "ADJ"):
        return False
    singular = token.lemma_.lower() if token.tag_ == "NNS" else token.lower_.removesuffix("s")
    return is_coined_word(token) and not _is_noun(token.lower_) and not _is_noun(singular)
