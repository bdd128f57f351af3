"""Who is named to what: "Y named X its chief executive", however the parser hangs the two on each other."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, is_passive, prepositions, with_particle


class Appointed(NamedTuple):
    """The verb that names somebody to a role, and the name."""

    verb: Token
    name: Token


def appointed(role: Token) -> Appointed | None:
    """The verb and the name of which a noun is the second complement, or None.

    The name may be another complement of the verb, the head that the role stands beside, or a modifier
    of the role: "named X its chief", "named [X its chief]", "named [X chief]".
    """
    name = (_beside(role) or _within(role)) if role.dep_ in ("oprd", "dobj") else _above(role)
    if name is None:
        return None
    verb = role.head if role.dep_ != "appos" else name.head
    fits = verb.lemma_ in words("as_verbs.employer") and not is_passive(verb)
    return Appointed(verb, name) if fits and name.i > verb.i else None


def predecessors(role: Token) -> list[Token]:
    """ "X succeeded Y as chairman", "Y was followed by X as chairman": who was it before, Y."""
    verb = role.head.head
    if role.dep_ != "pobj" or role.head.lower_ != "as" or verb.pos_ != "VERB":
        return []
    if is_passive(verb):
        return children(verb, "nsubjpass") if verb.lemma_ in words("as_verbs.succeeding") else []
    if verb.lemma_ in words("as_verbs.succeeding"):
        return children(verb, "dobj")
    takes = with_particle(verb) == "take over"
    return [before for name, before in prepositions(verb) if takes and name == "from"]


def replaced(role: Token) -> tuple[Token, list[Token]]:
    """ "Replaced chairman X with Y": the verb, and who has the role after it."""
    holder = role
    while holder.dep_ in ("conj", "compound", "nmod") and holder.head.pos_ in ("NOUN", "PROPN"):
        holder = holder.head
    verb = holder.head
    if holder.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in words("grammar.replacing"):
        return verb, []
    above = (verb, holder, *children(holder, "appos"))  # the parser may hang "with Y" on any of them
    heirs = [heir for word in above for name, heir in prepositions(word) if name == "with"]
    heirs += [heir for agent in children(verb, "agent") for heir in children(agent, "pobj")]
    return verb, [heir for heir in heirs if heir.pos_ == "PROPN"]


def _beside(role: Token) -> Token | None:
    """ "Named X/oprd its chief/oprd"."""
    names = [c for c in children(role.head, "oprd") if c.pos_ == "PROPN" and c.i < role.left_edge.i]
    return names[-1] if names else None


def _above(role: Token) -> Token | None:
    """ "Named X/dobj its chief/appos": a comma between them would make it what X was before."""
    name, before = role.head, role.left_edge.i - 1
    beside = role.dep_ == "appos" and name.dep_ in ("dobj", "oprd") and before >= name.i
    return name if beside and name.pos_ == "PROPN" and not role.doc[before].is_punct else None


def _within(role: Token) -> Token | None:
    """ "Appointed X/nmod chief/dobj"."""
    names = [c for c in children(role, "nmod", "compound") if c.ent_type_ == "PERSON"]
    return names[-1] if names and not children(role, "poss", "det") else None


def is_named_by(verb: Token) -> bool:
    """ "Its next chairman will be Ida Moe", "is to be Ida Moe"."""
    return any(
        child.pos_ == "PROPN" for be in (verb, *children(verb, "xcomp")) for child in children(be, "attr")
    )
