"""Events whose doer is told elsewhere: "merger talks", "after a stint at Y, X went"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.english import words
from kg.extract import nominals
from kg.extract.candidate import Candidate
from kg.extract.clauses import all_conjuncts, children, is_passive, surface_subjects
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.lists import top_of_list

#: Before an event of the subject's own life: "after a stint at Y", "with a degree from Y".
_OF_LIFE = ("after", "before", "despite", "during", "following", "since", "with")


def carrier_of(noun: Token, item: FrameOf, know: Knowledge) -> Token | None:
    """The "talks" of "merger talks" and the "plans" of "merger plans", or None."""
    undone = noun.lemma_.lower() in know.lexicon["status.unfinished.nouns"]  # not "a partnership agreement"
    held = noun.dep_ == "compound" and undone and item.property.symmetric
    return noun.head if held and noun.head.lemma_ in know.lexicon["status.carrying.nouns"] else None


def carried(
    item: FrameOf, noun: Token, carrier: Token, span: tuple[int, int], know: Knowledge
) -> Iterator[Candidate]:
    """ "X is in merger talks with Y", "X and Y dropped their merger plans"."""
    light = know.lexicon["light_verbs.all"] | know.weighing
    phrases = list(nominals.noun_prepositions(carrier, light))
    sides = [token for name, token in phrases if name == "between"] or nominals.possessors(carrier)
    sides = sides or [token for token, _ in nominals.holders(carrier, light)]
    sides = sides or [token for _, token, _ in nominals.adverbial_subjects(carrier)]
    others = [token for name, token in phrases if name == "with"]
    if sides and others:
        yield Candidate(item, sides, others, span, noun, "event carried")
    elif len(sides) > 1:
        for left, right in pairwise(sides):
            yield Candidate(item, [left], [right], span, noun, "event carried")
    elif sides:
        yield Candidate(item, sides, [], span, noun, "event plural")


def _doers_behind(noun: Token) -> list[Token]:
    """After a noun at Y, X went into politics; with a noun from Y, X joined: the subject of the clause."""
    top = top_of_list(noun)
    prep = top.head
    if top.dep_ != "pobj" or prep.lower_ not in _OF_LIFE or prep.head.pos_ != "VERB":
        return []
    return all_conjuncts(surface_subjects(prep.head))


def doers_of_clause(item: FrameOf, noun: Token, objects: list[Token]) -> list[tuple[str, Token, Token]]:
    """Whose an event is by the clause that it stands in."""
    if objects and item.property.symmetric:  # "built it in collaboration with X"
        return [("adverbial", t, noun) for _, t, _ in nominals.adverbial_subjects(noun)]
    if item.property.domain == ("Person",):  # "after a stint at Y, X went into politics"
        return [("told", t, noun) for t in _doers_behind(noun)]
    if objects and item.property.domain == ("Organization",):  # "expanded with the purchase of X"
        grown = _grown(noun)
        return [("told", t, noun) for t in grown or _having(noun)]
    return [("told", t, noun) for t in _having(noun)] if objects else []


def _having(noun: Token) -> list[Token]:
    """ "X, with a stake in Y, voted", "X, a fund with a stake in Y": whom the phrase stands behind."""
    whose = noun.head.head
    own = any(c.dep_ == "poss" or c.lower_ in ("the", "no") for c in noun.children)
    own = own or noun.lemma_.lower() in words("status.unfinished.nouns")  # "with a takeover in mind"
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or own or whose.pos_ not in ("NOUN", "PROPN"):
        return []
    named = whose.pos_ == "PROPN" and noun.head.i > whose.i + 1 and noun.head.nbor(-1).text == ","
    return (
        [whose]
        if named
        else [t for bearers in (nominals.apposition, nominals.copula) for t in bearers(whose)]
    )


def _grown(noun: Token) -> list[Token]:
    """Who did something "with the purchase of X" or "through the takeover of X", and nothing to another."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("through", "via", "with") or verb.pos_ != "VERB":
        return []
    others = [*children(verb, "dative", "xcomp", "neg", "aux"), *children(verb, "dobj")]
    alone = not any(t.pos_ in ("PROPN", "PRON", "PART") or t.tag_ in ("MD", "TO") for t in others)
    grows = verb.lemma_ in words("grammar.growing") and not is_passive(verb)
    return all_conjuncts(surface_subjects(verb)) if alone and grows else []
