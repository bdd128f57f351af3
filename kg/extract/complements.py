"""What follows a verb in an open proposition: words that still belong to the relation, and the object.

Each construction is one small function. The object is a noun phrase; the direct object is folded into
the relation of what comes after it ("sold its stake in Veltrix to | Norhaven").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import children
from kg.extract.phrases import (
    QUESTION_WORDS,
    SUBJECTS,
    TIMES,
    Phrase,
    PrepPhrase,
    adjective_phrase,
    auxiliaries,
    noun_phrase,
    objects_of,
    ordered,
    phrases_of,
    trimmed,
)

#: Prepositions that complete a verb without an object; phrases of place and time follow them.
_COMPLETING = frozenset("to with for by into from at through about against upon".split())
_LONGEST_CLAUSE = 20
_NOUNS = ("NOUN", "PROPN", "PRON")


class Complement(NamedTuple):
    """Words of the relation after the verb, the object, and the construction that says so."""

    middle: Phrase
    object: Phrase
    construction: str


def complements(verb: Token, sayers: frozenset[str] = frozenset()) -> Iterator[Complement]:
    """All complements of a verb; ``sayers`` are verbs that may stand after what is said."""
    objects, adjectives = objects_of(verb), _adjectives(verb)
    given = _recipient(verb) if objects else ()
    if not any(adjective.dep_ == "oprd" for adjective in adjectives):  # "called the plan expensive"
        yield from (Complement(given, noun_phrase(noun), "object") for noun in objects)
    for adjective in adjectives:
        if not children(adjective, "xcomp", "prep", "ccomp", "advcl"):
            yield Complement(_object_before(adjective, objects), adjective_phrase(adjective), "adjective")
    folded = [adjective_phrase(adjectives[0])] if adjectives else [(*given, *noun_phrase(n)) for n in objects]
    for middle in folded or [()]:
        if verb.lemma_ in sayers and children(verb, "ccomp"):
            break  # "said on Tuesday that": the time of saying is no fact
        yield from _phrases(verb, middle, _completing_phrase(verb) if not folded else ())
    yield from _phrases_of_objects(objects, given)
    yield from _phrases_of_adjectives(adjectives)
    yield from _phrases_of_phrases(verb, folded[0] if folded else ())
    if not adjectives and (not objects or verb.lemma_ in sayers):
        yield from _content(verb, folded[0] if folded else (), sayers)


def _adjectives(verb: Token) -> list[Token]:
    return [token for token in children(verb, "acomp", "oprd") if token.pos_ not in ("NOUN", "PROPN")]


def _object_before(adjective: Token, objects: list[Token]) -> Phrase:
    """ "called the plan | expensive"."""
    return noun_phrase(objects[0]) if objects and objects[0].i < adjective.i else ()


def _recipient(verb: Token) -> Phrase:
    """ "gave Veltrix | a loan"."""
    nouns = [
        token
        for token in children(verb, "dative")
        if token.pos_ in _NOUNS and token.tag_ not in QUESTION_WORDS
    ]
    return noun_phrase(nouns[0]) if nouns else ()


def _phrases(verb: Token, middle: Phrase, core: Phrase) -> Iterator[Complement]:
    """ "opened an office in | X", "headed for X in | 1980", "opened an office | last year"."""
    for words, noun in phrases_of(verb):
        fold = core if core and core[0].lower_ != words[0].lower_ else ()
        yield Complement((*middle, *fold, *words), noun_phrase(noun), "preposition")
    for time in _times(verb):
        yield Complement((*middle, *core), time, "time")


def _completing_phrase(verb: Token) -> Phrase:
    """The phrase right after a verb without an object that completes it: "headed for Wall Street"."""
    first = next((phrase for phrase in phrases_of(verb) if phrase.words[0].i > verb.i), None)
    if first is None or first.words[-1].lower_ not in _COMPLETING or first.noun.ent_type_ in TIMES:
        return ()
    return (*first.words, *noun_phrase(first.noun))


def _times(verb: Token) -> Iterator[Phrase]:
    """Times without a preposition: "last year", "two days later"."""
    for child in children(verb, "npadvmod"):
        before_mark = any(mark.i == child.right_edge.i + 1 for mark in children(verb, "mark"))
        if child.ent_type_ in TIMES and not before_mark:  # "two days after a fire broke out"
            yield noun_phrase(child)
    for child in children(verb, "advmod"):
        for measure in children(child, "npadvmod")[:1]:
            yield ordered([*noun_phrase(measure), child])


def _phrases_of_objects(objects: list[Token], given: Phrase) -> Iterator[Complement]:
    """Phrases inside an object: "makes valves for | Y"; not inside a name or after a number."""
    for noun in objects:
        for phrase in phrases_of(noun):
            of = phrase.words[-1].lower_ == "of"
            if of and (
                noun.pos_ in ("NUM", "SYM") or noun.lower_ in ("%", "percent") or _in_name(noun, phrase)
            ):
                continue
            words = noun_phrase(noun, of_phrases=not of)
            kind = "of object" if of else "preposition of object"
            yield Complement((*given, *words, *phrase.words), noun_phrase(phrase.noun), kind)


def _in_name(noun: Token, phrase: PrepPhrase) -> bool:
    """Whether a phrase is part of a name: "the Bank of Nordmark"."""
    inside = phrase.noun.ent_iob_ == "I" and phrase.noun.ent_type_ == noun.ent_type_
    return inside or noun.ent_type_ in ("LAW", "WORK_OF_ART")


def _phrases_of_adjectives(adjectives: list[Token]) -> Iterator[Complement]:
    """ "is aware of | X", "is close to | Y"."""
    for adjective in adjectives:
        for words, noun in phrases_of(adjective):
            kind = "preposition of adjective"
            yield Complement((*adjective_phrase(adjective), *words), noun_phrase(noun), kind)


def _phrases_of_phrases(verb: Token, middle: Phrase) -> Iterator[Complement]:
    """A phrase on the noun of a phrase: "served as head of | Y", "depends on chips from | Z"."""
    for words, noun in phrases_of(verb):
        for phrase in phrases_of(noun):
            of = phrase.words[-1].lower_ == "of"
            skipped = (phrase.noun.pos_ != "PROPN" or _in_name(noun, phrase)) if of else False
            if skipped or phrase.words[0].lower_ in ("during", "including"):
                continue
            outer = noun_phrase(noun, of_phrases=not of)
            kind = "phrase of phrase"
            yield Complement((*middle, *words, *outer, *phrase.words), noun_phrase(phrase.noun), kind)


def _content(verb: Token, middle: Phrase, sayers: frozenset[str]) -> Iterator[Complement]:
    """What is said or thought: a short finite clause; before the verb only for verbs of saying."""
    if children(verb, "attr") or verb.lemma_ == "be":
        return
    for clause in children(verb, "ccomp"):
        words = trimmed(clause.subtree)
        short = 2 < len(words) <= _LONGEST_CLAUSE
        finite = children(clause, *SUBJECTS) and _is_finite(clause)
        if finite and short and (clause.i > verb.i or verb.lemma_ in sayers):
            yield Complement(middle, words, "clause")


def _is_finite(verb: Token) -> bool:
    """Whether a clause is no infinitive: "said that X sold Y", "heard the song performed"."""
    return (auxiliaries(verb) or (verb,))[0].tag_ not in ("VB", "VBG", "TO")
