"""Whom a name behind a noun and its owner names: "the chief executive of Y, X", "the son of X, Earl of Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.clauses import SUBJECTS, children, conjuncts
from kg.extract.parts import counted
from kg.extract.state import sentence_of


def is_behind_the_verb(subject: Token, name: Token) -> bool:
    """ "Its software is built by the firm X": what stands behind the verb does not name its subject."""
    return subject.dep_ in SUBJECTS and subject.i < subject.head.i < name.i


def beside(role: Token) -> list[Token]:
    """What an apposition stands beside: the name right before the comma; of a plural the whole list."""
    left, head = role.left_edge.i, role.head
    near = (
        role.doc[left - 2] if left > sentence_of(role).start + 1 and role.doc[left - 1].text == "," else None
    )
    first = head.head if head.dep_ == "conj" and head.pos_ == "PROPN" else head
    if near is not None and role.tag_ == "NNS" and near in conjuncts(first):
        return conjuncts(first)  # "X and Y, both veterans of Z"
    return [near if near is not None and near.pos_ == "PROPN" and near.i > head.i else head]


def behind_the_owner(noun: Token) -> Iterator[Token]:
    """ "The chief executive of Y, X, said": the parser makes the person an apposition of the firm."""
    if noun.dep_ not in (*SUBJECTS, "dobj", "pobj"):
        return
    for name in (p for prep in children(noun, "prep") if prep.lower_ == "of" for p in children(prep, "pobj")):
        person = [c for c in children(name, "appos") if c.ent_type_ == "PERSON"]
        if name.ent_type_ in ("ORG", "GPE") and person and noun.doc[person[0].left_edge.i - 1].text == ",":
            yield person[0]


def names_the_owner(noun: Token, name: Token) -> bool:
    """ "He was the son of X, Earl of Y": what stands behind the owner is the owner's."""
    owners = [p for prep in children(noun, "prep") if prep.lower_ == "of" for p in children(prep, "pobj")]
    borne = noun.dep_ in ("attr", "appos", "conj") or (noun.dep_ == "pobj" and noun.head.lower_ == "as")
    return borne and any(owner.pos_ == "PROPN" and owner.i < name.i for owner in owners)


def group_noun(root: Token) -> Iterator[str]:
    """What a name stands behind: "the insurer, Orbix", "two insurers, Orbix and Kestra"."""
    if root.dep_ == "oprd" and root.head.dep_ == "acl" and root.head.tag_ == "VBN":  # "an app called X"
        noun = root.head.head
        yield from (noun.lemma_.lower(), f"{noun.nbor(-1).lower_} {noun.lemma_.lower()}" if noun.i else "")
    first = root
    while first.dep_ == "conj" and first.head.pos_ == "PROPN" and first.head.i < first.i:
        first = first.head
    noun = first.head
    if first.dep_ == "appos" and noun.pos_ == "NOUN" and (first == root or noun.tag_ == "NNS"):
        yield noun.lemma_.lower()
    if first != root:  # "backers Orbix and Kestra"
        before = [c for c in first.children if c.dep_ in ("compound", "nmod") and c.tag_ == "NNS"]
        yield from (group.lemma_.lower() for group in before)
    yield from _instance_of(root)


def _instance_of(root: Token) -> Iterator[str]:
    """ "A range of scooters, including the Pellwo and the Tavira", "scooters such as the Pellwo"."""
    first = root
    while first.dep_ in ("conj", "appos") and first.head.pos_ == "PROPN" and first.head.i < first.i:
        first = first.head
    prep = first.head
    such = prep.lower_ == "as" and any(child.lower_ == "such" for child in prep.children)
    if first.dep_ == "pobj" and (prep.lower_ == "including" or such):
        noun = counted(prep.head)
        if noun.tag_ == "NNS":
            yield noun.lemma_.lower()


def is_make(name: Token, noun: Token) -> bool:
    """ "Its Kestra jets": who has aircraft has bought them, as a rule; "its Orbix ovens" it makes itself."""
    return name.ent_type_ == "ORG" and noun.lemma_.lower() in words("names.aircraft")


def labelled(doc: Doc, start: int, end: int, is_one: bool) -> Iterator[str]:
    """The noun that a name stands before: "the Orbix platform"."""
    root = doc[start:end].root
    labels = (
        root.dep_ in ("compound", "nmod", "amod")
        and root.head.pos_ == "NOUN"
        and end <= root.head.i < end + 3
    )
    if labels and all(doc[i].dep_ in ("compound", "amod", "nmod") for i in range(end, root.head.i)):
        before = doc[start - 1].lower_ if start else ""
        indefinite = before in ("a", "an") and is_one
        if is_make(root, root.head):
            return
        if before == "the" and root.head.lemma_.lower() in words("classes.told_by_town"):
            return  # "the Bristol company"
        if indefinite or before in ("the", "its", "'s", "’s", "their", "his", "her", "'", "’"):
            yield root.head.lemma_.lower()
            yield from (doc[i : root.head.i + 1].text.lower() for i in range(end, root.head.i))
