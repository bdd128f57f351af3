"""A second look at the classes: what the frames of the ontology say of a name in all its places.

A name that the recogniser took for a place, but that sues, is listed and has a head office, is an
organisation. Only the frames whose other side fits are heard, and they must outweigh what spoke for
the first class.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.arguments import Argument, Reader
from kg.extract.attributes import UNSAID
from kg.extract.candidate import Candidate
from kg.extract.candidates import candidates
from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, entities_of, set_entities
from kg.extract.surface import surface_candidates
from kg.extract.topics import DOUBTFUL, Topics

#: The weight of one frame, beside those of ``entities``: a label of the recogniser has 5 to 10.
FRAME = 6
#: The weight of a noun that says what a thing is.
DESCRIBED = 60
#: What a label weighs that may as well be another: both sides of a frame can be corrected by it then.
WEAK = 5
#: The same where an ontology is of things that the recogniser was not taught: more than its label.
FOREIGN_FRAME = 16


def retype(doc: Doc, know: Knowledge) -> None:
    """Correct the classes of the document's entities by the frames that they stand in."""
    describe(doc, know)
    reader = Reader(doc, know)
    wanted_by: dict[tuple[int, int, bool], list[tuple[str, ...]]] = defaultdict(list)
    foreign = bool(know.ontology.kinds)
    for candidate in surface_candidates(doc, know, unsure=True) if foreign else candidates(doc, know):
        for number, allowed in _hear(candidate, reader, know):
            wanted_by[number, candidate.trigger[1], candidate.found.frame.kind == "noun"].append(allowed)
    entities = entities_of(doc)
    wanted: dict[int, Counter[frozenset[str]]] = defaultdict(Counter)
    for (number, _, role), asked_here in wanted_by.items():
        told = _unlike(asked_here, entities[number].type, know) if role or foreign else asked_here
        for allowed in told:
            wanted[number][know.leaves(allowed)] += 1
        only = {leaf for allowed in asked_here for leaf in know.leaves(allowed)}
        if not foreign and len(only) == 1 and entities[number].type != "Person":  # there is no other reading
            wanted[number][frozenset(only)] += 1
    weight = FOREIGN_FRAME if foreign else FRAME
    for number, asked in wanted.items():
        entities[number] = _corrected(entities[number], asked, weight, know)
    for number, kind in _finer(wanted_by, entities, know) if not foreign else ():
        entities[number] = entities[number]._replace(type=kind)
    set_entities(doc, entities)


def _unlike(asked: list[tuple[str, ...]], kind: str, know: Knowledge) -> list[tuple[str, ...]]:
    """What words ask for, unless one reading of them takes the name for what it is known to be.

    "Developed by the Hale Works" asks for a developer and for a creator: the Works are no person.
    "A partner of NASA" is a firm or works there: what is known to be an agency is no person.
    """
    same = [allowed for allowed in asked if kind and know.ontology.admits(kind, allowed)]
    return same or asked


def _finer(
    asked: dict[tuple[int, int, bool], list[tuple[str, ...]]], entities: list[LocalEntity], know: Knowledge
) -> Iterator[tuple[int, str]]:
    """Classes below those of the recogniser that a word alone asks for: a party has politicians."""
    for (number, *_), wanted in sorted(asked.items()):
        kinds = {kind for allowed in wanted for kind in allowed}
        own = entities[number].type
        for kind in kinds if len(kinds) == 1 else ():
            told = kind in know.ontology.types and know.ontology.types[kind].ner_labels
            other = _is_called_otherwise(entities[number].name, kind, know)
            if not told and kind != own and know.is_a(kind, own) and not other:
                yield number, kind


def _is_called_otherwise(name: str, kind: str, know: Knowledge) -> bool:
    """Whether the last word of a name is one of another sort of organization: no party is a bank."""
    last = name.split()[-1].lower()
    own = know.ontology.name_words.get(last) == kind or last in know.lexicon["names.bodies_of_any_sort"]
    return not own and know.lexicon.has("names.organization_words", last)


def describe(doc: Doc, know: Knowledge) -> None:
    """Give the topic of a sentence the class that it is said to be of, where the tree did not tell."""
    if not know.ontology.kinds:
        return
    entities = entities_of(doc)
    topics = Topics(doc, know, unsure=True)
    for number, kind in topics.described():
        if kind and entities[number].weight < DESCRIBED:
            entities[number] = entities[number]._replace(type=kind, weight=DESCRIBED)
    set_entities(doc, entities)


def _hear(candidate: Candidate, reader: Reader, know: Knowledge) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Which classes a frame asks for at each name, where the other side is what it should be."""
    prop, foreign = candidate.found.property, bool(know.ontology.kinds)
    beside = candidate.construction in ("owned", "attached") and prop.domain == ("Person",)
    of_none = prop.literal and not foreign and "Organization" not in prop.domain  # firms are born and die too
    beside = beside or (candidate.construction == "owned" and not foreign)  # "Alphabet's Waymo", "Norway's"
    beside = beside or candidate.construction == UNSAID
    if of_none or beside or (not foreign and _is_half(candidate)):
        return
    sides = ((candidate.subjects, prop.domain), (candidate.objects, () if prop.literal else prop.range))
    found = [
        [a for token in tokens for a in reader.arguments(token) if a.via == "name"] for tokens, _ in sides
    ]
    is_one = know.ontology.admits if foreign else know.ontology.is_a
    for here, there in ((0, 1), (1, 0)):
        allowed, other = sides[here][1], found[there]
        doubt = DOUBTFUL - 1 if foreign else WEAK
        known = [a for a in other if reader.entities[a.entity].weight > doubt]
        fits = not known or any(is_one(reader.type_of(a), sides[there][1]) for a in other)
        values = any(know.ontology.kinds.get(name) == "value" for name in allowed)
        dismisses = candidate.anchor.lemma_ in know.lexicon["as_verbs.object_ends"]
        fits = fits and not (dismisses and _is_no_person(*sides[there], know))
        for argument in found[here] if fits and know.leaves(allowed) else ():
            if allowed == ("Person",) and _has_article(argument, reader):
                continue
            if values and (argument.end - argument.start > 1 or reader.entities[argument.entity].weight):
                continue  # a name of which anything is known is no rank or language
            yield argument.entity, allowed


def _is_no_person(tokens: list[Token], allowed: tuple[str, ...], know: Knowledge) -> bool:
    """ "Dismissed speculation": who dismisses that is no employer."""
    things = [t for t in tokens if t.pos_ == "NOUN" and not t.ent_type_]
    kinds = [know.ontology.noun_types.get(thing.lemma_.lower(), "") for thing in things]
    return allowed == ("Person",) and len(things) == len(tokens) > 0 and not any(kinds)


def _has_article(argument: Argument, reader: Reader) -> bool:
    """ "The Orbix replaced the Kestra": no persons."""
    unknown = not reader.entities[argument.entity].type
    before = reader.doc[argument.start - 1].lower_ if argument.start else ""
    return unknown and before in ("the", "a", "an")


def _is_half(candidate: Candidate) -> bool:
    """ "Has cut 900 jobs", "opened a site in May": of an event's two sides one is missing, or a date."""
    sides = (candidate.subjects, candidate.objects)
    dated = any(side and all(token.ent_type_ in ("DATE", "TIME") for token in side) for side in sides)
    return dated or (candidate.found.frame.kind == "event" and not all(sides))


def _corrected(
    entity: LocalEntity, asked: Counter[frozenset[str]], weight: int, know: Knowledge
) -> LocalEntity:
    """The entity with the class that most of the frames ask for, if they outweigh its own."""
    votes: Counter[str] = Counter()
    for classes, times in asked.items():
        for kind in classes:
            votes[kind] += weight * times
    for_own = votes[entity.type]
    if not votes:
        return entity
    own = know.ontology.kinds.get(entity.type, "")
    same = {kind for kind in votes if own and know.ontology.kinds.get(kind) == own}
    best = max(sorted(votes), key=lambda kind: (votes[kind], kind in same, kind == "Organization"))
    finer = bool(know.ontology.kinds) and know.is_a(entity.type, best)  # a mountain is a place already
    if finer or best == entity.type or votes[best] <= for_own or votes[best] - for_own <= entity.weight:
        return entity
    return entity._replace(type=best, weight=votes[best] - for_own)
