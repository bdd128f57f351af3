"""Whom a relative clause is about, and whose a thing is that was wronged."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import conjuncts, surface_subjects


def whole_group(token: Token, antecedent: Token) -> list[Token]:
    """ "By the sisters X and Y, who studied": all of them, where the clause stands behind the last."""
    first = antecedent
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    names = conjuncts(first)
    if len(names) < 2 or names[-1].i > token.i or token.head.tag_ == "VBZ":
        return []
    plural = token.head.tag_ == "VBP" or any(c.lower_ in ("are", "were", "have") for c in token.head.children)
    told = [*first.children, first.head, token.doc[max(0, first.left_edge.i - 1)]]
    return names if plural or any(t.tag_ == "NNS" and t.i < first.i for t in told) else []


def wronged(verb: Token) -> list[Token]:
    """ "X accused Y of copying its app", "sued Y for stealing its code": whose it is."""
    harms = verb.dep_ == "pcomp" and verb.lemma_ in words("grammar.harming")
    blaming = verb.head.head
    return surface_subjects(blaming) if harms and blaming.lemma_ in words("grammar.blaming") else []
