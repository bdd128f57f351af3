"""Bids and deals: to whom a bid was made ("Y rejected a bid from X"), and what a deal was worth."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, logical_subjects, prepositions, with_particle


def receivers(offer: Token) -> list[Token]:
    """Who got, weighed, took or refused a takeover offer; not other offers ("rejected a job offer")."""
    agreed = offer.dep_ == "pobj" and offer.head.lower_ == "to" and offer.head.head.lemma_ == "agree"
    verb = offer.head if not agreed else offer.head.head
    if agreed:
        return logical_subjects(verb) if _is_for_a_firm(offer) else []
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


def priced(word: Token) -> list[Token]:
    """What "it" or "the company" is that a deal values: what is bought, or what a stake or a sum goes into.

    "Bought Y, valuing it at", "sold a stake in Y in a deal that values the company at".
    """
    valuing = word.head
    deal = _deal_of(valuing) if word.dep_ == "dobj" and valuing.lemma_ == "value" else None
    things = children(deal, "dobj") if deal is not None else []
    names = [thing for thing in things if thing.pos_ == "PROPN"]
    holders = [thing for thing in (*things, *([deal] if deal is not None else [])) if thing.pos_ != "PROPN"]
    return names or [
        t for held in holders for name, t in prepositions(held) if name == "in" and t.pos_ == "PROPN"
    ]


def _deal_of(valuing: Token) -> Token | None:
    """The verb whose deal values something: "buy Y, valuing", "buy Y in a deal that values"."""
    if valuing.dep_ == "advcl" and valuing.tag_ == "VBG":
        return valuing.head
    deal = valuing.head
    inside = (
        valuing.dep_ in ("relcl", "acl")
        and deal.dep_ == "pobj"
        and deal.lemma_.lower() in words("offers.deals")
    )
    return next((above for above in deal.ancestors if above.pos_ == "VERB"), None) if inside else None
