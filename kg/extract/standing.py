"""How a mention stands in its sentence: its role and clause, and what grammar forbids it to be."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.state import sentence_of

#: Pronouns that stand for one person, with their gender.
PERSONAL = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSES = frozenset("ROOT relcl advcl ccomp conj acl xcomp pcomp".split())
#: People who speak of others than those they work for.
_OUTSIDERS = frozenset("analyst economist strategist researcher lawyer broker".split())
_PREPOSITIONS = frozenset(
    "with by to for from of against between as like on about including after in at".split()
)
_ROLES = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "dobj": "object",
    "dative": "object",
    "poss": "owner",
    "appos": "apposition",
    "compound": "modifier",
    "nmod": "modifier",
}


class Seen(NamedTuple):
    """One mention of one thing, with where it stands: sentence, role and clause, order among the mentions."""

    entity: int
    token: Token
    sentence: int
    role: str
    kind: str
    order: int
    clause: int
    opens: bool

    @property
    def subject(self) -> bool:
        """Whether it is what its clause is about."""
        return self.role == "subject"


class Standing(NamedTuple):
    """How a mention stands in its clause, whatever the pronoun.

    ``depth`` counts the nouns between it and its verb, ``clause`` is the dependency of the verb,
    ``passive`` its role in a passive clause or "", ``written`` "full name", "short name" or "".
    """

    depth: int
    clause: str
    preposition: str
    passive: str
    written: str


def standing_of(seen: Seen, verb: Token) -> Standing:
    depth, above = 0, seen.token
    while above.head != above and above.head.pos_ not in ("VERB", "AUX"):
        above = above.head
        depth += above.dep_ != "prep"
    before = seen.token.head if seen.token.dep_ == "pobj" else None
    names = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in seen.token.children)
    return Standing(
        min(depth, 3),
        verb.dep_ if verb.dep_ in _CLAUSES else "other",
        "" if before is None else before.lower_ if before.lower_ in _PREPOSITIONS else "other",
        seen.role if any(child.dep_ == "auxpass" for child in verb.children) else "",
        "" if seen.kind == "pronoun" else "full name" if names else "short name",
    )


def role_of(token: Token) -> str:
    """The role of a name in its clause, a coordinated one's that of the first name in its list."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ == "pobj":
        return "agent" if token.head.dep_ == "agent" else "oblique"
    return _ROLES.get(token.dep_, "other")


def is_subject(token: Token) -> bool:
    """Whether a word is the subject of its clause, alone, first of a list, or through "executives at X"."""
    if token.dep_ in SUBJECTS:
        return True
    people = token.head.head
    through = token.dep_ == "pobj" and token.head.lower_ in ("at", "of") and people.dep_ == "nsubj"
    return through and people.lemma_.lower() not in _OUTSIDERS


def is_reporter(token: Token) -> bool:
    """Whether a name only brings the news: "Reuters reported", "told Reuters", "according to Reuters"."""
    verb = token.head
    if token.dep_ == "nsubj":
        return verb.lemma_ == "report" and not any(child.dep_ == "dobj" for child in verb.children)
    if token.dep_ in ("dobj", "dative"):
        return verb.lemma_ == "tell"
    return token.dep_ == "pobj" and verb.lower_ == "to" and verb.head.lower_ == "according"


def clause_of(token: Token) -> Token:
    """The verb of the clause that a word stands in; the root where there is none."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return above
    return sentence_of(token).root


def is_in_subject(token: Token, verb: Token) -> bool:
    """Whether a word stands inside the subject of a verb: "Moe, a former Orbix manager, is its chief"."""
    return any(ancestor.dep_ in SUBJECTS and ancestor.head == verb for ancestor in (token, *token.ancestors))


def bound(token: Token, seen: Seen) -> bool:
    """Whether grammar forbids the two to be one: "her brother X", "X sued it", "X's rival sued its …"."""
    if token.dep_ == "poss":
        noun = token.head
        if noun.dep_ == "attr" and is_in_subject(seen.token, noun.head):  # "X and Y are its customers"
            return True
        return (seen.token.head == noun and seen.token.dep_ in ("appos", "compound")) or noun == seen.token
    clause, other = token.head, seen.token.head
    near = token.lower_ in PERSONAL  # the weights of persons were fitted on the clause alone
    if token.dep_ in ("dobj", "dative") and seen.token.dep_ in SUBJECTS:
        while not near and clause.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in clause.head.children):
            clause = clause.head  # "X tried to buy it"
        return clause == other
    if token.dep_ == "pobj" and seen.token.dep_ in SUBJECTS:
        above = clause.head
        while not near and above.dep_ == "pobj" and above.pos_ == "NOUN":  # "X owns 12 percent of it"
            above = above.head.head
        return other in (clause.head, above.head if above.dep_ == "dobj" and not near else above)
    return False
