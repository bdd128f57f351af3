"""What ends or is given up: "closed its office in Y", "walked away from its takeover of Y"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.candidate import Candidate
from kg.extract.clauses import children, with_particle
from kg.extract.knowledge import Knowledge
from kg.ontology import PropertyType

_PARTICLES = ("ADP", "ADV", "SCONJ")


#: With these one says what a takeover is to bring.
_AHEAD = frozenset(("would", "could", "'d", "might", "may"))


def hangs(verb: Token, event: Token) -> bool:
    """ "The takeover has stalled", "is in doubt", "would create the largest bank": it is not done."""
    if event.dep_ not in ("nsubj", "nsubjpass"):
        return False
    auxiliaries = {aux.lower_ for aux in children(verb, "aux")}
    dated = any(
        below.ent_type_ == "DATE" for below in event.subtree
    )  # "its 2019 purchase of X could cost it"
    if auxiliaries & _AHEAD and "have" not in auxiliaries and not dated:
        return True
    states = [t for prep in children(verb, "prep") for t in children(prep, "pobj")]
    doubted = any(state.lemma_.lower() in words("status.hanging.nouns") for state in states)
    return with_particle(verb) in words("status.hanging.verbs") or (
        verb.lemma_ in ("be", "remain") and doubted
    )


def once(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates but the event nouns of a verb that says itself that their relation has ended.

    "Closed its plant in Y" is one fact, the end of a site, not also that there is a plant.
    """
    found = list(found)
    ended = {(c.found.property.name, c.anchor.i) for c in found if c.ends and c.found.frame.kind == "verb"}
    for candidate in found:
        noun = candidate.found.frame.kind == "event"
        above = _governor(candidate.anchor.doc[candidate.trigger[1] - 1]) if noun and ended else None
        paper = candidate.construction == "origin"  # "renounced his French citizenship"
        if paper or above is None or (candidate.found.property.name, above.i) not in ended:
            yield candidate


def _governor(noun: Token) -> Token | None:
    """The verb of which a noun is the object or stands in a phrase: "walked away from talks"."""
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head
    above = noun
    while above.dep_ in ("pobj", "prep", "advmod") and above.head.pos_ in (*_PARTICLES, "VERB"):
        above = above.head
    return above if above.pos_ == "VERB" and above != noun else None


def closed(noun: Token, prop: PropertyType, know: Knowledge) -> Token | None:
    """The verb that closes a place of work ("shut its Y office"), or None; a deal that closes is done."""
    verb = noun.head
    closes = noun.dep_ in ("dobj", "nsubjpass") and with_particle(verb) in know.lexicon["light_verbs.close"]
    return verb if closes and know.is_where(prop) else None


def town_before(site: Token) -> list[Token]:
    """The place before a noun for a place of work: "its Leeds office"; a name, not an adjective."""
    owned = any(child.dep_ == "poss" for child in site.children)
    places = [child for child in children(site, "compound", "nmod") if child.ent_type_ == "GPE"]
    near = places[-1:] if places and places[-1].i == site.i - 1 else []
    return near if owned or any(child.lower_ in ("a", "the") for child in site.children) else []


def gives_up(chain: list[Token], know: Knowledge) -> str:
    """What "walked away from" and "pulled out of" say of the noun that they lead to; "" if they do not.

    ``chain``: the noun, its prepositions and adverbs, the verb.
    """
    noun, *between, verb = chain
    inside = all(word.pos_ in _PARTICLES for word in between)
    if not inside or verb.pos_ != "VERB" or noun.pos_ not in ("NOUN", "PROPN"):
        return ""
    if f"{verb.lemma_} {between[-1].lower_}" not in know.lexicon["status.denied.leaving"]:
        return ""
    return "denied" if noun.lemma_.lower() in know.lexicon["status.unfinished.nouns"] else "ended"


def leads_on(adverb: Token, know: Knowledge) -> bool:
    """Whether an adverb makes one word with its verb: "walked away from a deal", "from buying Y"."""
    verb = f"{adverb.head.lemma_} {adverb.lower_}"
    return (
        adverb.dep_ == "advmod"
        and verb in know.lexicon["status.denied.leaving"]
        and any(children(prep, "pobj", "pcomp") for prep in children(adverb, "prep"))
    )


def is_halted(deed: Token, verb: Token, know: Knowledge) -> bool:
    """Whether somebody stands in the way of a deed: "may stop the takeover", "has blocked its bid"."""
    undone = (
        deed.dep_ in ("dobj", "nsubjpass") and deed.lemma_.lower() in know.lexicon["status.unfinished.nouns"]
    )
    return undone and with_particle(verb) in know.lexicon["status.halting.verbs"]


def is_under_review(deed: Token, verb: Token, know: Knowledge) -> bool:
    """ "Are examining the takeover": the past of it does not say whether the takeover came."""
    now = verb.tag_ in ("VB", "VBG", "VBP", "VBZ")
    listed = deed.lemma_.lower() in know.lexicon["status.pending.reviewed"]
    return now and listed and verb.lemma_ in know.lexicon["status.pending.reviews"]


def is_under_way(verb: Token) -> bool:
    """ "Is closing its office in Y": it is not closed yet."""
    present = any(child.lower_ in ("is", "are", "'s", "'re", "’s", "’re") for child in children(verb, "aux"))
    return verb.tag_ == "VBG" and present
