"""Who belongs to a group that a plural noun names: "its backers include X", "counts X among its backers"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import all_conjuncts, children, logical_objects
from kg.extract.state import sentence_of

_IN_TITLE = ("det", "compound", "amod", "nmod", "poss", "case")


def members(noun: Token) -> Iterator[Token]:
    """Its nouns include X and Y; nouns such as X; its nouns, among them X."""
    yield from _included(noun)
    for prep in children(noun, "prep"):
        if prep.lower_ in ("including", "like") or (
            prep.lower_ == "as" and [c for c in prep.children if c.lower_ == "such"]
        ):
            yield from children(prep, "pobj")
        if prep.lower_ == "among" and any(c.lower_ == "them" for c in prep.children):
            yield from (name for name in children(prep, "pobj") if name.lower_ != "them")
    if noun.dep_ == "nsubj" and noun.tag_ == "NNS":
        yield from among_them(noun.head)
    behind = noun.doc[noun.right_edge.i + 1 : noun.right_edge.i + 4]
    if [word.lower_ for word in behind] == [",", "among", "them"]:
        yield from (name for name in children(behind[1], "pobj") if name.i > behind[2].i)


def among_them(verb: Token) -> Iterator[Token]:
    """ "70 hospitals use it, among them X and Y": names behind the verb."""
    for prep in children(verb, "prep"):
        names = children(prep, "pobj") if prep.lower_ in ("among", "including") and prep.i > verb.i else []
        if prep.lower_ == "including" or any(name.lower_ == "them" for name in names):
            yield from (name for name in names if name.lower_ != "them")


def _included(noun: Token) -> Iterator[Token]:
    """ "Its investors include X", "from investors who included X"."""
    some = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    some = some if some.lower_ in ("some", "many", "several") else noun  # "some of its clients include X"
    above = [some.head] if some.dep_ == "nsubj" else []
    for verb in (*above, *children(noun, "relcl")):
        if verb.lemma_ == "include":
            yield from children(verb, "dobj")


def among(noun: Token) -> Iterator[Token]:
    """X is among its nouns; among its nouns is X; it counts X among its nouns."""
    verb = grouping_verb(noun)
    if verb is None:
        return
    if verb.lemma_ != "be":
        yield from logical_objects(verb)
        return
    if any(owner.pos_ == "PRON" for owner in children(noun, "poss")):
        return  # whose they are stands in a sentence before, where it is too often another's
    front = noun.i < verb.i
    yield from (name for name in children(verb, "nsubj", "attr") if (name.i > verb.i) == front)


def grouping_verb(noun: Token) -> Token | None:
    """The verb that puts somebody among the members of a group, or None."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "among" or noun.tag_ != "NNS":
        return None
    verb = _above(prep)
    return verb if verb.lemma_ == "be" or verb.lemma_ in words("as_verbs.counting") else None


def some_of(noun: Token) -> list[Token]:
    """ "X is one of the firms that Y", "X and Y are among those that Z": who some of a group are."""
    prep = noun.head
    if noun.dep_ != "pobj" or not (noun.tag_ == "NNS" or noun.lower_ == "those"):
        return []
    told = [c for c in noun.rights if c.dep_ in ("relcl", "acl")]
    count = prep.head
    one = prep.lower_ == "of" and count.dep_ == "attr" and (count.pos_ == "NUM" or count.lower_ == "some")
    if not told or not (one or prep.lower_ == "among"):
        return []
    verb = count.head if one else prep.head
    if verb.lemma_ != "be" or is_unsure(verb):
        return []
    return [name for name in all_conjuncts(children(verb, "nsubj")) if name.i < verb.i]


def is_unsure(be: Token) -> bool:
    """Whether "is not", "may be" leaves open whether somebody is what is said."""
    return any(c.dep_ in ("neg", "expl") or c.tag_ == "MD" for c in be.children)


def counted_by(role: Token) -> Token | None:
    """The verb of "lists X as a shareholder", which says at whom X is one; or None."""
    if role.dep_ != "pobj" or role.head.lower_ not in ("as", "among"):
        return None
    verb = _above(role.head)
    return verb if verb.lemma_ in words("as_verbs.counting") else None


def _above(prep: Token) -> Token:
    """What a phrase belongs to: the verb, also where the parser hung it on the name before it."""
    above = prep.head
    while above.pos_ == "PROPN" and above.dep_ in ("dobj", "conj"):
        above = above.head
    return above


def until_lately(noun: Token) -> Iterator[Token]:
    """X, until last year the noun of Y, did: the name before the comma."""
    doc, first = noun.doc, sentence_of(noun).start
    until = next(
        (i for i in range(noun.i - 1, max(first + 1, noun.i - 9), -1) if doc[i].lower_ == "until"), 0
    )
    if not until or doc[until - 1].text != ",":
        return
    times = [i for i in range(until + 1, noun.i) if doc[i].ent_type_ == "DATE" or doc[i].lower_ == "recently"]
    rest = doc[times[-1] + 1 if times else until + 1 : noun.i]
    name = doc[until - 2]
    inside = all(word.dep_ in _IN_TITLE or word.head.i > word.i for word in rest)
    if times and inside and name.pos_ == "PROPN" and name.ent_type_ == "PERSON":
        yield name
