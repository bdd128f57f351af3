"""When saying who has a role says that it is over: "resigned as chairman", "its chairman, X, quit in May"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract import posts
from kg.extract.clauses import children, is_passive, with_particle
from kg.extract.knowledge import Knowledge
from kg.extract.nominals import role_anchor
from kg.ontology import PropertyType


def role_ends(role: Token, bearer: Token, construction: str, prop: PropertyType, know: Knowledge) -> bool:
    """Whether a role that somebody bears has ended by what the sentence says of them."""
    said = _is_said_to_end(role_anchor(role), construction, know) or _is_dismissed(role, know)
    beside = construction in ("title", "apposition", "named") and prop.range == ("Organization",)
    return said or (beside and (_is_leaving(bearer) or _is_leaving(role)))


def _is_leaving(bearer: Token) -> bool:
    """ "Kestra chief Ida Moe quit in May", "Ida Moe, Kestra's chief, was fired": no other role is left."""
    verbs = [bearer.head] if bearer.dep_ in ("nsubj", "nsubjpass") else []
    verbs += [c for c in children(bearer, "relcl") if any(t.lower_ == "who" for t in children(c, *_SUBJECTS))]
    return any(_leaves(verb) for verb in verbs)


_SUBJECTS = ("nsubj", "nsubjpass")
#: Behind these stands what else somebody leaves.
_OTHER = ("as", "at", "from", "of", "to", "over")


def _leaves(verb: Token) -> bool:
    passive = is_passive(verb)
    said = {with_particle(verb), *(f"{verb.lemma_} {child.lower_}" for child in children(verb, "advmod"))}
    leaves = not said.isdisjoint(words("as_verbs.object_ends" if passive else "as_verbs.ends"))
    ahead = any(child.tag_ in ("MD", "TO") for child in children(verb, "aux"))
    done = verb.tag_ in ("VBD", "VBN") and not ahead
    verbal = verb.pos_ == "VERB"
    more = children(verb, "xcomp", "neg", "agent" if not passive else "dobj")
    more += [thing for thing in children(verb, "dobj") if not _is_place_of_work(thing)]
    phrases = [c for c in children(verb, "prep") if c.lower_ in _OTHER]
    return leaves and done and verbal and not more and not phrases


def _is_place_of_work(thing: Token) -> bool:
    """ "Has left the company", "quit her post"."""
    known = words("descriptions.generic_organization") | words("roles.posts_left")
    definite = any(child.lower_ == "the" or child.dep_ == "poss" for child in thing.children)
    return thing.pos_ == "NOUN" and definite and thing.lemma_.lower() in known


def _is_said_to_end(anchor: Token, construction: str, know: Knowledge) -> bool:
    """ "Resigned as chairman", "had been chairman": saying so means that it is over."""
    if construction in ("predecessor", "until"):
        return True
    if construction == "post":
        return posts.is_given_up(anchor)
    if construction in ("as", "predicate"):
        succeeds = anchor.lemma_ in know.lexicon["as_verbs.succeeding"]
        if succeeds and not is_passive(anchor):  # "X replaced Y as chairman": X has the role now
            return False
        return with_particle(anchor) in know.lexicon["as_verbs.ending"]
    auxiliaries = {child.lower_ for child in children(anchor, "aux")}
    return construction == "copula" and anchor.lower_ == "been" and "had" in auxiliaries


def _is_dismissed(role: Token, know: Knowledge) -> bool:
    """ "Fired its chief executive, X", "fired finance chief X", "parted company with its coach, X"."""
    while role.dep_ in ("conj", "compound", "nmod") and role.head.pos_ in ("NOUN", "PROPN"):
        role = role.head
    endings = know.lexicon["as_verbs.object_ends"]
    if role.dep_ == "pobj" and role.head.lower_ == "with":
        above = role.head.head
        verb = above if above.pos_ == "VERB" else above.head
        return any(f"{verb.lemma_} {thing.lemma_}" in endings for thing in children(verb, "dobj"))
    aside = children(role.head, "neg") or any(aux.tag_ in ("MD", "TO") for aux in children(role.head, "aux"))
    return role.dep_ == "dobj" and with_particle(role.head) in endings and not aside
