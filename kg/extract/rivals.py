"""What "it" may stand for beside the names of a text: common nouns, and nothing."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.discourse import Discourse
from kg.extract.pronouns import PLURAL
from kg.extract.standing import SUBJECTS, Seen, clause_of
from kg.extract.state import sentence_of


def has_rival(token: Token, number: int, discourse: Discourse) -> bool:
    """Whether "it" may as well be a common noun: the subject before it, where the name is none since."""
    several = token.lower_ in PLURAL
    latest = next(seen for seen in reversed(discourse.seen) if seen.entity == number)
    if latest.token.i not in discourse.resolved:  # an "it" before was not sure to be it either
        return True
    tags = ("NNS",) if several else ("NN",)
    start = sentence_of(token).start
    if not any(t.dep_ in SUBJECTS for t in token.doc[start : token.i]) and start:
        start = sentence_of(token.doc[start - 1]).start
    if _is_parallel(token, latest, discourse) or _goes_on(token, latest, discourse):
        return True
    return any(
        noun.tag_ in tags
        and noun.i > latest.token.i
        and (noun.dep_ in SUBJECTS or (several and sentence_of(noun) == sentence_of(token)))
        and noun.head != clause_of(token)
        and noun.i not in discourse.resolved
        and not discourse.is_name(noun)
        and noun.ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY")
        for noun in token.doc[start : token.i]
    )


def _is_parallel(token: Token, latest: Seen, discourse: Discourse) -> bool:
    """Whether an object "it" goes with an object before: "will not lend the portrait to Y, who wanted it".

    That is a definite common noun, or an "it" that stands for none of the names, since the candidate
    was mentioned, in this sentence or the one before.
    """
    if token.dep_ != "dobj" or token.lower_ != "it":
        return False
    acts = discourse.know.lexicon["transparent.acts"]
    doc, start = token.doc, sentence_of(token).start
    start = sentence_of(doc[start - 1]).start if start else start
    return any(
        noun.dep_ == "dobj"
        and noun.head != token.head
        and noun.i not in discourse.resolved
        and (noun.lower_ == "it" or (noun.tag_ == "NN" and _is_definite(noun)))
        and noun.lemma_ not in acts  # "dropped the takeover because the agency blocked it"
        for noun in doc[max(start, latest.token.i + 1) : token.i]
    )


def _goes_on(token: Token, latest: Seen, discourse: Discourse) -> bool:
    """Whether a subject "It" goes on with the subject before: "The picture shows X, who made Y. It hung in".

    That is a definite common noun of no person, and the candidate stands in a clause below it.
    """
    if token.dep_ not in SUBJECTS or token.head.dep_ != "ROOT" or not sentence_of(token).start:
        return False
    before = sentence_of(token.doc[sentence_of(token).start - 1])
    types = discourse.know.ontology.noun_types
    below = sentence_of(latest.token) == before and clause_of(latest.token) != before.root
    return below and any(
        noun.tag_ == "NN"
        and noun.i not in discourse.resolved
        and _is_definite(noun)
        and types.get(noun.lemma_.lower()) != "Person"
        for noun in before.root.children
        if noun.dep_ in SUBJECTS
    )


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in ("the", "this", "that") for child in noun.children)


def is_expletive(token: Token) -> bool:
    """ "It is clear that", "it rained": an it that stands for nothing."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ not in ("be", "seem", "appear"):
        return False
    for child in verb.children:
        if child.dep_ == "acomp" and (
            child.lower_ in words("grammar.willing") or not _has_clause(verb, child)
        ):
            return False
    return any(
        child.dep_ in ("ccomp", "xcomp", "advcl", "acomp")
        or (child.dep_ == "attr" and child.lower_ == "time")
        for child in verb.children
    )


def _has_clause(*tokens: Token) -> bool:
    """Whether a clause hangs on one of some words: "it is clear that", not "it is small"."""
    return any(c.dep_ in ("ccomp", "xcomp", "advcl", "csubj") for token in tokens for c in token.children)
