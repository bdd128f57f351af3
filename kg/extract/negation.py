"""Words that deny: "did not", "no deal", "neither X nor Y", "has no stake in"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import children

_NEGATIONS = frozenset(("not", "n't", "never", "neither", "nor", "no", "without", "n’t"))


def negates(child: Token) -> bool:
    """ "did not", "no deal", "neither Kestra nor Orbix bought"."""
    if child.dep_ in ("nsubj", "nsubjpass"):
        return any(below.lower_ == "neither" for below in child.children)
    return child.dep_ == "neg" or (child.dep_ in ("det", "preconj", "advmod") and child.lower_ in _NEGATIONS)


def has_none(verb: Token) -> bool:
    """ "Has no stake in Y", "runs no plants in Y", "is no partner of Y"."""
    things = children(verb, "dobj", "attr") if verb.pos_ in ("VERB", "AUX") else []
    return any(c.dep_ == "det" and c.lower_ in ("no", "neither") for t in things for c in t.children)


def after_nor(verb: Token) -> bool:
    """ "Would neither confirm nor deny": what stands behind "nor"."""
    above = verb.head
    joins = (c for c in above.children if c.dep_ == "cc" and above.i < c.i < verb.i)
    return verb.dep_ == "conj" and any(word.lower_ == "nor" for word in joins)


def is_contrasted(side: Token) -> bool:
    """ "Born in X, not in Y", "sued X but not Y": what is said is denied of Y."""
    phrase = side.head.dep_ == "prep" and children(side.head, "neg")
    return bool(phrase) or (side.dep_ == "conj" and bool(children(side, "neg")))
