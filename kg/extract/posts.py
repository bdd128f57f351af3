"""Roles said by another word: "holds the post of chief executive", "took on the role of chairman"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import (
    all_conjuncts,
    children,
    is_listed,
    is_passive,
    prepositions,
    surface_subjects,
    with_particle,
)
from kg.extract.lists import top_of_list


def post_of(role: Token) -> Token | None:
    """The "post" of "the post of chief executive", "the chief executive's post", or None."""
    if role.dep_ == "poss" and role.pos_ == "NOUN" and role.head.lemma_ in words("roles.posts"):
        return role.head if role.head.dep_ != "pobj" or role.head.head.lower_ == "into" else None
    top = top_of_list(role)
    if top.dep_ != "pobj" or top.head.lower_ not in ("of", "as") or top.head.dep_ != "prep":
        return None
    post = top.head.head
    return post if post.pos_ == "NOUN" and post.lemma_ in words("roles.posts") else None


def anchor_of(role: Token) -> Token | None:
    """The verb that says who has a post; the post where that verb only judges it ("turned down the post")."""
    verb = verb_of(role)
    if verb is None:
        return None
    judged = [words(f"status.{status}.verbs") for status in ("denied", "planned", "possible")]
    offered = verb.lemma_ == "offer" or any(with_particle(verb) in verbs for verbs in judged)
    return post_of(role) if offered else verb


def _changing() -> frozenset[str]:
    """What is done with a post by who has, takes, leaves or refuses it."""
    lists = ("roles.leaving", "roles.holding", "roles.taking", "as_verbs.ends", "status.denied.verbs")
    return frozenset().union(*(words(name) for name in lists))


def verb_of(role: Token) -> Token | None:
    """The verb whose object a post is: "holds the post of chief executive"."""
    post = post_of(role)
    if post is None or post.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return None
    verb = post.head if post.dep_ != "pobj" else post.head.head
    if post.dep_ == "dobj" and not is_passive(verb) and not is_listed(verb, _changing()):
        return None  # "discussed the post of chairman"
    to = post.dep_ != "pobj" or post.head.lower_ in ("to", "from", "in", "into")
    return verb if verb.pos_ == "VERB" and to else None


def holders(role: Token) -> list[Token]:
    """Who holds the post: the subject, or whom the passive gives it to."""
    verb = verb_of(role)
    if verb is None:
        return []
    post = post_of(role)
    given = is_passive(verb) or (post is not None and post.dep_ == "dobj")
    moved = children(verb, "dobj") if not given else []  # "promoted X to the post of"
    return all_conjuncts(moved or surface_subjects(verb))


def places(role: Token) -> list[Token]:
    """At whom the post is: "the post of chief executive at Y", "Y's post of"."""
    post = post_of(role)
    if post is None:
        return []
    owned = [owner for owner in children(post, "poss") if owner.pos_ == "PROPN"]
    return owned or [
        t for name, t in prepositions(post) if name in ("at", "with", "in") and t.pos_ == "PROPN"
    ]


def is_given_up(verb: Token) -> bool:
    """ "Gave up the post of chairman", "resigned from the post of chairman"."""
    return with_particle(verb) in words("roles.leaving") | words("as_verbs.ends")
