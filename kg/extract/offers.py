"""Bids and deals: to whom a bid was made ("Y rejected a bid from X"), and what a deal was worth."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, logical_subjects, prepositions, with_particle


def receivers(offer: Token) -> list[Token]:
    """Who got, weighed, took or refused a takeover offer; not other offers ("rejected a job offer")."""
    verb = offer.head
    if offer.dep_ not in ("dobj", "nsubjpass") or with_particle(verb) not in words("offers.answering"):
        return []
    return logical_subjects(verb) if _is_for_a_firm(offer) else []


def _is_for_a_firm(offer: Token) -> bool:
    said = {child.lemma_.lower() for child in children(offer, "compound", "amod", "nmod")}
    priced = any(word.ent_type_ == "MONEY" for word in offer.subtree)
    return priced or bool(said & words("offers.takeover")) or offer.lemma_.lower() in words("offers.always")


def deals(verb: Token) -> list[Token]:
    """The nouns whose sum is that of a verb: "bought X in a deal worth $2 million"."""
    named = prepositions(verb) if verb.pos_ == "VERB" else ()
    return [t for name, t in named if name in ("in", "under") and t.lemma_.lower() in words("offers.deals")]
