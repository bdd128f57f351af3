"""Clauses without their verb: "bought X in 2019 and Y in 2021", "60% owned by X and 40% by Y".

The parser hangs the second name anywhere and its date or sum on the verb. Here the name becomes one of
the first name's list, with its own date and sum below it (gapping: Quirk et al., 13.92).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import SUBJECTS, children

_SUMS = frozenset(("MONEY", "PERCENT"))
_OWN = _SUMS | {"DATE"}
#: What stands for a sum: "and Y the rest".
_REST = frozenset(("remainder", "rest"))


def mend(sentence: Span) -> None:
    """Hang the names without a verb on the name that they are listed with."""
    if not any(ent.label_ in _OWN for ent in sentence.ents):
        return
    for token in sentence:
        if token.lower_ == "and" or token.text == ",":
            _after(token, sentence)


def own(name: Token) -> bool:
    """Whether a listed name has a date or a sum of its own below it."""
    return name.dep_ == "conj" and name.pos_ == "PROPN" and any(True for _ in own_values(name))


def own_values(name: Token) -> Iterator[Token]:
    """The heads of the dates and sums below a listed name."""
    for child in name.children:
        below = [child, *(child.children if child.dep_ in ("prep", "dep") else ())]
        told = (t for t in below if t.i > name.head.i)
        yield from (t for t in told if t.ent_type_ in _OWN or t.lower_ in _REST or _is_bare(t, name))


def _after(joint: Token, sentence: Span) -> None:
    """What "and" or a comma joins: a name with its date or sum, or a sum with its name."""
    doc, start = joint.doc, joint.i + 1
    first = _value_end(doc, start, sentence.end)
    if first and first < sentence.end and doc[first].pos_ == "ADP":
        _sum_first(joint, start, first, sentence)
        return
    preposition = doc[start] if start < sentence.end and doc[start].pos_ == "ADP" else None
    name = _name(doc, start + (preposition is not None), sentence.end)
    if name is None or name.dep_ in SUBJECTS or _is_partner(joint, sentence):
        return
    end = _values_end(doc, name.i + 1, sentence.end)
    end += end == name.i + 1 and _is_share(name, sentence)
    listed = joint.text == "," and not (end < sentence.end and doc[end].lower_ in (",", "and"))
    if end > name.i + 1 and not listed:
        before = _listed_with(joint, name, preposition, sentence)
        if before is not None:
            _rehang(before, name, preposition, range(name.i + 1, end))


def _is_bare(number: Token, name: Token) -> bool:
    """ "X owns 45 percent and Y 20": a number without its percent sign, which ends a phrase."""
    last = number.i + 1 < len(number.doc) and number.nbor(1).pos_ in ("PUNCT", "CCONJ")
    return last and number.i == name.i + 1 and number.tag_ == "CD"


def _is_share(name: Token, sentence: Span) -> bool:
    """Whether a bare number stands behind a name, and a percentage before."""
    bare = name.i + 1 < sentence.end and _is_bare(name.nbor(1), name)
    return bare and any(ent.label_ == "PERCENT" and ent.end <= name.i for ent in sentence.ents)


def _is_partner(joint: Token, sentence: Span) -> bool:
    """Whether no date or sum and no name stands before: "in 2019, Kestra" begins a clause."""
    return joint.i - sentence.start < 3


def _sum_first(joint: Token, start: int, end: int, sentence: Span) -> None:
    """ "... $2 million in X and $3 million in Y": the sum is before its name."""
    doc, preposition = joint.doc, joint.doc[end]
    name = _name(doc, end + 1, sentence.end)
    if name is None:
        return
    earlier = [
        below
        for token in doc[sentence.start : joint.i]
        if token.lower_ == preposition.lower_
        for below in children(token, "pobj")
        if below.pos_ == "PROPN" and below.i < joint.i
    ]
    summed = (
        any(token.ent_type_ in _SUMS for token in doc[sentence.start : earlier[-1].i]) if earlier else False
    )
    if summed and doc[start].ent_type_ in _SUMS:
        last = _values_end(doc, name.i + 1, sentence.end)
        _rehang(earlier[-1], name, preposition, [*range(start, end), *range(name.i + 1, last)])


def _listed_with(joint: Token, name: Token, preposition: Token | None, sentence: Span) -> Token | None:
    """The name that another is listed with: the object before a date or sum, else the subject."""
    doc = joint.doc
    last = doc[joint.i - 1] if doc[joint.i - 1].text != "," else doc[joint.i - 2]
    verb = next((t for t in last.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or not sentence.start <= verb.i < joint.i:
        return None
    if last.ent_type_ not in _OWN:  # "owns 60% of X and Y 40%"
        value = doc[name.i + 1]
        summed = any(t.ent_type_ in _SUMS for t in doc[verb.i : last.i])
        bare = value.ent_type_ in _SUMS or value.lower_ == "the" or _is_bare(value, name)
        subject = next(iter(children(verb, "nsubj")), None)
        return subject if summed and bare and preposition is None and last.pos_ == "PROPN" else None
    if preposition is None and own(last.head):  # "X owns 60% of Y, Z 30% and W the rest"
        return last.head
    before = [t for t in doc[verb.i + 1 : last.i] if t.pos_ in ("PROPN", "NOUN") and t.ent_type_ not in _OWN]
    if preposition is not None:
        same = [t for t in before if t.dep_ == "pobj" and t.head.lower_ == preposition.lower_]
        return same[-1] if same and same[-1].pos_ == "PROPN" else None
    direct = [t for t in before if t.dep_ in ("dobj", "attr") and t.head == verb]
    behind = [t for t in before if t.dep_ == "pobj" and t.pos_ == "PROPN"]
    subjects = [t for t in children(verb, *SUBJECTS) if t.pos_ == "PROPN"]
    return next(iter([*direct[:1], *behind[-1:], *subjects[:1]]), None)


def _rehang(before: Token, name: Token, preposition: Token | None, own: list[int] | range) -> None:
    """Make a name one of another name's list, with what is its own below it."""
    doc, old_head, old_dep = name.doc, name.head, name.dep_
    if before == name or name in before.ancestors:
        return
    for child in list(name.lefts):
        if child.ent_type_ in _OWN and child.i not in own:  # "for $2 billion and Y": no sum of Y
            child.head, child.dep_ = old_head, old_dep
    name.head, name.dep_ = before, "conj"
    if preposition is not None:
        preposition.head, preposition.dep_ = name, "dep"
    inside = set(own)
    for index in inside:
        token = doc[index]
        if token.head.i not in inside:
            token.head = name
            token.dep_ = token.dep_ if token.dep_ in ("prep", "npadvmod", "advmod") else "npadvmod"


def _name(doc: Doc, start: int, end: int) -> Token | None:
    """The last word of the name that begins at a word, after an article."""
    if start < end and doc[start].lower_ == "the":
        start += 1
    last = start
    while last < end and doc[last].pos_ == "PROPN" and doc[last].ent_type_ not in _OWN:
        last += 1
    return doc[last - 1] if last > start else None


def _values_end(doc: Doc, start: int, end: int) -> int:
    """Where the dates and sums end that stand one after the other, with or without prepositions."""
    while start < end:
        inner = start + (doc[start].pos_ in ("ADP", "SCONJ"))
        after = _value_end(doc, inner, end)
        if not after:
            return start
        start = after
    return start


def _value_end(doc: Doc, start: int, end: int) -> int:
    """Where the date or sum that begins at a word ends; 0 if none begins there."""
    last = start
    while last < end and (doc[last].is_currency or doc[last].ent_type_ in _OWN):
        last += 1
    if last == start and last + 1 < end and doc[last].lower_ == "the" and doc[last + 1].lower_ in _REST:
        return last + 2
    return last if last > start else 0
