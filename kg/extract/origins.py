"""Where people come from, without a noun of origin: "Spaniard Ida Moe", "a French passport", "(D-Ohio)"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.candidate import Candidate
from kg.extract.clauses import all_conjuncts, children, surface_subjects
from kg.extract.knowledge import Knowledge
from kg.extract.nominals import possessors

#: Of "Social Democrat Ida Moe" the party is no Democratic one.
_OF_PARTIES = ("christian", "free", "liberal", "social")


def titled(name: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Spaniard Ida Moe", "the Serb Jan Nov", "Republican Ida Moe": a people or party before a name."""
    people = _people_before(name, know)
    if people is None:
        return
    for item in (*know.frames.get(("origin", "*"), []), *know.frames.get(("origin", "="), [])):
        blocked = any(people.lower_ in phrase.split() for phrase in item.property.blocked)
        if not blocked and item.property.domain == ("Person",):
            span = (people.i, people.i + 1)
            yield Candidate(item, [name], [people], span, name, "origin", granted=True)


def _people_before(name: Token, know: Knowledge) -> Token | None:
    """The adjective or noun of a people or party right before a person's full name."""
    first = name.i
    if not name.ent_type_:  # "the Pole Iga Swiat", whom the recogniser has never seen
        first = min([first, *(c.i for c in children(name, "compound") if c.pos_ == "PROPN")])
    while first and name.doc[first].ent_type_ == "PERSON" and name.doc[first].ent_iob_ == "I":
        first -= 1
    while first < name.i and know.is_origin(name.doc[first].text):  # the recogniser took it in
        first += 1
    full = name.ent_type_ in ("PERSON", "") and name.pos_ == "PROPN" and 0 < first < name.i
    people = name.doc[first - 1] if full else name
    if not full or people.sent != name.sent or not know.is_origin(people.text):
        return None
    before = people.nbor(-1) if people.i > people.sent.start else None
    if before is None:
        return people
    within = before.text[:1].isupper() and before.i != people.sent.start
    longer = before.text in ("-", "–") or within or before.lower_ in _OF_PARTIES
    return None if longer else people


def papers(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Holds a French passport", "renounced his citizenship": a paper says itself whose state it is."""
    word = noun.lemma_.lower()
    frames = [i for i in know.frames.get(("event", word), []) if i.frame.text == word]
    frames = [item for item in frames if know.is_where(item.property)]
    before = children(noun, "amod", "compound", "nmod") if frames else []
    lands = all_conjuncts([t for t in before if know.is_origin(t.text) or t.ent_type_ == "GPE"])
    verb = noun.head
    holders = possessors(noun)
    if not holders and noun.dep_ == "dobj":  # also who is granted it
        holders = all_conjuncts(surface_subjects(verb))
    elif not holders and noun.dep_ == "pobj" and verb.head.pos_ == "VERB":  # "travels on a French passport"
        holders = all_conjuncts(surface_subjects(verb.head))
    ended = _is_taken(noun, know)
    for item in frames if lands and holders else []:
        span = (noun.i, noun.i + 1)
        yield Candidate(item, holders, lands, span, verb if noun.dep_ == "dobj" else noun, "origin", ended)


def _is_taken(noun: Token, know: Knowledge) -> bool:
    """ "Renounced his citizenship", "was stripped of his citizenship"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    taken = noun.dep_ == "pobj" and noun.head.lower_ == "of" and verb.lemma_ in ("deprive", "strip")
    return taken or (noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in know.lexicon["light_verbs.lose"])


def is_land(owner: Token, blocked: tuple[str, ...], know: Knowledge) -> bool:
    """Whether "Norway" in "Norway's Ida Moe" has citizens: a place with a people, no continent or state."""
    peoples = _peoples(owner, know)
    return bool(peoples) and peoples.isdisjoint(word for phrase in blocked for word in phrase.split())


def is_continent(owner: Token, blocked: tuple[str, ...], know: Knowledge) -> bool:
    """Whether "Europe" in "Europe's largest bank" is too wide to say where it sits."""
    return not _peoples(owner, know).isdisjoint(word for phrase in blocked for word in phrase.split())


def _peoples(owner: Token, know: Knowledge) -> frozenset[str]:
    name = " ".join(token.text for token in (*children(owner, "compound"), owner))
    known = know.gazetteer.get(name)
    return know.peoples.get(known.name, frozenset()) if known else frozenset()
