"""Where a frame of the ontology fits the words of a clause: candidates, before anyone asks who is meant.

One function for each kind of frame; the words in the slots come from ``clauses`` and ``nominals``. A
candidate always has a trigger inside its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.extract import attributes, clauses, groups, nominals
from kg.extract.appointed import replaced
from kg.extract.candidate import Candidate
from kg.extract.carried import carried, carrier_of, doers_of_clause
from kg.extract.elsewhere import said_elsewhere
from kg.extract.endings import closed, once, town_before
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.leaving import role_ends
from kg.extract.matching import (
    apt,
    begun,
    belongs,
    blamed,
    fixed_words,
    is_hired,
    is_of_a_merger,
    joined,
    keeps_some,
    leaves_unsaid,
    lemmas_near,
    looked_into,
)
from kg.extract.offers import receivers
from kg.extract.owners import is_no_owner, mutual, respective, role_owners
from kg.extract.qualifiers import is_definite
from kg.extract.reported import add_reported
from kg.extract.rounds import add_investors
from kg.extract.slots import verb_slots
from kg.extract.spells import spell_candidates
from kg.extract.state import sentence_of
from kg.frames import Frame


@lru_cache(maxsize=1)  # two components ask, one after the other, of the same Doc
def candidates(doc: Doc, know: Knowledge) -> tuple[Candidate, ...]:
    """Every place where a frame of the ontology fits the words of a document."""
    return tuple(once(_find(doc, know)))


def endless(doc: Doc, know: Knowledge) -> list[Span]:
    """The sentences that are too long to be searched: tables, and lists that nobody ended.

    What they say of each of their names with each other is of no use, and takes for ever.
    """
    return [sentence for sentence in doc.sents if len(sentence) > know.longest]


def readable(found: Iterable[Candidate], doc: Doc, know: Knowledge) -> Iterator[Candidate]:
    """Candidates but those of sentences that are too long."""
    left_out = _within(endless(doc, know))
    return (candidate for candidate in found if candidate.anchor.i not in left_out)


def _within(sentences: Iterable[Span]) -> set[int]:
    return {number for sentence in sentences for number in range(sentence.start, sentence.end)}


def _find(doc: Doc, know: Knowledge) -> Iterator[Candidate]:
    inside = _inside_longer(doc, know) | _within(endless(doc, know))
    for token in doc:
        if token.i in inside:
            continue
        pos = token.pos_
        if pos in ("VERB", "AUX") or (pos == "ADJ" and token.tag_ in ("VBN", "VBG", "VBD", "VB")):
            yield from _verb_candidates(token, know)
        elif pos in ("NOUN", "PROPN"):
            yield from _noun_candidates(token, know)
            yield from attributes.origin_candidates(token, know)
            yield from attributes.owned_candidates(token, know)
            yield from attributes.attached_candidates(token, know)
        elif pos == "ADJ":
            yield from attributes.adjective_candidates(token, know)
            yield from attributes.national_candidates(token, know)
            if token.dep_ == "amod" and token.head.pos_ == "PROPN":
                yield from _noun_candidates(token, know)
        if token.i > 1 and token.nbor(-1).text == "-":
            yield from attributes.compound_candidates(token, know)


def _inside_longer(doc: Doc, know: Knowledge) -> set[int]:
    """The words inside a noun of several words: the "chief" of "chief executive" says nothing alone."""
    found: set[int] = set()
    for token in doc:
        for number in {token.lower, token.lemma}:
            for item in know.long_nouns.get(number, ()):
                span = _match_words(item.frame, token)
                if span is not None:
                    found.update(range(span[0], token.i))
    return found


# ---------------------------------------------------------------- verbs


def _verb_candidates(verb: Token, know: Knowledge) -> Iterator[Candidate]:
    found = [*know.frames.get(("verb", verb.lemma_.lower()), []), *begun(verb, know)]
    if not found or is_of_a_merger(verb) or is_hired(verb):
        return
    slots = verb_slots(verb)
    add_reported(verb, slots)
    add_investors(verb, slots)
    words = fixed_words(verb) | {verb.lower_}
    worded = [item for item in found if words.issuperset(item.frame.fixed)]
    matched = [item for item in worded if _fits(item, _with_hung(item, slots, know), verb)]
    objects = {token.lemma_.lower() for token in clauses.children(verb, "dobj", "nsubjpass")}
    if any(objects & set(item.frame.fixed) for item in matched):  # "owns 23 percent of Y": Y is not owned
        matched = [i for i in matched if i.frame.fixed or "obj" not in (i.frame.subject, i.frame.object)]
    matched = apt(matched, verb, slots)
    longest: dict[str, int] = {}
    for item in matched:
        longest[item.frame.object] = max(longest.get(item.frame.object, 0), len(item.frame.fixed))
    for item in matched:
        if len(item.frame.fixed) < longest[item.frame.object] or _blocked(item, verb):
            continue
        if item.frame.ends and keeps_some(verb):
            item = item._replace(frame=replace(item.frame, ends=False))
        sides = _with_hung(item, slots, know)
        yield from _verb_pairs(
            item, sides | {"obj": looked_into(verb, blamed(verb, sides["obj"]), know)}, verb
        )
    said = {item.property.name for item in matched}
    round_of = joined(verb, found) if slots["subj"] else None
    if round_of is not None:
        yield Candidate(round_of, slots["subj"], [], (verb.i, verb.i + 1), verb, "implied verb")
    for item in worded:
        if leaves_unsaid(item, slots, verb, said, know):
            yield Candidate(
                item, slots["subj"], [], (verb.i, verb.i + 1), verb, "implied verb", item.frame.ends
            )


def _with_hung(item: FrameOf, slots: dict[str, list[Token]], know: Knowledge) -> dict[str, list[Token]]:
    """Also the phrases hung on another phrase: "born at a clinic on 3 May", "lives in a flat in Oslo".

    For a date or a sum where the verb has no such phrase, for a place where what it has is no name.
    """
    prop, hung = item.property, {name[1:]: found for name, found in slots.items() if name[0] == "+"}
    if prop.literal:
        return slots | {name: found for name, found in hung.items() if name not in slots}
    if "in" not in hung or not know.is_where(prop) or any(t.pos_ == "PROPN" for t in slots.get("in", ())):
        return slots
    return slots | {"in": [*slots.get("in", ()), *hung["in"]]}


def _fits(item: FrameOf, slots: dict[str, list[Token]], verb: Token) -> bool:
    frame = item.frame
    reciprocal = item.property.symmetric and frame.object == "with"
    whole = _fill(frame, frame.subject, slots, verb) and _fill(frame, frame.object, slots, verb)
    return bool(whole) or reciprocal


def _fill(frame: Frame, slot: str, slots: dict[str, list[Token]], verb: Token) -> list[Token]:
    """The words in a slot; a last preposition may also be a particle before the object ("take over X")."""
    if slots.get(slot):
        return slots[slot]
    if frame.fixed and slots.get(f"+{slot}"):
        return [token for token in slots[f"+{slot}"] if belongs(token, frame, verb)]
    if slot not in ("obj", "subj"):
        if any(child.lower_ == slot for child in clauses.children(verb, "prt")):
            return slots.get("obj", [])
        if slot == "to" or (frame.fixed and slot in ("of", "in", "for")):
            return slots["?"]
    return []


def _are_several(subjects: list[Token], verb: Token) -> bool:
    """ "The two go head to head", "they": but who "reached no agreement on the details" has one."""
    things = clauses.children(verb, "dobj")
    about = any(clauses.children(thing, "prep") for thing in things if thing.pos_ == "NOUN")
    return not about and all(t.tag_ == "NNS" or t.lower_ in ("both", "they") for t in subjects)


def _verb_pairs(item: FrameOf, slots: dict[str, list[Token]], verb: Token) -> Iterator[Candidate]:
    frame = item.frame
    subjects = _fill(frame, frame.subject, slots, verb)
    objects = _fill(frame, frame.object, slots, verb)
    trigger = (verb.i, verb.i + 1)
    form = "passive" if clauses.is_passive(verb) else "verb"
    form = f"{form} {verb.dep_}" if verb.dep_ in ("acl", "relcl", "advcl", "xcomp", "pcomp", "conj") else form
    if item.property.symmetric and clauses.is_passive(verb) and not clauses.children(verb, "agent"):
        subjects = subjects or slots["obj"]  # "X and Y were married", "X was married to Y"
    if item.property.symmetric and frame.object == "with" and not objects and len(subjects) > 1:
        for left, right in pairwise(subjects):
            yield Candidate(item, [left], [right], trigger, verb, "reciprocal", frame.ends)
    elif (
        item.property.symmetric
        and frame.object == "with"
        and not (objects or clauses.children(verb, "prt"))  # "X and Y signed up"
        and (not frame.fixed or _are_several(subjects, verb))
    ):
        yield Candidate(item, subjects, [], trigger, verb, "event plural", frame.ends)
    elif subjects and objects:
        yield Candidate(item, subjects, objects, trigger, verb, form, frame.ends)


def _blocked(item: FrameOf, token: Token) -> bool:
    """Whether one of the property's lex:not phrases stands in the clause."""
    if not item.property.blocked:
        return False
    lemmas = lemmas_near(token)
    return any(lemmas.issuperset(phrase.split()) for phrase in item.property.blocked)


# ---------------------------------------------------------------- nouns


def _match_words(frame: Frame, last: Token) -> tuple[int, int] | None:
    """The span of a frame's words that end at a noun, or None; articles may stand between them."""
    start = last.i
    if last.doc[start + 1 : start + 5].text == "-in-law":
        return None
    for word in frame.words[-2::-1]:  # the last word is how the frame was found
        start -= 1
        while start > 0 and last.doc[start].pos_ == "DET":
            start -= 1
        token = last.doc[max(start, 0)]
        if start < 0 or word not in (token.lower_, token.lemma_.lower()):
            return None
    return (start, last.i + 1) if start == last.i or start >= sentence_of(last).start else None


def _head_of(span: tuple[int, int], last: Token) -> Token:
    """The noun that a frame's words say: of "member of the board" the member."""
    for token in last.doc[span[0] + 1 : span[1]]:
        if token.pos_ == "ADP":
            return token.nbor(-1)
    return last


def _noun_candidates(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    yield from spell_candidates(noun, know)
    spans: list[tuple[FrameOf, tuple[int, int]]] = []
    named = noun.pos_ == "PROPN" and noun.ent_type_ == "ORG"  # "Tarn Holding" holds nothing
    for kind in ("noun", "event") if not named else ("noun",):
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
    owners = role_owners(noun, span[0], light, item.frame.object)
    owners = [owner for owner in owners if not is_no_owner(owner)]
    noun = _head_of(span, noun)
    if not owners and item.property.symmetric and noun.tag_ == "NNS":
        members = [bearer for construction, bearer in nominals.bearers(noun) if construction == "copula"]
        if members:  # "the two companies are rivals"
            yield Candidate(item, members, [], span, nominals.role_anchor(noun), "event plural")
        for left, right in pairwise(mutual(noun) if not members else []):
            yield Candidate(item, [left], [right], span, noun, "event between", granted=True)
        if members or not any((*groups.members(noun), *nominals.subject_copula(noun))):
            return
    anchor = nominals.role_anchor(noun)
    things = not all(know.is_a(kind, "Person") for kind in item.property.domain)
    for construction, bearer in nominals.bearers(noun):
        if construction == ("listed" if things else "labelled"):
            continue  # "a unit of Veltrix, a maker of chips": Veltrix is one; "its Mosaic player": a thing
        others = [t for t in respective(noun, construction, bearer, owners) if t.i != bearer.i]
        ends = role_ends(noun, bearer, construction, item.property, know)
        ends = ends and noun.lemma_.lower() not in know.lexicon["roles.lasting"]
        granted = anchor == noun or construction == "until"
        yield Candidate(item, [bearer], others, span, anchor, f"{construction} noun", ends, granted)
    verb, heirs = replaced(noun) if not things else (noun, [])
    for heir in heirs:  # "replaced its chairman, X, with Y"
        others = owners or clauses.children(verb, "nsubj")
        yield Candidate(item, [heir], others, span, verb, "replacement noun")


def _event(item: FrameOf, noun: Token, span: tuple[int, int], know: Knowledge) -> Iterator[Candidate]:
    """An event or possession noun: who has or does it is the subject, the preposition's object the object."""
    carrier = carrier_of(noun, item, know)
    if carrier is not None:
        yield from carried(item, noun, carrier, span, know)
        return
    phrases: dict[str, list[Token]] = {}
    for name, token in nominals.noun_prepositions(noun, know.lexicon["light_verbs.all"]):
        phrases.setdefault(name, []).append(token)
    objects = phrases.get(item.frame.object, [])
    if not item.property.literal:  # "an offer for $320 million"
        objects = [t for t in objects if t.ent_type_ != "MONEY"]
    if item.frame.object == "in" and know.is_where(item.property):
        objects = [t for t in objects if t.ent_type_ != "DATE"] or town_before(noun)
    objects = looked_into(noun, objects, know)
    objects = objects or said_elsewhere(noun, item.frame.object, item.property.literal)
    noun = _head_of(span, noun)
    offered = noun.lemma_.lower() in know.lexicon["status.possible.event_nouns"]
    targets = receivers(noun) if offered and not objects and item.frame.object in ("for", "to") else []
    lose = know.lexicon["light_verbs.lose"]
    if targets:  # "Y rejected a bid from X"
        offerers = nominals.possessors(noun) + phrases.get("from", []) + phrases.get("by", [])
        doers, objects, lose = [("answered", t, noun) for t in offerers], targets, frozenset()
    elif item.frame.subject != "poss":  # "the sale of X to Y"
        doers, lose = [("to", t, noun) for t in phrases.get(item.frame.subject, [])], frozenset()
    else:
        listed = objects if item.frame.object == "of" else phrases.get("between", [])
        together = item.property.symmetric and len(listed) > 1
        doers = _doers(noun, phrases, know) if not together else []  # "formed by the merger of X and Y"
        if not objects and phrases.get("by") and item.frame.object == "of":  # "its takeover by X"
            objects = nominals.possessors(noun) + phrases.get("of", [])
            doers = [d for d in doers if d[0] == "by"]
        if not doers and item.frame.object != "of":
            doers = [("of", t, noun) for t in phrases.get("of", [])]
        if not doers:
            doers = [("modifier", t, noun) for t in nominals.modifiers(noun) if t.i < span[0]]
        doers = doers if doers or together else doers_of_clause(item, noun, objects)
    shut = closed(noun, item.property, know)
    if shut is not None:
        doers, lose = (
            [(construction, t, shut) for construction, t, _ in doers],
            frozenset((clauses.with_particle(shut),)),
        )
    yield from _event_pairs(item, noun, span, doers, objects, phrases, lose)


def _doers(noun: Token, phrases: dict[str, list[Token]], know: Knowledge) -> list[tuple[str, Token, Token]]:
    """Whose an event is, who it is by and who has it, with the construction and the word that says so."""
    light = know.lexicon["light_verbs.all"]
    doers = [("possessive", t, noun) for t in nominals.possessors(noun)]
    doers += [("by", t, noun) for t in phrases.get("by", [])]
    if any(construction == "possessive" and doer.pos_ != "PRON" for construction, doer, _ in doers):
        return doers
    undone = noun.lemma_.lower() in know.lexicon["status.unfinished.nouns"]
    judged = noun.lemma_.lower() in know.lexicon["judging.nouns"]  # "seeks approval": another's
    for holder, verb in nominals.holders(noun, light | know.weighing):
        if judged and verb.lemma_ in know.lexicon["judging.receiving"]:
            continue
        phrase = clauses.with_particle(verb)  # who drops or weighs a bid has not made it: the noun is read
        drops = undone and phrase in know.lexicon["light_verbs.lose"]
        # "does not plan to raise its stake": that there is one goes without saying
        drops = drops or (phrase in know.lexicon["light_verbs.change"] and is_definite(noun))
        doers.append(("light verb", holder, noun if drops or phrase in know.weighing - light else verb))
    return doers


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
        doers = list(nominals.adverbial_subjects(noun))
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
