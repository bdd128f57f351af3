"""Who puts money into a round beside whom the verb names: "raised $4 million, led by X, with Y investing"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import agents, all_conjuncts, children, prepositions

#: What those who stand beside the leader of a round are told to be doing.
_JOINING = ("contributing", "investing", "joining", "participating")


def add_investors(verb: Token, slots: dict[str, list[Token]]) -> None:
    """Count who takes part among those who led the round, or from whom the money came."""
    raising = verb.lemma_ in words("grammar.raising")
    if raising:
        known = slots.setdefault("from", [])
        known += [t for t in (*_leaders(verb), *_participants(verb), *_sources(verb)) if t not in known]
    elif verb.lemma_ in ("lead", "head"):
        more = list(_participants(verb))
        slots["subj"] = [*slots["subj"], *more]
        slots["+of"] = [token for token in slots.get("+of", []) if token not in more]


def _participants(verb: Token) -> Iterator[Token]:
    """ "With X also taking part", "with participation from X", "with the participation of X"."""
    things = children(verb, "dobj")
    held = [verb, *things, *(t for thing in things for _, t in prepositions(thing))]
    for prep in (prep for word in held for prep in children(word, "prep") if prep.lower_ == "with"):
        for gerund in children(prep, "pcomp"):
            part = gerund.lower_ == "taking" and any(c.lower_ == "part" for c in gerund.children)
            joins = any(c.lower_ == "in" for c in children(gerund, "prt", "prep", "advmod"))
            if part or gerund.lower_ in _JOINING or (joins and gerund.lower_ in ("chipping", "putting")):
                yield from all_conjuncts(children(gerund, "nsubj"))
        for noun in children(prep, "pobj"):
            if noun.lower_ == "participation":
                yield from (name for word, name in prepositions(noun) if word in ("from", "of"))


def _leaders(verb: Token) -> Iterator[Token]:
    """ "Raised $4 million in funding led by X": of a round they are read where the round is."""
    sums = children(verb, "dobj")
    below = [thing for part in sums for _, thing in prepositions(part)]
    for led in (c for word in (verb, *sums, *below) for c in children(word, "acl", "advcl")):
        alone = led.head.lemma_.lower() != "round"
        if led.tag_ == "VBN" and led.lemma_ in ("lead", "co-lead", "spearhead", "anchor") and alone:
            yield from all_conjuncts(agents(led))


def _sources(verb: Token) -> Iterator[Token]:
    """ "Raised $3 million in its first round of funding from X", "secured a round of funding by X"."""
    for thing in children(verb, "dobj"):
        held = [thing, *(t for _, t in prepositions(thing)), *(t for _, t in prepositions(verb))]
        held += [below for part in held for word, below in prepositions(part) if word == "of"]
        for part in held:
            if part.lemma_.lower() in words("grammar.funds"):
                yield from (name for word, name in prepositions(part) if word in ("from", "by"))
