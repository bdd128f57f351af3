"""Frames over propositions: which relation of the ontology a clause says, or why none.

The ontology is law: a pair that fails a property's domain or range is rejected with the reason. A
relation always has a trigger inside its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extract import clauses, nominals
from kg.extract.arguments import Argument, Reader
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.state import in_headline
from kg.frames import Frame
from kg.ontology import Ontology, PropertyType


class Candidate(NamedTuple):
    """A frame that matched: words for X and Y, the trigger's words, and the clause it is said in."""

    found: FrameOf
    subjects: list[Token]
    objects: list[Token]
    trigger: tuple[int, int]
    anchor: Token
    construction: str
    ends: bool = False
    granted: bool = False


def candidates(doc: Doc, know: Knowledge) -> Iterator[Candidate]:
    """Every place where a frame of the ontology fits the words of a document."""
    inside = _inside_longer(doc, know)
    for token in doc:
        if token.i in inside:
            continue
        if token.pos_ in ("VERB", "AUX") or (
            token.tag_ in ("VBN", "VBG", "VBD", "VB") and token.pos_ == "ADJ"
        ):
            yield from _verb_candidates(token, know)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _noun_candidates(token, know)
            yield from _origin_candidates(token, know)
            yield from _owned_candidates(token, know)
        elif token.pos_ == "ADJ":
            yield from _adjective_candidates(token, know)
            if token.dep_ == "amod" and token.head.pos_ == "PROPN":
                yield from _noun_candidates(token, know)
        if token.i > 1 and token.nbor(-1).text == "-":
            yield from _compound_candidates(token, know)


def _inside_longer(doc: Doc, know: Knowledge) -> set[int]:
    """The words inside a noun of several words: the "chief" of "chief executive" says nothing alone."""
    found: set[int] = set()
    for token in doc:
        for lemma in {token.lower_, token.lemma_.lower()}:
            for item in know.frames.get(("noun", lemma), []):
                span = _match_words(item.frame, token) if len(item.frame.words) > 1 else None
                if span is not None:
                    found.update(range(span[0], token.i))
    return found


# ---------------------------------------------------------------- verbs


def _verb_candidates(verb: Token, know: Knowledge) -> Iterator[Candidate]:
    found = know.frames.get(("verb", verb.lemma_.lower()), [])
    if not found:
        return
    slots = clauses.verb_slots(verb)
    words = clauses.fixed_words(verb)
    matched = [item for item in found if _fits(item, _with_dates(item, slots), words, verb)]
    objects = {token.lemma_.lower() for token in clauses.children(verb, "dobj", "nsubjpass")}
    if any(objects & set(item.frame.fixed) for item in matched):  # "owns 23 percent of Y": Y is not owned
        matched = [i for i in matched if i.frame.fixed or "obj" not in (i.frame.subject, i.frame.object)]
    longest: dict[str, int] = {}
    for item in matched:
        longest[item.frame.object] = max(longest.get(item.frame.object, 0), len(item.frame.fixed))
    for item in matched:
        if len(item.frame.fixed) < longest[item.frame.object] or _blocked(item, verb):
            continue
        yield from _verb_pairs(item, _with_dates(item, slots), verb)


def _with_dates(item: FrameOf, slots: dict[str, list[Token]]) -> dict[str, list[Token]]:
    """For a date or a sum, also the phrases hung on another phrase ("born in Oslo at a clinic on 3 May")."""
    if not item.property.literal:
        return slots
    return slots | {
        name[1:]: found for name, found in slots.items() if name[0] == "+" and name[1:] not in slots
    }


def _fits(item: FrameOf, slots: dict[str, list[Token]], words: set[str], verb: Token) -> bool:
    frame = item.frame
    if not set(frame.fixed) <= words:
        return False
    reciprocal = item.property.symmetric and frame.object == "with"
    whole = _fill(frame, frame.subject, slots, verb) and _fill(frame, frame.object, slots, verb)
    return bool(whole) or reciprocal


def _fill(frame: Frame, slot: str, slots: dict[str, list[Token]], verb: Token) -> list[Token]:
    """The words in a slot; a last preposition may also be a particle before the object ("take over X")."""
    if slots.get(slot):
        return slots[slot]
    if frame.fixed and slots.get(f"+{slot}"):
        return slots[f"+{slot}"]
    if slot not in ("obj", "subj"):
        if any(child.lower_ == slot for child in clauses.children(verb, "prt")):
            return slots.get("obj", [])
        if slot == "to" or (frame.fixed and slot in ("of", "in", "for")):
            return slots["?"]
    return []


def _verb_pairs(item: FrameOf, slots: dict[str, list[Token]], verb: Token) -> Iterator[Candidate]:
    frame = item.frame
    subjects = _fill(frame, frame.subject, slots, verb)
    objects = _fill(frame, frame.object, slots, verb)
    trigger = (verb.i, verb.i + 1)
    form = "passive" if clauses.is_passive(verb) else "verb"
    form = f"{form} {verb.dep_}" if verb.dep_ in ("acl", "relcl", "advcl", "xcomp", "pcomp", "conj") else form
    if item.property.symmetric and frame.object == "with" and not objects and len(subjects) > 1:
        for left, right in pairwise(subjects):
            yield Candidate(item, [left], [right], trigger, verb, "reciprocal", frame.ends)
    elif item.property.symmetric and frame.object == "with" and not objects and not frame.fixed:
        yield Candidate(item, subjects, [], trigger, verb, "event plural", frame.ends)
    elif subjects and objects:
        yield Candidate(item, subjects, objects, trigger, verb, form, frame.ends)


def _blocked(item: FrameOf, token: Token) -> bool:
    """Whether one of the property's lex:not phrases stands in the clause."""
    if not item.property.blocked:
        return False
    near = [token, *(c for child in token.children for c in (child, *child.children))]
    lemmas = {word.lemma_.lower() for word in near}
    return any(set(phrase.split()) <= lemmas for phrase in item.property.blocked)


# ---------------------------------------------------------------- nouns


def _match_words(frame: Frame, head: Token) -> tuple[int, int] | None:
    """The span of a frame's words that end at a head noun, or None."""
    start = head.i - len(frame.words) + 1
    if start < head.sent.start:
        return None
    for token, word in zip(head.doc[start : head.i + 1], frame.words, strict=True):
        if word not in (token.lower_, token.lemma_.lower()):
            return None
    return start, head.i + 1


def _noun_candidates(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    spans: list[tuple[FrameOf, tuple[int, int]]] = []
    for kind in ("noun", "event"):
        for lemma in dict.fromkeys((noun.lemma_.lower(), noun.lower_)):
            for item in know.frames.get((kind, lemma), []):
                span = _match_words(item.frame, noun)
                if span is not None and not _blocked(item, noun):
                    spans.append((item, span))
    longest = max((end - start for _, (start, end) in spans), default=0)
    for item, span in spans:
        if span[1] - span[0] == longest:
            yield from (_role if item.frame.kind == "noun" else _event)(item, noun, span, know)


def _wanted(frame: Frame, name: str) -> bool:
    return name == frame.object or name == "of"


def _role(item: FrameOf, noun: Token, span: tuple[int, int], know: Knowledge) -> Iterator[Candidate]:
    """A role noun: its bearer is the subject, whose it is is the object."""
    light = know.lexicon["light_verbs.all"]
    owners = nominals.role_owners(noun, span[0], light, item.frame.object)
    if not owners and item.property.symmetric and noun.tag_ == "NNS":
        members = [bearer for construction, bearer in nominals.bearers(noun) if construction == "copula"]
        if members:  # "the two companies are rivals"
            yield Candidate(item, members, [], span, nominals.role_anchor(noun), "event plural")
        return
    anchor = nominals.role_anchor(noun)
    for construction, bearer in nominals.bearers(noun):
        others = [owner for owner in owners if owner.i != bearer.i]
        ends = _role_ends(anchor, construction, know)
        granted = anchor == noun
        yield Candidate(item, [bearer], others, span, anchor, f"{construction} noun", ends, granted)


def _role_ends(anchor: Token, construction: str, know: Knowledge) -> bool:
    """ "Resigned as chairman", "had been chairman": saying so means that it is over."""
    if construction in ("as", "predicate"):
        return clauses.with_particle(anchor) in know.lexicon["as_verbs.ending"]
    auxiliaries = {child.lower_ for child in clauses.children(anchor, "aux")}
    return construction == "copula" and anchor.lower_ == "been" and "had" in auxiliaries


def _event(item: FrameOf, noun: Token, span: tuple[int, int], know: Knowledge) -> Iterator[Candidate]:
    """An event or possession noun: who has or does it is the subject, the preposition's object the object."""
    light = know.lexicon["light_verbs.all"]
    phrases: dict[str, list[Token]] = {}
    for name, token in nominals.noun_prepositions(noun, light):
        phrases.setdefault(name, []).append(token)
    objects = [t for name in dict.fromkeys((item.frame.object,)) for t in phrases.get(name, [])]
    doers: list[tuple[str, Token, Token]] = [("possessive", t, noun) for t in nominals.possessors(noun)]
    doers += [("by", t, noun) for t in phrases.get("by", [])]
    undone = noun.lemma_.lower() in know.lexicon["status.unfinished.nouns"]
    for holder, verb in nominals.holders(noun, light | know.weighing):
        phrase = clauses.with_particle(verb)  # who drops or weighs a bid has not made it: the noun is read
        drops = undone and phrase in know.lexicon["light_verbs.lose"]
        doers.append(("light verb", holder, noun if drops or phrase in know.weighing - light else verb))
    if not objects and phrases.get("by"):  # "its takeover by X"
        objects, doers = nominals.possessors(noun) + phrases.get("of", []), [d for d in doers if d[0] == "by"]
    if not doers and item.frame.object != "of":
        doers = [("of", t, noun) for t in phrases.get("of", [])]
    if not doers:
        doers = [("modifier", t, noun) for t in nominals.modifiers(noun) if t.i < span[0]]
    lose = know.lexicon["light_verbs.lose"]
    yield from _event_pairs(item, noun, span, doers, objects, phrases, lose)


def _event_pairs(
    item: FrameOf,
    noun: Token,
    span: tuple[int, int],
    doers: list[tuple[str, Token, Token]],
    objects: list[Token],
    phrases: dict[str, list[Token]],
    lose: frozenset[str],
) -> Iterator[Candidate]:
    if objects or not item.property.symmetric:
        for construction, doer, anchor in doers:
            targets = [t for t in objects if t.i != doer.i]
            yield Candidate(
                item,
                [doer],
                targets,
                span,
                anchor,
                f"event {construction}",
                clauses.with_particle(anchor) in lose,
            )
    if item.property.symmetric and not objects and not doers:
        doers = [("adverbial", t, noun) for t in nominals.adverbial_subjects(noun)]
    about = any(phrases.get(name) for name in ("on", "over", "about", "to"))
    if item.property.symmetric and not objects and not about:
        between = phrases.get("between", []) or (
            phrases.get("of", []) if len(phrases.get("of", [])) > 1 else []
        )
        group = between or [t for _, t, _ in doers]
        anchor = doers[0][2] if doers and not between else noun
        granted = bool(doers) and doers[0][0] == "adverbial"
        for left, right in pairwise(group):
            yield Candidate(item, [left], [right], span, anchor, "event between", granted=granted)
        if len(group) == 1:
            yield Candidate(item, group, [], span, anchor, "event plural", granted=granted)


# ---------------------------------------------------------------- adjectives and compounds


def _adjective_candidates(word: Token, know: Knowledge) -> Iterator[Candidate]:
    for item in know.frames.get(("adjective", word.lemma_.lower()), []) + know.frames.get(
        ("adjective", word.lower_), []
    ):
        objects = [t for name, t in clauses.prepositions(word) if name == item.frame.object]
        if word.dep_ == "acomp" and word.head.pos_ in ("AUX", "VERB"):
            subjects = clauses.all_conjuncts(clauses.surface_subjects(word.head))
            anchor = word.head
        else:
            subjects = [word.head] if word.dep_ in ("amod", "appos", "advcl") else []
            anchor = word
        if subjects and objects:
            yield Candidate(item, subjects, objects, (word.i, word.i + 1), anchor, "adjective")


def _owned_candidates(name: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Kestra's Orbix": the possessive on a name, for frames written "X's Y"."""
    owners = nominals.possessors(name)
    for item in know.frames.get(("compound", "'s"), []) if owners else []:
        yield Candidate(item, owners, [name], (name.i, name.i + 1), name, "owned", granted=True)


def _compound_candidates(word: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Nvidia-backed Helio", "Oslo-based chipmaker": the word is the participle after the hyphen."""
    for item in know.frames.get(("compound", word.lower_), []):
        before = word.doc[word.i - 2]
        described = word.head if word.head.i > word.i else None
        if described is None or word.nbor(-1).whitespace_:
            continue
        head, mod = ([described], [before])
        subjects, objects = (mod, head) if item.frame.subject == "mod" else (head, mod)
        yield Candidate(item, subjects, objects, (word.i, word.i + 1), word, "compound", granted=True)


def _origin_candidates(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "A French painter": the adjective of a place before a noun for what comes from there."""
    if noun.pos_ != "NOUN" or noun.dep_ == "poss":
        return
    before = noun.doc[noun.left_edge.i : noun.i]
    adjectives = [
        t for t in before if t.dep_ in ("amod", "compound", "nmod", "conj") and know.is_origin(t.text)
    ]
    places = [t for t in before if t.ent_type_ == "GPE" and t.head == noun and t.dep_ in ("compound", "nmod")]
    kind = know.ontology.noun_types.get(noun.lemma_.lower(), "")
    firm = kind and not know.is_a(kind, "Person")  # "a Boston fund", not "a Boston painter"
    adjectives = adjectives or (places if firm else [])
    for item in know.frames.get(("origin", "*"), []) if adjectives else []:
        blocked = {word for phrase in item.property.blocked for word in phrase.split()}
        if any(adjective.lower_ in blocked for adjective in adjectives):
            continue
        if not kind or know.ontology.is_a(kind, item.property.domain):
            span = (adjectives[0].i, adjectives[-1].i + 1)
            bearers = [bearer for _, bearer in nominals.bearers(noun)]
            for bearer in bearers:
                anchor = nominals.role_anchor(noun)
                yield Candidate(item, [bearer], adjectives, span, anchor, "origin", granted=True)


# ---------------------------------------------------------------- pairs of entities


class Pair(NamedTuple):
    """A candidate's entities that obey the ontology."""

    candidate: Candidate
    head: Argument
    tail: Argument


class Refusal(NamedTuple):
    """A candidate's entities that do not, and why."""

    candidate: Candidate
    head: Argument
    tail: Argument
    reason: str


def pairs(candidate: Candidate, reader: Reader, owner: Argument | None) -> Iterator[Pair | Refusal]:
    """The entities of a candidate, each pair judged by domain and range.

    ``owner`` is the thing in focus, for a role noun that does not say whose it is.
    """
    prop = candidate.found.property
    if candidate.construction == "event plural":
        yield from _plural_pairs(candidate, reader)
        return
    heads = [a for token in candidate.subjects for a in reader.arguments(token)]
    tails = [a for token in candidate.objects for a in reader.arguments(token)] or ([owner] if owner else [])
    heads = [a for a in heads if a.via != "demonym"]
    if candidate.found.frame.kind not in ("origin", "noun"):
        tails = [a for a in tails if a.via != "demonym"]
    if reader.is_opaque(candidate.anchor):
        tails = [a for a in tails if a.via != "part"]
    for head in heads:
        for tail in tails:
            if head.entity == tail.entity:
                continue
            reason = judge(head, tail, candidate, reader)
            if reason and prop.symmetric:
                head, tail = (tail, head) if not judge(tail, head, candidate, reader) else (head, tail)
                reason = judge(head, tail, candidate, reader)
            yield Refusal(candidate, head, tail, reason) if reason else Pair(candidate, head, tail)


def _plural_pairs(candidate: Candidate, reader: Reader) -> Iterator[Pair | Refusal]:
    """ "Their partnership": a plural mention is both sides of a symmetric relation."""
    found = [a for token in candidate.subjects for a in reader.arguments(token)]
    for left, right in pairwise(found):
        if left.entity != right.entity:
            reason = judge(left, right, candidate, reader)
            yield Refusal(candidate, left, right, reason) if reason else Pair(candidate, left, right)


def judge(head: Argument, tail: Argument, candidate: Candidate, reader: Reader) -> str:
    """Why the ontology refuses a pair; "" when it allows it."""
    prop, ontology = candidate.found.property, reader.know.ontology
    for side, argument, allowed in (("subject", head, prop.domain), ("object", tail, prop.range)):
        kind = reader.type_of(argument)
        strict = candidate.construction == "class" and side == "object"
        if not (ontology.is_a if strict else ontology.admits)(kind, allowed):
            name = reader.entities[argument.entity].name
            wanted = " or ".join(allowed)
            return f"{side} {name} is {kind or 'of unknown class'}, {prop.name} wants {wanted}"
    trigger = candidate.anchor
    present = trigger.tag_ not in ("VBD", "VBN") and trigger.lemma_ in reader.know.lexicon["trade.verbs"]
    if present and reader.type_of(tail) == "Product":
        return f"who sells the product {reader.entities[tail.entity].name} trades in it"
    return ""


def _most_specific(found: list[Pair], ontology: Ontology) -> list[Pair]:
    """Without readings whose range is wider than another's for the same words ("joined the X Party")."""
    readings: dict[tuple[int, int, int], list[PropertyType]] = {}
    for pair in found:
        key = (pair.candidate.trigger[0], pair.head.entity, pair.tail.entity)
        readings.setdefault(key, []).append(pair.candidate.found.property)
    return [
        pair
        for pair in found
        if not any(
            ontology.narrower(other, pair.candidate.found.property)
            for other in readings[pair.candidate.trigger[0], pair.head.entity, pair.tail.entity]
        )
    ]


def distinct(found: Iterable[Pair], ontology: Ontology) -> list[Pair]:
    """One pair for each relation between two mentions; the reading with the closest arguments is kept."""
    found = _most_specific(list(found), ontology)
    order = {"name": 0, "pronoun": 1, "description": 1, "apposition": 2, "part": 3, "implicit": 4}
    best: dict[tuple[str, int, int, int, int], Pair] = {}
    for pair in found:
        sentence = pair.candidate.anchor.sent.start
        head, tail = pair.head, pair.tail
        sides = (head, tail)
        if pair.candidate.found.property.symmetric:
            sides = tuple(sorted(sides, key=lambda a: a.entity))  # type: ignore[assignment]
        key = (
            pair.candidate.found.property.name,
            sides[0].entity,
            sides[1].entity,
            sentence,
            pair.candidate.trigger[0],
        )
        rank = order.get(head.via, 5) + order.get(tail.via, 5)
        kept = best.get(key)
        if kept is None or rank < order.get(kept.head.via, 5) + order.get(kept.tail.via, 5):
            best[key] = pair
    return list(best.values())


def usable(candidate: Candidate) -> bool:
    """Headlines are no witnesses of their own unless the frame is a verb's; they repeat the text."""
    return not in_headline(candidate.anchor) or candidate.found.frame.kind in ("verb", "event")
