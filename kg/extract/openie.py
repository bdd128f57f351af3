"""Open propositions: who does what to whom in the words of the sentence, without an ontology.

The preferred form: a subject and an object without clauses hanging on them, and a relation that
reads on into the object ("Drevik | sold his stake in Veltrix to | Norhaven"). All words stand in the
sentence: nothing is said of appositions and possessives, which have no verb. Each construction is
one small function.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extract.clauses import children
from kg.extract.complements import complements
from kg.extract.phrases import (
    NOMINAL,
    QUESTION_WORDS,
    SUBJECTS,
    VERBAL,
    Phrase,
    auxiliaries,
    coordinated,
    is_clause_head,
    noun_phrase,
    nouns_after,
    objects_of,
    verb_group,
)

_RELATIVE = ("WDT", "WP")
#: Gerunds after these complete the verb above: "keeps X from selling Y".
_CHAINING = frozenset("of from into with by for".split())
_DEEPEST = 6
_LONGEST = 25
_LONGEST_SENTENCE = 200  # what is longer is a list or a table
_APPROXIMATE = frozenset("about over under around above below up".split())


class Proposition(NamedTuple):
    """A proposition in the words of its sentence; ``anchor`` is its verb."""

    subject: Phrase
    relation: Phrase
    object: Phrase
    anchor: Token
    construction: str


class Reading(NamedTuple):
    """Whose verb it is, and the words that say it."""

    subjects: list[Token]
    relation: Phrase
    construction: str = ""


def propositions(doc: Doc, sayers: frozenset[str] = frozenset()) -> list[Proposition]:
    """All open propositions of a document, in the order of the text, each once.

    ``sayers`` are the lemmas of verbs of saying, before which a quotation may stand.
    """
    found: dict[tuple[tuple[int, ...], ...], Proposition] = {}
    sentences = (sentence for sentence in doc.sents if len(sentence) <= _LONGEST_SENTENCE)
    for token in (token for sentence in sentences for token in sentence):
        made = of_verb(token, sayers) if is_clause_head(token) else members(token)
        for proposition in made:
            key = tuple(tuple(t.i for t in slot) for slot in proposition[:3])
            if _reads_well(proposition):
                found.setdefault(key, proposition)
    return list(found.values())


def _reads_well(proposition: Proposition) -> bool:
    """Whether the slots are filled, apart, and begin as a noun phrase does."""
    subject, relation, last = proposition.subject, proposition.relation, proposition.object
    if not subject or not last or set(subject) & {*relation, *last}:
        return False
    nouns = [subject] if proposition.construction.endswith("clause") else [subject, last]
    return all(_is_noun_phrase(slot) for slot in nouns)


def _is_noun_phrase(slot: Phrase) -> bool:
    """Whether a slot is neither a long list nor "two of which" nor something that the parser misread."""
    begins = slot[0].pos_ != "ADP" or slot[0].lower_ in _APPROXIMATE
    return begins and len(slot) <= _LONGEST and not any(token.tag_ in QUESTION_WORDS for token in slot)


def of_verb(verb: Token, sayers: frozenset[str]) -> Iterator[Proposition]:
    """The propositions of one verb: each reading and subject with each complement."""
    for reading in readings(verb):
        if not reading.subjects:
            continue
        for middle, last, construction in complements(verb, sayers):
            for subject in reading.subjects:
                name = f"{reading.construction} {construction}".strip()
                yield Proposition(noun_phrase(subject), (*reading.relation, *middle), last, verb, name)


def members(token: Token) -> Iterator[Proposition]:
    """ "its customers, including | X"; an object goes on in the relation ("has customers including")."""
    if token.lower_ != "including" or token.dep_ != "prep":
        return
    if token.head.pos_ in NOMINAL and token.head.dep_ not in ("dobj", "attr"):
        for words, noun in nouns_after(token, ()):
            yield Proposition(noun_phrase(token.head), words, noun_phrase(noun), token, "including")


# ---------------------------------------------------------------- readings


def readings(verb: Token) -> Iterator[Reading]:
    """The ways to say a verb: by itself, or together with what governs it."""
    own, dep = children(verb, *SUBJECTS), verb.dep_
    if not own and dep == "pcomp" and verb.head.dep_ == "prep":
        yield from gerund(verb)
    elif not own and dep in ("advcl", "relcl", "acl") and verb.tag_ == "VB":
        yield from purpose(verb)
    elif dep == "ccomp" and _is_infinitive(verb) and own:
        yield from raised(verb, own[0])
    else:
        yield Reading(subjects(verb), relation_of(verb))


def gerund(verb: Token) -> Iterator[Reading]:
    """ "is capable of making | valves", "accused Veltrix of copying | designs"."""
    prep = verb.head
    words: Phrase = (prep,)
    governor = prep.head
    while governor.dep_ == "prep" and not children(governor, "pobj"):  # "instead of making"
        words, governor = (governor, *words), governor.head
    top = governor
    while top.pos_ not in VERBAL and top.dep_ in ("dobj", "acomp", "attr", "oprd", "pobj", "prep"):
        top = top.head
    if top.pos_ not in VERBAL:
        return
    own = verb_group(verb)
    if governor == top:
        before = [noun for noun in objects_of(top) if noun.i < prep.i]
        if before and prep.lower_ in ("of", "from", "into"):
            yield Reading(before, own, "gerund")
        if words[-1].lower_ in _CHAINING:
            middle = noun_phrase(before[0]) if before else ()
            yield Reading(subjects(top), (*relation_of(top), *middle, *words, *own), "chained gerund")
    elif governor.dep_ in ("acomp", "dobj", "attr") and governor.head == top:
        middle = (governor,) if governor.dep_ == "acomp" else noun_phrase(governor)
        yield Reading(subjects(top), (*relation_of(top), *middle, *words, *own), "gerund of complement")


def purpose(verb: Token) -> Iterator[Reading]:
    """ "uses steel to build | ships", "was the first ship to enter | the port"."""
    head = verb.head
    if verb.dep_ == "advcl" and head.pos_ in VERBAL:
        middle = next((noun_phrase(noun) for noun in objects_of(head) if noun.i < verb.i), ())
        yield Reading(subjects(head), (*relation_of(head), *middle, *verb_group(verb)), "purpose")
    elif head.pos_ in NOMINAL and head.dep_ in ("attr", "dobj"):
        words = (*relation_of(head.head), *noun_phrase(head), *verb_group(verb))
        yield Reading(subjects(head.head), words, "purpose")


def raised(verb: Token, noun: Token) -> Iterator[Reading]:
    """ "asked Norhaven to sell | its stake"."""
    head = verb.head
    if head.pos_ in VERBAL:
        words = (*relation_of(head), *noun_phrase(noun), *verb_group(verb))
        yield Reading(subjects(head), words, "object control")


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(token.lower_ == "to" for token in auxiliaries(verb))


# ---------------------------------------------------------------- subjects


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The nouns that a verb is said of: its own, or those of the clause above."""
    own = children(verb, *SUBJECTS)
    if own:
        return [noun for token in own for one in coordinated(token) for noun in _referents(one)]
    head, dep = verb.head, verb.dep_
    if depth > _DEEPEST or children(verb, "expl", "csubj"):
        return []
    if dep == "conj" and head.pos_ in VERBAL:
        return [token for token in subjects(head, depth + 1) if _agrees(token, verb, head)]
    if dep == "acl" and head.pos_ in NOMINAL and verb.tag_ in ("VBG", "VBN"):
        return [head]
    if dep in ("xcomp", "advcl") and verb.tag_ in ("VBG", "VBN", "VB"):
        return _controllers(verb, depth)
    return subjects(head, depth + 1) if dep == "xcomp" and head.pos_ in VERBAL else []


def _controllers(verb: Token, depth: int) -> list[Token]:
    """Who does what an infinitive or participle says: the subject or, for a participle, the object above."""
    head = verb.head
    if head.pos_ == "ADJ":
        return subjects(head.head, depth + 1) if head.dep_ == "acomp" else []
    if head.pos_ not in VERBAL:
        return []
    objects = children(head, "dobj")
    if verb.dep_ == "xcomp" and objects and verb.tag_ != "VB":
        return [noun for token in objects for noun in coordinated(token)]
    return subjects(head, depth + 1)


def _referents(token: Token) -> list[Token]:
    """What a subject stands for: a relative pronoun stands for the noun before its clause."""
    whose = any(child.tag_ == "WP$" for child in token.children)
    if whose or token.dep_ == "expl" or token.tag_ in ("WRB", "EX"):
        return []
    if token.tag_ not in _RELATIVE:
        return [token]
    clause = token.head
    while clause.dep_ == "conj" and clause.head.pos_ in VERBAL:
        clause = clause.head
    if clause.dep_ != "relcl" or clause.head.pos_ not in NOMINAL:
        return []
    noun = clause.head
    if clause.tag_ == "VBP" and noun.tag_ in ("NN", "NNP"):  # "X or Y, who meet"
        return coordinated(noun)
    return [noun.head] if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" else [noun]


def _agrees(subject: Token, verb: Token, above: Token) -> bool:
    """Whether a coordinated verb may take over a subject; a wrong number shows a wrong parse."""
    plural = subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("i", "we", "they", "you")
    return not (plural and verb.tag_ == "VBZ" and above.tag_ != "VBZ")


# ---------------------------------------------------------------- relations


def relation_of(verb: Token, depth: int = 0) -> Phrase:
    """The words that say a verb: with auxiliaries, and with the verbs that govern it ("plans to buy")."""
    own = verb_group(verb)
    head, dep = verb.head, verb.dep_
    if depth > _DEEPEST or children(verb, *SUBJECTS):
        return own
    if dep == "xcomp" and head.pos_ in VERBAL:
        objects = children(head, "dobj")
        if objects and verb.tag_ != "VB":
            return own
        middle = noun_phrase(objects[0]) if objects else ()
        return (*relation_of(head, depth + 1), *middle, *own)
    if dep == "xcomp" and head.pos_ == "ADJ" and head.dep_ == "acomp":
        return (*relation_of(head.head, depth + 1), head, *own)
    if dep == "conj" and head.pos_ in VERBAL:
        return (*_shared_words(verb, depth), *own)
    return own


def _shared_words(verb: Token, depth: int) -> Phrase:
    """What a coordinated verb takes over: "plans to buy and sell", "was cut and dried"."""
    head = verb.head
    own = [token.lower_ for token in auxiliaries(verb)]
    if own == ["to"]:
        above = relation_of(head, depth + 1)
        return above[: -len(verb_group(head))] if above[-len(verb_group(head)) :] == verb_group(head) else ()
    if own:
        return ()
    passive = children(head, "auxpass") and verb.tag_ == "VBD" and not children(verb, "dobj")
    if not passive and (verb.tag_ != head.tag_ or verb.tag_ not in ("VB", "VBN", "VBG")):
        return ()
    return tuple(token for token in relation_of(head, depth + 1) if token.i < head.i)
