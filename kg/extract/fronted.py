"""Participles before the subject: "Founded in 1998 by X, Y makes", where the parser finds no subject.

It takes Y for a name coordinated with X, the participle for the subject, or the verb for a noun. The name
between the comma and the verb is what both the participle and the verb are said of.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.state import sentence_of

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_INSIDE = ("PROPN", "NOUN", "ADJ", "DET", "NUM")
_FRONTED = ("ROOT", "advcl", "nsubj", "prep", "csubj", "acl", "ccomp", "dep", "nmod", "amod")


def subject_behind(participle: Token) -> Token | None:
    """The name behind the comma that closes a participle at the start of a sentence, before the verb."""
    if participle.tag_ != "VBN" or not participle.is_sent_start or participle.dep_ not in _FRONTED:
        return None
    doc, sentence = participle.doc, sentence_of(participle)
    if len(sentence) < 2 or participle.nbor(1).pos_ not in ("ADP", "ADV"):
        return None
    for comma in (token for token in doc[participle.i + 1 : sentence.end - 2] if token.text == ","):
        end = comma.i + 1
        while end < sentence.end - 1 and doc[end].pos_ in _INSIDE and doc[end].tag_ not in _FINITE:
            if doc[end].text.islower() and doc[end - 1].pos_ == "PROPN":
                break
            end += 1
        if doc[end - 1].pos_ == "PROPN" and _is_verb(doc[end], participle):
            return doc[end - 1]
    return None


def _is_verb(word: Token, participle: Token) -> bool:
    """A finite verb; where the parser found no verb at all but the participle, any word in small letters."""
    if word.tag_ in _FINITE:
        return True
    lost = participle.dep_ == "ROOT" and word.text.isalpha() and word.text.islower()
    return lost and word.pos_ in ("NOUN", "VERB")


def is_told_before(subject: Token) -> bool:
    """Whether what the parser takes for a subject is a participle before the real one."""
    return subject.tag_ == "VBN" and bool(subject.is_sent_start)
